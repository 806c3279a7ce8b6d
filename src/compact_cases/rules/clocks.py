"""Clocks: a pause begins and ends, and what nobody did by its date is seen by somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules import pauses
from compact_cases.rules.act import Act, Now, always
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.pauses import PausesCommand
from compact_cases.rules.pausing import going_on, in_words
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import SYSTEM, Seat
from compact_cases.rules.statements import Carries
from compact_cases.rules.working_days import LONDON


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


ClocksCommand = EndPause | Escalate | PausesCommand


# --- what follows -----------------------------------------------------------------------------------------


def end_pause(command: EndPause, case: Case, now: Now) -> list[Event]:
    found = case.clocks.pauses
    pause = next((one for one in found if one.number == command.pause and one.until is None), None)
    if pause and now.at.astimezone(LONDON).date() <= pause.ends:
        raise Refused("This pause is not over yet.")
    # its last day is day 0 of what is left, however late the sweep comes to it
    because = "no answer by the end of the pause" if pause and pause.awaits else "its last day is over"
    events = going_on(case, pause, pause.ends, because, now) if pause else []
    if not events:
        raise Refused("This pause is over already.")
    return events


def escalate(command: Escalate, case: Case, now: Now) -> list[Event]:
    one = case.owed(command.obligation, command.item)
    if one is None or one.cycle != command.cycle or one.due is None:
        raise Refused("What this would escalate is no longer owed.")
    return [
        happened.Escalated(
            command.obligation, command.item, command.cycle, command.day, command.to.value, command.person
        )
    ]


OBLIGATIONS: tuple[str, ...] = ()
NOTICES: tuple[str, ...] = ("paused", "resumed")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """A question says itself that its pause begins, and an answer that it ends."""
    match event:
        case happened.Paused(awaits=None, obligations=(first, *_)):
            facts = {**owed(first.name, event.ends), "item": first.item, "why": in_words(event.reason)}
            yield from (Notice("paused", seat, facts, Rest.PAUSED) for seat in _both_sides(case))
        case happened.Resumed(obligations=(first, *_)) if _says_so_itself(event, case):
            facts = {**owed(first.name, first.term.due), "item": first.item}
            yield from (Notice("resumed", seat, facts, Rest.OWED) for seat in _both_sides(case))


def _says_so_itself(event: happened.Resumed, case: Case) -> bool:
    """Not of a question, whose answer tells it; nor of a pause that was renewed in the same act."""
    pause = next(one for one in case.clocks.pauses if one.number == event.pause)
    renewed = all(one.is_paused for going in event.obligations if (one := case.owed(going.name, going.item)))
    return pause.awaits is None and not renewed


def _both_sides(case: Case) -> tuple[Seat, ...]:
    """And the officer; the other side hears of nothing before it had notice."""
    return (Seat.RAISER, *([Seat.CHAMPION] if case.enquiry.had_notice else []), Seat.OFFICER)


ACTS: tuple[Act[Any], ...] = (
    *pauses.ACTS,
    Act(EndPause, by=SYSTEM, open=always, decide=end_pause),
    Act(Escalate, by=SYSTEM, open=always, decide=escalate),
)
