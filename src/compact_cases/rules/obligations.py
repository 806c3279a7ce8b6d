"""Who owes whom what by when: the one thing behind dates, reminders, escalations, lists and reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from compact_cases.rules.course import Key, Obligation
from compact_cases.rules.rulebook import Rulebook, Step
from compact_cases.rules.seats import Seat, seat_for
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import LONDON, ONE_DAY, Calendar


@dataclass(frozen=True)
class StepDue:
    """One step of an obligation on its own working day, whether or not it is handled on that day.

    ``to`` and ``copy`` are the seats that the step means in this obligation.
    """

    obligation: str
    item: str
    cycle: int
    step: Step
    day: date
    to: Seat
    copy: tuple[Seat, ...]

    @property
    def of(self) -> Key:
        """The key of its obligation."""
        return self.obligation, self.item, self.cycle

    @property
    def key(self) -> str:
        """The stored name of a step, unique within its obligation."""
        return self.step.key


def days_term(at: date | datetime, limit: int, calendar: Calendar) -> Term:
    start = calendar.start_day(at)
    return Term(start, limit, calendar.plus(start, limit))


def waiting_steps(one: Obligation, handled_to: date | None, rulebook: Rulebook) -> list[tuple[Step, date]]:
    """The steps of a running obligation that are not handled yet, each with its working day, earliest first.

    A step exists only if its day is after the day on which the clock (re)started.
    """
    if not one.is_open or one.due is None:
        return []
    after = max(one.term.start, handled_to) if handled_to else one.term.start
    return [(step, day) for step, day in rulebook.step_days(one.name, one.due) if day > after]


def due_steps(one: Obligation, handled_to: date | None, now: datetime, rulebook: Rulebook) -> list[StepDue]:
    """The steps that wait to be handled: not yet handled, and their day has come."""
    today = now.astimezone(LONDON).date()
    waiting = waiting_steps(one, handled_to, rulebook)
    return [_due(one, step, day) for step, day in waiting if day <= today]


def _due(one: Obligation, step: Step, day: date) -> StepDue:
    copy = tuple(seat_for(who, one.owner, one.to) for who in step.copy)
    return StepDue(*one.key, step, day, seat_for(step.to, one.owner, one.to), copy)


def waits_for_consent(owed: Iterable[Obligation]) -> set[Key]:
    """What a panel owes while both sides are asked about mediation, as it proposed: nobody chases it.

    Its limit stands still by then, unless it was overdue already and cannot be paused.
    """
    running = [one for one in owed if one.is_open and one.due is not None]
    asked = any(one.name == "consent" for one in running)
    return {one.key for one in running if asked and one.name == "findings"}


def next_tick(
    obligations: Iterable[tuple[Obligation, date | None]],
    rulebook: Rulebook,
    opens: time,
    again: Mapping[Key, datetime] | None = None,
) -> datetime | None:
    """When the sweep must look at this case next: the earliest of next steps and ends of pauses.

    Takes each obligation with the day to which its steps have been handled; ``opens`` is the hour at which
    the office's letters begin to go out; ``again`` says to when the next step of some is put off.
    """
    ticks: list[datetime] = []
    again = again or {}
    for one, handled_to in obligations:
        if not one.is_open:
            continue
        if one.hold is not None and one.due is None:
            tick = datetime.combine(one.hold.ends + ONE_DAY, time(0, 1), LONDON)
        elif waiting := waiting_steps(one, handled_to, rulebook):
            tick = datetime.combine(waiting[0][1], opens, LONDON)
        else:
            continue
        ticks.append(max(tick, again.get(one.key, tick)))
    return min(ticks, default=None)
