"""Which editions are in force: of the procedure, of the calendar and of the Codes, in one look."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from compact_cases.records import codes, procedures
from compact_cases.records.ready import Ready


@dataclass(frozen=True)
class InForce:
    """None before the first is held. ``codes`` grows with everything that changes what the Codes are."""

    procedure: str | None
    calendar: str | None
    codes: int


_IN_FORCE = Ready(
    text(
        f"SELECT {procedures.IN_FORCE},"
        " (SELECT id FROM calendar_editions ORDER BY position DESC LIMIT 1),"
        f" {codes.VERSION}"
    )
)


def in_force(conn: Connection) -> InForce:
    return InForce(*_IN_FORCE.rows(conn)[0])
