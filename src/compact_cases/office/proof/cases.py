"""Cases as they are checked: each chain against its rows, each seal, the summary, the dates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.proof.findings import Checked, Fault
from compact_cases.records import case_summaries, event_log, heads, statements
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_codec import UnknownEvent
from compact_cases.records.event_log import RawEvent
from compact_cases.rules.case import Case, replay
from compact_cases.rules.course import OwedTwice
from compact_cases.rules.statements import Sealed
from compact_cases.settings import OFFICE_ZONE

LATE = timedelta(days=1)  # what was begun before a head may commit after it, and stand in the next


@dataclass(frozen=True)
class Floors:
    """Before which day nothing of a head should be dated; ``now``: nothing that no head covers yet."""

    of_head: Mapping[int, date]
    now: date | None


def check_next(
    conn: Connection, after: UUID | None, floors: Floors, limit: int
) -> tuple[UUID | None, Checked]:
    """The next cases after an id, in one snapshot; the last one's id, None when there are no more."""
    ids = event_log.ids_after(conn, after, limit)
    last = ids[-1] if len(ids) == limit else None
    logs, rows = event_log.whole_of(conn, ids), case_summaries.between(conn, after, last)
    covered = heads.covered(conn, ids)
    found = Checked()
    for case_id, log in logs.items():
        row = rows.pop(case_id, None)
        dated = _floors_of(log, covered.get(str(case_id), []), floors)
        found = found.plus(_check(conn, log, row, dated))
    missing = [Fault(row.reference, "The log of this case is missing.") for row in rows.values()]
    return last, found.plus(Checked(faults=tuple(missing)))


def _check(
    conn: Connection, log: Sequence[RawEvent], row: CaseRow | None, dated: Sequence[date | None]
) -> Checked:
    name = row.reference if row else str(log[0].case_id)
    if broken := event_log.broken_at(log):
        fault = Fault(name, f"The chain breaks at event {broken}: the log was changed.")
        return Checked(1, len(log), 0, (fault,))
    faults = [*_dated_back(log, dated)]
    try:
        case = replay(event_log.history(log))
        sealed = [one for entry in log for one in _seals(event_log.recorded(entry).event)]
        faults += [*_summary(log, row, case), *_texts(conn, sealed)]
    except (UnknownEvent, OwedTwice) as problem:
        sealed = []
        faults += [*_summary(log, row, None), str(problem)]
    return Checked(1, len(log), len(sealed), tuple(Fault(name, one) for one in faults))


def _summary(log: Sequence[RawEvent], row: CaseRow | None, case: Case | None) -> Iterator[str]:
    """Its place in the log, and what says which case it is and who may know whose it is."""
    if row is None:
        yield "This log has no summary row."
        return
    if (row.position, row.head) != (log[-1].position, log[-1].digest):
        yield "The log does not end where the summary says it does."
    if case is None:
        return
    part = case.intake
    if part.reference != row.reference:
        yield f"By its log this is {part.reference}."
    if part.confidentiality.value != row.confidentiality:
        yield f"The summary says that it is {row.confidentiality}, its log {part.confidentiality.value}."


def _texts(conn: Connection, sealed: Sequence[Sealed]) -> Iterator[str]:
    """A text that is gone without an erasure on record counts as tampering."""
    ids = [one.statement for one in sealed]
    kept, erased = statements.seals(conn, ids), statements.erased(conn, ids)
    for one in sealed:
        if one.statement in kept and kept[one.statement] != one.seal:
            yield f"Statement {one.statement} is not the text that was sealed."
        elif one.statement not in kept and one.statement not in erased:
            yield f"Statement {one.statement} is missing, and no erasure is on record."


def _dated_back(log: Sequence[RawEvent], dated: Sequence[date | None]) -> Iterator[str]:
    for row, floor in zip(log, dated, strict=True):
        day = row.at.astimezone(OFFICE_ZONE).date()
        if floor and day < floor - LATE:
            yield (
                f"Event {row.position} is dated {_in_words(day)}, and the head of {_in_words(floor)} does not"
                " know it: it was dated back, or a clock was wrong."
            )


def _floors_of(
    log: Sequence[RawEvent], covered: Sequence[tuple[int, int]], floors: Floors
) -> list[date | None]:
    """For each event that of the first head which covers it."""
    found = []
    for row in log:
        own = next((head for position, head in covered if position >= row.position), None)
        found.append(floors.now if own is None else floors.of_head.get(own))
    return found


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


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
