"""What heads cover: for each kind of row, those that no head covers yet, and the digest of what one says now.

No transaction number and no clock decides: what is not in ``head_entries`` is not covered yet, whenever it
was committed. A digest says nothing of the texts and addresses that it is made of; those of letters and
statements go in as their salted seals only.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import Connection, text

from compact_cases.rules.heads import Entry

NOTHING = b"\xff" * 8  # in the place of a length: not the same as an empty word


@dataclass(frozen=True)
class Kind:
    """Rows of one table. ``key`` is what a row is known by; ``says`` all of it that is never changed.

    ``once``: from when on it stands; a row is compared whatever else becomes of it later.
    """

    name: str
    table: str
    key: str
    says: str
    once: str = "true"
    by_id: bool = False

    @property
    def columns(self) -> str:
        return f"SELECT ({self.key})::text AS subject, {self.says} FROM {self.table} t"


KINDS = (
    Kind(
        "ledger",
        "ledger",
        "t.id",
        "t.case_id, t.obligation, t.item, t.cycle, t.step, t.step_day, t.person_id, t.seat, t.outcome,"
        " t.decided_at, t.letter_id",
        by_id=True,
    ),
    Kind(
        "letter",
        "letters",
        "t.id",
        "t.case_id, t.person_id, t.message_id, t.sent_at, t.seal",
        once="t.state = 'sent' AND t.case_id IS NOT NULL",
        by_id=True,
    ),
    Kind("erasure", "erasures", "t.statement_id", "t.reason, t.at", by_id=True),
    Kind(
        "code",
        "code_editions",
        "t.code || '/' || t.id",
        "t.document, t.sections, t.held_at, (SELECT jsonb_agg(jsonb_build_array(c.position, c.number,"
        " c.letter, c.text, c.owed_by, c.section, c.line) ORDER BY c.position)"
        " FROM clauses c WHERE c.code = t.code AND c.edition = t.id)",
    ),
    Kind("procedure", "procedure_editions", "t.id", "t.document, t.held_at"),
    Kind(
        "calendar",
        "calendar_editions",
        "t.id",
        "t.first_day, t.last_day, t.source, t.bank_holidays, t.closing_days, t.held_at",
    ),
)
BY_NAME = {kind.name: kind for kind in KINDS}
CASE = "case"

_GROWN = text(
    "SELECT e.case_id::text, e.position, e.digest FROM"
    " (SELECT DISTINCT ON (case_id) case_id, position, digest FROM case_events"
    " ORDER BY case_id, position DESC) e"
    " WHERE NOT EXISTS (SELECT FROM head_entries h WHERE h.kind = 'case' AND h.subject = e.case_id::text"
    " AND h.position >= e.position)"
)
_EVENTS = text(
    "SELECT e.case_id::text, e.position, e.digest FROM case_events e"
    " JOIN unnest(CAST(:cases AS uuid[]), CAST(:positions AS int[])) AS w (case_id, position)"
    " ON e.case_id = w.case_id AND e.position = w.position"
)


def not_yet(conn: Connection) -> Iterator[Entry]:
    """Everything that no head covers, streamed: cases that grew, then the other kinds."""
    streamed = {"yield_per": 2000}
    for case, position, digest in conn.execute(_GROWN, execution_options=streamed):
        yield Entry(CASE, case, position, digest)
    for kind in KINDS:
        query = (
            f"SELECT w.* FROM ({kind.columns} WHERE {kind.once}) w WHERE NOT EXISTS"
            f" (SELECT FROM head_entries h WHERE h.kind = '{kind.name}' AND h.subject = w.subject)"
        )
        for subject, *said in conn.execute(text(query), execution_options=streamed):
            yield Entry(kind.name, subject, 0, digest_of(said))


def as_now(conn: Connection, kind: str, entries: Iterable[Entry]) -> dict[tuple[str, int], bytes]:
    """The digest of each of these subjects as the tables have it now; what is gone is missing."""
    wanted = list(entries)
    if kind == CASE:
        wanted = [one for one in wanted if _is_id(one.subject)]
        asked = {"cases": [one.subject for one in wanted], "positions": [one.position for one in wanted]}
        return {(case, position): digest for case, position, digest in conn.execute(_EVENTS, asked)}
    if kind not in BY_NAME:
        return {}
    of = BY_NAME[kind]
    subjects = [one.subject for one in wanted if not of.by_id or _is_id(one.subject)]
    query = f"{of.columns} WHERE {of.key} = ANY(CAST(:subjects AS {'uuid' if of.by_id else 'text'}[]))"
    rows = conn.execute(text(query), {"subjects": subjects})
    return {(subject, 0): digest_of(said) for subject, *said in rows}


def references(conn: Connection, entries: Iterable[Entry]) -> dict[str, str]:
    """For rows of a case: its reference, where both are still there."""
    found: dict[str, str] = {}
    wanted = list(entries)
    for kind in (BY_NAME["ledger"], BY_NAME["letter"]):
        subjects = [one.subject for one in wanted if one.kind == kind.name and _is_id(one.subject)]
        query = (
            f"SELECT t.id::text, s.reference FROM {kind.table} t"
            " JOIN case_summaries s ON s.case_id = t.case_id WHERE t.id = ANY(CAST(:subjects AS uuid[]))"
        )
        found |= {row.id: row.reference for row in conn.execute(text(query), {"subjects": subjects})}
    return found


def _is_id(subject: str) -> bool:
    """An entry that was tampered with may name anything; then there is nothing of that name."""
    try:
        return str(UUID(subject)) == subject
    except ValueError:
        return False


def digest_of(said: Iterable[object]) -> bytes:
    """SHA-256 over what a row says, each part with its length; the same whatever server stores it."""
    hashed = hashlib.sha256()
    for part in said:
        if part is None:
            hashed.update(NOTHING)
            continue
        written = _written(part)
        hashed.update(len(written).to_bytes(8, "big") + written)
    return hashed.digest()


def _written(part: object) -> bytes:
    if isinstance(part, bytes):
        return part
    if isinstance(part, datetime):
        return part.astimezone(UTC).isoformat(timespec="microseconds").encode()
    if isinstance(part, date):
        return part.isoformat().encode()
    if isinstance(part, dict | list):
        return json.dumps(part, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return str(part).encode()
