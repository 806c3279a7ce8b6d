"""Limits as facts: what was counted once, by the procedure and the calendar of that day, and then stands."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Term:
    """A limit as it was set: day 0, how many working days, and the last day."""

    start: date
    limit: int
    due: date


@dataclass(frozen=True)
class Hold:
    """A clock that stands still: by which pause, since which day, with what working days left, until when."""

    pause: int
    on: date
    days_left: int
    ends: date


@dataclass(frozen=True)
class Held:
    """An obligation that a pause stops, and the working days that it keeps."""

    name: str
    item: str
    days_left: int


@dataclass(frozen=True)
class Going:
    """An obligation whose clock goes on after a pause, with the days that were left as its new limit."""

    name: str
    item: str
    term: Term


@dataclass(frozen=True)
class Came:
    """How something reached the office that was written down later: by phone or on paper, on which day.

    ``in_time``: whether that day was; None where there was no last day for it.
    """

    on: date
    way: str
    in_time: bool | None
