"""Editions of the procedure, each with its TOML as it was taken in; a case is pinned to one."""

import tomllib
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, DateTime, Table, Text, insert, select, text

from compact_cases.records.tables import metadata
from compact_cases.rules.procedure import Procedure, read_procedure

procedure_editions = Table(
    "procedure_editions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("position", BigInteger),
    Column("document", Text),
    Column("held_at", DateTime(timezone=True)),
)


procedure_choices = Table(
    "procedure_choices",
    metadata,
    Column("position", BigInteger, primary_key=True),
    Column("edition", Text),
    Column("how", Text),
    Column("chosen_at", DateTime(timezone=True)),
)
IN_FORCE = (
    "coalesce((SELECT edition FROM procedure_choices ORDER BY position DESC LIMIT 1),"
    " (SELECT id FROM procedure_editions ORDER BY position DESC LIMIT 1))"
)


def store(conn: Connection, procedure: Procedure, document: str, at: datetime) -> None:
    """Add an edition. An edition is never changed afterwards."""
    conn.execute(insert(procedure_editions).values(id=procedure.edition, document=document, held_at=at))


def get(conn: Connection, edition: str) -> Procedure | None:
    document = conn.scalar(select(procedure_editions.c.document).where(procedure_editions.c.id == edition))
    return None if document is None else read_procedure(tomllib.loads(document), None)


def choose(conn: Connection, edition: str, how: str, at: datetime) -> None:
    """From now on a new case is pinned to this edition. ``how`` is import or use."""
    conn.execute(insert(procedure_choices).values(edition=edition, how=how, chosen_at=at))


def in_force(conn: Connection) -> str | None:
    """The edition that a new case is pinned to: the one chosen last, or the newest where none was."""
    found: str | None = conn.scalar(text(f"SELECT {IN_FORCE}"))
    return found


def edition_ids(conn: Connection) -> list[str]:
    """Oldest first."""
    return list(conn.scalars(select(procedure_editions.c.id).order_by(procedure_editions.c.position)))
