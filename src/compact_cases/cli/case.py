"""``compact-cases case``: one case, and the day-by-day proof of one of its dates."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from compact_cases.reports.case_shape import Owed
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NotFound, Refused
from compact_cases.rules.seats import Seat

if TYPE_CHECKING:
    from compact_cases.reports.case_view import CaseView

AT_THE_DESK = Visitor(Seat.OFFICER, staff_id=UUID(int=0), name="command line")


@click.group()
def case() -> None:
    """One case: where it stands, and why its dates are what they are."""


@case.command("show")
@click.argument("reference")
@click.option("--json", "in_json", is_flag=True, help="Everything about the case as JSON.")
def show(reference: str, in_json: bool) -> None:
    """Show the case REFERENCE (in any spelling) as its officer sees it."""
    with _viewed(reference) as view:
        if in_json:
            print(json.dumps(_plain(view.flat()), ensure_ascii=False, indent=2))
            return
        print(f"{view.reference}  {view.title}")
        print(f"{view.stage_in_words}. {view.standing}")
        for owed in view.owed:
            print(f"  {_in_words(owed)}")
        for cited in view.intake.clauses:
            print(f"  {cited.clause} ({cited.role}): {cited.text}")


@case.command("due")
@click.argument("reference")
@click.argument("obligation")
@click.option("--json", "in_json", is_flag=True, help="The days as JSON.")
def due(reference: str, obligation: str, in_json: bool) -> None:
    """Explain, day by day, when OBLIGATION (acknowledge, reply, ...) of the case REFERENCE is due."""
    with _viewed(reference) as view:
        owed = next((one for one in view.owed if one.name == obligation), None)
        if owed is None:
            names = ", ".join(one.name for one in view.owed) or "nothing"
            raise Refused(f"{view.reference} does not owe {obligation!r} now. It owes: {names}.")
        if in_json:
            print(json.dumps({"reference": view.reference, **_plain(owed)}, indent=2))
            return
        print(f"{view.reference}: {_in_words(owed)}")
        for day in owed.proof:
            count = "" if day.counts is None else str(day.counts)
            print(f"  {day.day:%a} {day.day:%d %b %Y}  {count:>3}  {day.because}")
        print(f"By procedure {view.procedure} and calendar {view.calendar}.")


@contextmanager
def _viewed(reference: str) -> Iterator["CaseView"]:
    from compact_cases.cli.opening import opened
    from compact_cases.office.registry import library
    from compact_cases.records import case_summaries
    from compact_cases.records.reading import reading
    from compact_cases.reports import case_view

    with opened() as premises, reading(premises.engine) as conn:
        row = case_summaries.find(conn, normalise(reference, premises.settings.office.prefix) or reference)
        if row is None:
            raise NotFound(f"There is no case {reference!r}.")
        rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
        yield case_view.view(conn, rulebook, row, AT_THE_DESK, premises.clock.now())


def _in_words(owed: Owed) -> str:
    if owed.due is None:
        left = f"{owed.days_kept} working days left"
        return f"{owed.sentence}: paused, {left}, ends by itself after {owed.pause_ends}"
    return f"{owed.sentence} by {owed.due:%A} {owed.due.day} {owed.due:%B %Y}"


def _plain(value: object) -> Any:
    import msgspec

    return msgspec.to_builtins(value)
