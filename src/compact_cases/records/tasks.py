"""Tasks of the officers: what only a person can do, such as ring somebody or correct an address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Connection, Date, DateTime, Row, Table, Text, Uuid, func, select, update

from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata

tasks = Table(
    "tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid),
    Column("kind", Text),
    Column("subject_id", Uuid),
    Column("day", Date),
    Column("sentence", Text),
    Column("opened_at", DateTime(timezone=True)),
    Column("done_at", DateTime(timezone=True)),
    Column("done_by", Uuid),
)


@dataclass(frozen=True)
class Task:
    """``kind``: undeliverable, phone, no-contact, passed-over, post, unposted, stuck, merged, mail, proof,
    conflict, reopen, return-code, new-code.

    One a kind, subject and day.
    """

    id: UUID
    case_id: UUID | None
    kind: str
    subject_id: UUID
    day: date
    sentence: str
    opened_at: datetime
    done_at: datetime | None = None
    done_by: UUID | None = None


NAMES = [one.name for one in fields(Task)]


def open_all(conn: Connection, rows: Sequence[Task]) -> None:
    """Open tasks; one of the same kind, subject and day is there already and stays."""
    values = [{name: getattr(row, name) for name in NAMES} for row in rows]
    insert_rows(conn, tasks, values, skip_taken=True)


def waiting(conn: Connection, limit: int = 200) -> list[Task]:
    """What is not done yet, oldest first."""
    query = select(tasks).where(tasks.c.done_at.is_(None)).order_by(tasks.c.opened_at).limit(limit)
    return [_task(row) for row in conn.execute(query)]


def get(conn: Connection, task_id: UUID) -> Task | None:
    row = conn.execute(select(tasks).where(tasks.c.id == task_id)).one_or_none()
    return _task(row) if row else None


def of_case(conn: Connection, case_id: UUID) -> list[Task]:
    query = select(tasks).where(tasks.c.case_id == case_id).order_by(tasks.c.opened_at)
    return [_task(row) for row in conn.execute(query)]


def done(conn: Connection, task_id: UUID, by: UUID, at: datetime) -> Task | None:
    """The task; None: it was done already, or is not there."""
    query = update(tasks).where(tasks.c.id == task_id, tasks.c.done_at.is_(None))
    row = conn.execute(query.values(done_at=at, done_by=by).returning(tasks)).first()
    return _task(row) if row else None


def done_about(conn: Connection, subject: UUID, kinds: Sequence[str], by: UUID | None, at: datetime) -> None:
    """Somebody has done what these tasks about one subject asked for."""
    query = update(tasks).where(
        tasks.c.subject_id == subject, tasks.c.kind.in_(kinds), tasks.c.done_at.is_(None)
    )
    conn.execute(query.values(done_at=at, done_by=by))


def end(conn: Connection, subjects: Iterable[UUID], kinds: Sequence[str], at: datetime) -> None:
    """Tasks of these kinds about these subjects are over by themselves: nobody did them."""
    query = update(tasks).where(
        tasks.c.subject_id.in_(list(subjects)), tasks.c.kind.in_(kinds), tasks.c.done_at.is_(None)
    )
    conn.execute(query.values(done_at=at))


def end_of_case(conn: Connection, case_id: UUID, kinds: Sequence[str], at: datetime) -> None:
    """The same for all of a case, whatever their subject."""
    query = update(tasks).where(
        tasks.c.case_id == case_id, tasks.c.kind.in_(kinds), tasks.c.done_at.is_(None)
    )
    conn.execute(query.values(done_at=at))


def open_about(conn: Connection, subject: UUID) -> UUID | None:
    """The task about a subject that nobody has done yet."""
    found: UUID | None = conn.scalar(
        select(tasks.c.id).where(tasks.c.subject_id == subject, tasks.c.done_at.is_(None)).limit(1)
    )
    return found


def waiting_since(conn: Connection, kind: str, subject_id: UUID) -> datetime | None:
    """When the first of the tasks that wait about something was opened."""
    about = (tasks.c.kind == kind, tasks.c.subject_id == subject_id, tasks.c.done_at.is_(None))
    since: datetime | None = conn.scalar(select(func.min(tasks.c.opened_at)).where(*about))
    return since


def _task(row: Row[tuple[object, ...]]) -> Task:
    return Task(**{name: getattr(row, name) for name in NAMES})
