"""For which body on the register a member of staff works: in its cases they are presumed to have a conflict
of interest, at once and without being asked."""

from uuid import UUID

from compact_cases.office.casework import casebook
from compact_cases.office.casework.needs import folded
from compact_cases.office.premises import Premises
from compact_cases.office.registry import conflicts
from compact_cases.records import bodies, case_summaries, staff
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.refusals import Refused


def set_body(premises: Premises, staff_id: UUID, body_id: UUID | None) -> None:
    """None: they work for no body on the register. Their cases about it go to somebody else."""
    with premises.engine.begin() as conn:
        body = bodies.get(conn, body_id) if body_id else None
        if body_id and (body is None or body.ended_on is not None):
            raise Refused("This body is not on the register. Please choose one that is.", "body")
        staff.change(conn, staff_id, body_id=body_id)
    if body_id:
        _give_up(premises, staff_id)


def follow(premises: Premises) -> None:
    """The same again for everybody: a body may have been given another to lead or to follow it meanwhile."""
    with premises.engine.connect() as conn:
        employed = [one.id for one in staff.in_list_order(conn) if one.body_id]
    for one in employed:
        _give_up(premises, one)


def _give_up(premises: Premises, staff_id: UUID) -> None:
    """Each case by itself, under its lock."""
    with premises.engine.connect() as conn:
        held = case_summaries.open_of(conn, staff_id)
    for row in held:
        with premises.engine.begin() as conn:
            case_summaries.lock(conn, [row.case_id])
            if command := conflicts.presumed_in(conn, folded(conn, row.case_id)):
                casebook.carry_out_locked(conn, premises, row.case_id, command, by=SYSTEM)
