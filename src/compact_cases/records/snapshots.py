"""Reading all of it as it stood at one moment, whoever writes meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction whose every statement sees the same moment, and in which nothing can be written.

    Whoever reads so for a minute needs more time for a statement than a page has.
    """
    kept = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with kept.connect() as conn, conn.begin():
        conn.execute(text("SET LOCAL statement_timeout = '5min'"))
        yield conn
