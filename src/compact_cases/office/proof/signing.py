"""The key of heads: made from the secret key for this one purpose, so that nothing more must be kept."""

from dataclasses import replace
from typing import TYPE_CHECKING

from compact_cases.rules.heads import NO_SIGNATURE, Head
from compact_cases.rules.refusals import Refused
from compact_cases.settings import DEVELOPMENT_SECRET, Settings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PURPOSE = b"compact-cases: heads"
LOST = "lost"  # instead of an old key that nobody has any more


def public_key(secret_key: str) -> bytes:
    return _signer(secret_key).public_key().public_bytes_raw()


def known_keys(settings: Settings) -> set[bytes] | None:
    """The keys that heads of this service may have; None for a command that was not told its secret key."""
    if settings.in_production and settings.secret_key == DEVELOPMENT_SECRET:
        return None
    secrets = {settings.secret_key, settings.old_secret_key or settings.secret_key}
    return {public_key(one) for one in secrets - {LOST}}


def signed(settings: Settings, head: Head, key_before: bytes | None) -> Head:
    """With our signature; where the head before has another key, with that one's too.

    Raises Refused where that key is not to be had: nobody could tell such a head from a stranger's.
    """
    signer = _signer(settings.secret_key)
    head = replace(head, key=signer.public_key().public_bytes_raw())
    old = NO_SIGNATURE
    if key_before is not None and key_before != head.key and settings.old_secret_key != LOST:
        if settings.old_secret_key is None or public_key(settings.old_secret_key) != key_before:
            raise Refused(
                "The secret key has changed since the last head. Set COMPACT_CASES_OLD_SECRET_KEY to the one "
                "before until a head has been made with both; until then none is made."
            )
        old = _signer(settings.old_secret_key).sign(head.signed_words.encode())
    return replace(head, signature=signer.sign(head.signed_words.encode()), old_signature=old)


def is_signed(head: Head, by: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(by).verify(signature, head.signed_words.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _signer(secret_key: str) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
    return Ed25519PrivateKey.from_private_bytes(made)
