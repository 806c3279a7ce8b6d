"""The ledger: one row per reminder or escalation step and person, unique, written before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, Connection, Date, DateTime, Integer, Row, Table, Text, Uuid, func, select

from compact_cases.records.rows import insert_new_rows
from compact_cases.records.tables import metadata
from compact_cases.rules.course import Key

NOBODY = UUID(int=0)  # the person of a step for whom nobody could be found, and of an effect

ledger = Table(
    "ledger",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid),
    Column("obligation", Text),
    Column("item", Text),
    Column("cycle", Integer),
    Column("step", Text),
    Column("step_day", Date),
    Column("person_id", Uuid),
    Column("seat", Text),
    Column("outcome", Text),
    Column("decided_at", DateTime(timezone=True)),
    Column("letter_id", Uuid),
)


@dataclass(slots=True)
class LedgerRow:
    """What became of one step for one person: letter, digest, superseded, effect or no-contact; or why an
    escalation passed them over: no-address, away, owes-it, handles-it, conflict, nobody.

    ``digest``: an officer's reminder, which stands in the letter of the morning until its day has come.

    ``letter_id`` is the letter that carries it, known last; steps of one day and person share one.
    """

    id: UUID
    case_id: UUID
    obligation: str
    item: str
    cycle: int
    step: str
    step_day: date
    person_id: UUID
    seat: str
    outcome: str
    decided_at: datetime
    letter_id: UUID | None = None


NAMES = [one.name for one in fields(LedgerRow)]


def add(conn: Connection, rows: Sequence[LedgerRow]) -> set[UUID]:
    """Write the steps; the ids of those that were not there yet. A step that is there stays as it is."""
    return insert_new_rows(conn, ledger, rows)


def of_case(conn: Connection, case_id: UUID) -> list[LedgerRow]:
    """Every step of a case, earliest day first."""
    query = select(ledger).where(ledger.c.case_id == case_id)
    return [_row(row) for row in conn.execute(query.order_by(ledger.c.step_day, ledger.c.decided_at))]


def handled_to(conn: Connection, case_id: UUID) -> dict[Key, date]:
    """The day of the last step of each obligation that a sweep has handled."""
    key = (ledger.c.obligation, ledger.c.item, ledger.c.cycle)
    query = select(*key, func.max(ledger.c.step_day)).where(ledger.c.case_id == case_id).group_by(*key)
    return {(name, item, cycle): day for name, item, cycle, day in conn.execute(query)}


def _row(row: Row[tuple[object, ...]]) -> LedgerRow:
    return LedgerRow(**{name: getattr(row, name) for name in NAMES})
