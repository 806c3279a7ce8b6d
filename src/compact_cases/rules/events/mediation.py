"""Mediation, its events: it is asked for, all agree to it or not, a mediator is found, it ends somehow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never, get_args
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Stage
from compact_cases.rules.mediating import (
    OTHER,
    SEAT_OF,
    SILENT,
    WENT_ON,
    Consent,
    Mediation,
    PartyTerm,
    Session,
    SessionAnswer,
    SessionDate,
    all_ended,
    asked_each,
)
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class MediationAsked:
    """``by``: a party, whose consent it is; officer or panel propose it. ``asked`` have still to answer.

    ``papers``, ``known`` and ``proxy`` are those of the party that asks: see ``ConsentAnswered``.
    ``next_step``: it is what the raiser wanted to go on to.
    """

    by: str
    asked: tuple[PartyTerm, ...]
    papers: bool
    known: str | None
    proxy: Sealed | None
    next_step: bool


@dataclass(frozen=True)
class ConsentAnswered:
    """``never``: they do not want to be asked again. ``papers``: the mediator may read concern and replies.

    ``known``, of a raiser who is not to be known: who will know of them; ``proxy`` seals who speaks for them.
    """

    party: str
    yes: bool
    never: bool
    papers: bool
    known: str | None
    proxy: Sealed | None


@dataclass(frozen=True)
class ConsentUnanswered:
    """Silence counts as no, without blame. ``day`` is the working day on which this step stood."""

    party: str
    day: date


@dataclass(frozen=True)
class MediationNotAgreed:
    """Not everybody wants it; who does not is nobody's to know."""


@dataclass(frozen=True)
class OfferDeclined:
    """This party does not want mediation to be offered again."""

    party: str


@dataclass(frozen=True)
class MediationAgreed:
    """All want it, the last of them now. ``apart``: the mediator sees each side by itself."""

    parties: tuple[str, ...]
    apart: bool
    papers: bool
    appoint: Term


@dataclass(frozen=True)
class MediatorProposed:
    """Each side sees the name and may refuse it. ``pays``: both, public-body or other.

    ``despite`` seals what all wrote who wish to keep somebody with a conflict of interest.
    """

    mediator: UUID
    pays: str
    names: tuple[PartyTerm, ...]
    despite: Sealed | None


@dataclass(frozen=True)
class NameAnswered:
    """A refusal needs no reason, and is not told to the other side."""

    party: str
    accepted: bool
    reason: Sealed | None


@dataclass(frozen=True)
class NameUnanswered:
    """Nothing was said against the name in time."""

    party: str
    day: date


@dataclass(frozen=True)
class MediatorAsked:
    """No side refuses the name: the mediator says first whether they have a conflict of interest."""

    mediator: UUID
    declare: Term


@dataclass(frozen=True)
class MediatorAppointed:
    """``latest`` is the last day on which the mediation can end, counted from the first appointment."""

    mediator: UUID
    mediate: Term
    latest: date


@dataclass(frozen=True)
class MediatorGone:
    """Asked or appointed, and not any more. ``why``: conflict, ill or other. ``appoint``: another is to be
    found, where that is not owed already."""

    mediator: UUID
    why: str
    appoint: Term | None


@dataclass(frozen=True)
class MediationExtended:
    """All who are in it agree to more time."""

    mediate: Term


@dataclass(frozen=True)
class SessionProposed:
    """Days that the mediator proposes; each of ``asked`` says on which of them they can come."""

    number: int
    dates: tuple[SessionDate, ...]
    asked: tuple[PartyTerm, ...]


@dataclass(frozen=True)
class SessionAnswered:
    """``can`` are places in the list of days; ``needs``: of the room, for whoever finds one."""

    number: int
    party: str
    can: tuple[int, ...]
    needs: Sealed | None


@dataclass(frozen=True)
class SessionFixed:
    """``said`` counts what was said of this session, for calendars. ``who``: the parties that come.

    ``needs`` are those of the room, without whose they are.
    """

    number: int
    said: int
    on: date
    time: str
    online: bool
    place: Sealed
    needs: Sealed | None
    who: tuple[str, ...]


