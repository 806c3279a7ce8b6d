"""``compact-cases mediators`` and ``panellists``: list them, put somebody on, or take a file in."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compact_cases.cli.opening import opened
from compact_cases.rules.sheets import decoded

if TYPE_CHECKING:
    from compact_cases.office.registry.people_file import Taken

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option(
    "--dry-run", is_flag=True, help="Check the file and say what would be added; keep nothing."
)
IN_JSON = click.option("--json", "in_json", is_flag=True, help="Print JSON instead of sentences.")


@click.group()
def mediators() -> None:
    """The register of mediators: who can be proposed to both sides of a case."""


@click.group()
def panellists() -> None:
    """The register of panellists: who may be named to a panel, and for which sector."""


# --- mediators --------------------------------------------------------------------------------------------


@mediators.command("list")
@IN_JSON
def list_mediators(in_json: bool) -> None:
    """Those who are on the register now, by name."""
    from compact_cases.records import bodies
    from compact_cases.records import mediators as records
    from compact_cases.records.reading import reading

    with opened() as premises, reading(premises.engine) as conn:
        found = records.every(conn)
        about = bodies.get_many(conn, [body for one in found for body in one.conflicts])
    rows = [
        {
            "name": one.name,
            "id": str(one.person_id),
            "areas": one.areas,
            "languages": one.languages,
            "terms": one.terms,
            "conflicts": [about[body].name for body in one.conflicts if body in about],
        }
        for one in found
    ]
    _print("mediators", rows, in_json, ("name", "areas", "languages", "terms"))


@mediators.command("add")
@click.argument("email")
@click.argument("name")
@click.option("--areas", default="", help="Where they work.")
@click.option("--languages", default="")
@click.option("--terms", default="", help="What they charge, in words.")
def add_mediator(email: str, name: str, areas: str, languages: str, terms: str) -> None:
    """Put somebody on the register."""
    from compact_cases.office.registry import mediators as register

    with opened() as premises:
        one = register.add(premises, name, email, areas=areas, languages=languages, terms=terms)
    print(f"{one.name} is on the register of mediators.")


@mediators.command("import")
@FILE
@DRY_RUN
@IN_JSON
def import_mediators(file: Path, dry_run: bool, in_json: bool) -> None:
    """Put the people of FILE on the register, a CSV with at least the columns name and email.

    Others it may have: areas, languages, terms, conflicts (bodies of the register, with | between them).
    """
    from compact_cases.office.registry import people_file

    _take_in(people_file.import_mediators, file, dry_run, in_json)


# --- panellists -------------------------------------------------------------------------------------------


@panellists.command("list")
@IN_JSON
def list_panellists(in_json: bool) -> None:
    """Those who may be named to a panel now, by name."""
    from compact_cases.records import panellists as records
    from compact_cases.records.reading import reading

    with opened() as premises, reading(premises.engine) as conn:
        found = records.listed(conn)
    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "id": str(one.id),
            "organisation": one.organisation,
            "sector": one.sector,
            "standing": one.standing,
        }
        for one in found
    ]
    _print("panellists", rows, in_json, ("name", "organisation", "sector"))


@panellists.command("add")
@click.argument("email")
@click.argument("name")
@click.option("--sector", type=click.Choice(["public-sector", "vcs"]), required=True)
@click.option("--organisation", default="", help="Whom they belong to, in words.")
@click.option("--for-one-case", is_flag=True, help="Not of the standing group.")
def add_panellist(email: str, name: str, sector: str, organisation: str, for_one_case: bool) -> None:
    """Put somebody on the register."""
    from compact_cases.office.registry import panel_register

    with opened() as premises:
        panel_register.add(
            premises,
            name=name,
            email=email,
            sector=sector,
            organisation=organisation,
            standing=not for_one_case,
        )
    print(f"{name} is on the register of panellists.")


@panellists.command("import")
@FILE
@DRY_RUN
@IN_JSON
def import_panellists(file: Path, dry_run: bool, in_json: bool) -> None:
    """Put the people of FILE on the register, a CSV with at least the columns name, email and sector.

    Others it may have: body (one of the register), organisation (in words), standing (yes or no).
    """
    from compact_cases.office.registry import people_file

    _take_in(people_file.import_panellists, file, dry_run, in_json)


# --- what both do -----------------------------------------------------------------------------------------


def _take_in(take: Callable[..., "Taken"], file: Path, dry_run: bool, in_json: bool) -> None:
    document, guessed = decoded(file.read_bytes())
    with opened() as premises:
        done = take(premises, document, dry_run=dry_run)
    if in_json:
        said = {"dry_run": dry_run, "added": done.added, "there": done.there, "note": guessed or None}
        print(json.dumps(said, ensure_ascii=False))
        return
    if guessed:
        print(guessed)
    print(f"{done.added} {'would be ' if dry_run else ''}added, {done.there} on the register already.")
    if dry_run:
        print("Nothing was kept.")


def _print(what: str, rows: list[dict[str, Any]], in_json: bool, names: tuple[str, ...]) -> None:
    if in_json:
        print(json.dumps({what: rows}, indent=2, ensure_ascii=False))
        return
    if not rows:
        print(f"Nobody is on this register yet; take a list in with compact-cases {what} import FILE.csv.")
    for row in rows:
        print(", ".join(row[name] for name in names if row[name]))
