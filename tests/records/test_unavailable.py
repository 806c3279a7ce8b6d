"""What PostgreSQL could not do, in a sentence; a mistake of ours has none."""

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from compact_cases.records.unavailable import DOES_NOT_ANSWER, LOST, why_not


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (errors.LockNotAvailable(), "Somebody else"),
        (errors.DeadlockDetected(), "Somebody else"),
        (errors.QueryCanceled(), "longer than we wait"),
        (errors.IdleInTransactionSessionTimeout(), "lost in the middle"),
        (errors.DiskFull(), "no room left"),
        (errors.TooManyConnections(), "more to do"),
        (errors.ReadOnlySqlTransaction(), "only be read"),
        (errors.AdminShutdown(), "does not answer"),
        (psycopg.OperationalError("connection refused"), "does not answer"),
    ],
)
def test_it_is_said_whoever_sent_the_statement(fault: psycopg.Error, words: str) -> None:
    wrapped = DBAPIError.instance("SELECT 1", None, fault, psycopg.Error)
    assert isinstance(wrapped, DBAPIError)
    assert words in str(why_not(wrapped))
    if fault.sqlstate:
        assert words in str(why_not(fault))


def test_a_connection_that_was_lost_on_the_way_is_told_apart_from_none_at_all(engine: Engine) -> None:
    with engine.connect() as conn, engine.connect() as other:
        pid = conn.scalar(text("SELECT pg_backend_pid()"))
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        with pytest.raises(DBAPIError) as lost:
            conn.execute(text("SELECT 1"))
    assert why_not(lost.value) == LOST
    assert why_not(PoolTimeout()) != DOES_NOT_ANSWER


def test_a_statement_that_is_wrong_is_ours(engine: Engine) -> None:
    with engine.connect() as conn, pytest.raises(ProgrammingError) as wrong:
        conn.execute(text("SELECT nothing FROM nowhere"))
    assert why_not(wrong.value) is None
    assert why_not(ValueError()) is None
