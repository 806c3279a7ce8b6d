"""Closing days that were added or taken away beside the office file; the newest word on a day counts."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Date, DateTime, Table, Text, Uuid, insert, select

from compact_cases.records.tables import metadata

closing_day_changes = Table(
    "closing_day_changes",
    metadata,
    Column("position", BigInteger, primary_key=True),
    Column("day", Date),
    Column("reason", Text),
    Column("by_staff", Uuid),
    Column("changed_at", DateTime(timezone=True)),
)


def add(conn: Connection, days: Mapping[date, str | None], by_staff: UUID | None, at: datetime) -> None:
    """None for a day on which the office is open after all."""
    rows = [
        {"day": day, "reason": reason, "by_staff": by_staff, "changed_at": at} for day, reason in days.items()
    ]
    if rows:
        conn.execute(insert(closing_day_changes), rows)


def over(conn: Connection, of_file: Mapping[date, str]) -> dict[date, str]:
    """The days of the office file with what was changed since."""
    query = select(closing_day_changes.c.day, closing_day_changes.c.reason)
    said = {row.day: row.reason for row in conn.execute(query.order_by(closing_day_changes.c.position))}
    return {day: reason for day, reason in ({**of_file, **said}).items() if reason is not None}
