"""Recorded in error: a pause that runs, a reply that is not released; what it had opened is put right."""

from datetime import date

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import replay
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.coming import Arrived
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Answer, SendReply
from compact_cases.rules.errors import MarkInError
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.pausing import days_used
from compact_cases.rules.reopening import COME_BACK, AskToReopen
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


def test_a_reply_that_had_come_in_time_and_was_another_cases_gives_the_raiser_their_turn_again() -> None:
    """What they had chosen without it was taken back, so somebody has to owe the next thing."""
    came = Arrived(date(2026, 3, 16), "paper")
    reply = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"), came)
    at = "2026-03-24 10:00"
    put_right = SILENT + on(at, *given(SILENT).when(reply, at=at).events())
    outcome = given(put_right).when(MarkInError(len(SILENT) + 1, WRONG), at="2026-03-25 12:00")
    case = outcome.then_case()
    assert [(one.name, one.due) for one in case.open_obligations] == [("decide", date(2026, 4, 10))]
    assert case.stage is Stage.RAISER_DECIDES
    assert (case.enquiry.decision, case.enquiry.has_waited, case.enquiry.replies) == (None, False, ())
    (event,) = outcome.events()
    assert [(one.name, one.to) for one in notices_after(event, case)] == [
        ("in-error", Seat.CHAMPION),
        ("in-error", Seat.SENIOR_LEAD),
        ("in-error", Seat.OFFICER),
        ("no-reply", Seat.RAISER),
    ]


def test_a_late_reply_that_waited_when_the_raiser_left_and_was_none_leaves_them_their_turn() -> None:
    reply = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
    late = SILENT + on("2026-03-24 10:00", *given(SILENT).when(reply, at="2026-03-24 10:00").events())
    left = late + on(
        "2026-03-24 11:00", *given(late).when(Withdraw(sure=True), at="2026-03-24 11:00").events()
    )
    back = AskToReopen(COME_BACK, None)
    open_again = left + on("2026-03-25 10:00", *given(left).when(back, at="2026-03-25 10:00").events())
    case = given(open_again).when(MarkInError(len(late), WRONG), at="2026-03-25 12:00").then_case()
    assert [one.name for one in case.open_obligations] == ["decide"]
