"""Clocks: a pause that reaches its end, and what an overdue obligation sets off."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from compact_cases.rules import events as happened
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.obligations import days_term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook


@dataclass(frozen=True)
class EndPause:
    """Given by the sweep when a pause has reached its cap."""

    obligation: str


@dataclass(frozen=True)
class Escalate:
    """Given by the sweep; ``person`` is None where nobody could be found."""

    obligation: str
    cycle: int
    day: date
    to: str
    person: UUID | None


ClocksCommand = EndPause | Escalate


def end_pause(command: EndPause, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    paused = case.owed(command.obligation)
    if paused is None or paused.hold is None or not paused.is_paused:
        raise Refused("This obligation is not paused.")
    # the cap's own day is day 0 of what is left, however late the sweep comes to it
    resumed = days_term(paused.hold.ends, paused.hold.days_left, rulebook.calendar)
    return [happened.PauseEnded(command.obligation, "no answer by the end of the pause", resumed)]


def escalate(command: Escalate, case: Case, at: datetime, rulebook: Rulebook) -> list[Event]:
    owed = case.owed(command.obligation)
    if owed is None or owed.cycle != command.cycle:
        raise Refused("What this would escalate is no longer owed.")
    return [happened.Escalated(command.obligation, command.cycle, command.day, command.to, command.person)]
