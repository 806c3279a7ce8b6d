"""What the sweep changes in cases: the ends of pauses, and steps that change a case.

The logs of a batch are read together, each case is decided by itself, and all of it is written together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework import casebook, summarising, ticks
from compact_cases.office.casework.needs import now_for
from compact_cases.office.casework.steps import Decided, Sweeping
from compact_cases.office.post import by_post, chores, outbox
from compact_cases.records import case_summaries, event_log, ledger, letters, tasks
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow, Swept
from compact_cases.records.event_codec import UnknownEvent
from compact_cases.records.event_log import Append, RawEvent
from compact_cases.records.obligations import ObligationRow
from compact_cases.rules.acts import BY_EFFECT, Command, act_of, decide, notices_after
from compact_cases.rules.case import Case, evolve, replay
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.course import Key, Obligation, OwedTwice
from compact_cases.rules.events.enquiry import LastLetterSent
from compact_cases.rules.fast_track import to_ring_about
from compact_cases.rules.notices import Notice
from compact_cases.rules.obligations import StepDue
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.reminding import wait_for_step
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.working_days import LONDON

Doing = StepDue | EndPause


@dataclass
class _Change:
    """One case before and after; ``told`` is what somebody must hear.

    ``left`` is what could not be done, and ``why``; what stands before it is done all the same.
    """

    row: CaseRow
    rulebook: Rulebook
    before: Case
    case: Case
    appends: list[Append] = field(default_factory=list)
    told: list[tuple[int, Notice]] = field(default_factory=list)  # with the event's position
    done: list[StepDue] = field(default_factory=list)
    overtaken: list[StepDue] = field(default_factory=list)
    left: list[Doing] = field(default_factory=list)
    why: str = ""
    early: dict[Key, date] = field(
        default_factory=dict
    )  # of what was not refused: until when it is too early
    rings: bool = False  # the last letter has gone: somebody should ring
    rings_body: bool = False  # nobody has answered a hold request


def carry_out(conn: Connection, sweeping: Sweeping) -> dict[UUID, str]:
    """Carry out what a batch has decided, under its locks; why, for each case in which it could not be.

    What is refused stays unhandled and is tried again, after a wait that grows.
    """
    wanted = {one.row.case_id: one for one in sweeping.decided if one.pauses_over or one.effects}
    if not wanted:
        return {}
    rows, logs = case_summaries.by_ids(conn, wanted), event_log.raw_of(conn, wanted)
    changes = [
        _change(conn, sweeping, rows[case_id], logs[case_id], _steps(one)) for case_id, one in wanted.items()
    ]
    _write(conn, sweeping, changes)
    _tell(conn, sweeping, changes)
    return {one.row.case_id: one.why for one in changes if one.why}


def _change(
    conn: Connection, sweeping: Sweeping, row: CaseRow, log: Sequence[RawEvent], steps: Sequence[Doing]
) -> _Change:
    rulebook = sweeping.rulebook(conn, row)
    try:
        before = replay(event_log.history(log))
    except (UnknownEvent, OwedTwice) as problem:
        return _Change(row, rulebook, Case(), Case(), left=list(steps), why=str(problem))
    change = _Change(row, rulebook, before, before)
    for number, step in enumerate(steps):
        if isinstance(step, StepDue) and step.of in change.early:
            change.left.append(step)
            continue
        if isinstance(step, StepDue) and _is_overtaken(step, change):
            change.overtaken.append(step)
            continue
        try:
            _do(conn, sweeping, change, step)
        except NotYet as early:  # what else is due of this case does not wait for it
            change.left.append(step)
            if isinstance(step, StepDue):
                change.early[step.of] = early.until
        except (Refused, OwedTwice) as problem:  # one case that refuses must not stop the others
            change.left += steps[number:]
            change.why = str(problem)
            break
    return change


def _is_overtaken(step: StepDue, change: _Change) -> bool:
    """What was done just before has ended what it is about: nothing is left to do, and nobody is troubled."""
    was, is_now = (
        any(one.key == step.of and one.is_open for one in case.obligations)
        for case in (change.before, change.case)
    )
    return was and not is_now


def _do(conn: Connection, sweeping: Sweeping, change: _Change, step: Doing) -> None:
    command = step if isinstance(step, EndPause) else _command(step)
    at = casebook.case_time(sweeping.now, change.case)
    act, row = act_of(command), change.row
    now = now_for(conn, act, command, change.case, sweeping.now, change.rulebook, Seat.SYSTEM)
    events = decide(command, change.case, now)
    signature, after = casebook.signed(SYSTEM, command, change.case, row, at), change.case
    for event in events:
        after = evolve(after, event, at)
    if events:
        change.appends.append(Append(row.case_id, row.position, row.head, events, signature))
    change.case = after
    first = row.position + sum(len(one.events) for one in change.appends) - len(events) + 1
    change.told += [
        (position, notice)
        for position, event in enumerate(events, first)
        for notice in notices_after(event, change.case)
    ]
    change.rings = change.rings or any(isinstance(event, LastLetterSent) for event in events)
    change.rings_body = change.rings_body or any(map(to_ring_about, events))
    if isinstance(step, StepDue):
        change.done.append(step)


def _write(conn: Connection, sweeping: Sweeping, changes: Sequence[_Change]) -> None:
    heads = event_log.append_many(conn, [one for change in changes for one in change.appends])
    obligation_rows.save_all(
        conn,
        [
            (change.row.case_id, one)
            for change in changes
            for one in casebook.changed(change.before, change.case)
        ],
    )
    handled = [(change.row, step) for change in changes for step in change.done]
    overtaken = [(change.row, step) for change in changes for step in change.overtaken]
    ledger.add(conn, [sweeping.carried_out(*one) for one in handled])
    ledger.add(conn, [sweeping.overtaken(*one) for one in overtaken])
    marks = ((row.case_id, step.of, step.day) for row, step in (*handled, *overtaken))
    obligation_rows.mark_handled(conn, _latest(marks))
    obligation_rows.put_off(conn, _notes(sweeping, changes))
    owed = obligation_rows.open_of(conn, [change.row.case_id for change in changes])
    changed = [one for one in changes if one.appends]
    by_post.end_what_is_over(conn, {one.row.case_id: one.case for one in changed}, sweeping.now)
    casebook.save(conn, [(one.row, _row(sweeping, one, heads, owed)) for one in changed])
    case_summaries.set_swept(
        conn,
        [
            _looked_at(one.row, sweeping.tick(owed.get(one.row.case_id, ()), one.rulebook))
            for one in changes
            if not one.appends
        ],
    )


def _latest(marks: Iterable[tuple[UUID, Key, date]]) -> list[tuple[UUID, Key, date]]:
    """One mark an obligation, that of its last step."""
    return [(case, key, day) for (case, key), day in {(case, key): day for case, key, day in marks}.items()]


def _notes(sweeping: Sweeping, changes: Sequence[_Change]) -> list[ObligationRow]:
    """What was refused waits, longer each time; what is done after all waits no more."""
    owed = {one.row.case_id: one.owed for one in sweeping.decided}
    notes = []
    for change in changes:
        sweeping.counts["effects"] -= sum(isinstance(one, StepDue) for one in change.left)
        done = {step.of for step in change.done}
        for one in owed[change.row.case_id]:
            if any(_is_about(step, one.obligation) for step in change.left):
                notes.append(_put_off(sweeping, one, change.early.get(one.obligation.key)))
            elif one.again_at and one.obligation.key in done:
                notes.append(replace(one, tries=0, again_at=None))
    return notes


def _put_off(sweeping: Sweeping, one: ObligationRow, until: date | None) -> ObligationRow:
    """Until the day before which it is too early; where it was refused, longer each time."""
    if until:
        opens = datetime.combine(until, ticks.opens_at(sweeping.premises), LONDON)
        return replace(one, tries=0, again_at=opens)
    tries = one.tries + 1
    return replace(one, tries=tries, again_at=sweeping.now + wait_for_step(tries))


def _is_about(step: Doing, one: Obligation) -> bool:
    if isinstance(step, EndPause):
        return one.hold is not None and one.hold.pause == step.pause
    return step.of == one.key


def _looked_at(row: CaseRow, tick: datetime | None) -> Swept:
    """Nothing was appended: only when to look again is new."""
    return Swept(row.case_id, row.position, row.head, row.changed_at, row.first_on, tick)


def _row(
    sweeping: Sweeping,
    change: _Change,
    heads: Mapping[UUID, tuple[int, bytes]],
    owed: Mapping[UUID, Sequence[ObligationRow]],
) -> CaseRow:
    position, head = heads[change.row.case_id]
    rows = owed.get(change.row.case_id, ())
    handled, again = ticks.handled_to(rows), ticks.put_off_to(rows)
    tick = ticks.tick_of(sweeping.premises, change.case, handled, change.rulebook, again)
    return summarising.folded_into(replace(change.row, position=position, head=head), change.case, tick)


def _tell(conn: Connection, sweeping: Sweeping, changes: Sequence[_Change]) -> None:
    """No effect closes a case, so none concerns those whose concerns were merged into it."""
    filed, more_tasks = [], []
    for change in changes:
        for position, notice in change.told:
            made, more = outbox.letters_of(
                sweeping.premises,
                sweeping.book,
                change.row,
                notice,
                sweeping.now,
                change.rulebook.calendar,
                (change.row.case_id, position),
            )
            filed += made
            more_tasks += more
        if change.rings:
            raiser = sweeping.book.find(change.row, Seat.RAISER)
            by_phone = sweeping.book.can_be_rung(raiser)
            more_tasks += chores.to_ring(change.row, raiser, by_phone, sweeping.now)
        if change.rings_body:
            more_tasks.append(chores.ring_about_hold(change.row, sweeping.now))
    filed = outbox.each_once(filed, more_tasks)
    letters.file(conn, filed)
    by_post.overtake(conn, filed, sweeping.now)
    tasks.open_all(conn, more_tasks)


def _steps(decided: Decided) -> list[Doing]:
    """Pauses end first; then the effects in the order of their days."""
    pauses: list[Doing] = [EndPause(pause) for pause in decided.pauses_over]
    return pauses + sorted(decided.effects, key=lambda step: step.day)


def _command(step: StepDue) -> Command:
    act = BY_EFFECT.get(step.step.effect or "")
    if act is None:
        raise Refused(f"The procedure has a step {step.step.effect!r} that this version does not know.")
    of_one = {"item": step.item} if any(one.name == "item" for one in fields(act.command)) else {}
    command: Command = act.command(day=step.day, **of_one)
    return command
