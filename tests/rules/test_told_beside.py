"""Who is told what of longer limits, errors, long times, dates that passed and conflicts; check-ins."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.check_ins import AnswerCheckIn, PassCheckIn, answer_by
from compact_cases.rules.clocks import EndPause, Escalate
from compact_cases.rules.coming import Arrived
from compact_cases.rules.date_passes import RecordDatePassed, SayWhatFollowed
from compact_cases.rules.enquiry import Answer, ReleaseReply, SendReply
from compact_cases.rules.errors import MarkInError
from compact_cases.rules.events.agreement import CheckInAnswered, CheckInPassed
from compact_cases.rules.events.clocks import (
    AdjustmentRecorded,
    Escalated,
    LongTimeReached,
    Resumed,
)
from compact_cases.rules.events.enquiry import ReplyInError
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime
from compact_cases.rules.guard import RecordLongTime, sentence
from compact_cases.rules.handling import DeclareConflict
from compact_cases.rules.intake import AskForMore
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Going, Term
from tests.builders import (
    CHAMPION,
    CLOSED_WITH_ACTIONS,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SILENT,
    History,
    given,
    now,
    on,
    said,
)
from tests.rules.test_date_passes import PASSED, WATCHED
from tests.rules.test_guard import watched

ALL = (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
THIRD = PauseClocks("waiting for a third party")
WRONG = said("It was another case.")


def after(history: History, command: Any, at: str, **known: Any) -> History:
    return history + on(at, *given(history).when(command, at=at, **known).events())


PAUSED = after(PUT_TO_THE_COUNCIL, THIRD, "2026-03-09 10:00")


def to_all(name: str, facts: dict[str, Any], seats: tuple[Seat, ...] = ALL) -> list[Notice]:
    return [Notice(name, seat, facts, Rest.OWED) for seat in seats]


def facts_of(obligation: str, due: str) -> dict[str, Any]:
    return {"obligation": obligation, "due": due, "item": ""}


# --- longer limits ----------------------------------------------------------------------------------------


def test_a_longer_limit_is_told_to_both_sides_with_the_new_date_and_nothing_where_nothing_moves() -> None:
    longer = RecordAdjustment("raiser", 5)
    given(RELEASED).when(longer, at="2026-03-16 10:00").then_told(
        *to_all("longer-limit", facts_of("decide", "2026-04-07"))
    )
    given(PUT_TO_THE_COUNCIL).when(longer, at="2026-03-09 10:00").then_told()


def test_before_the_notice_the_respondent_hears_nothing() -> None:
    question = after(RECEIVED, AskForMore(said()), "2026-02-24 10:00")
    paused = after(RECEIVED, THIRD, "2026-02-24 10:00")
    facts = facts_of("acknowledge", "2026-03-10") | {"why": "waiting for a third party"}
    given(RECEIVED).when(THIRD, at="2026-02-24 10:00").then_told(
        *(Notice("paused", seat, facts, Rest.PAUSED) for seat in (Seat.RAISER, Seat.OFFICER))
    )
    given(paused).when(MarkInError(len(paused), WRONG), at="2026-02-25 10:00").then_told(
        *to_all("in-error", facts_of("acknowledge", "2026-03-02"), (Seat.RAISER, Seat.OFFICER))
    )
    # the end of a question's pause has no letter: its answer, or its date, says it
    given(question).when(EndPause(1), at="2026-03-11 00:01").then_told()


def test_up_to_twenty_days_are_recorded_with_their_reason() -> None:
    command = RecordAdjustment("respondent", 20, said("A screen reader."))
    assert command.words is not None
    going = Going("reply", "", Term(date(2026, 3, 9), 25, date(2026, 4, 15)))
    given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-09 10:00").then(
        AdjustmentRecorded("respondent", 20, (going,), (), command.words.sealed())
    )
    more = given(PUT_TO_THE_COUNCIL).when(replace(command, days=21), at="2026-03-09 10:00")
    assert more.then_refused("from 0 to 20, other than the 0 of now.").field == "days"


def test_what_others_owe_and_what_runs_is_not_held_longer() -> None:
    """The reply is paused, and keeps five days more; nothing else of it moves."""
    command = RecordAdjustment("respondent", 5)
    (event,) = given(PAUSED).when(command, at="2026-03-10 10:00").events()
    assert isinstance(event, AdjustmentRecorded)
    assert ([(one.name, one.days_left) for one in event.held], event.going) == ([("reply", 10)], ())
    (event,) = given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-10 10:00").events()
    assert isinstance(event, AdjustmentRecorded)
    assert ([one.name for one in event.going], event.held) == (["reply"], ())


# --- recorded in error ------------------------------------------------------------------------------------


def test_a_pause_that_was_none_is_told_to_both_sides_with_the_date_as_it_was() -> None:
    given(PAUSED).when(MarkInError(len(PAUSED), WRONG), at="2026-03-11 10:00").then_told(
        *to_all("in-error", facts_of("reply", "2026-03-16"))
    )


def test_a_reply_that_was_none_is_told_to_those_who_had_heard_of_it_with_the_date_of_the_reply() -> None:
    owed = {"obligation": "reply", "due": "2026-03-16"}
    outcome = given(REPLIED).when(MarkInError(len(REPLIED), WRONG), at="2026-03-12 12:00")
    reply = Term(date(2026, 3, 12), 2, date(2026, 3, 16))
    command = outcome.command
    assert isinstance(command, MarkInError)
    outcome.then(ReplyInError(len(REPLIED), reply, command.reason.sealed()))
    outcome.then_told(
        Notice("in-error", Seat.CHAMPION, owed, Rest.OWED), Notice("in-error", Seat.OFFICER, owed, Rest.OWED)
    )


def test_where_the_time_for_it_is_over_no_date_is_named() -> None:
    reply = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
    late = after(SILENT, reply, "2026-03-24 10:00")
    given(late).when(MarkInError(len(late), WRONG), at="2026-03-24 12:00").then_told(
        Notice("in-error", Seat.CHAMPION), Notice("in-error", Seat.OFFICER)
    )


# --- the end of a pause -----------------------------------------------------------------------------------


def test_a_pause_ends_after_its_last_day_and_says_why() -> None:
    for at in ("2026-03-23 10:00", "2026-03-23 23:30"):
        given(PAUSED).when(EndPause(1), at=at).then_refused("This pause is not over yet.")
    (resumed,) = given(PAUSED).when(EndPause(1), at="2026-03-24 00:01").events()
    assert isinstance(resumed, Resumed)
    assert resumed.because == "its last day is over"
    question = after(RECEIVED, AskForMore(said()), "2026-02-24 10:00")
    (resumed,) = given(question).when(EndPause(1), at="2026-03-11 00:01").events()
    assert isinstance(resumed, Resumed)
    assert resumed.because == "no answer by the end of the pause"
    over = after(PAUSED, EndPause(1), "2026-03-24 00:01")
    given(over).when(EndPause(1), at="2026-03-25 00:01").then_refused("This pause is over already.")


def test_what_is_no_longer_owed_is_not_escalated() -> None:
    step = Escalate("reply", "", 1, date(2026, 3, 19), Seat.SENIOR_LEAD, None)
    given(PUT_TO_THE_COUNCIL).when(step, at="2026-03-19 08:00").then(
        Escalated("reply", "", 1, date(2026, 3, 19), "respondent/senior-lead", None)
    )
    another_cycle = replace(step, cycle=2)
    for history, command in (
        (REPLIED, step),
        (PAUSED, step),
        (PUT_TO_THE_COUNCIL, another_cycle),
    ):
        given(history).when(command, at="2026-03-19 08:00").then_refused("is no longer owed.")


# --- a long time ------------------------------------------------------------------------------------------


def test_that_it_takes_long_is_told_to_both_sides_and_up_the_line_with_what_took_the_time() -> None:
    outcome = given(watched(SILENT)).when(RecordLongTime(date(2026, 5, 29)), at="2026-05-29 08:00")
    (event,) = outcome.events()
    assert isinstance(event, LongTimeReached)
    facts = {
        "days": event.days,
        "paused": 0,
        "since": "2026-03-02",
        "took": [asdict(one) for one in event.took],
    }
    assert event.days == 60
    assert event.took
    seats = (Seat.CO_OFFICER, Seat.CHAIR, Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
    outcome.then_told(*(Notice("long-time", seat, facts) for seat in seats))


@pytest.mark.parametrize(
    ("kind", "of", "days", "words"),
    [
        ("stage", "raiser-decides", 1, "Raiser decides: 1 working day."),
        ("stage", "senior-review", 2, "The leads meet: 2 working days."),
        ("pause", "agreed break", 3, "Paused, agreed break: 3 working days, not counted."),
        ("more-time", "reply", 5, "More time for the reply: 5 working days."),
        ("more-time", "next-step", 5, "More time for the next step: 5 working days."),
        ("more-time", "decide", 5, "More time for the raiser’s decision: 5 working days."),
        ("more-time", "meet", 5, "More time for the meeting: 5 working days."),
        ("more-time", "comment", 5, "More time for a comment on the note: 5 working days."),
        ("longer-limit", "", None, "A longer limit applies."),
        ("late-reply", "reply", 1, "The reply came 1 working day after its date."),
        ("no-reply", "reply", 4, "No reply has come. Its date was 4 working days ago."),
    ],
)
def test_what_took_the_time_in_words(kind: str, of: str, days: int | None, words: str) -> None:
    took = {"kind": kind, "of": of, "days": days}
    assert sentence(took, {"senior-review": "The leads meet"}) == words


# --- a date that passed -----------------------------------------------------------------------------------


def test_both_sides_are_asked_what_became_of_a_date_each_by_its_own_and_the_officer_hears_of_answers() -> (
    None
):
    step = RecordDatePassed(date(2026, 5, 6))
    ours = {"obligation": "date-passed", "due": "2026-05-20", "item": "raiser"}
    theirs = {"obligation": "date-passed", "due": "2026-05-13", "item": "respondent"}
    given(WATCHED).when(step, at="2026-05-06 08:00", small_sides=frozenset({Side.RAISER})).then_told(
        Notice("date-passed", Seat.RAISER, ours, Rest.OWED),
        Notice("date-passed", Seat.CHAMPION, theirs, Rest.OWED),
    )
    answer = SayWhatFollowed("raiser", "no", said("No bus."), None)
    given(PASSED).when(answer, at="2026-05-07 10:00").then_told(Notice("date-answered", Seat.OFFICER))


# --- a conflict of interest -------------------------------------------------------------------------------


def test_a_conflict_before_the_notice_is_told_to_the_raiser_alone() -> None:
    declares = DeclareConflict(OFFICER, OTHER_OFFICER, said("My sister works there."))
    found = given(RECEIVED).when(declares, at="2026-02-24 10:00").told()
    assert [one for one in found if one.name == "conflict"] == [
        Notice("conflict", Seat.RAISER, {"alone": False})
    ]


# --- check-ins --------------------------------------------------------------------------------------------


def test_the_last_day_of_a_short_month_stands_for_the_days_that_it_does_not_have() -> None:
    at = now("2026-03-26 10:00")
    # three months after 30 November is 28 February 2027, a Sunday: asked on Monday 1 March
    assert answer_by(date(2026, 11, 30), 3, at) == date(2027, 3, 15)
    assert answer_by(date(2026, 3, 31), 3, at) == date(2026, 7, 14)  # 30 June
    assert answer_by(date(2026, 1, 31), 12, at) == date(2027, 2, 15)  # 31 January is a Sunday


@pytest.mark.parametrize(
    ("at", "seat", "items"),
    [
        ("2026-06-25 23:30", Seat.OFFICER, ()),
        ("2026-06-26 00:30", Seat.OFFICER, ("3-raiser", "3-respondent")),
        ("2026-06-26 10:00", Seat.RAISER, ("3-raiser",)),
        ("2026-06-26 10:00", Seat.SENIOR_LEAD, ("3-respondent",)),
    ],
)
def test_which_check_ins_each_may_answer_and_from_when(at: str, seat: Seat, items: tuple[str, ...]) -> None:
    act = act_of(AnswerCheckIn("3-raiser", said()))
    assert act.choices(given(CLOSED_WITH_ACTIONS).case, now(at, seat=seat)) == {"item": items}


def test_a_check_in_is_kept_with_its_months_and_its_side() -> None:
    command = AnswerCheckIn("3-respondent", said("It holds."))
    answered = given(CLOSED_WITH_ACTIONS).when(command, at="2026-06-26 10:00")
    answered.then(CheckInAnswered(3, "respondent", command.answer.sealed()))
    answered.then_told()
    step = PassCheckIn(date(2027, 4, 14), "12-raiser")
    passed = given(CLOSED_WITH_ACTIONS).when(step, at="2027-04-14 08:00")
    passed.then(CheckInPassed(12, "raiser", date(2027, 4, 14)))
    passed.then_told()


def test_a_request_for_more_time_of_a_raiser_whose_limits_are_longer_counts_from_the_longer_date() -> None:
    longer = after(RELEASED, RecordAdjustment("raiser", 5), "2026-03-16 10:00")  # 7 April
    asked = given(longer).when(AskForTime(2, "", WHY[0], said()), at="2026-04-07 22:00", seat=Seat.RAISER)
    assert [one.due for one in asked.then_case().open_obligations] == [date(2026, 4, 9)]


def took(history: History) -> list[tuple[str, str, int | None]]:
    (event,) = given(history).when(RecordLongTime(date(2026, 5, 29)), at="2026-07-31 08:00").events()
    assert isinstance(event, LongTimeReached)
    return [(one.kind, one.of, one.days) for one in event.took]


def test_a_stage_that_came_twice_and_two_pauses_for_one_reason_are_added_up() -> None:
    """No reply by 23 March; one was posted on the 16th, so that the stage came again, until the 26th."""
    paused = after(watched(SILENT), THIRD, "2026-03-24 10:00")
    resumed = after(paused, ResumeClocks(), "2026-03-25 09:00")
    reply = SendReply(
        (Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"), Arrived(date(2026, 3, 16), "paper")
    )
    again = after(resumed, reply, "2026-03-25 10:00")
    released = after(again, ReleaseReply(looked=True), "2026-03-26 10:00")
    paused = after(released, THIRD, "2026-03-27 10:00")
    history = after(paused, ResumeClocks(), "2026-03-31 10:00")
    found = took(history)
    assert ("stage", "early-resolution", 15 + 1) in found
    assert ("stage", "raiser-decides", 2 + 87) in found
    assert ("pause", "waiting for a third party", 1 + 2) in found


def test_a_request_that_was_refused_took_no_time_and_a_reply_one_day_late_did() -> None:
    longer = AskForTime(5, "", WHY[0], said())
    asked = after(watched(PUT_TO_THE_COUNCIL), longer, "2026-03-16 10:00", seat=Seat.CHAMPION)
    asked = after(asked, longer, "2026-03-23 10:00", seat=Seat.CHAMPION)
    asked = after(asked, AnswerTime(False), "2026-03-24 10:00", seat=Seat.RAISER)
    refused = after(asked, AnswerTime(False), "2026-03-25 10:00", seat=Seat.CHAIR)  # due on 27 March
    reply = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
    late = after(refused, reply, "2026-03-30 10:00")
    found = [one for one in took(late) if one[0] != "stage"]
    assert found == [("more-time", "reply", 5), ("late-reply", "reply", 1)]


def test_limits_that_are_to_be_longer_no_more_leave_what_is_paused_as_it_is() -> None:
    longer = after(PAUSED, RecordAdjustment("respondent", 5), "2026-03-10 10:00")
    ended = RecordAdjustment("respondent", 0)
    given(longer).when(ended, at="2026-03-11 10:00").then(AdjustmentRecorded("respondent", 0, (), (), None))
