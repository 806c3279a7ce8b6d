"""Which cases a concern could be merged into."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.audience import Audience, may_see
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE

MOST = 8
COLUMNS = """
SELECT c.reference, c.stage, c.received_at, c.clauses,
       CASE WHEN c.confidentiality = 'open' THEN c.raiser_label ELSE c.raiser_shown END AS raiser,
       (SELECT s.text FROM statements s WHERE s.concern_id = c.concern_id AND s.kind = 'account'
          AND s.audience = ANY(:audiences) LIMIT 1) AS account
FROM case_summaries c
"""
CANDIDATES = text(f"""{COLUMNS}
WHERE c.respondent_id = :respondent AND c.closed_at IS NULL AND c.case_id <> :case
  AND NOT c.barred && CAST(:mine AS uuid[])
ORDER BY NOT c.clauses && CAST(:clauses AS text[]), c.received_at DESC LIMIT :most
""")
ONE = text(f"{COLUMNS} WHERE c.case_id = :case")
FOR_OFFICERS = [one.value for one in Audience if may_see(Seat.OFFICER, one)]


@dataclass(frozen=True)
class Candidate:
    """An open case about the same body, into which a concern could be merged.

    ``account`` is what its raiser said, for officers; None when it was removed on request.
    """

    reference: str
    raiser: str
    stage: str
    received_at: datetime
    clauses: tuple[str, ...]
    account: str | None


def candidates(conn: Connection, row: CaseRow, visitor: Visitor) -> list[Candidate]:
    """Those that cite one of the same undertakings first, the newest before the older; for a board chair, who
    is let into this case alone, none."""
    if row.respondent_id is None or visitor.case_id is not None:
        return []
    values = {
        "respondent": row.respondent_id,
        "case": row.case_id,
        "clauses": list(row.clauses),
        "most": MOST,
        "audiences": FOR_OFFICERS,
        "mine": list(visitor.interests),
    }
    return [_candidate(one) for one in conn.execute(CANDIDATES, values)]


def the_one(conn: Connection, row: CaseRow) -> Candidate:
    """A case that was named by its reference, wherever it stands."""
    return _candidate(conn.execute(ONE, {"case": row.case_id, "audiences": FOR_OFFICERS}).one())


def _candidate(one: Row[Any]) -> Candidate:
    received_at = one.received_at.astimezone(OFFICE_ZONE)
    return Candidate(one.reference, one.raiser, one.stage, received_at, tuple(one.clauses), one.account)
