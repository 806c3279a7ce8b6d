"""After a restore: a database to work on again, and the word on which its letters go."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import ProgrammingError

from compact_cases.clock import HandClock
from compact_cases.office.casework import reminders
from compact_cases.office.post.holding import SAY_SO
from compact_cases.office.premises import Premises
from compact_cases.records import letter_states, restores
from compact_cases.records.restores import Restore
from compact_cases.rules.refusals import Refused

LOOK_FIRST = "Read first what would be done: compact-cases sweep --dry-run."


@dataclass(frozen=True)
class Restored:
    """What was done about it. ``skipped_to``: the last case number that is left out."""

    number: int
    skipped_to: int


def restored(premises: Premises, skip: int) -> Restored:
    """Make a restored database one to work on: as the owner of its tables, before anything else.

    The feed begins anew, ``skip`` case numbers are left out, and the post is held. Raises Refused.
    """
    try:
        with premises.engine.begin() as conn:
            one = restores.add(conn, restores.here(conn), premises.clock.now())
            restores.renumber_log(conn)
            return Restored(one.number, restores.skip_numbers(conn, skip))
    except ProgrammingError:
        raise Refused("Only the owner of the tables can do this: give the owner's address.") from None


def looked(premises: Premises) -> None:
    """Somebody has read what a sweep would do."""
    with premises.engine.begin() as conn:
        if (one := _unsettled(conn)) is not None:
            restores.looked(conn, one.number, premises.clock.now())


def resume(premises: Premises, count_as_sent_until: datetime | None) -> int:
    """Let letters go again; what was due until an instant is handled, and counts as sent: how many.

    Raises Refused when nothing is held, and before somebody has looked.
    """
    with premises.engine.begin() as conn:
        one = _unsettled(conn)
    if one is None:
        raise Refused("Nothing is held: letters go as ever.")
    if one.looked_at is None:
        raise Refused(LOOK_FIRST)
    counted = 0
    if count_as_sent_until is not None:
        if count_as_sent_until > premises.clock.now():
            raise Refused("What is not due yet cannot count as sent. Give an instant that has passed.")
        then = replace(premises, clock=HandClock(count_as_sent_until))
        while reminders.sweep(then, though_held=True).cases:
            pass
    with premises.engine.begin() as conn:
        if count_as_sent_until is not None:
            counted = letter_states.count_as_sent(conn, count_as_sent_until)
        how = "count-as-sent" if count_as_sent_until else "send"
        restores.settle(conn, one.number, premises.clock.now(), how)
    return counted


def _unsettled(conn: Connection) -> Restore | None:
    """The restore that waits for somebody's word. Raises Refused for one that nobody has spoken of yet."""
    latest = restores.latest(conn)
    if latest is None:
        return None
    if latest.cluster != restores.here(conn):
        raise Refused(SAY_SO)
    return latest if latest.settled_at is None else None
