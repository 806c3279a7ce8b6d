"""Before a case is first opened by an officer: do they have a conflict of interest in it?"""

from dataclasses import dataclass

from sqlalchemy import Connection

from compact_cases.office.casework.casebook import may_open
from compact_cases.office.casework.needs import folded
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, no_conflicts
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.reading import reading
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NO_CASE, NotFound


@dataclass(frozen=True)
class Question:
    """``sides``: whom the case is between, as the list of cases shows them. ``seen``: where its log stands.

    ``can_be_handed_over``: a yes gives the case to somebody else; one that is over is not given.
    """

    reference: str
    sides: tuple[str, str]
    seen: int
    can_be_handed_over: bool


def question(premises: Premises, visitor: Visitor, ref: str) -> Question | None:
    """What this officer is to be asked; None where there is no case of theirs, which its door then says."""
    with reading(premises.engine) as conn:
        row = _row(conn, premises, visitor, ref)
        if row is None:
            return None
        case = folded(conn, row.case_id)
    is_over = case.is_closed and case.owed("reopen") is None
    return Question(row.reference, sides_of(row), row.position, not is_over)


def say_no(premises: Premises, visitor: Visitor, ref: str) -> str:
    """Keep that they have none; the case's reference. Raises NotFound."""
    with premises.engine.begin() as conn:
        row = _row(conn, premises, visitor, ref)
        if row is None or visitor.staff_id is None:
            raise NotFound(NO_CASE)
        no_conflicts.add(conn, row.case_id, visitor.staff_id, premises.clock.now())
    return row.reference


def sides_of(row: CaseRow) -> tuple[str, str]:
    """Who the case is between: a raiser who is not to be known is named to nobody here."""
    is_open = row.confidentiality == Confidentiality.OPEN
    return row.raiser_label if is_open else row.raiser_shown, row.respondent_label


def _row(conn: Connection, premises: Premises, visitor: Visitor, ref: str) -> CaseRow | None:
    reference = normalise(ref, premises.settings.office.prefix)
    row = case_summaries.find(conn, reference) if reference else None
    return row if row and may_open(visitor, row) else None
