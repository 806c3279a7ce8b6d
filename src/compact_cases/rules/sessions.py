"""Mediation, its sessions: the mediator proposes days, each side answers, one is fixed, or it is off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules.act import Act, Choices, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.copying import replace
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as agreed
from compact_cases.rules.events import closing as closed
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import mediation as happened
from compact_cases.rules.mediating import OTHER, PARTIES, PartyTerm, SessionDate, seats_told
from compact_cases.rules.mediation_ends import MEDIATING, is_ended_by, is_led_here, is_mediated
from compact_cases.rules.noted import side_of
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.pausing import today
from compact_cases.rules.refusals import Refused
from compact_cases.rules.review import AN_HOUR
from compact_cases.rules.seats import CASE_STAFF, IN_PERSON, RESPONDING, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term

LONGEST = 80  # working days: twenty to find a mediator, and sixty from the first appointment
MOST_DAYS = 3


@dataclass(frozen=True)
class ProposeSession(Carries):
    """Up to three days, each with its hour; ``with_`` is both, raiser or respondent."""

    on: tuple[date, ...]
    times: tuple[str, ...]
    with_: str


@dataclass(frozen=True)
class AnswerSession(Carries):
    """``can``: on which of the days (0 is the first); none of them is an answer too."""

    party: str
    can: tuple[int, ...]
    of_raiser: Annotated[Statement | None, Kept("needs", Audience.RAISER_AND_OFFICERS)] = None
    of_respondent: Annotated[Statement | None, Kept("needs", Audience.RESPONDENT_AND_OFFICERS)] = None


@dataclass(frozen=True)
class FixSession(Carries):
    """A day for a session, or another one. ``needs``: of the room, without whose they are."""

    on: date
    time: str
    online: bool
    with_: str
    place: Annotated[
        Statement, Kept("place", Audience.CASE, "Please say where it is, or how to join if it is online.")
    ]
    needs: Annotated[Statement | None, Kept("needs", Audience.CASE)] = None


@dataclass(frozen=True)
class CancelSession(Carries):
    """The session that is ahead is off."""


SessionCommand = ProposeSession | AnswerSession | FixSession | CancelSession


def session_is_asked(case: Case, now: Now) -> None:
    own = side_of(now.seat)
    if not any(case.owed("session", one) for one in PARTIES if own in ("", one)):
        raise Refused("You are not asked about a session at the moment.")


def can_be_arranged(case: Case, now: Now) -> None:
    is_led_here(case)
    is_mediated(case, now)


def session_is_ahead(case: Case, now: Now) -> None:
    can_be_arranged(case, now)
    if not case.mediation.ahead(now.at):
        raise Refused("No session is ahead that could be called off.")


def with_whom(case: Case, now: Now) -> Choices:
    """Where somebody must not be known, the mediator sees each side by itself. Both are all who remain."""
    each = (*PARTIES, OTHER) if OTHER in case.mediation.all_in_it else PARTIES
    return {"with_": each if case.mediation.apart else ("both", *each)}


def propose(command: ProposeSession, case: Case, now: Now) -> list[Event]:
    who = _who(command.with_, case, now)
    dates = tuple(SessionDate(*one) for one in zip(command.on, command.times, strict=False))
    if not 0 < len(dates) <= MOST_DAYS or len(command.times) != len(command.on):
        raise Refused("Please propose one day, two or three, each with its time.", "days.0.on")
    for place, one in enumerate(dates):
        _is_possible(one.on, one.time, case, now, f"days.{place}.on", f"days.{place}.time")
    asked = tuple(PartyTerm(one, session_term(one, now)) for one in who)
    return [happened.SessionProposed(_next(case), dates, asked)]


def session_term(party: str, now: Now) -> Term:
    return now.term("session", owner=Side.RESPONDENT if party == OTHER else Side(party))


def _next(case: Case) -> int:
    """The number of the session that is being arranged: one that has no day yet, else a new one."""
    part = case.mediation
    waiting = [one for one in part.sessions if one.on is None]
    return waiting[-1].number if waiting else part.last_number + 1


def _who(with_: str, case: Case, now: Now) -> tuple[str, ...]:
    if with_ not in with_whom(case, now)["with_"]:
        raise Refused("Please say with whom the session is.", "with_")
    return case.mediation.all_in_it if with_ == "both" else (with_,)


def _is_possible(on: date, time: str, case: Case, now: Now, day_field: str, time_field: str) -> None:
    mediate, calendar = case.owed("mediate"), now.rulebook.calendar
    last = mediate.due if mediate and mediate.due else on
    if not today(now) < on <= last:
        raise Refused(
            f"Please choose a day after today and not later than {last:%A} {last.day} {last:%B %Y}.",
            day_field,
        )
    if not calendar.is_working(on):
        raise Refused("That is no working day. Please choose another day.", day_field)
    if not AN_HOUR.fullmatch(time):
        raise Refused("Please write the time like 14:30.", time_field)


def answer(command: AnswerSession, case: Case, now: Now) -> list[Event]:
    party = side_of(now.seat) or command.party
    if command.party not in ("", party) or party not in PARTIES:
        raise Refused("Please say for which side you write this down.", "party")
    if case.owed("session", party) is None:
        raise Refused("This side is not asked about a session at the moment.", "party")
    one = case.mediation.sessions[-1]
    if set(command.can) - set(range(len(one.dates))):
        raise Refused("Please choose among the days that are proposed.", "can")
    needs = command.of_raiser if party == Side.RAISER.value else command.of_respondent
    kept = sealed_if(needs) if needs is not None and not needs.is_empty else None
    return [happened.SessionAnswered(one.number, party, tuple(sorted(set(command.can))), kept)]


def fix(command: FixSession, case: Case, now: Now) -> list[Event]:
    who = _who(command.with_, case, now)
    _is_possible(command.on, command.time, case, now, "on", "time")
    coming = case.mediation.ahead(now.at)
    number = coming[0].number if coming else _next(case)
    off: list[Event] = []
    if coming and {*coming[0].who} & {*case.mediation.all_in_it} - {*who}:
        # whoever was invited and is not to come any more hears that it is off
        off = cancel(CancelSession(), case, now)
        case = evolve(case, off[0], now.at)
        number = _next(case)
    return [
        *off,
        happened.SessionFixed(
            number,
            case.mediation.said,
            command.on,
            command.time,
            command.online,
            command.place.sealed(),
            sealed_if(command.needs),
            who,
        ),
    ]


def cancel(command: CancelSession, case: Case, now: Now) -> list[Event]:
    return [happened.SessionCancelled(case.mediation.ahead(now.at)[0].number, case.mediation.said)]


OBLIGATIONS = ("session",)
NOTICES = ("session-proposed", "session-answered", "session-fixed", "session-cancelled")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.SessionProposed(asked=asked):
            for one in asked:
                facts = owed("session", one.term.due) | {"item": one.party}
                for seat in seats_told(case.mediation, (one.party,)):
                    yield Notice("session-proposed", seat, facts, Rest.OWED)
        case happened.SessionAnswered() if case.mediation.leads:
            yield Notice("session-answered", Seat.MEDIATOR)
        case happened.SessionFixed(number=number, said=said, on=on, time=time, who=who):
            facts = {"session": number, "number": said, "on": on.isoformat(), "time": time}
            for seat in _told(case, who):
                yield Notice("session-fixed", seat, facts, confirms=True)
        case happened.SessionCancelled(number=number, said=said):
            facts = {"session": number, "number": said}
            who = case.mediation.session(number).who
            for seat in _told(case, who):
                yield _off(seat, facts, case.mediation.mediator)
        case happened.MediatorGone(mediator=gone):
            yield from _called_off(case, gone)
        case happened.MediationEnded():
            yield from _called_off(case)
        case closed.Closed() | agreed.AgreementMade() | put.RaiserDecided() if is_ended_by(case):
            yield from _called_off(case)


def _called_off(case: Case, gone: UUID | None = None) -> Iterable[Notice]:
    """What was still to come and is off by this very act, for everybody who would have come: also for the
    mediator who is ``gone`` with it."""
    for one in case.mediation.sessions:
        if one.on is not None and one.off_at == case.at:
            facts = {"session": one.number, "number": one.said + 1}
            for seat in _told(case, one.who):
                also = {"gone": True} if gone and seat is Seat.MEDIATOR else {}
                yield _off(seat, facts | also, gone or case.mediation.mediator, Rest.ALWAYS)


def _off(seat: Seat, facts: dict[str, Any], mediator: UUID | None, rests_on: Rest = Rest.OPEN) -> Notice:
    """It stands in one mediator's calendar, and in no successor's."""
    person = mediator if seat is Seat.MEDIATOR else None
    return Notice("session-cancelled", seat, facts, rests_on, confirms=True, person=person)


def _told(case: Case, who: tuple[str, ...]) -> tuple[Seat, ...]:
    """Whoever has a part in two cases is invited by the one that leads, which also says what is off because
    the two go together no more."""
    part = case.mediation
    leads = part.leads and (part.led or part.alone_at != case.at)
    mediators = (Seat.MEDIATOR,) if leads else ()
    return (*seats_told(replace(part, leads=leads), who), *mediators)


ACTS: tuple[Act[Any], ...] = (
    Act(
        ProposeSession,
        name="session-days",
        words="Propose days for a session",
        party_words="Propose days for a session",
        by=MEDIATING,
        open=can_be_arranged,
        decide=propose,
        choices=with_whom,
        rank=Rank.WAITED_FOR,
    ),
    Act(
        AnswerSession,
        name="session-answer",
        words="Write down on which days a side can come",
        party_words="Say on which days you can come",
        by=IN_PERSON | RESPONDING | CASE_STAFF,
        open=session_is_asked,
        decide=answer,
        side=lambda command, case: command.party,
        rank=Rank.WAITED_FOR,
    ),
    Act(
        FixSession,
        name="session",
        words="Fix a session, or call it off",
        party_words="Fix a session, or call it off",
        by=MEDIATING,
        open=can_be_arranged,
        decide=fix,
        choices=with_whom,
    ),
    Act(CancelSession, name="session", by=MEDIATING, open=session_is_ahead, decide=cancel),
)
