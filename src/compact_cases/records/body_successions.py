"""Which body takes over from one that ends, from which day on, and whether its cases have gone over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Connection, Date, DateTime, Table, Uuid, delete, insert, select, text, update

from compact_cases.records.bodies import bodies
from compact_cases.records.case_summaries import COLUMNS, CaseRow, case_summaries, row_of
from compact_cases.records.tables import metadata

body_successions = Table(
    "body_successions",
    metadata,
    Column("body_id", Uuid, primary_key=True),
    Column("successor_id", Uuid),
    Column("from_day", Date),
    Column("said_at", DateTime(timezone=True)),
    Column("done_at", DateTime(timezone=True)),
    Column("second_id", Uuid),
)
_table = body_successions
_QUERY = select(
    _table.c.body_id, _table.c.successor_id, _table.c.from_day, _table.c.done_at, _table.c.second_id
)


@dataclass(frozen=True)
class Succession:
    """``second_id``: the other one, where the body is divided in two; an officer chooses for each case."""

    body_id: UUID
    successor_id: UUID
    from_day: date
    done_at: datetime | None = None
    second_id: UUID | None = None

    @property
    def heirs(self) -> tuple[UUID, ...]:
        return (self.successor_id, self.second_id) if self.second_id else (self.successor_id,)


def of_body(conn: Connection, body_id: UUID) -> Succession | None:
    row = conn.execute(_QUERY.where(_table.c.body_id == body_id)).one_or_none()
    return Succession(*row) if row else None


def put(conn: Connection, one: Succession, at: datetime) -> None:
    """Instead of what was said of this body before."""
    conn.execute(delete(_table).where(_table.c.body_id == one.body_id, _table.c.done_at.is_(None)))
    values = {
        "body_id": one.body_id,
        "successor_id": one.successor_id,
        "from_day": one.from_day,
        "second_id": one.second_id,
    }
    conn.execute(insert(_table).values(**values, said_at=at))


def waiting(conn: Connection, until: date) -> list[Succession]:
    """Those whose day has come and whose cases have not gone over."""
    query = _QUERY.where(_table.c.from_day <= until, _table.c.done_at.is_(None))
    return [Succession(*row) for row in conn.execute(query.order_by(_table.c.from_day, _table.c.said_at))]


def cases_of(conn: Connection, body_id: UUID) -> list[CaseRow]:
    """Open cases about a body, also before it has notice, and closed ones in which something is owed."""
    is_live = case_summaries.c.closed_at.is_(None) | case_summaries.c.next_name.is_not(None)
    query = select(*COLUMNS).where(case_summaries.c.respondent_id == body_id, is_live)
    return [row_of(row) for row in conn.execute(query.order_by(case_summaries.c.case_id))]


def end(conn: Connection, one: Succession, at: datetime) -> None:
    """The body is on the register no longer; what it led is led by its successor, the first of two."""
    conn.execute(update(_table).where(_table.c.body_id == one.body_id).values(done_at=at))
    conn.execute(update(bodies).where(bodies.c.id == one.body_id).values(ended_on=one.from_day))
    led = update(bodies).where(bodies.c.lead_body_id == one.body_id)
    conn.execute(led.values(lead_body_id=one.successor_id))


_RELATED = text("""
WITH RECURSIVE related (id) AS (
    SELECT id FROM bodies WHERE id = ANY (:ids)
    UNION
    SELECT other.id FROM related
    JOIN bodies own ON own.id = related.id
    LEFT JOIN body_successions s ON s.body_id = own.id OR s.successor_id = own.id
    JOIN bodies other ON other.id IN (s.body_id, s.successor_id, own.lead_body_id)
        OR other.lead_body_id = own.id
)
SELECT id FROM related
""")


def related(conn: Connection, ids: Iterable[UUID]) -> set[UUID]:
    """These bodies; those that follow them, or that they follow; those that lead them, or that they lead."""
    return set(conn.scalars(_RELATED, {"ids": list(ids)}))
