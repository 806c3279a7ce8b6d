"""Clocks, the overall guard: how long a case takes is watched, and past its limit both sides read why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from compact_cases.rules.act import Act, Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events.clocks import Took
from compact_cases.rules.notices import Notice
from compact_cases.rules.pausing import MORE_TIME_ASKED, in_words, today
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.seats import SYSTEM, Seat
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Term
from compact_cases.rules.urgency import is_volunteer_run
from compact_cases.rules.working_days import LONDON, Calendar

GUARD, PANEL_GUARD = "guard", "panel-guard"  # the second from the request for a panel to closing
LOOKS_AGAIN = 5  # working days later at the latest, as long as pauses put it off


@dataclass(frozen=True)
class RecordLongTime(Carries):
    """Given by the sweep. ``day`` is the working day on which this step stood."""

    day: date


# --- how long it takes ------------------------------------------------------------------------------------


def term(case: Case, now: Now) -> Term:
    """From now to the end of senior review; longer for a body that is run by volunteers."""
    return now.term(GUARD, volunteer_run=is_volunteer_run(case.intake.respondent, now))


def _stood_still(case: Case, since: date, to: date, calendar: Calendar) -> int:
    """Working days in pauses, each day once however many there were on it."""
    days, counted = 0, since
    for on, until in sorted(_pauses(case, to)):
        first = max(on, counted)
        if until > first:
            days += calendar.working_days_between(first, until)
            counted = until
    return days


def _pauses(case: Case, to: date) -> Iterator[tuple[date, date]]:
    """The day of a pause still counts. That more time is asked for holds chasing only: it is no pause."""
    for one in case.clocks.pauses:
        if one.reason != MORE_TIME_ASKED:
            yield one.on, min(one.until or one.ends, to)


def net_days(case: Case, guard: Obligation, now: Now) -> int:
    """Working days up to and with today, without those in pauses."""
    since, day, calendar = guard.term.start, today(now), now.rulebook.calendar
    return calendar.working_days_between(since, day) - _stood_still(case, since, day, calendar)


def _watched(case: Case) -> Obligation | None:
    return case.owed(PANEL_GUARD) or case.owed(GUARD)


def has_come(case: Case, now: Now) -> None:
    guard = _watched(case)
    if guard is None:
        raise Refused("Nobody watches any more how long this case takes.")
    left = guard.term.limit - net_days(case, guard, now)
    if left > 0:
        # a pause that runs may end on any day, and one that is over may be marked as recorded in error
        again = now.rulebook.calendar.plus(today(now), min(left, LOOKS_AGAIN))
        raise NotYet("Without its pauses this case has not taken so long.", again)


# --- what took the time -----------------------------------------------------------------------------------


def record_long_time(command: RecordLongTime, case: Case, now: Now) -> list[Event]:
    guard = _watched(case)
    assert guard is not None  # noqa: S101 (asked by has_come)
    since, day, calendar = guard.term.start, today(now), now.rulebook.calendar
    paused, net = _stood_still(case, since, day, calendar), net_days(case, guard, now)
    took = tuple(_what_took_it(case, guard, day, calendar))
    return [happened.LongTimeReached(command.day, day, since, net, paused, took)]


def _what_took_it(case: Case, guard: Obligation, day: date, calendar: Calendar) -> Iterator[Took]:
    yield from _stages(case, guard, day, calendar)
    yield from _by_reason(case, guard, day, calendar)
    since = {one.key for one in case.obligations if one.opened_at >= guard.opened_at}
    for request in case.clocks.requests:
        if request.granted and (request.name, request.item, request.cycle) in since:
            yield Took("more-time", request.name, request.days)
    if any(days > 0 for _, days in case.clocks.adjusted):
        yield Took("longer-limit", "", None)
    yield from _late(case, guard, day, calendar)


def _stages(case: Case, guard: Obligation, day: date, calendar: Calendar) -> Iterator[Took]:
    """Those since the guard began, pauses and all; one that came twice is added up."""
    course, began = case.course, guard.opened_at
    turns = [
        (at.astimezone(LONDON).date(), stage)
        for at, stage in zip(course.turns, course.trail[1:], strict=True)
        if at >= began
    ]
    days: Counter[str] = Counter()
    # the first began with the guard, which may count from another day than that of its act
    firsts = [guard.term.start, *(max(on, guard.term.start) for on, _ in turns[1:]), day]
    for (first, last), stage in zip(pairwise(firsts), [stage for _, stage in turns], strict=False):
        days[stage.value] += calendar.working_days_between(first, last)
    yield from (Took("stage", stage, count) for stage, count in days.items())


def _by_reason(case: Case, guard: Obligation, day: date, calendar: Calendar) -> Iterator[Took]:
    """An adjustment is nobody else's to know, so it goes by its other name here too."""
    days: Counter[str] = Counter()
    for pause in case.clocks.pauses:
        first, last = max(pause.on, guard.term.start), min(pause.until or pause.ends, day)
        if pause.reason != MORE_TIME_ASKED and last > first:
            days[in_words(pause.reason)] += calendar.working_days_between(first, last)
    yield from (Took("pause", reason, count) for reason, count in days.items() if count)


def _late(case: Case, guard: Obligation, day: date, calendar: Calendar) -> Iterator[Took]:
    """By its own last date, pauses and more time counted; what came by post or phone by when it came."""
    asked = [one for one in case.obligations if one.name == "reply" and one.opened_at >= guard.opened_at]
    for reply in case.enquiry.replies:
        of = [one for one in asked if one.opened_at <= reply.at]
        came = reply.came_on or reply.at.astimezone(LONDON).date()
        if of and of[-1].due and calendar.working_days_between(of[-1].due, came) > 0:
            yield Took("late-reply", "reply", calendar.working_days_between(of[-1].due, came))
    last = asked[-1] if asked else None
    if last and last.due and not case.enquiry.replies and calendar.is_overdue(last.due, day):
        yield Took("no-reply", "reply", calendar.working_days_between(last.due, day))


OF_WHAT = {"decide": "the raiser’s decision", "meet": "the meeting", "comment": "a comment on the note"}


def sentence(took: Mapping[str, Any], stages: Mapping[str, str]) -> str:
    """One line of the explanation, for pages and letters; ``stages`` are their names in the procedure."""
    days = "" if took["days"] is None else f"{took['days']} working day{'' if took['days'] == 1 else 's'}"
    of = str(took["of"])
    match took["kind"]:
        case "stage":
            return f"{stages.get(of) or of.replace('-', ' ').capitalize()}: {days}."
        case "pause":
            return f"Paused, {of}: {days}, not counted."
        case "more-time":
            return f"More time for {OF_WHAT.get(of, 'the ' + of.replace('-', ' '))}: {days}."
        case "longer-limit":
            return "A longer limit applies."
        case "late-reply":
            return f"The reply came {days} after its date."
        case _:
            return f"No reply has come. Its date was {days} ago."


# --- who hears of it --------------------------------------------------------------------------------------

TOLD = (Seat.CO_OFFICER, Seat.CHAIR, Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)


def notices(event: happened.LongTimeReached) -> Iterable[Notice]:
    """The officer too: both sides may ring about it."""
    facts = {
        "days": event.days,
        "paused": event.paused,
        "since": event.since.isoformat(),
        "took": [asdict(one) for one in event.took],
    }
    return (Notice("long-time", seat, facts) for seat in TOLD)


ACTS: tuple[Act[Any], ...] = (
    Act(RecordLongTime, by=SYSTEM, open=has_come, decide=record_long_time, effect="long-time"),
)
