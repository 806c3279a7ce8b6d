"""The seal of a letter's text: it stays with the letter when the text, and its salt with it, is forgotten."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records.ready import fetched


def seal_of(letter_id: UUID, address: str, subject: str, text: str, html: str, salt: bytes) -> bytes:
    """SHA-256 over the salt, the letter's id and each part with its length."""
    hashed = hashlib.sha256(salt + letter_id.bytes)
    for part in (address, subject, text, html):
        written = part.encode()
        hashed.update(len(written).to_bytes(8, "big") + written)
    return hashed.digest()


_SEALED = (
    "SELECT l.id, l.seal, t.letter_id IS NOT NULL, t.address, t.subject, t.text, t.html, t.salt"
    " FROM letters l LEFT JOIN letter_texts t ON t.letter_id = l.id"
    " WHERE l.seal IS NOT NULL AND l.id = ANY(%(ids)s)"
)


def seals(conn: Connection, letter_ids: Iterable[UUID]) -> dict[UUID, tuple[bytes, bytes | None]]:
    """Of letters that have one: the seal, and that of the text as it stands now; None where that is gone."""
    return {
        letter: (seal, seal_of(letter, address, subject, text, html, salt or b"") if there else None)
        for letter, seal, there, address, subject, text, html, salt in fetched(
            conn, _SEALED, {"ids": list(letter_ids)}
        )
    }
