"""Clocks, their events: a pause begins and ends, and what nobody did by its date is seen by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Key
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


@dataclass(frozen=True)
class Posted:
    """A letter was put in the post on the day ``on``, or read out on the telephone (``way``: post, phone).

    Each of ``obligations`` is what it asks for, its limit counted from when it should have come; ``ends``
    is then the last day of the pause that waits for one of them.
    """

    letter: UUID
    notice: str
    to: str
    way: str
    on: date
    obligations: tuple[Going, ...]
    ends: date | None


ClocksEvent = Paused | Resumed | Escalated | Posted


def _of_escalation(event: Escalated) -> Audience:
    """Inside the office it is not the respondent's to know who is late."""
    return Audience.CASE if event.obligation == "reply" else Audience.RAISER_AND_OFFICERS


def _of_posting(event: Posted) -> Audience:
    """How somebody is reached is theirs and the office's."""
    raising = Seat(event.to).side is Side.RAISER
    return Audience.RAISER_AND_OFFICERS if raising else Audience.RESPONDENT_AND_OFFICERS


AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {
    Paused: Audience.RAISER_AND_OFFICERS,
    Resumed: Audience.RAISER_AND_OFFICERS,
    Escalated: _of_escalation,
    Posted: _of_posting,
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
class Posting:
    """From which posting a cycle of an obligation is counted."""

    of: Key
    way: str
    on: date


@dataclass(frozen=True)
class Clocks:
    pauses: tuple[Pause, ...] = ()
    postings: tuple[Posting, ...] = ()


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
        case Posted():
            return _posted(part, course, event)
        case _:
            assert_never(event)


def _resumed(part: Clocks, course: Course, event: Resumed) -> tuple[Clocks, Course]:
    awaited = next((one.awaits for one in part.pauses if one.number == event.pause), None)
    for going in event.obligations:
        course = course.set_anew(going.name, going.term, "the pause ended", going.item)
    pauses = tuple(replace(one, until=event.on) if one.number == event.pause else one for one in part.pauses)
    return replace(part, pauses=pauses), course.ended(awaited, event.because) if awaited else course


def _posted(part: Clocks, course: Course, event: Posted) -> tuple[Clocks, Course]:
    for going in event.obligations:
        course = course.set_anew(going.name, going.term, "posted", going.item)
    names = {(one.name, one.item) for one in event.obligations}
    anew = [one.key for one in course.open_obligations if (one.name, one.item) in names]
    postings = (*part.postings, *(Posting(key, event.way, event.on) for key in anew))
    part = replace(part, postings=postings)
    return (
        _ending_later(part, course, event.ends, {name for name, _ in names}) if event.ends else (part, course)
    )


def _ending_later(part: Clocks, course: Course, ends: date, awaited: set[str]) -> tuple[Clocks, Course]:
    """A pause that waits for an answer lasts as long as there is for it."""
    pauses = []
    for pause in part.pauses:
        if pause.until is None and pause.awaits in awaited:
            for one in course.open_obligations:
                if one.hold and one.due is None and one.hold.pause == pause.number:
                    hold = replace(one.hold, ends=ends)
                    course = course.held(one.name, one.item, hold, one.hold_reason or pause.reason)
            pause = replace(pause, ends=ends)
        pauses.append(pause)
    return replace(part, pauses=tuple(pauses)), course


def over_with_what_it_held(part: Clocks, course: Course, at: datetime) -> Clocks:
    """A pause ends with the act that ends its obligations: acknowledged, merged, closed."""
    held = {one.hold.pause for one in course.obligations if one.is_open and one.hold}
    day = at.astimezone(LONDON).date()
    pauses = tuple(
        replace(one, until=min(day, one.ends)) if one.until is None and one.number not in held else one
        for one in part.pauses
    )
    return replace(part, pauses=pauses)
