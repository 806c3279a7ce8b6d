"""Mediation, its mediator: a name that both sides see, a conflict declared before anything is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import mediation_ends
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.events import Event
from compact_cases.rules.events import mediation as happened
from compact_cases.rules.mediating import NO_MEDIATOR, PARTIES, SEAT_OF, TIME_OVER, PartyTerm, seats_told
from compact_cases.rules.mediation_ends import has_begun, is_led_here
from compact_cases.rules.noted import side_of
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term

PAYS = ("both", "public-body", "other")
AT_MOST = 60  # working days, from the first appointment
CONFLICT, ILL, OTHER = "conflict", "ill", "other"


@dataclass(frozen=True)
class ProposeMediator(Carries):
    """``despite``: what all wrote who wish to keep a mediator that has a conflict of interest."""

    mediator: UUID | None
    pays: str
    despite: Annotated[Statement | None, Kept("despite", Audience.CASE)] = None


@dataclass(frozen=True)
class AnswerName(Carries):
    """``of_raiser`` and ``of_respondent``: why not, which nobody need say."""

    party: str
    accepted: bool
    of_raiser: Annotated[Statement | None, Kept("reason", Audience.RAISER_AND_OFFICERS)] = None
    of_respondent: Annotated[Statement | None, Kept("reason", Audience.RESPONDENT_AND_OFFICERS)] = None


@dataclass(frozen=True)
class RecordNameSeen(Carries):
    """Given by the sweep on the day after the last one to refuse a name."""

    item: str
    day: date


@dataclass(frozen=True)
class DeclareInterest(Carries):
    """Of the mediator: whether anything stands between them and this case."""

    conflict: bool


@dataclass(frozen=True)
class ChangeMediator(Carries):
    """Who was asked or appointed cannot go on. ``why``: ill or other."""

    why: str


@dataclass(frozen=True)
class RecordNoMediator(Carries):
    """Given by the sweep when nobody was found for so long."""

    day: date


AppointingCommand = (
    ProposeMediator
    | AnswerName
    | RecordNameSeen
    | DeclareInterest
    | ChangeMediator
    | RecordNoMediator
    | mediation_ends.EndingCommand
)


# --- when each can be done --------------------------------------------------------------------------------


def mediator_is_looked_for(case: Case, now: Now) -> None:
    part = case.mediation
    is_led_here(case)
    if case.owed("appoint") is None:
        raise Refused("No mediator is looked for in this case at the moment.")
    if part.proposed or part.asked_mediator:
        raise Refused("Somebody is proposed already. Please wait for the answers.")


def name_is_seen(case: Case, now: Now) -> None:
    own = side_of(now.seat)
    if not any(case.owed("name", one) for one in PARTIES if own in ("", one)):
        raise Refused("No mediator is proposed to you at the moment.")


def can_declare(case: Case, now: Now) -> None:
    is_led_here(case)
    if case.mediation.ended_at is not None or case.mediation.reads_it is None:
        raise Refused("You are not asked about this case at the moment.")


def can_be_changed(case: Case, now: Now) -> None:
    is_led_here(case)
    if case.mediation.ended_at is not None or case.mediation.reads_it is None:
        raise Refused("No mediator is asked or appointed in this case.")


def who_pays(case: Case, now: Now) -> Choices:
    return {"pays": PAYS}


# --- what follows -----------------------------------------------------------------------------------------


def propose(command: ProposeMediator, case: Case, now: Now) -> list[Event]:
    part, who = case.mediation, command.mediator
    if who is None or who not in now.mediators:
        raise Refused("Please choose somebody who is on the register of mediators.", "mediator")
    if command.pays not in PAYS:
        raise Refused("Please say who pays for the mediation.", "pays")
    kept = command.despite is not None and not command.despite.is_empty
    if kept and who not in part.mediators:
        raise Refused("Only a mediator who was appointed can be kept in spite of a conflict.", "despite")
    if not kept:
        served = [case, now.other] if now.other else [case]
        sides = {one for each in served for one in (each.intake.respondent, each.intake.raiser_body)}
        if now.mediators[who] & sides:
            raise Refused(
                "The register says that this mediator has a conflict with one of the sides.", "mediator"
            )
        if any(who in one.mediation.refused_names for one in served):
            raise Refused(
                "This name was proposed before, and cannot be again. Please choose another.", "mediator"
            )
        names = tuple(PartyTerm(one, now.term("name", owner=Side(one))) for one in part.in_it)
        return [happened.MediatorProposed(who, command.pays, names, None)]
    proposed = happened.MediatorProposed(who, command.pays, (), sealed_if(command.despite))
    return [proposed, *appointed(who, evolve(case, proposed, now.at), now)]


def answer_name(command: AnswerName, case: Case, now: Now) -> list[Event]:
    party = side_of(now.seat) or command.party
    if command.party not in ("", party) or party not in PARTIES:
        raise Refused("Please say for which side you write this down.", "party")
    if case.owed("name", party) is None:
        raise Refused("No mediator is proposed to this side at the moment.", "party")
    reason = sealed_if(command.of_raiser if party == Side.RAISER.value else command.of_respondent)
    said = happened.NameAnswered(party, command.accepted, reason)
    return [said, *(_asked_if_all_agree(evolve(case, said, now.at), now) if command.accepted else ())]


def record_name_seen(command: RecordNameSeen, case: Case, now: Now) -> list[Event]:
    if case.owed("name", command.item) is None:
        return []
    seen = happened.NameUnanswered(command.item, command.day)
    return [seen, *_asked_if_all_agree(evolve(case, seen, now.at), now)]


def _asked_if_all_agree(case: Case, now: Now) -> list[Event]:
    """Where it serves two cases, those of the other one are waited for too: see ``together``."""
    return [] if case.mediation.partner else asked_to_declare(case, now)


def asked_to_declare(case: Case, now: Now) -> list[Event]:
    who = case.mediation.proposed
    if who is None or any(one.name == "name" for one in case.open_obligations):
        return []
    return [happened.MediatorAsked(who, now.term("declare", owner=Side.INDEPENDENT))]


def declare(command: DeclareInterest, case: Case, now: Now) -> list[Event]:
    part = case.mediation
    if command.conflict:
        return _gone(CONFLICT, case, now)
    if part.asked_mediator is None:
        return []
    return appointed(part.asked_mediator, case, now)


def change_mediator(command: ChangeMediator, case: Case, now: Now) -> list[Event]:
    if command.why not in (ILL, OTHER):
        raise Refused("Please say why the mediator cannot go on.", "why")
    return _gone(command.why, case, now)


def _gone(why: str, case: Case, now: Now) -> list[Event]:
    who = case.mediation.reads_it
    assert who is not None  # noqa: S101 (asked by can_be_changed)
    return [happened.MediatorGone(who, why, None if case.owed("appoint") else now.term("appoint"))]


def appointed(who: UUID, case: Case, now: Now) -> list[Event]:
    """Thirty days from now; sixty, at most, from when the first one was appointed."""
    calendar, part = now.rulebook.calendar, case.mediation
    term = now.term("mediate", owner=Side.INDEPENDENT)
    latest = part.latest or calendar.plus(term.start, AT_MOST)
    if term.start >= latest:
        return mediation_ends.over(TIME_OVER, case, now)
    if term.due > latest:
        term = Term(term.start, calendar.working_days_between(term.start, latest), latest)
    return [happened.MediatorAppointed(who, term, latest)]


def record_no_mediator(command: RecordNoMediator, case: Case, now: Now) -> list[Event]:
    return mediation_ends.over(NO_MEDIATOR, case, now) if case.owed("appoint") else []


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("appoint", "name", "declare", *mediation_ends.OBLIGATIONS)
NOTICES = (
    *("mediator-proposed", "name-refused", "mediator-asked", "mediator-appointed", "mediator-gone"),
    *mediation_ends.NOTICES,
)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.MediatorProposed(names=names):
            for one in names:
                facts = owed("name", one.term.due) | {"item": one.party}
                yield Notice("mediator-proposed", SEAT_OF[one.party], facts, Rest.OWED)
        case happened.NameAnswered(accepted=False) if appoint := case.owed("appoint"):
            yield Notice("name-refused", Seat.OFFICER, owed("appoint", appoint.term.due))
        case happened.MediatorAsked(declare=declare):
            yield Notice("mediator-asked", Seat.MEDIATOR, owed("declare", declare.due), Rest.OWED)
        case happened.MediatorAppointed(mediate=mediate):
            facts = owed("mediate", mediate.due)
            told = (*seats_told(case.mediation, case.mediation.in_it), Seat.OFFICER)
            yield from (Notice("mediator-appointed", seat, facts, confirms=True) for seat in told)
            theirs = facts if case.mediation.leads else facts | {"joined": True}
            yield Notice("mediator-appointed", Seat.MEDIATOR, theirs, confirms=True)
        case happened.MediatorGone() if appoint := case.owed("appoint"):
            facts = owed("appoint", appoint.term.due)
            told = (*seats_told(case.mediation, case.mediation.in_it), Seat.OFFICER)
            yield from (Notice("mediator-gone", seat, facts) for seat in told)
    yield from mediation_ends.notices(event, case)


MEDIATING = frozenset({Seat.MEDIATOR})
ACTS: tuple[Act[Any], ...] = (
    Act(
        ProposeMediator,
        name="mediator",
        words="Propose a mediator",
        by=CASE_STAFF,
        open=mediator_is_looked_for,
        decide=propose,
        choices=who_pays,
        needs=frozenset({Need.MEDIATORS, Need.PARTNER}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        AnswerName,
        name="mediator-name",
        words="Write down what a side says of the mediator proposed",
        party_words="Say whether the mediator proposed is right for you",
        by=IN_PERSON | RESPONDING | CASE_STAFF,
        open=name_is_seen,
        decide=answer_name,
        side=lambda command, case: command.party,
        rank=Rank.WAITED_FOR,
    ),
    Act(RecordNameSeen, by=SYSTEM, open=has_begun, decide=record_name_seen, effect="name-seen"),
    Act(
        DeclareInterest,
        name="declaration",
        words="Say whether you have a conflict of interest",
        party_words="Say whether you have a conflict of interest",
        by=MEDIATING,
        open=can_declare,
        decide=declare,
        rank=lambda case: Rank.WAITED_FOR if case.owed("declare") else Rank.LAST,
    ),
    Act(
        ChangeMediator,
        name="mediator-change",
        words="Write down that the mediator cannot go on",
        party_words="Say that you cannot go on",
        by=MEDIATING | CASE_STAFF,
        open=can_be_changed,
        decide=change_mediator,
        rank=Rank.LAST,
    ),
    Act(RecordNoMediator, by=SYSTEM, open=has_begun, decide=record_no_mediator, effect="no-mediator"),
    *mediation_ends.ACTS,
)
