"""Who takes over from a contact of a body is told at once of what is owed in its cases."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.post import outbox
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, obligations
from compact_cases.rules.notices import Notice, Rest, all_owed
from compact_cases.rules.seats import Seat


def tell(conn: Connection, premises: Premises, body_id: UUID, seats: Sequence[Seat]) -> None:
    """A letter for each open case in which one of these seats owes something now, in the transaction that
    changed who holds it; where nobody does any more, a task."""
    cases = case_summaries.open_about(conn, body_id)
    owed = obligations.open_of(conn, [one.case_id for one in cases])
    for case in cases:
        open_ones = [row.obligation for row in owed.get(case.case_id, ())]
        notices = [
            ((), Notice("taken-over", seat, facts, Rest.RUNNING))
            for seat in seats
            if (facts := all_owed(open_ones, seat))
        ]
        outbox.file_notices(conn, premises, case, notices, premises.clock.now())
