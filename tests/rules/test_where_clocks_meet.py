"""Clocks and the other chapters: what has no more time, what no pause stops, whose limits are longer."""

from datetime import date

import pytest

from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.agreed_actions import ReleaseActionWords, SayActionDone
from compact_cases.rules.agreement import AnswerAgreement, WriteAgreement, WrittenTerm
from compact_cases.rules.case import Case, replay
from compact_cases.rules.date_passes import RecordDatePassed
from compact_cases.rules.events.clocks import AdjustmentRecorded
from compact_cases.rules.events.enquiry import PutToRespondent
from compact_cases.rules.events.fast_track import (
    DatePassed,
    DateWatched,
    FastTracked,
    HoldAsked,
)
from compact_cases.rules.events.intake import Acknowledged, ClosingDateGiven
from compact_cases.rules.events.reopening import ReopeningAsked
from compact_cases.rules.extensions import WHY, AskForTime
from compact_cases.rules.fast_track import AnswerHold
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.pausing import can_be_stopped
from compact_cases.rules.review import last_day
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.talk import TalkFirst
from compact_cases.rules.terms import Term
from tests.builders import (
    AGREED_IN_PART,
    CHAMPION,
    CLOSED,
    CLOSED_WITH_ACTIONS,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    History,
    given,
    now,
    on,
    said,
    sealed,
)
from tests.rules.test_onward import GOES_ON
from tests.rules.test_review import HELD, NOTE, SET, then
from tests.rules.test_talk import IN_TOUCH

MORE = AskForTime(5, "", WHY[0], said("We are away."))
ONE = Term(date(2026, 3, 2), 1, date(2026, 3, 3))
CLOSES = date(2026, 3, 10)
URGENT: History = PUT_TO_THE_COUNCIL + on(
    "2026-03-02 09:30",
    ClosingDateGiven(CLOSES),
    FastTracked("closes-on", None, None),
    DateWatched(Term(date(2026, 3, 2), 6, CLOSES)),
)
ASKED_TO_HOLD: History = (
    RECEIVED
    + on("2026-02-23 10:00", ClosingDateGiven(CLOSES), FastTracked("closes-on", None, None))
    + on(
        "2026-03-02 09:30",
        Acknowledged(OFFICER, sealed()),
        PutToRespondent(COUNCIL, sealed(), None),
        HoldAsked(CLOSES, 6, ONE),
    )
)
PASSED: History = URGENT + on(
    "2026-03-11 08:00",
    DatePassed(
        CLOSES, Term(date(2026, 3, 11), 10, date(2026, 3, 25)), Term(date(2026, 3, 11), 5, date(2026, 3, 18))
    ),
)
TO_REOPEN: History = CLOSED + on(
    "2026-03-20 10:00",
    ReopeningAsked("raiser", "new-evidence", sealed(), Term(date(2026, 3, 20), 5, date(2026, 3, 27))),
)


def longer(history: History, at: str, side: str, days: int = 5) -> History:
    """The same, from when on this side has an adjustment."""
    return history + on(at, AdjustmentRecorded(side, days, (), (), None))


@pytest.mark.parametrize(
    ("history", "seat", "words"),
    [
        (URGENT, Seat.CHAMPION, "Something closes soon here"),
        (ASKED_TO_HOLD, Seat.CHAMPION, "nothing in this case"),
        (IN_TOUCH, Seat.RAISER, "nothing in this case"),
        (SET, Seat.SENIOR_LEAD, "nothing in this case"),
        (CLOSED_WITH_ACTIONS, Seat.CHAMPION, "This case is closed"),
        (TO_REOPEN, Seat.OFFICER, "This case is closed"),
    ],
)
def test_what_is_urgent_or_agreed_or_closed_has_no_more_time(
    history: History, seat: Seat, words: str
) -> None:
    at = {id(SET): "2026-04-08 10:00", id(CLOSED_WITH_ACTIONS): "2026-04-01 10:00"}.get(id(history))
    at = at or ("2026-03-20 11:00" if history is TO_REOPEN else "2026-03-03 10:00")
    given(history).when(MORE, at=at, seat=seat).then_refused(words)


def test_once_the_date_is_over_a_reply_is_an_ordinary_one_and_may_have_more_time() -> None:
    case = given(PASSED).when(MORE, at="2026-03-11 10:00", seat=Seat.CHAMPION).then_case()
    reply = case.owed("reply")
    assert reply
    assert reply.due == date(2026, 3, 23)
    only = AskForTime(5, "date-passed respondent", WHY[0], said())
    given(PASSED).when(only, at="2026-03-11 10:00", seat=Seat.CHAMPION).then_refused("cannot be asked for")


def test_an_agreed_day_is_agreed_by_both_and_not_moved_by_one() -> None:
    only = AskForTime(5, "action 1", WHY[0], said())
    given(AGREED_IN_PART).when(only, at="2026-04-01 10:00", seat=Seat.CHAMPION).then_refused("more time")


