"""The sweep: what is due in which case, decided from obligation rows and written in bulk, in one transaction.

Cases are taken by ``next_tick``; what another worker holds is passed over. Only an escalation appends an
event here; the steps that change a case, and the ends of pauses, are ``office/effects.py``.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.clock import machine_seconds
from compact_cases.office.casework import effects, summarising, together
from compact_cases.office.casework.steps import Decided, Sweeping
from compact_cases.office.identity import new_id
from compact_cases.office.post import by_post, holding
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, event_log, ledger, letters, tasks
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.case_summaries import Swept as SweptRow
from compact_cases.records.engines import is_cut_off
from compact_cases.records.event_log import Append, Signature
from compact_cases.records.rows import look_up_by_key
from compact_cases.records.tasks import Task
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reminding import pauses_over, plan_of
from compact_cases.rules.seats import Seat

BATCH = 500  # locked together, for a quarter of a second; where each has an effect, for one
MOST_IN_A_DRY_RUN = 20_000
STUCK_FOR = timedelta(hours=1), timedelta(days=1)
UNDECIDED = "could not be decided"
_log = logging.getLogger(__name__)


@dataclass
class Swept:
    """What a pass over the due cases did; ``skipped`` counts what made no letter, by reason."""

    cases: int = 0
    reminders: int = 0
    escalations: int = 0
    effects: int = 0
    superseded: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def add(self, counts: Counter[str], cases: int) -> None:
        self.cases += cases
        for name, count in counts.items():
            if name in ("reminders", "escalations", "effects", "superseded"):
                setattr(self, name, getattr(self, name) + count)
            else:
                self.skipped[name] = self.skipped.get(name, 0) + count


def sweep_until_done(premises: Premises) -> Swept:
    """What the worker runs at every tick."""
    return sweep(premises)


def sweep(
    premises: Premises, *, dry_run: bool = False, seconds: float = 60, though_held: bool = False
) -> Swept:
    """Handle every due case, batch by batch, until none is left or ``seconds`` are over.

    A dry run says what would be done, and writes nothing. While the post is held nothing is done.
    """
    if dry_run:
        return _looked_over(premises)
    if not though_held and holding.is_held(premises):
        return Swept()
    swept, until = Swept(), machine_seconds() + seconds
    while machine_seconds() < until:
        try:
            with premises.engine.begin() as conn:
                counts, cases = _sweep_batch(conn, premises)
        except Exception as problem:  # whatever it is, one case must not stop all others
            if is_cut_off(problem):
                raise
            counts, cases = _one_by_one(premises)
        swept.add(counts, cases)
        if not cases:
            break
    together.catch_up(premises)
    return swept


def _looked_over(premises: Premises) -> Swept:
    """What a sweep would do; where a case cannot be looked at with the others, each is by itself."""
    swept, now = Swept(), premises.clock.now()
    with premises.engine.connect() as conn:
        due = case_summaries.due_ids(conn, now, MOST_IN_A_DRY_RUN)
        try:
            rows = case_summaries.due_for_sweep(conn, now, MOST_IN_A_DRY_RUN, locked=False)
            swept.add(_decide(conn, premises, rows, now).counts, len(rows))
        except Exception as problem:
            if is_cut_off(problem):
                raise
            conn.rollback()
            for case_id in due:
                swept.add(_looked_at(conn, premises, case_id, now), 1)
    return swept


def _looked_at(conn: Connection, premises: Premises, case_id: UUID, now: datetime) -> Counter[str]:
    try:
        rows = case_summaries.due_for_sweep(conn, now, 1, locked=False, only=case_id)
        return _decide(conn, premises, rows, now).counts
    except Exception as problem:
        if is_cut_off(problem):
            raise
        conn.rollback()
        return Counter({UNDECIDED: 1})


def _one_by_one(premises: Premises) -> tuple[Counter[str], int]:
    """The same cases, each in a transaction of its own; the one that breaks is set aside."""
    counts: Counter[str] = Counter()
    with premises.engine.connect() as conn:
        due = case_summaries.due_ids(conn, premises.clock.now(), BATCH)
    for case_id in due:
        try:
            with premises.engine.begin() as conn:
                counts += _sweep_batch(conn, premises, only=case_id)[0]
        except Exception as problem:
            if is_cut_off(problem):
                raise
            counts[UNDECIDED] += 1
            _log.error("case %s cannot be swept", case_id, exc_info=problem)
            with premises.engine.begin() as conn:
                reference = case_summaries.references(conn, [case_id])[case_id]
                sentence = (
                    f"What is due in {reference} cannot be worked ({type(problem).__name__}). It is tried"
                    " again; compact-cases verify and rebuild --check may say why."
                )
                _set_aside_case(conn, case_id, sentence, premises.clock.now())
    return counts, len(due)


def _sweep_batch(
    conn: Connection, premises: Premises, *, only: UUID | None = None
) -> tuple[Counter[str], int]:
    now = premises.clock.now()
    look_up_by_key(conn)
    rows = case_summaries.due_for_sweep(conn, now, BATCH, only=only)
    if not rows:
        return Counter(), 0
    sweeping = _decide(conn, premises, rows, now)
    _write(conn, sweeping)
    if refused := effects.carry_out(conn, sweeping):
        _set_aside(conn, sweeping, refused)
    return sweeping.counts, len(rows)


def _decide(conn: Connection, premises: Premises, rows: list[CaseRow], now: datetime) -> Sweeping:
    """Look at each case; nothing is written yet."""
    sweeping = Sweeping.begin(conn, premises, rows, now)
    owed = obligation_rows.open_of(conn, [row.case_id for row in rows])
    unposted = by_post.waiting(conn, owed)
    for row in rows:
        obligations = owed.get(row.case_id, [])
        try:
            rulebook = sweeping.rulebook(conn, row)
            if row.case_id in unposted:
                obligations = sweeping.without_unposted(row, obligations, unposted[row.case_id], rulebook)
            obligations = sweeping.without_asked(obligations, rulebook)
            ready = [one for one in obligations if one.again_at is None or one.again_at <= now]
            plans = [plan_of(one.obligation, one.handled_to, now, rulebook) for one in ready]
            over = pauses_over((one.obligation for one in ready), now.date())
            sweeping.take(row, obligations, [plan for plan in plans if plan], over, rulebook)
        except Refused as problem:  # a calendar that ends, an obligation that its edition does not know
            sweeping.set_aside(row, str(problem))
    return sweeping


def _write(conn: Connection, sweeping: Sweeping) -> None:
    """The ledger first: a step that stands there already makes no second letter. Then the rest, in bulk."""
    added = ledger.add(conn, sweeping.ledger)
    carried = {row.letter_id: row.id for row in sweeping.ledger if row.id in added and row.letter_id}
    letters.file(
        conn,
        [
            one if one.ledger_id in added else replace(one, ledger_id=carried[one.id])
            for one in sweeping.letters
            if one.id in carried
        ],
    )
    letters.add_facts(conn, [one for one in sweeping.joined if one.id in carried])
    by_post.overtake(conn, [one for one in sweeping.letters if one.id in carried], sweeping.now)
    tasks.open_all(conn, sweeping.tasks)
    obligation_rows.put_off(conn, sweeping.put_off)
    heads = event_log.append_many(
        conn, [_append(sweeping.now, one) for one in sweeping.decided if one.events]
    )
    obligation_rows.mark_handled(conn, [mark for one in sweeping.decided for mark in one.handled])
    case_summaries.set_swept(conn, [_swept(sweeping.now, one, heads) for one in sweeping.decided])
    for row, sentence in sweeping.stuck:
        _log.error("case %s cannot be swept", row.case_id)
        _set_aside_case(conn, row.case_id, sentence, sweeping.now)


def _set_aside(conn: Connection, sweeping: Sweeping, refused: Mapping[UUID, str]) -> None:
    """Cases in which a step could not be carried out yet; the officers hear of it."""
    for case_id, row in case_summaries.by_ids(conn, refused).items():
        sentence = f"A step of {row.reference} could not be carried out. {refused[case_id]}"
        tasks.open_all(conn, [sweeping.task(row, "stuck", sentence)])
        _log.error("a step of case %s was refused", case_id)
    sweeping.counts["could not be carried out"] += len(refused)


def _append(now: datetime, decided: Decided) -> Append:
    row = decided.row
    editions = (row.procedure_edition, row.calendar_edition)
    signature = Signature(Seat.SYSTEM.value, None, None, new_id(), max(now, row.changed_at), *editions)
    return Append(row.case_id, row.position, row.head, decided.events, signature)


def _swept(now: datetime, decided: Decided, heads: Mapping[UUID, tuple[int, bytes]]) -> SweptRow:
    row = decided.row
    position, head = heads.get(row.case_id, (row.position, row.head))
    changed_at = max(now, row.changed_at) if decided.events else row.changed_at
    first_on = row.first_on
    if decided.events:
        is_closed = row.closed_at is not None
        first_on = summarising.first_on(row.next_due, row.closes_on, changed_at, is_closed)
    return SweptRow(row.case_id, position, head, changed_at, first_on, decided.tick)


def _set_aside_case(conn: Connection, case_id: UUID, sentence: str, now: datetime) -> None:
    """The officers hear of it. It is looked at again after as long as it has been so, an hour to a day."""
    since = tasks.waiting_since(conn, "stuck", case_id) or now
    wait = min(max(now - since, STUCK_FOR[0]), STUCK_FOR[1])
    tasks.open_all(conn, [Task(new_id(), case_id, "stuck", case_id, now.date(), sentence, now)])
    case_summaries.look_again(conn, case_id, now + wait)
