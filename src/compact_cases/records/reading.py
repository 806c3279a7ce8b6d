"""Connections for pages and reports, which PostgreSQL itself holds read-only."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from compact_cases.records.engines import reader_of


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on which PostgreSQL refuses every write; each statement sees what is committed by then."""
    with reader_of(engine).connect() as conn:
        yield conn
