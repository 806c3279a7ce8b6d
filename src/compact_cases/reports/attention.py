"""What needs an officer's attention: the tasks that nobody has done yet, oldest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, text

from compact_cases.rules.tasks import in_words
from compact_cases.settings import OFFICE_ZONE

QUERY = text("""
SELECT t.id, t.kind, t.sentence, t.opened_at, c.reference, l.id AS letter
FROM tasks t LEFT JOIN case_summaries c ON c.case_id = t.case_id
LEFT JOIN letters l ON l.id = t.subject_id AND t.kind IN ('post', 'phone', 'unposted')
WHERE t.done_at IS NULL ORDER BY t.opened_at, t.id LIMIT :limit
""")


@dataclass(frozen=True)
class AttentionRow:
    """A task with the case and the letter that it is about, if it is about one."""

    id: UUID
    kind: str
    words: str
    sentence: str
    opened_at: datetime
    reference: str | None
    letter: UUID | None


def waiting(conn: Connection, limit: int = 100) -> list[AttentionRow]:
    return [
        AttentionRow(
            row.id,
            row.kind,
            in_words(row.kind),
            row.sentence,
            row.opened_at.astimezone(OFFICE_ZONE),
            row.reference,
            row.letter,
        )
        for row in conn.execute(QUERY, {"limit": limit})
    ]
