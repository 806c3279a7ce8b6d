"""Is the record whole? Check every chain and seal; fold every log again and compare."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, Row

from compact_cases.office.casework import casebook, differences
from compact_cases.office.casework.labels import labels_of, respondents_of
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import (
    case_summaries,
    case_words,
    chain_heads,
    event_log,
    ledger,
    statements,
    strangers,
)
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_codec import UnknownEvent
from compact_cases.records.event_log import Recorded
from compact_cases.records.obligations import ObligationRow
from compact_cases.rules.case import Case, replay
from compact_cases.rules.course import Key, OwedTwice
from compact_cases.rules.statements import Sealed

Rows = Sequence[Row[tuple[object, ...]]]


@dataclass(frozen=True)
class Fault:
    """Something that does not hold: in which case, and one sentence on what."""

    case: str
    sentence: str


@dataclass(frozen=True)
class Checked:
    """How much was looked at, and what was found wrong."""

    cases: int
    events: int
    seals: int
    faults: tuple[Fault, ...]


def verify(premises: Premises) -> Checked:
    """Check every chain against its rows, every head against its summary, every seal against its text.

    A text that is gone without an erasure on record counts as tampering.
    """
    faults: list[Fault] = []
    cases = events = seals = 0
    with premises.engine.connect() as conn, premises.engine.connect() as side:
        names = _rows_by_id(side)
        for rows in event_log.logs(conn):
            cases, events = cases + 1, events + len(rows)
            row = names.pop(rows[0].case_id, None)
            name = row.reference if row else str(rows[0].case_id)
            found, checked = _check_case(side, name, rows, row)
            faults += found
            seals += checked
    faults += [Fault(row.reference, "The log of this case is missing.") for row in names.values()]
    return Checked(cases, events, seals, tuple(faults))


def _check_case(conn: Connection, name: str, rows: Rows, row: CaseRow | None) -> tuple[list[Fault], int]:
    if broken := event_log.broken_at(rows):
        return [Fault(name, f"The chain breaks at event {broken}: the log was changed.")], 0
    faults: list[Fault] = []
    if row is None:
        faults.append(Fault(name, "This log has no summary row."))
    elif (row.position, row.head) != (rows[-1].position, rows[-1].digest):
        faults.append(Fault(name, "The log does not end where the summary says it does."))
    try:
        sealed = [one for entry in rows for one in _seals(event_log.recorded(entry).event)]
    except UnknownEvent as unknown:
        return [*faults, Fault(name, str(unknown))], 0
    ids = [one.statement for one in sealed]
    kept, erased = statements.seals(conn, ids), statements.erased(conn, ids)
    for one in sealed:
        if one.statement in kept and kept[one.statement] != one.seal:
            faults.append(Fault(name, f"Statement {one.statement} is not the text that was sealed."))
        elif one.statement not in kept and one.statement not in erased:
            faults.append(Fault(name, f"Statement {one.statement} is missing, and no erasure is on record."))
    return faults, len(sealed)


def _seals(value: object) -> Iterator[Sealed]:
    """Every seal in an event, however deep."""
    if isinstance(value, Sealed):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _seals(one)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _seals(getattr(value, one.name))


def rebuild(premises: Premises, *, check: bool = False) -> Checked:
    """Fold every log again and compare with what is kept; without ``check``, mend what differs."""
    faults: list[Fault] = []
    cases = events = 0
    with premises.engine.connect() as conn:
        for rows in event_log.logs(conn):
            cases, events = cases + 1, events + len(rows)
            with premises.engine.begin() as side:
                faults += _rebuild_case(side, premises, rows, check=check)
    faults += _strangers(premises, check=check)
    return Checked(cases, events, 0, tuple(faults))


def _rebuild_case(conn: Connection, premises: Premises, rows: Rows, *, check: bool) -> list[Fault]:
    known = case_summaries.find(conn, rows[0].case_id, locked=True)
    if known is not None and known.position > rows[-1].position:  # the case went on while we were reading
        rows = event_log.raw(conn, known.case_id)
    try:
        entries = [event_log.recorded(row) for row in rows]
        case = replay((one.event, one.at) for one in entries)
    except (UnknownEvent, OwedTwice) as problem:
        name = known.reference if known else str(rows[0].case_id)
        return [Fault(name, f"This log cannot be folded: {problem}")]
    faults: list[Fault] = []
    if known is None:
        faults.append(Fault(case.intake.reference, "This log has no summary row."))
        if check:
            return faults
    kept = known or _summary_anew(conn, premises, entries[0], case)
    stored, handled = obligation_rows.of_case(conn, kept.case_id), ledger.handled_to(conn, kept.case_id)
    rulebook = library.rulebook(conn, kept.procedure_edition, kept.calendar_edition)
    tick = casebook.tick_of(premises, case, handled, rulebook, casebook.put_off_to(stored))
    folded = _as_the_log_says(casebook.folded_into(kept, case, tick), entries, case)
    if known is not None:
        now = premises.clock.now()
        faults += [Fault(kept.reference, one) for one in differences.of_summary(kept, folded, now)]
    faults += [Fault(kept.reference, one) for one in differences.of_obligations(case, stored, handled)]
    searched = case_words.is_open(conn, kept.case_id)
    if searched is not (folded.closed_at is None):
        faults.append(Fault(kept.reference, "A search does not find it where it belongs."))
    if faults and not check:
        case_summaries.give_back(conn, folded.case_id, folded.reference)
        if known:
            case_summaries.save_all(conn, [folded])
        else:
            case_summaries.add(conn, folded)
        _set_obligations(conn, kept.case_id, case, handled, stored)
        _set_words(conn, folded, entries, case, known=searched is not None)
    return faults


def _as_the_log_says(row: CaseRow, entries: Sequence[Recorded], case: Case) -> CaseRow:
    """What no later event changes either: the first one carries it."""
    part, last = case.intake, entries[-1]
    assert part.concern is not None  # noqa: S101 (every log begins with the concern)
    return replace(
        row,
        reference=part.reference,
        concern_id=part.concern,
        received_at=entries[0].at,
        procedure_edition=part.procedure,
        calendar_edition=part.calendar,
        position=last.position,
        head=last.digest,
    )


def _strangers(premises: Premises, *, check: bool) -> list[Fault]:
    """Rows of cases of which there is no log at all: named, and taken out."""
    with premises.engine.begin() as conn:
        found = strangers.found(conn)
        if not check:
            strangers.remove(conn)
    return [Fault(name, f"It has {rows}, and no log knows of such a case.") for name, rows in found]


def _summary_anew(conn: Connection, premises: Premises, first: Recorded, case: Case) -> CaseRow:
    """From the log and the rows that it names, and from nothing else; the fold then fills it."""
    part = case.intake
    assert part.concern is not None  # noqa: S101 (every log begins with the concern)
    labels, editions = labels_of(conn, premises, case), (part.procedure, part.calendar)
    return CaseRow.blank(first.case_id, part.reference, part.concern, labels, editions, first.at)


def _set_words(
    conn: Connection, row: CaseRow, entries: Sequence[Recorded], case: Case, *, known: bool
) -> None:
    """Search words are found again in the summary, the names of the respondent, and the account, unless that
    was erased."""
    if known:
        case_words.set_open(conn, {row.case_id: row.closed_at is None})
        return
    ids = [case.intake.account.statement] if case.intake.account else []
    account = [one.text for one in statements.get(conn, ids).values()]
    told = " ".join([*respondents_of(conn, entries), *account])
    case_words.add(conn, row.case_id, casebook.found_by(row, told), is_open=row.closed_at is None)


def _set_obligations(
    conn: Connection, case_id: UUID, case: Case, handled: Mapping[Key, date], stored: Iterable[ObligationRow]
) -> None:
    """How far the sweep has come with each stands in the ledger, so that nothing of it is done twice."""
    obligation_rows.remove(conn, case_id)
    obligation_rows.add(conn, case_id, case.obligations)
    owed = [one.key for one in case.obligations if one.key in handled]
    obligation_rows.mark_handled(conn, [(case_id, key, handled[key]) for key in owed])
    obligation_rows.put_off(conn, [one for one in stored if one.again_at])


def keep_heads(premises: Premises) -> None:
    """Note today's count and digest of all heads, so that a log cut short later can be told."""
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        digest, count = hashlib.sha256(), 0
        for row in sorted(_rows_by_id(conn).values(), key=lambda one: one.case_id):
            digest.update(row.case_id.bytes + row.head)
            count += 1
        chain_heads.keep(conn, now.date(), count, digest.digest(), now)


def _rows_by_id(conn: Connection) -> dict[UUID, CaseRow]:
    return {row.case_id: row for row in case_summaries.every(conn)}
