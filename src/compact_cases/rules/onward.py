"""Enquiry, its way on: the later stages that a case has not had yet, and the act that opens the next one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import mediation, review
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.mediating import RAISER
from compact_cases.rules.offering import is_offered
from compact_cases.rules.procedure import Procedure
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.statements import Carries, Kept, Statement

WAYS = (Stage.SENIOR_REVIEW, Stage.MEDIATION, Stage.PANEL)
"""The later stages to which a case can go on, in the order in which they are usually tried."""
BUILT = frozenset({Stage.SENIOR_REVIEW, Stage.MEDIATION})
"""Those that this version can lead a case out of again: nothing leads into another one."""


@dataclass(frozen=True)
class OpenNextStep(Carries):
    """Opens the stage to which the raiser wants to go on.

    ``officer`` convenes it, and handles the case from then on; ``elsewhere`` names another office, one of
    whose officers does where nobody can in this one.
    """

    stage: str
    officer: UUID | None
    elsewhere: Annotated[Statement | None, Kept("words", Audience.CASE)] = None


def ways_on(case: Case, procedure: Procedure, built: frozenset[Stage] = BUILT) -> tuple[Stage, ...]:
    """Where a case can still go on to: what it has not had, its edition has, and somebody can leave again."""
    used = {*case.enquiry.asked_after, *(() if is_offered(case) else (Stage.MEDIATION.value,))}
    return tuple(one for one in WAYS if one in built and procedure.has(one) and one.value not in used)


def is_further_on(case: Case) -> bool:
    """Whether a later stage is under way: what the raiser wanted has been opened, and is not over."""
    return case.stage in WAYS


def wished(stage: str, left: Sequence[Stage]) -> str | None:
    """To which of the ways that are left the raiser wants to go on; None: the one tried first."""
    if stage and stage not in left:
        raise Refused("Please choose one of the ways on that are left.", "stage")
    return stage or None


def next_step_is_owed(case: Case, now: Now) -> None:
    if case.owed("next-step") is None:
        raise Refused("The raiser has not asked to go on, so there is no next step to open.")
    if case.enquiry.to_release is not None:
        raise Refused(
            "A reply waits to be released. Please read it first: the raiser may want to know it before the "
            "next step."
        )


def next_steps(case: Case, now: Now) -> Choices:
    ways = ways_on(case, now.rulebook.procedure) if case.owed("next-step") else ()
    return {"stage": tuple(one.value for one in ways)}


def open_next_step(command: OpenNextStep, case: Case, now: Now) -> list[Event]:
    ways = next_steps(case, now)["stage"]
    stage = command.stage or (case.enquiry.wish or next(iter(ways), ""))
    if stage not in ways:
        raise Refused("Please say to which stage it goes on.", "stage")
    if stage == Stage.MEDIATION.value:
        return mediation.asked(RAISER, mediation.AskForMediation(), case, now, next_step=True)
    return review.opened(command.officer, command.elsewhere, case, now)


ACTS: tuple[Act[Any], ...] = (
    Act(
        OpenNextStep,
        name="next-step",
        words="Open the next step",
        by=CASE_STAFF,
        open=next_step_is_owed,
        decide=open_next_step,
        choices=next_steps,
        needs=frozenset({Need.STAFF, Need.SMALL_SIDES}),
        rank=Rank.WAITED_FOR,
    ),
)
