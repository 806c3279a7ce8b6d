"""New ids and salts: UUID version 7, made here because neither PostgreSQL 16 nor Python 3.11 makes them."""

import secrets
import time
from uuid import UUID

from compact_cases.rules.statements import SALT_BYTES, Statement


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562). It keeps index pages warm; nothing may use it for order or as a time."""
    stamp = time.time_ns() // 1_000_000 & ((1 << 48) - 1)
    chance = secrets.randbits(74)
    value = stamp << 80 | 0x7 << 76 | chance >> 62 << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    return UUID(int=value)


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def statement(text: str) -> Statement:
    """A text on its way into the records, with an id and a salt of its own."""
    return Statement(new_id(), text, new_salt())


def statement_if(text: str | None) -> Statement | None:
    """None for a text that is empty or only white space."""
    return statement(text) if text and text.strip() else None
