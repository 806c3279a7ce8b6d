"""Handling: an officer declares a conflict of interest and hands the case over, or on to another office."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import review
from compact_cases.rules.act import REASON, Act, Need, Now, Rank, still_handled, still_open
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import handling as happened
from compact_cases.rules.events import intake as handed
from compact_cases.rules.notices import Notice
from compact_cases.rules.refusals import NotAllowed, Refused
from compact_cases.rules.seats import CASE_STAFF, Seat
from compact_cases.rules.statements import Carries, Kept, Statement

CONFLICTED = "You have declared a conflict of interest in this case, so this is for somebody else to do."


@dataclass(frozen=True)
class DeclareConflict(Carries):
    """``officer`` takes the case over; None where there is nobody else, which the chair then hears."""

    declared: UUID
    officer: UUID | None
    reason: Annotated[Statement, REASON]


@dataclass(frozen=True)
class HandOn(Carries):
    """``consented``: a raiser who is not to be known has agreed that another office learns of the concern."""

    office: Annotated[
        Statement, Kept("office", Audience.CASE, "Please write which office it is, and how to reach it.")
    ]
    sent: Annotated[Statement, Kept("sent", Audience.OFFICERS, "Please write what is sent to them, and how.")]
    consented: bool = False


HandlingCommand = DeclareConflict | HandOn


def is_held_back(act: Act[Any], case: Case, staff_id: UUID | None) -> None:
    """Who has a conflict may only find somebody else for the case. Raises NotAllowed."""
    if staff_id is not None and staff_id in case.handling.conflicted and not act.for_conflicted:
        raise NotAllowed(CONFLICTED)


def can_be_handed_on(case: Case, now: Now) -> None:
    still_open(case, now)
    if case.enquiry.to_release is not None:
        raise Refused("A reply waits to be released, so the case is not handed on yet. Please read it first.")
    if case.closing.taken_in:
        raise Refused("Another concern was merged into this one. Undo that merge before it is handed on.")


def declare_conflict(command: DeclareConflict, case: Case, now: Now) -> list[Event]:
    if command.declared in case.handling.conflicted:
        raise Refused("You have declared this already. Please give the case to somebody else.", "officer")
    declared = happened.ConflictDeclared(command.declared, command.reason.sealed())
    free = review.who_may_handle(case, now, but=command.declared)
    if command.officer is None:
        if free:
            raise Refused("Please choose who takes the case over.", "officer")
        return [declared]
    if command.officer not in free:
        raise Refused("Please choose an officer who has no conflict of interest in this case.", "officer")
    if command.officer == case.intake.officer:
        return [declared]
    return [declared, handed.HandedOver(command.officer, command.reason.sealed())]


def hand_on(command: HandOn, case: Case, now: Now) -> list[Event]:
    if case.intake.is_hidden and not command.consented:
        raise Refused(
            "This raiser is not to be known. Please ask them first, and tick that they agree.", "consented"
        )
    return [
        happened.HandedOn(command.office.sealed(), command.sent.sealed()),
        ended.Closed("referred elsewhere", None),
    ]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS: tuple[str, ...] = ()
NOTICES = ("conflict",)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """Both sides hear that another handles it now; the chair, where there is nobody."""
    if isinstance(event, happened.ConflictDeclared):
        alone = nobody_handles(case)
        sides = (Seat.RAISER, Seat.CHAMPION) if case.had_notice else (Seat.RAISER,)
        told = (*sides, Seat.CHAIR) if alone else sides
        yield from (Notice("conflict", seat, {"alone": alone}) for seat in told)


def nobody_handles(case: Case) -> bool:
    """Whether the case is still with an officer who has declared a conflict, or with nobody for it."""
    return bool(case.handling.conflicted) and case.intake.officer in (None, *case.handling.conflicted)


ACTS: tuple[Act[Any], ...] = (
    Act(
        DeclareConflict,
        name="conflict",
        words="Say that you have a conflict of interest",
        by=CASE_STAFF,
        open=still_handled,
        decide=declare_conflict,
        needs=frozenset({Need.STAFF}),
        rank=Rank.SELDOM,
    ),
    Act(
        HandOn,
        name="referral",
        words="Hand it on to another office",
        by=CASE_STAFF,
        open=can_be_handed_on,
        decide=hand_on,
        rank=Rank.SELDOM,
        for_conflicted=True,
    ),
)
