"""Secrets: random ones and what is kept of them, keys of one purpose each, and what waits encrypted."""

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import TYPE_CHECKING

from compact_cases.office.premises import Premises

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


def new_secret() -> str:
    """256 random bits for a cookie, a link or a token."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> bytes:
    """What is kept of a secret: a stolen copy of the database opens nothing."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def key_for(premises: Premises, purpose: bytes) -> bytes:
    """A key made from the secret key, for one purpose alone."""
    return _key(premises.settings.secret_key, purpose)


@cache
def _key(secret: str, purpose: bytes) -> bytes:
    """Made once: a sweep makes thousands of marks with the same one."""
    return hmac.new(secret.encode(), purpose, hashlib.sha256).digest()


def marked(premises: Premises, purpose: bytes, what: bytes) -> bytes:
    """A mark of something that nobody without the secret key can make, or read anything from."""
    return hmac.new(key_for(premises, purpose), what, hashlib.sha256).digest()


def encrypt_for(premises: Premises, purpose: bytes, whose: bytes, text: str) -> bytes:
    """With a key of the purpose and of whose it is: put under somebody else it is not read."""
    return _cipher(marked(premises, purpose, whose)).encrypt(text.encode())


def decrypt_for(premises: Premises, purpose: bytes, whose: bytes, kept: bytes) -> str | None:
    """The text, or None when it is another's, or was encrypted with a secret key that is no longer ours."""
    return _decrypted(_cipher(marked(premises, purpose, whose)), kept)


def encrypt(premises: Premises, text: str) -> bytes:
    """What must be shown or sent again soon, until then."""
    return _cipher(_kept(premises)).encrypt(text.encode())


def decrypt(premises: Premises, kept: bytes) -> str | None:
    """The text, or None when it was encrypted with a secret key that is no longer ours."""
    return _decrypted(_cipher(_kept(premises)), kept)


def _kept(premises: Premises) -> bytes:
    return key_for(premises, b"return code, kept")


def _decrypted(cipher: "Fernet", kept: bytes) -> str | None:
    from cryptography.fernet import InvalidToken

    try:
        return cipher.decrypt(kept).decode()
    except InvalidToken:
        return None


def _cipher(key: bytes) -> "Fernet":
    from cryptography.fernet import Fernet  # 8 MB, and needed by few requests

    return Fernet(base64.urlsafe_b64encode(key))
