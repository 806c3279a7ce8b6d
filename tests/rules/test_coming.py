"""What came by phone or on paper and was written down later is dated as it came."""

from datetime import date

import pytest

from compact_cases.rules.acts import Command, notices_after
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.coming import Arrived
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.events.enquiry import (
    NoReplyPutRight,
    RaiserDecided,
    ReplySent,
    SilenceRecorded,
)
from compact_cases.rules.intake import AddToConcern
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Came, Term
from tests.builders import CHAMPION, PUT_TO_THE_COUNCIL, RELEASED, SILENT, given, on, said


def day(text: str) -> date:
    return date.fromisoformat(text)


def reply(came: Arrived | None) -> SendReply:
    return SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"), came)


def paper(text: str) -> Arrived:
    return Arrived(day(text), "paper")


def test_a_reply_is_in_time_by_its_postmark_and_what_it_opens_counts_from_when_it_is_written_down() -> None:
    events = given(PUT_TO_THE_COUNCIL).when(reply(paper("2026-03-16")), "2026-03-19 10:00").events()
    [sent] = events
    assert isinstance(sent, ReplySent)
    assert sent.came == Came(day("2026-03-16"), "paper", in_time=True)
    assert sent.release == Term(day("2026-03-19"), 2, day("2026-03-23"))
    late = given(PUT_TO_THE_COUNCIL).when(reply(paper("2026-03-17")), "2026-03-19 10:00").events()[0]
    assert isinstance(late, ReplySent)
    assert late.came is not None
    assert late.came.in_time is False


def test_a_reply_that_came_before_none_was_recorded_puts_the_case_right() -> None:
    """No reply was recorded on 23 March; one had been posted on the 16th, and the raiser had gone on."""
    went_on = SILENT + on(
        "2026-03-24 10:00", RaiserDecided("not", "go-on", None, Term(day("2026-03-24"), 5, day("2026-03-31")))
    )
    outcome = given(went_on).when(reply(paper("2026-03-16")), "2026-03-25 10:00")
    case = outcome.then_case()
    assert outcome.events()[1] == NoReplyPutRight(day("2026-03-16"))
    assert case.stage is Stage.EARLY_RESOLUTION
    assert [one.name for one in case.open_obligations] == ["release"]
    assert (case.enquiry.decision, case.enquiry.then) == (None, None)
    told = notices_after(outcome.events()[1], case)
    assert {(one.name, one.to) for one in told} == {
        ("reply-in-time", Seat.RAISER),
        ("reply-in-time", Seat.CHAMPION),
        ("reply-in-time", Seat.SENIOR_LEAD),
    }
    after = given(went_on + on("2026-03-25 10:00", *outcome.events()))
    decides = after.when(ReleaseReply(looked=True), "2026-03-26 10:00").then_case().owed("decide")
    assert decides is not None
    assert decides.due == day("2026-04-13")


@pytest.mark.parametrize(
    ("came", "why"),
    [(None, "it came today"), (paper("2026-03-24"), "it came after no reply was recorded")],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_late_reply_puts_nothing_right(came: Arrived | None, why: str) -> None:
    case = given(SILENT).when(reply(came), "2026-03-25 10:00").then_case()
    assert case.stage is Stage.RAISER_DECIDES, why
    assert case.owed("decide") is not None


def test_a_decision_written_down_after_silence_stands_with_the_day_on_which_it_came() -> None:
    silent = RELEASED + on(
        "2026-04-21 08:00",
        SilenceRecorded(day("2026-04-21"), Term(day("2026-04-21"), 5, day("2026-04-28"))),
    )
    outcome = given(silent).when(Decide("settled", came=paper("2026-03-27")), "2026-04-22 10:00")
    [decided] = outcome.events()
    assert isinstance(decided, RaiserDecided)
    assert decided.came == Came(day("2026-03-27"), "paper", in_time=True)
    closing = outcome.then_case().owed("close")
    assert closing is not None
    assert closing.due == day("2026-04-29")


SAID: tuple[tuple[Command, str], ...] = (
    (reply(Arrived(day("2026-03-01"), "paper")), "Monday 2 March 2026"),
    (AddToConcern(said(), Arrived(day("2026-02-22"), "phone")), "Monday 23 February 2026"),
    (Withdraw(True, None, Arrived(day("2026-02-22"), "phone")), "Monday 23 February 2026"),
)


@pytest.mark.parametrize(("command", "first"), SAID)
def test_nothing_came_before_what_it_answers(command: Command, first: str) -> None:
    refused = given(PUT_TO_THE_COUNCIL).when(command, "2026-03-05 10:00").then_refused(first)
    assert refused.field == "came_on"


def test_nothing_came_before_there_was_something_to_decide() -> None:
    for command in (
        Decide("settled", came=paper("2026-03-12")),
        Decide("partly", "close", came=paper("2026-03-12")),
    ):
        refused = given(RELEASED).when(command, "2026-03-16 10:00").then_refused("Friday 13 March 2026")
        assert refused.field == "came_on"
    waits = WaitForReply(day("2026-03-30"), paper("2026-03-20"))
    assert given(SILENT).when(waits, "2026-03-25 10:00").then_refused("Monday 23 March").field == "came_on"


def test_a_day_ahead_one_long_ago_no_way_and_a_party_are_refused() -> None:
    def refused(arrived: Arrived, words: str, at: str = "2026-03-17 10:00", seat: Seat = Seat.OFFICER) -> str:
        told = given(PUT_TO_THE_COUNCIL).when(reply(arrived), at, seat=seat).then_refused(words)
        return told.field or ""

    assert refused(paper("2026-03-18"), "has not come yet") == "came_on"
    assert refused(paper("2026-03-03"), "Wednesday 4 March 2026", "2026-04-17 10:00") == "came_on"
    assert refused(Arrived(day("2026-03-16"), "fax"), "by phone or on paper") == "came_by"
    assert refused(paper("2026-03-16"), "Only a Compact officer", seat=Seat.CHAMPION) == "came_on"
