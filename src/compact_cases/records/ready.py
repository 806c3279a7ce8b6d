"""Statements that go straight to psycopg: what nearly every request asks, every page shows, an act writes.

SQLAlchemy adds 0.1 ms of its own to each statement it sends, as much as psycopg and PostgreSQL take together,
and 0.5 ms to read the fifty events of a case. A failure is the one that SQLAlchemy would raise.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import psycopg as driver
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement

_DIALECT = driver.dialect()  # type: ignore[no-untyped-call]


class Ready:
    """A statement of SQLAlchemy's, compiled once. Its rows are tuples in the order of its columns."""

    def __init__(self, statement: ClauseElement) -> None:
        self._sql = str(statement.compile(dialect=_DIALECT))

    def rows(self, conn: Connection, **values: object) -> list[tuple[Any, ...]]:
        return fetched(conn, self._sql, values)

    def row(self, conn: Connection, **values: object) -> tuple[Any, ...] | None:
        return next(iter(self.rows(conn, **values)), None)


def fetched(conn: Connection, sql: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """The rows of a statement written out in the driver's own spelling, ``%(name)s``, as plain tuples."""
    return sent(conn, sql, values).fetchall()


def sent(conn: Connection, sql: str, values: Mapping[str, object]) -> psycopg.Cursor[Any]:
    """The same for a statement that writes."""
    raw: Any = conn.connection.driver_connection
    try:
        cursor: psycopg.Cursor[Any] = raw.execute(sql, values)
    except psycopg.Error as fault:
        if raw.closed:
            conn.invalidate(fault)
        # As SQLAlchemy raises it: nobody who catches it needs to know how it was sent.
        known: Any = DBAPIError.instance(
            sql, None, fault, psycopg.Error, hide_parameters=True, dialect=_DIALECT
        )
        raise known from fault
    return cursor
