"""Handling: whoever has a conflict of interest is barred, and another officer, the board chair or another
office takes the case over."""

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
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, SYSTEM, Seat
from compact_cases.rules.statements import Carries, Kept, Statement

CHAIR = frozenset({Seat.CHAIR})


@dataclass(frozen=True)
class DeclareConflict(Carries):
    """``officer`` takes the case over; None where there is nobody else, which the chair then hears."""

    declared: UUID
    officer: UUID | None
    reason: Annotated[Statement, REASON]


@dataclass(frozen=True)
class PresumeConflict(Carries):
    """Given by the system once it is known that whoever handles the case works for one of its parties.

    ``officer`` has it then, the next of the list; ``nobody``: neither an officer nor the board chair is left.
    """

    declared: UUID
    officer: UUID | None
    nobody: bool


@dataclass(frozen=True)
class ChairDeclares(Carries):
    """Of the board chair, where no officer is left: whether she has a conflict of interest herself, and if
    not, that she is the officer of this one case from now on."""

    chair: UUID
    conflict: bool


@dataclass(frozen=True)
class HandOn(Carries):
    """``consented``: a raiser who is not to be known has agreed that another office learns of the concern."""

    office: Annotated[
        Statement, Kept("office", Audience.CASE, "Please write which office it is, and how to reach it.")
    ]
    sent: Annotated[Statement, Kept("sent", Audience.OFFICERS, "Please write what is sent to them, and how.")]
    consented: bool = False


HandlingCommand = DeclareConflict | PresumeConflict | ChairDeclares | HandOn


def barred_from(case: Case) -> frozenset[UUID]:
    """Who sees nothing of a case: who declared a conflict, and whoever works for one of these bodies."""
    named = (*case.handling.conflicted, case.intake.respondent, case.intake.raiser_body)
    return frozenset(one for one in named if one)


def officers_left(case: Case, now: Now, but: UUID | None = None) -> frozenset[UUID]:
    return review.who_may_handle(case, now, but) - {now.chair}


def is_left_to_nobody(case: Case, now: Now, but: UUID | None = None) -> bool:
    """Whether neither an officer nor the board chair may handle a case."""
    chair = now.chair if now.chair not in (but, *case.handling.conflicted) else None
    return not officers_left(case, now, but) and chair is None


# --- when each can be done --------------------------------------------------------------------------------


def can_be_taken_over(case: Case, now: Now) -> None:
    still_handled(case, now)
    if officers_left(case, now):
        raise Refused("An officer can handle this case. You take one over only where there is none.")
    if now.chair is not None and case.intake.officer == now.chair:
        raise Refused("You look after this case already.")


def can_be_handed_on(case: Case, now: Now) -> None:
    """What waits to be released is read first; it goes with a case that nobody is left to read."""
    still_open(case, now)
    left = now.seat is Seat.ADMINISTRATOR
    if left and not is_left_to_nobody(case, now):
        raise Refused("Somebody of this office can handle this case, so it is theirs to hand on.")
    if case.waits_to_be_read and not left:
        raise Refused(
            "What one side wrote waits to be released, so the case is not handed on yet. Please read it"
            " first."
        )
    if case.closing.taken_in:
        raise Refused("Another concern was merged into this one. Undo that merge before it is handed on.")


# --- what follows -----------------------------------------------------------------------------------------


def declare_conflict(command: DeclareConflict, case: Case, now: Now) -> list[Event]:
    if command.declared in case.handling.conflicted:
        raise Refused("You have declared this already. Please give the case to somebody else.", "officer")
    reason = command.reason.sealed()
    nobody = is_left_to_nobody(case, now, command.declared)
    declared = happened.ConflictDeclared(command.declared, reason, nobody)
    free = officers_left(case, now, command.declared)
    if command.officer is None:
        if free:
            raise Refused("Please choose who takes the case over.", "officer")
        return [declared]
    if command.officer not in free:
        raise Refused("Please choose an officer who has no conflict of interest in this case.", "officer")
    if command.officer == case.intake.officer:
        return [declared]
    return [declared, handed.HandedOver(command.officer, reason)]


def presume_conflict(command: PresumeConflict, case: Case, now: Now) -> list[Event]:
    """Nobody is asked: who took a case before it was known for whom they work gives it up."""
    if command.declared in case.handling.conflicted:
        return []
    declared = happened.ConflictDeclared(command.declared, None, command.nobody, presumed=True)
    return [declared, handed.OfficerAssigned(command.officer)] if command.officer else [declared]


def take_over(command: ChairDeclares, case: Case, now: Now) -> list[Event]:
    if command.chair in case.handling.conflicted:
        raise Refused("You have declared a conflict of interest in this case.", "conflict")
    if command.conflict:
        nobody = is_left_to_nobody(case, now, command.chair)
        return [happened.ConflictDeclared(command.chair, None, nobody)]
    return [happened.HandlerFound(command.chair, chair=True), handed.OfficerAssigned(command.chair)]


def found(officer: UUID, case: Case) -> list[Event]:
    """Said only where both sides were told that nobody handles their case."""
    return [happened.HandlerFound(officer, chair=False)] if nobody_handles(case) else []


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
NOTICES = ("conflict", "nobody-left", "handler-found")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """Both sides hear who handles it now, or that nobody does; the chair, where there is nobody but her."""
    sides = (Seat.RAISER, Seat.CHAMPION) if case.had_notice else (Seat.RAISER,)
    if isinstance(event, happened.ConflictDeclared):
        alone = nobody_handles(case)
        name = "nobody-left" if alone and event.nobody else "conflict"
        told = (*sides, Seat.CHAIR) if alone and not event.nobody else sides
        yield from (Notice(name, seat, {"alone": alone}) for seat in told)
    if isinstance(event, happened.HandlerFound):
        yield from (Notice("handler-found", seat, {"chair": event.chair}) for seat in sides)


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
        PresumeConflict,
        by=SYSTEM,
        open=still_handled,
        decide=presume_conflict,
    ),
    Act(
        ChairDeclares,
        name="chair-declaration",
        words="Take this case over",
        party_words="Take this case over, or say that you have a conflict of interest too",
        by=CHAIR,
        open=can_be_taken_over,
        decide=take_over,
        needs=frozenset({Need.STAFF}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        HandOn,
        name="referral",
        words="Hand it on to another office",
        party_words="Hand it on to another office",
        by=CASE_STAFF | {Seat.ADMINISTRATOR},
        open=can_be_handed_on,
        decide=hand_on,
        needs=frozenset({Need.STAFF}),
        rank=Rank.SELDOM,
    ),
)
