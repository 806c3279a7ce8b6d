"""The officer's morning: one letter a working day with what waits for them, and none where nothing does.

What it says is worked out from the rows as they are, when it is decided and once more when it is sent: a
reminder is carried by every digest until its day has come, so no letter that is lost can lose one.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.post import holding, outbox
from compact_cases.office.post.addressees import Addressees
from compact_cases.office.premises import Premises
from compact_cases.office.registry import conflicts, library
from compact_cases.records import case_summaries, digests, letters, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.digests import Matter
from compact_cases.records.engines import is_cut_off
from compact_cases.records.letters import LetterRow
from compact_cases.rules.procedure import Procedure
from compact_cases.rules.seats import CASE_STAFF, RESPONDING, Seat
from compact_cases.rules.tasks import ALSO, group_of
from compact_cases.rules.working_days import Calendar

DIGEST = "digest"
SECTIONS = (
    *("nobody-left", "overdue", "today", "no-reply", "undelivered", "nobody", "by-hand"),
    *("pauses", "coming", "stuck", ALSO),
)
"""In the order of the letter."""
MOST_LINES = 12  # of a section; how many more there are is said
REMINDED_FROM, PAUSES_FROM, CLOSES_FROM = 10, 2, 5  # working days before
_OURS, _THEIRS = ({seat.value for seat in side} for side in (CASE_STAFF, RESPONDING))
Facts = Mapping[str, Any]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Line:
    section: str
    about: UUID | None
    facts: dict[str, Any]


def write_digests(premises: Premises) -> int:
    """File the letters of this day that are not decided yet; how many officers have one.

    Not before the window is open and the sweep is through what is due: it decides what a digest carries.
    """
    now = premises.clock.now()
    if holding.is_held(premises):
        return 0
    with premises.engine.connect() as conn:
        calendar = library.current_rulebook(conn).calendar
        early = outbox.window_after(premises, now, calendar) != now
        if early or case_summaries.due_ids(conn, now, 1):
            return 0
        done = digests.decided(conn, now.date())
        officers = Addressees(conn, [], now.date()).officers()
        others = _others(conn)
    here = [one for one in officers if not one.away_until] or officers
    due = [*((one.person_id, Seat.OFFICER) for one in here), *others]
    return sum(_tried(premises, one, seat, now) for one, seat in due if one not in done)


def _others(conn: Connection) -> list[tuple[UUID, Seat]]:
    """A board chair who looks after a case; and, as long as a case has nobody at all, the administrators."""
    listed = staff.in_list_order(conn)
    chairs = [one.id for one in listed if one.role is Seat.CHAIR and case_summaries.open_of(conn, one.id)]
    left = conflicts.left_to_nobody(conn)
    administrators = [one.id for one in listed if one.role is Seat.ADMINISTRATOR and left]
    return [
        *((one, Seat.CHAIR) for one in chairs),
        *((one, Seat.ADMINISTRATOR) for one in administrators),
    ]


def _tried(premises: Premises, officer: UUID, seat: Seat, now: datetime) -> bool:
    """One whose digest cannot be made keeps no colleague from theirs; it is tried at the next tick."""
    try:
        return _written(premises, officer, seat, now)
    except Exception as problem:
        if is_cut_off(problem):
            raise
        _log.error("the digest of officer %s cannot be made", officer, exc_info=problem)
        return False


def _written(premises: Premises, officer: UUID, seat: Seat, now: datetime) -> bool:
    """Decided for good, also where there is nothing to say; True where there is a letter."""
    day, letter_id = now.date(), new_id()
    with premises.engine.begin() as conn:
        sections = waits_for(conn, officer, day, seat)
        filed = letter_id if sections else None
        if not digests.decide(conn, officer, day, now, filed) or not sections:
            return False
        letter = LetterRow(
            id=letter_id,
            notice=DIGEST,
            case_id=None,
            person_kind="staff",
            person_id=officer,
            seat=seat.value,
            point_id=None,
            message_id=outbox.message_id(premises, DIGEST, officer, day),
            queued_at=now,
            not_before=now,
            facts={"day": day.isoformat()},
            chasing=True,  # bound to the window, as what it carries would be
        )
        letters.file(conn, [letter])
    return True


def as_it_is(conn: Connection, letter: LetterRow, today: date) -> Facts | None:
    """What a digest says as it leaves. None: nothing waits any more, or its day is over and has its own."""
    if letter.facts["day"] != today.isoformat():
        return None
    sections = waits_for(conn, letter.person_id, today, Seat(letter.seat))
    return {**letter.facts, "sections": sections} if sections else None


def waits_for(
    conn: Connection, officer: UUID, today: date, seat: Seat = Seat.OFFICER
) -> list[dict[str, Any]]:
    """The sections of one digest, without empty ones. References, stages, dates; no content.

    A board chair's has the cases alone that she looks after; an administrator's those that nobody may.
    """
    if seat is Seat.ADMINISTRATOR:
        return _left(conn)
    rulebook = library.current_rulebook(conn)
    calendar = rulebook.calendar
    lines = [*_owed(conn, calendar, today), *_closing(conn, calendar, today), *_tasks(conn)]
    rows = case_summaries.by_ids(conn, {one.about for one in lines if one.about})
    book = Addressees(conn, list(rows.values()), today)
    theirs = {case for case, row in rows.items() if _sits(book, row, officer)}
    of_no_case = seat is not Seat.CHAIR
    shown = [one for one in lines if (of_no_case if one.about is None else one.about in theirs)]
    return _sections(shown, rows, rulebook.procedure)


def _left(conn: Connection) -> list[dict[str, Any]]:
    left = [{"reference": row.reference, "task": "conflict"} for row in conflicts.left_to_nobody(conn)]
    return [{"name": "nobody-left", "lines": left[:MOST_LINES], "count": len(left)}] if left else []


def _sits(book: Addressees, row: CaseRow, officer: UUID) -> bool:
    """Whose case it is today: the absent one's is with who stands in, a case of nobody with the first."""
    who = book.find(row, Seat.OFFICER)
    return who is not None and who.person_id == officer


