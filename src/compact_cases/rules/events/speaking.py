"""Speaking, its events: the raiser's group has ended, and somebody speaks for it from now on, or nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class GroupEnded:
    """The group is there no longer since this day. ``owner`` is asked who speaks for it: whoever was named,
    or an officer where nobody can be reached.
    """

    ended_on: date
    words: Sealed | None
    owner: str
    take_over: Term


@dataclass(frozen=True)
class TakenOver:
    """Somebody speaks for the group: ``capacity`` is member or proxy, ``same`` whoever was named before."""

    capacity: str
    same: bool
    authority: Sealed


@dataclass(frozen=True)
class NobodyTookOver:
    """Nobody was heard of. ``close`` is where the case is open, and is not to be closed already."""

    day: date
    close: Term | None


SpeakingEvent = GroupEnded | TakenOver | NobodyTookOver
AUDIENCE: dict[type, Audience] = {
    GroupEnded: Audience.RAISER_AND_OFFICERS,
    TakenOver: Audience.RAISER_AND_OFFICERS,
    NobodyTookOver: Audience.RAISER_AND_OFFICERS,
}


@dataclass(frozen=True)
class Speaking:
    """``unheard_at``: since when nobody speaks for it; ``closes``: an officer is to close it."""

    ended_on: date | None = None
    words: Sealed | None = None
    unheard_at: datetime | None = None
    closes: bool = False
    capacity: str = ""
    authority: Sealed | None = None


def evolve(part: Speaking, course: Course, event: SpeakingEvent, at: datetime) -> tuple[Speaking, Course]:
    match event:
        case GroupEnded(ended_on=ended_on, words=words, owner=owner, take_over=term):
            to = Seat.OFFICER if Seat(owner) is Seat.RAISER else Seat.RAISER
            return Speaking(ended_on, words), course.owing("take-over", Seat(owner), to, term)
        case TakenOver(capacity=capacity, authority=authority):
            course = course.ended("take-over", "taken over")
            close = course.owed("close")
            if close and close.opened_at == part.unheard_at:  # and not by what the raiser said since
                course = course.ended("close", "taken over")
            speaks = replace(part, capacity=capacity, authority=authority, unheard_at=None, closes=False)
            return speaks, course
        case NobodyTookOver(close=close):
            course = course.ended("take-over", "nobody took over")
            if close:
                course = course.owing("close", Seat.OFFICER, Seat.RAISER, close)
            return replace(part, unheard_at=at, closes=part.closes or close is not None), course
        case _:
            assert_never(event)
