"""Editions of the calendar: the days that do not work, with reasons, stored when the list changes.

Bank holidays come from the ``holidays`` library (England, which has the same as Wales), closing days from
the office's own list. Weekends are not in the list; they never work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version

from sqlalchemy import BigInteger, Column, Connection, Date, DateTime, Table, Text, func, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from compact_cases.records.tables import metadata
from compact_cases.rules.working_days import Calendar

YEARS_BACK, YEARS_AHEAD = 2, 6

calendar_editions = Table(
    "calendar_editions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", BigInteger),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("source", Text),
    Column("bank_holidays", JSONB),
    Column("closing_days", JSONB),
    Column("held_at", DateTime(timezone=True)),
)

Days = Mapping[date, str]


@dataclass(frozen=True)
class CalendarDays:
    """What an edition is made of, before it has a name."""

    first: date
    last: date
    source: str
    bank_holidays: Days
    closing_days: Days

    def calendar(self, edition: str) -> Calendar:
        return Calendar(edition, {**self.bank_holidays, **self.closing_days}, self.first, self.last)


def wanted(conn: Connection, today: date, closing_days: Days) -> CalendarDays:
    """What the calendar of this year should hold; the library is read only when no edition has its list."""
    first, last = date(today.year - YEARS_BACK, 1, 1), date(today.year + YEARS_AHEAD, 12, 31)
    source = f"holidays {version('holidays')}"
    known = conn.scalar(
        select(calendar_editions.c.bank_holidays)
        .where(
            calendar_editions.c.first_day == first,
            calendar_editions.c.last_day == last,
            calendar_editions.c.source == source,
        )
        .limit(1)
    )
    bank = _dates(known) if known is not None else bank_holidays(first.year, last.year)
    own = {day: why for day, why in closing_days.items() if first <= day <= last and day.weekday() < 5}
    return CalendarDays(first, last, source, bank, own)


def store(conn: Connection, days: CalendarDays, at: datetime) -> str:
    """Add an edition and say its id, ``2024-2032.1``. An edition is never changed afterwards."""
    span = f"{days.first.year}-{days.last.year}"
    earlier = conn.scalar(
        select(func.count()).select_from(calendar_editions).where(calendar_editions.c.first_day == days.first)
    )
    edition = f"{span}.{(earlier or 0) + 1}"
    conn.execute(
        insert(calendar_editions).values(
            id=edition,
            first_day=days.first,
            last_day=days.last,
            source=days.source,
            bank_holidays=_iso(days.bank_holidays),
            closing_days=_iso(days.closing_days),
            held_at=at,
        )
    )
    return edition


def closing_days_of(conn: Connection, edition: str) -> dict[date, str]:
    """The office's own days in an edition, without the bank holidays."""
    query = select(calendar_editions.c.closing_days).where(calendar_editions.c.id == edition)
    return _dates(conn.scalar(query) or {})


def edition_ids(conn: Connection) -> list[str]:
    """Oldest first."""
    return list(conn.scalars(select(calendar_editions.c.id).order_by(calendar_editions.c.position)))


def get(conn: Connection, edition: str) -> Calendar | None:
    row = conn.execute(select(calendar_editions).where(calendar_editions.c.id == edition)).one_or_none()
    if row is None:
        return None
    closed = {**_dates(row.bank_holidays), **_dates(row.closing_days)}
    return Calendar(row.id, closed, row.first_day, row.last_day)


def newest(conn: Connection) -> str | None:
    """The edition in force."""
    return conn.scalar(select(calendar_editions.c.id).order_by(calendar_editions.c.position.desc()).limit(1))


def bank_holidays(first_year: int, last_year: int) -> dict[date, str]:
    """The bank holidays of England on weekdays, substitute days included."""
    import holidays  # 17 MB, so only where an edition is made

    listed = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return {day: str(listed[day]) for day in sorted(listed) if day.weekday() < 5}


def _iso(days: Days) -> dict[str, str]:
    return {day.isoformat(): why for day, why in sorted(days.items())}


def _dates(days: Mapping[str, str]) -> dict[date, str]:
    return {date.fromisoformat(day): why for day, why in days.items()}
