"""Free text and its seal: an event keeps the seal, the words live in a row that can be erased."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

SALT_BYTES = 16


@dataclass(frozen=True)
class Sealed:
    """What an event keeps of a text: which row holds it, and SHA-256 of salt and text (64 hex digits)."""

    statement: UUID
    seal: str


@dataclass(frozen=True)
class Statement:
    """A text on its way into the records, with the random salt that the office made for it."""

    statement: UUID
    text: str
    salt: bytes

    def sealed(self) -> Sealed:
        return Sealed(self.statement, seal_of(self.salt, self.text))


def seal_of(salt: bytes, text: str) -> str:
    return hashlib.sha256(salt + text.encode("utf-8")).hexdigest()
