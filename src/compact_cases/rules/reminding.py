"""Which steps a sweep handles in a case, who hears of which, and when a chasing letter may go out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from compact_cases.rules.course import Obligation
from compact_cases.rules.obligations import StepDue, due_steps
from compact_cases.rules.rulebook import Rulebook, StepKind
from compact_cases.rules.seats import Seat
from compact_cases.rules.working_days import LONDON, Calendar


@dataclass(frozen=True, eq=False)
class Telling:
    """One step for one seat: the owner of the step, or somebody who gets a copy. Each is made once."""

    due: StepDue
    seat: Seat
    is_copy: bool = False

    @property
    def escalates(self) -> bool:
        return self.due.step.kind is StepKind.ESCALATION and not self.is_copy

    @property
    def stands_in_the_digest(self) -> bool:
        """An officer's reminder is no letter of its own."""
        return self.seat is Seat.OFFICER and self.notice == StepKind.REMINDER

    @property
    def notice(self) -> str:
        return self.due.step.letter or str(self.due.step.kind)


@dataclass(frozen=True)
class Plan:
    """What is due of one obligation now.

    ``tellings`` stand in the order of their days. An effect changes the case: after it nothing of this
    obligation is chased any more, so every step before it is only recorded.
    """

    obligation: Obligation
    steps: tuple[StepDue, ...]
    tellings: tuple[Telling, ...]
    effects: tuple[StepDue, ...]

    @property
    def handled_to(self) -> date:
        return self.steps[-1].day

    @property
    def told_to(self) -> date | None:
        """How far it is handled whatever becomes of the effects; they come last."""
        told = self.steps[: len(self.steps) - len(self.effects)]
        return told[-1].day if told else None


def plan_of(one: Obligation, handled_to: date | None, now: datetime, rulebook: Rulebook) -> Plan | None:
    """What of a running obligation is due by now and not handled yet; None when nothing is."""
    due = due_steps(one, handled_to, now, rulebook)
    if not due:
        return None
    steps = _to_the_first_effects(due)
    effects = tuple(step for step in steps if step.step.kind is StepKind.EFFECT)
    return Plan(one, tuple(steps), tuple(_tellings(steps)), effects)


def _to_the_first_effects(due: Sequence[StepDue]) -> Sequence[StepDue]:
    """What comes after a run of effects waits: the case may owe this no longer, or they are refused."""
    kinds = [step.step.kind is StepKind.EFFECT for step in due]
    return due[: next((n for n in range(1, len(due)) if kinds[n - 1] and not kinds[n]), len(due))]


def _tellings(due: Iterable[StepDue]) -> Iterable[Telling]:
    for step in due:
        if step.step.kind is not StepKind.EFFECT:
            yield Telling(step, step.to)
            yield from (Telling(step, seat, is_copy=True) for seat in step.copy)


def latest_for_each(
    tellings: Sequence[Telling], person_of: Callable[[Telling], object | None]
) -> set[Telling]:
    """Of the steps missed, the latest for each person; the others are superseded by it.

    Where one day has two steps for a person, the later in the procedure's own order counts.
    """
    latest: dict[object, Telling] = {}
    for one in tellings:
        if (person := person_of(one)) is not None:
            latest[person] = one
    return set(latest.values())


def pauses_over(owed: Iterable[Obligation], today: date) -> list[int]:
    """The pauses whose last day is over, so that their clocks run again from that day."""
    holds = (one.hold for one in owed if one.is_open and one.due is None and one.hold)
    return list(dict.fromkeys(hold.pause for hold in holds if hold.ends < today))


def next_in_window(at: datetime, opens: time, closes: time, calendar: Calendar) -> datetime:
    """``at`` itself within the hours of a working day; else when the next ones open. Local hours."""
    local = at.astimezone(LONDON)
    day = local.date()
    if calendar.is_working(day):
        if opens <= local.time() < closes:
            return at
        if local.time() < opens:
            return datetime.combine(day, opens, LONDON)
    return datetime.combine(calendar.next_working(day), opens, LONDON)


def not_twice_a_day(start: datetime, sent_at: datetime | None, opens: time, calendar: Calendar) -> datetime:
    """A chasing letter for somebody who had one on this day already waits for the next working day."""
    if sent_at is None or sent_at.astimezone(LONDON).date() != start.astimezone(LONDON).date():
        return start
    return datetime.combine(calendar.next_working(start.astimezone(LONDON).date()), opens, LONDON)


WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))
MOST_TRIES = 80  # with an hour between the later ones, more than three days


def wait_after(tries: int) -> timedelta:
    """How long a letter waits after its ``tries``-th failed try; the first is 1."""
    return WAITS[min(max(tries, 1), len(WAITS)) - 1]


WAITS_OF_A_STEP = tuple(timedelta(hours=hours) for hours in (1, 2, 4, 8, 24))


def wait_for_step(tries: int) -> timedelta:
    """How long a step that changes a case waits after it was refused for the ``tries``-th time."""
    return WAITS_OF_A_STEP[min(tries, len(WAITS_OF_A_STEP)) - 1]
