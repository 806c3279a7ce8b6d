"""What somebody typed when their session ended: a row a form, encrypted, for a day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Connection, DateTime, LargeBinary, Table, Text, Uuid, delete, select

from compact_cases.records.case_summaries import case_summaries
from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata

unsent_forms = Table(
    "unsent_forms",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("holder", Uuid),
    Column("case_id", Uuid),
    Column("act", Text),
    Column("typed", LargeBinary),
    Column("kept_at", DateTime(timezone=True)),
)


OF_ITS_CASE = ("reference", "barred")


@dataclass(frozen=True)
class UnsentForm:
    """``act`` is an act of the case, or beside cases the path to which it was sent."""

    id: UUID
    holder: UUID
    case_id: UUID | None
    act: str
    typed: bytes
    kept_at: datetime
    reference: str | None = None
    barred: tuple[UUID, ...] = ()  # from its case


def add(conn: Connection, form: UnsentForm) -> None:
    row = {name: getattr(form, name) for name in form.__dataclass_fields__ if name not in OF_ITS_CASE}
    insert_rows(conn, unsent_forms, [row])


def of_holder(conn: Connection, holder: UUID, since: datetime) -> list[UnsentForm]:
    """All that is kept for somebody, the newest first."""
    query = (
        select(unsent_forms, case_summaries.c.reference, case_summaries.c.barred)
        .join_from(
            unsent_forms, case_summaries, case_summaries.c.case_id == unsent_forms.c.case_id, isouter=True
        )
        .where(unsent_forms.c.holder == holder, unsent_forms.c.kept_at > since)
        .order_by(unsent_forms.c.kept_at.desc(), unsent_forms.c.id.desc())
    )
    found = (dict(row) for row in conn.execute(query).mappings())
    return [UnsentForm(**{**row, "barred": tuple(row["barred"] or ())}) for row in found]


def remove(conn: Connection, holder: UUID, form_id: UUID) -> None:
    conn.execute(delete(unsent_forms).where(unsent_forms.c.holder == holder, unsent_forms.c.id == form_id))


def forget_of(conn: Connection, holder: UUID) -> None:
    """Somebody has left, or is to be forgotten."""
    conn.execute(delete(unsent_forms).where(unsent_forms.c.holder == holder))


def forget_old(conn: Connection, before: datetime) -> int:
    return conn.execute(delete(unsent_forms).where(unsent_forms.c.kept_at <= before)).rowcount
