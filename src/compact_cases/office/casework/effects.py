"""What the sweep changes in cases: the ends of pauses, and steps that change a case.

The logs of a batch are read together, each case is decided by itself, and all of it is written together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework import casebook
from compact_cases.office.casework.steps import Decided, Sweeping
from compact_cases.office.post import outbox
from compact_cases.records import case_summaries, event_log, letters, tasks
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_codec import UnknownEvent
from compact_cases.records.event_log import Append, RawEvent
from compact_cases.rules.act import Now
from compact_cases.rules.acts import BY_EFFECT, Command, act_of, decide, notices_after
from compact_cases.rules.case import Case, evolve, replay
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.course import OwedTwice
from compact_cases.rules.events.enquiry import LastLetterSent
from compact_cases.rules.notices import Notice
from compact_cases.rules.obligations import StepDue
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook


@dataclass
class _Change:
    """One case before and after; ``told`` is what somebody must hear, and of when."""

    row: CaseRow
    rulebook: Rulebook
    before: Case
    case: Case
    appends: list[Append]
    told: list[tuple[Notice, datetime]]
    rings: bool  # the last letter has gone: somebody should ring


def carry_out(conn: Connection, sweeping: Sweeping) -> dict[UUID, str]:
    """Carry out what a batch has decided, under its locks; why, for each case in which it could not be."""
    wanted = {one.row.case_id: _commands(one) for one in sweeping.decided if one.pauses_over or one.effects}
    if not wanted:
        return {}
    rows, logs = case_summaries.by_ids(conn, wanted), event_log.raw_of(conn, wanted)
    changes: list[_Change] = []
    refused: dict[UUID, str] = {}
    for case_id, steps in wanted.items():
        row = rows[case_id]
        try:
            changes.append(_change(sweeping, row, logs[case_id], steps, sweeping.rulebook(conn, row)))
        except (Refused, UnknownEvent, OwedTwice) as problem:  # one case must not stop the others
            refused[case_id] = str(problem)
    _write(conn, sweeping, changes)
    return refused


def _change(
    sweeping: Sweeping,
    row: CaseRow,
    log: Sequence[RawEvent],
    steps: Sequence[StepDue | EndPause],
    rulebook: Rulebook,
) -> _Change:
    before = replay(event_log.history(log))
    change = _Change(row, rulebook, before, before, [], [], rings=False)
    for step in steps:
        command = step if isinstance(step, EndPause) else _command(step)
        at = casebook.case_time(sweeping.premises, change.case)
        events = decide(command, change.case, Now(at, rulebook))
        signature = casebook.signed(SYSTEM, act_of(command), change.case, row, at)
        change.appends.append(Append(row.case_id, row.position, row.head, events, signature))
        for event in events:
            change.case = evolve(change.case, event, at)
        change.told += [(notice, at) for event in events for notice in notices_after(event, change.case)]
        change.rings = change.rings or any(isinstance(event, LastLetterSent) for event in events)
    return change


def _write(conn: Connection, sweeping: Sweeping, changes: Sequence[_Change]) -> None:
    heads = event_log.append_many(conn, [one for change in changes for one in change.appends])
    owed = obligation_rows.open_of(conn, [change.row.case_id for change in changes])
    obligation_rows.save_all(
        conn,
        [
            (change.row.case_id, one)
            for change in changes
            for one in casebook.changed(change.before, change.case)
        ],
    )
    casebook.save(conn, [(one.row, _row(sweeping, one, heads, owed)) for one in changes])
    _tell(conn, sweeping, changes)


def _row(
    sweeping: Sweeping,
    change: _Change,
    heads: Mapping[UUID, tuple[int, bytes]],
    owed: Mapping[UUID, Sequence[obligation_rows.ObligationRow]],
) -> CaseRow:
    position, head = heads[change.row.case_id]
    handled = casebook.handled_to(owed.get(change.row.case_id, ()))
    tick = casebook.tick_of(sweeping.premises, change.case, handled, change.rulebook)
    return casebook.folded_into(replace(change.row, position=position, head=head), change.case, tick)


def _tell(conn: Connection, sweeping: Sweeping, changes: Sequence[_Change]) -> None:
    """No effect closes a case, so none concerns those whose concerns were merged into it."""
    filed, chores = [], []
    for change in changes:
        for notice, at in change.told:
            made, more = outbox.letters_of(
                sweeping.premises, sweeping.book, change.row, notice, at, change.rulebook.calendar
            )
            filed += made
            chores += more
        if change.rings:
            reference = change.row.reference
            sentence = (
                f"Ring the raiser in {reference}: the last letter has gone, and no decision is recorded."
            )
            chores.append(sweeping.task(change.row, "phone", sentence))
    letters.file(conn, filed)
    tasks.open_all(conn, chores)


def _commands(decided: Decided) -> list[StepDue | EndPause]:
    """Pauses end first; then the effects in the order of their days."""
    pauses: list[StepDue | EndPause] = [EndPause(pause) for pause in decided.pauses_over]
    return pauses + sorted(decided.effects, key=lambda step: step.day)


def _command(step: StepDue) -> Command:
    act = BY_EFFECT.get(step.step.effect or "")
    if act is None:
        raise Refused(f"The procedure has a step {step.step.effect!r} that this version does not know.")
    command: Command = act.command(step.day)
    return command
