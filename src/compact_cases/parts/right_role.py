"""Holds what serves to a role that cannot undo the record: neither a superuser nor the owner of the log."""

from typing import Any

import psycopg

from compact_cases.parts.runner import PartRefused

SUPERUSER = "SUPERUSER"
_ATTRIBUTES = """
SELECT word FROM pg_roles, LATERAL (VALUES ('SUPERUSER', rolsuper), ('CREATEDB', rolcreatedb),
    ('CREATEROLE', rolcreaterole), ('REPLICATION', rolreplication), ('BYPASSRLS', rolbypassrls)) a (word, has)
WHERE rolname = current_user AND has
"""
_OWNS_THE_LOG = """
SELECT pg_has_role(current_user, c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = to_regclass('case_events')
"""
TOO_STRONG = (
    "In production the service must not use the role of {}: it could change the log of cases. Use the role"
    " that docs/application-role.sql makes; the owner's is for compact-cases migrate and restored."
)
_ANSWERS_IN = 5  # seconds


def refuse_a_strong_role(database_url: str) -> None:
    """Before a process serves in production. Raises PartRefused.

    A database that does not answer is no reason not to start: it is asked for its schema in the same way.
    """
    try:
        with psycopg.connect(plain(database_url), autocommit=True, connect_timeout=_ANSWERS_IN) as connection:
            strong, owns = SUPERUSER in attributes(connection), owns_the_log(connection)
    except psycopg.OperationalError:
        return
    if strong or owns:
        raise PartRefused(TOO_STRONG.format("a superuser" if strong else "the tables' owner"))


def attributes(connection: psycopg.Connection[Any]) -> list[str]:
    """What the connected role is beside a login."""
    return [word for (word,) in connection.execute(_ATTRIBUTES)]


def owns_the_log(connection: psycopg.Connection[Any]) -> bool:
    row = connection.execute(_OWNS_THE_LOG).fetchone()
    return bool(row and row[0])


def plain(database_url: str) -> str:
    return database_url.replace("postgresql+psycopg:", "postgresql:", 1)
