"""Who is signed in: one row a session, found by the hash of its cookie."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    LargeBinary,
    Table,
    Text,
    Uuid,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from compact_cases.records import no_conflicts
from compact_cases.records.people import people
from compact_cases.records.ready import Ready
from compact_cases.records.staff import staff
from compact_cases.records.tables import metadata
from compact_cases.records.unsent_forms import unsent_forms
from compact_cases.rules.seats import BY_WORD, Seat

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("id", Uuid),
    Column("kind", Text),
    Column("staff_id", Uuid),
    Column("seat", Text),
    Column("person_id", Uuid),
    Column("case_id", Uuid),
    Column("concern_id", Uuid),
    Column("csrf_secret", Text),
    Column("device", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("seen_at", DateTime(timezone=True)),
    Column("ends_at", DateTime(timezone=True)),
)


@dataclass(frozen=True)
class Session:
    """A row of sessions. A staff session has a ``staff_id``; a party's has a case, or a whole concern."""

    token_hash: bytes
    id: UUID
    kind: str
    seat: str
    csrf_secret: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    staff_id: UUID | None = None
    person_id: UUID | None = None
    case_id: UUID | None = None
    concern_id: UUID | None = None
    device: str = ""


@dataclass(frozen=True)
class Holder:
    """A session with what its staff member is called and may do now; ``gone`` when that person has left.

    ``has_unsent``: something that they typed is kept; ``body_id``: for which body they work; ``declared``: of
    the case that they ask for they have said that they have no conflict of interest there.
    """

    session: Session
    name: str
    seat: Seat
    gone: bool
    has_unsent: bool
    body_id: UUID | None = None
    declared: bool = False


# The person of a letter's link, the concern of a return code, the member of staff.
_holder = func.coalesce(sessions.c.staff_id, sessions.c.concern_id, sessions.c.person_id)
_FIELDS = [sessions.c[name] for name in Session.__dataclass_fields__]


def add(conn: Connection, session: Session) -> None:
    conn.execute(
        insert(sessions).values(**{name: getattr(session, name) for name in Session.__dataclass_fields__})
    )


_FIND = Ready(  # every page asks it
    select(
        *_FIELDS,
        staff.c.name,
        staff.c.role,
        staff.c.ended_at,
        people.c.ended_at,
        staff.c.body_id,
        exists().where(unsent_forms.c.holder == _holder).correlate(sessions),
        no_conflicts.said_by(sessions.c.staff_id).correlate(sessions),
    )
    .join_from(sessions, staff, staff.c.id == sessions.c.staff_id, isouter=True)
    .join(people, people.c.id == sessions.c.person_id, isouter=True)
    .where(sessions.c.token_hash == bindparam("token_hash"))
)


def find(conn: Connection, token_hash: bytes, reference: str | None = None) -> Holder | None:
    """``reference``: of the case that is asked for, where it is one."""
    row = _FIND.row(conn, token_hash=token_hash, reference=reference)
    if row is None:
        return None
    session = Session(*row[:-7])
    name, role, staff_ended, person_ended, body_id, has_unsent, declared = row[-7:]
    gone = staff_ended is not None or person_ended is not None
    seat = BY_WORD[role] if role else Seat(session.seat)
    return Holder(session, name or "", seat, gone, has_unsent, body_id, declared)


def lock(conn: Connection, token_hash: bytes) -> None:
    """Hold the row until the transaction ends."""
    conn.execute(select(sessions.c.id).where(sessions.c.token_hash == token_hash).with_for_update())


def ended_of(conn: Connection, holder: UUID, now: datetime) -> list[Session]:
    """The sessions of a holder that another one replaced, or whose longest time is over."""
    query = select(*_FIELDS).where(_holder == holder, sessions.c.ends_at <= now)
    return [_session(row) for row in conn.execute(query)]


def see(conn: Connection, token_hash: bytes, at: datetime) -> None:
    conn.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen_at=at))


def of_staff(conn: Connection, staff_id: UUID) -> list[Session]:
    query = select(*_FIELDS).where(sessions.c.staff_id == staff_id).order_by(sessions.c.created_at.desc())
    return [_session(row) for row in conn.execute(query)]


def replace(conn: Connection, token_hash: bytes, at: datetime) -> None:
    """It opens nothing any more, but its pages are still known as those of its holder."""
    ended = func.least(sessions.c.ends_at, at)
    conn.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(ends_at=ended))


def end(conn: Connection, token_hash: bytes) -> None:
    conn.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


def end_by_id(conn: Connection, staff_id: UUID, session_id: UUID) -> bool:
    """End one session of this member; False when it is not theirs or has ended."""
    found = delete(sessions).where(sessions.c.staff_id == staff_id, sessions.c.id == session_id)
    return conn.execute(found).rowcount == 1


def end_all_of(conn: Connection, staff_id: UUID) -> None:
    conn.execute(delete(sessions).where(sessions.c.staff_id == staff_id))


def end_of_person(conn: Connection, person_id: UUID, case_id: UUID) -> None:
    """Those that a letter's link began, for this case."""
    theirs = (sessions.c.person_id == person_id, sessions.c.case_id == case_id)
    conn.execute(delete(sessions).where(*theirs))


def end_of_concern(conn: Connection, concern_id: UUID) -> None:
    """Those that its return code began."""
    conn.execute(delete(sessions).where(sessions.c.concern_id == concern_id))


def forget_ended(conn: Connection, before: datetime) -> int:
    return conn.execute(delete(sessions).where(sessions.c.ends_at < before)).rowcount


def _session(row: object) -> Session:
    return Session(**{name: getattr(row, name) for name in Session.__dataclass_fields__})
