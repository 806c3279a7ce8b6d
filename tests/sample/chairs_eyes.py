"""What the board chair reads of every case that was played: no word of anybody, and no party's name."""

import json

import msgspec
from sqlalchemy import Connection, text

from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import case_summaries
from compact_cases.reports import case_view
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat

MARK = "Marked words"
MARKED = (
    "UPDATE statements SET text = :mark",
    "UPDATE people SET name = :mark, organisation = :mark, shown_as = :mark, area = :mark",
    "UPDATE contact_points SET address = :mark || id",
    "UPDATE bodies SET name = :mark || id, folded = :mark || id, area = :mark",
    "UPDATE case_summaries SET raiser_label = :mark, raiser_shown = :mark, respondent_label = :mark",
)
"""Every text that somebody wrote, and every name of both sides."""
TO_THE_CHAIR = """SELECT t.subject || ' ' || t.text FROM letter_texts t JOIN letters l ON l.id = t.letter_id
WHERE l.seat = :seat"""
WRITTEN = "SELECT text FROM statements UNION SELECT name FROM people UNION SELECT name FROM bodies"
LONG_ENOUGH = 12  # shorter ones, such as a yes, may stand in any letter


def reads_no_content(premises: Premises) -> None:
    with premises.engine.begin() as conn:
        _in_letters(conn)
        for statement in MARKED:
            conn.execute(text(statement), {"mark": MARK})
        for reference in conn.execute(text("SELECT reference FROM case_summaries")).scalars().all():
            assert MARK not in _page(conn, premises, reference), reference


def _in_letters(conn: Connection) -> None:
    written = [one for one in conn.execute(text(WRITTEN)).scalars() if one and len(one) >= LONG_ENOUGH]
    for letter in conn.execute(text(TO_THE_CHAIR), {"seat": Seat.CHAIR.value}).scalars():
        assert [one for one in written if one in letter] == []


def _page(conn: Connection, premises: Premises, reference: str) -> str:
    row = case_summaries.find(conn, reference)
    assert row is not None
    rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
    seen = case_view.view(conn, rulebook, row, Visitor(Seat.CHAIR), premises.clock.now())
    assert (seen.viewpoint, seen.reference) == ("chair", reference)
    return json.dumps(msgspec.to_builtins(seen.flat())) + repr(vars(seen))
