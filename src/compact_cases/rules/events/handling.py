"""Handling, its events: an officer has a conflict of interest, or a concern goes to another office."""

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
    """``officer`` does nothing more in this case but find somebody else for it."""

    officer: UUID
    reason: Sealed


@dataclass(frozen=True)
class HandedOn:
    """``office``: who it is and how to reach them; ``sent``: what was sent to them."""

    office: Sealed
    sent: Sealed


HandlingEvent = ConflictDeclared | HandedOn
AUDIENCE: dict[type, Audience] = {ConflictDeclared: Audience.CASE, HandedOn: Audience.CASE}


@dataclass(frozen=True)
class Handling:
    conflicted: tuple[UUID, ...] = ()
    office: Sealed | None = None
    sent: Sealed | None = None


def evolve(part: Handling, course: Course, event: HandlingEvent, at: datetime) -> tuple[Handling, Course]:
    match event:
        case ConflictDeclared(officer=officer):
            return replace(part, conflicted=(*part.conflicted, officer)), course
        case HandedOn(office=office, sent=sent):
            return replace(part, office=office, sent=sent), course
        case _:
            assert_never(event)
