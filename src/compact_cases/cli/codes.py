"""``compact-cases codes``: take a Code in, list the Codes, show an undertaking."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from compact_cases import settings
from compact_cases.reports.codes import clause_as_json, code_as_json, edition_as_json
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import NOT_HELD, Codes, Edition
from compact_cases.rules.refusals import Refused

as_json = click.option("--json", "in_json", is_flag=True, help="Print JSON instead of sentences.")


@click.group()
def codes() -> None:
    """The Codes of Practice: what the Compact's partners undertook to work towards."""


@codes.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", metavar="SLUG", help="Which Code it is, where its title does not say.")
@click.option("--edition", metavar="ID", help="The edition's name; without it, the next number.")
@as_json
def take_in(file: Path, code: str | None, edition: str | None, in_json: bool) -> None:
    """Read the Code document FILE and keep it as an edition; nothing is kept unless all of it can be read."""
    from compact_cases.cli.opening import opened
    from compact_cases.office.registry import library

    try:
        document = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as problem:
        line = file.read_bytes()[: problem.start].count(b"\n") + 1
        raise Refused(f"Line {line}: this is not UTF-8 text; save the document as plain UTF-8.") from None
    read_code(document, code=code)  # refuses before a database is opened for it
    with opened() as premises:
        taken = library.import_code(premises, document, code, edition)
    if in_json:
        _print_json({**edition_as_json(taken.edition), "new": taken.new})
        return
    print(f"{_count(taken.edition)} of {taken.edition.title}, edition {taken.edition.id}.")
    if not taken.new:
        print("This document was held already; nothing changed.")


@codes.command("list")
@as_json
def list_all(in_json: bool) -> None:
    """The Codes that the Compact names, and the editions held."""
    with _codes() as held:
        if in_json:
            _print_json({"codes": [code_as_json(code) for code in held.codes]})
            return
        for code in held.codes:
            if not code.newest:
                print(f"{code.slug}: {NOT_HELD}")
            for edition in code.editions:
                print(f"{code.slug}: edition {edition.id}, {_count(edition)}")


@codes.command()
@click.argument("clause")
@click.option("--edition", metavar="ID", help="Another edition than the newest.")
@as_json
def show(clause: str, edition: str | None, in_json: bool) -> None:
    """Show the undertaking CLAUSE, such as community-groups/8.2 or "multi-sector 5.14 (c)"."""
    with _codes() as held:
        found = held.cite(clause, edition)
        code = held.code(found.code)
    if in_json and code and (its := code.edition(edition)):
        _print_json(clause_as_json(found, its))
        return
    print(f"{found.id} ({found.section}, by {found.owed_by.words})")
    print(found.text)
    for part in found.parts:
        print(f"  {part.letter}. {part.text}")


@contextmanager
def _codes() -> Iterator[Codes]:
    """The Codes held; those that ship where there is neither a database nor a data folder."""
    from compact_cases.office.registry import library

    found = settings.load()
    if found.database_url is None and not found.data_dir.exists():
        yield library.shipped_codes()
        return
    from compact_cases.cli.opening import opened
    from compact_cases.records.reading import reading

    with opened() as premises, reading(premises.engine) as conn:
        yield library.codes_held(conn)


def _print_json(table: dict[str, object]) -> None:
    print(json.dumps(table, indent=2, ensure_ascii=False))


def _count(edition: Edition) -> str:
    parts = sum(len(clause.parts) for clause in edition.clauses)
    undertakings = f"{len(edition.clauses)} undertakings"
    return f"{undertakings} and {parts} sub-points" if parts else undertakings
