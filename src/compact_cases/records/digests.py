"""Morning digests: one row an officer and day, which says that it is decided; and what they are made of."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Connection, Date, DateTime, Table, Uuid, select, text
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.obligations import IS_OWED
from compact_cases.records.tables import metadata

digests = Table(
    "digests",
    metadata,
    Column("staff_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("decided_at", DateTime(timezone=True)),
    Column("letter_id", Uuid),
)
MOST = 2000  # of a kind, for the whole office; a letter names a few and counts the others


@dataclass(frozen=True)
class Matter:
    """Something owed that is near its date or past it, or whose pause is about to end.

    ``told``: a reminder of it to its officer stands in the ledger, for the digest to carry.
    """

    case_id: UUID
    obligation: str
    owner: str  # a seat as it is stored: one that this version does not know stops no other case
    due: date | None
    pause_ends: date | None
    told: bool


@dataclass(frozen=True)
class Waiting:
    """A task that nobody has done; ``case_id`` is None where it is about no case."""

    kind: str
    case_id: UUID | None


def decided(conn: Connection, day: date) -> set[UUID]:
    """The officers whose digest of a day is decided, whether or not there was anything to say."""
    return set(conn.scalars(select(digests.c.staff_id).where(digests.c.day == day)))


def decide(conn: Connection, staff_id: UUID, day: date, at: datetime, letter_id: UUID | None) -> bool:
    """Whether this is the first to decide it; a second waits for the first's transaction, then hears no."""
    row = {"staff_id": staff_id, "day": day, "decided_at": at, "letter_id": letter_id}
    added = insert(digests).values(row).on_conflict_do_nothing().returning(digests.c.staff_id)
    return conn.scalar(added) is not None


def matters(conn: Connection, soon: date, pauses_to: date) -> list[Matter]:
    """What is owed by a day, the earliest first; and what is paused until another one."""
    rows = conn.execute(_MATTERS, {"soon": soon, "pauses_to": pauses_to, "most": MOST})
    return [
        Matter(case, name, owner, due, pause_ends if due is None else None, told)
        for case, name, owner, due, pause_ends, told in rows
    ]


_MATTERS = text(f"""
SELECT o.case_id, o.name, o.owner, o.due, o.pause_ends,
    EXISTS (SELECT FROM ledger l WHERE l.case_id = o.case_id AND l.obligation = o.name AND l.item = o.item
            AND l.cycle = o.cycle AND l.outcome = 'digest')
FROM (
    (SELECT case_id, name, item, cycle, owner, due, pause_ends FROM obligations
     WHERE ended_at IS NULL AND due <= :soon AND {IS_OWED} ORDER BY due, case_id LIMIT :most)
    UNION ALL
    (SELECT case_id, name, item, cycle, owner, due, pause_ends FROM obligations
     WHERE ended_at IS NULL AND due IS NULL AND pause_ends <= :pauses_to
     ORDER BY pause_ends, case_id LIMIT :most)
) o ORDER BY coalesce(o.due, o.pause_ends), o.case_id, o.name
""")


def closing_dates(conn: Connection, today: date, soon: date) -> list[tuple[UUID, date]]:
    """The open cases in which something closes or is decided by then, with the day."""
    rows = conn.execute(_CLOSING, {"today": today, "soon": soon, "most": MOST})
    return [(row.case_id, row.closes_on) for row in rows]


_CLOSING = text("""
SELECT case_id, closes_on FROM case_summaries
WHERE closed_at IS NULL AND closes_on BETWEEN :today AND :soon ORDER BY closes_on, case_id LIMIT :most
""")


def waiting_tasks(conn: Connection) -> list[Waiting]:
    """What only a person can do, of each kind and case once, the oldest first."""
    return [Waiting(row.kind, row.case_id) for row in conn.execute(_TASKS, {"most": MOST})]


_TASKS = text("""
SELECT kind, case_id FROM tasks WHERE done_at IS NULL
GROUP BY kind, case_id ORDER BY min(opened_at), kind, case_id LIMIT :most
""")
