"""Heads, what each covers, and which letters took them out. Added to, never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    text,
)

from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata
from compact_cases.rules.heads import Entry, Head

heads = Table(
    "heads",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("day", Date),
    Column("entries", BigInteger),
    Column("root", LargeBinary),
    Column("before", LargeBinary),
    Column("key", LargeBinary),
    Column("signature", LargeBinary),
    Column("old_signature", LargeBinary),
)

head_entries = Table(
    "head_entries",
    metadata,
    Column("head", Integer, primary_key=True),
    Column("place", BigInteger, primary_key=True),
    Column("kind", Text),
    Column("subject", Text),
    Column("position", Integer),
    Column("digest", LargeBinary),
)

head_letters = Table(
    "head_letters",
    metadata,
    Column("letter_id", Uuid, primary_key=True),
    Column("head", Integer, primary_key=True),
    Column("goes_to", Text),
)

ARCHIVE, CHAIR = "archive", "chair"  # where heads go
NAMES = [one.name for one in fields(Head)]
_ENTRY = [head_entries.c[one.name] for one in fields(Entry)]


def one_at_a_time(conn: Connection) -> None:
    """Till the transaction ends nobody else makes a head; the first one over many years takes its time."""
    conn.execute(text("SET LOCAL statement_timeout = '5min'"))
    conn.execute(text("SELECT pg_advisory_xact_lock(7261992)"))


def add(conn: Connection, head: Head) -> None:
    conn.execute(insert(heads).values(**asdict(head)))


def add_entries(conn: Connection, head: int, first: int, entries: Sequence[Entry]) -> None:
    rows = [{"head": head, "place": place} | asdict(one) for place, one in enumerate(entries, first)]
    if rows:
        conn.execute(insert(head_entries), rows)


def latest(conn: Connection) -> Head | None:
    row = conn.execute(select(heads).order_by(heads.c.number.desc()).limit(1)).one_or_none()
    return _head(row) if row else None


def get(conn: Connection, number: int) -> Head | None:
    row = conn.execute(select(heads).where(heads.c.number == number)).one_or_none()
    return _head(row) if row else None


def every(conn: Connection) -> list[Head]:
    return [_head(row) for row in conn.execute(select(heads).order_by(heads.c.number))]


def entries(conn: Connection, head: int, first: int, limit: int) -> list[tuple[int, Entry]]:
    """What a head covers, by place, from ``first`` on."""
    query = select(head_entries.c.place, *_ENTRY).where(
        head_entries.c.head == head, head_entries.c.place >= first
    )
    return [
        (place, Entry(*rest)) for place, *rest in conn.execute(query.order_by("place").limit(limit)).all()
    ]


def covered(conn: Connection, cases: Iterable[UUID]) -> dict[str, list[tuple[int, int]]]:
    """Of cases: up to which position which head covers each, in order."""
    query = select(head_entries.c.subject, head_entries.c.position, head_entries.c.head).where(
        head_entries.c.kind == "case", head_entries.c.subject.in_([str(one) for one in cases])
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for subject, position, head in conn.execute(query.order_by("subject", "position")):
        found.setdefault(subject, []).append((position, head))
    return found


def count_by_kind(conn: Connection, head: int) -> dict[str, int]:
    query = select(head_entries.c.kind, func.count()).where(head_entries.c.head == head).group_by("kind")
    return {row[0]: row[1] for row in conn.execute(query)}


def last_covering(conn: Connection) -> int:
    """The greatest number of a head of which there are entries; 0 where there are none."""
    return conn.scalar(select(func.max(head_entries.c.head))) or 0


def taken_by(conn: Connection, letter_id: UUID, numbers: Iterable[int], goes_to: str) -> None:
    rows = [{"letter_id": letter_id, "head": number, "goes_to": goes_to} for number in numbers]
    insert_rows(conn, head_letters, rows)


# A seal is made at sending: a letter that was only counted as sent has taken nothing out.
_OUT = "l.state = 'sent' AND l.seal IS NOT NULL"
_UNDERWAY = f"({_OUT} OR l.state NOT IN ('sent', 'failed', 'withdrawn'))"
_WITHOUT = (
    "SELECT h.number FROM heads h WHERE NOT EXISTS (SELECT FROM head_letters t JOIN letters l"
    " ON l.id = t.letter_id WHERE t.head = h.number AND t.goes_to = :goes_to AND {state}) ORDER BY h.number"
)


def not_out(conn: Connection, goes_to: str) -> list[int]:
    """Heads that no letter has taken there, the first ones first."""
    return list(conn.scalars(text(_WITHOUT.format(state=_OUT)), {"goes_to": goes_to}))


def not_underway(conn: Connection, goes_to: str) -> list[int]:
    """The same without those that wait in a letter."""
    return list(conn.scalars(text(_WITHOUT.format(state=_UNDERWAY)), {"goes_to": goes_to}))


def last_filed(conn: Connection, goes_to: str, *, failed_too: bool = True) -> datetime | None:
    """When the newest letter with heads to there was filed; ``failed_too``: whatever became of it."""
    query = (
        "SELECT max(l.queued_at) FROM letters l WHERE l.id IN"
        f" (SELECT letter_id FROM head_letters WHERE goes_to = :goes_to) AND (:failed_too OR {_UNDERWAY})"
    )
    filed: datetime | None = conn.scalar(text(query), {"goes_to": goes_to, "failed_too": failed_too})
    return filed


def _head(row: object) -> Head:
    return Head(**{name: getattr(row, name) for name in NAMES})
