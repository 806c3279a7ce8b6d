"""Moves of open cases to another edition: one row a move, which says how far it has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Integer,
    Table,
    Text,
    Uuid,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from compact_cases.records.tables import metadata

INSTANT = DateTime(timezone=True)

edition_moves = Table(
    "edition_moves",
    metadata,
    Column("position", BigInteger, primary_key=True),
    Column("procedure", Text),
    Column("calendar", Text),
    Column("by_staff", Uuid),
    Column("asked_at", INSTANT),
    Column("expected", JSONB),
    Column("cases", Integer),
    Column("looked_to", Uuid),
    Column("looked_at", Integer),
    Column("moved", Integer),
    Column("stayed", Integer),
    Column("differs", JSONB),
    Column("done_at", INSTANT),
)

Expected = Mapping[str, Mapping[str, str]]
"""The new date of each obligation, ``reply`` or ``comment raiser``, by the reference of its case."""


@dataclass(frozen=True)
class Move:
    """``procedure`` or ``calendar`` is None where each case keeps its own."""

    position: int
    procedure: str | None
    calendar: str | None
    by_staff: UUID | None
    asked_at: datetime
    expected: Expected
    cases: int
    looked_to: UUID | None
    looked_at: int
    moved: int
    stayed: int
    differs: list[str]
    done_at: datetime | None


def begin(
    conn: Connection,
    procedure: str | None,
    calendar: str | None,
    by_staff: UUID | None,
    expected: Expected,
    cases: int,
    at: datetime,
) -> None:
    values: dict[str, Any] = {
        "procedure": procedure,
        "calendar": calendar,
        "by_staff": by_staff,
        "expected": expected,
        "cases": cases,
        "asked_at": at,
    }
    conn.execute(insert(edition_moves).values(**values))


def under_way(conn: Connection, *, locked: bool = False) -> Move | None:
    """The one that is not done yet, if there is one: never two at a time."""
    query = select(edition_moves).where(edition_moves.c.done_at.is_(None))
    row = conn.execute(query.with_for_update() if locked else query).one_or_none()
    return Move(*row) if row else None


def latest(conn: Connection) -> Move | None:
    row = conn.execute(select(edition_moves).order_by(edition_moves.c.position.desc()).limit(1)).one_or_none()
    return Move(*row) if row else None


def keep(conn: Connection, position: int, **values: Any) -> None:
    conn.execute(update(edition_moves).where(edition_moves.c.position == position).values(**values))
