"""The office's shelf: what ships is loaded, and the rulebook is made of what is in force."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from compact_cases.office.premises import Premises
from compact_cases.office.registry import code_editions
from compact_cases.office.registry import procedures as own_procedures
from compact_cases.records import calendars, closing_day_changes, compact_editions, editions, procedures
from compact_cases.records import codes as code_records
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import Codes, Edition
from compact_cases.rules.procedure import Procedure
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.working_days import Calendar

Found = TypeVar("Found")


@dataclass
class _Shelf:
    """What a process has read from one database. Editions never change, so they are read once."""

    procedures: dict[str, Procedure] = field(default_factory=dict)
    calendars: dict[str, Calendar] = field(default_factory=dict)
    codes: tuple[int, Codes] = (-1, Codes())


_shelves: WeakKeyDictionary[Engine, _Shelf] = WeakKeyDictionary()
_reading = threading.Lock()


def ensure_shipped(premises: Premises) -> None:
    """Load the shipped Codes and procedure, and the calendar in force, where they are missing."""
    with premises.engine.begin() as conn:
        code_editions.alone(conn)
        _ensure_names(conn, premises)
        for edition, document in _shipped_editions():
            _ensure_code(conn, premises, edition, document)
        _ensure_procedure(conn, premises)
        _ensure_calendar(conn, premises)


def refresh_calendar(premises: Premises) -> str:
    """Store a new calendar edition when the list of days has changed: a new year, a closing day. Its id."""
    with premises.engine.begin() as conn:
        code_editions.alone(conn)
        return _ensure_calendar(conn, premises)


def calendar_in_force(conn: Connection, premises: Premises) -> str:
    """The same within a transaction that holds the shelf already."""
    return _ensure_calendar(conn, premises)


def current_rulebook(conn: Connection) -> Rulebook:
    """What a case that opens now is pinned to."""
    now = editions.in_force(conn)
    if now.procedure is None or now.calendar is None:
        raise Refused("There is no procedure yet. Run `compact-cases migrate` first.")
    return _rulebook(conn, now.procedure, now.calendar, now.codes)


def rulebook(conn: Connection, procedure_edition: str, calendar_edition: str) -> Rulebook:
    """The rulebook of these editions with all Codes held; a query for the Codes' version, no more."""
    return _rulebook(conn, procedure_edition, calendar_edition, code_records.version(conn))


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
        shipped = own_procedures.shipped()[0].terms
        return Rulebook(
            shelf.procedures[procedure_edition], shelf.calendars[calendar_edition], codes, shipped
        )


def codes_held(conn: Connection) -> Codes:
    """All Codes that the Compact names, with the editions held."""
    newest = code_records.version(conn)
    with _reading:
        return _codes(conn, _shelves.setdefault(conn.engine, _Shelf()), newest)


@cache
def shipped_codes() -> Codes:
    """The Codes of this version, for commands that have no database."""
    return Codes.holding([replace(edition, id="1") for edition, _ in _shipped_editions()])


def _codes(conn: Connection, shelf: _Shelf, newest: int) -> Codes:
    if newest != shelf.codes[0]:
        shelf.codes = newest, code_editions.held(conn)
    return shelf.codes[1]


def _held(found: Found | None, what: str, edition: str) -> Found:
    if found is None:
        raise Refused(f"There is no {what} edition {edition!r}.")
    return found


def _ensure_names(conn: Connection, premises: Premises) -> None:
    names = premises.settings.office.compact.codes
    said = compact_editions.newest(conn)
    if said is None or tuple(said.items()) != names:
        compact_editions.store(conn, names, premises.clock.now())


def _ensure_code(conn: Connection, premises: Premises, edition: Edition, document: str) -> None:
    """Load a shipped Code where none of that name is held, and set it aside where the office file says so.

    What somebody chose by a command stays as it is.
    """
    at, code = premises.clock.now(), edition.code
    choice = code_records.chosen(conn).get(code)
    ours = code_records.held_as(conn, code, document)
    if not premises.settings.office.compact.shipped_codes:
        in_force = code_records.edition_ids(conn, code)[-1:] if choice is None else [choice.edition]
        if ours and in_force == [ours] and (choice is None or choice.how == "office-file"):
            code_records.choose(conn, code, None, "office-file", at)
    elif not code_records.edition_ids(conn, code):
        code_records.store(conn, replace(edition, id="1"), document, at)
    elif ours and choice and choice.edition is None:
        code_records.choose(conn, code, ours, "office-file", at)


def _ensure_procedure(conn: Connection, premises: Premises) -> None:
    shipped, document = own_procedures.shipped()
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
    own = closing_day_changes.over(conn, dict(premises.settings.office.closing_days))
    days = calendars.wanted(conn, now.date(), own)
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
