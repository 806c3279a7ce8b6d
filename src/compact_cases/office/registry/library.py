"""The office's shelf: Codes taken in, the procedure and calendar in force, and the rulebook made of them."""

import re
import threading
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, text

from compact_cases.office.premises import Premises
from compact_cases.records import calendars, editions, procedures
from compact_cases.records import codes as code_records
from compact_cases.rules.acts import KNOWN
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import Codes, Edition
from compact_cases.rules.procedure import Procedure, read_procedure
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.working_days import Calendar

EDITION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")
Found = TypeVar("Found")
SHIPPED_PROCEDURE = "default-2026.toml"
SHELF_LOCK = 7261991  # one writer at a time on the shelf: two starts at once store an edition once


@dataclass(frozen=True)
class TakenIn:
    """A Code that was read; ``new`` is False when exactly this document was held already."""

    edition: Edition
    new: bool


@dataclass
class _Shelf:
    """What a process has read from one database. Editions never change, so they are read once."""

    procedures: dict[str, Procedure] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    codes: tuple[int, Codes] = (0, field(default_factory=Codes))


_shelves: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()
_reading = threading.Lock()


def import_code(
    premises: Premises, document: str, code: str | None = None, edition: str | None = None
) -> TakenIn:
    """Read a Code and keep it as an edition. Raises Refused, and keeps nothing, where that fails."""
    if edition is not None and not EDITION_ID.fullmatch(edition):
        raise Refused("An edition's name has letters, digits, dots and hyphens, like 2026 or 2.1.", "edition")
    read = read_code(document, edition or "", code)
    with premises.engine.begin() as conn:
        _alone(conn)
        return _take_in(conn, premises, read, document)


def ensure_shipped(premises: Premises) -> None:
    """Load the shipped Codes and procedure, and the calendar in force, where they are missing."""
    with premises.engine.begin() as conn:
        _alone(conn)
        for edition, document in _shipped_editions():
            if not code_records.edition_ids(conn, edition.code):
                _take_in(conn, premises, edition, document)
        _ensure_procedure(conn, premises)
        _ensure_calendar(conn, premises)


def refresh_calendar(premises: Premises) -> str:
    """Store a new calendar edition when the list of days has changed: a new year, a closing day. Its id."""
    with premises.engine.begin() as conn:
        _alone(conn)
        return _ensure_calendar(conn, premises)


def current_rulebook(conn: Connection) -> Rulebook:
    """What a case that opens now is pinned to."""
    now = editions.in_force(conn)
    if now.procedure is None or now.calendar is None:
        raise Refused("There is no procedure yet. Run `compact-cases migrate` first.")
    return _rulebook(conn, now.procedure, now.calendar, now.codes)


def rulebook(conn: Connection, procedure_edition: str, calendar_edition: str) -> Rulebook:
    """The rulebook of these editions with all Codes held; a query for the Codes' newest position, no more."""
    return _rulebook(conn, procedure_edition, calendar_edition, code_records.newest_position(conn))


def _rulebook(conn: Connection, procedure_edition: str, calendar_edition: str, newest: int) -> Rulebook:
    with _reading:
        shelf = _shelves.setdefault(conn.engine, _Shelf())
        if procedure_edition not in shelf.procedures:
            shelf.procedures[procedure_edition] = _held(
                procedures.get(conn, procedure_edition), "procedure", procedure_edition
            )
        if calendar_edition not in shelf.calendars:
            shelf.calendars[calendar_edition] = _held(
                calendars.get(conn, calendar_edition), "calendar", calendar_edition
            )
        codes = _codes(conn, shelf, newest)
        return Rulebook(shelf.procedures[procedure_edition], shelf.calendars[calendar_edition], codes)


def codes_held(conn: Connection) -> Codes:
    """All Codes that the Compact names, with the editions held."""
    newest = code_records.newest_position(conn)
    with _reading:
        return _codes(conn, _shelves.setdefault(conn.engine, _Shelf()), newest)


@cache
def shipped_codes() -> Codes:
    """The Codes of this version, for commands that have no database."""
    return Codes.holding([replace(edition, id="1") for edition, _ in _shipped_editions()])


def _codes(conn: Connection, shelf: _Shelf, newest: int) -> Codes:
    if newest != shelf.codes[0]:
        shelf.codes = newest, Codes.holding(code_records.editions(conn))
    return shelf.codes[1]


def _held(found: Found | None, what: str, edition: str) -> Found:
    if found is None:
        raise Refused(f"There is no {what} edition {edition!r}.")
    return found


def _take_in(conn: Connection, premises: Premises, read: Edition, document: str) -> TakenIn:
    """``read.id`` is empty when the edition was not named: it then is the next number."""
    held = code_records.edition_ids(conn, read.code)
    if same := code_records.held_as(conn, read.code, document):
        return TakenIn(replace(read, id=same), new=False)
    if read.id in held:
        raise Refused(
            f"There is an edition {read.id} of {read.code} with another text; name this one.", "edition"
        )
    edition = replace(read, id=read.id or _next_number(held))
    code_records.store(conn, edition, document, premises.clock.now())
    return TakenIn(edition, new=True)


def _next_number(held: list[str]) -> str:
    return next(str(number) for number in range(1, len(held) + 2) if str(number) not in held)


def _ensure_procedure(conn: Connection, premises: Premises) -> None:
    document = (files("compact_cases") / "compact" / "procedure" / SHIPPED_PROCEDURE).read_text(
        encoding="utf-8"
    )
    shipped = read_procedure(tomllib.loads(document), KNOWN)
    held = procedures.get(conn, shipped.edition)
    if held is None:
        procedures.store(conn, shipped, document, premises.clock.now())
    elif held != shipped:
        raise Refused(
            f"The procedure {shipped.edition!r} of this version differs from the one stored under that name, "
            "to which cases are pinned. Give the new one an edition name of its own."
        )


def _ensure_calendar(conn: Connection, premises: Premises) -> str:
    now = premises.clock.now()
    days = calendars.wanted(conn, now.date(), dict(premises.settings.office.closing_days))
    newest = calendars.newest(conn)
    if newest and calendars.get(conn, newest) == days.calendar(newest):
        return newest
    return calendars.store(conn, days, now)


def _shipped_editions() -> Iterator[tuple[Edition, str]]:
    folder = files("compact_cases") / "compact" / "codes"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".md"):
            document = file.read_text(encoding="utf-8")
            yield read_code(document, edition=""), document


def _alone(conn: Connection) -> None:
    conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SHELF_LOCK})
