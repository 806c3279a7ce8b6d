"""Where the nightly check of the record has come to: one row."""

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Table, Text, select
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.tables import metadata

night_check = Table(
    "night_check",
    metadata,
    Column("id", Boolean, primary_key=True),
    Column("night", Date),
    Column("place", Text),
    Column("cases", BigInteger),
    Column("faults", BigInteger),
    Column("done", Boolean),
)


@dataclass(frozen=True)
class Night:
    """The check that was begun on a night, what it has looked at so far, and how much it found wrong."""

    night: date
    place: str
    cases: int = 0
    faults: int = 0
    done: bool = False


def get(conn: Connection, *, locked: bool = False) -> Night | None:
    query = select(*(night_check.c[one.name] for one in fields(Night)))
    row = conn.execute(query.with_for_update() if locked else query).one_or_none()
    return Night(*row) if row else None


def keep(conn: Connection, now: Night) -> None:
    values = vars(now)
    kept = insert(night_check).values(id=True, **values)
    conn.execute(kept.on_conflict_do_update(index_elements=["id"], set_=values))
