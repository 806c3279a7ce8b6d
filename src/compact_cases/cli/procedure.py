"""``compact-cases procedure``: check one, take one in, say which is in force, list and show them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compact_cases import settings
from compact_cases.cli.files import text_of
from compact_cases.rules.procedure import Procedure
from compact_cases.rules.procedure_comparison import differences, in_days, in_words

if TYPE_CHECKING:  # the office takes 0.2 s to load
    from compact_cases.office.registry.procedures import TakenIn

as_json = click.option("--json", "in_json", is_flag=True, help="Print JSON instead of sentences.")
a_file = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def procedure() -> None:
    """The procedure: how long each step of a case may take, and who is reminded when."""


@procedure.command()
@a_file
@as_json
def check(file: Path, in_json: bool) -> None:
    """Read FILE as a procedure and say what differs from the one in force. Nothing is kept."""
    from compact_cases.office.registry import procedures

    document = text_of(file)
    found = procedures.read(document)
    if not _has_database():
        taken = procedures.TakenIn(
            found,
            found != (shipped := procedures.shipped()[0]),
            shipped.edition,
            differences(shipped, found),
        )
    else:
        from compact_cases.cli.opening import opened

        with opened() as premises:
            taken = procedures.check(premises, document)
    _tell(taken, in_json)
    if not in_json:
        print("Nothing was kept.")


@procedure.command()
@a_file
@click.option("--apply", "to", type=click.Choice(["new", "open"]), help="Keep it, for whom.")
@as_json
def preview(file: Path, to: str | None, in_json: bool) -> None:
    """Say what FILE would move in each open case: dates and reminders. Nothing is kept without --apply."""
    from compact_cases.office.editions import offering
    from compact_cases.office.registry import procedures

    document = text_of(file)
    procedures.read(document)  # refuses before a database is opened for it
    from compact_cases.cli import moving_shown
    from compact_cases.cli.opening import opened

    with opened() as premises:
        offered = offering.procedure(premises, document, moving_shown.progress)
        table = {**_as_table(offered.taken), **moving_shown.as_table(offered.seen)}
        if not in_json:
            _tell(offered.taken, in_json=False)
            moving_shown.tell(offered.seen)
        if to:
            taken = offering.apply_procedure(premises, document, to, offered.seen)
            if not in_json:
                _in_force(taken, open_too=to == offering.OPEN)
        if to == offering.OPEN:
            table |= moving_shown.go_on(premises, in_json)
    if in_json:
        moving_shown.printed(table)
    elif not to:
        print("Nothing was kept. To keep it: --apply new, or --apply open.")


@procedure.command("import")
@a_file
@as_json
def take_in(file: Path, in_json: bool) -> None:
    """Take FILE in as a new edition and put it in force. Open cases keep the edition that they have."""
    from compact_cases.office.registry import procedures

    document = text_of(file)
    procedures.read(document)  # refuses before a database is opened for it
    from compact_cases.cli.opening import opened

    with opened() as premises:
        taken = procedures.take_in(premises, document)
    _tell(taken, in_json)
    if not in_json:
        _in_force(taken)


@procedure.command()
@click.argument("edition")
@as_json
def use(edition: str, in_json: bool) -> None:
    """Put EDITION in force for new cases, back and forth. Open cases keep the edition that they have."""
    from compact_cases.cli.opening import opened
    from compact_cases.office.registry import procedures

    with opened() as premises:
        taken = procedures.use(premises, edition)
    _tell(taken, in_json)
    if not in_json:
        _in_force(taken)


@procedure.command("list")
@as_json
def list_all(in_json: bool) -> None:
    """The editions held, oldest first."""
    with _held() as (editions, in_force):
        rows = [
            {"edition": one.edition, "name": one.name, "in_force": one.edition == in_force}
            for one in editions
        ]
    if in_json:
        print(json.dumps({"procedures": rows}, indent=2, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['edition']}: {row['name']}{' (in force)' if row['in_force'] else ''}")


@procedure.command()
@click.argument("edition", required=False)
@as_json
def show(edition: str | None, in_json: bool) -> None:
    """Show EDITION, or the one in force: limits, reminders and escalations."""
    from compact_cases.rules.refusals import Refused

    with _held() as (editions, in_force):
        wanted = edition or in_force
        found = next((one for one in editions if one.edition == wanted), None)
    if found is None:
        ids = ", ".join(one.edition for one in editions)
        raise Refused(f"There is no procedure edition {wanted!r}. Held: {ids}.")
    if in_json:
        print(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
        return
    print(f"{found.edition}: {found.name}\n{found.note}")
    for name, terms in found.terms.items():
        longer = terms.limit_volunteer_run
        more = f", {longer} for those run by volunteers" if longer is not None else ""
        print(f"\n{name}: {in_days(terms.limit)}{more}")
        for step in terms.steps:
            print(f"  {in_words(step)}")


def _as_json(found: Procedure) -> dict[str, object]:
    return {
        "edition": found.edition,
        "name": found.name,
        "note": found.note,
        "mediation": found.mediation,
        "panel": found.panel,
        "stages": dict(found.stages),
        "obligations": {
            name: {
                "limit": terms.limit,
                "limit_volunteer_run": terms.limit_volunteer_run,
                "steps": [
                    {
                        "day": step.offset_days,
                        "kind": step.kind,
                        "to": step.to.word,
                        "copy": [seat.word for seat in step.copy],
                        "effect": step.effect,
                        "letter": step.letter,
                    }
                    for step in terms.steps
                ],
            }
            for name, terms in found.terms.items()
        },
    }


def _as_table(taken: "TakenIn") -> dict[str, Any]:
    return {
        "edition": taken.procedure.edition,
        "name": taken.procedure.name,
        "new": taken.new,
        "before": taken.before,
        "differences": list(taken.differences),
    }


def _tell(taken: "TakenIn", in_json: bool) -> None:
    found = taken.procedure
    if in_json:
        print(json.dumps(_as_table(taken), indent=2, ensure_ascii=False))
        return
    print(f"{found.edition}: {found.name}, {len(found.terms)} obligations.")
    if not taken.differences:
        print(f"Cases would run the same under it as under {taken.before}, which is in force.")
        return
    print(f"Different from {taken.before}, which is in force:")
    for sentence in taken.differences:
        print(f"  {sentence}")


def _in_force(taken: "TakenIn", *, open_too: bool = False) -> None:
    others = ", and open ones are moved to it." if open_too else ". Open cases keep the one they have."
    print(f"{taken.procedure.edition} is in force now for new cases{others}")
    if taken.before and taken.before != taken.procedure.edition:
        print(f"To take that back: compact-cases procedure use {taken.before}")


def _has_database() -> bool:
    found = settings.load()
    return found.database_url is not None or found.data_dir.exists()


@contextmanager
def _held() -> Iterator[tuple[list[Procedure], str | None]]:
    """Every edition, and which is in force; the shipped one where there is no database and no data folder."""
    from compact_cases.office.registry import procedures

    if not _has_database():
        found = procedures.shipped()[0]
        yield [found], found.edition
        return
    from compact_cases.cli.opening import opened
    from compact_cases.records import procedures as records
    from compact_cases.records.reading import reading

    with opened() as premises, reading(premises.engine) as conn:
        every = [one for name in records.edition_ids(conn) if (one := records.get(conn, name))]
        yield every, records.in_force(conn)
