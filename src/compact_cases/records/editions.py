"""Which editions are in force: of the procedure, of the calendar and of the Codes, in one look."""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class InForce:
    """None before the first is held. ``codes`` grows with every edition of any Code."""

    procedure: str | None
    calendar: str | None
    codes: int


_IN_FORCE = text(
    "SELECT (SELECT id FROM procedure_editions ORDER BY position DESC LIMIT 1) AS procedure,"
    " (SELECT id FROM calendar_editions ORDER BY position DESC LIMIT 1) AS calendar,"
    " (SELECT coalesce(max(position), 0) FROM code_editions) AS codes"
)


def in_force(conn: Connection) -> InForce:
    row = conn.execute(_IN_FORCE).one()
    return InForce(row.procedure, row.calendar, row.codes)
