"""What the office does once an hour, unasked: the calendar of a new year, and what may be forgotten."""

from datetime import timedelta

from compact_cases.office.accounts import accounts
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import concerns

ANSWERS_KEPT = timedelta(hours=24)  # the answer to an idempotency key


def keep_house(premises: Premises) -> None:
    """Safe to run twice, or not at all for a while: everything it forgets is refused by its date anyway."""
    library.refresh_calendar(premises)
    accounts.forget_expired(premises)
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        concerns.forget_old_codes(conn, now)
        concerns.forget_answers(conn, now - ANSWERS_KEPT)