def _owed(conn: Connection, calendar: Calendar, today: date) -> Iterable[_Line]:
    soon, pauses_to = calendar.plus(today, REMINDED_FROM), calendar.plus(today, PAUSES_FROM)
    for one in digests.matters(conn, soon, pauses_to):
        day = one.due or one.pause_ends
        if day and (section := _section_of(one, calendar, today)):
            pause = {"pause": True} if one.due is None else {}
            yield _Line(section, one.case_id, {"obligation": one.obligation, "day": day.isoformat(), **pause})


def _section_of(one: Matter, calendar: Calendar, today: date) -> str | None:
    """None for what an officer need not hear of yet, or hears of in another way."""
    if one.due is None:
        return "pauses"
    if calendar.is_overdue(one.due, today):
        if one.obligation == "reflect":  # nobody is asked for an answer: it waits for the other side's days
            return None
        return "overdue" if one.owner in _OURS else "no-reply" if one.owner in _THEIRS else None
    if one.due <= today and one.owner in _OURS:
        return "today"
    return "coming" if one.told else None


def _closing(conn: Connection, calendar: Calendar, today: date) -> Iterable[_Line]:
    for case_id, closes_on in digests.closing_dates(conn, today, calendar.plus(today, CLOSES_FROM)):
        yield _Line("coming", case_id, {"day": closes_on.isoformat()})


def _tasks(conn: Connection) -> Iterable[_Line]:
    for one in digests.waiting_tasks(conn):
        yield _Line(group_of(one.kind), one.case_id, {"task": one.kind})


def _sections(
    lines: Iterable[_Line], rows: Mapping[UUID, CaseRow], procedure: Procedure
) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in lines:
        row = rows.get(one.about) if one.about else None
        place = {"reference": row.reference, "stage": procedure.stages.get(row.stage, "")} if row else {}
        found.setdefault(one.section, []).append({**place, **one.facts})
    return [
        {"name": name, "lines": found[name][:MOST_LINES], "count": len(found[name])}
        for name in SECTIONS
        if name in found
    ]
