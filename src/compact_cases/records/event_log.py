"""The log of cases: append, read, verify; never change. Written by the office only."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    Uuid,
    func,
    select,
    text,
)

from compact_cases.records.event_codec import decode, encode, name_of
from compact_cases.records.ready import Ask, fetched
from compact_cases.records.rows import OF_IDS, id_list, insert_rows
from compact_cases.records.tables import metadata
from compact_cases.rules.case import Case, replay
from compact_cases.rules.events import Event
from compact_cases.settings import OFFICE_ZONE

RawEvent = Row[tuple[object, ...]]
GENESIS = bytes(32)  # what the first event of a case is chained to

case_events = Table(
    "case_events",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text),
    Column("body", Text),
    Column("digest", LargeBinary),
    Column("at", DateTime(timezone=True)),
    Column("actor_kind", Text),
    Column("actor", Uuid),
    Column("on_behalf_of", Uuid),
    Column("command_id", Uuid),
    Column("procedure_edition", Text),
    Column("calendar_edition", Text),
    Column("seq", BigInteger),
)


@dataclass(frozen=True)
class Signature:
    """What every event of one act shares: who, for whom, when, and under which editions."""

    actor_kind: str
    actor: UUID | None
    on_behalf_of: UUID | None
    command_id: UUID
    at: datetime
    procedure_edition: str
    calendar_edition: str


class Recorded(msgspec.Struct, frozen=True):
    """One row of the log, its event read. (A page makes fifty: a frozen dataclass is ten times as slow.)"""

    case_id: UUID
    position: int
    name: str
    event: Event
    digest: bytes
    at: datetime
    actor_kind: str
    actor: UUID | None
    on_behalf_of: UUID | None
    procedure_edition: str
    calendar_edition: str


@dataclass(frozen=True)
class Append:
    """Events to be added to one case after ``position``, whose digest is ``head``."""

    case_id: UUID
    position: int
    head: bytes
    events: Sequence[Event]
    signature: Signature


def digest_of(head: bytes, case_id: UUID, position: int, name: str, body: str, signature: Signature) -> bytes:
    """SHA-256 over the predecessor's digest and everything the row says, each part with its length."""
    who = (signature.actor_kind, str(signature.actor or ""), str(signature.on_behalf_of or ""))
    when = signature.at.astimezone(OFFICE_ZONE).isoformat(timespec="microseconds")
    editions = (signature.procedure_edition, signature.calendar_edition)
    parts = (str(case_id), str(position), name, body, when, *who, str(signature.command_id), *editions)
    hashed = hashlib.sha256(head)
    for part in parts:
        encoded = part.encode("utf-8")
        hashed.update(len(encoded).to_bytes(8, "big") + encoded)
    return hashed.digest()


def append_many(conn: Connection, appends: Iterable[Append]) -> dict[UUID, tuple[int, bytes]]:
    """Write the events of many cases in one statement; returns each case's new position and head.

    A position that is taken already raises IntegrityError: somebody else was first.
    """
    rows: list[dict[str, object]] = []
    heads: dict[UUID, tuple[int, bytes]] = {}
    for one in appends:
        position, head = heads.get(one.case_id, (one.position, one.head))
        for event in one.events:
            position += 1
            name, body = name_of(event), encode(event)
            head = digest_of(head, one.case_id, position, name, body, one.signature)
            rows.append(_row(one, position, name, body, head))
        heads[one.case_id] = (position, head)
    insert_rows(conn, case_events, rows)
    return heads


def read(conn: Connection, case_id: UUID) -> list[Recorded]:
    """One case's log, oldest first."""
    return from_rows(case_id, fetched(conn, *asking(case_id)))


def asking(case_id: UUID) -> Ask:
    return _READ, {"case": case_id}


def from_rows(case_id: UUID, rows: Iterable[tuple[Any, ...]]) -> list[Recorded]:
    return [
        Recorded(case_id, position, name, decode(name, body), digest, at.astimezone(OFFICE_ZONE), *more)
        for position, name, body, digest, at, *more in rows
    ]


# The columns stand in the order of Recorded's fields, after the case's own.
_READ = (
    "SELECT position, name, body, digest, at, actor_kind, actor, on_behalf_of, procedure_edition,"
    " calendar_edition FROM case_events WHERE case_id = %(case)s ORDER BY position"
)


def history(rows: Iterable[RawEvent]) -> Iterator[tuple[Event, datetime]]:
    """What a fold takes: each event and its instant. Raises UnknownEvent."""
    return ((decode(row.name, row.body), row.at.astimezone(OFFICE_ZONE)) for row in rows)


def raw(conn: Connection, case_id: UUID) -> list[RawEvent]:
    """One case's rows as they are stored, oldest first."""
    query = select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.position)
    return list(conn.execute(query))


