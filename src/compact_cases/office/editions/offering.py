"""One change, looked at and put in force: a procedure or closing days, for new cases or open ones as well."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from compact_cases.office.editions import applying, closing_days
from compact_cases.office.editions.closing_days import Planned
from compact_cases.office.editions.previewing import Preview, Progress, Target, preview
from compact_cases.office.premises import Premises
from compact_cases.office.registry import procedures
from compact_cases.office.registry.procedures import TakenIn

NEW, OPEN = "new", "open"
"""For new cases only, or for open ones as well."""


@dataclass(frozen=True)
class OfferedProcedure:
    taken: TakenIn
    seen: Preview


@dataclass(frozen=True)
class OfferedDays:
    planned: Planned
    seen: Preview


def procedure(premises: Premises, document: str, progress: Progress | None = None) -> OfferedProcedure:
    """What this edition would change. Nothing is kept. Raises Refused with every fault."""
    taken = procedures.check(premises, document)
    return OfferedProcedure(taken, preview(premises, Target(procedure=taken.procedure), progress))


def days(
    premises: Premises,
    add: Mapping[date, str],
    remove: Iterable[date] = (),
    progress: Progress | None = None,
) -> OfferedDays:
    """What other closing days would change. Nothing is kept. Raises Refused."""
    planned = closing_days.plan(premises, add, remove)
    return OfferedDays(planned, preview(premises, Target(calendar=planned.calendar), progress))


def apply_procedure(
    premises: Premises, document: str, to: str, seen: Preview, by: UUID | None = None
) -> TakenIn:
    """In force for new cases; for open ones the move begins, and whoever works goes on with it. Both or
    neither: where another move is under way nothing is kept. Raises Refused."""
    found = procedures.read(document)
    with premises.engine.begin() as conn:
        taken = procedures.keep(conn, premises, found, document)
        if to == OPEN:
            applying.begin(conn, premises, taken.procedure.edition, None, seen, by)
    return taken


def apply_days(
    premises: Premises,
    add: Mapping[date, str],
    remove: Iterable[date],
    to: str,
    seen: Preview,
    by: UUID | None = None,
) -> str:
    """The same for closing days: the id of the calendar. All of it in one transaction."""
    with premises.engine.begin() as conn:
        edition = closing_days.take_in(conn, premises, add, remove, by)
        if to == OPEN:
            applying.begin(conn, premises, None, edition, seen, by)
    return edition


def mark_of(seen: Preview) -> str:
    """By which a page knows whether what it showed is still so."""
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
