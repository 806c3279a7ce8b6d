"""Letters: notice, case, person, contact point, Message-ID, state; the text as sent in a row of its own."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
)

from compact_cases.records.ready import Ask, Ready
from compact_cases.records.rows import OF_IDS, id_list, insert_rows, update_rows
from compact_cases.records.tables import metadata

INSTANT = DateTime(timezone=True)

letters = Table(
    "letters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("notice", Text),
    Column("case_id", Uuid),
    Column("person_kind", Text),
    Column("person_id", Uuid),
    Column("seat", Text),
    Column("point_id", Uuid),
    Column("ledger_id", Uuid),
    Column("message_id", Text),
    Column("facts", Text),
    Column("chasing", Boolean),
    Column("state", Text),
    Column("queued_at", INSTANT),
    Column("not_before", INSTANT),
    Column("tries", Integer),
    Column("problem", Text),
    Column("sent_at", INSTANT),
    Column("rests_on", Text),
    Column("wanted_at", INSTANT),
    Column("aside", Boolean),
    Column("seal", LargeBinary),
)

letter_texts = Table(
    "letter_texts",
    metadata,
    Column("letter_id", Uuid, primary_key=True),
    Column("address", Text),
    Column("subject", Text),
    Column("text", Text),
    Column("html", Text),
    Column("salt", LargeBinary),
)


@dataclass(frozen=True)
class LetterRow:
    """``state``: waiting, sent, failed, withdrawn; to-post, then posted or rung.

    ``facts`` are words and dates, never content.

    ``person_kind``: party, contact, staff or draft; it says in which table ``person_id`` is. ``rests_on``:
    what must be so when it is sent. ``wanted_at``: when it should go, whatever it is put off to. ``aside``:
    it could not be worked as it stands.
    """

    id: UUID
    notice: str
    case_id: UUID | None
    person_kind: str
    person_id: UUID
    seat: str
    point_id: UUID | None
    message_id: str
    queued_at: datetime
    not_before: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    chasing: bool = False
    state: str = "waiting"
    ledger_id: UUID | None = None
    tries: int = 0
    problem: str | None = None
    sent_at: datetime | None = None
    rests_on: str = "always"
    wanted_at: datetime | None = None
    aside: bool = False


@dataclass(frozen=True)
class TextAsSent:
    """What one person was sent; tokens of links are cut out of it."""

    address: str
    subject: str
    text: str
    html: str
    salt: bytes  # for the seal; the text of an older letter has none


NAMES = [one.name for one in fields(LetterRow)]
_COLUMNS = [letters.c[name] for name in NAMES]
_FACTS = NAMES.index("facts")
_IS_WAITING: Any = literal_column("'waiting'")
_STILL_WAITING = Ready(
    select(*_COLUMNS).where(
        letters.c.id == bindparam("id", type_=Uuid),
        letters.c.state == _IS_WAITING,
        letters.c.not_before <= bindparam("now", type_=INSTANT),
    )
)


def file(conn: Connection, rows: Sequence[LetterRow]) -> None:
    insert_rows(
        conn, letters, [row if row.wanted_at else replace(row, wanted_at=row.not_before) for row in rows]
    )


@dataclass(frozen=True)
class Waiting:
    """A letter that may go now: enough to take it in hand, and nothing that could not be read."""

    id: UUID
    case_id: UUID | None


def waiting(conn: Connection, now: datetime, limit: int) -> list[Waiting]:
    """Letters that may go now: what somebody waits for first, then what chases, each oldest first."""
    return [Waiting(*row) for row in _WAITING.rows(conn, now=now, limit=limit)]


_WAITING = Ready(
    select(letters.c.id, letters.c.case_id)
    .where(letters.c.state == _IS_WAITING, letters.c.not_before <= bindparam("now", type_=INSTANT))
    .order_by(letters.c.chasing, letters.c.not_before)
    .limit(bindparam("limit", type_=Integer))
)


def asking(letter_id: UUID, now: datetime) -> Ask:
    """The statement that reads a letter if it still waits; its row is what ``row_of`` takes."""
    return _STILL_WAITING.asking(id=letter_id, now=now)


def to_be_posted(conn: Connection, case_ids: Iterable[UUID]) -> list[LetterRow]:
    """The letters of these cases that somebody is still to post or to read out."""
    return [row_of(row) for row in conn.execute(_TO_POST, {"ids": id_list(case_ids)})]


_TO_POST = select(*_COLUMNS).where(letters.c.case_id == OF_IDS, letters.c.state == "to-post")


def chasing_today(
    conn: Connection, case_ids: Iterable[UUID], since: datetime, now: datetime
) -> dict[tuple[UUID, UUID], LetterRow]:
    """The chasing letter of each case and person that still waits, else one sent since an instant.

    One that was filed in the future, by a clock that was wrong then, is nobody's letter of today.
    """
    rows = conn.execute(_CHASING, {"ids": id_list(case_ids), "since": since, "now": now})
    found = [row_of(row) for row in rows]
    found.sort(key=lambda one: one.state == "waiting")
    return {(one.case_id, one.person_id): one for one in found if one.case_id}


_CHASING = select(*_COLUMNS).where(
    letters.c.case_id == OF_IDS,
    letters.c.chasing,
    letters.c.queued_at <= bindparam("now", type_=INSTANT),
    or_(
        letters.c.state == "waiting",
        and_(letters.c.state == "sent", letters.c.sent_at >= bindparam("since", type_=INSTANT)),
    ),
)


def told_of_case(conn: Connection, case_id: UUID, person_id: UUID, since: datetime) -> list[LetterRow]:
    """What one person was sent about a case since an instant, or will be."""
    query = select(*_COLUMNS).where(
        letters.c.case_id == case_id,
        letters.c.person_id == person_id,
        or_(letters.c.state == "waiting", letters.c.sent_at >= since),
    )
    return [row_of(row) for row in conn.execute(query)]


def add_facts(conn: Connection, rows: Sequence[LetterRow]) -> None:
    """Letters that wait take up another step of their day."""
    values = [{"id": row.id, "notice": row.notice, "facts": row.facts} for row in rows]
    update_rows(conn, letters, ("id",), values)


def of_case(conn: Connection, case_id: UUID) -> list[LetterRow]:
    """Every letter of a case, in the order in which they were filed."""
    query = select(*_COLUMNS).where(letters.c.case_id == case_id).order_by(letters.c.queued_at, letters.c.id)
    return [row_of(row) for row in conn.execute(query)]


def get(conn: Connection, letter_id: UUID) -> LetterRow | None:
    row = conn.execute(select(*_COLUMNS).where(letters.c.id == letter_id)).first()
    return row_of(row) if row else None


def message_ids_of(conn: Connection, notice: str) -> set[str]:
    """The Message-IDs of all letters of a kind that are kept."""
    return set(conn.scalars(select(letters.c.message_id).where(letters.c.notice == notice)))


def sign_in_since(conn: Connection, staff_id: UUID, since: datetime) -> datetime | None:
    """When the last letter to sign in with was filed for this member, since an instant."""
    query = select(func.max(letters.c.queued_at)).where(
        letters.c.case_id.is_(None),
        letters.c.queued_at >= since,
        letters.c.person_id == staff_id,
        letters.c.notice == "sign-in",
    )
    last: datetime | None = conn.scalar(query)
    return last


_HAS_NOT_LEFT = Ready(
    text(
        "SELECT l.state = 'waiting' OR l.state = 'to-post' AND EXISTS"
        " (SELECT 1 FROM tasks t WHERE t.subject_id = l.id AND t.done_at IS NULL)"
        " FROM case_summaries s JOIN letters l ON l.case_id = s.case_id AND l.notice = :notice"
        " WHERE s.reference = :reference ORDER BY l.queued_at DESC LIMIT 1"
    )
)


def has_not_left(conn: Connection, reference: str, notice: str) -> bool:
    """Whether the newest letter of this kind in a case waits to be sent, or to be posted by somebody."""
    found = _HAS_NOT_LEFT.row(conn, reference=reference, notice=notice)
    return bool(found and found[0])


_CHASED = Ready(
    text(
        "SELECT EXISTS (SELECT 1 FROM case_summaries s JOIN letters l ON l.case_id = s.case_id AND l.chasing"
        " AND l.person_id = s.raiser_id WHERE s.reference = :reference"
        " AND (l.state = 'waiting' OR l.sent_at >= :since))"
    )
)


def raiser_was_chased(conn: Connection, reference: str, since: datetime) -> bool:
    """Whether a chasing letter to the raiser of a case has gone since an instant, or waits to go."""
    found = _CHASED.row(conn, reference=reference, since=since)
    return bool(found and found[0])


def steps_of(conn: Connection, letter_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The step that each letter carried, the latest where it carried several."""
    query = text(
        "SELECT letter_id, step FROM ledger WHERE letter_id = ANY(:ids) AND outcome = 'letter'"
        " ORDER BY step_day, decided_at"
    )
    return {row.letter_id: row.step for row in conn.execute(query, {"ids": list(letter_ids)})}


