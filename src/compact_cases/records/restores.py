"""Restores: where this database lives, and since when. A copy of it elsewhere finds that it is one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, DateTime, Integer, Table, Text, select, text, update
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.tables import metadata

INSTANT = DateTime(timezone=True)

restores = Table(
    "restores",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("cluster", Text),
    Column("at", INSTANT),
    Column("looked_at", INSTANT),
    Column("settled_at", INSTANT),
    Column("settled_how", Text),
)


@dataclass(frozen=True)
class Restore:
    """``settled_at``: since when letters may go again. ``looked_at``: somebody has read what would go."""

    number: int
    cluster: str
    at: datetime
    looked_at: datetime | None = None
    settled_at: datetime | None = None
    settled_how: str | None = None


_HERE = text(
    "SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid"
    " FROM pg_database WHERE datname = current_database()"
)


def here(conn: Connection) -> str:
    """Which database of which cluster this is. Both are PostgreSQL's own, and no dump carries them."""
    return str(conn.scalar(_HERE))


def latest(conn: Connection) -> Restore | None:
    row = conn.execute(select(restores).order_by(restores.c.number.desc()).limit(1)).one_or_none()
    return Restore(*row) if row else None


def is_held(conn: Connection) -> bool:
    """Whether this database was put back, or is a copy, and nobody has said yet how it goes on."""
    found = latest(conn)
    return found is not None and (found.settled_at is None or found.cluster != here(conn))


def add(conn: Connection, cluster: str, at: datetime, settled_how: str | None = None) -> Restore:
    """The next one. ``settled_how``: it needs nobody's word."""
    before = latest(conn)
    number = before.number + 1 if before else 0
    settled_at = at if settled_how else None
    one = Restore(number, cluster, at, None, settled_at, settled_how)
    # two processes may begin on a new database at once, and both say where it lives
    conn.execute(insert(restores).values(**vars(one)).on_conflict_do_nothing())
    return one


def looked(conn: Connection, number: int, at: datetime) -> None:
    conn.execute(update(restores).where(restores.c.number == number).values(looked_at=at))


def settle(conn: Connection, number: int, at: datetime, how: str) -> None:
    values = {"settled_at": at, "settled_how": how}
    conn.execute(update(restores).where(restores.c.number == number).values(**values))


def skip_numbers(conn: Connection, count: int) -> int:
    """Leave out case numbers that may have been given; the last of them."""
    skipped = text("SELECT setval('case_numbers', nextval('case_numbers') + :count)")
    return int(conn.execute(skipped, {"count": count}).scalar_one())


def renumber_log(conn: Connection) -> None:
    """Transaction numbers of another cluster mean nothing here: the feed would wait for them, or for ever.

    Needs the owner of the log, whose trigger it sets aside for this one statement; no digest covers them.
    """
    conn.execute(text("ALTER TABLE case_events DISABLE TRIGGER case_events_row"))
    conn.execute(text("UPDATE case_events SET tx = pg_current_xact_id()"))
    conn.execute(text("ALTER TABLE case_events ENABLE ALWAYS TRIGGER case_events_row"))
