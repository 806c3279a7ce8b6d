"""The letters that take heads out of reach: each day to the archive address, each month to the chair."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.post import outbox
from compact_cases.office.post.addressees import Addressees
from compact_cases.office.premises import Premises
from compact_cases.records import heads as records
from compact_cases.records import letters
from compact_cases.records.heads import ARCHIVE, CHAIR
from compact_cases.records.letters import LetterRow
from compact_cases.rules.heads import Head
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE

MOST = 60  # heads in one letter: where more have not gone out, the newest hold the others


def file_letters(conn: Connection, premises: Premises) -> None:
    """A head whose letter failed counts as one that did not go; the next day's letter takes it along."""
    now = premises.clock.now()
    if premises.settings.office.archive and not _filed_today(conn, ARCHIVE, now):
        waiting = records.not_underway(conn, ARCHIVE)[-MOST:]
        _file(conn, premises, ARCHIVE, waiting, "archive", UUID(int=0), Seat.ARCHIVE)
    if not _chair_has_had_one(conn, now):
        latest = records.not_underway(conn, CHAIR)[-1:]  # it holds all the earlier ones
        chair = Addressees(conn, [], now.date()).chair()
        if chair:
            _file(conn, premises, CHAIR, latest, chair.kind, chair.person_id, Seat.CHAIR)


def _chair_has_had_one(conn: Connection, now: datetime) -> bool:
    """This month; one that failed today is left till tomorrow."""
    filed = records.last_filed(conn, CHAIR, failed_too=False)
    local = filed.astimezone(OFFICE_ZONE) if filed else None
    this_month = local is not None and (local.year, local.month) == (now.year, now.month)
    return this_month or _filed_today(conn, CHAIR, now)


def _filed_today(conn: Connection, goes_to: str, now: datetime) -> bool:
    filed = records.last_filed(conn, goes_to)
    return filed is not None and filed.astimezone(OFFICE_ZONE).date() == now.date()


def _file(
    conn: Connection,
    premises: Premises,
    goes_to: str,
    numbers: Sequence[int],
    kind: str,
    person: UUID,
    seat: Seat,
) -> None:
    if not numbers:
        return
    heads = [head for number in numbers if (head := records.get(conn, number))]
    now = premises.clock.now()
    letter = LetterRow(
        id=new_id(),
        notice="head",
        case_id=None,
        person_kind=kind,
        person_id=person,
        seat=seat.value,
        point_id=None,
        message_id=outbox.message_id(premises),
        queued_at=now,
        not_before=now,
        facts=_facts(heads),
    )
    letters.file(conn, [letter])
    records.taken_by(conn, letter.id, [one.number for one in heads], goes_to)


def _facts(heads: Sequence[Head]) -> dict[str, object]:
    last = heads[-1]
    return {"number": last.number, "written": last.day.isoformat(), "heads": [one.words for one in heads]}
