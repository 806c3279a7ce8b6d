"""Senior review, its events: the senior leads of both sides meet, and say what is agreed and what is not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Stage
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class ReviewOpened:
    """``officer`` convenes it; None where an officer of another office does, which ``elsewhere`` names.

    ``meet_by`` is the last day for the meeting.
    """

    officer: UUID | None
    elsewhere: Sealed | None
    convene: Term
    meet_by: date
    note: Term


@dataclass(frozen=True)
class NoMeetingRecorded:
    """``day`` is the working day on which this step stood. ``DecisionAsked`` goes with it."""

    day: date


ReviewEvent = ReviewOpened | NoMeetingRecorded
AUDIENCE: dict[type, Audience] = {
    ReviewOpened: Audience.CASE,
    NoMeetingRecorded: Audience.CASE,
}


@dataclass(frozen=True)
class Review:
    """The senior review that is under way, or was the last one."""

    was_opened: bool = False
    elsewhere: Sealed | None = None
    meet_by: date | None = None
    did_not_meet: bool = False


def evolve(part: Review, course: Course, event: ReviewEvent, at: datetime) -> tuple[Review, Course]:
    match event:
        case ReviewOpened():
            opened = Review(was_opened=True, elsewhere=event.elsewhere, meet_by=event.meet_by)
            course = course.ended("next-step", "the senior review is open").to_stage(Stage.SENIOR_REVIEW)
            course = course.owing("convene", Seat.OFFICER, Seat.RAISER, event.convene)
            return opened, course.owing("note", Seat.OFFICER, Seat.RAISER, event.note)
        case NoMeetingRecorded():
            return replace(part, did_not_meet=True), course
        case _:
            assert_never(event)
