"""Holds what serves to a role that cannot undo the record: neither a superuser nor the owner of the log."""

import psycopg

from compact_cases.parts.runner import PartRefused

_STRONG = """
SELECT rolsuper, pg_has_role(current_user, c.relowner, 'USAGE')
FROM pg_roles, pg_class c WHERE rolname = current_user AND c.oid = to_regclass('case_events')
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
    address = database_url.replace("postgresql+psycopg:", "postgresql:", 1)
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=_ANSWERS_IN) as connection:
            row = connection.execute(_STRONG).fetchone()
    except psycopg.OperationalError:
        return
    if row and any(row):
        raise PartRefused(TOO_STRONG.format("a superuser" if row[0] else "the tables' owner"))
