"""Who has a letter in hand: an advisory lock of a session, which PostgreSQL gives up when the session ends.

No row is locked while a mail server thinks. The session of a process that stands still ends by itself once
it has been idle for longer than any letter takes.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Engine

from compact_cases.records.ready import Ask, as_sqlalchemy_says, fetched, fetched_at_once, in_a_pipeline, sent

IDLE_SECONDS = 90  # a letter takes 60 at most
_BOUND = "SELECT set_config('idle_session_timeout', %(bound)s, false)"
_LET_GO = "SELECT pg_advisory_unlock_all()"


@contextmanager
def session(engine: Engine) -> Iterator[Connection]:
    """A connection that may hold letters. Each of its statements is a transaction of its own."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        try:
            sent(conn, _BOUND, {"bound": f"{IDLE_SECONDS}s"})
            yield conn
            fetched_at_once(conn, [(_LET_GO, {}), (_BOUND, {"bound": "0"})])
        except BaseException:
            conn.invalidate()  # with whatever it still holds
            raise


@contextmanager
def transaction(conn: Connection) -> Iterator[Connection]:
    """Several statements of such a session as one."""
    raw: Any = conn.connection.driver_connection
    with raw.transaction():
        yield conn


@contextmanager
def in_one_go(conn: Connection) -> Iterator[Connection]:
    """The same, sent to the server together and waited for once; nothing inside may read an answer.

    What goes in one pipeline is one transaction to PostgreSQL, without a word for its begin and its end.
    """
    raw: Any = conn.connection.driver_connection
    try:
        with in_a_pipeline(raw):
            yield conn
    except psycopg.Error as fault:
        raise as_sqlalchemy_says(conn, "several statements in one go", fault) from fault


def asking(letter_id: UUID) -> list[Ask]:
    """The statements that let go of what this session holds, and take a letter: true when it has it now."""
    return [(_LET_GO, {}), ("SELECT pg_try_advisory_lock(%(key)s)", {"key": _key(letter_id)})]


def take(conn: Connection, letter_id: UUID) -> bool:
    """False: another session has it."""
    return bool(fetched_at_once(conn, asking(letter_id))[1][0][0])


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
