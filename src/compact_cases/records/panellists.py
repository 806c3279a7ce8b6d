"""The register of panellists: who may sit on a panel, of which sector and body. Each has a row of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, Column, Connection, Table, Text, Uuid, insert, select

from compact_cases.records.people import people
from compact_cases.records.tables import metadata

ROLE = "panellist"
SECTORS = ("public-sector", "vcs")

panellists = Table(
    "panellists",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("sector", Text),
    Column("body_id", Uuid),
    Column("standing", Boolean),
)


@dataclass(frozen=True)
class Registered:
    """``organisation``: whom they belong to, in words; ``body_id`` where it is on the register.

    ``standing``: of the standing group; else named for one case.
    """

    id: UUID
    name: str
    organisation: str
    sector: str
    body_id: UUID | None
    standing: bool


def add(conn: Connection, one: Registered, at: datetime) -> None:
    """Beside the row of people, which is there already."""
    row = {"person_id": one.id, "sector": one.sector, "body_id": one.body_id, "standing": one.standing}
    conn.execute(insert(panellists).values(**row))


def listed(conn: Connection, also: Iterable[UUID] = (), held: bool = False) -> list[Registered]:
    """Those who may be chosen, by name; ``also`` some who are on the list no longer. ``held``: nobody is
    taken off it before this transaction is over."""
    query = (
        select(
            people.c.id,
            people.c.name,
            people.c.organisation,
            panellists.c.sector,
            panellists.c.body_id,
            panellists.c.standing,
        )
        .join_from(panellists, people, people.c.id == panellists.c.person_id)
        .where(people.c.ended_at.is_(None) | people.c.id.in_(list(also)))
        .order_by(people.c.name)
    )
    if held:
        query = query.with_for_update(read=True, of=people)
    return [Registered(*row) for row in conn.execute(query)]
