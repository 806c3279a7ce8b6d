"""Taking the register in from a CSV file: all of it or nothing, each bad line named."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from compact_cases.office.premises import Premises
from compact_cases.office.registry import registry
from compact_cases.records import bodies
from compact_cases.rules.bodies import CONTACT_ROLES, BodyEntry, ContactEntry, folded
from compact_cases.rules.concern import Problem
from compact_cases.rules.refusals import Refused
from compact_cases.rules.writing import one_line, problem_with

COLUMNS = ("body", "kind", "area", "volunteer_run", "signed_on", "lead_body")
PLACES = [(role, deputy) for role in CONTACT_ROLES for deputy in (False, True)]
CONTACT_COLUMNS = [
    f"{ContactEntry(role, deputy=deputy).field}_{part}"
    for role, deputy in PLACES
    for part in ("name", "email", "phone")
]
ANSWERS = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "no": False,
    "n": False,
    "false": False,
    "": False,
}
MOST_LINES = 20_000
MOST_TOLD = 50


class FileRefused(Refused):
    """A file with bad lines; ``problems`` names each, and nothing of the file was kept."""

    def __init__(self, problems: list[str]) -> None:
        more = f" And {len(problems) - MOST_TOLD} more." if len(problems) > MOST_TOLD else ""
        super().__init__(f"Nothing of this file was kept. {' '.join(problems[:MOST_TOLD])}{more}")
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Imported:
    """What a file changed, or with a dry run would change."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


class _DryRun(Exception):
    """Ends the transaction of a dry run without a change."""

    def __init__(self, imported: Imported) -> None:
        self.imported = imported


def import_bodies(premises: Premises, document: str, *, dry_run: bool = False) -> Imported:
    """Add the bodies of a CSV document, and change those that are on the register already.

    An empty contact leaves the one that is held. Raises FileRefused with every bad line.
    """
    columns, entries, problems = _read(document)
    try:
        with premises.engine.begin() as conn:
            counts = {"added": 0, "changed": 0, "unchanged": 0}
            # A partnership's lead body may stand further down in the file.
            for line, entry in sorted(entries, key=lambda pair: bool(pair[1].lead_body)):
                body = bodies.named(conn, entry.name)
                try:
                    if body is None:
                        registry.enter(conn, premises, entry)
                        counts["added"] += 1
                        continue
                    before = registry.entry_of(conn, body)
                    entry = _as_held_where_not_given(entry, before, columns)
                    after = registry.entry_of(conn, registry.change(conn, premises, body, entry))
                    counts["unchanged" if _compared(before) == _compared(after) else "changed"] += 1
                except registry.EntryRefused as refused:
                    problems += [(line, problem) for problem in refused.problems]
            if problems:
                raise FileRefused(_in_words(problems))
            if dry_run:
                raise _DryRun(Imported(**counts))
            return Imported(**counts)
    except _DryRun as end:
        return end.imported


def _as_held_where_not_given(entry: BodyEntry, before: BodyEntry, columns: list[str]) -> BodyEntry:
    """A column that the file does not have at all leaves what is held."""
    kept = {name: getattr(before, name) for name in COLUMNS[2:] if name not in columns}
    return replace(entry, **kept)


def _compared(entry: BodyEntry) -> tuple[object, ...]:
    """An entry without the order of its contacts, to be compared."""
    own = (entry.name, entry.kind, entry.area, entry.volunteer_run, entry.signed_on, entry.lead_body)
    return (*own, frozenset(entry.contacts))


def _read(document: str) -> tuple[list[str], list[tuple[int, BodyEntry]], list[tuple[int, Problem]]]:
    reader = csv.DictReader(io.StringIO(document.removeprefix("\ufeff"), newline=""), restkey="", strict=True)
    try:
        columns = [name.strip().lower() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise FileRefused([f"Line 1: this is not CSV ({error})."]) from None
    _check_columns(columns)
    reader.fieldnames = columns
    entries: list[tuple[int, BodyEntry]] = []
    problems: list[tuple[int, Problem]] = []
    seen: dict[str, int] = {}
    for line, row in _rows(reader, problems):
        entry, wrong = _entry(row)
        if folded(entry.name) and (first := seen.setdefault(folded(entry.name), line)) != line:
            wrong.append(Problem("body", f"{entry.name} stands on line {first} already."))
        problems += [(line, problem) for problem in wrong]
        entries.append((line, entry))
    if not entries and not problems:
        raise FileRefused(["Line 2: there is no body in this file."])
    return columns, entries, problems


def _check_columns(columns: list[str]) -> None:
    if wrong := next(filter(None, map(problem_with, columns)), ""):
        raise FileRefused([f"Line 1: {wrong}"])
    known = (*COLUMNS, *CONTACT_COLUMNS)
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise FileRefused([f"Line 1: the column {unknown[0]!r} is not known. Known are: {', '.join(known)}."])
    if twice := next((name for name in columns if columns.count(name) > 1), None):
        raise FileRefused([f"Line 1: the column {twice!r} is there twice."])
    if missing := [name for name in ("body", "kind") if name not in columns]:
        raise FileRefused([f"Line 1: the column {missing[0]!r} is missing."])


def _rows(
    reader: "csv.DictReader[str]", problems: list[tuple[int, Problem]]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its line in the file; a row of the wrong length becomes a problem."""
    try:
        for count, row in enumerate(reader, 1):
            if count > MOST_LINES:
                raise FileRefused([f"Line {reader.line_num}: a file may have {MOST_LINES:,} bodies at most."])
            if "" in row or None in row.values():
                problems.append((reader.line_num, Problem("", "This line has not as many cells as line 1.")))
                continue
            yield reader.line_num, {name: one_line(cell) for name, cell in row.items()}
    except csv.Error as error:
        problems.append((reader.line_num, Problem("", f"This is not CSV ({error}).")))


def _entry(row: Mapping[str, str]) -> tuple[BodyEntry, list[Problem]]:
    wrong = []
    volunteer_run = ANSWERS.get(row.get("volunteer_run", "").lower())
    if volunteer_run is None:
        wrong.append(Problem("volunteer_run", "Please write yes or no."))
    signed_on = None
    if text := row.get("signed_on", ""):
        try:
            signed_on = date.fromisoformat(text)
        except ValueError:
            wrong.append(Problem("signed_on", f"{text!r} is not a date; write it like 2009-05-01."))
    contacts = []
    for role, deputy in PLACES:
        place = ContactEntry(role, deputy=deputy).field
        name, email, phone = (row.get(f"{place}_{part}", "") for part in ("name", "email", "phone"))
        if name or email or phone:
            contacts.append(ContactEntry(role, name, email, phone, deputy))
    entry = BodyEntry(
        row["body"],
        row["kind"].lower().replace(" ", "-"),
        row.get("area", ""),
        bool(volunteer_run),
        signed_on,
        row.get("lead_body", ""),
        tuple(contacts),
    )
    return entry, wrong


def _in_words(problems: list[tuple[int, Problem]]) -> list[str]:
    return [
        f"Line {line}, {problem.field}: {problem.sentence}"
        if problem.field
        else f"Line {line}: {problem.sentence}"
        for line, problem in sorted(problems, key=lambda pair: pair[0])
    ]
