"""Obligations: one row a case, name and cycle, saved from the fold; the sweep decides from these rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    Row,
    Table,
    Text,
    Uuid,
    bindparam,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert

from compact_cases.records.in_bulk import update_rows
from compact_cases.records.tables import metadata
from compact_cases.records.together import insert as insert_together
from compact_cases.rules.audience import Role
from compact_cases.rules.events import Hold, Term
from compact_cases.rules.obligations import Obligation
from compact_cases.settings import OFFICE_ZONE

INSTANT = DateTime(timezone=True)

obligations = Table(
    "obligations",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("cycle", Integer, primary_key=True),
    Column("owner", Text),
    Column("owed_to", Text),
    Column("opened_at", INSTANT),
    Column("started_on", Date),
    Column("limit_days", Integer),
    Column("due", Date),
    Column("paused_since", Date),
    Column("pause_reason", Text),
    Column("days_left", Integer),
    Column("pause_ends", Date),
    Column("ended_at", INSTANT),
    Column("ended_how", Text),
    Column("handled_to", Date),
)


@dataclass(frozen=True)
class ObligationRow:
    """An obligation of a case, and the day of the last of its steps that the sweep has handled."""

    case_id: UUID
    obligation: Obligation
    handled_to: date | None


def save(conn: Connection, case_id: UUID, changed: Iterable[Obligation]) -> None:
    """Write new and changed cycles; ``handled_to`` is the sweep's own and stays as it is."""
    if rows := [_values(case_id, one) for one in changed]:
        conn.execute(_SAVE, rows if len(rows) > 1 else rows[0])


def add(conn: Connection, case_id: UUID, opened: Iterable[Obligation]) -> None:
    """Write the obligations of a case that has none yet."""
    insert_together(conn, obligations, [_values(case_id, one) for one in opened])


def of_case(conn: Connection, case_id: UUID) -> list[ObligationRow]:
    """Every cycle, in the order in which they opened."""
    query = select(obligations).where(obligations.c.case_id == case_id)
    rows = conn.execute(query.order_by(obligations.c.opened_at, obligations.c.cycle))
    return [_row(row) for row in rows]


def open_of(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, list[ObligationRow]]:
    """The open obligations of many cases."""
    query = select(obligations).where(
        obligations.c.case_id.in_(list(case_ids)), obligations.c.ended_at.is_(None)
    )
    found: dict[UUID, list[ObligationRow]] = {}
    for row in conn.execute(query):
        found.setdefault(row.case_id, []).append(_row(row))
    return found


def mark_handled(conn: Connection, marks: Iterable[tuple[UUID, str, int, date]]) -> None:
    """Case, name, cycle and the day of the last step handled, for many obligations at once."""
    names = ("case_id", "name", "cycle")
    rows = [dict(zip((*names, "handled_to"), mark, strict=True)) for mark in marks]
    update_rows(conn, obligations, names, rows)


def ended_on(conn: Connection, case_id: UUID, name: str) -> date | None:
    """The day on which the latest cycle of an obligation ended; None while it is open or never was."""
    query = (
        select(obligations.c.ended_at)
        .where(obligations.c.case_id == case_id, obligations.c.name == name)
        .order_by(obligations.c.cycle.desc())
        .limit(1)
    )
    ended: datetime | None = conn.execute(query).scalar_one_or_none()
    return ended.astimezone(OFFICE_ZONE).date() if ended else None


def _saving() -> Insert:
    statement, kept = insert(obligations), ("case_id", "name", "cycle")
    written = [column.name for column in obligations.columns if column.name != "handled_to"]
    news = {name: statement.excluded[name] for name in written if name not in kept}
    saving = statement.values({name: bindparam(name) for name in written})
    return saving.on_conflict_do_update(index_elements=list(kept), set_=news)


_SAVE = _saving()  # made once: building it takes longer than running it


def _values(case_id: UUID, one: Obligation) -> dict[str, object]:
    running = one.due is not None
    return {
        "case_id": case_id,
        "name": one.name,
        "cycle": one.cycle,
        "owner": one.owner.value,
        "owed_to": one.to.value,
        "opened_at": one.opened_at,
        "started_on": one.term.start,
        "limit_days": one.term.limit,
        "due": one.due,
        "paused_since": one.hold.on if one.hold and not running else None,
        "pause_reason": one.hold_reason if not running else None,
        "days_left": one.hold.days_left if one.hold and not running else None,
        "pause_ends": one.hold.ends if one.hold and not running else None,
        "ended_at": one.ended_at,
        "ended_how": one.ended_how,
    }


def _row(row: Row[tuple[object, ...]]) -> ObligationRow:
    hold = Hold(row.paused_since, row.days_left, row.pause_ends) if row.paused_since else None
    term_due = row.due or row.pause_ends
    one = Obligation(
        row.name,
        row.cycle,
        Role(row.owner),
        Role(row.owed_to),
        row.opened_at.astimezone(OFFICE_ZONE),
        Term(row.started_on, row.limit_days, term_due),
        row.due,
        hold,
        row.pause_reason,
        row.ended_at.astimezone(OFFICE_ZONE) if row.ended_at else None,
        row.ended_how,
    )
    return ObligationRow(row.case_id, one, row.handled_to)
