"""Which cases name somebody: found by the log, for no table says who was proposed or named to a panel."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, bindparam, text

CASES = text(
    "SELECT DISTINCT case_id FROM case_events WHERE name IN :names AND position(:person IN body) > 0"
).bindparams(bindparam("names", expanding=True))


def cases_naming(conn: Connection, person: UUID, names: Sequence[str]) -> list[UUID]:
    """Those in whose log an event of these names holds the id of a person."""
    rows = conn.execute(CASES, {"names": list(names), "person": str(person)})
    return [row.case_id for row in rows]
