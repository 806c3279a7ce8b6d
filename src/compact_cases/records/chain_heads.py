"""One row a day: how many cases there are and the digest of all their heads, to be kept elsewhere too."""

from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, DateTime, Integer, LargeBinary, Table, select
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.tables import metadata

chain_heads = Table(
    "chain_heads",
    metadata,
    Column("day", Date, primary_key=True),
    Column("cases", Integer),
    Column("digest", LargeBinary),
    Column("at", DateTime(timezone=True)),
)


def keep(conn: Connection, day: date, cases: int, digest: bytes, at: datetime) -> None:
    """The first of a day stands."""
    values = {"day": day, "cases": cases, "digest": digest, "at": at}
    conn.execute(insert(chain_heads).values(**values).on_conflict_do_nothing())


def latest(conn: Connection) -> tuple[date, int, bytes] | None:
    row = conn.execute(select(chain_heads).order_by(chain_heads.c.day.desc()).limit(1)).one_or_none()
    return (row.day, row.cases, row.digest) if row else None
