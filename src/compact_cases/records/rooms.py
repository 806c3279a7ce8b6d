"""Mediation rooms: what the key of each is made from, its entries encrypted, and who has read how far."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    delete,
    func,
    select,
    update,
)

from compact_cases.records.rows import insert_rows, upsert_rows
from compact_cases.records.tables import metadata

rooms = Table(
    "rooms",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid),
    Column("mediation", Integer),
    Column("salt", LargeBinary),
    Column("gone_on", Date),
)
room_entries = Table(
    "room_entries",
    metadata,
    Column("room_id", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("kept", LargeBinary),
)
room_visits = Table(
    "room_visits",
    metadata,
    Column("room_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("place", Integer),
)


@dataclass(frozen=True)
class RoomRow:
    """``mediation`` says which one of the case; ``salt`` goes with the room, and nothing opens it then."""

    id: UUID
    case_id: UUID
    mediation: int
    salt: bytes
    gone_on: date | None = None


def find(conn: Connection, case_id: UUID, mediation: int) -> RoomRow | None:
    """None as long as nothing was written there, and once it is gone."""
    query = select(rooms).where(rooms.c.case_id == case_id, rooms.c.mediation == mediation)
    row = conn.execute(query).mappings().one_or_none()
    return RoomRow(**row) if row else None


def every(conn: Connection) -> list[RoomRow]:
    """All that there are: of what is under way, or ended within the last weeks."""
    return [RoomRow(**row) for row in conn.execute(select(rooms).order_by(rooms.c.id)).mappings()]


def add(conn: Connection, room: RoomRow) -> None:
    insert_rows(conn, rooms, [room])


def entries(conn: Connection, room_id: UUID) -> list[tuple[int, bytes]]:
    """Place and what is kept, the oldest first."""
    query = select(room_entries.c.place, room_entries.c.kept).where(room_entries.c.room_id == room_id)
    return [(place, kept) for place, kept in conn.execute(query.order_by(room_entries.c.place))]


def last_place(conn: Connection, room_id: UUID) -> int:
    """0 where nothing stands there. What cannot be read any more has its place too."""
    query = select(func.max(room_entries.c.place)).where(room_entries.c.room_id == room_id)
    return conn.execute(query).scalar_one_or_none() or 0


def add_entry(conn: Connection, room_id: UUID, place: int, kept: bytes) -> None:
    insert_rows(conn, room_entries, [{"room_id": room_id, "place": place, "kept": kept}])


def read_to(conn: Connection, room_id: UUID, person_id: UUID) -> int:
    """Up to which place somebody has read; 0 where they have not been there."""
    query = select(room_visits.c.place).where(
        room_visits.c.room_id == room_id, room_visits.c.person_id == person_id
    )
    return conn.execute(query).scalar_one_or_none() or 0


def visited(conn: Connection, room_id: UUID, person_id: UUID, place: int) -> None:
    visit = {"room_id": room_id, "person_id": person_id, "place": place}
    upsert_rows(conn, room_visits, ("room_id", "person_id"), [visit])


def goes_on(conn: Connection, room_id: UUID, day: date) -> None:
    """On which day it is gone, now that its mediation is over."""
    conn.execute(update(rooms).where(rooms.c.id == room_id).values(gone_on=day))


def remove_gone(conn: Connection, today: date) -> int:
    """Entries, visits and what the key was made from, of all whose day has come."""
    return conn.execute(delete(rooms).where(rooms.c.gone_on <= today)).rowcount
