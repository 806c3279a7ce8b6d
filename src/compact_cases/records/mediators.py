"""The register of mediators: a row of ``people`` each, and beside it where they work, and conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, Connection, Table, Text, Uuid, select
from sqlalchemy.dialects.postgresql import ARRAY

from compact_cases.records.people import people
from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata

ROLE = "mediator"

mediators = Table(
    "mediators",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("areas", Text),
    Column("languages", Text),
    Column("terms", Text),
    Column("conflicts", ARRAY(Uuid)),
)


@dataclass(frozen=True)
class Mediator:
    """``terms``: what they charge, in words; ``conflicts``: bodies about which they cannot mediate."""

    person_id: UUID
    name: str
    areas: str
    languages: str
    terms: str
    conflicts: tuple[UUID, ...]


def add(conn: Connection, one: Mediator) -> None:
    """Beside the row of the person, which is there already."""
    row = {"person_id": one.person_id, "areas": one.areas, "languages": one.languages}
    insert_rows(conn, mediators, [{**row, "terms": one.terms, "conflicts": list(one.conflicts)}])


def every(conn: Connection, held: bool = False) -> list[Mediator]:
    """Those who are on the register now, by name; ``held``, nobody is taken off it before this is over."""
    query = (
        select(mediators, people.c.name)
        .join(people, people.c.id == mediators.c.person_id)
        .where(people.c.ended_at.is_(None))
        .order_by(people.c.name)
    )
    if held:
        query = query.with_for_update(read=True, of=people)
    return [_mediator(row) for row in conn.execute(query)]


def names(conn: Connection, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Also of those who have left the register."""
    if not ids:
        return {}
    query = select(people.c.id, people.c.name).where(people.c.id.in_(list(ids)))
    return {row.id: row.name for row in conn.execute(query)}


def _mediator(row: object) -> Mediator:
    found = row._mapping  # type: ignore[attr-defined]
    known = {name: found[name] for name in ("person_id", "name", "areas", "languages", "terms")}
    return Mediator(**known, conflicts=tuple(found["conflicts"]))
