"""Cases that are looked at together: which are, which could be, and who may know what of the other one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from compact_cases.records.case_summaries import CaseRow
from compact_cases.reports.case_shape import MergedHere, Together
from compact_cases.reports.owed import days_left
from compact_cases.reports.standing import OUTCOME_SENTENCES
from compact_cases.rules.case import Case
from compact_cases.rules.closing import ENDED_WITHOUT_AN_ANSWER
from compact_cases.rules.rulebook import Rulebook
from compact_cases.settings import OFFICE_ZONE

MOST = 8
# What a merged concern's raiser reads of the case that goes on: nobody is named but the body they named.
NEXT = {
    "acknowledge": "A Compact officer reads both concerns",
    "answer": "We have asked for more, and wait for an answer",
    "reply": "{respondent} owes a reply",
    "release": "A reply has come, and a Compact officer reads it",
    "decide": "The reply is being considered",
    "next-step": "A Compact officer opens the next step",
    "close": "A Compact officer closes the matter",
}
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


def together(
    case: Case, others: Mapping[UUID, CaseRow], viewpoint: str, rulebook: Rulebook, at: datetime
) -> Together | None:
    """Where the case stands that a merged concern goes on in. Its reference is for officers only."""
    row = others.get(case.merged_into) if case.merged_into else None
    if row is None or viewpoint == "respondent":
        return None
    words = NEXT.get(row.next_name or "", "")
    return Together(
        reference=row.reference if viewpoint == "officer" else None,
        stage=rulebook.procedure.stages[row.stage],
        sentence=words.format(respondent=row.respondent_label),
        due=row.next_due,
        days_left=days_left(rulebook.calendar, at.date(), row.next_due),
        closed_at=row.closed_at.astimezone(OFFICE_ZONE) if row.closed_at else None,
        ended=_ending(row.outcome, viewpoint),
    )


def merged_here(case: Case, others: Mapping[UUID, CaseRow], viewpoint: str) -> tuple[MergedHere, ...]:
    """The concerns that were merged into this case: for officers only."""
    if viewpoint != "officer":
        return ()
    rows = [others[one] for one in case.taken_in if one in others]
    return tuple(
        MergedHere(row.reference, row.raiser_label if row.confidentiality == "open" else row.raiser_shown)
        for row in rows
    )


def _ending(outcome: str | None, viewpoint: str) -> str:
    """How the other case ended. That its raiser withdrew or fell silent is not another raiser's to know."""
    if outcome is None:
        return ""
    if viewpoint == "raiser" and outcome in ENDED_WITHOUT_AN_ANSWER:
        return "It ended without an answer. Yours can be taken up by itself."
    return OUTCOME_SENTENCES.get(outcome, "")
