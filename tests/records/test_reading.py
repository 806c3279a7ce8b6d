"""Plain rows from a read-only connection: what fails there fails as it does everywhere else."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DataError, DBAPIError, OperationalError

from compact_cases.records.reading import reading
from compact_cases.records.ready import fetched


def test_postgresql_itself_refuses_to_write_there(engine: Engine) -> None:
    with reading(engine) as conn, pytest.raises(DBAPIError, match="read-only transaction"):
        fetched(conn, "DELETE FROM drafts", {})


def test_a_failure_is_of_the_known_kind_and_does_not_quote_what_was_asked(engine: Engine) -> None:
    with reading(engine) as conn:
        with pytest.raises(DataError):
            fetched(conn, "SELECT CAST(%(said)s AS text)", {"said": "nul \x00 inside"})
        with pytest.raises(DBAPIError) as failed:
            fetched(conn, "SELECT nothing FROM nowhere WHERE said = %(said)s", {"said": "Elmfield"})
        assert "Elmfield" not in str(failed.value)
        assert fetched(conn, "SELECT %(one)s + 1", {"one": 1}) == [(2,)]


def test_a_connection_that_the_server_ends_is_not_used_again(engine: Engine) -> None:
    with reading(engine) as conn:
        ((pid,),) = fetched(conn, "SELECT pg_backend_pid()", {})
        with engine.begin() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")
        with pytest.raises(OperationalError):
            fetched(conn, "SELECT 1", {})
    with reading(engine) as conn:
        assert fetched(conn, "SELECT pg_backend_pid()", {}) != [(pid,)]
