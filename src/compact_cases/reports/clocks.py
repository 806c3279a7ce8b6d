"""Clocks as one visitor may see them: what may have more time, and which request waits for an answer."""

from dataclasses import asdict, dataclass
from datetime import date

from compact_cases.reports.case_shape import Part
from compact_cases.reports.ground import Ground
from compact_cases.reports.owed import SHORT
from compact_cases.reports.reader import Reader
from compact_cases.rules.extensions import can_be_extended, has_had_more, most_days
from compact_cases.rules.guard import sentence
from compact_cases.rules.pauses import name_of, running_pauses
from compact_cases.settings import OFFICE_ZONE


@dataclass(frozen=True)
class MoreTime:
    """What this visitor may ask more time for; ``is_further``: the other side is asked first."""

    name: str
    words: str
    due: date | None
    is_further: bool


@dataclass(frozen=True)
class TimeRequest:
    """A request that waits: for what, how many working days, and the word of the list that says why."""

    name: str
    words: str
    days: int
    because: str | None
    was_due: date | None


@dataclass(frozen=True)
class LongTime:
    """What took the time by the day ``on``: ``days`` count, ``paused`` do not; a line for each thing."""

    on: date
    since: date
    days: int
    paused: int
    lines: tuple[str, ...]
    is_earlier: bool  # of the time before the case was opened again


@dataclass(frozen=True)
class RunningPause:
    """A pause that an officer may end, by its number."""

    number: int
    reason: str
    on: date
    ends: date


@dataclass(frozen=True, kw_only=True)
class ClocksShown(Part):
    running_pauses: tuple[RunningPause, ...]
    more_time: tuple[MoreTime, ...]
    most_days: int
    time_request: TimeRequest | None
    has_more_time: bool
    long_time: LongTime | None


def clocks(ground: Ground, reader: Reader) -> ClocksShown:
    case, now = ground.case, ground.now
    theirs = () if reader.viewpoint == "chair" else can_be_extended(case, now)
    by_hand = running_pauses(case) if reader.is_officer else ()
    return ClocksShown(
        running_pauses=tuple(RunningPause(one.number, one.reason, one.on, one.ends) for one in by_hand),
        more_time=tuple(
            MoreTime(name_of(one), SHORT.get(one.name, one.name), one.due, has_had_more(one, case))
            for one in theirs
        ),
        most_days=most_days(case),
        time_request=_waiting(ground),
        has_more_time=bool(case.clocks.requests),
        long_time=_long_time(ground),
    )


def _long_time(ground: Ground) -> LongTime | None:
    found, stages = ground.case.clocks.long_time, ground.rulebook.procedure.stages
    if found is None:
        return None
    lines = tuple(sentence(asdict(one), stages) for one in found.took if one.days != 0)
    opened = ground.case.closing.before[-1].closed_at if ground.case.closing.before else None
    is_earlier = opened is not None and found.on <= opened.astimezone(OFFICE_ZONE).date()
    return LongTime(found.on, found.since, found.days, found.paused, lines, is_earlier)


def _waiting(ground: Ground) -> TimeRequest | None:
    request = next((one for one in ground.case.clocks.requests if one.granted is None), None)
    owed = ground.case.owed(request.name, request.item) if request else None
    if request is None or owed is None or ground.case.owed("extension-answer") is None:
        return None
    words = SHORT.get(request.name, request.name)
    return TimeRequest(name_of(owed), words, request.days, request.because, owed.term.due)
