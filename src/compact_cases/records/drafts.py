"""Drafts of concerns: one row each, found by the hash of a secret; of a sent one that hash alone is kept."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    DateTime,
    LargeBinary,
    RowMapping,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    or_,
    select,
    update,
)

from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata

INSTANT = DateTime(timezone=True)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("secret_hash", LargeBinary),
    Column("letter_hash", LargeBinary),
    Column("answers", Text),
    Column("step", Text),
    Column("email", Text),
    Column("channel", Text),
    Column("filled_by", Uuid),
    Column("created_at", INSTANT),
    Column("changed_at", INSTANT),
    Column("ends_on", Date),
    Column("saved_told_at", INSTANT),
    Column("ending_told_at", INSTANT),
)

sent_drafts = Table(
    "sent_drafts",
    metadata,
    Column("secret_hash", LargeBinary, primary_key=True),
    Column("ends_on", Date),
)

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Draft:
    """A row of drafts; ``answers`` are the form's fields as typed, by name."""

    id: UUID
    answers: dict[str, list[str]]
    step: str
    email: str
    channel: str
    filled_by: UUID | None
    changed_at: datetime
    ends_on: date
    saved_told_at: datetime | None


def hash_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8")).digest()


def add(
    conn: Connection,
    draft_id: UUID,
    secret: str,
    *,
    at: datetime,
    ends_on: date,
    channel: str = "web",
    filled_by: UUID | None = None,
) -> None:
    row = {"id": draft_id, "secret_hash": hash_of(secret), "channel": channel, "filled_by": filled_by}
    conn.execute(insert(drafts).values(**row, created_at=at, changed_at=at, ends_on=ends_on))


def find(conn: Connection, secret: str, today: date) -> Draft | None:
    """The draft behind a secret, unless its time is over."""
    query = select(drafts).where(_behind(secret), drafts.c.ends_on >= today)
    row = conn.execute(query).mappings().one_or_none()
    return _draft(row) if row else None


def get(conn: Connection, draft_id: UUID) -> Draft | None:
    """The draft as it is now; None when it was sent, forgotten or is over."""
    row = conn.execute(select(drafts).where(drafts.c.id == draft_id)).mappings().one_or_none()
    return _draft(row) if row else None


def lock(conn: Connection, draft_id: UUID) -> Draft | None:
    """The draft as it is now, its row held until the transaction ends."""
    query = select(drafts).where(drafts.c.id == draft_id).with_for_update()
    row = conn.execute(query).mappings().one_or_none()
    return _draft(row) if row else None


def save(
    conn: Connection, draft_id: UUID, answers: Answers, step: str, *, at: datetime, ends_on: date
) -> None:
    """Keep what was typed; its 30 days begin again."""
    values = {"answers": json.dumps(answers, ensure_ascii=False), "step": step}
    conn.execute(
        update(drafts)
        .where(drafts.c.id == draft_id)
        .values(**values, changed_at=at, ends_on=ends_on, ending_told_at=None)
    )


def keep_email(conn: Connection, draft_id: UUID, email: str, *, told_at: datetime) -> None:
    conn.execute(update(drafts).where(drafts.c.id == draft_id).values(email=email, saved_told_at=told_at))


def forget_email(conn: Connection, draft_id: UUID) -> None:
    values = {"email": "", "saved_told_at": None, "ending_told_at": None}
    conn.execute(update(drafts).where(drafts.c.id == draft_id).values(**values))


def consume(conn: Connection, draft_id: UUID, ends_on: date) -> bool:
    """Take the draft away; the hashes of its links stay until ``ends_on``. False: it was gone already."""
    hashes = (drafts.c.secret_hash, drafts.c.letter_hash)
    row = conn.execute(delete(drafts).where(drafts.c.id == draft_id).returning(*hashes)).first()
    if row is None:
        return False
    insert_rows(conn, sent_drafts, [{"secret_hash": one, "ends_on": ends_on} for one in row if one])
    return True


def was_sent(conn: Connection, secret: str, today: date) -> bool:
    """Whether this was the secret of a draft that was sent, in the last 30 days."""
    query = select(sent_drafts.c.ends_on).where(sent_drafts.c.secret_hash == hash_of(secret))
    ends_on: date | None = conn.scalar(query)
    return ends_on is not None and ends_on >= today


def remove(conn: Connection, draft_id: UUID) -> None:
    """Forget it at the raiser's own wish."""
    conn.execute(delete(drafts).where(drafts.c.id == draft_id))


def ending(conn: Connection, until: date, limit: int) -> list[tuple[UUID, str, date]]:
    """Unsent drafts with an address that end by ``until`` and were not told so: (id, e-mail, last day)."""
    query = (
        select(drafts.c.id, drafts.c.email, drafts.c.ends_on)
        .where(drafts.c.ends_on <= until, drafts.c.email != "", drafts.c.ending_told_at.is_(None))
        .order_by(drafts.c.ends_on)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [(row.id, row.email, row.ends_on) for row in conn.execute(query)]


def told_ending(conn: Connection, draft_id: UUID, secret: str, at: datetime) -> None:
    """A letter says that it ends soon; the letter's own secret opens the draft beside the first one."""
    values = {"letter_hash": hash_of(secret), "ending_told_at": at}
    conn.execute(update(drafts).where(drafts.c.id == draft_id).values(**values))


def remove_ended(conn: Connection, today: date, limit: int) -> list[UUID]:
    """Delete drafts whose last day is past, and the hashes of sent ones; the ids of those drafts."""
    conn.execute(delete(sent_drafts).where(sent_drafts.c.ends_on < today))
    ended = select(drafts.c.id).where(drafts.c.ends_on < today).limit(limit).with_for_update(skip_locked=True)
    return list(conn.scalars(delete(drafts).where(drafts.c.id.in_(ended)).returning(drafts.c.id)))


def _behind(secret: str) -> ColumnElement[bool]:
    mark = hash_of(secret)
    return or_(drafts.c.secret_hash == mark, drafts.c.letter_hash == mark)


def _draft(row: RowMapping) -> Draft:
    values = {name: row[name] for name in Draft.__dataclass_fields__ if name != "answers"}
    return Draft(**values, answers=json.loads(row["answers"]))
