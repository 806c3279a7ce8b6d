"""Applying another edition to open cases: one event a case, each in a transaction of its own, resumable."""

import logging
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.clock import machine_seconds
from compact_cases.office.casework import casebook
from compact_cases.office.editions.previewing import Preview, Progress
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, edition_moves
from compact_cases.records.edition_moves import Move
from compact_cases.records.engines import is_cut_off
from compact_cases.rules.events.moving import MovedToEdition
from compact_cases.rules.moving import MoveToEdition, moved_dates
from compact_cases.rules.pauses import name_of
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.refusals import Refused

_log = logging.getLogger(__name__)
UNDER_WAY = "Open cases are being moved to another edition at the moment. Please wait until that is done."


def begin(
    conn: Connection,
    premises: Premises,
    procedure: str | None,
    calendar: str | None,
    seen: Preview,
    by_staff: UUID | None,
) -> None:
    """Write down that all open cases go to these editions; ``work`` does it. Raises Refused.

    A move to the same editions that was cut off goes on from where it was.
    """
    other = edition_moves.under_way(conn)
    if other is None:
        now = premises.clock.now()
        edition_moves.begin(conn, procedure, calendar, by_staff, seen.expected, seen.cases, now)
    elif (other.procedure, other.calendar) != (procedure, calendar):
        raise Refused(UNDER_WAY)


def work(premises: Premises, seconds: float = 60, progress: Progress | None = None) -> None:
    """Go on with the move that is under way, if there is one, until it is done or the time is over.

    Two workers never do the same case: each step holds the row of the move.
    """
    until = machine_seconds() + seconds
    while machine_seconds() < until:
        with premises.engine.begin() as conn:
            move = edition_moves.under_way(conn, locked=True)
            if move is None:
                return
            rows = case_summaries.open_after(conn, move.looked_to, 1)
            if not rows:
                edition_moves.keep(conn, move.position, done_at=premises.clock.now())
                return
            _one(conn, premises, move, rows[0].case_id, rows[0].reference)
        if progress:
            progress(move.looked_at + 1, max(move.cases, move.looked_at + 1))


def _one(conn: Connection, premises: Premises, move: Move, case_id: UUID, reference: str) -> None:
    """What cannot be moved stays as it is and is counted; it stops none of the others."""
    done = None
    try:
        with conn.begin_nested():
            command = MoveToEdition(move.procedure or "", move.calendar or "")
            done = casebook.carry_out_locked(conn, premises, case_id, command, by=SYSTEM)
    except Refused:
        pass
    except Exception as problem:
        if is_cut_off(problem):
            raise
        _log.error("case %s cannot be moved to another edition", case_id, exc_info=problem)
    edition_moves.keep(
        conn,
        move.position,
        looked_to=case_id,
        looked_at=move.looked_at + 1,
        moved=move.moved + bool(done and done.events),
        stayed=move.stayed + (done is None),
        differs=[*move.differs, *([reference] if _came_otherwise(done, move, reference) else [])],
    )


def _came_otherwise(done: casebook.Done | None, move: Move, reference: str) -> bool:
    """Whether the case changed after the preview, so that other dates moved than it said."""
    dates = {
        name_of(one): one.term.due.isoformat()
        for event in (done.events if done else ())
        if done and isinstance(event, MovedToEdition)
        for one in moved_dates(event, done.case)
    }
    return dates != dict(move.expected.get(reference, {}))
