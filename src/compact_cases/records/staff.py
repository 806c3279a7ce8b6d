"""Members of staff in the order of the office's list: officers, secretary, chair, administrator."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    update,
)

from compact_cases.records.ready import Ready
from compact_cases.records.tables import metadata
from compact_cases.rules.seats import BY_WORD, CASE_STAFF, Seat

staff = Table(
    "staff",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", Text),
    Column("email_folded", Text),
    Column("name", Text),
    Column("role", Text),
    Column("list_position", Integer),
    Column("co_officer_id", Uuid),
    Column("absent_until", Date),
    Column("body_id", Uuid),
    Column("employer", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
)

STAFF_ROLES = (Seat.OFFICER, Seat.SECRETARY, Seat.CHAIR, Seat.ADMINISTRATOR)


@dataclass(frozen=True)
class StaffMember:
    """A row of staff; ``role`` is their seat in the office.

    ``list_position`` counts from 1; ``co_officer_id``: who steps in, where named; ``body_id``: the
    body on the register for which they work, in whose cases they are presumed to have a conflict of interest;
    ``employer``: the name of one that is not on the register yet, which bars nobody until it is.
    """

    id: UUID
    email: str
    name: str
    role: Seat
    list_position: int
    co_officer_id: UUID | None = None
    absent_until: date | None = None
    ended_at: datetime | None = None
    body_id: UUID | None = None
    employer: str | None = None

    @property
    def works_on_cases(self) -> bool:
        return self.role in CASE_STAFF


def fold(email: str) -> str:
    return email.strip().casefold()


def add(conn: Connection, member: StaffMember, at: datetime) -> None:
    conn.execute(
        insert(staff).values(
            id=member.id,
            email=member.email,
            email_folded=fold(member.email),
            name=member.name,
            role=member.role.word,
            list_position=member.list_position,
            co_officer_id=member.co_officer_id,
            absent_until=member.absent_until,
            body_id=member.body_id,
            employer=member.employer,
            created_at=at,
        )
    )


def change(conn: Connection, staff_id: UUID, **values: object) -> None:
    """Set columns by name, such as ``co_officer_id``, ``absent_until``, ``ended_at``, ``role``, ``name``."""
    conn.execute(update(staff).where(staff.c.id == staff_id).values(**values))


def waiting_for_employer(conn: Connection) -> list[StaffMember]:
    """Present members who work for a body that was not on the register when they said so."""
    query = select(staff).where(staff.c.employer.is_not(None), staff.c.ended_at.is_(None))
    return [_member(row) for row in conn.execute(query)]


def next_position(conn: Connection) -> int:
    last: int | None = conn.execute(select(func.max(staff.c.list_position))).scalar_one()
    return (last or 0) + 1


def lock(conn: Connection, staff_id: UUID) -> None:
    """Until the transaction ends."""
    conn.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())


def by_id(conn: Connection, staff_id: UUID) -> StaffMember | None:
    row = conn.execute(select(staff).where(staff.c.id == staff_id)).first()
    return _member(row) if row else None


def by_email(conn: Connection, email: str) -> StaffMember | None:
    row = conn.execute(select(staff).where(staff.c.email_folded == fold(email))).first()
    return _member(row) if row else None


def in_list_order(conn: Connection, role: Seat | None = None) -> list[StaffMember]:
    """Present members, of one role or of all, in the order of the office's list."""
    members = [_in_order(row) for row in _PRESENT.rows(conn)]
    return [one for one in members if role is None or one.role is role]


_COLUMNS = [staff.c[name] for name in StaffMember.__dataclass_fields__]
_PRESENT = Ready(select(*_COLUMNS).where(staff.c.ended_at.is_(None)).order_by(staff.c.list_position))


def _in_order(row: tuple[Any, ...]) -> StaffMember:
    """From a result of exactly ``_COLUMNS``."""
    member_id, email, name, role, *more = row
    return StaffMember(member_id, email, name, BY_WORD[role], *more)


def _member(row: object) -> StaffMember:
    values = {name: getattr(row, name) for name in StaffMember.__dataclass_fields__}
    return StaffMember(**{**values, "role": BY_WORD[values["role"]]})
