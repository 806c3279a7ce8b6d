"""Letters: notice, case, person, contact point, Message-ID, state; the text as sent in a row of its own."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Integer,
    Row,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    update,
)

from compact_cases.records import ready
from compact_cases.records.ready import fetched
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
)

letter_texts = Table(
    "letter_texts",
    metadata,
    Column("letter_id", Uuid, primary_key=True),
    Column("address", Text),
    Column("subject", Text),
    Column("text", Text),
    Column("html", Text),
)


@dataclass(frozen=True)
class LetterRow:
    """``state``: waiting, sent, failed, withdrawn; to-post, then posted or rung.

    ``facts`` are words and dates, never content.

    ``person_kind``: party, contact, staff or draft; it says in which table ``person_id`` is.
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


@dataclass(frozen=True)
class TextAsSent:
    """What one person was sent; tokens of links are cut out of it."""

    address: str
    subject: str
    text: str
    html: str


NAMES = [one.name for one in fields(LetterRow)]


def file(conn: Connection, rows: Sequence[LetterRow]) -> None:
    insert_rows(conn, letters, rows)


def candidates(conn: Connection, now: datetime, limit: int) -> list[LetterRow]:
    """Letters that may go now: what somebody waits for first, then what chases, each oldest first."""
    query = select(letters).where(letters.c.state == "waiting", letters.c.not_before <= now)
    return [
        _row(row)
        for row in conn.execute(query.order_by(letters.c.chasing, letters.c.not_before).limit(limit))
    ]


_CLAIM = (
    "SELECT l.facts, (s.case_id IS NOT NULL AND s.closed_at IS NULL) AS case_open,"
    " ARRAY(SELECT o.name || '/' || o.item || '/' || o.cycle FROM obligations o WHERE o.case_id = l.case_id"
    " AND o.ended_at IS NULL AND o.paused_since IS NULL) AS owed"
    " FROM letters l LEFT JOIN case_summaries s ON s.case_id = l.case_id"
    " WHERE l.id = %(id)s AND l.state = 'waiting' AND l.not_before <= %(now)s FOR UPDATE OF l SKIP LOCKED"
)


@dataclass(frozen=True)
class Claim:
    """A letter that this transaction holds, and what is owed in its case now, as ``name/item/cycle``."""

    facts: dict[str, Any]
    case_open: bool
    owed: frozenset[str]


def claim(conn: Connection, letter_id: UUID, now: datetime) -> Claim | None:
    """Hold one waiting letter till the transaction ends; None when it is sent or somebody else has it."""
    for facts, case_open, owed in fetched(conn, _CLAIM, {"id": letter_id, "now": now}):
        return Claim(json.loads(facts), case_open, frozenset(owed))
    return None


_SENT = (
    "WITH done AS (UPDATE letters SET state = 'sent', sent_at = %(at)s, facts = %(facts)s, problem = NULL,"
    " tries = tries + 1 WHERE id = %(id)s RETURNING id)"
    " INSERT INTO letter_texts (letter_id, address, subject, text, html)"
    " SELECT id, %(address)s, %(subject)s, %(text)s, %(html)s FROM done"
)


def sent(
    conn: Connection, letter_id: UUID, facts: Mapping[str, Any], as_sent: TextAsSent, at: datetime
) -> None:
    values = {"id": letter_id, "facts": json.dumps(dict(facts)), "at": at}
    ready.sent(conn, _SENT, values | vars(as_sent))


def posted(conn: Connection, letter_id: UUID, state: str, as_sent: TextAsSent | None, at: datetime) -> None:
    """It was put in the post, or read out on the telephone: ``posted`` or ``rung``."""
    conn.execute(update(letters).where(letters.c.id == letter_id).values(state=state, sent_at=at))
    if as_sent:
        insert_rows(conn, letter_texts, [{"letter_id": letter_id, **vars(as_sent)}])


def to_post(conn: Connection, case_ids: Iterable[UUID]) -> list[LetterRow]:
    """The letters of these cases that somebody is still to post or to read out."""
    return [_row(row) for row in conn.execute(_TO_POST, {"ids": id_list(case_ids)})]


_TO_POST = select(letters).where(letters.c.case_id == OF_IDS, letters.c.state == "to-post")


def end_all(conn: Connection, letter_ids: Iterable[UUID], state: str) -> None:
    """Letters that will not go any more."""
    conn.execute(update(letters).where(letters.c.id.in_(list(letter_ids))).values(state=state))


