"""Talk first, its events: both sides are put in touch before anything is asked of the respondent."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class PutInTouch:
    """The two talk first. ``wording`` is what the respondent reads; each reads how to reach the other."""

    body: UUID
    wording: Sealed
    talk: Term


@dataclass(frozen=True)
class TalkEnded:
    """``by``: raiser, respondent or office, or time where it was over. An officer acknowledges anew."""

    by: str
    acknowledge: Term


@dataclass(frozen=True)
class PutRight:
    """The raiser says that it is put right, so there is nothing left to ask for."""


TalkEvent = PutInTouch | TalkEnded | PutRight
AUDIENCE: dict[type, Audience] = {
    PutInTouch: Audience.CASE,
    TalkEnded: Audience.CASE,
    PutRight: Audience.CASE,
}


@dataclass(frozen=True)
class Talk:
    """``began_at`` is None where nobody was put in touch; ``ended_by`` as in the event."""

    began_at: datetime | None = None
    wording: Sealed | None = None
    ended_by: str | None = None

    @property
    def began(self) -> bool:
        return self.began_at is not None


def evolve(part: Talk, course: Course, event: TalkEvent, at: datetime) -> tuple[Talk, Course]:
    match event:
        case PutInTouch(wording=wording, talk=talk):
            begun = replace(part, began_at=at, wording=wording)
            return begun, course.owing("talk", Seat.RAISER, Seat.OFFICER, talk)
        case TalkEnded(by=by, acknowledge=acknowledge):
            over = course.ended("talk", "back to the officer")
            return replace(part, ended_by=by), over.owing(
                "acknowledge", Seat.OFFICER, Seat.RAISER, acknowledge
            )
        case PutRight():
            return replace(part, ended_by=Seat.RAISER.word), course.ended("talk", "put right")
        case _:
            assert_never(event)
