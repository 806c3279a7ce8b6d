"""The proof of a date: every day from the event to the due date, and why it counts or does not."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice, pairwise

from compact_cases.rules.course import Obligation
from compact_cases.rules.events.clocks import IN_ERROR, LENGTHENED, Posting
from compact_cases.rules.events.moving import MOVED
from compact_cases.rules.events.timetable import AGREED, ENDED
from compact_cases.rules.extensions import lineage
from compact_cases.rules.pausing import MORE_TIME_ASKED, in_words
from compact_cases.rules.working_days import ONE_DAY, Calendar, Day, More, OutsideCalendar, Pause, Start

ADDED = {LENGTHENED: "a longer limit applies", IN_ERROR: "a pause was recorded in error"}
"""Why working days were added to a limit, by how its cycle ended."""
SAID = {AGREED: "this date was agreed by both sides on", ENDED: "the agreed timetable was ended on"}


def proof_of(
    all_cycles: Sequence[Obligation], one: Obligation, calendar: Calendar, postings: Sequence[Posting] = ()
) -> tuple[Day, ...]:
    """Every day from the event to the due date, with pauses and added days. Empty while it is paused.

    A cycle that was only set anew goes on in the next one, so the proof begins with the first of them. A date
    that both sides agreed, or that lies months ahead, was not counted in working days.
    """
    if one.due is None or one.name == "check-in" or (one.name == "action" and one.cycle == 1):
        return ()
    chain = _chain(all_cycles, one)
    posting = next((each for each in postings if each.of == chain[0].key), None)
    try:
        if posting and len(chain) == 1:
            first = one.term.start
            return (*_in_the_post(posting, first), *calendar.proof(first, one.term.limit))
        days = calendar.proof(
            _start(chain[0], calendar), chain[0].term.limit, list(_changes(chain, calendar))
        )
        if days[-1].day == one.due:
            return days
        days = calendar.proof(one.term.start, one.term.limit)
        # a date that was too near may be a day that does not work: no proof leads to it
        return days if calendar.is_working(one.due) else ()
    except OutsideCalendar:
        return ()


def _in_the_post(posting: Posting, first: date) -> list[Day]:
    """The days from the posting to day 0, on which the letter was under way."""
    on = posting.on
    days = [on + ONE_DAY * n for n in range((first - on).days)]
    day_of_it = f"{'Read out' if posting.way == 'phone' else 'Posted'} on this day"
    why = "a letter takes two working days" if posting.way == "post" else "it was not a working day"
    return [Day(day, None, f"{day_of_it}; {why}." if day == on else f"Not counted: {why}.") for day in days]


def _chain(cycles: Sequence[Obligation], one: Obligation) -> list[Obligation]:
    """From the cycle in which counting began; what was paused when overdue begins anew with its five."""
    chain = [one]
    for before in islice(lineage(one, cycles), 1, None):
        if before.hold is not None and before.hold.on > before.term.due:
            break
        chain.insert(0, before)
    return chain


def _changes(chain: Sequence[Obligation], calendar: Calendar) -> Iterator[Pause | More]:
    for before, after in pairwise(chain):
        ran_on = before.hold_reason == MORE_TIME_ASKED or before.ended_how == IN_ERROR
        if before.hold is None or ran_on:
            if before.ended_how == MOVED:  # its old limit, counted by the calendar of now
                due = calendar.plus(before.term.start, before.term.limit)
                days = calendar.working_days_between(due, after.term.due)
                by = f"days count by calendar {calendar.edition}"
                yield More(after.term.start, days, f"the closing days or the procedure changed, and {by}")
                continue
            days = calendar.working_days_between(before.term.due, after.term.due)
            if before.ended_how in SAID:  # it may be fewer days, so it is said where it was agreed
                yield More(after.term.start, days, f"{SAID[before.ended_how]} {_on(after.opened_at)}")
                continue
            why = ADDED.get(before.ended_how or "", "more time was asked for")
            yield from [More(before.term.due, days, why)] if days else []
            continue
        left = calendar.working_days_left_at(before.term.start, before.term.limit, before.hold.on)
        yield Pause(
            before.hold.on, _resumed(before, after, calendar), in_words(before.hold_reason or "paused")
        )
        if after.term.limit > left:
            yield More(after.term.start, after.term.limit - left, "a longer limit applies")


def _on(at: datetime) -> str:
    return f"{at:%A} {at.day} {at:%B %Y}"


def _start(one: Obligation, calendar: Calendar) -> Start:
    """The instant it opened, when that is what set day 0; else day 0 itself."""
    return one.opened_at if calendar.start_day(one.opened_at) == one.term.start else one.term.start


def _resumed(before: Obligation, after: Obligation, calendar: Calendar) -> Start:
    """A pause that ended by its cap resumed on the cap's day, however late that was recorded."""
    if before.hold is not None and calendar.start_day(before.hold.ends) == after.term.start:
        return before.hold.ends
    return _start(after, calendar)