@dataclass(frozen=True)
class SessionCancelled:
    number: int
    said: int


@dataclass(frozen=True)
class PartyLeft:
    """Access ends at once, and so does the pause."""

    party: str


@dataclass(frozen=True)
class MediationEnded:
    """``ending``: see ``mediating.ENDINGS``. ``settled`` are the links of the case that it settles.

    ``back``: the stage in which the case goes on, where mediation never began or a panel had proposed it;
    else the raiser decides.
    """

    ending: str
    settled: tuple[int, ...]
    back: str | None


MediationEvent = (
    MediationAsked
    | ConsentAnswered
    | ConsentUnanswered
    | MediationNotAgreed
    | OfferDeclined
    | MediationAgreed
    | MediatorProposed
    | NameAnswered
    | NameUnanswered
    | MediatorAsked
    | MediatorAppointed
    | MediatorGone
    | MediationExtended
    | SessionProposed
    | SessionAnswered
    | SessionFixed
    | SessionCancelled
    | PartyLeft
    | MediationEnded
)


def _of_party(event: Any) -> Audience:
    """What one party says is theirs and the officers'; that of another case, the officers' alone."""
    respondents = Audience.OFFICERS if event.party == OTHER else Audience.RESPONDENT_AND_OFFICERS
    return Audience.RAISER_AND_OFFICERS if event.party == Side.RAISER.value else respondents


_BY_PARTY = (
    *(ConsentAnswered, ConsentUnanswered, OfferDeclined, NameAnswered, NameUnanswered),
    SessionAnswered,
)
AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {
    **dict.fromkeys(get_args(MediationEvent), Audience.CASE),
    **dict.fromkeys(_BY_PARTY, _of_party),
}


def evolve(part: Mediation, course: Course, event: MediationEvent, at: datetime) -> tuple[Mediation, Course]:
    match event:
        case MediationAsked():
            return _asked(part, course, event, at)
        case ConsentAnswered(party=party):
            consent = Consent(party, "yes" if event.yes else "no", event.papers, event.known, event.proxy, at)
            never = (*part.never, party) if event.never else part.never
            return replace(part.consented(consent), never=never), course.ended("consent", "answered", party)
        case ConsentUnanswered(party=party):
            silent = Consent(party, SILENT, False, None, None, at)
            return part.consented(silent), course.ended("consent", "no answer", party)
        case MediationNotAgreed():
            over = all_ended(course, "not everybody wants it", "consent")
            # a no to three is no refusal of two: after it each case may be asked about by itself
            after = 0 if part.together else len(course.trail)
            return replace(part, refused_after=after, asked_by=None, together=None), over
        case OfferDeclined(party=party):
            return replace(part, never=(*part.never, party)), course
        case MediationAgreed():
            began = replace(
                part,
                began_at=at,
                parties=event.parties,
                apart=event.apart,
                papers=event.papers,
                before_it=course.stage.value,
            )
            course = course.to_stage(Stage.MEDIATION)
            return began, course.owing("appoint", Seat.OFFICER, Seat.RAISER, event.appoint)
        case MediatorProposed():
            return _proposed(part, course, event)
        case NameAnswered(party=party, accepted=True) | NameUnanswered(party=party):
            return part, course.ended("name", "nothing against it", party)
        case NameAnswered():
            refused = (*part.refused_names, *([part.proposed] if part.proposed else []))
            over = all_ended(course, "another name is proposed", "name")
            return replace(part, proposed=None, refused_names=refused), over
        case MediatorAsked(mediator=mediator, declare=declare):
            asked = replace(part, asked_mediator=mediator, proposed=None)
            return asked, course.owing("declare", Seat.MEDIATOR, Seat.OFFICER, declare)
        case MediatorAppointed():
            return _appointed(part, course, event)
        case MediatorGone():
            return _gone(part, course, event, at)
        case MediationExtended(mediate=mediate):
            return part, course.set_anew("mediate", mediate, "more time")
        case SessionProposed() | SessionAnswered() | SessionFixed() | SessionCancelled():
            return of_session(part, course, event, at)
        case PartyLeft(party=party):
            for name in ("session", "name", "go-on"):
                course = course.ended(name, "they left", party)
            return replace(part, left=(*part.left, party)), course
        case MediationEnded(ending=ending, settled=settled, back=back):
            part = replace(part.ended(ending, at), settled=settled)
            course = all_ended(course, f"mediation: {ending}", *OF_MEDIATION)
            return part, course.to_stage(Stage(back)) if back else course
        case _:
            assert_never(event)


