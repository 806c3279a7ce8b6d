"""Adjustments: recorded once for a party, each of its limits is longer from then on; nobody is told why."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import Act, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.course import ON_A_HEARING, WITH_A_PAUSE, Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.extensions import set_anew
from compact_cases.rules.pausing import today
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Going, Held

LONGEST = 20  # working days that each limit may be longer
SIDES = {"raiser": Side.RAISER, "respondent": Side.RESPONDENT}
NOT_MOVED = ON_A_HEARING | WITH_A_PAUSE | {"extension-answer", "hold", "meet", "action", "check-in"}
"""A question's date is one with the end of its pause, and its answer is taken later too; a request for more
time has three days for everybody. The others stand on a day that is no limit: on which something closes, the
leads meet, or that both sides agreed."""


@dataclass(frozen=True)
class RecordAdjustment(Carries):
    """``days`` are added to every limit of a side from now on, open ones too; 0 ends it for later ones."""

    side: str
    days: int
    words: Annotated[Statement | None, Kept("adjustment", Audience.OFFICERS)] = None


def may_adjust(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so no limit of it can be made longer.")
    if case.owed("extension-answer"):
        raise Refused("A request for more time waits for its answer. Please record this when it is answered.")


def record_adjustment(command: RecordAdjustment, case: Case, now: Now) -> list[Event]:
    side = SIDES.get(command.side)
    if side is None:
        raise Refused("Please say whose limits are to be longer.", "side")
    before = case.clocks.longer_by(side)
    if not 0 <= command.days <= LONGEST or command.days == before:
        raise Refused(
            f"Please write a number of working days from 0 to {LONGEST}, other than the {before} of now.",
            "days",
        )
    more = max(0, command.days - before)
    theirs = [one for one in case.open_obligations if one.owner.side is side and one.name not in NOT_MOVED]
    going = tuple(_longer(one, one.due, more, now) for one in theirs if more and one.due and _runs(one, now))
    held = tuple(
        Held(one.name, one.item, one.hold.days_left + more)
        for one in theirs
        if more and one.hold is not None and one.due is None
    )
    return [happened.AdjustmentRecorded(side.value, command.days, going, held, sealed_if(command.words))]


def _runs(one: Obligation, now: Now) -> bool:
    """What is overdue is not made due again: it may be paused for an adjustment, to resume with five days."""
    return not one.is_overdue(now.at, now.rulebook.calendar)


def _longer(one: Obligation, due: date, more: int, now: Now) -> Going:
    return Going(one.name, one.item, set_anew(today(now), now.rulebook.calendar.plus(due, more), now))


ACTS: tuple[Act[Any], ...] = (
    Act(
        RecordAdjustment,
        name="adjustment",
        words="Make the limits of one side longer",
        by=CASE_STAFF,
        open=may_adjust,
        decide=record_adjustment,
        rank=Rank.SELDOM,
    ),
)
