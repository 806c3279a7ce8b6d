"""Which cases a concern could be merged into."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from compact_cases.records.case_summaries import CaseRow
from compact_cases.settings import OFFICE_ZONE

MOST = 8
CANDIDATES = text("""
SELECT c.reference, c.stage, c.received_at, c.clauses,
       CASE WHEN c.confidentiality = 'open' THEN c.raiser_label ELSE c.raiser_shown END AS raiser
FROM case_summaries c
WHERE c.respondent_id = :respondent AND c.closed_at IS NULL AND c.case_id <> :case
ORDER BY NOT c.clauses && CAST(:clauses AS text[]), c.received_at DESC LIMIT :most
""")


@dataclass(frozen=True)
class Candidate:
    """An open case about the same body, into which a concern could be merged."""

    reference: str
    raiser: str
    stage: str
    received_at: datetime
    clauses: tuple[str, ...]


def candidates(conn: Connection, row: CaseRow) -> list[Candidate]:
    """Those that cite one of the same undertakings first, the newest before the older."""
    if row.respondent_id is None:
        return []
    values = {
        "respondent": row.respondent_id,
        "case": row.case_id,
        "clauses": list(row.clauses),
        "most": MOST,
    }
    return [
        Candidate(
            one.reference,
            one.raiser,
            one.stage,
            one.received_at.astimezone(OFFICE_ZONE),
            tuple(one.clauses),
        )
        for one in conn.execute(CANDIDATES, values)
    ]
