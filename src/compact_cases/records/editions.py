"""Which editions are in force: of the procedure, of the calendar and of the Codes, in one look."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from compact_cases.records.ready import Ready


@dataclass(frozen=True)
class InForce:
    """None before the first is held. ``codes`` grows with every edition of any Code."""

    procedure: str | None
    calendar: str | None
    codes: int


_IN_FORCE = Ready(
    text(
        "SELECT (SELECT id FROM procedure_editions ORDER BY position DESC LIMIT 1),"
        " (SELECT id FROM calendar_editions ORDER BY position DESC LIMIT 1),"
        " (SELECT coalesce(max(position), 0) FROM code_editions)"
    )
)


def in_force(conn: Connection) -> InForce:
    return InForce(*_IN_FORCE.rows(conn)[0])
