"""Mediators and panellists from a CSV file: all of it or nothing, each bad line named; as the bodies are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail.addresses import as_typed, mailbox_of
from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.office.registry import mediators as of_mediators
from compact_cases.office.registry import panel_register
from compact_cases.office.registry.register_file import (
    ANSWERS,
    MOST_LINES,
    FileRefused,
    as_problem,
    check_columns,
    in_words,
)
from compact_cases.records import bodies, mediators, panellists, people
from compact_cases.records.mediators import Mediator
from compact_cases.records.panellists import SECTORS, Registered
from compact_cases.rules.concern import Problem
from compact_cases.rules.refusals import Refused
from compact_cases.rules.sheets import Row, eaten, read_sheet

OF_MEDIATORS = ("name", "email", "areas", "languages", "terms", "conflicts")
OF_PANELLISTS = ("name", "email", "sector", "body", "organisation", "standing")
BETWEEN = "|"  # between the bodies of one cell: a comma stands in names, a semicolon between columns
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Taken:
    """How many were put on the register, and how many, told by their addresses, are on it already."""

    added: int
    there: int


class _DryRun(Exception):
    """Ends the transaction of a dry run without a change."""


def import_mediators(premises: Premises, document: str, *, dry_run: bool = False) -> Taken:
    """Raises FileRefused with every bad line."""

    def enter(conn: Connection, cells: Cells) -> None:
        conflicts = tuple(_body(conn, name, "conflicts") for name in _names(cells.get("conflicts", "")))
        areas, languages, terms = (cells.get(name, "") for name in ("areas", "languages", "terms"))
        new = Mediator(new_id(), cells["name"], areas, languages, terms, conflicts)
        of_mediators.enter(conn, premises, new, as_typed(cells["email"]))

    def there(conn: Connection) -> list[UUID]:
        return [one.person_id for one in mediators.every(conn)]

    return _import(premises, document, OF_MEDIATORS, ("name", "email"), enter, there, dry_run=dry_run)


def import_panellists(premises: Premises, document: str, *, dry_run: bool = False) -> Taken:
    """Raises FileRefused with every bad line."""

    def enter(conn: Connection, cells: Cells) -> None:
        body = _body(conn, cells["body"], "body") if cells.get("body") else None
        standing = ANSWERS.get(cells.get("standing", "").lower() or "yes")
        if standing is None:
            raise Refused("Please write yes or no.", "standing")
        sector = _sector(cells["sector"])
        new = Registered(new_id(), cells["name"], cells.get("organisation", ""), sector, body, standing)
        panel_register.enter(conn, premises, new, as_typed(cells["email"]))

    def there(conn: Connection) -> list[UUID]:
        return [one.id for one in panellists.listed(conn)]

    needed = ("name", "email", "sector")
    return _import(premises, document, OF_PANELLISTS, needed, enter, there, dry_run=dry_run)


def _import(
    premises: Premises,
    document: str,
    known: Sequence[str],
    needed: Sequence[str],
    enter: Callable[[Connection, Cells], None],
    there: Callable[[Connection], list[UUID]],
    *,
    dry_run: bool,
) -> Taken:
    rows, problems = _read(document, known, needed)
    added = left = 0
    try:
        with premises.engine.begin() as conn:
            on_it = _mailboxes(conn, there(conn))
            for row in rows:
                if mailbox_of(as_typed(row.cells["email"])) in on_it:
                    left += 1
                    continue
                try:
                    enter(conn, row.cells)
                    added += 1
                except Refused as refused:
                    problems.append((row.line, Problem(refused.field or "", refused.sentence)))
            if problems:
                raise FileRefused(in_words(problems))
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return Taken(added, left)


def _read(
    document: str, known: Sequence[str], needed: Sequence[str]
) -> tuple[list[Row], list[tuple[int, Problem]]]:
    sheet = read_sheet(document)
    if sheet.problems and not sheet.rows:
        raise FileRefused(list(sheet.problems))
    check_columns(sheet.columns, known, needed)
    if len(sheet.rows) > MOST_LINES:
        raise FileRefused(
            [f"Line {sheet.rows[MOST_LINES].line}: a file may have {MOST_LINES:,} people at most."]
        )
    problems = [as_problem(sentence) for sentence in sheet.problems]
    problems += [(row.line, problem) for row in sheet.rows for problem in _spoilt(row)]
    problems += _twice(sheet.rows)
    if not sheet.rows and not problems:
        raise FileRefused(["Line 2: there is nobody in this file."])
    return list(sheet.rows), problems


def _spoilt(row: Row) -> Iterator[Problem]:
    for name, cell in row.cells.items():
        if words := eaten(name, cell):
            yield Problem(name, words)


def _twice(rows: Sequence[Row]) -> Iterator[tuple[int, Problem]]:
    seen: dict[str, int] = {}
    for row in rows:
        email = as_typed(row.cells["email"])
        first = seen.setdefault(mailbox_of(email), row.line) if email else row.line
        if first != row.line:
            yield row.line, Problem("email", f"{email} stands on line {first} already.")


def _mailboxes(conn: Connection, ids: list[UUID]) -> set[str]:
    _, points = people.reached(conn, ids=ids) if ids else ([], {})
    return {mailbox_of(one.address) for some in points.values() for one in some if one.kind == "email"}


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(BETWEEN) if name.strip()]


def _body(conn: Connection, name: str, field: str) -> UUID:
    found = bodies.named(conn, name)
    if found is None:
        raise Refused(f"{name} is not on the register of bodies. Between two bodies write {BETWEEN}", field)
    return found.id


def _sector(words: str) -> str:
    """As stored, or as the pages say it."""
    said = {"public sector": "public-sector", "voluntary and community sector": "vcs"}
    plain = words.strip().lower()
    found = said.get(plain, plain)
    if found not in SECTORS:
        raise Refused("Please write public-sector or vcs.", "sector")
    return found
