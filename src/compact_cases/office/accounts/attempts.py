"""Counting tries: in Redis, and in the database while Redis is away. Neither keeps whom it counts."""

import hashlib
import hmac
from datetime import timedelta
from functools import cache
from typing import Any

from compact_cases.clock import machine_seconds
from compact_cases.office.premises import Premises
from compact_cases.records import attempts

HOUR = 3600
PATIENCE = 0.25  # seconds for one word with Redis; after a failure it is left alone for a while
LEFT_ALONE = 5.0
_away_until: dict[str, float] = {}


def too_many(
    premises: Premises, what: str, who: str, most: int, seconds: int = HOUR, *, in_database: bool = False
) -> bool:
    """Count one try of ``who`` at ``what``; whether that is more than ``most`` within ``seconds``."""
    key = premises.settings.secret_key.encode()
    hashed = hmac.new(key, f"{what}:{who}".encode(), hashlib.sha256).digest()
    url = None if in_database else premises.settings.redis_url
    count = _in_redis(url, f"tries:{what}:{hashed.hex()}", seconds)
    if count is None:
        at = premises.clock.now()
        with premises.engine.begin() as conn:
            count = attempts.count(conn, what, hashed, at, at - timedelta(seconds=seconds))
    return count > most


def _in_redis(url: str | None, key: str, seconds: int) -> int | None:
    """The count, or None when there is no Redis or it does not answer."""
    if url is None or _away_until.get(url, 0.0) > machine_seconds():
        return None
    from redis.exceptions import RedisError

    try:
        with _client(url).pipeline(transaction=True) as line:
            line.incr(key)
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
