"""The day's head: made once a day over what no earlier one covers, and sent out of reach."""

import logging
from itertools import islice

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.office.proof import going_out, signing
from compact_cases.records import covered
from compact_cases.records import heads as records
from compact_cases.rules.heads import NOTHING_BEFORE, Head
from compact_cases.rules.merkle import Tree
from compact_cases.rules.refusals import Refused

BATCH = 2000
_log = logging.getLogger(__name__)


def keep_day(premises: Premises) -> Head | None:
    """Make today's head unless there is one, and file the letters that take out what has not gone yet.

    Run every hour; a day on which it never ran is a gap and no fault, for the next head covers it.
    """
    made = None
    with premises.engine.begin() as conn:
        records.one_at_a_time(conn)
        last = records.latest(conn)
        if last is None or last.day != premises.clock.today():
            try:
                made = _make(conn, premises, last)
            except Refused as problem:
                _log.error("no head was made: %s", problem)
        going_out.file_letters(conn, premises)
    return made


def _make(conn: Connection, premises: Premises, last: Head | None) -> Head:
    """Each statement has a snapshot of its own: what commits meanwhile stands in this head or in the next."""
    number, tree = (last.number + 1 if last else 1), Tree()
    unsigned = Head(
        number, premises.clock.today(), 0, b"", last.digest if last else NOTHING_BEFORE, bytes(32)
    )
    signing.signed(premises.settings, unsigned, last.key if last else None)  # refused before any work is done
    entries = covered.not_yet(conn)
    while batch := list(islice(entries, BATCH)):
        records.add_entries(conn, number, tree.leaves, batch)
        for one in batch:
            tree.add(one.leaf)
    whole = Head(number, unsigned.day, tree.leaves, tree.root, unsigned.before, unsigned.key)
    head = signing.signed(premises.settings, whole, last.key if last else None)
    records.add(conn, head)
    return head
