"""Board as one visitor may see it: the pause that the board chair is asked for, an appeal and its answer."""

from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part
from compact_cases.reports.ground import Ground
from compact_cases.reports.reader import Reader
from compact_cases.rules.appeals import declined, last_day
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Side


@dataclass(frozen=True)
class PauseRequest:
    reason: str
    days: int
    agreed: bool


@dataclass(frozen=True)
class AppealShown:
    """``because`` and ``said`` are words of a list; ``upheld`` is None as long as nobody has answered."""

    side: str
    because: str
    stage: str
    asked_for: str
    at: datetime
    upheld: bool | None
    said: str


@dataclass(frozen=True, kw_only=True)
class BoardShown(Part):
    """``appeal_until``: the last day on which whoever was told no can appeal; None where nobody can."""

    pause_request: PauseRequest | None
    appeal: AppealShown | None
    appeal_until: date | None


def board(ground: Ground, reader: Reader) -> BoardShown:
    part, closed_at = ground.case.board, ground.case.closing.closed_at
    in_office = reader.is_officer or reader.viewpoint == "chair"
    asked = part.pause if in_office else None
    found = part.since(closed_at) if closed_at else ()
    return BoardShown(
        pause_request=PauseRequest(asked.reason, asked.days, asked.agreed) if asked else None,
        appeal=_appeal(ground) if found else None,
        appeal_until=_until(ground, reader),
    )


def _appeal(ground: Ground) -> AppealShown:
    one = ground.case.board.appeals[-1]
    why = next((each.why for each in reversed(ground.case.reopening.requests) if each.side is one.side), "")
    stage = ground.rulebook.procedure.stages[one.stage]
    return AppealShown(one.side.value, one.because, stage, why, one.at, one.upheld, one.said)


def _until(ground: Ground, reader: Reader) -> date | None:
    request = declined(ground.case)
    appealed = request and any(one.at >= request.at for one in ground.case.board.appeals)
    if request is None or appealed or (not reader.is_officer and request.side is not Side(_side(reader))):
        return None
    try:
        return last_day(request, ground.rulebook.calendar)
    except Refused:  # the calendar does not reach so far
        return None


def _side(reader: Reader) -> str:
    return reader.viewpoint if reader.viewpoint in ("raiser", "respondent") else Side.OFFICE.value
