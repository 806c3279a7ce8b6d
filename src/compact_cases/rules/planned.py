"""Timetable, its dates: which may be planned, until when; and what has become of those that were agreed."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events.clocks import LENGTHENED
from compact_cases.rules.events.intake import TAKEN_OVER
from compact_cases.rules.events.timetable import AgreedDate, PlannedDate, Proposal
from compact_cases.rules.extensions import ONLY_SET_ANEW, lineage
from compact_cases.rules.pausing import today
from compact_cases.rules.seats import Side
from compact_cases.rules.urgency import date_ahead
from compact_cases.rules.working_days import LONDON, Calendar

OF_SIDES = frozenset({"reply", "decide", "comment", "agree", "respond"})
OF_THE_OFFICE = frozenset({"convene", "note", "constitute"})
"""What a timetable may name: what a side owes, and what both wait for and would rather have later. Not what
stands on a day that is set otherwise (a meeting, a hearing, an action, the end of a mediation), nor what is
asked to protect somebody: acknowledging, reading what was sent, a question that ends a pause."""
GOES_ON = (*ONLY_SET_ANEW, TAKEN_OVER)
"""How a cycle ended whose obligation is still the one for which a date was agreed."""
TWICE = 2
MORE = {LENGTHENED: TWICE, TAKEN_OVER: 1}  # how often days count that were given beside a timetable
MISSED_BY = 5  # working days after its date, and the other side may end the timetable
SIDES = (Side.RAISER.value, Side.RESPONDENT.value)


@dataclass(frozen=True)
class Window:
    """Between which days another date for this may lie, both with it."""

    one: Obligation
    first: date
    last: date


def name_of(one: Obligation | PlannedDate | AgreedDate) -> str:
    return f"{one.name} {one.item}".strip()


def can_be_planned(case: Case, now: Now) -> list[Window]:
    """What may have another date by a timetable, the earliest first."""
    found = (_window(one, case, now) for one in case.open_obligations if _is_of_one(one, case))
    windows = [one for one in found if one]
    return sorted(windows, key=lambda each: (each.one.due or date.max, each.one.name, each.one.item))


def _is_of_one(one: Obligation, case: Case) -> bool:
    """Once the last letter has gone what follows from silence has its own days."""
    if one.due is None or (one.name == "decide" and case.enquiry.last_letter is not None):
        return False
    return one.name in (OF_THE_OFFICE if one.owner.side is Side.OFFICE else OF_SIDES)


def _window(one: Obligation, case: Case, now: Now) -> Window | None:
    """What the office owes is never to be sooner: nobody of it is asked."""
    assert one.due is not None  # noqa: S101 (asked by _is_of_one)
    calendar, day = now.rulebook.calendar, today(now)
    first = calendar.next_working(max(day, one.due) if one.owner.side is Side.OFFICE else day)
    last = latest(one, case, calendar)
    return None if last < first or first == last == one.due else Window(one, first, last)


def latest(one: Obligation, case: Case, calendar: Calendar) -> date:
    """Twice its limit from when it was first owed; days of pauses do not count, nor those which a body that
    took over has more; what was set anew does.

    So one timetable after the other leads no further than one.
    """
    cycles = [*lineage(one, case.obligations, GOES_ON)][::-1]
    days = TWICE * cycles[0].term.limit
    for before, after in pairwise(cycles):
        if before.hold is not None:
            days += max(0, calendar.working_days_between(before.hold.on, after.term.start))
        elif before.ended_how in MORE and before.due:
            days += MORE[before.ended_how] * calendar.working_days_between(before.due, after.term.due)
    return calendar.plus(cycles[0].term.start, days)


def is_urgent(case: Case, now: Now) -> bool:
    """On the fast track, until its date is over or put on hold; harm without a date stays urgent."""
    part = case.fast_track
    ahead = case.intake.closes_on is None or date_ahead(case, now) is not None
    return part.is_on and not part.is_put_on_hold and ahead


def settable(proposal: Proposal, case: Case) -> tuple[PlannedDate, ...]:
    """Of what was proposed that which stands as it did then: not done, paused, or set anew meanwhile."""
    return tuple(
        one
        for one in proposal.dates
        if (now_owed := case.owed(one.name, one.item))
        and now_owed.cycle == one.cycle
        and now_owed.due is not None
    )


# --- what was agreed --------------------------------------------------------------------------------------


def stands_as(one: AgreedDate, case: Case) -> Obligation:
    """What has become of an agreed date: its last cycle, were it paused or moved since."""
    cycles = {each.cycle: each for each in case.obligations if (each.name, each.item) == (one.name, one.item)}
    last = cycles[one.cycle]
    while last.ended_how in GOES_ON and (after := cycles.get(last.cycle + 1)):
        last = after
    return last


def runs(case: Case) -> bool:
    """Whether something that was agreed is still to be done."""
    return any(one.agreed for one in case.open_obligations)


def is_missed(one: Obligation, now: Now) -> bool:
    """Not done within five working days after its date, whatever the procedure then made of it."""
    between = now.rulebook.calendar.working_days_between
    if one.due is None or between(one.due, today(now)) < MISSED_BY:
        return False
    ended = one.ended_at and one.ended_at.astimezone(LONDON).date()
    return ended is None or between(one.due, ended) >= MISSED_BY


def missed(case: Case, now: Now) -> list[Obligation]:
    if not runs(case):
        return []
    last = (stands_as(one, case) for one in case.timetable.agreed)
    return [one for one in last if is_missed(one, now)]


def may_end_it(case: Case, now: Now) -> tuple[str, ...]:
    """The sides other than those that missed a date; of one of the office's, both."""
    late = {one.owner.side.value for one in missed(case, now)}
    return tuple(side for side in SIDES if late - {side})
