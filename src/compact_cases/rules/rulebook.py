"""One procedure edition, one calendar edition and the Codes, handed to every rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from compact_cases.rules.codes import Clause, Codes, UnknownClause
from compact_cases.rules.procedure import Procedure, Step, StepKind, Terms
from compact_cases.rules.refusals import Refused
from compact_cases.rules.working_days import Calendar, Day, More, Pause, Start

__all__ = ["Procedure", "Rulebook", "Step", "StepKind", "Terms"]


@dataclass(frozen=True)
class Rulebook:
    """What a rule looks things up in. Nothing in it changes while a process lives."""

    procedure: Procedure
    calendar: Calendar
    codes: Codes = field(default_factory=Codes)
    shipped: Mapping[str, Terms] = field(default_factory=dict, hash=False, compare=False)
    """What holds of an obligation of which the edition says nothing: it is older than the obligation."""

    def terms(self, name: str) -> Terms:
        found = self.procedure.terms.get(name) or self.shipped.get(name)
        if found is None:
            raise Refused(f"Procedure {self.procedure.edition} has no obligation {name!r}.")
        return found

    def limit(self, name: str, volunteer_run: bool = False) -> int:
        """Working days; a volunteer-run body has a longer one for some obligations."""
        terms = self.terms(name)
        if volunteer_run and terms.limit_volunteer_run is not None:
            return terms.limit_volunteer_run
        return terms.limit

    def steps(self, name: str) -> tuple[Step, ...]:
        """The reminders and escalations of an obligation, earliest first."""
        return self.terms(name).steps

    def due(self, name: str, at: Start, volunteer_run: bool = False) -> date:
        return self.calendar.due(at, self.limit(name, volunteer_run))

    def step_day(self, step: Step, due: date) -> date:
        """The working day on which a step of something due on ``due`` falls."""
        return self.calendar.plus(due, step.offset_days)

    def step_days(self, name: str, due: date) -> tuple[tuple[Step, date], ...]:
        """The steps of an obligation that is due on ``due``, each with its working day, earliest first.

        A batch of the sweep asks for a few due dates again and again, so they are counted once.
        """
        days = self._step_days.get((name, due))
        if days is None:
            days = tuple((step, self.step_day(step, due)) for step in self.steps(name))
            self._step_days[name, due] = days
        return days

    @cached_property
    def _step_days(self) -> dict[tuple[str, date], tuple[tuple[Step, date], ...]]:
        return {}

    def proof(self, start: Start, limit: int, changes: Sequence[Pause | More] = ()) -> tuple[Day, ...]:
        return self.calendar.proof(start, limit, changes)

    def clause(self, code: str, number: str, letter: str | None = None, edition: str | None = None) -> Clause:
        """Raises UnknownClause for what is not held."""
        citation = f"{code}/{number}/{letter}" if letter else f"{code}/{number}"
        if clause := self.codes.clause(citation, edition):
            return clause
        raise UnknownClause(f"There is no undertaking {citation} in the Codes we hold.", "clause")
