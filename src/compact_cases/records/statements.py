"""Free text: one row a statement, with its salt; deleting the row forgets both the text and its seal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Connection, DateTime, LargeBinary, Table, Text, Uuid, select

from compact_cases.records.tables import metadata
from compact_cases.records.together import insert
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


@dataclass(frozen=True)
class Kept:
    """A statement as it is kept. Its audience says who may read it."""

    id: UUID
    kind: str
    audience: Audience
    text: str
    seal: str
    at: datetime


def add(
    conn: Connection,
    concern_id: UUID,
    rows: Iterable[tuple[str, Audience, Statement]],
    at: datetime,
) -> None:
    """Each row is a kind ("account", "reply"), its audience and the statement."""
    values = [
        {
            "id": one.statement,
            "concern_id": concern_id,
            "kind": kind,
            "audience": audience.value,
            "text": one.text,
            "salt": one.salt,
            "at": at,
        }
        for kind, audience, one in rows
    ]
    insert(conn, statements, values)


def get(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, Kept]:
    """Those that are still there; what is missing was erased."""
    query = select(statements).where(statements.c.id.in_(list(ids)))
    return {
        row.id: Kept(row.id, row.kind, Audience(row.audience), row.text, seal_of(row.salt, row.text), row.at)
        for row in conn.execute(query)
    }


def erased(conn: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """Which of these were erased on purpose."""
    query = select(erasures.c.statement_id).where(erasures.c.statement_id.in_(list(ids)))
    return {row.statement_id for row in conn.execute(query)}
