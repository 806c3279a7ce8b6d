"""Who takes over from a contact of a body is told at once of what is owed in its cases."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.post import outbox
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, event_log, obligations
from compact_cases.rules import review
from compact_cases.rules.case import replay
from compact_cases.rules.course import Stage
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
        if Seat.SENIOR_LEAD in seats and case.stage == Stage.SENIOR_REVIEW:
            notices += [((), one) for one in _invitations(conn, case.case_id)]
        outbox.file_notices(conn, premises, case, notices, premises.clock.now())


def _invitations(conn: Connection, case_id: UUID) -> Iterable[Notice]:
    """A new senior lead has no invitation to the meeting that is set, whether or not the one before came."""
    case = replay((one.event, one.at) for one in event_log.read(conn, case_id))
    return review.invited_anew(case) if case.review.is_ahead else ()
