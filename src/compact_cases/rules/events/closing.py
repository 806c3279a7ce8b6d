"""Closing, its events: a case is closed with its outcome, withdrawn, or merged into another one."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Stage
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Came, Term


@dataclass(frozen=True)
class Withdrawn:
    words: Sealed | None
    came: Came | None = None


@dataclass(frozen=True)
class MergedInto:
    """The concern is looked at together with another case about the same body; this one is closed."""

    case: UUID
    explanation: Sealed


@dataclass(frozen=True)
class TookIn:
    """The other half of ``MergedInto``, in the log of the case that goes on."""

    case: UUID


@dataclass(frozen=True)
class Unmerged:
    """A merge is undone: the case is open again and to be acknowledged, by a date of its own."""

    case: UUID
    reason: Sealed
    acknowledge: Term


@dataclass(frozen=True)
class GaveBack:
    """The other half of ``Unmerged``, and of ``Withdrawn`` where that concern had been merged."""

    case: UUID


@dataclass(frozen=True)
class Closed:
    outcome: str
    summary: Sealed | None


@dataclass(frozen=True)
class Reopened:
    """A closed case is open again, at ``stage``; ``acknowledge`` where it goes back to its beginning."""

    stage: str
    explanation: Sealed | None
    acknowledge: Term | None


ClosingEvent = Withdrawn | MergedInto | TookIn | Unmerged | GaveBack | Closed | Reopened
Merging = MergedInto | TookIn | Unmerged | GaveBack
"""Those that two cases record, each with the id of the other one."""
AUDIENCE: dict[type, Audience] = {
    Withdrawn: Audience.CASE,
    MergedInto: Audience.RAISER_AND_OFFICERS,
    TookIn: Audience.OFFICERS,
    Unmerged: Audience.RAISER_AND_OFFICERS,
    GaveBack: Audience.OFFICERS,
    Closed: Audience.CASE,
    Reopened: Audience.CASE,
}


@dataclass(frozen=True)
class Ending:
    """How a case had ended before it was opened again."""

    outcome: str | None
    summary: Sealed | None
    closed_at: datetime | None
    explanation: Sealed | None  # why it was opened again


@dataclass(frozen=True)
class Closing:
    """``taken_in``: the cases that were merged into this one. ``before``: endings that did not last."""

    merged_into: UUID | None = None
    merge_explanation: Sealed | None = None
    taken_in: tuple[UUID, ...] = ()
    outcome: str | None = None
    summary: Sealed | None = None
    closed_at: datetime | None = None
    before: tuple[Ending, ...] = ()


def evolve(part: Closing, course: Course, event: ClosingEvent, at: datetime) -> tuple[Closing, Course]:
    match event:
        case Withdrawn():
            return replace(part, merged_into=None), course.all_ended("withdrawn")
        case MergedInto(case=other, explanation=explanation):
            return replace(part, merged_into=other, merge_explanation=explanation), course
        case TookIn(case=other):
            return replace(part, taken_in=(*part.taken_in, other)), course
        case Unmerged(acknowledge=acknowledge):
            again = replace(part, outcome=None, closed_at=None, merged_into=None)
            received = course.to_stage(Stage.RECEIVED)
            return again, received.owing("acknowledge", Seat.OFFICER, Seat.RAISER, acknowledge)
        case GaveBack(case=other):
            return replace(part, taken_in=tuple(one for one in part.taken_in if one != other)), course
        case Closed(outcome=outcome, summary=summary):
            closed = course.to_stage(Stage.CLOSED).ended("close", "closed")
            return replace(part, outcome=outcome, summary=summary, closed_at=at), closed.all_ended(
                "the case was closed"
            )
        case Reopened():
            return _reopened(part, course, event)
        case _:
            assert_never(event)


def _reopened(part: Closing, course: Course, event: Reopened) -> tuple[Closing, Course]:
    """What had ended stays ended: whoever opens the case says, beside this, what is owed from now on."""
    ending = Ending(part.outcome, part.summary, part.closed_at, event.explanation)
    part = replace(part, outcome=None, summary=None, closed_at=None, before=(*part.before, ending))
    course = course.to_stage(Stage(event.stage)).ended("reopen", "opened again")
    if event.acknowledge is None:
        return part, course
    return part, course.owing("acknowledge", Seat.OFFICER, Seat.RAISER, event.acknowledge)
