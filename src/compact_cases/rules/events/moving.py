"""Moving, its event: an open case goes on by another edition of the procedure or of the calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.terms import Going

MOVED = "moved to another edition"
"""How a cycle ended that only goes on by another date, or with other reminders."""


@dataclass(frozen=True)
class MovedToEdition:
    """From now on the case goes by these editions; ``going`` are the obligations that were set anew by it."""

    procedure: str
    calendar: str
    going: tuple[Going, ...]


MovingEvent = MovedToEdition
AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {MovedToEdition: Audience.CASE}


@dataclass(frozen=True)
class Moving:
    """The editions to which a case was moved last; empty for one that has those of its first day."""

    procedure: str = ""
    calendar: str = ""


def evolve(part: Moving, course: Course, event: MovingEvent, at: datetime) -> tuple[Moving, Course]:
    for going in event.going:
        course = course.set_anew(going.name, going.term, MOVED, going.item)
    return replace(part, procedure=event.procedure, calendar=event.calendar), course
