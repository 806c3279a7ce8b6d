"""A question to the raiser: it stops the clock of the acknowledgement, and the answer lets it run again."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.events.clocks import Paused, Resumed
from compact_cases.rules.events.intake import MoreAnswered, MoreAsked
from compact_cases.rules.intake import AnswerQuestion, AskForMore
from compact_cases.rules.procedure import Terms
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Going, Held, Hold, Term
from tests.builders import RECEIVED, History, given, on, received, rulebook, said


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


# received Fri 20 Feb 2026, so to be acknowledged by Fri 27 February
ON_A_FRIDAY = on("2026-02-20 10:00", received(Term(date(2026, 2, 20), 5, date(2026, 2, 27))))
EVENING = "2026-02-26 18:30"


def asked_in_the_evening() -> History:
    return ON_A_FRIDAY + on(EVENING, *given(ON_A_FRIDAY).when(AskForMore(said()), at=EVENING).events())


def test_a_question_and_its_pause_have_one_date_whatever_the_hour() -> None:
    case = given(asked_in_the_evening()).case
    acknowledge, answer = case.owed("acknowledge"), case.owed("answer")
    assert acknowledge is not None
    assert answer is not None
    assert acknowledge.hold == Hold(1, date(2026, 2, 26), 1, date(2026, 3, 13))
    assert answer.due == date(2026, 3, 13)
    (letter,) = [one for event, _ in asked_in_the_evening()[-2:] for one in notices_after(event, case)]
    assert (letter.name, letter.facts["due"]) == ("question", "2026-03-13")


@pytest.mark.parametrize(
    ("answered", "due"),
    [
        ("2026-03-11 12:00", date(2026, 3, 12)),
        ("2026-03-11 18:00", date(2026, 3, 13)),
        ("2026-03-13 12:00", date(2026, 3, 16)),
        ("2026-03-13 18:00", date(2026, 3, 16)),  # its last day is day 0, whatever the hour
        ("2026-03-14 12:00", date(2026, 3, 16)),
        ("2026-03-18 12:00", date(2026, 3, 16)),
    ],
)
def test_an_answer_after_the_end_of_the_pause_moves_nothing(answered: str, due: date) -> None:
    case = given(asked_in_the_evening()).when(AnswerQuestion(said()), at=answered).then_case()
    acknowledge = case.owed("acknowledge")
    assert acknowledge is not None
    assert acknowledge.due == due


def test_what_is_asked_on_the_last_day_leaves_one() -> None:
    case = given(RECEIVED).when(AskForMore(said()), at="2026-03-02 10:00").then_case()
    acknowledge = case.owed("acknowledge")
    assert acknowledge is not None
    assert acknowledge.hold == Hold(1, date(2026, 3, 2), 1, date(2026, 3, 16))


def test_a_longer_limit_for_an_answer_does_not_lengthen_the_pause() -> None:
    book, patient = rulebook(), Terms(15)
    procedure = replace(book.procedure, terms={**book.procedure.terms, "answer": patient})
    asked_then = given(RECEIVED).when(
        AskForMore(said()), at="2026-02-25 10:00", rulebook=Rulebook(procedure, book.calendar)
    )
    case = asked_then.then_case()
    answer, acknowledge = case.owed("answer"), case.owed("acknowledge")
    assert answer is not None
    assert acknowledge is not None
    assert acknowledge.hold is not None
    assert answer.due == acknowledge.hold.ends == date(2026, 3, 11)


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
