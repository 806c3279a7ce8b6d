"""Holds whoever opens the database to the schema of this version: neither code nor data is older."""

import time

import psycopg

from compact_cases.clock import machine_seconds
from compact_cases.parts.revisions import WrongSchema, hold_to

_LOOK_AGAIN = 0.05  # seconds
_ANSWERS_IN = 5  # seconds


def hold(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Raises WrongSchema with what to do, or psycopg's errors. Leaves no transaction open."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except psycopg.errors.UndefinedTable:
        row = None
    finally:
        connection.rollback()
    hold_to(str(row[0]) if row else None)


def hold_at_start(database_url: str, seconds: float = 0) -> None:
    """Before a process serves. An older schema is waited for so long: perhaps it is being migrated.

    A database that does not answer is no reason not to start; each connection is held to the schema later.
    """
    ends = machine_seconds() + seconds
    address = database_url.replace("postgresql+psycopg:", "postgresql:", 1)
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=_ANSWERS_IN) as connection:
            while not _held(connection, may_wait=machine_seconds() < ends):
                time.sleep(_LOOK_AGAIN)
    except psycopg.OperationalError:
        return


def _held(connection: psycopg.Connection[tuple[object, ...]], *, may_wait: bool) -> bool:
    try:
        hold(connection)
    except WrongSchema as wrong:
        if not (wrong.is_older and may_wait):
            raise
        return False
    return True
