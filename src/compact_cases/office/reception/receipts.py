"""Receipts: what a raiser is given back, and the return code for as long as it may be shown again."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework.needs import folded
from compact_cases.office.premises import Premises
from compact_cases.office.reception import return_codes
from compact_cases.office.secrecy import decrypt, encrypt, marked
from compact_cases.records import case_summaries, concerns, letter_states, people
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.concerns import ConcernRow
from compact_cases.rules.concern import FAST_TRACK, Concern, Receipt
from compact_cases.rules.refusals import Refused

CODE_SHOWN_FOR = timedelta(hours=24)
ANSWERS_KEPT = timedelta(hours=24)  # of a call with an idempotency key


@dataclass(frozen=True)
class Call:
    """What is kept of a call: keyed hashes of its caller with their key, and of these with the body."""

    call: bytes
    body: bytes


@dataclass(frozen=True)
class ReceiptView:
    """A receipt as its page shows it; ``return_code`` is None once it was written down, or after 24 hours."""

    concern_id: UUID
    cases: tuple[CaseRow, ...]
    return_code: str | None
    received_at: datetime
    confidentiality: str
    has_email: bool
    held_back: bool  # no receipt goes by e-mail: there were too many within the hour
    officer_back: date | None = None  # where something closes before an officer is there again


def receipt(premises: Premises, secret: str) -> ReceiptView | None:
    """What stands behind /concerns/receipts/{secret}; None for a secret that is not known."""
    with premises.engine.connect() as conn:
        row = concerns.by_receipt(conn, _hash(secret))
        if row is None:
            return None
        cases = tuple(case_summaries.of_concern(conn, row.id))
        points = people.points_of(conn, [row.raiser_id]) if row.raiser_id else {}
        has_email = any(point.kind == "email" for one in points.values() for point in one)
        code = _code_to_show(premises, row)
        held = has_email and letter_states.were_held_back(conn, [case.case_id for case in cases])
        back = _officer_back(conn, cases)
        return ReceiptView(row.id, cases, code, row.received_at, row.confidentiality, has_email, held, back)


def _officer_back(conn: Connection, cases: tuple[CaseRow, ...]) -> date | None:
    """As the log says, of a case on the fast track that waits to be acknowledged."""
    waiting = (one.case_id for one in cases if FAST_TRACK in one.tags and not one.had_notice)
    first = next(waiting, None)
    return folded(conn, first).fast_track.officer_back if first else None


def code_written_down(premises: Premises, secret: str) -> None:
    """The raiser has kept the return code: from now on it cannot be shown again."""
    with premises.engine.begin() as conn:
        if row := concerns.by_receipt(conn, _hash(secret)):
            concerns.forget_code(conn, row.id)


def call_of(premises: Premises, caller: str, key: str, body: bytes) -> Call:
    """Whoever has the secret key as well can make these again only with the caller's own key."""
    call = marked(premises, b"call", f"{len(caller)}:{caller}{key}".encode())
    return Call(call, marked(premises, b"body of a call", call + body))


def receipt_of_call(premises: Premises, made: Call) -> Receipt | None:
    """The answer given before to the same caller and key; its code only while we still hold it.

    Raises Refused when the key came with another body.
    """
    with premises.engine.begin() as conn:
        if concerns.answered_before(conn, made.call) is None:
            return None
        concerns.forget_answers(conn, premises.clock.now() - ANSWERS_KEPT)
        before = concerns.answered_before(conn, made.call)
        if before is None:
            return None
        if not compare_digest(before[0], made.body):
            raise Refused("This Idempotency-Key was used with another body.", "Idempotency-Key")
        row = concerns.get(conn, before[1])
        cases = case_summaries.of_concern(conn, before[1])
        code = _code_to_show(premises, row) if row else None
        acknowledge = cases[0].received_at.date()
        return Receipt(before[1], tuple(case.reference for case in cases), code, "", acknowledge)


def _code_to_show(premises: Premises, row: ConcernRow) -> str | None:
    if row.return_code_sealed is None or row.return_code_until is None:
        return None
    if premises.clock.now() > row.return_code_until:
        return None
    return decrypt(premises, row.return_code_sealed)


def keep_concern(
    conn: Connection,
    premises: Premises,
    concern: Concern,
    concern_id: UUID,
    raiser: UUID | None,
    code: str,
    secret: str,
    at: datetime,
) -> None:
    concerns.add(
        conn,
        ConcernRow(
            concern_id,
            raiser,
            concern.channel,
            concern.filled_by,
            concern.confidentiality.value,
            at,
            return_codes.seal(premises, code),
            encrypt(premises, code),
            at + CODE_SHOWN_FOR,
            _hash(secret),
        ),
    )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8")).digest()
