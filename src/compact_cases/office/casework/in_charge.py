"""Who works on a case without being an officer: the board chair, in a case that they look after."""

from dataclasses import replace

from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.reading import reading
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.seats import Seat


def in_this_case(premises: Premises, visitor: Visitor, ref: str) -> Visitor:
    """The chair as an officer of a case that she looks after, and of no other; everybody else as they are."""
    reference = normalise(ref, premises.settings.office.prefix)
    if visitor.seat is not Seat.CHAIR or reference is None:
        return visitor
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference)
    return in_case(visitor, row) if row else visitor


def in_case(visitor: Visitor, row: CaseRow) -> Visitor:
    """The same, where the case is at hand."""
    is_hers = visitor.seat is Seat.CHAIR and row.officer_id == visitor.staff_id
    if not is_hers or visitor.is_barred(row.barred):
        return visitor
    return replace(visitor, seat=Seat.OFFICER, case_id=row.case_id)
