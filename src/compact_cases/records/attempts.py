"""Tries counted in the database while Redis is away: what was tried, by whom as a keyed hash."""

from datetime import datetime

from sqlalchemy import Column, Connection, DateTime, Integer, LargeBinary, Table, Text, case, delete
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.tables import metadata

attempts = Table(
    "attempts",
    metadata,
    Column("what", Text, primary_key=True),
    Column("who", LargeBinary, primary_key=True),
    Column("started_at", DateTime(timezone=True)),
    Column("count", Integer),
)


def count(conn: Connection, what: str, who: bytes, at: datetime, since: datetime) -> int:
    """Count one more and say how many there are; a row that started at or before ``since`` starts anew."""
    row = insert(attempts).values(what=what, who=who, started_at=at, count=1)
    old = attempts.c.started_at <= since
    counted = row.on_conflict_do_update(
        index_elements=["what", "who"],
        set_={
            "count": case((old, 1), else_=attempts.c.count + 1),
            "started_at": case((old, at), else_=attempts.c.started_at),
        },
    )
    count: int = conn.execute(counted.returning(attempts.c.count)).scalar_one()
    return count


def forget(conn: Connection, before: datetime) -> int:
    return conn.execute(delete(attempts).where(attempts.c.started_at < before)).rowcount
