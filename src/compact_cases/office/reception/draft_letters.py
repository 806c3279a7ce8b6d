"""The letters of drafts: they go with their draft, and nothing is left that says where they went."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.records import letter_states, tasks


def forget_letters(conn: Connection, draft_ids: Iterable[UUID], at: datetime) -> None:
    """Sent, waiting or failed, with their texts and links; and the tasks about those that were stuck."""
    if gone := letter_states.forget_of_drafts(conn, draft_ids):
        tasks.end(conn, gone, ("stuck",), at)
