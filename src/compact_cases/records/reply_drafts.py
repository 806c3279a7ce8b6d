"""A reply that is not finished: one row a case, gone when the reply is sent or the case is closed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Connection, DateTime, Table, Text, Uuid, delete, select
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.tables import metadata

reply_drafts = Table(
    "reply_drafts",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("typed", Text),
    Column("saved_by", Uuid),
    Column("saved_at", DateTime(timezone=True)),
)


@dataclass(frozen=True)
class ReplyDraft:
    """``typed``: the boxes of the form by their names. Read by the respondent's contacts and nobody else."""

    typed: Mapping[str, str]
    saved_by: UUID | None
    saved_at: datetime


def keep(conn: Connection, case_id: UUID, draft: ReplyDraft) -> None:
    """The newest of a case takes the place of the one before."""
    values = {
        "typed": json.dumps(dict(draft.typed)),
        "saved_by": draft.saved_by,
        "saved_at": draft.saved_at,
    }
    row = insert(reply_drafts).values(case_id=case_id, **values)
    conn.execute(row.on_conflict_do_update(index_elements=["case_id"], set_=values))


def of_case(conn: Connection, case_id: UUID) -> ReplyDraft | None:
    row = conn.execute(select(reply_drafts).where(reply_drafts.c.case_id == case_id)).one_or_none()
    return ReplyDraft(json.loads(row.typed), row.saved_by, row.saved_at) if row else None


def forget(conn: Connection, case_id: UUID) -> None:
    conn.execute(delete(reply_drafts).where(reply_drafts.c.case_id == case_id))
