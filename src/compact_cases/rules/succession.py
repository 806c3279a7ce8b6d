"""Intake, its succession: the body that a case is about has ended, and another one answers from now on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Act, Need, Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import intake as happened
from compact_cases.rules.notices import Notice, all_owed
from compact_cases.rules.obligations import days_term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Going, Term

NOT_MOVED = frozenset({"hold", "meet", "extension-answer"})
"""Something closes on that day, or the leads meet; a request has three days for everybody."""
MORE_TIME = 10  # working days for who takes over, once a case


@dataclass(frozen=True)
class Succeed(Carries):
    """Given on the day from which ``body`` takes over."""

    body: UUID


def has_a_respondent(case: Case, now: Now) -> None:
    if case.intake.respondent is None:
        raise Refused("This case is about no body of the register yet.")
    if case.is_closed and not case.open_obligations:
        raise Refused("This case is closed and owes nothing, so it stays with the body that it was about.")


def succeed(command: Succeed, case: Case, now: Now) -> list[Event]:
    """What runs gets more time, once. One body on both sides has nothing left to settle with itself."""
    if command.body == case.intake.respondent:
        return []
    if command.body not in now.register:
        raise Refused("The body that takes over is not on the register.")
    theirs = () if case.intake.succeeded else case.open_obligations
    going = tuple(
        Going(one.name, one.item, _later(one, now))
        for one in theirs
        if one.owner.side is Side.RESPONDENT and one.due is not None and one.name not in NOT_MOVED
    )
    events: list[Event] = [happened.RespondentSucceeded(command.body, going)]
    alone = command.body == case.intake.raiser_body and case.enquiry.to_release is None
    return [*events, ended.Closed("overtaken by events", None)] if alone and not case.is_closed else events


def _later(one: Obligation, now: Now) -> Term:
    """Counted on from the old date; from today where that has passed."""
    calendar = now.rulebook.calendar
    if one.due is None or one.is_overdue(now.at, calendar):
        return days_term(now.at, MORE_TIME, calendar)
    return Term(one.term.start, one.term.limit + MORE_TIME, calendar.plus(one.due, MORE_TIME))


def told(case: Case) -> Iterable[Notice]:
    """The raiser and the officer; and who takes over, of what they owe now, where notice was given."""
    yield Notice("succeeded", Seat.RAISER)
    if case.enquiry.had_notice:
        yield Notice("succeeded", Seat.CHAMPION, all_owed(case.open_obligations, *RESPONDING))
    yield Notice("succeeded", Seat.OFFICER)


ACTS: tuple[Act[Any], ...] = (
    Act(
        Succeed,
        by=SYSTEM,
        open=has_a_respondent,
        decide=succeed,
        needs=frozenset({Need.REGISTER}),
        body=lambda command: command.body,
    ),
)
