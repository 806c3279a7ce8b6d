"""That a member of staff has said of a case, before they read it, that they have no conflict of interest."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Exists,
    Table,
    Uuid,
    bindparam,
    exists,
    select,
)
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.case_summaries import case_summaries
from compact_cases.records.tables import metadata

no_conflicts = Table(
    "no_conflicts",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("staff_id", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True)),
)


def add(conn: Connection, case_id: UUID, staff_id: UUID, at: datetime) -> None:
    """The first time counts: a case is read on the strength of it from then on."""
    said = insert(no_conflicts).values(case_id=case_id, staff_id=staff_id, at=at)
    conn.execute(said.on_conflict_do_nothing())


def said_by(staff_id: ColumnElement[UUID]) -> Exists:
    """Part of a query: whether they have said it of the case that the parameter ``reference`` names."""
    case_id = select(case_summaries.c.case_id).where(case_summaries.c.reference == bindparam("reference"))
    said = no_conflicts.c
    return exists().where(said.staff_id == staff_id, said.case_id == case_id.scalar_subquery())
