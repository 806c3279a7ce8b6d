"""Taking the register in from a CSV file: all of it or nothing, each bad line named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from compact_cases.mail import addresses
from compact_cases.office.premises import Premises
from compact_cases.office.registry import registry
from compact_cases.records import bodies
from compact_cases.rules.bodies import CONTACT_ROLES, KIND_WORDS, BodyEntry, ContactEntry, folded
from compact_cases.rules.concern import Problem
from compact_cases.rules.days import NotADay, day_in
from compact_cases.rules.refusals import Refused
from compact_cases.rules.sheets import eaten, read_sheet
from compact_cases.rules.writing import problem_with

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
class Difference:
    """One field of a body that is on the register already, as it was and as the file has it."""

    body: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Imported:
    """What a file changed, or with a dry run would change."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    differences: tuple[Difference, ...] = field(default=(), compare=False)


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
            found: list[tuple[int, Difference]] = []
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
                    differ = list(_differences(before, after))
                    counts["changed" if differ else "unchanged"] += 1
                    found += [(line, one) for one in differ]
                except registry.EntryRefused as refused:
                    problems += [(line, problem) for problem in refused.problems]
            if problems:
                raise FileRefused(in_words(problems))
            done = Imported(**counts, differences=tuple(one for _, one in sorted(found, key=itemgetter(0))))
            if dry_run:
                raise _DryRun(done)
            return done
    except _DryRun as end:
        return end.imported


def _as_held_where_not_given(entry: BodyEntry, before: BodyEntry, columns: tuple[str, ...]) -> BodyEntry:
    """A column that the file does not have at all leaves what is held."""
    kept = {name: getattr(before, name) for name in COLUMNS[2:] if name not in columns}
    return replace(entry, **kept)


def _differences(before: BodyEntry, after: BodyEntry) -> Iterator[Difference]:
    was, now = _fields(before), _fields(after)
    for name in (*COLUMNS, *CONTACT_COLUMNS):
        if was.get(name, "") != now.get(name, ""):
            yield Difference(after.name, name, was.get(name, ""), now.get(name, ""))


def _fields(entry: BodyEntry) -> dict[str, str]:
    """An entry as a line of the file would have it."""
    found = {
        "body": entry.name,
        "kind": str(entry.kind),
        "area": entry.area,
        "volunteer_run": "yes" if entry.volunteer_run else "no",
        "signed_on": entry.signed_on.isoformat() if entry.signed_on else "",
        "lead_body": entry.lead_body,
    }
    for contact in entry.contacts:
        found |= {f"{contact.field}_{part}": getattr(contact, part) for part in ("name", "email", "phone")}
    return found


def _read(document: str) -> tuple[tuple[str, ...], list[tuple[int, BodyEntry]], list[tuple[int, Problem]]]:
    sheet = read_sheet(document)
    if sheet.problems and not sheet.rows:
        raise FileRefused(list(sheet.problems))
    check_columns(sheet.columns, (*COLUMNS, *CONTACT_COLUMNS), ("body", "kind"))
    if len(sheet.rows) > MOST_LINES:
        raise FileRefused(
            [f"Line {sheet.rows[MOST_LINES].line}: a file may have {MOST_LINES:,} bodies at most."]
        )
    entries: list[tuple[int, BodyEntry]] = []
    problems = [as_problem(sentence) for sentence in sheet.problems]
    seen: dict[str, int] = {}
    for row in sheet.rows:
        entry, wrong = _entry(row.cells)
        if folded(entry.name) and (first := seen.setdefault(folded(entry.name), row.line)) != row.line:
            wrong.append(Problem("body", f"{entry.name} stands on line {first} already."))
        problems += [(row.line, problem) for problem in wrong]
        entries.append((row.line, entry))
    if not entries and not problems:
        raise FileRefused(["Line 2: there is no body in this file."])
    return sheet.columns, entries, problems


def as_problem(sentence: str) -> tuple[int, Problem]:
    line, _, words = sentence.removeprefix("Line ").partition(": ")
    return int(line), Problem("", words)


def check_columns(columns: tuple[str, ...], known: Sequence[str], needed: Sequence[str]) -> None:
    """Raises FileRefused for a column that is strange, twice there or missing."""
    if wrong := next(filter(None, map(problem_with, columns)), ""):
        raise FileRefused([f"Line 1: {wrong}"])
    unknown = [name for name in columns if name and name not in known]
    if unknown:
        raise FileRefused([f"Line 1: the column {unknown[0]!r} is not known. Known are: {', '.join(known)}."])
    if twice := next((name for name in columns if columns.count(name) > 1), None):
        raise FileRefused([f"Line 1: the column {twice!r} is there twice."])
    if missing := [name for name in needed if name not in columns]:
        raise FileRefused([f"Line 1: the column {missing[0]!r} is missing."])


def _entry(row: Mapping[str, str]) -> tuple[BodyEntry, list[Problem]]:
    wrong = [Problem(name, words) for name, cell in row.items() if (words := eaten(name, cell))]
    spoilt = {problem.field for problem in wrong}
    volunteer_run = ANSWERS.get(row.get("volunteer_run", "").lower())
    if volunteer_run is None:
        wrong.append(Problem("volunteer_run", "Please write yes or no."))
    signed_on = None
    if (text := row.get("signed_on", "")) and "signed_on" not in spoilt:
        try:
            signed_on = day_in(text)
        except NotADay as refused:
            wrong.append(Problem("signed_on", refused.sentence))
    contacts = []
    for role, deputy in PLACES:
        place = ContactEntry(role, deputy=deputy).field
        name, email, phone = (row.get(f"{place}_{part}", "") for part in ("name", "email", "phone"))
        email = addresses.as_typed(email)
        if name or email or phone:
            contacts.append(ContactEntry(role, name, email, phone, deputy))
    entry = BodyEntry(
        row["body"],
        _kind(row["kind"]),
        row.get("area", ""),
        bool(volunteer_run),
        signed_on,
        row.get("lead_body", ""),
        tuple(contacts),
    )
    return entry, wrong


def _kind(words: str) -> str:
    """As stored, or as the pages say it; else as written, to be refused with the kinds that there are."""
    said = next((kind for kind, shown in KIND_WORDS.items() if shown.lower() == words.lower()), None)
    return said or re.sub("[ _]+", "-", words.lower())


def in_words(problems: list[tuple[int, Problem]]) -> list[str]:
    """The first sentence about a cell stands, in the order of the lines."""
    first: dict[tuple[int, str], Problem] = {}
    for line, problem in problems:
        first.setdefault((line, problem.field), problem)
    problems = [(line, problem) for (line, _), problem in first.items()]
    return [
        f"Line {line}, {problem.field}: {problem.sentence}"
        if problem.field
        else f"Line {line}: {problem.sentence}"
        for line, problem in sorted(problems, key=lambda pair: pair[0])
    ]
