"""Clocks: a pause ends by itself or by the answer, and what nobody did is seen by somebody else."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.acts import Command
from compact_cases.rules.case import replay
from compact_cases.rules.clocks import EndPause, Escalate
from compact_cases.rules.closing import Merge, Unmerge, Withdraw
from compact_cases.rules.events.clocks import Escalated, Paused, Resumed
from compact_cases.rules.events.intake import MoreAnswered, MoreAsked
from compact_cases.rules.intake import Accept, AnswerQuestion, AskForMore, Decline
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Going, Held, Term
from tests.builders import (
    CHAMPION,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    REPLIED,
    History,
    another,
    given,
    on,
    received,
    said,
    sealed,
)

OTHER, GOES_ON = UUID(int=72), replay(another(PUT_TO_THE_COUNCIL))
# procedure, section 4: paused Mon 9 Mar 2026 with 5 left, ended by the cap: due Mon 30 Mar
PAUSED = on("2026-03-02 10:00", received(Term(date(2026, 3, 2), 10, date(2026, 3, 16)), "anonymous")) + on(
    "2026-03-09 10:00",
    MoreAsked(sealed(), Term(date(2026, 3, 9), 10, date(2026, 3, 23))),
    Paused(
        1,
        "waiting for the raiser",
        "office/officer",
        "office/officer",
        date(2026, 3, 9),
        date(2026, 3, 23),
        (Held("acknowledge", "", 5),),
        awaits="answer",
    ),
)


def test_a_pause_that_reached_its_cap_runs_on_from_the_caps_own_day() -> None:
    going = Going("acknowledge", "", Term(date(2026, 3, 23), 5, date(2026, 3, 30)))
    case = (
        given(PAUSED)
        .when(EndPause(1), at="2026-03-25 08:00")
        .then(Resumed(1, "no answer by the end of the pause", date(2026, 3, 23), (going,)))
    )
    assert [(one.name, one.due) for one in case.open_obligations] == [("acknowledge", date(2026, 3, 30))]
    (answer,) = [one for one in case.obligations if one.name == "answer"]
    assert answer.ended_how == "no answer by the end of the pause"


def test_a_pause_ends_once() -> None:
    ended = PAUSED + on("2026-03-25 08:00", *given(PAUSED).when(EndPause(1), at="2026-03-25 08:00").events())
    given(ended).when(EndPause(1), at="2026-03-26 08:00").then_refused("over already")
    given(PAUSED).when(EndPause(2), at="2026-03-25 08:00").then_refused("over already")
    given(RECEIVED).when(EndPause(1), at="2026-03-25 08:00").then_refused("over already")


def test_an_answer_after_the_end_of_the_pause_is_taken_and_changes_no_date() -> None:
    ended = PAUSED + on("2026-03-25 08:00", *given(PAUSED).when(EndPause(1), at="2026-03-25 08:00").events())
    command = AnswerQuestion(said("The bus one."))
    case = given(ended).when(command, at="2026-03-26 10:00").then(MoreAnswered(command.answer.sealed()))
    assert [(one.name, one.due) for one in case.open_obligations] == [("acknowledge", date(2026, 3, 30))]


def test_a_pause_is_not_over_before_the_end_of_its_last_day() -> None:
    given(PAUSED).when(EndPause(1), at="2026-03-23 23:59").then_refused("not over yet")
    given(PAUSED).when(EndPause(1), at="2026-03-24 00:01").then_case()


def test_the_checked_example_of_a_pause_that_its_cap_ended() -> None:
    """Procedure, section 4: paused Mon 9 Mar 2026 with 5 left, so it resumes Mon 23 and is due Mon 30 Mar."""
    received_then = on("2026-03-02 10:00", received(Term(date(2026, 3, 2), 10, date(2026, 3, 16))))
    for asked in ("2026-03-09 10:00", "2026-03-09 17:00"):
        events = given(received_then).when(AskForMore(said()), at=asked).events()
        history = received_then + on(asked, *events)
        paused = given(history).case.owed("acknowledge")
        assert paused is not None
        assert paused.hold is not None
        assert (paused.hold.days_left, paused.hold.ends) == (5, date(2026, 3, 23))
        for recorded in ("2026-03-24 00:01", "2026-03-28 12:00", "2026-04-01 08:00"):
            after = given(history).when(EndPause(1), at=recorded).then_case().owed("acknowledge")
            assert after is not None
            assert (after.term.start, after.due) == (date(2026, 3, 23), date(2026, 3, 30))


def test_the_checked_example_of_a_pause_that_an_answer_ended() -> None:
    """Procedure, section 4: paused at the end of Mon 9 Mar, 5 left, resumed Fri 20 Mar: due Fri 27 Mar."""
    after = given(PAUSED).when(AnswerQuestion(said()), at="2026-03-20 12:00").then_case().owed("acknowledge")
    assert after is not None
    assert after.due == date(2026, 3, 27)


@pytest.mark.parametrize(
    "ending",
    [
        Merge(OFFICER, OTHER, said()),
        Accept(OFFICER, said(), said()),
        Decline(OFFICER, "repeat", said()),
        Withdraw(sure=True),
    ],
)
def test_a_pause_ends_with_what_it_held(ending: Command) -> None:
    at = "2026-02-24 10:00"
    history = RECEIVED + on(at, *given(RECEIVED).when(AskForMore(said()), at=at).events())
    case = given(history).when(ending, at="2026-02-27 18:00", other=GOES_ON).then_case()
    assert [one.until for one in case.clocks.pauses] == [date(2026, 2, 27)]
    late = given(history).when(ending, at="2026-03-20 10:00", other=GOES_ON).then_case()
    assert [one.until for one in late.clocks.pauses] == [date(2026, 3, 10)]  # its own end came first


def test_days_of_a_pause_that_a_merge_ended_count_to_the_cap() -> None:
    history = RECEIVED
    for at, command in (
        ("2026-02-24 10:00", AskForMore(said())),
        ("2026-03-10 10:00", Merge(OFFICER, OTHER, said())),
        ("2026-03-11 10:00", Unmerge(said())),
        ("2026-03-12 10:00", AskForMore(said())),
        ("2026-03-13 10:00", AnswerQuestion(said())),
    ):
        history = history + on(at, *given(history).when(command, at=at, other=GOES_ON).events())
    given(history).when(AskForMore(said()), at="2026-03-16 10:00").then_refused("needs the board chair")


def test_what_is_overdue_may_be_asked_about_for_it_uses_none_of_the_cap() -> None:
    longest = received(Term(date(2026, 1, 5), 14, date(2026, 1, 23)))
    history = asked_and_answered(on("2026-01-05 10:00", longest), "2026-01-06 10:00", "2026-01-20 10:00")
    last = asked_and_answered(history, "2026-01-21 10:00", "2026-01-22 10:00")
    given(last).when(AskForMore(said()), at="2026-01-23 10:00").then_refused("needs the board chair")
    case = given(last).when(AskForMore(said()), at="2026-03-23 10:00").then_case()
    assert [one.number for one in case.clocks.pauses] == [1, 2]
    assert case.owed("answer") is not None


def asked_and_answered(history: History, asked: str, answered: str) -> History:
    history = history + on(asked, *given(history).when(AskForMore(said()), at=asked).events())
    return history + on(answered, *given(history).when(AnswerQuestion(said()), at=answered).events())


def test_a_case_is_not_paused_without_end() -> None:
    longest = received(Term(date(2026, 1, 5), 60, date(2026, 3, 30)))
    history = asked_and_answered(on("2026-01-05 10:00", longest), "2026-01-06 10:00", "2026-01-20 10:00")
    last = asked_and_answered(history, "2026-01-21 10:00", "2026-01-22 10:00")
    assert [one.number for one in given(last).case.clocks.pauses] == [1, 2]
    given(last).when(AskForMore(said()), at="2026-01-23 10:00").then_refused("needs the board chair")


def test_a_second_pause_ends_by_its_answer_though_a_merge_cut_the_first_one_off() -> None:
    history = RECEIVED
    for at, command in (
        ("2026-02-24 10:00", AskForMore(said())),
        ("2026-02-25 10:00", Merge(OFFICER, OTHER, said())),
        ("2026-03-09 10:00", Unmerge(said())),
        ("2026-03-10 10:00", AskForMore(said())),
    ):
        events = given(history).when(command, at=at, other=GOES_ON).events()
        history = history + on(at, *events)
    answer = AnswerQuestion(said("The bus one."))
    going = Going("acknowledge", "", Term(date(2026, 3, 12), 4, date(2026, 3, 18)))
    case = (
        given(history)
        .when(answer, at="2026-03-12 10:00")
        .then(MoreAnswered(answer.answer.sealed()), Resumed(2, "answered", date(2026, 3, 12), (going,)))
    )
    assert [(one.name, one.due) for one in case.open_obligations] == [("acknowledge", date(2026, 3, 18))]


def test_only_what_is_still_owed_is_escalated() -> None:
    escalate = Escalate("reply", "", 1, date(2026, 3, 19), Seat.SENIOR_LEAD, CHAMPION)
    given(PUT_TO_THE_COUNCIL).when(escalate, at="2026-03-19 08:00").then(
        Escalated("reply", "", 1, date(2026, 3, 19), "respondent/senior-lead", CHAMPION)
    )
    given(REPLIED).when(escalate, at="2026-03-19 08:00").then_refused("no longer owed")
    other_item = Escalate("reply", "2", 1, date(2026, 3, 19), Seat.SENIOR_LEAD, CHAMPION)
    given(PUT_TO_THE_COUNCIL).when(other_item, at="2026-03-19 08:00").then_refused("no longer owed")
    later_cycle = Escalate("reply", "", 2, date(2026, 3, 19), Seat.SENIOR_LEAD, CHAMPION)
    given(PUT_TO_THE_COUNCIL).when(later_cycle, at="2026-03-19 08:00").then_refused("no longer owed")
