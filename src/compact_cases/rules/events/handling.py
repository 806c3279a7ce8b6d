"""Handling, its events: a conflict of interest, who is found instead, or that a concern goes elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.statements import Sealed


@dataclass(frozen=True)
class ConflictDeclared:
    """``officer``, who may be the board chair, sees nothing more of this case and does nothing in it.

    ``nobody``: nobody of the office is left for it now. ``presumed``: they work for one of its parties, and
    no words say so.
    """

    officer: UUID
    reason: Sealed | None
    nobody: bool = False
    presumed: bool = False


@dataclass(frozen=True)
class HandlerFound:
    """Of a case that nobody handled because of a conflict; the board chair has declared that she has none."""

    officer: UUID
    chair: bool


@dataclass(frozen=True)
class HandedOn:
    """``office``: who it is and how to reach them; ``sent``: what was sent to them."""

    office: Sealed
    sent: Sealed


HandlingEvent = ConflictDeclared | HandlerFound | HandedOn
AUDIENCE: dict[type, Audience] = {
    ConflictDeclared: Audience.CASE,
    HandlerFound: Audience.CASE,
    HandedOn: Audience.CASE,
}


@dataclass(frozen=True)
class Handling:
    conflicted: tuple[UUID, ...] = ()
    office: Sealed | None = None
    sent: Sealed | None = None


def evolve(part: Handling, course: Course, event: HandlingEvent, at: datetime) -> tuple[Handling, Course]:
    match event:
        case ConflictDeclared(officer=officer):
            return replace(part, conflicted=(*part.conflicted, officer)), course
        case HandlerFound():
            return part, course
        case HandedOn(office=office, sent=sent):
            return replace(part, office=office, sent=sent), course
        case _:
            assert_never(event)
