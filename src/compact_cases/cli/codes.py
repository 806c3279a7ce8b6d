"""``compact-cases codes``: take a Code in, say which edition is in force, list and show."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from compact_cases import settings
from compact_cases.cli.files import text_of
from compact_cases.cli.what_was_read import count, print_comparison, print_json, tell
from compact_cases.reports.codes import clause_as_json, code_as_json, compared_as_json
from compact_cases.rules.code_reader import read_document
from compact_cases.rules.codes import NOT_HELD, Codes

as_json = click.option("--json", "in_json", is_flag=True, help="Print JSON instead of sentences.")


@click.group()
def codes() -> None:
    """The Codes of Practice: what the Compact's partners undertook to work towards."""


@codes.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", metavar="SLUG", help="Which Code it is, where its title does not say.")
@click.option("--edition", metavar="ID", help="The edition's name; without it, the next number.")
@click.option("--dry-run", is_flag=True, help="Say what is read and what differs; keep nothing.")
@click.option("--replace", is_flag=True, help="Put it in force though another text is, or another Compact's.")
@as_json
def take_in(
    file: Path, code: str | None, edition: str | None, dry_run: bool, replace: bool, in_json: bool
) -> None:
    """Read the Code document FILE, and put it in force as a new edition.

    What was read, what became context and what differs from the edition in force is told first. Nothing is
    kept unless all of it can be read. docs/writing-a-code.md says how a document is written.
    """
    from compact_cases.cli.opening import office_of_commands
    from compact_cases.office.registry import code_editions

    document = text_of(file)
    compact = office_of_commands().compact
    read_document(document, code=code, compact=compact)  # refuses before a database is opened for it
    if dry_run and not _has_database():
        read = read_document(document, edition or "", code, compact)
        tell(code_editions.against(read, _shipped(), compact), in_json, kept=False)
        return
    from compact_cases.cli.opening import opened

    try:
        with opened() as premises:
            taken = code_editions.import_code(
                premises, document, code, edition, replace=replace, dry_run=dry_run
            )
    except code_editions.NeedsReplace as refused:
        if not in_json:
            tell(refused.taken, in_json, kept=False, refused=True)
        raise
    tell(taken, in_json, kept=not dry_run)


@codes.command()
@click.argument("code")
@click.argument("edition")
@as_json
def use(code: str, edition: str, in_json: bool) -> None:
    """Put EDITION of CODE in force, back and forth. Cases stay with the edition that they cited."""
    from compact_cases.cli.opening import opened
    from compact_cases.office.registry import code_editions

    with opened() as premises:
        used = code_editions.use(premises, code, edition)
    if in_json:
        before = used.before.id if used.before else None
        print_json(
            {
                "code": used.edition.code,
                "edition": used.edition.id,
                "before": before,
                "compared": compared_as_json(used.compared),
            }
        )
        return
    print_comparison(used.compared, used.before)
    print(f"Edition {used.edition.id} of {used.edition.title} is in force now.")
    if used.before and used.before.id != used.edition.id:
        print(f"To take that back: compact-cases codes use {used.edition.code} {used.before.id}")


@codes.command("list")
@as_json
def list_all(in_json: bool) -> None:
    """The Codes that the Compact names, and the editions held."""
    with _codes() as held:
        if in_json:
            print_json({"codes": [code_as_json(code) for code in held.codes]})
            return
        for code in held.codes:
            if not code.in_force:
                print(f"{code.slug}: {NOT_HELD}")
            for edition in code.editions:
                marked = " (in force)" if len(code.editions) > 1 and edition == code.in_force else ""
                print(f"{code.slug}: edition {edition.id}, {count(edition)}{marked}")
        for code in held.aside:
            ids = ", ".join(edition.id for edition in code.editions)
            print(f"{code.slug}: set aside, edition {ids}; compact-cases codes use {code.slug} EDITION")


@codes.command()
@click.argument("clause")
@click.option("--edition", metavar="ID", help="Another edition than the one in force.")
@as_json
def show(clause: str, edition: str | None, in_json: bool) -> None:
    """Show the undertaking CLAUSE, such as community-groups/8.2 or "multi-sector 5.14 (c)"."""
    with _codes() as held:
        found = held.cite(clause, edition)
        code = held.code(found.code)
    if in_json and code and (its := code.edition(edition)):
        print_json(clause_as_json(found, its))
        return
    print(f"{found.id} ({found.section}, by {found.owed_by.words})")
    print(found.text)
    for part in found.parts:
        print(f"  {part.letter}. {part.text}")
    if found.closing:
        print(found.closing)


def _has_database() -> bool:
    found = settings.load()
    return found.database_url is not None or found.data_dir.exists()


def _shipped() -> Codes:
    from compact_cases.office.registry import library

    return library.shipped_codes()


@contextmanager
def _codes() -> Iterator[Codes]:
    """The Codes held; those that ship where there is neither a database nor a data folder."""
    if not _has_database():
        yield _shipped()
        return
    from compact_cases.cli.opening import opened
    from compact_cases.office.registry import library
    from compact_cases.records.reading import reading

    with opened() as premises, reading(premises.engine) as conn:
        yield library.codes_held(conn)
