"""Relations, their events: two cases are linked, each with its kind; a link is undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.statements import Sealed


@dataclass(frozen=True)
class CasesLinked:
    """In the logs of both cases. ``onward``: in that of the one that is the duplicate, the follow-on, ..."""

    case: UUID
    kind: str
    onward: bool
    reason: Sealed | None


@dataclass(frozen=True)
class LinkUndone:
    """In the logs of both."""

    case: UUID
    kind: str
    reason: Sealed | None


RelationsEvent = CasesLinked | LinkUndone
AUDIENCE: dict[type, Audience] = {CasesLinked: Audience.OFFICERS, LinkUndone: Audience.OFFICERS}


@dataclass(frozen=True)
class Relation:
    case: UUID
    kind: str
    onward: bool
    reason: Sealed | None = None


@dataclass(frozen=True)
class Relations:
    links: tuple[Relation, ...] = ()

    def is_linked(self, case: UUID, kind: str) -> bool:
        return any((one.case, one.kind) == (case, kind) for one in self.links)


def evolve(part: Relations, course: Course, event: RelationsEvent, at: datetime) -> tuple[Relations, Course]:
    match event:
        case CasesLinked(case=other, kind=kind, onward=onward, reason=reason):
            return replace(part, links=(*part.links, Relation(other, kind, onward, reason))), course
        case LinkUndone(case=other, kind=kind):
            left = tuple(one for one in part.links if (one.case, one.kind) != (other, kind))
            return replace(part, links=left), course
        case _:
            assert_never(event)
