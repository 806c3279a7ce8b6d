"""Reopening, its events: a side asks for a closed case to be opened again, and an officer answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class ReopeningAsked:
    """``side`` asks, and ``why``. Without a ``reopen`` nobody need answer: the case is open again at once."""

    side: str
    why: str
    words: Sealed | None
    reopen: Term | None


@dataclass(frozen=True)
class ReopeningDeclined:
    """The case stays closed. ``side`` is whose request it was."""

    side: str
    explanation: Sealed
    officer: UUID | None = None


ReopeningEvent = ReopeningAsked | ReopeningDeclined
AUDIENCE: dict[type, Audience] = {
    ReopeningAsked: Audience.CASE,
    ReopeningDeclined: Audience.CASE,
}


@dataclass(frozen=True)
class Request:
    side: Side
    why: str
    words: Sealed | None
    at: datetime
    explanation: Sealed | None = None  # why it was declined
    declined_at: datetime | None = None
    declined_by: UUID | None = None


@dataclass(frozen=True)
class Reopening:
    """Every request there was, the newest last."""

    requests: tuple[Request, ...] = ()

    def since(self, closed_at: datetime) -> tuple[Request, ...]:
        """Those of this closing, and not of an earlier one."""
        return tuple(one for one in self.requests if one.at >= closed_at)


def evolve(part: Reopening, course: Course, event: ReopeningEvent, at: datetime) -> tuple[Reopening, Course]:
    match event:
        case ReopeningAsked(side=side, reopen=reopen):
            asked = Request(Side(side), event.why, event.words, at)
            part = replace(part, requests=(*part.requests, asked))
            if reopen is None:
                return part, course
            to = Seat.RAISER if asked.side is Side.RAISER else Seat.CHAMPION
            return part, course.owing("reopen", Seat.OFFICER, to, reopen)
        case ReopeningDeclined(explanation=explanation, officer=officer):
            *earlier, last = part.requests
            said_no = replace(last, explanation=explanation, declined_at=at, declined_by=officer)
            return replace(part, requests=(*earlier, said_no)), course.ended("reopen", "declined")
        case _:
            assert_never(event)
