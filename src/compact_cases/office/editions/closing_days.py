"""Closing days that an office adds or takes away: looked at first, then an edition of the calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.office.registry.code_editions import alone
from compact_cases.records import calendars, closing_day_changes
from compact_cases.records.reading import reading
from compact_cases.rules.refusals import Refused
from compact_cases.rules.working_days import Calendar
from compact_cases.rules.writing import unseen_in

NOT_YET = "not taken in yet"
LONGEST = 80  # characters of a reason: it stands in the proof of each date


@dataclass(frozen=True)
class Planned:
    """The calendar that a change would make, and what it changes, in sentences."""

    calendar: Calendar
    changes: Mapping[date, str | None]
    differences: tuple[str, ...]


def plan(premises: Premises, add: Mapping[date, str], remove: Iterable[date] = ()) -> Planned:
    """Look at a change, or with none at the calendar in force; nothing is kept. Raises Refused."""
    with reading(premises.engine) as conn:
        return _planned(conn, premises, add, remove)


def take_in(
    conn: Connection, premises: Premises, add: Mapping[date, str], remove: Iterable[date], by: UUID | None
) -> str:
    """Keep it, as the edition of the calendar that is in force for new cases: its id. Raises Refused."""
    alone(conn)
    planned = _planned(conn, premises, add, remove)
    closing_day_changes.add(conn, planned.changes, by, premises.clock.now())
    return library.calendar_in_force(conn, premises)


def listed(conn: Connection, premises: Premises) -> list[tuple[date, str]]:
    """The office's own closing days from today on, those beyond the calendar too."""
    days = closing_day_changes.over(conn, dict(premises.settings.office.closing_days))
    return sorted((day, why) for day, why in days.items() if day >= premises.clock.today())


def _planned(
    conn: Connection, premises: Premises, add: Mapping[date, str], remove: Iterable[date]
) -> Planned:
    usual, today = library.current_rulebook(conn).calendar, premises.clock.today()
    own = closing_day_changes.over(conn, dict(premises.settings.office.closing_days))
    gone = tuple(dict.fromkeys(remove))
    if not add and not gone:  # the office file may have changed: then open cases are behind
        return Planned(usual, {}, ())
    for day, why in add.items():
        _can_be_added(day, why, today, usual)
    for day in gone:
        _can_be_removed(day, today, own, usual)
    if both := set(add) & set(gone):
        raise Refused(f"{_words(min(both))} cannot be added and taken away at once.", "day")
    changes: dict[date, str | None] = {**{day: why.strip() for day, why in add.items()}}
    changes |= dict.fromkeys(gone)
    after = {day: why for day, why in ({**own, **changes}).items() if why is not None}
    found = calendars.wanted(conn, today, after).calendar(NOT_YET)
    added = (f"{_words(day)} is a closing day: {why.strip()}." for day, why in sorted(add.items()))
    removed = (f"{_words(day)} is a working day again." for day in sorted(gone))
    return Planned(found, changes, (*added, *removed))


def _can_be_added(day: date, why: str, today: date, calendar: Calendar) -> None:
    if day < today:
        raise Refused(f"{_words(day)} is over: clocks have counted it. Please give a later day.", "day")
    if not why.strip():
        raise Refused("Please say why the office is closed; everybody reads it beside the dates.", "reason")
    if len(why) > LONGEST or unseen_in(why) or "\n" in why:
        raise Refused(f"Please give the reason in one line of at most {LONGEST} characters.", "reason")
    if closed := calendar.why_closed(day):
        raise Refused(f"{_words(day)} does not work anyway: {closed}.", "day")


def _can_be_removed(day: date, today: date, own: Mapping[date, str], calendar: Calendar) -> None:
    if day <= today:
        raise Refused(
            f"{_words(day)} has begun. Please take away only days that are still to come.", "remove"
        )
    if day not in own:
        closed = calendar.why_closed(day)
        why = f"It does not work because of {closed}" if closed else "It is a working day"
        raise Refused(f"{_words(day)} is no closing day of the office. {why}.", "remove")


def _words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
