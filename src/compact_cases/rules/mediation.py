"""Mediation: all agree to it, a mediator is found and meets them, and it ends, in whichever way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules import appointing, sessions, together
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.appointing import AppointingCommand
from compact_cases.rules.audience import Audience
from compact_cases.rules.beginning import can_be_asked_for, concluded
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as stopped
from compact_cases.rules.events import mediation as happened
from compact_cases.rules.mediating import (
    BY_PROXY,
    OFFICER,
    PARTIES,
    RAISER,
    SEAT_OF,
    THE_MEDIATOR,
    THE_PANEL,
    PartyTerm,
)
from compact_cases.rules.noted import side_of
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.offering import is_asked, was_had
from compact_cases.rules.pausing import IN_MEDIATION, can_be_stopped, held, today
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, RESPONDING, SYSTEM, Seat
from compact_cases.rules.sessions import SessionCommand
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Held
from compact_cases.rules.together import TogetherCommand

LEFT_AFTER_A_NO = 5  # working days that whoever asked has at least
PROXY = Kept("proxy", Audience.RAISER_AND_OFFICERS)


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskForMediation(Carries):
    """``party``: for whom an officer writes it down, or ``officer``, who proposes it to both.

    ``papers``: the mediator may read concern and replies, if all agree. ``known``, of a raiser who is not
    to be known: who will know of them; ``proxy``: who speaks for them.
    """

    party: str = ""
    papers: bool = False
    known: str = ""
    proxy: Annotated[Statement | None, PROXY] = None


@dataclass(frozen=True)
class AnswerMediation(Carries):
    """``never``: please do not ask again."""

    party: str
    yes: bool
    never: bool = False
    papers: bool = False
    known: str = ""
    proxy: Annotated[Statement | None, PROXY] = None


@dataclass(frozen=True)
class DeclineOffer(Carries):
    """Without having been asked: please do not offer it."""

    party: str = ""


@dataclass(frozen=True)
class RecordNoConsent(Carries):
    """Given by the sweep on the day after the last one for an answer."""

    item: str
    day: date


MediationCommand = (
    AskForMediation
    | AnswerMediation
    | DeclineOffer
    | RecordNoConsent
    | AppointingCommand
    | SessionCommand
    | TogetherCommand
)


# --- when each can be done --------------------------------------------------------------------------------


def consent_is_owed(case: Case, now: Now) -> None:
    own = side_of(now.seat)
    if not any(case.owed("consent", one) for one in PARTIES if own in ("", one)):
        raise Refused("You are not asked about mediation at the moment.")


def was_asked_for(case: Case, now: Now) -> None:
    if not case.mediation.consents and not is_asked(case):
        raise Refused("Mediation was not asked for in this case.")


def can_be_declined(case: Case, now: Now) -> None:
    own, never = side_of(now.seat), case.mediation.never
    open_ = case.owed("decide") or case.owed("note")
    if case.mediation.is_under_way or is_asked(case) or was_had(case) or open_ is None:
        raise Refused("There is no offer of mediation to decline at the moment.")
    if own in never or len(never) == len(PARTIES):
        raise Refused("Mediation is not offered any more.")


def who_asks(case: Case, now: Now) -> Choices:
    return {"known": (THE_MEDIATOR, BY_PROXY)} if case.intake.is_hidden else {}


# --- what follows -----------------------------------------------------------------------------------------


def ask(command: AskForMediation, case: Case, now: Now) -> list[Event]:
    by = side_of(now.seat) or command.party
    if command.party not in ("", by) or by not in (*PARTIES, OFFICER):
        raise Refused("Please say who asks for mediation.", "party")
    return asked(by, command, case, now)


def asked(by: str, said: AskForMediation, case: Case, now: Now, *, next_step: bool = False) -> list[Event]:
    """The others are asked whether they want it too; a hidden raiser must say first who will know of them."""
    known = _known(by, said, case) if not next_step else None
    wants = by in PARTIES and not (next_step and case.intake.is_hidden)
    by = by if wants else OFFICER
    others = tuple(
        PartyTerm(one, now.term_of(one, "consent")) for one in PARTIES if not (wants and one == by)
    )
    proxy = sealed_if(said.proxy) if by == RAISER else None
    first = happened.MediationAsked(by, others, said.papers and wants, known, proxy, next_step)
    return [first, *(_own_clock_stops(by, others, case, now) if wants else ())]


def _own_clock_stops(by: str, others: Iterable[PartyTerm], case: Case, now: Now) -> list[Event]:
    """Of whoever asks, until the others have answered; what is left after a no is five days at least."""
    running = [
        one
        for one in can_be_stopped(case, now, IN_MEDIATION)
        if one.owner.side is SEAT_OF[by].side and not one.is_overdue(now.at, now.rulebook.calendar)
    ]
    if not running:
        return []
    day, until = today(now), max(one.term.due for one in others)
    kept = (Held(one.name, one.item, max(LEFT_AFTER_A_NO, one.days_left)) for one in held(running, day, now))
    number, seat = len(case.clocks.pauses) + 1, SEAT_OF[by].value
    office = Seat.OFFICER.value
    return [stopped.Paused(number, IN_MEDIATION, seat, office, day, until, tuple(kept), "consent")]


def answer(command: AnswerMediation, case: Case, now: Now) -> list[Event]:
    party = side_of(now.seat) or command.party
    if command.party not in ("", party) or party not in PARTIES:
        raise Refused("Please say for which side you write this down.", "party")
    if case.owed("consent", party) is None:
        raise Refused("This side is not asked about mediation at the moment.", "party")
    if command.yes and command.never:
        raise Refused(
            "You say yes, and that you do not want to be asked again. Which of the two is it?", "never"
        )
    known = _known(party, command, case) if command.yes else None
    proxy = sealed_if(command.proxy) if party == RAISER and command.yes else None
    said = happened.ConsentAnswered(
        party, command.yes, command.never, command.papers and command.yes, known, proxy
    )
    return [said, *concluded(evolve(case, said, now.at), now)]


def _known(party: str, said: AskForMediation | AnswerMediation, case: Case) -> str | None:
    """Who will know of a raiser who is not to be known: they say it, and the day is that of the event."""
    if party != RAISER or not case.intake.is_hidden:
        return None
    if said.known not in (BY_PROXY, THE_MEDIATOR):
        raise Refused(
            "Your name is not told to anybody now. Please say who will know of you in the mediation.", "known"
        )
    if said.known == BY_PROXY and (said.proxy is None or said.proxy.is_empty):
        raise Refused("Please write who speaks for you, and how the mediator reaches them.", "proxy")
    return said.known


def decline_offer(command: DeclineOffer, case: Case, now: Now) -> list[Event]:
    party = side_of(now.seat) or command.party
    if command.party not in ("", party) or party not in PARTIES:
        raise Refused("Please say for which side you write this down.", "party")
    if party in case.mediation.never:
        raise Refused("This side is not asked again as it is.", "party")
    return [happened.OfferDeclined(party)]


def record_no_consent(command: RecordNoConsent, case: Case, now: Now) -> list[Event]:
    if case.owed("consent", command.item) is None:
        return []
    silent = happened.ConsentUnanswered(command.item, command.day)
    return [silent, *concluded(evolve(case, silent, now.at), now)]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("consent", *appointing.OBLIGATIONS, *sessions.OBLIGATIONS, *together.OBLIGATIONS)
NOTICES = (
    *("mediation-asked", "mediation-declined", "mediation-agreed"),
    *appointing.NOTICES,
    *sessions.NOTICES,
    *together.NOTICES,
)
BOTH = (Seat.RAISER, Seat.CHAMPION)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.MediationAsked(asked=asked):
            panel = {"panel": True} if event.by == THE_PANEL else {}
            of_two = {"together": True} if case.mediation.together else {}
            for one in asked:
                facts = owed("consent", one.term.due) | {"item": one.party, **panel} | of_two
                yield Notice("mediation-asked", SEAT_OF[one.party], facts, Rest.OWED)
            last = max(one.term.due for one in asked)
            yield Notice("mediation-asked", Seat.OFFICER, owed("consent", last) | panel | of_two)
        case happened.MediationNotAgreed():
            decide = case.owed("decide")
            facts = owed("decide", decide.due) if decide and decide.due else {}
            yield Notice("mediation-declined", Seat.RAISER, facts, confirms=True)
            yield from (Notice("mediation-declined", seat) for seat in (Seat.CHAMPION, Seat.OFFICER))
        case happened.MediationAgreed(appoint=appoint):
            facts = owed("appoint", appoint.due)
            yield from (Notice("mediation-agreed", seat, facts, confirms=True) for seat in BOTH)
            yield Notice("mediation-agreed", Seat.OFFICER, facts)
    yield from appointing.notices(event, case)
    yield from sessions.notices(event, case)
    yield from together.notices(event, case)


def _of(command: AskForMediation | AnswerMediation | DeclineOffer, case: Case) -> str:
    return command.party


ACTS: tuple[Act[Any], ...] = (
    Act(
        AskForMediation,
        name="mediation",
        words="Propose mediation, or write down that a side asks for it",
        party_words="Ask for mediation",
        by=IN_PERSON | RESPONDING | CASE_STAFF,
        open=can_be_asked_for,
        decide=ask,
        choices=who_asks,
        needs=frozenset({Need.SMALL_SIDES}),
        side=_of,
        rank=Rank.SELDOM,
    ),
    Act(
        AnswerMediation,
        name="mediation-consent",
        words="Write down an answer about mediation",
        party_words="Say whether you want mediation",
        by=IN_PERSON | RESPONDING | CASE_STAFF,
        open=consent_is_owed,
        decide=answer,
        choices=who_asks,
        side=_of,
        rank=Rank.WAITED_FOR,
    ),
    Act(
        DeclineOffer,
        name="mediation-offer",
        words="Write down that a side does not want to be asked about mediation",
        party_words="Say that you do not want to be asked about mediation",
        by=IN_PERSON | RESPONDING | CASE_STAFF,
        open=can_be_declined,
        decide=decline_offer,
        side=_of,
        rank=Rank.LAST,
    ),
    Act(RecordNoConsent, by=SYSTEM, open=was_asked_for, decide=record_no_consent, effect="no-consent"),
    *appointing.ACTS,
    *sessions.ACTS,
    *together.ACTS,
)
