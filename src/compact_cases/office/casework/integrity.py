"""Is what is kept beside the logs as they say? Fold every log again, compare, and mend."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, Row

from compact_cases.office.casework import differences, summarising, ticks
from compact_cases.office.casework.labels import labels_of, respondents_of, seen_at_once
from compact_cases.office.premises import Premises
from compact_cases.office.proof.findings import Checked, Fault
from compact_cases.office.proof.verification import verify
from compact_cases.office.registry import library
from compact_cases.records import (
    case_summaries,
    case_words,
    event_log,
    ledger,
    people,
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

__all__ = ["Checked", "Fault", "rebuild", "verify"]
Rows = Sequence[Row[tuple[object, ...]]]


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
    rulebook = library.rulebook(conn, *case.editions)
    tick = ticks.tick_of(premises, case, handled, rulebook, ticks.put_off_to(stored))
    folded = _as_the_log_says(summarising.folded_into(kept, case, tick), entries, case)
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
        procedure_edition=case.editions[0],
        calendar_edition=case.editions[1],
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
    labels, editions = labels_of(conn, premises, case), case.editions
    row = CaseRow.blank(first.case_id, part.reference, part.concern, labels, editions, first.at)
    return replace(row, tags=seen_at_once(conn, case))


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
    named = people.words_of(conn, row.concern_id)
    told = " ".join([*respondents_of(conn, entries), *account, *named])
    case_words.add(conn, row.case_id, summarising.found_by(row, told), is_open=row.closed_at is None)


def _set_obligations(
    conn: Connection, case_id: UUID, case: Case, handled: Mapping[Key, date], stored: Iterable[ObligationRow]
) -> None:
    """How far the sweep has come with each stands in the ledger, so that nothing of it is done twice."""
    obligation_rows.remove(conn, case_id)
    obligation_rows.add(conn, case_id, case.obligations)
    owed = [one.key for one in case.obligations if one.key in handled]
    obligation_rows.mark_handled(conn, [(case_id, key, handled[key]) for key in owed])
    obligation_rows.put_off(conn, [one for one in stored if one.again_at])
