"""Sending failed letters again, once somebody says that whatever was at fault is mended."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, letter_states, people
from compact_cases.rules.permissions import Visitor

REACHES_BACK = timedelta(days=30)
"""What failed before that is over, or a person has dealt with it by hand."""
HAD_A_SECRET = ("sign-in", "draft-saved", "draft-ends-soon")
"""Their links are gone with the failure; whoever needs one asks again."""


@dataclass(frozen=True)
class Again:
    """How many letters wait once more, and how many addresses are trusted again."""

    letters: int = 0
    addresses: int = 0


def could_go_again(premises: Premises, asks: Visitor | None = None) -> int:
    """How many letters ``send_again`` would take up."""
    since = premises.clock.now() - REACHES_BACK
    with premises.engine.connect() as conn:
        return letter_states.count_failed(conn, since, HAD_A_SECRET, _cases_of(conn, asks))


def send_again(premises: Premises, asks: Visitor | None = None) -> Again:
    """Failed letters wait again, and the marks on their people's addresses go.

    Each is asked again whether it stands; what has been answered since is not sent. An address that is wrong
    indeed is marked anew. Where a board chair asks they are those of the cases that she looks after.
    """
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        failed = letter_states.wait_again(conn, now, now - REACHES_BACK, HAD_A_SECRET, _cases_of(conn, asks))
        trusted = people.trust_again(conn, set(failed)) if failed else 0
    return Again(len(failed), trusted)


def _cases_of(conn: Connection, asks: Visitor | None) -> list[UUID] | None:
    """None: every letter, of a case or of none."""
    if asks is None or asks.staff_id is None or not asks.is_chair:
        return None
    rows = case_summaries.handled_by(conn, asks.staff_id)
    return [row.case_id for row in rows if not asks.is_barred(row.barred)]
