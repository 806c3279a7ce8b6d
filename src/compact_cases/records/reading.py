"""Connections for pages and reports, which PostgreSQL itself holds read-only."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on which PostgreSQL refuses every write."""
    with engine.connect().execution_options(postgresql_readonly=True) as conn:
        yield conn
