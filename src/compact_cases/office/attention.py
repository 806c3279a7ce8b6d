"""What needs a person's attention, and saying that it is done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from compact_cases.office.casework import casebook, in_charge
from compact_cases.office.post import by_post
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, letters, staff, tasks
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.reading import reading
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.posting import RecordPosted
from compact_cases.rules.refusals import NotAllowed, NotFound


@dataclass(frozen=True)
class DoneBefore:
    """A task that a colleague has done, or, with no name, that is over by itself."""

    by: str | None
    at: datetime
    sentence: str


def task_done(premises: Premises, task: UUID, by: Visitor) -> bool:
    """False: it was done already, or is not there; either way nothing is left to do.

    Of a letter for the post it is the posting. A board chair may say it of a case that she looks after.
    """
    with reading(premises.engine) as conn:
        asked = tasks.get(conn, task)
        letter = letters.get(conn, asked.subject_id) if asked and asked.kind in by_post.KINDS else None
        row = case_summaries.find(conn, asked.case_id) if asked and asked.case_id else None
    by = _in_its_case(by, row)
    if not by.is_officer or by.staff_id is None:
        raise NotAllowed("This is for officers.")
    if row and not casebook.may_open(by, row):
        return False
    if asked and asked.done_at is None and letter and letter.case_id:
        posting = RecordPosted(letter.id, premises.clock.today())
        casebook.carry_out(premises, letter.case_id, posting, by=by)
        return True
    with premises.engine.begin() as conn:
        return tasks.done(conn, task, by.staff_id, premises.clock.now()) is not None


def done_before(premises: Premises, task_id: UUID, asks: Visitor) -> DoneBefore | None:
    """Who has done a task; None where it was whoever asks. Raises NotFound for no task."""
    with reading(premises.engine) as conn:
        task = tasks.get(conn, task_id)
        member = staff.by_id(conn, task.done_by) if task and task.done_by else None
        row = case_summaries.find(conn, task.case_id) if task and task.case_id else None
    asks = _in_its_case(asks, row)
    if task is None or not asks.is_officer or (row and not casebook.may_open(asks, row)):
        raise NotFound("There is no such task.")
    if task.done_at is None or (member and member.id == asks.staff_id):
        return None
    return DoneBefore(member.name if member else None, task.done_at, task.sentence)


def _in_its_case(visitor: Visitor, row: CaseRow | None) -> Visitor:
    return in_charge.in_case(visitor, row) if row else visitor
