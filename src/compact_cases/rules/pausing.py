"""Pausing for every chapter: what a pause stops, how many days it keeps, and how its clocks go on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import LIVES_ON, ON_A_HEARING, WITH_A_PAUSE, Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events.clocks import Pause
from compact_cases.rules.obligations import days_term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Going, Held, Term
from compact_cases.rules.working_days import LONDON, Start

PAUSE_CAP = 10  # working days; procedure, section 4
REVIEWED_EVERY = 20  # working days: other proceedings
PAUSES_IN_ALL = 20  # more ordinary pauses than this in one case need the chair
RESUMES_WITH = 5  # working days, what was overdue when it was paused
WAITING_FOR_THE_RAISER = "waiting for the raiser"
THIRD_PARTY, PROCEEDINGS = "waiting for a third party", "other proceedings"
AGREED, ADJUSTMENT = "agreed break", "adjustment"
GROUP_ENDED = "the group has ended"
IN_MEDIATION = "in mediation"
MORE_TIME_ASKED = "more time is asked for"
"""Why chasing is held until somebody has answered; it is no pause of the case, and uses none of its days."""
ORDINARY = frozenset({WAITING_FOR_THE_RAISER, THIRD_PARTY, AGREED})
"""Of these a case has twenty working days in all; the others are bounded by their reviews."""
OVERDUE_TOO = frozenset({PROCEEDINGS, ADJUSTMENT})
"""These may pause what is overdue."""
QUESTIONS = frozenset(
    {
        "extension-answer",
        "pause-answer",
        "date-passed",
        "name",
        "declare",
        "session",
        "go-on",
        "declare-member",
    }
    | {"agree-timetable"}
)
NEVER_STOPS = (
    LIVES_ON
    | QUESTIONS
    | ON_A_HEARING
    | WITH_A_PAUSE
    | {"release", "hold", "hold-release", "date", "appoint", "mediate"}
)
"""What no pause stops: reading what came, questions, what was agreed, a date on which something closes."""
GOES_ON_IN_MEDIATION = frozenset({"agree", "reflect"})
"""An agreement that is being considered: in a mediation that is what everybody is there for."""


def in_words(reason: str) -> str:
    """What everybody may read of a reason: an adjustment is nobody else's to know, nor that a group ended."""
    kinder = {ADJUSTMENT: "a longer limit applies", GROUP_ENDED: "the raiser’s side needs time"}
    return kinder.get(reason, reason)


def days_used(case: Case, now: Now) -> int:
    """Working days of ordinary pauses in this case; one that runs counts to its own end."""
    between = now.rulebook.calendar.working_days_between
    ordinary = (one for one in case.clocks.pauses if one.reason in ORDINARY)
    return sum(max(0, between(one.on, one.until or one.ends)) for one in ordinary)


def may_pause(case: Case, now: Now) -> None:
    if days_used(case, now) + PAUSE_CAP > PAUSES_IN_ALL:
        raise Refused(
            "This case has been paused for so long already that one more pause needs the board chair. "
            "Please go on with what there is."
        )


def asking_term(now: Now, name: str) -> Term:
    """The limit of a question: its date is the end of the pause, which the cap bounds."""
    return days_term(now.at, min(now.rulebook.limit(name), PAUSE_CAP), now.rulebook.calendar)


def today(now: Now) -> date:
    return now.at.astimezone(LONDON).date()


def can_be_stopped(case: Case, now: Now, reason: str) -> Iterator[Obligation]:
    """The running obligations that a pause for this reason may stop; none of a closed case."""
    for one in () if case.is_closed else case.open_obligations:
        if one.due is None or one.name in NEVER_STOPS:
            continue
        if reason == IN_MEDIATION and one.name in GOES_ON_IN_MEDIATION:
            continue
        if reason in (*OVERDUE_TOO, IN_MEDIATION) or not one.is_overdue(now.at, now.rulebook.calendar):
            yield one


def held(running: Iterable[Obligation], on: date, now: Now) -> tuple[Held, ...]:
    """What each keeps from the day ``on`` of a pause, which still counts."""
    return tuple(Held(one.name, one.item, _days_kept(one, on, now)) for one in running)


def _days_kept(one: Obligation, on: date, now: Now) -> int:
    calendar = now.rulebook.calendar
    if one.is_overdue(now.at, calendar):
        return RESUMES_WITH
    return calendar.working_days_left_at(one.term.start, one.term.limit, on)


def paused(
    case: Case, now: Now, names: Sequence[str], reason: str, *, until: date, awaits: str | None
) -> list[Event]:
    """The pause of these obligations; none for what is overdue or paused already.

    It starts on this very day, whatever the hour.
    """
    named = [one for name in names if (one := case.owed(name))]
    stops = [one for one in can_be_stopped(case, now, reason) if one in named]
    if not stops:
        return []
    number, seat, day = len(case.clocks.pauses) + 1, Seat.OFFICER.value, today(now)
    return [happened.Paused(number, reason, seat, seat, day, until, held(stops, day, now), awaits)]


def resumed(case: Case, now: Now, awaited: str, because: str) -> list[Event]:
    """The end of the pause that waited for this obligation, if one still does."""
    waiting = (one for one in case.clocks.pauses if one.awaits == awaited and one.until is None)
    pause = next(waiting, None)
    return ended_today(case, pause, because, now) if pause else []


def ended_today(case: Case, pause: Pause, because: str, now: Now) -> list[Event]:
    """Today is day 0 of what is left; but where the pause's own last day is over, or it is after 17:00 on it,
    that day is, however late this is recorded.
    """
    return going_on(case, pause, min(now.rulebook.calendar.start_day(now.at), pause.ends), because, now)


def going_on(case: Case, pause: Pause, last: Start, because: str, now: Now) -> list[Event]:
    """What a pause held goes on, with ``last`` as day 0; nothing where it holds nothing any more."""
    going = tuple(
        Going(one.name, one.item, days_term(last, one.hold.days_left, now.rulebook.calendar))
        for one in case.open_obligations
        if one.hold is not None and one.due is None and one.hold.pause == pause.number
    )
    if not going:
        return []
    return [happened.Resumed(pause.number, because, going[0].term.start, going)]
