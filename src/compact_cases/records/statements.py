"""Free text: one row a statement, with its salt; deleting the row forgets both the text and its seal."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Column, Connection, DateTime, LargeBinary, Table, Text, Uuid, select

from compact_cases.records.ready import fetched
from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata
from compact_cases.rules.audience import Audience
from compact_cases.rules.statements import Statement, seal_of

statements = Table(
    "statements",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("concern_id", Uuid),
    Column("kind", Text),
    Column("audience", Text),
    Column("text", Text),
    Column("salt", LargeBinary),
    Column("at", DateTime(timezone=True)),
)

erasures = Table(
    "erasures",
    metadata,
    Column("statement_id", Uuid, primary_key=True),
    Column("reason", Text),
    Column("at", DateTime(timezone=True)),
)


class Kept(msgspec.Struct, frozen=True):
    """A statement as it is kept. Its audience says who may read it."""

    id: UUID
    kind: str
    audience: Audience
    text: str
    salt: bytes
    at: datetime


def add(conn: Connection, concern_id: UUID, texts: Iterable[Statement], at: datetime) -> None:
    """The texts of a command, which says of each what it is and who may read it."""
    values = [
        {
            "id": one.statement,
            "concern_id": concern_id,
            "kind": one.kept.kind,
            "audience": one.kept.audience.value,
            "text": one.text,
            "salt": one.salt,
            "at": at,
        }
        for one in texts
        if one.kept
    ]
    insert_rows(conn, statements, values)


def get(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, Kept]:
    """Those that are still there; what is missing was erased."""
    return _kept(fetched(conn, _BY_ID, {"ids": list(ids)}))


def seals(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The seal of each row as it stands now; a row whose audience is none of ours has no seal."""
    known = set(Audience)
    rows = fetched(conn, _BY_ID, {"ids": list(ids)})
    return {
        statement: seal_of(salt, statement, kind, Audience(audience), text) if audience in known else ""
        for statement, kind, audience, text, salt, _ in rows
    }


def of_concern(conn: Connection, concern_id: UUID) -> dict[UUID, Kept]:
    """All of a concern's that are still there: half the work of naming fifty of them."""
    return _kept(fetched(conn, _OF_CONCERN, {"concern": concern_id}))


def _kept(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, Kept]:
    return {
        statement: Kept(statement, kind, Audience(audience), text, salt, at)
        for statement, kind, audience, text, salt, at in rows
    }


_KEPT = "SELECT id, kind, audience, text, salt, at FROM statements"
_BY_ID = f"{_KEPT} WHERE id = ANY(%(ids)s)"
_OF_CONCERN = f"{_KEPT} WHERE concern_id = %(concern)s"


def erased(conn: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Which of these were erased on purpose."""
    query = select(erasures.c.statement_id).where(erasures.c.statement_id.in_(list(ids)))
    return {row.statement_id for row in conn.execute(query)}
