"""Adjustments: recorded once, counted for every limit of that side, and nobody else is told why."""

from datetime import date

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import replay
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.enquiry import RecordNoReply, ReleaseReply
from compact_cases.rules.events import AUDIENCE
from compact_cases.rules.events.clocks import AdjustmentRecorded
from compact_cases.rules.extensions import WHY, AskForTime
from compact_cases.rules.intake import Accept
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Going, Term
from tests.builders import (
    CLOSED,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    History,
    given,
    on,
    said,
)

RAISERS, THEIRS = RecordAdjustment("raiser", 5), RecordAdjustment("respondent", 5)


def after(history: History, at: str, command: object) -> History:
    return history + on(at, *given(history).when(command, at=at).events())  # type: ignore[arg-type]


def test_what_runs_moves_at_once_and_both_sides_hear_of_the_date() -> None:
    going = Going("decide", "", Term(date(2026, 3, 16), 14, date(2026, 4, 7)))
    case = (
        given(RELEASED)
        .when(RAISERS, at="2026-03-16 10:00")
        .then(AdjustmentRecorded("raiser", 5, (going,), (), None))
    )
    assert case.clocks.longer_by(Side.RAISER) == 5
    (event,) = given(RELEASED).when(RAISERS, at="2026-03-16 10:00").events()
    assert [(one.name, one.to) for one in notices_after(event, case)] == [
        ("longer-limit", seat) for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
    ]


def test_every_later_limit_of_that_side_is_longer_and_no_other_one() -> None:
    history = after(REPLIED, "2026-03-12 12:00", RAISERS)
    case = given(history).when(ReleaseReply(looked=True), at="2026-03-13 10:00").then_case()
    assert [one.due for one in case.open_obligations] == [date(2026, 4, 7)]  # 15 working days, over Easter
    early = after(RECEIVED, "2026-02-24 10:00", THEIRS)
    put = given(early).when(Accept(OFFICER, said(), said()), at="2026-03-02 09:30").then_case()
    assert [one.due for one in put.open_obligations] == [date(2026, 3, 23)]
    silent = after(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", THEIRS)
    decide = given(silent).when(RecordNoReply(date(2026, 3, 30)), at="2026-03-30 08:00").then_case()
    assert [one.term.limit for one in decide.open_obligations] == [10]


def test_where_no_date_moves_the_other_side_does_not_learn_of_it() -> None:
    (event,) = given(RECEIVED).when(RAISERS, at="2026-02-24 10:00").events()
    audience = AUDIENCE[AdjustmentRecorded]
    assert not isinstance(audience, Audience)
    assert audience(event) is Audience.RAISER_AND_OFFICERS
    assert notices_after(event, replay(RECEIVED)) == []


def test_what_is_paused_keeps_so_many_days_more() -> None:
    history = after(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", PauseClocks("other proceedings"))
    longer = after(history, "2026-03-10 10:00", THEIRS)
    reply = given(longer).when(EndPause(1), at="2026-04-09 00:01").then_case().owed("reply")
    assert reply is not None
    assert reply.term.limit == 10


def test_what_is_overdue_does_not_become_due_again() -> None:
    (event,) = given(PUT_TO_THE_COUNCIL).when(THEIRS, at="2026-03-18 10:00").events()
    assert isinstance(event, AdjustmentRecorded)
    assert event.going == ()


def test_less_than_before_moves_no_date() -> None:
    history = after(RELEASED, "2026-03-16 10:00", RAISERS)
    case = given(history).when(RecordAdjustment("raiser", 0), at="2026-03-17 10:00").then_case()
    assert [one.due for one in case.open_obligations] == [date(2026, 4, 7)]
    assert case.clocks.longer_by(Side.RAISER) == 0


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (RecordAdjustment("all", 5), "side"),
        (RecordAdjustment("raiser", 21), "days"),
        (RecordAdjustment("raiser", -1), "days"),
        (RecordAdjustment("raiser", 0), "days"),
    ],
)
def test_what_is_no_adjustment_is_refused_at_its_field(command: RecordAdjustment, field: str) -> None:
    refused = given(RELEASED).when(command, at="2026-03-16 10:00").then_refused("Please")
    assert refused.field == field


def test_it_waits_for_the_answer_to_a_request_and_ends_with_the_case() -> None:
    given(CLOSED).when(RAISERS, at="2026-03-19 10:00").then_refused("This case is closed")
    more = AskForTime(2, "", WHY[0], said())
    asked = after(after(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", more), "2026-03-10 10:00", more)
    given(asked).when(RAISERS, at="2026-03-10 12:00").then_refused("waits for its answer")
