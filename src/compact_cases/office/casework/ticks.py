"""When the sweep looks at a case next, and to which day it has handled what is owed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from sqlalchemy import Connection

from compact_cases.office.casework import past
from compact_cases.office.premises import Premises
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.obligations import ObligationRow
from compact_cases.rules.case import Case
from compact_cases.rules.course import Key
from compact_cases.rules.events import Event
from compact_cases.rules.events.intake import EnteredFromPaper, KeptOnPaper
from compact_cases.rules.obligations import next_tick
from compact_cases.rules.rulebook import Rulebook
from compact_cases.settings import OFFICE_ZONE

ALWAYS_OPEN = time(0, 1)


def tick_after(
    conn: Connection,
    premises: Premises,
    row: CaseRow,
    after: Case,
    events: list[Event],
    owed: list[ObligationRow],
    rulebook: Rulebook,
    now: datetime,
) -> datetime | None:
    """When the sweep looks at it next; of a case from paper its past steps are marked as over first."""
    handled, again = handled_to(owed), put_off_to(owed)
    if any(isinstance(event, KeptOnPaper | EnteredFromPaper) for event in events):
        next_day = rulebook.calendar.next_working(now.astimezone(OFFICE_ZONE).date())
        morning = datetime.combine(next_day, opens_at(premises), OFFICE_ZONE)
        passed, waits = past.nothing_is_chased(conn, row, after, handled, rulebook, now, morning)
        handled, again = handled | passed, again | waits
    return tick_of(premises, after, handled, rulebook, again)


def handled_to(owed: Iterable[ObligationRow]) -> dict[Key, date | None]:
    """The day to which the sweep has handled each obligation."""
    return {one.obligation.key: one.handled_to for one in owed}


def put_off_to(owed: Iterable[ObligationRow]) -> dict[Key, datetime]:
    """When the next step of each is tried again, of those that were refused."""
    return {one.obligation.key: one.again_at for one in owed if one.again_at}


def tick_of(
    premises: Premises,
    case: Case,
    handled: Mapping[Key, date | None],
    rulebook: Rulebook,
    again: Mapping[Key, datetime] | None = None,
) -> datetime | None:
    """The next instant at which the sweep must look at a case."""
    pairs = [(one, handled.get(one.key)) for one in case.obligations]  # what is only watched as well
    return next_tick(pairs, rulebook, opens_at(premises), again)


def opens_at(premises: Premises) -> time:
    """The hour at which the office's letters begin to go out."""
    office = premises.settings.office
    return ALWAYS_OPEN if office.window_every_day else office.window_start
