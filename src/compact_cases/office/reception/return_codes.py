"""Return codes: 16 characters that are easy to read out, of which only a keyed hash is kept for good."""

import hashlib
import hmac
import secrets

from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import key_for

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
LENGTH = 16
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """80 random bits, shown in fours: ``7K3M-9QXD-0ZTB-4HWN``."""
    bits = secrets.randbits(LENGTH * 5)
    return shown("".join(ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH)))


def shown(code: str) -> str:
    plain = normalise(code)
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def normalise(text: str) -> str:
    """What somebody typed, as it was made: any case, spaces and dashes out, o is 0, i and l are 1."""
    return "".join(sign for sign in text.upper().translate(_MISREAD) if sign in ALPHABET or sign == "U")


def seal(premises: Premises, code: str) -> bytes:
    """The keyed hash that is kept; the same for every spelling of one code."""
    return hmac.new(key_for(premises, b"return code"), normalise(code).encode(), hashlib.sha256).digest()


def matches(premises: Premises, code: str, kept: bytes) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(seal(premises, code), kept)
