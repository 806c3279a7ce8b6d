"""carry_out(): the one way a case changes. Lock, read, decide, append, save, tell: one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from compact_cases.office.casework import speakers
from compact_cases.office.casework.needs import folded, now_for
from compact_cases.office.casework.summarising import folded_into
from compact_cases.office.casework.ticks import tick_after
from compact_cases.office.identity import new_id
from compact_cases.office.post import by_post, chores, outbox
from compact_cases.office.post.addressees import Addressees
from compact_cases.office.premises import Premises
from compact_cases.office.registry import conflicts, library
from compact_cases.records import (
    bodies,
    case_summaries,
    case_words,
    event_log,
    reply_drafts,
    statements,
    tasks,
)
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_log import Append, Signature
from compact_cases.rules.acts import Command, act_of, behalf, decide, has_moved_on, notices_after
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.closing import SETTLES_NOTHING, notices_of_merged
from compact_cases.rules.course import Obligation
from compact_cases.rules.enquiry import reply_is_awaited
from compact_cases.rules.events import Event
from compact_cases.rules.events.board import AppealAnswered
from compact_cases.rules.events.handling import ConflictDeclared
from compact_cases.rules.events.intake import EnteredFromPaper, RespondentDivided
from compact_cases.rules.events.reopening import ReopeningAsked
from compact_cases.rules.fast_track import to_ring_about
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.handling import nobody_handles
from compact_cases.rules.notices import Notice
from compact_cases.rules.panel_access import sits_on_it
from compact_cases.rules.permissions import SYSTEM, Visitor
from compact_cases.rules.refusals import NO_CASE, NotAllowed, NotFound, OutOfDate
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import texts_in

MOST_TURNS = 20  # in which two cases that are mediated together catch up; four is usual


@dataclass(frozen=True)
class Done:
    """The case after an act, its summary row, and the events that the act added (none: nothing to do)."""

    case: Case
    row: CaseRow
    events: tuple[Event, ...]


def carry_out(
    premises: Premises,
    case: UUID | str,
    command: Command,
    *,
    by: Visitor,
    seen: int | None = None,
) -> Done:
    """Change one case. ``seen`` is the position that the visitor's page was made from.

    Raises Refused (the rules say no), NotAllowed, NotFound, and OutOfDate when ``seen`` is behind.
    """
    try:
        with premises.engine.begin() as conn:
            if act_of(command).half:
                return _carry_out_in_two(conn, premises, case, command, by=by, seen=seen)
            held = case_summaries.lock_with_partner(conn, case)
            done = carry_out_locked(conn, premises, case, command, by=by, seen=seen)
            return _with_partner(conn, premises, done, held)
    except IntegrityError as problem:
        if "case_events_pkey" not in str(problem.orig):
            raise
        raise OutOfDate(seen or 0, (seen or 0) + 1) from None


def carry_out_locked(
    conn: Connection,
    premises: Premises,
    case: UUID | str,
    command: Command,
    *,
    by: Visitor,
    seen: int | None = None,
) -> Done:
    """The same inside a transaction that is open already; it takes the lock of the case's row."""
    row = case_summaries.find(conn, case, locked=True)
    if row is None or not may_open(by, row):
        raise NotFound(NO_CASE)
    act = act_of(command)
    if by.seat not in act.by:
        raise NotAllowed("This is not for you to do in this case.")
    before = folded(conn, row.case_id)
    if seen is not None and has_moved_on(before, seen, act):
        raise OutOfDate(seen, row.position)
    rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
    sits_on_it(before, by)
    now = premises.clock.now()  # dates and letters go by it even where the log is ahead of it
    events = decide(
        command, before, now_for(conn, act, command, before, now, rulebook, by.seat, by.person_id)
    )
    if not events:
        return Done(before, row, ())
    at = case_time(now, before)
    statements.add(conn, row.concern_id, texts_in(command), at)
    speakers.keep(conn, row, command, at)
    after, new = append(conn, row, before, events, signed(by, command, before, row, at))
    conflicts.declared_none(conn, row.case_id, before, after, by, now)
    new = _saved(conn, premises, (row, new), before, after, events, rulebook, now)
    if reply_is_awaited(before) and not reply_is_awaited(after):
        reply_drafts.forget(conn, row.case_id)
    by_post.record(conn, premises, events, now, by.staff_id)
    _end_what_is_over(conn, new, after, now)
    if not any(isinstance(event, EnteredFromPaper) for event in events):  # both sides were told on paper
        tell(conn, premises, new, after, events, now, doer=by.staff_id or by.person_id)
    if new.barred != row.barred and (presumed := conflicts.presumed_in(conn, after)):
        then = carry_out_locked(conn, premises, row.case_id, presumed, by=SYSTEM)
        return Done(then.case, then.row, (*events, *then.events))
    return Done(after, new, tuple(events))


