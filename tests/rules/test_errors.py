"""Recorded in error: a pause that runs, a reply that is not released; what it had opened is put right."""

from datetime import date

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import replay
from compact_cases.rules.enquiry import Answer, SendReply
from compact_cases.rules.errors import MarkInError
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.pausing import days_used
from compact_cases.rules.seats import Seat
from tests.builders import (
    CHAMPION,
    CLOSED,
    PUT_TO_THE_COUNCIL,
    RELEASED,
    REPLIED,
    SILENT,
    given,
    now,
    on,
    said,
)

WRONG = said("It was another case.")


def test_a_pause_that_was_none_uses_no_days_and_the_date_is_as_before() -> None:
    at = "2026-03-09 10:00"
    paused = PUT_TO_THE_COUNCIL + on(
        at, *given(PUT_TO_THE_COUNCIL).when(PauseClocks("waiting for a third party"), at=at).events()
    )
    mark = MarkInError(len(paused), WRONG)
    case = given(paused).when(mark, at="2026-03-11 10:00").then_case()
    assert [(one.name, one.due) for one in case.open_obligations] == [("reply", date(2026, 3, 16))]
    assert days_used(case, now("2026-03-11 10:00")) == 0
    late = given(paused).when(mark, at="2026-03-20 10:00").then_case()
    assert [one.due for one in late.open_obligations] == [date(2026, 3, 24)]
    assert given(paused).when(MarkInError(1, WRONG), at="2026-03-11 10:00").then_refused("choose").field


def test_a_reply_for_another_case_is_owed_again() -> None:
    case = given(REPLIED).when(MarkInError(len(REPLIED), WRONG), at="2026-03-12 12:00").then_case()
    assert case.enquiry.replies == ()
    assert [(one.name, one.cycle, one.due) for one in case.open_obligations] == [
        ("reply", 2, date(2026, 3, 16))
    ]
    (event,) = given(REPLIED).when(MarkInError(len(REPLIED), WRONG), at="2026-03-12 12:00").events()
    assert [(one.name, one.to) for one in notices_after(event, case)] == [
        ("in-error", Seat.CHAMPION),
        ("in-error", Seat.OFFICER),
    ]


def test_a_late_reply_in_error_leaves_the_raisers_turn_as_it_is() -> None:
    reply = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
    late = SILENT + on("2026-03-24 10:00", *given(SILENT).when(reply, at="2026-03-24 10:00").events())
    case = given(late).when(MarkInError(len(late), WRONG), at="2026-03-24 12:00").then_case()
    assert [one.name for one in case.open_obligations] == ["decide"]
    assert replay(late).owed("release") is not None


def test_on_what_somebody_has_acted_nothing_is_marked() -> None:
    for history in (PUT_TO_THE_COUNCIL, RELEASED, CLOSED):
        mark = given(history).when(MarkInError(len(history), WRONG), at="2026-03-19 10:00")
        mark.then_refused("Nothing here can be marked")
