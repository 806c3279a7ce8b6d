"""The same commands as an officer dates them: what came by phone or post, what was done on paper before."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from compact_cases.rules.act import Now
from compact_cases.rules.acts import Command
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived
from compact_cases.rules.course import LIVES_ON
from compact_cases.rules.past import OnPaper, entered_on
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.working_days import LONDON

Found = Callable[[Case, Now], Iterator[Command]]


def dated_too(candidates: Mapping[type, Found]) -> dict[type, Found]:
    """Each act that can have a day of its own, with and without one."""
    return {kind: _dated(kind, found) for kind, found in candidates.items()}


def _dated(kind: Any, found: Found) -> Found:
    if issubclass(kind, OnPaper):
        return lambda case, now: _each(found(case, now), "done_on", _done_on(case, now))
    if "came" in {one.name for one in fields(kind)}:
        return lambda case, now: _each(found(case, now), "came", _came(case, now))
    return found


def _each(commands: Iterator[Command], name: str, days: list[Any]) -> Iterator[Command]:
    for command in commands:
        yield command
        yield from (replace(command, **{name: day}) for day in days if getattr(command, name) is None)


def _done_on(case: Case, now: Now) -> list[date]:
    """As early as it can have been: on the day on which what it answers was there."""
    entered = entered_on(case)
    starts = [one.term.start for one in case.open_obligations if one.name not in LIVES_ON]
    if entered is None or now.seat not in CASE_STAFF or not starts:
        return []
    return [max(starts)] if max(starts) <= entered else []


def _came(case: Case, now: Now) -> list[Arrived]:
    if now.seat not in CASE_STAFF:
        return []
    on_paper = [Arrived(day, "paper") for day in _done_on(case, now)]
    return [*on_paper, Arrived(now.at.astimezone(LONDON).date(), "phone")]
