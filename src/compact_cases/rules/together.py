"""Mediation of two cases of one concern: three are asked; when one leaves, the rest say whether to go on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.beginning import can_be_asked_for
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.events import Event
from compact_cases.rules.events import mediation as happened
from compact_cases.rules.events import together as shared
from compact_cases.rules.following import FollowMediation, follow
from compact_cases.rules.mediating import A_PARTY_LEFT, PARTIES, RESPONDENT, SEAT_OF, Mediation, PartyTerm
from compact_cases.rules.mediation_ends import over
from compact_cases.rules.noted import side_of
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, RESPONDING, SYSTEM, Seat
from compact_cases.rules.statements import Carries

# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskTogether(Carries):
    """One mediation for this case and ``other``. ``agreed``: the raiser agrees that each body hears of it."""

    other: UUID | None
    agreed: bool


@dataclass(frozen=True)
class TakeTogether(Carries):
    """Given to the other case, with ``AskTogether``."""

    case: UUID


@dataclass(frozen=True)
class SayGoOn(Carries):
    """Of each who remains after somebody left: whether the mediation goes on without them."""

    party: str
    yes: bool


@dataclass(frozen=True)
class RecordNoGoOn(Carries):
    """Given by the sweep on the day after the last one for an answer."""

    item: str
    day: date


TogetherCommand = AskTogether | TakeTogether | FollowMediation | SayGoOn | RecordNoGoOn


# --- when each can be done --------------------------------------------------------------------------------


def can_be_asked_together(case: Case, now: Now) -> None:
    can_be_asked_for(case, now)
    if not any(may_join(case, now)):
        raise Refused("There is no other open case of this concern in which mediation can be asked for now.")


def may_join(case: Case, now: Now) -> Iterator[UUID]:
    """The other cases with which one mediation can serve this one."""
    for other_id, other in now.siblings.items():
        try:
            can_be_asked_for(other, now)
        except Refused:
            continue
        yield other_id


def others(case: Case, now: Now) -> Choices:
    return {"other": tuple(str(one) for one in may_join(case, now))}


def go_on_is_asked(case: Case, now: Now) -> None:
    own = side_of(now.seat)
    if not any(case.owed("go-on", one) for one in PARTIES if own in ("", one)):
        raise Refused("You are not asked whether to go on with a mediation at the moment.")


def was_shared(case: Case, now: Now) -> None:
    if case.mediation.shared is None:
        raise Refused("The mediation of this case serves no other one.")


# --- two cases are asked ----------------------------------------------------------------------------------


def ask_together(command: AskTogether, case: Case, now: Now) -> list[Event]:
    other = _the_other(command, case, now)
    try:
        can_be_asked_for(other, now)
    except Refused as refused:
        raise Refused(f"In the other case it cannot be: {refused.sentence}", "other") from None
    if not command.agreed:
        raise Refused("Please ask the raiser first, and tick that they agree.", "agreed")
    assert command.other is not None  # noqa: S101 (asked by _the_other)
    asked = tuple(PartyTerm(one, now.term_of(one, "consent")) for one in PARTIES)
    return _asked(asked, command.other, (case, other), leads=True)


def _the_other(command: AskTogether, case: Case, now: Now) -> Case:
    other = now.other
    if command.other is None or other is None or not other.position:
        raise Refused("Please say which case it is, by its reference.", "other")
    if other.intake.reference == case.intake.reference:
        raise Refused("That is this very case. Please choose the other one.", "other")
    if other.intake.concern != case.intake.concern:
        raise Refused("One mediation can serve two cases only if one concern opened both of them.", "other")
    return other


def take_together(command: TakeTogether, case: Case, now: Now) -> list[Event]:
    """Its raiser answers in the case that leads, for both."""
    assert now.other is not None  # noqa: S101 (the case from which it is given)
    asked = (PartyTerm(RESPONDENT, now.term_of(RESPONDENT, "consent")),)
    return _asked(asked, command.case, (case, now.other), leads=False)


def _asked(
    asked: tuple[PartyTerm, ...], other: UUID, cases: tuple[Case, Case], *, leads: bool
) -> list[Event]:
    counted = max(one.mediation.last_number for one in cases)
    first = happened.MediationAsked("officer", asked, False, None, None, False)
    return [first, shared.MediationShared(other, leads, counted)]


# --- somebody left ----------------------------------------------------------------------------------------


def say_go_on(command: SayGoOn, case: Case, now: Now) -> list[Event]:
    party = side_of(now.seat) or command.party
    if command.party not in ("", party) or party not in PARTIES:
        raise Refused("Please say for which side you write this down.", "party")
    if case.owed("go-on", party) is None:
        raise Refused("This side is not asked whether to go on at the moment.", "party")
    said = shared.GoOnAnswered(party, command.yes)
    return [said] if command.yes else [said, *_over_after(said, case, now)]


def record_no_go_on(command: RecordNoGoOn, case: Case, now: Now) -> list[Event]:
    if case.owed("go-on", command.item) is None:
        return []
    silent = shared.GoOnUnanswered(command.item, command.day)
    return [silent, *_over_after(silent, case, now)]


def _over_after(said: Event, case: Case, now: Now) -> list[Event]:
    return over(A_PARTY_LEFT, evolve(case, said, now.at), now)


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("go-on",)
NOTICES = ("go-on", "goes-on")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    part = case.mediation
    match event:
        case shared.NameWithdrawn() if part.leads and (appoint := case.owed("appoint")):
            alone = {} if part.together else {"alone": True}
            yield Notice("name-refused", Seat.OFFICER, owed("appoint", appoint.term.due) | alone)
        case shared.AnotherLeft(go_on=go_on):
            for one in go_on:
                facts = owed("go-on", one.term.due) | {"item": one.party}
                yield Notice("go-on", SEAT_OF[one.party], facts, Rest.OWED)
            yield from (Notice("go-on", seat, owed("go-on", go_on[0].term.due)) for seat in _beside(part))
        case shared.GoOnAnswered() | shared.SharedNoMore() if _goes_on(case):
            told = (*(SEAT_OF[one] for one in part.in_it), *_beside(part))
            yield from (Notice("goes-on", seat) for seat in told)


def _beside(part: Mediation) -> tuple[Seat, ...]:
    return (Seat.OFFICER, Seat.MEDIATOR) if part.mediator else (Seat.OFFICER,)


def _goes_on(case: Case) -> bool:
    return case.mediation.is_under_way and not any(one.name == "go-on" for one in case.open_obligations)


ACTS: tuple[Act[Any], ...] = (
    Act(
        AskTogether,
        name="mediation-together",
        words="Propose one mediation for two cases of this concern",
        by=CASE_STAFF,
        open=can_be_asked_together,
        decide=ask_together,
        needs=frozenset({Need.OTHER_CASE, Need.SIBLINGS, Need.SMALL_SIDES}),
        choices=others,
        other=lambda command, case: command.other,
        half=TakeTogether,
        rank=Rank.LAST,
    ),
    Act(
        TakeTogether,
        by=CASE_STAFF,
        open=can_be_asked_for,
        decide=take_together,
        needs=frozenset({Need.OTHER_CASE, Need.SMALL_SIDES}),
        other=lambda command, case: command.case,
    ),
    Act(
        FollowMediation,
        by=SYSTEM,
        open=was_shared,
        decide=follow,
        needs=frozenset({Need.OTHER_CASE}),
        other=lambda command, case: command.case,
    ),
    Act(
        SayGoOn,
        name="mediation-going-on",
        words="Write down whether a side goes on with the mediation",
        party_words="Say whether you want to go on with the mediation",
        by=IN_PERSON | RESPONDING | CASE_STAFF,
        open=go_on_is_asked,
        decide=say_go_on,
        side=lambda command, case: command.party,
        rank=Rank.WAITED_FOR,
    ),
    Act(RecordNoGoOn, by=SYSTEM, open=was_shared, decide=record_no_go_on, effect="no-go-on"),
)
