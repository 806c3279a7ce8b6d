"""Dates of a timetable in words, for pages and for the timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from compact_cases.reports.owed import SHORT
from compact_cases.rules.course import Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events.timetable import (
    PlannedDate,
    TimetableAgreed,
    TimetableEnded,
    TimetableProposed,
)
from compact_cases.rules.planned import name_of
from compact_cases.rules.seats import Side
from compact_cases.rules.terms import Going

WHOSE = {Side.RAISER: ", the raiser’s side", Side.RESPONDENT: ", the respondent"}


@dataclass(frozen=True)
class OtherDateShown:
    """``was`` is its date without this one; ``stands``: it can still be set."""

    name: str
    words: str
    was: date | None
    on: date
    stands: bool = True


def words_of(one: Obligation | PlannedDate | Going) -> str:
    """ "Reply", "Comment on the note, the raiser’s side", "Answer recommendation 2"."""
    words = "Answer recommendation" if one.name == "respond" else SHORT.get(one.name, one.name)
    if one.item in WHOSE:
        return words + WHOSE[Side(one.item)]
    return f"{words} {one.item}".strip()


# --- on the timeline --------------------------------------------------------------------------------------


def facts_of(event: Event) -> dict[str, Any]:
    """The dates of an event in words; nothing of an event of another chapter."""
    match event:
        case TimetableProposed(dates=dates):
            return {"dates": _planned(dates)}
        case TimetableAgreed(going=going, left=left):
            return {"going": _going(going), "left": _planned(left)}
        case TimetableEnded(going=going):
            return {"going": _going(going)}
    return {}


def _planned(dates: Iterable[PlannedDate]) -> list[OtherDateShown]:
    return [OtherDateShown(name_of(one), words_of(one), one.was, one.on) for one in dates]


def _going(going: Iterable[Going]) -> list[OtherDateShown]:
    return [
        OtherDateShown(f"{one.name} {one.item}".strip(), words_of(one), None, one.term.due) for one in going
    ]
