"""Agreed actions: done with proof, confirmed or disputed by the other side alone, waived, or not kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules import coming
from compact_cases.rules.act import Act, Choices, Need, Now, Rank, always
from compact_cases.rules.agreed import (
    NOT_DISPUTED,
    NOT_KEPT,
    OWED,
    SEAT_OF,
    SIDES,
    TO_CONFIRM,
    Action,
    other_than,
)
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived, due_of
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as happened
from compact_cases.rules.names import hides_from, missing, without
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if

TOO_LATE = (
    "Nobody disputed this by its date, so it counts as done. If a letter or a call did, please give the day "
    "of its postmark, or of the call: it counts if that was in time."
)
WHICH = "Please say which of the agreed actions this is about."
BOTH_SIDES_AND_STAFF = RAISING | RESPONDING | CASE_STAFF


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SayActionDone(Carries):
    """``item`` is the number of the action. The proof widens to the other side once it is released."""

    item: str
    proof: Annotated[
        Statement,
        Kept("proof", Audience.OFFICERS, "Please say what was done, so that the other side can see it."),
    ]
    came: Arrived | None = None


@dataclass(frozen=True)
class DisputeAction(Carries):
    item: str
    reason: Annotated[
        Statement, Kept("dispute", Audience.OFFICERS, "Please say what is missing, in a sentence or more.")
    ]
    came: Arrived | None = None


@dataclass(frozen=True)
class ReleaseActionWords(Carries):
    """What one side wrote about an action is read by an officer before the other side reads it."""

    item: str
    looked: bool
    hidden: Annotated[Statement | None, Kept("hidden", Audience.OFFICERS)] = None
    words_may_stay: bool = False


@dataclass(frozen=True)
class ConfirmAction(Carries):
    item: str
    came: Arrived | None = None


@dataclass(frozen=True)
class WaiveAction(Carries):
    item: str
    sure: bool


@dataclass(frozen=True)
class RecordNotDisputed(Carries):
    day: date
    item: str


@dataclass(frozen=True)
class RecordNotKept(Carries):
    day: date
    item: str


ActionCommand = (
    SayActionDone
    | DisputeAction
    | ReleaseActionWords
    | ConfirmAction
    | WaiveAction
    | RecordNotDisputed
    | RecordNotKept
)


# --- which can be done ------------------------------------------------------------------------------------


def to_be_done(case: Case, now: Now) -> tuple[Action, ...]:
    """What was not kept can still be done, late."""
    return tuple(
        one
        for one in case.agreement.actions
        if one.state in (OWED, NOT_KEPT) and one.waiting is None and _is_for(one.side, now)
    )


def to_be_answered(case: Case, now: Now) -> tuple[Action, ...]:
    """What the other side alone confirms or waives."""
    live = (one for one in case.agreement.actions if not one.is_over)
    return tuple(one for one in live if _is_for(other_than(one.side), now))


def to_be_disputed(case: Case, now: Now) -> tuple[Action, ...]:
    """And what counts as done because nobody disputed it, where a letter that did may still come in."""
    passed = (one for one in case.agreement.actions if one.state == NOT_DISPUTED)
    late = tuple(one for one in passed if coming.is_late_news(due_of(case, "confirm", one.item), now))
    return (*(one for one in to_be_answered(case, now) if one.state == TO_CONFIRM), *late)


def to_be_read(case: Case, now: Now) -> tuple[Action, ...]:
    return tuple(one for one in case.agreement.actions if one.waiting)


def _is_for(side: str, now: Now) -> bool:
    """Officers write down what either side says."""
    speaks_for_one = now.seat.side in (Side.RAISER, Side.RESPONDENT)
    return not speaks_for_one or side == now.seat.side.value


def is_to_be_done(case: Case, now: Now) -> None:
    if not to_be_done(case, now):
        raise Refused("There is no agreed action to be done here at the moment.")


def is_to_be_answered(case: Case, now: Now) -> None:
    if not to_be_answered(case, now):
        raise Refused("There is no agreed action here that is owed to this side.")


def is_to_be_disputed(case: Case, now: Now) -> None:
    if not to_be_disputed(case, now):
        raise Refused(
            "No agreed action waits here to be confirmed. Only the side to which an action is owed can say "
            "that it is not done, and only after it was said to be done."
        )


def is_to_be_read(case: Case, now: Now) -> None:
    if not to_be_read(case, now):
        raise Refused("Nothing about an agreed action waits to be read and passed on.")


def _numbers(found: tuple[Action, ...]) -> Choices:
    return {"item": tuple(one.item for one in found)}


def _meant(item: str, found: tuple[Action, ...]) -> Action:
    for one in found:
        if one.item == item:
            return one
    raise Refused(WHICH, "item")


# --- what follows -----------------------------------------------------------------------------------------


def say_done(command: SayActionDone, case: Case, now: Now) -> list[Event]:
    one = _meant(command.item, to_be_done(case, now))
    release = now.term("action-release")
    came = coming.of_item(command.came, case, now, "action", one.item, one.asked_at)
    return [happened.ActionDone(one.number, one.side, command.proof.sealed(), release, came)]


def dispute(command: DisputeAction, case: Case, now: Now) -> list[Event]:
    """The first time the action is owed again; the second time it is not kept."""
    one = _meant(command.item, to_be_disputed(case, now))
    release, side = now.term("action-release"), other_than(one.side)
    came = coming.of_item(command.came, case, now, "confirm", one.item, one.asked_at)
    if one.state == NOT_DISPUTED and not (came and came.in_time):
        raise Refused(TOO_LATE, "came_on")
    disputed = happened.ActionDisputed(one.number, side, command.reason.sealed(), release, came)
    if not one.disputes:
        return [disputed]
    return [disputed, happened.ActionNotKept(one.number, "disputed twice", release.start)]


def release(command: ReleaseActionWords, case: Case, now: Now) -> list[Event]:
    one = _meant(command.item, to_be_read(case, now))
    claim = one.waiting
    assert claim is not None  # noqa: S101 (asked by to_be_read)
    if not command.looked:
        raise Refused("Please look for names that must not be there, and say that you did.", "looked")
    phrases, text = command.hidden.text.splitlines() if command.hidden else [], now.waiting_of(one.item)
    if nowhere := missing(text, phrases):
        phrase = nowhere[0].strip()[:80]
        raise Refused(f"“{phrase}” does not stand in it. Please copy it as it stands there.", "hidden")
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("the other side who raised it", without(text, phrases), now.raisers_words, "hidden")
    confirm = None if claim.is_dispute else now.term("confirm", owner=Side(other_than(one.side)))
    again = now.term("action", owner=Side(one.side)) if claim.is_dispute and one.state != NOT_KEPT else None
    return [happened.ActionWordsReleased(one.number, sealed_if(command.hidden), confirm, again)]


def confirm(command: ConfirmAction, case: Case, now: Now) -> list[Event]:
    one = _meant(command.item, to_be_answered(case, now))
    came = coming.of_item(command.came, case, now, "confirm", one.item, one.asked_at)
    return [happened.ActionConfirmed(one.number, other_than(one.side), came)]


def waive(command: WaiveAction, case: Case, now: Now) -> list[Event]:
    one = _meant(command.item, to_be_answered(case, now))
    if not command.sure:
        raise Refused("Please confirm that this need not be done any more.", "sure")
    return [happened.ActionWaived(one.number, other_than(one.side))]


def record_not_disputed(command: RecordNotDisputed, case: Case, now: Now) -> list[Event]:
    one = case.agreement.action(command.item)
    if one is None or one.state != TO_CONFIRM:
        raise Refused("This action does not wait to be confirmed.")
    return [happened.ActionNotDisputed(one.number, command.day)]


def record_not_kept(command: RecordNotKept, case: Case, now: Now) -> list[Event]:
    one = case.agreement.action(command.item)
    if one is None or one.state != OWED:
        raise Refused("This action is not owed any more.")
    return [happened.ActionNotKept(one.number, "its date has passed", command.day)]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("action", "confirm", "action-release")
NOTICES = ("action-to-read", "action-to-confirm", "action-again", "action-settled", "action-not-kept")


def notices(event: Event, case: Case) -> Iterator[Notice]:
    match event:
        case (
            happened.ActionDone(action=number, release=term)
            | happened.ActionDisputed(action=number, release=term)
        ):
            facts = owed("action-release", term.due) | {"item": str(number)}
            yield Notice("action-to-read", Seat.OFFICER, facts, Rest.OWED)
        case happened.ActionWordsReleased(action=number, confirm=confirm, again=again):
            owner = case.agreement.actions[number - 1].side
            if confirm:
                facts = owed("confirm", confirm.due) | {"item": str(number)}
                yield Notice("action-to-confirm", SEAT_OF[other_than(owner)], facts, Rest.OWED)
            if again:
                facts = owed("action", again.due) | {"item": str(number)}
                yield Notice("action-again", SEAT_OF[owner], facts, Rest.OWED)
        case happened.ActionConfirmed() | happened.ActionWaived() | happened.ActionNotDisputed():
            one = case.agreement.actions[event.action - 1]
            yield Notice("action-settled", SEAT_OF[one.side], _facts(one), Rest.ALWAYS)
        case happened.ActionNotKept():
            one = case.agreement.actions[event.action - 1]
            for seat in (*(SEAT_OF[side] for side in SIDES), Seat.OFFICER):
                yield Notice("action-not-kept", seat, _facts(one), Rest.ALWAYS, confirms=True)


def _facts(one: Action) -> dict[str, Any]:
    return {"item": one.item, "how": one.state, "side": one.side}


def _owner(command: Any, case: Case) -> str:
    one = case.agreement.action(command.item)
    return one.side if one else ""


def _other(command: Any, case: Case) -> str:
    one = case.agreement.action(command.item)
    return other_than(one.side) if one else ""


ACTS: tuple[Act[Any], ...] = (
    Act(
        SayActionDone,
        name="action-done",
        words="Write down that an agreed action is done",
        party_words="Say that an agreed action is done",
        by=BOTH_SIDES_AND_STAFF,
        open=is_to_be_done,
        decide=say_done,
        choices=lambda case, now: _numbers(to_be_done(case, now)),
        side=_owner,
    ),
    Act(
        ReleaseActionWords,
        name="action-release",
        words="Read what was written about an action, and pass it on",
        by=CASE_STAFF,
        open=is_to_be_read,
        decide=release,
        choices=lambda case, now: _numbers(to_be_read(case, now)),
        needs=frozenset({Need.ACTION_WORDS, Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        ConfirmAction,
        name="action-confirmed",
        words="Write down that a side confirms an action",
        party_words="Confirm that an agreed action is done",
        by=BOTH_SIDES_AND_STAFF,
        open=is_to_be_answered,
        decide=confirm,
        choices=lambda case, now: _numbers(to_be_answered(case, now)),
        side=_other,
    ),
    Act(
        DisputeAction,
        name="action-disputed",
        words="Write down that a side disputes an action",
        party_words="Say that an agreed action is not done",
        by=BOTH_SIDES_AND_STAFF,
        open=is_to_be_disputed,
        decide=dispute,
        choices=lambda case, now: _numbers(to_be_disputed(case, now)),
        side=_other,
    ),
    Act(
        WaiveAction,
        name="action-waived",
        words="Write down that an action need not be done",
        party_words="Say that an agreed action need not be done",
        by=BOTH_SIDES_AND_STAFF,
        open=is_to_be_answered,
        decide=waive,
        choices=lambda case, now: _numbers(to_be_answered(case, now)),
        rank=Rank.SELDOM,
        side=_other,
    ),
    Act(RecordNotDisputed, by=SYSTEM, open=always, decide=record_not_disputed, effect="not-disputed"),
    Act(RecordNotKept, by=SYSTEM, open=always, decide=record_not_kept, effect="not-kept"),
)
