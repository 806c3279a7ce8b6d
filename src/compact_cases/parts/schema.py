"""The database's schema: bring it to the newest revision, and say which one it has."""

import logging
from collections.abc import Sequence
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from psycopg.errors import LockNotAvailable
from sqlalchemy import Engine, Row, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from compact_cases.parts.revisions import refuse_unknown, shipped
from compact_cases.parts.runner import PartRefused
from compact_cases.shipped import migrations_folder

OTHER_WAIT, TABLE_WAIT = 60, 5  # seconds
ONE_AT_A_TIME = 7261990  # an advisory lock: of two migrates at once the second finds nothing to do
_SESSIONS = (
    "SELECT DISTINCT a.pid, a.usename, a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
)
_OTHERS = "l.granted AND a.pid <> pg_backend_pid() AND a.datname = current_database()"
MIGRATING = text(f"{_SESSIONS} WHERE {_OTHERS} AND l.locktype = 'advisory' AND l.objid = :key ORDER BY a.pid")
USING = text(
    f"{_SESSIONS} JOIN pg_class c ON c.oid = l.relation"
    f" WHERE {_OTHERS} AND c.relnamespace = 'public'::regnamespace ORDER BY a.pid LIMIT 5"
)


def migrate(database_url: str, wait: float = OTHER_WAIT) -> str | None:
    """Bring the database to the newest schema; the revision it then has. Raises PartRefused.

    ``wait`` is how many seconds another migrate is waited for; a table only for five, because everybody
    who uses it queues behind who waits.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    engine = _engine(database_url)
    try:
        refuse_unknown(_revision(engine))
        command.upgrade(_settings(engine, wait), "head")
        return _revision(engine)
    except OperationalError as fault:
        if not isinstance(fault.orig, LockNotAvailable):
            raise
        raise PartRefused(_who_holds(engine, wait)) from None
    finally:
        engine.dispose()


def current(database_url: str) -> str | None:
    """The revision of the database; ``None`` before its first migration."""
    engine = _engine(database_url)
    try:
        return _revision(engine)
    finally:
        engine.dispose()


def newest() -> str:
    """The newest revision that this version ships."""
    return shipped()[-1]


def _who_holds(engine: Engine, wait: float) -> str:
    """Why a migration gave up, and whom to ask; the words of others' statements are nobody's business."""
    stands = f"the schema is still {_revision(engine) or 'none'}"
    with engine.connect() as connection:
        others = connection.execute(MIGRATING, {"key": ONE_AT_A_TIME}).all()
        if others:
            return (
                f"Another migrate is at work, and this one waited {wait:g} seconds for it; {stands}. "
                f"It is {_named(others)}. Try again when it is done, or end it."
            )
        users = connection.execute(USING).all()
    return (
        f"The migration waited {TABLE_WAIT} seconds for a table that others use, and gave up; {stands}. "
        + (f"In the way may be: {_named(users)}. " if users else "")
        + f"Try again at a quieter time, or end {'them' if len(users) > 1 else 'it'}."
    )


def _named(sessions: Sequence[Row[Any]]) -> str:
    return "; ".join(
        f"process {one.pid} ({', '.join(name for name in (one.usename, one.application_name) if name)})"
        for one in sessions
    )


def _settings(engine: Engine, wait: float) -> Config:
    """For ``migrations/env.py``, which imports nothing of ours."""
    settings = Config()
    settings.attributes.update(engine=engine, one_at_a_time=ONE_AT_A_TIME)
    settings.attributes.update(other_wait=wait, table_wait=TABLE_WAIT)
    settings.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def _engine(database_url: str) -> Engine:
    return create_engine(make_url(database_url).set(drivername="postgresql+psycopg"), poolclass=NullPool)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
