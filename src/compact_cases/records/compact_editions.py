"""What the office file says of the Codes that the Compact names, kept when it changes."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, DateTime, Table, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from compact_cases.records.tables import metadata

compact_editions = Table(
    "compact_editions",
    metadata,
    Column("position", BigInteger, primary_key=True),
    Column("codes", JSONB),
    Column("held_at", DateTime(timezone=True)),
)


def store(conn: Connection, codes: Sequence[tuple[str, str]], at: datetime) -> None:
    """Short name and title of each Code, in the Compact's order."""
    conn.execute(insert(compact_editions).values(codes=[list(one) for one in codes], held_at=at))


def newest(conn: Connection) -> dict[str, str] | None:
    """The titles of the Codes by their short names; None before an office has said any."""
    query = select(compact_editions.c.codes).order_by(compact_editions.c.position.desc()).limit(1)
    found = conn.scalar(query)
    return None if found is None else dict(found)
