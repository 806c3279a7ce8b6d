"""What is overdue in the whole office: reference, stage, date and owner, and nothing of any content."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from compact_cases.rules.audience import RAISING_SIDE, RESPONDING_SIDE, Role

MOST = 200
OWNERS = ("Officer", "Respondent", "Raiser")
QUERY = text("""
SELECT reference, stage, next_name, next_owner, next_due, procedure_edition, calendar_edition
FROM case_summaries
WHERE closed_at IS NULL AND coalesce(next_due, 'infinity'::date) < :today
ORDER BY coalesce(next_due, 'infinity'::date), reference LIMIT :most
""")


@dataclass(frozen=True)
class OverdueRow:
    """``owner`` is a side, never a name: the chair reads this page too."""

    reference: str
    stage: str
    name: str
    owner: str
    due: date
    procedure_edition: str
    calendar_edition: str


def overdue(conn: Connection, today: date) -> list[OverdueRow]:
    """The longest overdue first, one more than MOST at most; ``today`` is the last working day."""
    return [
        OverdueRow(
            row.reference,
            row.stage,
            row.next_name,
            _side(Role(row.next_owner)),
            row.next_due,
            row.procedure_edition,
            row.calendar_edition,
        )
        for row in conn.execute(QUERY, {"today": today, "most": MOST + 1})
    ]


def by_owner(rows: list[OverdueRow]) -> list[tuple[str, int]]:
    """How many each side owes, the officers' own first."""
    return [(owner, sum(row.owner == owner for row in rows)) for owner in OWNERS]


def _side(role: Role) -> str:
    if role in RAISING_SIDE:
        return "Raiser"
    return "Respondent" if role in RESPONDING_SIDE else "Officer"