def text_of(conn: Connection, letter_id: UUID) -> TextAsSent | None:
    """A letter as it was sent; None when it was not, or its text was erased."""
    row = conn.execute(select(letter_texts).where(letter_texts.c.letter_id == letter_id)).first()
    return TextAsSent(row.address, row.subject, row.text, row.html, row.salt or b"") if row else None


def oldest_unsent(conn: Connection, now: datetime) -> datetime | None:
    """When the letter that should have gone first should have; None when none waits that should."""
    query = select(func.min(letters.c.wanted_at)).where(
        letters.c.state == "waiting", letters.c.wanted_at <= now
    )
    oldest: datetime | None = conn.scalar(query)
    return oldest


def late(conn: Connection, before: datetime) -> tuple[int, datetime | None]:
    """How many letters wait that should have gone before an instant, and since when the first does."""
    of_those = (letters.c.state == "waiting", letters.c.wanted_at < before)
    count, first = conn.execute(select(func.count(), func.min(letters.c.wanted_at)).where(*of_those)).one()
    return count, first


def row_of(row: Sequence[Any]) -> LetterRow:
    """From a result of exactly this table's columns, by place. Raises ValueError for facts that are none."""
    values = list(row)
    values[_FACTS] = json.loads(values[_FACTS])
    if not isinstance(values[_FACTS], dict):
        raise ValueError("the facts of a letter are not names and values")
    return LetterRow(*values)
