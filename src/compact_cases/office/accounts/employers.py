"""For which body on the register a member of staff works: in its cases they are presumed to have a conflict
of interest, at once and without being asked."""

from uuid import UUID

from compact_cases.office.casework import casebook
from compact_cases.office.casework.needs import folded
from compact_cases.office.premises import Premises
from compact_cases.office.registry import conflicts
from compact_cases.records import bodies, case_summaries, staff
from compact_cases.records.bodies import Body
from compact_cases.records.reading import reading
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.refusals import Refused

NOT_LISTED = "No body on the register has this name, so it bars nobody."


def set_employer(premises: Premises, staff_id: UUID, name: str, unlisted: bool = False) -> Body | None:
    """By its name, empty for none: the body, where it is on the register, which bars them at once.

    ``unlisted``: somebody knows that it is not; its name is kept, and bars once a body of that name joins.
    """
    with reading(premises.engine) as conn:
        found = bodies.named(conn, name) if name else None
    if name and found is None and not unlisted:
        raise Refused(NOT_LISTED, "employer")
    set_body(premises, staff_id, found.id if found else None, name if found is None and name else None)
    return found


def set_body(premises: Premises, staff_id: UUID, body_id: UUID | None, employer: str | None = None) -> None:
    """None: they work for no body on the register. Their cases about it go to somebody else."""
    with premises.engine.begin() as conn:
        body = bodies.get(conn, body_id) if body_id else None
        if body_id and (body is None or body.ended_on is not None):
            raise Refused("This body is not on the register. Please choose one that is.", "body")
        staff.change(conn, staff_id, body_id=body_id, employer=employer)
    if body_id:
        _give_up(premises, staff_id)


def follow(premises: Premises) -> None:
    """The same again for everybody: a body may have been given another to lead or to follow it meanwhile."""
    match(premises)
    with premises.engine.connect() as conn:
        employed = [one.id for one in staff.in_list_order(conn) if one.body_id]
    for one in employed:
        _give_up(premises, one)


def match(premises: Premises) -> None:
    """Employers that have joined the register by now bar whoever works for them."""
    with premises.engine.connect() as conn:
        waiting = [
            (one.id, body.id)
            for one in staff.waiting_for_employer(conn)
            if (body := bodies.named(conn, one.employer or ""))
        ]
    for staff_id, body_id in waiting:
        set_body(premises, staff_id, body_id)


def _give_up(premises: Premises, staff_id: UUID) -> None:
    """Each case by itself, under its lock."""
    with premises.engine.connect() as conn:
        held = case_summaries.open_of(conn, staff_id)
    for row in held:
        with premises.engine.begin() as conn:
            case_summaries.lock(conn, [row.case_id])
            if command := conflicts.presumed_in(conn, folded(conn, row.case_id)):
                casebook.carry_out_locked(conn, premises, row.case_id, command, by=SYSTEM)
