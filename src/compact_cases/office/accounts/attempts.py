"""Counting tries: in Redis, and in the database while Redis is away. Neither keeps whom it counts."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from compact_cases.clock import machine_seconds
from compact_cases.office.premises import Premises
from compact_cases.records import attempts

HOUR = 3600
PATIENCE = 0.25  # seconds for one word with Redis; after a failure it is left alone for a while
LEFT_ALONE = 5.0
_KEY = secrets.token_bytes(32)
_away_until: dict[str, float] = {}


def too_many(
    premises: Premises,
    what: str,
    who: str,
    most: int,
    seconds: int = HOUR,
    *,
    in_database: bool = False,
    beside_a_concern: bool = False,
) -> bool:
    """Count one try of ``who`` at ``what``; whether that is more than ``most`` within ``seconds``.

    ``beside_a_concern``: a concern of the same moment is kept for ever, so the row in the database has a mark
    that nobody can make again, with the secret key either. It counts for this process alone.
    """
    hashed = mark_of(premises, what, who)
    url = None if in_database else premises.settings.redis_url
    count = _in_redis(url, f"tries:{what}:{hashed.hex()}", seconds)
    if count is None:
        at = premises.clock.now()
        if beside_a_concern:
            hashed = hmac.new(_KEY, hashed, hashlib.sha256).digest()
        with premises.engine.begin() as conn:
            count = attempts.count(conn, what, hashed, at, at - timedelta(seconds=seconds))
    return count > most


def has_used_up(premises: Premises, what: str, who: str, most: int, seconds: int = HOUR) -> bool:
    """Whether ``who`` has tried as often as may be; counts nothing."""
    hashed = mark_of(premises, what, who)
    count = _in_redis(premises.settings.redis_url, f"tries:{what}:{hashed.hex()}", seconds, add=0)
    if count is None:
        since = premises.clock.now() - timedelta(seconds=seconds)
        with premises.engine.connect() as conn:
            count = attempts.counted(conn, what, hashed, since)
    return count >= most


def mark_of(premises: Premises, what: str, who: str) -> bytes:
    key = premises.settings.secret_key.encode()
    return hmac.new(key, f"{what}:{who}".encode(), hashlib.sha256).digest()


def network_of(address: str) -> str:
    """Whose address it is, for counting: of IPv6 the /64, which one customer has to themselves."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:  # a socket, or a test
        return address
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ip_network((known, 64), strict=False))
    return str(known)


def _in_redis(url: str | None, key: str, seconds: int, add: int = 1) -> int | None:
    """The count, or None when there is no Redis or it does not answer."""
    if url is None or _away_until.get(url, 0.0) > machine_seconds():
        return None
    from redis.exceptions import RedisError

    try:
        with _client(url).pipeline(transaction=True) as line:
            line.incrby(key, add)
            line.expire(key, seconds, nx=True)
            counted: int = line.execute()[0]
    except (RedisError, OSError):
        _away_until[url] = machine_seconds() + LEFT_ALONE
        return None
    return counted


@cache
def _client(url: str) -> Any:
    """Loaded when first needed: a process that counts nothing need not carry it."""
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return Redis.from_url(
        url.replace("redis+socket://", "unix://", 1),
        socket_timeout=PATIENCE,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 0),
    )
