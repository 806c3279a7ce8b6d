"""Clocks, their events: a pause begins and ends, and what nobody did by its date is seen by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Going, Held, Hold
from compact_cases.rules.working_days import LONDON


@dataclass(frozen=True)
class Paused:
    """The clocks of these obligations stand still since the day ``on``; it ends by itself after ``ends``.

    ``pause`` numbers the pauses of a case from 1 on. Who asked and who granted it are seats. ``awaits`` names
    the obligation that is waited for, if one is: it ends with the pause.
    """

    pause: int
    reason: str
    asked_by: str
    granted_by: str
    on: date
    ends: date
    obligations: tuple[Held, ...]
    awaits: str | None


@dataclass(frozen=True)
class Resumed:
    """The pause ended on the day ``on``, and the days that were left run again."""

    pause: int
    because: str
    on: date
    obligations: tuple[Going, ...]


@dataclass(frozen=True)
class Escalated:
    """No answer is recorded; the seat ``to`` now sees it too. ``person`` is None where nobody was found."""

    obligation: str
    item: str
    cycle: int
    day: date
    to: str
    person: UUID | None


ClocksEvent = Paused | Resumed | Escalated


def _of_escalation(event: Escalated) -> Audience:
    """Inside the office it is not the respondent's to know who is late."""
    theirs = event.obligation == "reply" or Seat(event.to).side is Side.RESPONDENT
    return Audience.CASE if theirs else Audience.RAISER_AND_OFFICERS


AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {
    Paused: Audience.RAISER_AND_OFFICERS,
    Resumed: Audience.RAISER_AND_OFFICERS,
    Escalated: _of_escalation,
}


@dataclass(frozen=True)
class Pause:
    """One pause of a case; ``ends`` is its last day at the latest, ``until`` the one on which it ended."""

    number: int
    reason: str
    on: date
    ends: date
    awaits: str | None
    until: date | None = None


@dataclass(frozen=True)
class Clocks:
    pauses: tuple[Pause, ...] = ()


def evolve(part: Clocks, course: Course, event: ClocksEvent, at: datetime) -> tuple[Clocks, Course]:
    match event:
        case Paused():
            one = Pause(event.pause, event.reason, event.on, event.ends, event.awaits)
            for held in event.obligations:
                hold = Hold(event.pause, event.on, held.days_left, event.ends)
                course = course.held(held.name, held.item, hold, event.reason)
            return replace(part, pauses=(*part.pauses, one)), course
        case Resumed():
            return _resumed(part, course, event)
        case Escalated():
            return part, course
        case _:
            assert_never(event)


def _resumed(part: Clocks, course: Course, event: Resumed) -> tuple[Clocks, Course]:
    awaited = next((one.awaits for one in part.pauses if one.number == event.pause), None)
    for going in event.obligations:
        course = course.set_anew(going.name, going.term, "the pause ended", going.item)
    pauses = tuple(replace(one, until=event.on) if one.number == event.pause else one for one in part.pauses)
    return replace(part, pauses=pauses), course.ended(awaited, event.because) if awaited else course


def over_with_what_it_held(part: Clocks, course: Course, at: datetime) -> Clocks:
    """A pause ends with the act that ends its obligations: acknowledged, merged, closed."""
    held = {one.hold.pause for one in course.obligations if one.is_open and one.hold}
    day = at.astimezone(LONDON).date()
    pauses = tuple(
        replace(one, until=min(day, one.ends)) if one.until is None and one.number not in held else one
        for one in part.pauses
    )
    return replace(part, pauses=pauses)