def deferred(
    conn: Connection, letter_id: UUID, not_before: datetime, *, problem: str | None, tried: bool
) -> None:
    """It waits until ``not_before``; ``tried`` counts a try at sending."""
    more = letters.c.tries + (1 if tried else 0)
    conn.execute(
        update(letters)
        .where(letters.c.id == letter_id)
        .values(not_before=not_before, problem=problem, tries=more)
    )


def ended(
    conn: Connection, letter_id: UUID, state: str, facts: Mapping[str, Any], problem: str | None
) -> None:
    """Failed or withdrawn: it will not be sent."""
    values = {"state": state, "facts": json.dumps(dict(facts)), "problem": problem}
    conn.execute(update(letters).where(letters.c.id == letter_id).values(**values))


def chasing_today(
    conn: Connection, case_ids: Iterable[UUID], since: datetime
) -> dict[tuple[UUID, UUID], LetterRow]:
    """The chasing letter of each case and person that still waits, else one sent since an instant."""
    rows = conn.execute(_CHASING, {"ids": id_list(case_ids), "since": since})
    found = [_row(row) for row in rows]
    found.sort(key=lambda one: one.state == "waiting")
    return {(one.case_id, one.person_id): one for one in found if one.case_id}


_CHASING = select(letters).where(
    letters.c.case_id == OF_IDS,
    letters.c.chasing,
    or_(
        letters.c.state == "waiting",
        and_(letters.c.state == "sent", letters.c.sent_at >= bindparam("since", type_=INSTANT)),
    ),
)


def add_facts(conn: Connection, rows: Sequence[LetterRow]) -> None:
    """Letters that wait take up another step of their day."""
    values = [{"id": row.id, "notice": row.notice, "facts": row.facts} for row in rows]
    update_rows(conn, letters, ("id",), values)


def of_case(conn: Connection, case_id: UUID) -> list[LetterRow]:
    """Every letter of a case, in the order in which they were filed."""
    query = select(letters).where(letters.c.case_id == case_id).order_by(letters.c.queued_at, letters.c.id)
    return [_row(row) for row in conn.execute(query)]


def get(conn: Connection, letter_id: UUID) -> LetterRow | None:
    row = conn.execute(select(letters).where(letters.c.id == letter_id)).first()
    return _row(row) if row else None


_HAS_NOT_LEFT = text(
    "SELECT l.state = 'waiting' OR l.state = 'to-post' AND EXISTS"
    " (SELECT 1 FROM tasks t WHERE t.subject_id = l.id AND t.done_at IS NULL)"
    " FROM case_summaries s JOIN letters l ON l.case_id = s.case_id AND l.notice = :notice"
    " WHERE s.reference = :reference ORDER BY l.queued_at DESC LIMIT 1"
)


def has_not_left(conn: Connection, reference: str, notice: str) -> bool:
    """Whether the newest letter of this kind in a case waits to be sent, or to be posted by somebody."""
    return bool(conn.scalar(_HAS_NOT_LEFT, {"reference": reference, "notice": notice}))


_CHASED = text(
    "SELECT EXISTS (SELECT 1 FROM case_summaries s JOIN letters l ON l.case_id = s.case_id AND l.chasing"
    " AND l.person_id = s.raiser_id WHERE s.reference = :reference"
    " AND (l.state = 'waiting' OR l.sent_at >= :since))"
)


def raiser_was_chased(conn: Connection, reference: str, since: datetime) -> bool:
    """Whether a chasing letter to the raiser of a case has gone since an instant, or waits to go."""
    return bool(conn.scalar(_CHASED, {"reference": reference, "since": since}))


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
    return TextAsSent(row.address, row.subject, row.text, row.html) if row else None


def oldest_unsent(conn: Connection, now: datetime) -> datetime | None:
    """Since when the letter that should have gone first has been waiting; None when none should have."""
    query = select(func.min(letters.c.not_before)).where(
        letters.c.state == "waiting", letters.c.not_before <= now
    )
    oldest: datetime | None = conn.scalar(query)
    return oldest


def _row(row: Row[tuple[object, ...]]) -> LetterRow:
    values = {name: getattr(row, name) for name in NAMES}
    return LetterRow(**{**values, "facts": json.loads(values["facts"])})


def count_as_sent(conn: Connection, before: datetime) -> int:
    """Letters of an invented history, which nobody is to receive: marked as sent when they were due."""
    waiting = (letters.c.state == "waiting") & (letters.c.not_before < before)
    sent_then = update(letters).where(waiting).values(state="sent", sent_at=letters.c.not_before)
    return conn.execute(sent_then).rowcount
