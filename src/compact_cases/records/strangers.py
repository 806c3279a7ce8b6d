"""Rows that are folded from logs, of cases of which there is no log."""

from sqlalchemy import Connection, text

_OF_NO_LOG = "NOT EXISTS (SELECT FROM case_events e WHERE e.case_id = t.case_id)"
_FOLDED = {
    "case_summaries": "a summary",
    "obligations": "obligations",
    "case_words": "words to be searched for",
}


def found(conn: Connection) -> list[tuple[str, str]]:
    """Cases that have folded rows and no event: by reference, else by id; and which rows those are."""
    kinds = " UNION ALL ".join(
        f"SELECT DISTINCT t.case_id, '{words}' AS what FROM {table} t WHERE {_OF_NO_LOG}"
        for table, words in _FOLDED.items()
    )
    query = (
        "SELECT coalesce(s.reference, k.case_id::text), string_agg(k.what, ' and ' ORDER BY k.what)"
        f" FROM ({kinds}) k LEFT JOIN case_summaries s ON s.case_id = k.case_id GROUP BY 1 ORDER BY 1"
    )
    return [(name, what) for name, what in conn.execute(text(query))]


def remove(conn: Connection) -> None:
    for table in _FOLDED:
        conn.execute(text(f"DELETE FROM {table} t WHERE {_OF_NO_LOG}"))
