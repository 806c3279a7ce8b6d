"""Who has a letter in hand: an advisory lock of a session, which PostgreSQL gives up when the session ends.

No row is locked while a mail server thinks. The session of a process that stands still ends by itself once
it has been idle for longer than any letter takes.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from compact_cases.records.ready import Ask, fetched, sent

IDLE_SECONDS = 90  # a letter takes 60 at most
_NO_BOUND = {"bound": "0"}
_SET = "SELECT set_config('idle_session_timeout', %(bound)s, false)"


@contextmanager
def session(engine: Engine) -> Iterator[Connection]:
    """A connection that may hold letters. Each of its statements is a transaction of its own."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        try:
            sent(conn, _SET, {"bound": f"{IDLE_SECONDS}s"})
            yield conn
            sent(conn, _SET, _NO_BOUND)
        except BaseException:
            conn.invalidate()  # with whatever it still holds
            raise


@contextmanager
def transaction(conn: Connection) -> Iterator[Connection]:
    """Several statements of such a session as one."""
    raw: Any = conn.connection.driver_connection
    with raw.transaction():
        yield conn


def asking(letter_id: UUID) -> Ask:
    """The statement that takes a letter: one row, true when this session has it now."""
    return "SELECT pg_try_advisory_lock(%(key)s)", {"key": _key(letter_id)}


def take(conn: Connection, letter_id: UUID) -> bool:
    """False: another session has it."""
    return bool(fetched(conn, *asking(letter_id))[0][0])


def release(conn: Connection, letter_id: UUID) -> None:
    sent(conn, "SELECT pg_advisory_unlock(%(key)s)", {"key": _key(letter_id)})


def hold_to_the_end(conn: Connection, letter_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these letters that nobody has in hand; held till this transaction ends."""
    by_key = {_key(one): one for one in letter_ids}
    got = fetched(
        conn,
        "SELECT key FROM unnest(%(keys)s::bigint[]) AS key WHERE pg_try_advisory_xact_lock(key)",
        {"keys": list(by_key)},
    )
    return {by_key[key] for (key,) in got}


def _key(letter_id: UUID) -> int:
    """The random half of an id; two letters of the same are as likely as two of the same id."""
    return int.from_bytes(letter_id.bytes[8:], "big", signed=True)
