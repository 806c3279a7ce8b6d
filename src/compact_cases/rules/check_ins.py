"""Check-ins: 3 and 12 months after an agreement stands, officers ask each side how it holds."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import Act, Choices, Now, Rank, always
from compact_cases.rules.agreed import MONTHS, SIDES
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as happened
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Side
from compact_cases.rules.statements import Carries, Kept, Statement
from compact_cases.rules.working_days import LONDON

WHICH = "Please say which check-in this answers."


@dataclass(frozen=True)
class AnswerCheckIn(Carries):
    """``item`` is months and side: "3-raiser"."""

    item: str
    answer: Annotated[
        Statement, Kept("check-in", Audience.OFFICERS, "Please say in a sentence how the agreement holds.")
    ]


@dataclass(frozen=True)
class PassCheckIn(Carries):
    day: date
    item: str


CheckInCommand = AnswerCheckIn | PassCheckIn


def answer_by(made: date, months: int, now: Now) -> date:
    """The letter that asks goes on the day itself; from then on there are the days of the procedure."""
    year, month = divmod(made.year * 12 + made.month - 1 + months, 12)
    day = date(year, month + 1, min(made.day, monthrange(year, month + 1)[1]))
    calendar = now.rulebook.calendar
    return calendar.plus(calendar.working_on_or_after(day), now.rulebook.limit("check-in"))


def asked(case: Case, now: Now) -> tuple[str, ...]:
    """Those that a visitor may answer now: from the day on which they are asked."""
    calendar, today = now.rulebook.calendar, now.at.astimezone(LONDON).date()
    limit = now.rulebook.limit("check-in")
    speaks_for = now.seat.side.value if now.seat.side in (Side.RAISER, Side.RESPONDENT) else None
    return tuple(
        one.item
        for one in case.open_obligations
        if one.name == "check-in"
        and one.due is not None
        and one.item.endswith(speaks_for or "")
        and calendar.minus(one.due, limit) <= today
    )


def is_asked(case: Case, now: Now) -> None:
    if not asked(case, now):
        raise Refused("Nobody is asked at the moment how an agreement holds.")


def answer(command: AnswerCheckIn, case: Case, now: Now) -> list[Event]:
    if command.item not in asked(case, now):
        raise Refused(WHICH, "item")
    months, side = _parts(command.item)
    return [happened.CheckInAnswered(months, side, command.answer.sealed())]


def let_pass(command: PassCheckIn, case: Case, now: Now) -> list[Event]:
    if case.owed("check-in", command.item) is None:
        raise Refused("Nobody is asked how this agreement holds.")
    months, side = _parts(command.item)
    return [happened.CheckInPassed(months, side, command.day)]


def _parts(item: str) -> tuple[int, str]:
    months, _, side = item.partition("-")
    return int(months), side


def _choices(case: Case, now: Now) -> Choices:
    return {"item": asked(case, now)}


ITEMS = tuple(f"{months}-{side}" for months in MONTHS for side in SIDES)
OBLIGATIONS = ("check-in",)
NOTICES = ("check-in",)

ACTS: tuple[Act[Any], ...] = (
    Act(
        AnswerCheckIn,
        name="check-in",
        words="Write down how a side says that the agreement holds",
        party_words="Tell us how the agreement holds",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=is_asked,
        decide=answer,
        choices=_choices,
        rank=Rank.SELDOM,
        side=lambda command, case: command.item.partition("-")[2],
    ),
    Act(PassCheckIn, by=SYSTEM, open=always, decide=let_pass, effect="check-in-over"),
)
