"""Mediation of two cases: what happens in one is taken over by the other, which alone looks at both.

Each keeps its own mediation, with its own two parties, limits, letters and ending. What is arranged in the
case that leads is copied into the other; what the respondent of the other says there is copied back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from compact_cases.rules.act import Now
from compact_cases.rules.appointing import asked_to_declare
from compact_cases.rules.beginning import begun, not_agreed
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.events import Event
from compact_cases.rules.events import mediation as happened
from compact_cases.rules.events import together as shared
from compact_cases.rules.mediating import (
    A_PARTY_LEFT,
    MEDIATOR_ENDED,
    NO_MEDIATOR,
    OTHER,
    PARTIES,
    RAISER,
    RESPONDENT,
    TIME_OVER,
    WENT_ON,
    YES,
    Mediation,
    PartyTerm,
    Session,
)
from compact_cases.rules.mediation_ends import over
from compact_cases.rules.offering import waits_for_another
from compact_cases.rules.seats import Side
from compact_cases.rules.sessions import session_term
from compact_cases.rules.statements import Carries

OVER_IN_BOTH = frozenset({TIME_OVER, NO_MEDIATOR, MEDIATOR_ENDED})
"""Endings of the whole mediation; how else it ended is said of each case by itself."""
ASKS_THE_REST = frozenset({A_PARTY_LEFT, WENT_ON})


@dataclass(frozen=True)
class FollowMediation(Carries):
    """Given after whatever happened in ``case``, which is mediated together with this one."""

    case: UUID


def follow(command: FollowMediation, case: Case, now: Now) -> list[Event]:
    """What the other case makes of this one now; nothing where it has caught up already."""
    other = now.other
    if case.mediation.partner != command.case or other is None:
        return []
    if case.mediation.began_at is None:
        return _while_asked(case, other, now)
    if other.mediation.is_under_way and other.mediation.together:
        catch_up = _of_respondent if case.mediation.leads else _as_arranged
        return [one for one in catch_up(case, other, now) if one is not None]
    return _without(case, other.mediation, now)


def _while_asked(case: Case, other: Case, now: Now) -> list[Event]:
    if not waits_for_another(case):  # its raiser has decided, or it is closed
        return [shared.SharedNoMore()]
    theirs = other.mediation
    if theirs.began_at is None and not waits_for_another(other):
        return not_agreed(case, now)
    said = theirs.consent_of(RAISER)
    events: list[Event] = []
    if said and said.answer == YES and case.mediation.consent_of(RAISER) is None:
        events.append(happened.ConsentAnswered(RAISER, True, False, said.papers, said.known, said.proxy))
        case = evolve(case, events[0], now.at)
    return [*events, *(begun(case, now) if _all_want(case) and _all_want(other) else ())]


def _all_want(case: Case) -> bool:
    said = [case.mediation.consent_of(one) for one in PARTIES]
    return all(one is not None and one.answer == YES for one in said)


def _without(case: Case, theirs: Mediation, now: Now) -> list[Event]:
    """The mediation is over in the other case."""
    if theirs.ending in OVER_IN_BOTH:
        return over(theirs.ending or "", case, now)
    if RAISER in theirs.left:
        return over(A_PARTY_LEFT, case, now)
    left = theirs.ending in ASKS_THE_REST
    rest = tuple(PartyTerm(one, now.term("go-on", owner=Side(one))) for one in case.mediation.in_it)
    alone = shared.AnotherLeft(rest) if left else shared.SharedNoMore()
    return [alone, *_arranged_anew(case, evolve(case, alone, now.at), now)]


def _arranged_anew(before: Case, case: Case, now: Now) -> list[Event]:
    """What was arranged in the other case is to be arranged here; what was only waited for goes on."""
    part = before.mediation
    coming = case.mediation.ahead(now.at)
    if part.leads:
        asked = [] if part.asked_mediator else asked_to_declare(case, now)
        with_them_alone = [one for one in coming if one.who == (OTHER,)]
        return [*asked, *_called_off(with_them_alone, part)]
    events: list[Event] = [shared.NameWithdrawn(part.proposed)] if part.proposed else []
    return [*events, *_called_off(coming, part)]  # each was arranged there, and is off there


def _called_off(sessions: Iterable[Session], part: Mediation) -> Iterable[Event]:
    for number, one in enumerate(sessions):
        yield happened.SessionCancelled(one.number, part.said + number)


def _of_respondent(case: Case, other: Case, now: Now) -> Iterable[Event | None]:
    """In the case that leads: what the respondent of the other one said there."""
    part, theirs = case.mediation, other.mediation
    if part.proposed and part.proposed in theirs.refused_names:
        return [shared.NameWithdrawn(part.proposed)]
    if part.proposed and part.proposed == theirs.proposed and not _sees_a_name(other):
        return asked_to_declare(case, now)
    answers = (_answer_from(one, theirs) for one in part.sessions if not one.stands)
    return list(answers)


def _sees_a_name(case: Case) -> bool:
    return any(one.name == "name" for one in case.open_obligations)


def _answer_from(mine: Session, theirs: Mediation) -> Event | None:
    there = theirs.session(mine.number)
    said = next((one for one in there.answers if one.party == RESPONDENT), None)
    known = next((one for one in mine.answers if one.party == OTHER), None)
    if said is None or there.dates != mine.dates or (known and known.can == said.can):
        return None
    return happened.SessionAnswered(mine.number, OTHER, said.can, said.needs)


def _as_arranged(case: Case, other: Case, now: Now) -> Iterable[Event | None]:
    """In the case that does not lead: the mediator, the time and the sessions are those of the other one."""
    found = [one for one in _mediator_from(other, case, now) if one is not None]
    for event in found:
        case = evolve(case, event, now.at)
    for session in other.mediation.sessions:
        if news := _session_from(session, case.mediation, now):
            found.append(news)
            case = evolve(case, news, now.at)
    return found


def _mediator_from(other: Case, case: Case, now: Now) -> Iterable[Event | None]:
    part, theirs = case.mediation, other.mediation
    appoint, mediate, lasts = other.owed("appoint"), other.owed("mediate"), case.owed("mediate")
    if part.mediator and part.mediator != theirs.mediator:
        why = "conflict" if part.mediator in theirs.refused_names else "other"
        yield happened.MediatorGone(part.mediator, why, appoint.term if appoint else None)
    if part.proposed and part.proposed not in (theirs.proposed, theirs.asked_mediator, theirs.mediator):
        yield shared.NameWithdrawn(part.proposed)
    if theirs.mediator and theirs.mediator != part.mediator and mediate and theirs.latest:
        yield happened.MediatorAppointed(theirs.mediator, mediate.term, theirs.latest)
    elif mediate and lasts and mediate.term.due > lasts.term.due:
        yield happened.MediationExtended(mediate.term)
    if theirs.proposed and theirs.proposed not in (part.proposed, *part.refused_names):
        asked = PartyTerm(RESPONDENT, now.term("name", owner=Side.RESPONDENT))
        yield happened.MediatorProposed(theirs.proposed, theirs.pays, (asked,), None)


def _session_from(theirs: Session, part: Mediation, now: Now) -> Event | None:
    mine, comes = part.session(theirs.number), OTHER in (theirs.who or theirs.asked)
    if theirs.cancelled or not comes:
        known = bool(mine.dates or mine.on) and not mine.cancelled
        return happened.SessionCancelled(theirs.number, part.said) if known else None
    if theirs.on is None or theirs.place is None:
        asked = (PartyTerm(RESPONDENT, session_term(RESPONDENT, now)),)
        is_new = mine.dates != theirs.dates
        return happened.SessionProposed(theirs.number, theirs.dates, asked) if is_new else None
    told = (theirs.on, theirs.time, theirs.online, theirs.place, theirs.needs)
    if mine.stands and told == (mine.on, mine.time, mine.online, mine.place, mine.needs):
        return None
    who = tuple(_AS_HERE[one] for one in theirs.who)
    return happened.SessionFixed(theirs.number, part.said, *told, who)


_AS_HERE = {RAISER: RAISER, RESPONDENT: OTHER, OTHER: RESPONDENT}
"""What the other case calls each of the three."""
