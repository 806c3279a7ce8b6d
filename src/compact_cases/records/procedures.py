"""Editions of the procedure, each with its TOML as it was taken in; a case is pinned to one."""

import tomllib
from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, DateTime, Table, Text, insert, select

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


def store(conn: Connection, procedure: Procedure, document: str, at: datetime) -> None:
    """Add an edition. An edition is never changed afterwards."""
    conn.execute(insert(procedure_editions).values(id=procedure.edition, document=document, held_at=at))


def get(conn: Connection, edition: str) -> Procedure | None:
    document = conn.scalar(select(procedure_editions.c.document).where(procedure_editions.c.id == edition))
    return None if document is None else read_procedure(tomllib.loads(document), None)


def newest(conn: Connection) -> str | None:
    """The edition that a new case is pinned to."""
    return conn.scalar(
        select(procedure_editions.c.id).order_by(procedure_editions.c.position.desc()).limit(1)
    )


def edition_ids(conn: Connection) -> list[str]:
    return list(conn.scalars(select(procedure_editions.c.id).order_by(procedure_editions.c.position)))