@pytest.mark.parametrize(
    ("history", "at", "stopped"),
    [
        (ASKED_TO_HOLD, "2026-03-02 12:00", set()),
        (PASSED, "2026-03-11 10:00", {"reply"}),
        (AGREED_IN_PART, "2026-03-27 10:00", {"decide"}),
        (CLOSED_WITH_ACTIONS, "2026-04-01 10:00", set()),
        (TO_REOPEN, "2026-03-20 11:00", set()),
    ],
)
def test_no_pause_stops_questions_what_was_agreed_or_what_closes(
    history: History, at: str, stopped: set[str]
) -> None:
    found = can_be_stopped(replay(history), now(at), "other proceedings")
    assert {one.name for one in found} == stopped


def test_a_closed_case_cannot_be_paused() -> None:
    pause = PauseClocks("adjustment")
    given(CLOSED_WITH_ACTIONS).when(pause, at="2026-04-01 10:00").then_refused("closed")


@pytest.mark.parametrize(("history", "side"), [(ASKED_TO_HOLD, "respondent"), (SET, "raiser")])
def test_an_adjustment_moves_no_day_that_is_no_limit(history: History, side: str) -> None:
    at = "2026-03-02 12:00" if history is ASKED_TO_HOLD else "2026-04-08 10:00"
    (event,) = given(history).when(RecordAdjustment(side, 5), at=at).events()
    assert isinstance(event, AdjustmentRecorded)
    assert event.going == ()


# --- whose limits are longer ------------------------------------------------------------------------------


def limits(case: Case, name: str) -> dict[str, int]:
    return {one.item: one.term.limit for one in case.open_obligations if one.name == name}


WRITE = WriteAgreement((WrittenTerm("respondent", said(), date(2026, 5, 6), said(), None),), settles=False)


def test_who_has_an_adjustment_has_longer_to_answer_an_agreement_and_both_to_reflect_together() -> None:
    history = longer(RELEASED, "2026-03-13 10:00", "raiser", 3)
    written = given(history).when(WRITE, at="2026-03-16 12:00").then_case()
    assert limits(written, "agree") == {"raiser": 8, "respondent": 5}
    history = then(history, WRITE, "2026-03-16 12:00")
    history = then(history, AnswerAgreement("raiser", "yes"), "2026-03-17 12:00")
    both = given(history).when(AnswerAgreement("respondent", "yes"), at="2026-03-18 12:00").then_case()
    assert limits(both, "reflect") == {"raiser": 8, "respondent": 8}


def test_and_to_comment_and_a_group_has_both() -> None:
    history = longer(HELD, "2026-04-20 17:00", "raiser", 3)
    group = frozenset({Side.RAISER})
    case = given(history).when(NOTE, at="2026-04-21 10:00", small_sides=group).then_case()
    assert limits(case, "comment") == {"raiser": 13, "respondent": 5}


def test_the_meeting_and_its_note_wait_for_the_side_with_longer_limits() -> None:
    history = longer(GOES_ON, "2026-03-30 13:00", "respondent", 4)
    case = given(history).when(OpenNextStep("", OTHER_OFFICER), at="2026-03-31 10:00").then_case()
    assert limits(case, "note") == {"": 24}
    assert case.review.meet_by == date(2026, 4, 29)
    assert last_day(case, now("2026-03-31 11:00").rulebook.calendar) == date(2026, 4, 29)


def test_and_to_say_what_became_of_a_date_to_talk_and_to_reply_after_a_hold() -> None:
    over = RecordDatePassed(date(2026, 3, 11))
    passed = given(longer(URGENT, "2026-03-02 10:00", "raiser", 2)).when(over, at="2026-03-11 08:00")
    assert limits(passed.then_case(), "date-passed") == {"raiser": 7, "respondent": 5}
    told = given(longer(RECEIVED, "2026-03-02 09:00", "raiser", 2))
    talk = TalkFirst(OFFICER, said(), said(), agreed=True)
    assert limits(told.when(talk, at="2026-03-02 09:30").then_case(), "talk") == {"": 12}
    held = given(longer(ASKED_TO_HOLD, "2026-03-02 10:00", "respondent", 4))
    no = AnswerHold("no", None, said("We cannot."), CHAMPION)
    assert limits(held.when(no, at="2026-03-02 12:00", seat=Seat.CHAMPION).then_case(), "reply") == {"": 14}


def test_and_to_confirm_what_was_done() -> None:
    history = longer(CLOSED_WITH_ACTIONS, "2026-03-30 13:00", "raiser", 2)
    history = then(history, SayActionDone("1", said("It is done.")), "2026-04-01 10:00", seat=Seat.CHAMPION)
    released = given(history).when(ReleaseActionWords("1", looked=True), at="2026-04-02 10:00").then_case()
    assert limits(released, "confirm") == {"1": 12}
