"""Concerns as they were sent: who raised them, how, and the keys to come back by."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    LargeBinary,
    Row,
    Table,
    Text,
    Uuid,
    delete,
    select,
    update,
)

from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata

INSTANT = DateTime(timezone=True)

concerns = Table(
    "concerns",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("raiser_id", Uuid),
    Column("channel", Text),
    Column("filled_by", Uuid),
    Column("confidentiality", Text),
    Column("received_at", INSTANT),
    Column("return_code_hmac", LargeBinary),
    Column("return_code_sealed", LargeBinary),
    Column("return_code_until", INSTANT),
    Column("receipt_hash", LargeBinary),
)

idempotent_answers = Table(
    "idempotent_answers",
    metadata,
    Column("call", LargeBinary, primary_key=True),
    Column("body", LargeBinary),
    Column("concern_id", Uuid),
    Column("at", INSTANT),
)


@dataclass(frozen=True)
class ConcernRow:
    """``return_code_sealed`` is the code encrypted, for as long as it may be shown again."""

    id: UUID
    raiser_id: UUID | None
    channel: str
    filled_by: UUID | None
    confidentiality: str
    received_at: datetime
    return_code_hmac: bytes
    return_code_sealed: bytes | None
    return_code_until: datetime | None
    receipt_hash: bytes


def add(conn: Connection, row: ConcernRow) -> None:
    insert_rows(conn, concerns, [{name: getattr(row, name) for name in row.__dataclass_fields__}])


def get(conn: Connection, concern_id: UUID) -> ConcernRow | None:
    return _row(conn.execute(select(concerns).where(concerns.c.id == concern_id)).one_or_none())


def by_receipt(conn: Connection, receipt_hash: bytes) -> ConcernRow | None:
    return _row(conn.execute(select(concerns).where(concerns.c.receipt_hash == receipt_hash)).one_or_none())


def forget_code(conn: Connection, concern_id: UUID) -> None:
    """The code is written down: from now on only its HMAC is kept."""
    conn.execute(
        update(concerns)
        .where(concerns.c.id == concern_id)
        .values(return_code_sealed=None, return_code_until=None)
    )


def change_code(conn: Connection, concern_id: UUID, hmac: bytes) -> None:
    values = {"return_code_hmac": hmac, "return_code_sealed": None, "return_code_until": None}
    conn.execute(update(concerns).where(concerns.c.id == concern_id).values(**values))


def forget_old_codes(conn: Connection, now: datetime) -> int:
    old = concerns.c.return_code_until < now
    values = {"return_code_sealed": None, "return_code_until": None}
    return conn.execute(update(concerns).where(old).values(**values)).rowcount


def answered_before(conn: Connection, call: bytes) -> tuple[bytes, UUID] | None:
    """The mark of the body that came with this caller's key, and the concern it made."""
    row = conn.execute(select(idempotent_answers).where(idempotent_answers.c.call == call)).one_or_none()
    return (row.body, row.concern_id) if row else None


def remember_answer(conn: Connection, call: bytes, body: bytes, concern_id: UUID, at: datetime) -> None:
    """Raises IntegrityError when the same call is being answered at this moment."""
    values = {"call": call, "body": body, "concern_id": concern_id, "at": at}
    insert_rows(conn, idempotent_answers, [values])


def forget_answers(conn: Connection, before: datetime) -> int:
    return conn.execute(delete(idempotent_answers).where(idempotent_answers.c.at < before)).rowcount


def _row(row: Row[tuple[object, ...]] | None) -> ConcernRow | None:
    return ConcernRow(*[getattr(row, name) for name in ConcernRow.__dataclass_fields__]) if row else None
