"""A question to the raiser: it stops the clock of the acknowledgement, and the answer lets it run again."""

from datetime import date

from compact_cases.rules.case import Case
from compact_cases.rules.events.clocks import Paused, Resumed
from compact_cases.rules.events.intake import MoreAnswered, MoreAsked
from compact_cases.rules.intake import AnswerQuestion, AskForMore
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Going, Held, Hold, Term
from tests.builders import RECEIVED, History, given, on, said


def asked(at: str) -> tuple[History, Case]:
    outcome = given(RECEIVED).when(AskForMore(said("Which questionnaire was it?")), at=at)
    return RECEIVED + on(at, *outcome.events()), outcome.then_case()


def test_asking_for_more_pauses_the_acknowledgement() -> None:
    command = AskForMore(said("Which questionnaire was it?"))
    # two of five days are used: the 24th and the 25th
    waiting = (1, "waiting for the raiser", "office/officer", "office/officer")
    case = (
        given(RECEIVED)
        .when(command, at="2026-02-25 10:00")
        .then(
            MoreAsked(command.question.sealed(), Term(date(2026, 2, 25), 10, date(2026, 3, 11))),
            Paused(
                *waiting, date(2026, 2, 25), date(2026, 3, 11), (Held("acknowledge", "", 3),), awaits="answer"
            ),
        )
    )
    acknowledge, answer = case.owed("acknowledge"), case.owed("answer")
    assert acknowledge is not None
    assert answer is not None
    assert acknowledge.due is None
    assert acknowledge.hold == Hold(1, date(2026, 2, 25), 3, date(2026, 3, 11))
    assert acknowledge.hold_reason == "waiting for the raiser"
    assert (answer.owner, answer.due) == (Seat.RAISER, date(2026, 3, 11))


def test_the_answer_lets_the_days_left_run_again() -> None:
    history, _ = asked("2026-02-25 10:00")
    command = AnswerQuestion(said("The bus one."))
    going = Going("acknowledge", "", Term(date(2026, 3, 4), 3, date(2026, 3, 9)))
    case = (
        given(history)
        .when(command, at="2026-03-04 12:00")
        .then(
            MoreAnswered(command.answer.sealed()),
            Resumed(1, "answered", date(2026, 3, 4), (going,)),
        )
    )
    acknowledge = case.owed("acknowledge")
    assert acknowledge is not None
    assert (acknowledge.cycle, acknowledge.due) == (2, date(2026, 3, 9))
    assert case.owed("answer") is None
    assert [one.until for one in case.clocks.pauses] == [date(2026, 3, 4)]


def test_an_overdue_acknowledgement_is_not_paused_by_a_question() -> None:
    history, case = asked("2026-03-03 10:00")
    acknowledge = case.owed("acknowledge")
    assert acknowledge is not None
    assert acknowledge.due == date(2026, 3, 2)
    command = AnswerQuestion(said("The bus one."))
    given(history).when(command, at="2026-03-04 12:00").then(MoreAnswered(command.answer.sealed()))


def test_a_second_question_waits_for_the_first_answer() -> None:
    history, _ = asked("2026-02-25 10:00")
    given(history).when(AskForMore(said()), at="2026-02-26 10:00").then_refused("still awaited")


def test_a_question_and_an_answer_have_words() -> None:
    refused = given(RECEIVED).when(AskForMore(said(" ")), at="2026-02-25 10:00").then_refused("the question")
    assert refused.field == "question"
    history, _ = asked("2026-02-25 10:00")
    refused = given(history).when(AnswerQuestion(said("")), at="2026-02-26 10:00").then_refused("the answer")
    assert refused.field == "answer"


def test_nobody_can_answer_what_was_not_asked() -> None:
    given(RECEIVED).when(AnswerQuestion(said()), at="2026-02-26 10:00").then_refused("no question")
