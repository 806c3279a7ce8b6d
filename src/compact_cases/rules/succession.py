"""Intake, its succession: the body that a case is about has ended, and another one answers from now on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules.act import REASON, Act, Need, Now, Rank
from compact_cases.rules.case import Case
from compact_cases.rules.course import ON_A_HEARING, WITH_A_PAUSE, Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import intake as happened
from compact_cases.rules.notices import Notice, Rest, all_owed, owed
from compact_cases.rules.obligations import days_term
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Sealed, Statement
from compact_cases.rules.terms import Going, Term

NOT_MOVED = ON_A_HEARING | WITH_A_PAUSE | {"hold", "meet", "extension-answer"}
"""Something closes on that day, or the leads meet; a request has three days for everybody."""
CHOOSE = "choose-successor"
MORE_TIME = 10  # working days for who takes over, once a case


@dataclass(frozen=True)
class Succeed(Carries):
    """Given on the day from which ``body`` takes over."""

    body: UUID


@dataclass(frozen=True)
class Divide(Carries):
    """Given on the day from which two bodies answer for what this one did; an officer says which one here."""

    bodies: tuple[UUID, ...]


@dataclass(frozen=True)
class ChooseSuccessor(Carries):
    body: UUID
    reason: Annotated[Statement, REASON]


SuccessionCommand = Succeed | Divide | ChooseSuccessor


def has_a_respondent(case: Case, now: Now) -> None:
    if case.intake.respondent is None:
        raise Refused("This case is about no body of the register yet.")
    if case.is_closed and not case.open_obligations:
        raise Refused("This case is closed and owes nothing, so it stays with the body that it was about.")


def is_divided(case: Case, now: Now) -> None:
    if not case.intake.heirs:
        raise Refused("The body that this case is about has not been divided, so there is nothing to choose.")


def succeed(command: Succeed, case: Case, now: Now) -> list[Event]:
    """What runs gets more time, once. One body on both sides has nothing left to settle with itself."""
    if command.body == case.intake.respondent:
        return []
    if command.body not in now.register:
        raise Refused("The body that takes over is not on the register.")
    return _taken_over(command.body, _moved(case, now), None, case)


def divide(command: Divide, case: Case, now: Now) -> list[Event]:
    """What runs gets more time at once: nobody is chased while an officer chooses."""
    if case.intake.heirs or case.intake.respondent in command.bodies:
        return []
    choose = now.term(CHOOSE)
    return [happened.RespondentDivided(command.bodies, _moved(case, now), choose)]


def choose(command: ChooseSuccessor, case: Case, now: Now) -> list[Event]:
    if command.body not in case.intake.heirs:
        raise Refused("Please choose one of the two bodies that took over.", "body")
    if command.body not in now.register:
        raise Refused("That body is not on the register any more.", "body")
    return _taken_over(command.body, (), command.reason.sealed(), case)


def _moved(case: Case, now: Now) -> tuple[Going, ...]:
    theirs = () if case.intake.succeeded else case.open_obligations
    return tuple(
        Going(one.name, one.item, _later(one, now))
        for one in theirs
        if one.owner.side is Side.RESPONDENT and one.due is not None and one.name not in NOT_MOVED
    )


def _taken_over(body: UUID, going: tuple[Going, ...], reason: Sealed | None, case: Case) -> list[Event]:
    events: list[Event] = [happened.RespondentSucceeded(body, going, reason)]
    alone = body == case.intake.raiser_body and case.enquiry.to_release is None
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


def told_of_division(event: happened.RespondentDivided) -> Iterable[Notice]:
    """The officer alone: nobody else is told of a body that may not be the one."""
    yield Notice("divided", Seat.OFFICER, owed(CHOOSE, event.choose.due), Rest.OWED)


ACTS: tuple[Act[Any], ...] = (
    Act(
        Succeed,
        by=SYSTEM,
        open=has_a_respondent,
        decide=succeed,
        needs=frozenset({Need.REGISTER}),
        body=lambda command: command.body,
    ),
    Act(Divide, by=SYSTEM, open=has_a_respondent, decide=divide),
    Act(
        ChooseSuccessor,
        name="successor",
        words="Say which of the two bodies answers",
        by=CASE_STAFF,
        open=is_divided,
        decide=choose,
        needs=frozenset({Need.REGISTER}),
        rank=lambda case: Rank.WAITED_FOR if case.intake.heirs else Rank.SELDOM,
        body=lambda command: command.body,
    ),
)
