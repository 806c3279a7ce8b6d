"""What needs a person's attention, and saying that it is done."""

from uuid import UUID

from compact_cases.office.post import by_post
from compact_cases.office.premises import Premises
from compact_cases.records import tasks
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotAllowed


def task_done(premises: Premises, task: UUID, by: Visitor) -> bool:
    """False: it was done already, or is not there; either way nothing is left to do.

    Of a letter for the post it is the posting.
    """
    if not by.is_officer or by.staff_id is None:
        raise NotAllowed("This is for officers.")
    at = premises.clock.now()
    with premises.engine.begin() as conn:
        done = tasks.done(conn, task, by.staff_id, at)
        if done and done.kind in by_post.KINDS:
            by_post.posted(conn, premises, done.subject_id, at)
    return done is not None
