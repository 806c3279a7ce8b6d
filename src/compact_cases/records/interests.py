"""What bars a member of staff from a case: their own name there, or that of a body for which they work."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import body_successions
from compact_cases.records.staff import StaffMember


def bodies_of(conn: Connection, body_id: UUID | None) -> frozenset[UUID]:
    """Their body, with those that follow or lead it; asked of those alone who work for one."""
    return frozenset(body_successions.related(conn, [body_id])) if body_id else frozenset()


def of_staff(conn: Connection, members: Iterable[StaffMember]) -> dict[UUID, frozenset[UUID]]:
    return {one.id: bodies_of(conn, one.body_id) | {one.id} for one in members}
