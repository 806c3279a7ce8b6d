"""Board, its events: the board chair is asked for a pause that needs her, or to look at a refusal."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class PauseAsked:
    """The case has had its share of pauses, so that only the board chair may grant this one."""

    reason: str
    asked_by: str
    days: int
    agreed: bool
    answer: Term


@dataclass(frozen=True)
class PauseAnswered:
    """Yes or no, of the seat ``by``; ``none/system`` where nobody answered, which is no."""

    granted: bool
    by: str


@dataclass(frozen=True)
class ReopeningAppealed:
    """``side`` does not take no for an answer: the seat ``to`` says whether the case is opened again.

    ``because`` is a word of a list; ``stage`` is where the case would go on.
    """

    side: str
    because: str
    stage: str
    to: str
    appeal: Term


@dataclass(frozen=True)
class AppealAnswered:
    """``because`` is a word of a list. Where it is upheld an officer opens the case by ``reopen``."""

    upheld: bool
    because: str
    by: str
    reopen: Term | None


BoardEvent = PauseAsked | PauseAnswered | ReopeningAppealed | AppealAnswered
AUDIENCE: dict[type, Audience] = {
    PauseAsked: Audience.OFFICERS,
    PauseAnswered: Audience.OFFICERS,
    ReopeningAppealed: Audience.CASE,
    AppealAnswered: Audience.CASE,
}


@dataclass(frozen=True)
class Appeal:
    side: Side
    because: str
    stage: str
    at: datetime
    upheld: bool | None = None
    said: str = ""


@dataclass(frozen=True)
class Board:
    """``pause`` is what waits for an answer; ``appeals`` are all there were, the newest last."""

    pause: PauseAsked | None = None
    appeals: tuple[Appeal, ...] = ()

    def since(self, closed_at: datetime) -> tuple[Appeal, ...]:
        """Those of this closing, and not of an earlier one."""
        return tuple(one for one in self.appeals if one.at >= closed_at)


def evolve(part: Board, course: Course, event: BoardEvent, at: datetime) -> tuple[Board, Course]:
    match event:
        case PauseAsked(answer=answer):
            return replace(part, pause=event), course.owing("pause-answer", Seat.CHAIR, Seat.OFFICER, answer)
        case PauseAnswered(granted=granted):
            how = "a pause was granted" if granted else "no pause was granted"
            return replace(part, pause=None), course.ended("pause-answer", how)
        case ReopeningAppealed(side=side, to=to, appeal=term):
            one = Appeal(Side(side), event.because, event.stage, at)
            part = replace(part, appeals=(*part.appeals, one))
            return part, course.owing("appeal", Seat(to), _seat_of(side), term)
        case AppealAnswered(upheld=upheld, because=because, reopen=term):
            asked = course.owed("appeal")
            answered = (replace(one, upheld=upheld, said=because) for one in part.appeals[-1:])
            part = replace(part, appeals=(*part.appeals[:-1], *answered))
            course = course.ended("appeal", "upheld" if upheld else "it stays closed")
            to = asked.to if asked else Seat.RAISER
            return part, course.owing("reopen", Seat.OFFICER, to, term) if term else course
        case _:
            assert_never(event)


def _seat_of(side: str) -> Seat:
    return Seat.RAISER if side == Side.RAISER.value else Seat.CHAMPION