def raw_of(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, list[RawEvent]]:
    """Of many cases, in one statement, what their histories are read from."""
    ids = list(case_ids)
    found: dict[UUID, list[RawEvent]] = {one: [] for one in ids}
    for row in conn.execute(_RAW_OF, {"ids": id_list(ids)}).all():
        found[row.case_id].append(row)
    return found


def folded_of(conn: Connection, case_ids: Sequence[UUID]) -> dict[UUID, Case]:
    """Many cases as their logs make them now, in one statement; none for no case."""
    return {one: replay(history(rows)) for one, rows in raw_of(conn, case_ids).items()} if case_ids else {}


_RAW_OF = (
    select(*(case_events.c[name] for name in ("case_id", "name", "body", "at")))
    .where(case_events.c.case_id == OF_IDS)
    .order_by(case_events.c.case_id, case_events.c.position)
)


def ids_after(conn: Connection, case_id: UUID | None, limit: int) -> list[UUID]:
    """The next cases in the order of their ids, from the first on where none is given."""
    query = select(case_events.c.case_id).distinct().order_by(case_events.c.case_id).limit(limit)
    return list(conn.scalars(query.where(case_events.c.case_id > case_id) if case_id else query))


def whole_of(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, list[RawEvent]]:
    """Of many cases, every row as it is stored, oldest first."""
    query = select(case_events).where(case_events.c.case_id == OF_IDS)
    found: dict[UUID, list[RawEvent]] = {}
    for row in conn.execute(query.order_by("case_id", "position"), {"ids": id_list(case_ids)}):
        found.setdefault(row.case_id, []).append(row)
    return found


def lengths(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many events each of these has; a case without any is missing."""
    query = select(case_events.c.case_id, func.count()).where(case_events.c.case_id == OF_IDS)
    rows = conn.execute(query.group_by("case_id"), {"ids": id_list(case_ids)})
    return {row[0]: row[1] for row in rows}


def logs(conn: Connection) -> Iterator[list[RawEvent]]:
    """Every case's raw rows, one case at a time, streamed: for ``verify`` and ``rebuild``."""
    query = select(case_events).order_by(case_events.c.case_id, case_events.c.position)
    current: list[RawEvent] = []
    for row in conn.execution_options(yield_per=1000).execute(query):
        if current and current[0].case_id != row.case_id:
            yield current
            current = []
        current.append(row)
    if current:
        yield current


def broken_at(rows: Sequence[RawEvent]) -> int | None:
    """The first position of a case's raw rows at which its chain does not hold; None when it holds."""
    head = GENESIS
    for expected, row in enumerate(rows, start=1):
        if row.position != expected:
            return expected
        if digest_of(head, row.case_id, row.position, row.name, row.body, _signature(row)) != row.digest:
            return expected
        head = row.digest
    return None


def feed(conn: Connection, after: tuple[int, int], limit: int) -> list[tuple[tuple[int, int], Recorded]]:
    """Events of all cases in commit-safe order: by transaction, then sequence, finished ones only.

    A plain cursor over ``seq`` would lose events whose transaction commits late.
    """
    query = text(
        "SELECT *, tx::text::bigint AS tx_number FROM case_events"
        " WHERE tx < pg_snapshot_xmin(pg_current_snapshot())"
        " AND (tx, seq) > (CAST(CAST(:tx AS text) AS xid8), :seq) ORDER BY tx, seq LIMIT :limit"
    )
    rows = conn.execute(query, {"tx": str(after[0]), "seq": after[1], "limit": limit})
    return [((row.tx_number, row.seq), recorded(row)) for row in rows]


def _row(one: Append, position: int, name: str, body: str, digest: bytes) -> dict[str, object]:
    mark = one.signature
    return {
        "case_id": one.case_id,
        "position": position,
        "name": name,
        "body": body,
        "digest": digest,
        "at": mark.at,
        "actor_kind": mark.actor_kind,
        "actor": mark.actor,
        "on_behalf_of": mark.on_behalf_of,
        "command_id": mark.command_id,
        "procedure_edition": mark.procedure_edition,
        "calendar_edition": mark.calendar_edition,
    }


def recorded(row: RawEvent) -> Recorded:
    return Recorded(
        row.case_id,
        row.position,
        row.name,
        decode(row.name, row.body),
        row.digest,
        row.at.astimezone(OFFICE_ZONE),
        row.actor_kind,
        row.actor,
        row.on_behalf_of,
        row.procedure_edition,
        row.calendar_edition,
    )


def _signature(row: RawEvent) -> Signature:
    return Signature(
        row.actor_kind,
        row.actor,
        row.on_behalf_of,
        row.command_id,
        row.at,
        row.procedure_edition,
        row.calendar_edition,
    )