FIXED = ("said", "on", "time", "online", "place", "needs", "who")
OF_MEDIATION = ("consent", "appoint", "name", "declare", "mediate", "session", "go-on")
"""What is owed about a mediation, and is over with it."""


def over_with_its_stage(part: Mediation, course: Course, at: datetime) -> Mediation:
    """Where the case has left the stage in another way: settled by its raiser, withdrawn, closed."""
    if part.is_under_way and course.stage is not Stage.MEDIATION:
        return part.ended(WENT_ON, at)
    return part


def _asked(part: Mediation, course: Course, event: MediationAsked, at: datetime) -> tuple[Mediation, Course]:
    """What was said before stays: a party that is not to be asked again, names that were refused."""
    before = (*part.before, replace(part, before=())) if part.began_at else part.before
    anew = Mediation(
        asked_by=event.by,
        never=part.never,
        before=before,
        said=part.said,
        counted=part.last_number,
    )
    if event.by in SEAT_OF:
        anew = anew.consented(Consent(event.by, "yes", event.papers, event.known, event.proxy, at))
    if event.next_step:
        course = course.ended("next-step", "mediation is asked for")
    return anew, asked_each(course, "consent", event.asked)


def _proposed(part: Mediation, course: Course, event: MediatorProposed) -> tuple[Mediation, Course]:
    part = replace(part, proposed=event.mediator, pays=event.pays)
    return part, asked_each(all_ended(course, "another name", "name"), "name", event.names)


def _appointed(part: Mediation, course: Course, event: MediatorAppointed) -> tuple[Mediation, Course]:
    first = part.appointed_on or event.mediate.start
    part = replace(
        part,
        mediator=event.mediator,
        asked_mediator=None,
        proposed=None,
        appointed_on=first,
        latest=event.latest,
        mediators=(*part.mediators, event.mediator),
    )
    course = course.ended("declare", "no conflict").ended("appoint", "a mediator is appointed")
    return part, course.owing("mediate", Seat.MEDIATOR, Seat.RAISER, event.mediate)


def _gone(part: Mediation, course: Course, event: MediatorGone, at: datetime) -> tuple[Mediation, Course]:
    refused = (*part.refused_names, event.mediator) if event.why == "conflict" else part.refused_names
    part = replace(part.called_off(at), mediator=None, asked_mediator=None, refused_names=refused)
    course = all_ended(course, "the mediator is not there any more", "declare", "mediate", "session")
    if event.appoint:
        course = course.owing("appoint", Seat.OFFICER, Seat.RAISER, event.appoint)
    return part, course


def of_session(
    part: Mediation,
    course: Course,
    event: SessionProposed | SessionAnswered | SessionFixed | SessionCancelled,
    at: datetime,
) -> tuple[Mediation, Course]:
    match event:
        case SessionProposed(number=number, dates=dates, asked=asked):
            new = Session(number, dates, tuple(one.party for one in asked))
            course = all_ended(course, "other days", "session")
            return part.with_session(new), asked_each(course, "session", asked, Seat.MEDIATOR)
        case SessionAnswered(number=number, party=party):
            answer = SessionAnswer(party, event.can, event.needs)
            one = part.session(number)
            answers = (*(each for each in one.answers if each.party != party), answer)
            return part.with_session(replace(one, answers=answers)), course.ended(
                "session", "answered", party
            )
        case SessionFixed(number=number):
            told = {name: getattr(event, name) for name in FIXED}
            fixed = replace(part.session(number), off_at=None, **told)
            part = replace(part.with_session(fixed), said=event.said + 1)
            return part, all_ended(course, "a day is fixed", "session")
        case SessionCancelled(number=number, said=said):
            off = replace(part.session(number), off_at=at, said=said)
            return replace(part.with_session(off), said=said + 1), all_ended(course, "it is off", "session")
