"""Conflicts of interest: who is presumed to have one, and which cases wait for somebody who has none."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import case_summaries, event_log, interests, no_conflicts, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.staff import StaffMember
from compact_cases.rules.case import Case, replay
from compact_cases.rules.course import Stage
from compact_cases.rules.handling import PresumeConflict, barred_from
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.review import not_new_to_it
from compact_cases.rules.seats import Seat


def presumed_in(conn: Connection, case: Case) -> PresumeConflict | None:
    """What follows where whoever handles a case works for one of its parties: it goes to the next officer of
    the list who does not."""
    officer, barred = case.intake.officer, barred_from(case)
    if officer is None or case.is_closed or officer in case.handling.conflicted:
        return None
    members = staff.in_list_order(conn)
    theirs = interests.of_staff(conn, members)
    if theirs.get(officer, frozenset()).isdisjoint(barred):
        return None
    free = [one for one in members if theirs[one.id].isdisjoint(barred)]
    may = [one.id for one in _officers(free) if one.id not in not_new_to_it(case)]
    nobody = not may and all(one.role is not Seat.CHAIR for one in free)
    return PresumeConflict(officer, next(iter(may), None), nobody)


def left_to_nobody(conn: Connection) -> list[CaseRow]:
    """The open cases that neither an officer nor the board chair may handle."""
    return [row for row, free in _barring_somebody(conn) if not free]


def taken_in(conn: Connection, row: CaseRow) -> list[CaseRow]:
    """The cases that were merged into one; each raiser of theirs is asked and told by themselves."""
    case = event_log.folded_of(conn, [row.case_id])[row.case_id]
    found = case_summaries.by_ids(conn, case.closing.taken_in)
    return sorted(found.values(), key=lambda one: one.reference)


def waiting_for(conn: Connection, chair: UUID) -> list[CaseRow]:
    """The open cases that no officer may handle, and that this board chair may take over."""
    return [
        row
        for row, free in _barring_somebody(conn)
        if row.officer_id != chair and chair in {one.id for one in free} and not _officers(free)
    ]


def _barring_somebody(conn: Connection) -> list[tuple[CaseRow, list[StaffMember]]]:
    """Each open case from which somebody of the office is barred, with those who may take it."""
    members = staff.in_list_order(conn)
    workers = [one for one in members if one.works_on_cases or one.role is Seat.CHAIR]
    theirs = interests.of_staff(conn, workers)
    rows = case_summaries.barring(conn, frozenset().union(*theirs.values()))
    found = []
    for row in rows:
        free = [one for one in workers if theirs[one.id].isdisjoint(row.barred)]
        handled = _not_new_to(conn, row)
        found.append((row, [one for one in free if one.role is Seat.CHAIR or one.id not in handled]))
    return found


def _not_new_to(conn: Connection, row: CaseRow) -> frozenset[UUID | None]:
    if row.stage != Stage.SENIOR_REVIEW:
        return frozenset()
    return not_new_to_it(replay((one.event, one.at) for one in event_log.read(conn, row.case_id)))


def _officers(free: list[StaffMember]) -> list[StaffMember]:
    return [one for one in free if one.works_on_cases]


def declared_none(
    conn: Connection, case_id: UUID, before: Case, after: Case, by: Visitor, at: datetime
) -> None:
    """Whoever takes a case on says in that act that they have no conflict of interest."""
    if by.staff_id and before.intake.officer != after.intake.officer == by.staff_id:
        no_conflicts.add(conn, case_id, by.staff_id, at)
