"""What the office does once an hour, unasked: the calendar of a new year, what may be forgotten, and what a
wrong clock has put off."""

from datetime import timedelta

from compact_cases.office.accounts import accounts, employers, unsent
from compact_cases.office.premises import Premises
from compact_cases.office.reception.receipts import ANSWERS_KEPT
from compact_cases.office.registry import library, succession
from compact_cases.office.room import forgetting
from compact_cases.records import case_summaries, concerns, letter_states, obligations, unsent_forms

LETTERS_KEPT = timedelta(hours=24)  # with a link to sign in, or about another letter that failed
LONGEST_WAIT = timedelta(days=14)
"""No letter and no step is ever put off for longer: five working days take twelve over Christmas."""


def keep_house(premises: Premises) -> None:
    """Safe to run twice, or not at all for a while: everything it forgets is refused by its date anyway."""
    library.refresh_calendar(premises)
    accounts.forget_expired(premises)
    succession.follow(premises)
    employers.follow(premises)
    forgetting.forget_rooms(premises)
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        concerns.forget_old_codes(conn, now)
        concerns.forget_answers(conn, now - ANSWERS_KEPT)
        unsent_forms.forget_old(conn, now - unsent.KEPT)
        letter_states.forget_over(conn, now - LETTERS_KEPT)
        letter_states.bring_back(conn, now, LONGEST_WAIT)
        case_summaries.look_at(conn, obligations.bring_back(conn, now, LONGEST_WAIT), now)
