"""Of a case that was kept on paper so far: no step of its past is told to anybody."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.records import ledger
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.ledger import NOBODY, LedgerRow
from compact_cases.records.obligations import ObligationRow
from compact_cases.rules.case import Case
from compact_cases.rules.course import Key, Obligation
from compact_cases.rules.obligations import StepDue, due_steps
from compact_cases.rules.rulebook import Rulebook, StepKind


def nothing_is_chased(
    conn: Connection,
    row: CaseRow,
    after: Case,
    before: Mapping[Key, date | None],
    rulebook: Rulebook,
    now: datetime,
    again: datetime,
) -> tuple[dict[Key, date | None], dict[Key, datetime]]:
    """The past steps stand in the ledger as passed over; to which day each obligation is handled.

    What changes a case, such as that no reply is recorded, waits until ``again``, the next working morning,
    so that an officer has the day to write down what came.
    """
    handled: dict[Key, date | None] = {}
    waits: dict[Key, datetime] = {}
    passed: list[LedgerRow] = []
    for one in after.obligations:  # what is only watched as well
        steps = due_steps(one, before.get(one.key), now, rulebook)
        told = list(_before_an_effect(steps))
        passed += [_passed(row, step, now) for step in told]
        if told:
            handled[one.key] = told[-1].day
        if len(told) < len(steps):
            waits[one.key] = again
    ledger.add(conn, passed)
    obligation_rows.mark_handled(conn, [(row.case_id, key, day) for key, day in handled.items() if day])
    obligation_rows.put_off(
        conn, [_put_off(row, one, waits) for one in after.obligations if one.key in waits]
    )
    return handled, waits


def _before_an_effect(steps: list[StepDue]) -> Iterator[StepDue]:
    for one in steps:
        if one.step.kind is StepKind.EFFECT:
            return
        yield one


def _put_off(row: CaseRow, one: Obligation, waits: dict[Key, datetime]) -> ObligationRow:
    return ObligationRow(row.case_id, one, None, again_at=waits[one.key])


def _passed(row: CaseRow, due: StepDue, now: datetime) -> LedgerRow:
    return LedgerRow(
        new_id(),
        row.case_id,
        due.obligation,
        due.item,
        due.cycle,
        due.key,
        due.day,
        NOBODY,
        due.step.to.value,
        "superseded",
        now,
    )
