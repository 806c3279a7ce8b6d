"""Equality answers as counters of a year: nothing says who answered, when, or together with what."""

from sqlalchemy import Column, Connection, Integer, Table, Text
from sqlalchemy.dialects.postgresql import insert

from compact_cases.records.tables import metadata

equality_counts = Table(
    "equality_counts",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("answer", Text, primary_key=True),
    Column("count", Integer),
)


def add_one(conn: Connection, year: int, question: str, answer: str) -> None:
    """One more person gave this answer this year."""
    counted = insert(equality_counts).values(year=year, question=question, answer=answer, count=1)
    conn.execute(
        counted.on_conflict_do_update(
            index_elements=["year", "question", "answer"], set_={"count": equality_counts.c.count + 1}
        )
    )
