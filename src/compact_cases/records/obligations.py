"""Obligations: one row a case, name, item and cycle, saved from the fold; the sweep reads only these."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    Table,
    Text,
    Uuid,
    delete,
    select,
    update,
)

from compact_cases.records.ready import Ask, Ready, fetched
from compact_cases.records.rows import OF_IDS, id_list, insert_rows, update_rows, upsert_rows
from compact_cases.records.tables import metadata
from compact_cases.rules.course import WATCHED, Key, Obligation
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Hold, Term
from compact_cases.settings import OFFICE_ZONE

IS_OWED = " AND ".join(f"name <> '{one}'" for one in sorted(WATCHED))
"""The condition for lists of what is owed: what is only watched stands in none."""
INSTANT = DateTime(timezone=True)

obligations = Table(
    "obligations",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("cycle", Integer, primary_key=True),
    Column("owner", Text),
    Column("owed_to", Text),
    Column("opened_at", INSTANT),
    Column("started_on", Date),
    Column("limit_days", Integer),
    Column("due", Date),
    Column("pause", Integer),
    Column("paused_since", Date),
    Column("pause_reason", Text),
    Column("days_left", Integer),
    Column("pause_ends", Date),
    Column("ended_at", INSTANT),
    Column("ended_how", Text),
    Column("handled_to", Date),
    Column("tries", Integer),
    Column("again_at", INSTANT),
    Column("agreed", Boolean),
)


@dataclass(frozen=True)
class ObligationRow:
    """An obligation of a case, and the sweep's own notes: the day of the last of its steps that is handled;
    how often the next one was refused, and when it is tried again."""

    case_id: UUID
    obligation: Obligation
    handled_to: date | None
    tries: int = 0
    again_at: datetime | None = None


def save(conn: Connection, case_id: UUID, changed: Iterable[Obligation]) -> None:
    """Write new and changed cycles; the sweep's own notes stay as they are."""
    save_all(conn, [(case_id, one) for one in changed])


def save_all(conn: Connection, changed: Iterable[tuple[UUID, Obligation]]) -> None:
    """The same for cycles of many cases, in one statement."""
    upsert_rows(conn, obligations, _KEYS, [_values(case_id, one) for case_id, one in changed])


_KEYS = ("case_id", "name", "item", "cycle")


def add(conn: Connection, case_id: UUID, opened: Iterable[Obligation]) -> None:
    """Write the obligations of a case that has none yet."""
    insert_rows(conn, obligations, [_values(case_id, one) for one in opened])


def of_case(conn: Connection, case_id: UUID) -> list[ObligationRow]:
    """Every cycle, in the order in which they opened."""
    query = select(obligations).where(obligations.c.case_id == case_id)
    rows = conn.execute(query.order_by(obligations.c.opened_at, obligations.c.cycle))
    return [row_of(row) for row in rows]


def open_of(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, list[ObligationRow]]:
    """The open obligations of many cases."""
    found: dict[UUID, list[ObligationRow]] = {}
    for row in fetched(conn, *asking(case_ids)):
        one = row_of(row)
        found.setdefault(one.case_id, []).append(one)
    return found


def asking(case_ids: Iterable[UUID]) -> Ask:
    """The statement behind ``open_of``; its rows are what ``row_of`` takes."""
    return _OPEN_OF.asking(ids=id_list(case_ids))


_OPEN_OF = Ready(select(obligations).where(obligations.c.case_id == OF_IDS, obligations.c.ended_at.is_(None)))


def remove(conn: Connection, case_id: UUID) -> None:
    """Every cycle of a case, before they are written anew from its log."""
    conn.execute(delete(obligations).where(obligations.c.case_id == case_id))


def mark_handled(conn: Connection, marks: Iterable[tuple[UUID, Key, date]]) -> None:
    """Case, key and the day of the last step handled, for many obligations at once."""
    names = (*_KEYS, "handled_to")
    rows = [dict(zip(names, (case, *key, day), strict=True)) for case, key, day in marks]
    update_rows(conn, obligations, _KEYS, rows)


def put_off(conn: Connection, rows: Iterable[ObligationRow]) -> None:
    """Keep how often the next step of each was tried, and when it is tried again."""
    names = (*_KEYS, "tries", "again_at")
    values = [(one.case_id, *one.obligation.key, one.tries, one.again_at) for one in rows]
    update_rows(conn, obligations, _KEYS, [dict(zip(names, each, strict=True)) for each in values])


def bring_back(conn: Connection, now: datetime, longest: timedelta) -> set[UUID]:
    """What was put off to a time read from a wrong clock is tried again when it is due; the cases."""
    too_late = (obligations.c.again_at > now + longest) & obligations.c.ended_at.is_(None)
    brought = update(obligations).where(too_late).values(tries=0, again_at=None)
    return set(conn.scalars(brought.returning(obligations.c.case_id)))


def ended_on(conn: Connection, case_id: UUID, name: str, item: str) -> date | None:
    """The day on which the latest cycle of an obligation ended; None while it is open or never was."""
    query = (
        select(obligations.c.ended_at)
        .where(obligations.c.case_id == case_id, obligations.c.name == name, obligations.c.item == item)
        .order_by(obligations.c.cycle.desc())
        .limit(1)
    )
    ended: datetime | None = conn.execute(query).scalar_one_or_none()
    return ended.astimezone(OFFICE_ZONE).date() if ended else None


def _values(case_id: UUID, one: Obligation) -> dict[str, object]:
    hold = one.hold if one.due is None else None
    return {
        "case_id": case_id,
        "name": one.name,
        "item": one.item,
        "cycle": one.cycle,
        "owner": one.owner.value,
        "owed_to": one.to.value,
        "opened_at": one.opened_at,
        "started_on": one.term.start,
        "limit_days": one.term.limit,
        "due": one.due,
        "pause": hold.pause if hold else None,
        "paused_since": hold.on if hold else None,
        "pause_reason": one.hold_reason if hold else None,
        "days_left": hold.days_left if hold else None,
        "pause_ends": hold.ends if hold else None,
        "ended_at": one.ended_at,
        "ended_how": one.ended_how,
        "agreed": one.agreed,
    }


def row_of(row: Sequence[Any]) -> ObligationRow:
    """From a result of exactly the table's columns: by place, for whole batches."""
    values: list[Any] = list(row)
    case_id, name, item, cycle, owner, owed_to, opened_at, started_on, limit, due, *rest = values
    pause, paused_since, reason, days_left, pause_ends, ended_at, ended_how, *notes = rest
    handled_to, tries, again_at, agreed = notes
    one = Obligation(
        name,
        cycle,
        Seat(owner),
        Seat(owed_to),
        opened_at.astimezone(OFFICE_ZONE),
        Term(started_on, limit, due or pause_ends),
        due,
        item,
        Hold(pause, paused_since, days_left, pause_ends) if paused_since else None,
        reason,
        ended_at.astimezone(OFFICE_ZONE) if ended_at else None,
        ended_how,
        agreed,
    )
    return ObligationRow(case_id, one, handled_to, tries, again_at and again_at.astimezone(OFFICE_ZONE))
