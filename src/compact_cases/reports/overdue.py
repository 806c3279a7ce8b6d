"""What is overdue in the whole office: reference, stage, date, owner, handler; nothing of any content."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, text

from compact_cases.records.obligations import IS_OWED
from compact_cases.rules.seats import RAISING, RESPONDING, Seat

MOST = 200
OWNERS = ("Officer", "Respondent", "Raiser")
QUERY = text(f"""
SELECT c.reference, c.stage, o.name, o.owner, o.due, s.name AS handler, s.ended_at IS NOT NULL AS has_left,
    EXISTS (SELECT FROM ledger l WHERE l.case_id = o.case_id AND l.obligation = o.name AND l.item = o.item
            AND l.cycle = o.cycle AND l.seat = :chair AND l.outcome IN ('letter', 'superseded')) AS escalated
FROM (SELECT case_id, name, item, cycle, owner, due FROM obligations
      WHERE ended_at IS NULL AND due < :today AND {IS_OWED} AND NOT EXISTS (SELECT FROM case_summaries b
        WHERE b.case_id = obligations.case_id AND b.barred && CAST(:mine AS uuid[]))
      ORDER BY due, case_id LIMIT :most) o
JOIN case_summaries c USING (case_id) LEFT JOIN staff s ON s.id = c.officer_id
ORDER BY o.due, c.reference, o.name
""")


@dataclass(frozen=True)
class OverdueRow:
    """One step: a case with two has two rows. ``owner`` is a side, never a name: the chair reads this too.

    ``handler`` is the officer's name, empty where nobody has the case; ``escalated``: the chair was told.
    """

    reference: str
    stage: str
    name: str
    owner: str
    due: date
    handler: str
    escalated: bool


def overdue(conn: Connection, today: date, mine: Collection[UUID] = ()) -> list[OverdueRow]:
    """The longest overdue first, one more than MOST at most; ``today`` is the last working day.

    ``mine``: what bars whoever looks from a case, which is left out.
    """
    values = {"today": today, "most": MOST + 1, "chair": Seat.CHAIR.value, "mine": list(mine)}
    return [
        OverdueRow(
            row.reference,
            row.stage,
            row.name,
            _side(Seat(row.owner)),
            row.due,
            f"{row.handler or ''}{', who has left' if row.has_left else ''}",
            row.escalated,
        )
        for row in conn.execute(QUERY, values)
    ]


def by_owner(rows: list[OverdueRow]) -> list[tuple[str, int]]:
    """How many each side owes, the officers' own first."""
    return [(owner, sum(row.owner == owner for row in rows)) for owner in OWNERS]


def _side(role: Seat) -> str:
    if role in RAISING:
        return "Raiser"
    return "Respondent" if role in RESPONDING else "Officer"
