"""Return codes: 16 characters that are easy to read out, of which only a keyed hash is kept for good."""

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from compact_cases.office.premises import Premises

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

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
    return hmac.new(_key(premises, b"return code"), normalise(code).encode(), hashlib.sha256).digest()


def matches(premises: Premises, code: str, kept: bytes) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(seal(premises, code), kept)


def encrypt(premises: Premises, code: str) -> bytes:
    """The code itself, for showing it again until it is written down or a day has passed."""
    return _cipher(premises).encrypt(code.encode())


def decrypt(premises: Premises, kept: bytes) -> str | None:
    """The code, or None when it was encrypted with a secret key that is no longer ours."""
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(premises).decrypt(kept).decode()
    except InvalidToken:
        return None


def _cipher(premises: Premises) -> "Fernet":
    from cryptography.fernet import Fernet  # 8 MB, and needed by few requests

    return Fernet(base64.urlsafe_b64encode(_key(premises, b"return code, kept")))


def _key(premises: Premises, purpose: bytes) -> bytes:
    return hmac.new(premises.settings.secret_key.encode(), purpose, hashlib.sha256).digest()
