"""The words by which officers find a case, apart from its summary, which every act and sweep writes anew."""

import re
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Boolean, Column, Connection, Table, Uuid
from sqlalchemy.dialects.postgresql import TSVECTOR

from compact_cases.records.ready import fetched, sent
from compact_cases.records.rows import insert_rows, update_rows
from compact_cases.records.tables import metadata
from compact_cases.rules.bodies import folded
from compact_cases.rules.references import normalise

LONGEST = 500  # letters of a word: PostgreSQL has room for 2,046 bytes, and a letter takes four at most
MOST_ASKED = 10
APOSTROPHES = re.compile("['’]")

case_words = Table(
    "case_words",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("is_open", Boolean),
    Column("words", TSVECTOR),
)


def add(conn: Connection, case_id: UUID, said: str, *, is_open: bool = True) -> None:
    """The case is found by each word of ``said``."""
    words = " ".join(_found_by(said))
    insert_rows(conn, case_words, [{"case_id": case_id, "is_open": is_open, "words": words}])


def add_more(conn: Connection, case_id: UUID, said: str) -> None:
    more = "UPDATE case_words SET words = words || %(words)s::tsvector WHERE case_id = %(case)s"
    sent(conn, more, {"case": case_id, "words": " ".join(_found_by(said))})


def set_open(conn: Connection, cases: Mapping[UUID, bool]) -> None:
    """Which cases are found among the open ones from now on, and which among the closed."""
    rows = [{"case_id": case, "is_open": is_open} for case, is_open in cases.items()]
    update_rows(conn, case_words, ("case_id",), rows)


def is_open(conn: Connection, case_id: UUID) -> bool | None:
    """None: the case has no row here."""
    found = fetched(conn, "SELECT is_open FROM case_words WHERE case_id = %(case)s", {"case": case_id})
    return bool(found[0][0]) if found else None


def query_of(typed: str) -> str:
    """A tsquery for all the words, the last one as the beginning of a word; empty where there are none.

    What may be a reference is looked for in its stored spelling as well.
    """
    reference = normalise(typed, "")
    asked = [_all_of(_words(one)[:MOST_ASKED]) for one in (typed, reference or "")]
    return " | ".join(one for one in asked if one)


def _all_of(words: list[str]) -> str:
    return " & ".join([*words[:-1], f"{words[-1]}:*"]) if words else ""


def _found_by(said: str) -> list[str]:
    """Its words, and the parts of those with an apostrophe: O'Connor is found as "Connor" too."""
    parts = _words(APOSTROPHES.sub(" ", said)) if APOSTROPHES.search(said) else []
    return [*_words(said), *parts]


def _words(said: str) -> list[str]:
    """Letters and digits only, so that nothing in them means anything to PostgreSQL: they need no parser."""
    return [word[:LONGEST] for word in folded(said).split()]
