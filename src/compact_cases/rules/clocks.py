"""Clocks: a pause begins and ends, and what nobody did by its date is seen by somebody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules import posting
from compact_cases.rules.act import Act, Now, always
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events.clocks import Pause
from compact_cases.rules.notices import Notice
from compact_cases.rules.obligations import days_term
from compact_cases.rules.posting import PostingCommand
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import SYSTEM, Seat
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Going, Held, Term
from compact_cases.rules.working_days import LONDON, Start

PAUSE_CAP = 10  # working days; procedure, section 4
PAUSES_IN_ALL = 20  # more ordinary pauses than this in one case need the chair
WAITING_FOR_THE_RAISER = "waiting for the raiser"


@dataclass(frozen=True)
class EndPause(Carries):
    """Given by the sweep when a pause has reached its own end."""

    pause: int


@dataclass(frozen=True)
class Escalate(Carries):
    """Given by the sweep; ``person`` is None where nobody could be found."""

    obligation: str
    item: str
    cycle: int
    day: date
    to: Seat
    person: UUID | None


ClocksCommand = EndPause | Escalate | PostingCommand


# --- pausing, for the acts of other chapters --------------------------------------------------------------


def may_pause(case: Case, now: Now) -> None:
    between = now.rulebook.calendar.working_days_between
    used = sum(max(0, between(one.on, one.until)) for one in case.clocks.pauses if one.until)
    if used + PAUSE_CAP > PAUSES_IN_ALL:
        raise Refused(
            "This case has been paused for so long already that one more pause needs the board chair. "
            "Please go on with what there is."
        )


def asking_term(now: Now, name: str) -> Term:
    """The limit of a question: its date is the end of the pause, which the cap bounds."""
    return days_term(now.at, min(now.rulebook.limit(name), PAUSE_CAP), now.rulebook.calendar)


def paused(
    case: Case, now: Now, names: Sequence[str], reason: str, *, until: date, awaits: str | None
) -> list[Event]:
    """The pause of these obligations; none for what is overdue or paused already.

    It starts on this very day, whatever the hour.
    """
    calendar, today = now.rulebook.calendar, now.at.astimezone(LONDON).date()
    running = [one for name in names if (one := case.owed(name)) and one.due is not None]
    held = tuple(
        Held(one.name, one.item, calendar.working_days_left_at(one.term.start, one.term.limit, today))
        for one in running
        if not one.is_overdue(now.at, calendar)
    )
    if not held:
        return []
    number, seat = len(case.clocks.pauses) + 1, Seat.OFFICER.value
    return [happened.Paused(number, reason, seat, seat, today, until, held, awaits)]


def resumed(case: Case, now: Now, awaited: str, because: str) -> list[Event]:
    """The end of the pause that waited for this obligation, if one still does.

    Today is day 0 of what is left; but where the pause's own last day is over, or it is after 17:00 on it,
    that day is, however late this is recorded.
    """
    waiting = (one for one in case.clocks.pauses if one.awaits == awaited and one.until is None)
    pause = next(waiting, None)
    if pause is None:
        return []
    return _going(case, pause, min(now.rulebook.calendar.start_day(now.at), pause.ends), because, now)


def _going(case: Case, pause: Pause, last: Start, because: str, now: Now) -> list[Event]:
    going = tuple(
        Going(one.name, one.item, days_term(last, one.hold.days_left, now.rulebook.calendar))
        for one in case.open_obligations
        if one.hold is not None and one.due is None and one.hold.pause == pause.number
    )
    if not going:
        return []
    return [happened.Resumed(pause.number, because, going[0].term.start, going)]


# --- what follows -----------------------------------------------------------------------------------------


def end_pause(command: EndPause, case: Case, now: Now) -> list[Event]:
    pauses = case.clocks.pauses
    pause = next((one for one in pauses if one.number == command.pause and one.until is None), None)
    if pause and now.at.astimezone(LONDON).date() <= pause.ends:
        raise Refused("This pause is not over yet.")
    # its last day is day 0 of what is left, however late the sweep comes to it
    events = _going(case, pause, pause.ends, "no answer by the end of the pause", now) if pause else []
    if not events:
        raise Refused("This pause is over already.")
    return events


def escalate(command: Escalate, case: Case, now: Now) -> list[Event]:
    owed = case.owed(command.obligation, command.item)
    if owed is None or owed.cycle != command.cycle:
        raise Refused("What this would escalate is no longer owed.")
    return [
        happened.Escalated(
            command.obligation, command.item, command.cycle, command.day, command.to.value, command.person
        )
    ]


OBLIGATIONS: tuple[str, ...] = ()
NOTICES: tuple[str, ...] = ()


def notices(event: Event, case: Case) -> Iterable[Notice]:
    return ()


ACTS: tuple[Act[Any], ...] = (
    Act(EndPause, by=SYSTEM, open=always, decide=end_pause),
    Act(Escalate, by=SYSTEM, open=always, decide=escalate),
    *posting.ACTS,
)
