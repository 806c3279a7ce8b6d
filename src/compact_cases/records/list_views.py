"""Views of the list of cases, each kept by one member of staff: a name for what its address asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Connection, DateTime, Table, Text, Uuid, bindparam, delete, insert, select

from compact_cases.records.ready import Ask, Ready, fetched
from compact_cases.records.tables import metadata

list_views = Table(
    "list_views",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("staff_id", Uuid),
    Column("name", Text),
    Column("asked", Text),
    Column("kept_at", DateTime(timezone=True)),
)


@dataclass(frozen=True)
class ListView:
    """``asked``: the query of the list's address, without a place in it."""

    id: UUID
    name: str
    asked: str


_OF_MEMBER = Ready(
    select(list_views.c.id, list_views.c.name, list_views.c.asked)
    .where(list_views.c.staff_id == bindparam("member"))
    .order_by(list_views.c.kept_at)
)


def asking(staff_id: UUID | None) -> Ask:
    """For a member's views, in the order in which they were kept, as values of ``ListView``."""
    return _OF_MEMBER.asking(member=staff_id)


def of_member(conn: Connection, staff_id: UUID) -> list[ListView]:
    """In the order in which they were kept."""
    return [ListView(*row) for row in fetched(conn, *asking(staff_id))]


def add(conn: Connection, staff_id: UUID, view: ListView, at: datetime) -> None:
    values = {"id": view.id, "staff_id": staff_id, "name": view.name, "asked": view.asked, "kept_at": at}
    conn.execute(insert(list_views).values(values))


def remove(conn: Connection, staff_id: UUID, view_id: UUID) -> bool:
    """Whether this member had such a view."""
    gone = delete(list_views).where(list_views.c.id == view_id, list_views.c.staff_id == staff_id)
    return bool(conn.execute(gone).rowcount)


def remove_all(conn: Connection, staff_id: UUID) -> None:
    conn.execute(delete(list_views).where(list_views.c.staff_id == staff_id))