def _saved(
    conn: Connection,
    premises: Premises,
    rows: tuple[CaseRow, CaseRow],
    before: Case,
    after: Case,
    events: list[Event],
    rulebook: Rulebook,
    now: datetime,
) -> CaseRow:
    """What is owed, and the summary row, as the events made them; ``rows`` are the old and the new one."""
    row, new = rows
    if after.editions != before.editions:  # its next step is one of the edition that it has now
        rulebook = library.rulebook(conn, *after.editions)
    owed = obligation_rows.open_of(conn, [row.case_id]).get(row.case_id, [])
    obligation_rows.save(conn, row.case_id, changed(before, after))
    new = folded_into(new, after, tick_after(conn, premises, row, after, events, owed, rulebook, now))
    if after.intake.respondent != before.intake.respondent:
        new = _relabelled(conn, new)
    save(conn, [(row, new)])
    return new


def _carry_out_in_two(
    conn: Connection,
    premises: Premises,
    case: UUID | str,
    command: Command,
    *,
    by: Visitor,
    seen: int | None,
) -> Done:
    """An act that two cases record. Both rows are locked, in id order, before anything is decided.

    Which case a merge is undone from is read before that, and decided again under the locks.
    """
    row = case_summaries.find(conn, case)
    if row is None:
        raise NotFound(NO_CASE)
    act = act_of(command)
    other = act.other(command, folded(conn, row.case_id)) if act.other else None
    held = {one for one in (row.case_id, other, row.mediated_with) if one}
    if len(held) > 1:
        case_summaries.lock(conn, held)
    done = carry_out_locked(conn, premises, row.case_id, command, by=by, seen=seen)
    if other is not None and act.half and done.events:
        # a party has no say in the other case, and its log does not tell who they are
        half_by = by if by.is_officer else SYSTEM
        carry_out_locked(conn, premises, other, act.half(row.case_id, *act.passes(command)), by=half_by)
    return _with_partner(conn, premises, done, {row.mediated_with, done.row.mediated_with})


def _with_partner(conn: Connection, premises: Premises, done: Done, others: Iterable[UUID | None]) -> Done:
    """Where one mediation serves two cases, the other takes over what happened in this one, and back."""
    mine = done.row.case_id
    for other in {one for one in others if one and one != mine} if done.events else ():
        last = caught_up(conn, premises, other, mine).get(mine)
        done = replace(done, case=last.case, row=last.row) if last else done
    return done


def caught_up(conn: Connection, premises: Premises, case: UUID, source: UUID) -> dict[UUID, Done]:
    """``case`` takes over what happened in ``source``, then the other way round, until nothing is left."""
    changed: dict[UUID, Done] = {}
    quiet = 0
    for _ in range(MOST_TURNS):
        done = carry_out_locked(conn, premises, case, FollowMediation(source), by=SYSTEM)
        quiet = 0 if done.events else quiet + 1
        changed |= {case: done} if done.events else {}
        if quiet == 2:
            return changed
        case, source = source, case
    raise RuntimeError("two cases that are mediated together do not come to rest")


def read(premises: Premises, case_id: UUID) -> Case:
    """The case as its log makes it now."""
    with premises.engine.connect() as conn:
        return folded(conn, case_id)


def append(
    conn: Connection, row: CaseRow, before: Case, events: list[Event], signature: Signature
) -> tuple[Case, CaseRow]:
    """Add events to a case's log; returns the case after them and its row with the new head."""
    heads = event_log.append_many(conn, [Append(row.case_id, row.position, row.head, events, signature)])
    position, head = heads[row.case_id]
    after = before
    for event in events:
        after = evolve(after, event, signature.at)
    return after, replace(row, position=position, head=head)


def save(conn: Connection, summaries: Sequence[tuple[CaseRow, CaseRow]]) -> None:
    """Each as it was and as it is; what closed or opened again is searched among the others from now on."""
    case_summaries.save_all(conn, [new for _, new in summaries])
    turned = [new for old, new in summaries if (old.closed_at is None) != (new.closed_at is None)]
    case_words.set_open(conn, {one.case_id: one.closed_at is None for one in turned})


