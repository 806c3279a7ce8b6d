"""Tries counted in the database while Redis is away: what was tried, by whom as a keyed hash."""

from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    case,
    delete,
    func,
    select,
)
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


def counted(conn: Connection, what: str, who: bytes, since: datetime) -> int:
    """How many there are, with none added."""
    query = select(attempts.c.count).where(
        attempts.c.what == what, attempts.c.who == who, attempts.c.started_at > since
    )
    return conn.scalar(query) or 0


def alone(conn: Connection, who: bytes) -> bool:
    """Whether nobody else is at it for ``who``; then nobody else is until this transaction ends."""
    key = int.from_bytes(who[:8], "big", signed=True)
    return bool(conn.scalar(select(func.pg_try_advisory_xact_lock(key))))


def forget(conn: Connection, before: datetime) -> int:
    return conn.execute(delete(attempts).where(attempts.c.started_at < before)).rowcount
