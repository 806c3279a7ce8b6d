"""Timetable, its events: dates that one side proposes, the other answers, and that both then go by."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Came, Going, Term

ANSWER = "agree-timetable"
AGREED, ENDED = "both sides agreed on another date", "the timetable was ended"
"""How a cycle ended that goes on by another date, because of a timetable."""
DECLINED, SILENT, TAKEN_BACK, OVERTAKEN = "declined", "no answer", "taken back", "overtaken"
"""Why a proposal came to nothing. Stored words."""


@dataclass(frozen=True)
class PlannedDate:
    """Another date for an open obligation, in the cycle that it had then, in which it was due on ``was``."""

    name: str
    item: str
    cycle: int
    was: date
    on: date


@dataclass(frozen=True)
class TimetableProposed:
    """``side`` proposes, and the other one answers. Those of a case are numbered from 1 on."""

    number: int
    side: str
    dates: tuple[PlannedDate, ...]
    answer: Term
    came: Came | None = None


@dataclass(frozen=True)
class TimetableAgreed:
    """``going``: what goes by its new date from now on. ``left`` could not be set any more."""

    number: int
    side: str
    going: tuple[Going, ...]
    left: tuple[PlannedDate, ...] = ()
    came: Came | None = None


@dataclass(frozen=True)
class TimetableNotAgreed:
    """``how`` is a word of the list above; ``side`` is who said so, and empty where nobody did."""

    number: int
    how: str
    side: str = ""
    came: Came | None = None


@dataclass(frozen=True)
class TimetableEnded:
    """A date was missed, and the other ``side`` ends it; ``going`` has its own date again."""

    side: str
    going: tuple[Going, ...]
    came: Came | None = None


TimetableEvent = TimetableProposed | TimetableAgreed | TimetableNotAgreed | TimetableEnded
AUDIENCE: dict[type, Audience] = {
    TimetableProposed: Audience.CASE,
    TimetableAgreed: Audience.CASE,
    TimetableNotAgreed: Audience.CASE,
    TimetableEnded: Audience.CASE,
}


@dataclass(frozen=True)
class Proposal:
    number: int
    side: Side
    dates: tuple[PlannedDate, ...]
    at: datetime

    @property
    def other(self) -> Side:
        return other(self.side)


@dataclass(frozen=True)
class AgreedDate:
    """``cycle`` is the one that began by it; ``was``: when it was due before there was a timetable."""

    name: str
    item: str
    cycle: int
    was: date
    on: date


@dataclass(frozen=True)
class Timetable:
    """``agreed``: the dates of what runs now, and of what ran beside it; ``since``: when it was agreed.
    ``lapsed``: the last proposal, where nobody had answered it in time."""

    count: int = 0
    proposal: Proposal | None = None
    agreed: tuple[AgreedDate, ...] = ()
    since: datetime | None = None
    lapsed: Proposal | None = None


def other(side: Side | str) -> Side:
    return Side.RESPONDENT if side == Side.RAISER else Side.RAISER


def seat_of(side: Side | str) -> Seat:
    return Seat.RAISER if side == Side.RAISER else Seat.CHAMPION


def evolve(part: Timetable, course: Course, event: TimetableEvent, at: datetime) -> tuple[Timetable, Course]:
    match event:
        case TimetableProposed(number=number, side=side, answer=answer):
            proposal = Proposal(number, Side(side), event.dates, at)
            asked = course.owing(ANSWER, seat_of(other(side)), seat_of(side), answer)
            return replace(part, count=number, proposal=proposal, lapsed=None), asked
        case TimetableAgreed():
            return _agreed(part, course, event, at)
        case TimetableNotAgreed(how=how):
            lapsed = part.proposal if how == SILENT else None
            return replace(part, proposal=None, lapsed=lapsed), course.ended(ANSWER, how)
        case TimetableEnded(going=going):
            for one in going:
                course = course.set_anew(one.name, one.term, ENDED, one.item)
            return replace(part, agreed=(), since=None), course.without_a_timetable()
        case _:
            assert_never(event)


def _agreed(
    part: Timetable, course: Course, event: TimetableAgreed, at: datetime
) -> tuple[Timetable, Course]:
    """What was agreed before and is not over yet stays in it."""
    running = any(one.agreed for one in course.open_obligations)
    before = {(one.name, one.item): one for one in (part.agreed if running else ())}
    dates = dict(before)
    for going in event.going:
        old = course.owed(going.name, going.item)
        course = course.set_anew(going.name, going.term, AGREED, going.item, agreed=True)
        key, new = (going.name, going.item), course.owed(going.name, going.item)
        if old and new:
            was = before[key].was if key in before else (old.due or old.term.due)
            dates[key] = AgreedDate(*key, new.cycle, was, going.term.due)
    since = part.since if running and part.since else at
    part = replace(part, proposal=None, lapsed=None, agreed=tuple(dates.values()), since=since)
    return part, course.ended(ANSWER, "agreed")