def tell(
    conn: Connection,
    premises: Premises,
    row: CaseRow,
    after: Case,
    events: list[Event],
    at: datetime,
    book: Addressees | None = None,
    doer: UUID | None = None,
) -> None:
    """File the letters that follow from the events of one act; ``book``, where its people are known.

    ``doer`` is whose act it was, who need not be told of it.
    """
    first = row.position - len(events) + 1
    told: list[tuple[outbox.Cause, Notice]] = [
        ((row.case_id, position), notice)
        for position, event in enumerate(events, first)
        for notice in notices_after(event, after)
    ]
    outbox.file_notices(conn, premises, row, told, at, book, doer)
    tasks.open_all(conn, [chores.ring_about_hold(row, at) for event in events if to_ring_about(event)])
    made = {type(event) for event in events}
    if made & {ReopeningAsked, AppealAnswered} and after.owed("reopen"):  # lists of open cases do not show it
        tasks.open_all(conn, [chores.to_answer(row, at)])
    if RespondentDivided in made:
        tasks.open_all(conn, [chores.to_choose(row, at)])
    if ConflictDeclared in made and nobody_handles(after):
        tasks.open_all(conn, [chores.nobody_handles(row, at)])
    of_merged = [notice for event in events for notice in notices_of_merged(event)]
    if after.closing.taken_in and of_merged:
        merged = list(case_summaries.by_ids(conn, after.closing.taken_in).values())
        for one in merged:
            cause = (row.case_id, row.position, one.case_id)
            outbox.file_notices(conn, premises, one, [(cause, notice) for notice in of_merged], at)
        if after.closing.outcome in SETTLES_NOTHING:
            chores.ask_about_merged(conn, row, merged, at)


def _end_what_is_over(conn: Connection, row: CaseRow, after: Case, at: datetime) -> None:
    """Before anybody is told of the act: what it makes needless is asked of no officer any more."""
    by_post.end_what_is_over(conn, {row.case_id: after}, at)
    if after.reopening.requests and after.owed("reopen") is None:
        tasks.end(conn, [row.case_id], ("reopen",), at)
    if after.intake.succeeded and not after.intake.heirs:
        tasks.end(conn, [row.case_id], ("successor",), at)
    if after.handling.conflicted and (after.is_closed or not nobody_handles(after)):
        tasks.end(conn, [row.case_id], ("conflict",), at)
    if after.is_closed:
        tasks.end_of_case(conn, row.case_id, ("phone", "no-contact"), at)
    elif after.enquiry.decision or after.fast_track.hold_answer:
        tasks.end(conn, [row.case_id], ("phone",), at)  # nobody need be rung about it


def may_open(visitor: Visitor, row: CaseRow) -> bool:
    """Whether this case is this visitor's to touch at all: officers any, the chair any without its content,
    but none in which they have a conflict of interest; the administrator one that nobody else may; parties
    their own."""
    if visitor.is_barred(row.barred):
        return False
    if visitor.is_officer:  # a board chair who looks after one case is let into no other
        return visitor.case_id in (None, row.case_id)
    if visitor.seat in (Seat.SYSTEM, Seat.CHAIR, Seat.ADMINISTRATOR):
        return True
    if visitor.seat is Seat.MEDIATOR:
        return visitor.case_id == row.case_id and visitor.person_id == row.mediator_id
    if visitor.is_raiser:
        return row.concern_id == visitor.concern_id or row.case_id == visitor.case_id
    return visitor.case_id == row.case_id and row.had_notice


def _relabelled(conn: Connection, row: CaseRow) -> CaseRow:
    """Once a body is matched, lists and searches show its name on the register."""
    body = bodies.get(conn, row.respondent_id) if row.respondent_id else None
    if body is None:
        return row
    case_words.add_more(conn, row.case_id, body.name)
    return replace(row, respondent_label=body.name)


def changed(before: Case, after: Case) -> list[Obligation]:
    old = set(before.obligations)
    return [one for one in after.obligations if one not in old]


def case_time(now: datetime, case: Case) -> datetime:
    """Never before the last event: position orders a case, but readers expect its instants in order.

    The last event may lie ahead, where a clock was wrong; nothing but the log goes by that.
    """
    return max(now, case.at) if case.at else now


def signed(by: Visitor, command: Command, case: Case, row: CaseRow, at: datetime) -> Signature:
    """Who gave an act, and for whom: an officer may give a party's."""
    parties = {Seat.RAISER: case.intake.raiser, Seat.CHAMPION: case.intake.respondent}
    seat = behalf(act_of(command), command, case) if by.is_officer else None
    for_whom = parties[seat] if seat else None
    return Signature(
        by.seat.value,
        by.staff_id or by.person_id,
        for_whom,
        new_id(),
        at,
        row.procedure_edition,
        row.calendar_edition,
    )
