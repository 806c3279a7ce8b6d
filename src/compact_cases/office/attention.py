"""What needs a person's attention, and saying that it is done."""

from uuid import UUID

from compact_cases.office.premises import Premises
from compact_cases.records import tasks
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotAllowed


def task_done(premises: Premises, task: UUID, by: Visitor) -> bool:
    """False: it was done already, or is not there; either way nothing is left to do."""
    if not by.is_officer or by.staff_id is None:
        raise NotAllowed("This is for officers.")
    with premises.engine.begin() as conn:
        return tasks.done(conn, task, by.staff_id, premises.clock.now())
