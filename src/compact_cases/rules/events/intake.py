"""Intake, its events: a concern is received, looked at, and taken on or not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Came, Going, Term

TAKEN_OVER = "another body took over"
"""How a cycle ended that goes on with the body that took over, and has more time."""


@dataclass(frozen=True)
class ConcernReceived:
    """The first event of every case: what no later one can tell. ``raiser`` is None when it is anonymous.

    ``raiser_body`` is the raiser's own body, where it is on the register.
    """

    reference: str
    concern: UUID
    raiser: UUID | None
    raiser_body: UUID | None
    confidentiality: str
    channel: str
    procedure: str
    calendar: str
    account: Sealed
    acknowledge: Term


@dataclass(frozen=True)
class AlsoTold:
    """The answer to another question of the form: when, tried, remedy, papers, adjustments, routes."""

    question: str
    answer: Sealed


@dataclass(frozen=True)
class RemediesSought:
    remedies: tuple[str, ...]


@dataclass(frozen=True)
class ClosingDateGiven:
    """Something closes or is decided on this day, the raiser says."""

    closes_on: date


@dataclass(frozen=True)
class RespondentMatched:
    """Whom the concern is about, on the register; by the raiser's look-up or by an officer."""

    body: UUID


@dataclass(frozen=True)
class RespondentSucceeded:
    """``body`` took over from the one that the case was about; ``going``: what it owes, and until when."""

    body: UUID
    going: tuple[Going, ...]
    reason: Sealed | None = None


@dataclass(frozen=True)
class RespondentDivided:
    """Two took over from the body that the case was about; an officer says which one answers in it.

    ``going``: what the respondent owes, and until when, whichever it will be.
    """

    bodies: tuple[UUID, ...]
    going: tuple[Going, ...]
    choose: Term


@dataclass(frozen=True)
class RaiserSucceeded:
    """``raiser`` is the person who speaks for the raiser's side from now on."""

    raiser: UUID


@dataclass(frozen=True)
class ClauseCited:
    """A clause was linked, or the role of a link changed. The officer gives a reason; the raiser need not.

    ``link`` numbers the links of a case from 1 on, in every event that speaks of one.
    """

    link: int
    clause: str
    edition: str
    role: str
    reason: Sealed | None


@dataclass(frozen=True)
class CodeNamed:
    """A Code whose text is not held is cited; the paragraph is what the raiser typed."""

    link: int
    code: str
    role: str
    paragraph: Sealed


@dataclass(frozen=True)
class ClauseDropped:
    link: int
    reason: Sealed


@dataclass(frozen=True)
class OfficerAssigned:
    officer: UUID


@dataclass(frozen=True)
class HandedOver:
    officer: UUID
    reason: Sealed


@dataclass(frozen=True)
class MoreAsked:
    """The officer asked the raiser for more. ``Paused`` goes with it, unless it is overdue already."""

    question: Sealed
    answer: Term


@dataclass(frozen=True)
class MoreAnswered:
    """``Resumed`` goes with it where the clock stood still."""

    answer: Sealed
    came: Came | None = None


@dataclass(frozen=True)
class AddedToConcern:
    """The raiser added something of their own accord; no date moves."""

    addition: Sealed
    came: Came | None = None


@dataclass(frozen=True)
class KeptOnPaper:
    """Until now: the concern was received, and both sides were told of it, on these days."""

    received_on: date
    told_on: date


@dataclass(frozen=True)
class EnteredFromPaper:
    """The act that this follows in the log was done on the day ``on``, while the case was kept on paper.

    ``act`` is its address.
    """

    act: str
    on: date


@dataclass(frozen=True)
class Acknowledged:
    """The handler is named and the concern restated to its raiser."""

    officer: UUID
    restated: Sealed | None


@dataclass(frozen=True)
class Declined:
    """``reason`` is a word of the vocabulary; the explanation, with a signpost, is for the raiser."""

    reason: str
    explanation: Sealed


IntakeEvent = (
    ConcernReceived
    | AlsoTold
    | RemediesSought
    | ClosingDateGiven
    | RespondentMatched
    | ClauseCited
    | CodeNamed
    | ClauseDropped
    | RespondentSucceeded
    | RespondentDivided
    | RaiserSucceeded
    | OfficerAssigned
    | HandedOver
    | MoreAsked
    | MoreAnswered
    | AddedToConcern
    | KeptOnPaper
    | EnteredFromPaper
    | Acknowledged
    | Declined
)
AUDIENCE: dict[type, Audience] = {
    ConcernReceived: Audience.RAISER_AND_OFFICERS,
    AlsoTold: Audience.OFFICERS,
    RemediesSought: Audience.OFFICERS,
    ClosingDateGiven: Audience.RAISER_AND_OFFICERS,
    RespondentMatched: Audience.RAISER_AND_OFFICERS,
    RespondentSucceeded: Audience.CASE,
    RespondentDivided: Audience.OFFICERS,
    RaiserSucceeded: Audience.RAISER_AND_OFFICERS,
    ClauseCited: Audience.CASE,
    CodeNamed: Audience.RAISER_AND_OFFICERS,
    ClauseDropped: Audience.CASE,
    OfficerAssigned: Audience.CASE,
    HandedOver: Audience.CASE,
    MoreAsked: Audience.RAISER_AND_OFFICERS,
    MoreAnswered: Audience.RAISER_AND_OFFICERS,
    AddedToConcern: Audience.RAISER_AND_OFFICERS,
    KeptOnPaper: Audience.CASE,
    EnteredFromPaper: Audience.CASE,
    Acknowledged: Audience.RAISER_AND_OFFICERS,
    Declined: Audience.RAISER_AND_OFFICERS,
}


@dataclass(frozen=True)
class Link:
    """A clause as it is cited now. A Code that is not held stands with its slug as the clause."""

    id: int
    clause: str
    edition: str
    role: LinkRole
    paragraph: Sealed | None = None


@dataclass(frozen=True)
class Question:
    question: Sealed
    at: datetime
    answer: Sealed | None = None


@dataclass(frozen=True)
class Addition:
    addition: Sealed
    at: datetime


@dataclass(frozen=True)
class Intake:
    """The concern as it came in, and who handles it."""

    reference: str = ""
    concern: UUID | None = None
    raiser: UUID | None = None
    raiser_body: UUID | None = None
    confidentiality: Confidentiality = Confidentiality.OPEN
    channel: str = "web"
    procedure: str = ""
    calendar: str = ""
    account: Sealed | None = None
    told: tuple[tuple[str, Sealed], ...] = ()
    remedies: tuple[str, ...] = ()
    closes_on: date | None = None
    respondent: UUID | None = None
    links: tuple[Link, ...] = ()
    dropped: tuple[Link, ...] = ()
    officer: UUID | None = None
    handlers: tuple[UUID, ...] = ()  # since it was taken on: they do not convene a senior review
    on_paper: KeptOnPaper | None = None
    entered_at: datetime | None = None  # when it was taken over from paper
    questions: tuple[Question, ...] = ()
    additions: tuple[Addition, ...] = ()
    restated: Sealed | None = None
    declined: tuple[str, Sealed] | None = None
    succeeded: bool = False  # the respondent is not the body that it began with
    heirs: tuple[UUID, ...] = ()  # of a body that was divided, until an officer has chosen

    @property
    def to_answer(self) -> tuple[Link, ...]:
        """What a reply must answer: each link as not met; supporting ones are not theirs to answer."""
        return tuple(link for link in self.links if link.role is LinkRole.NOT_MET)

    @property
    def is_hidden(self) -> bool:
        """Whether the raiser is not to be known to the other side."""
        return self.confidentiality is not Confidentiality.OPEN

    @property
    def every_link(self) -> dict[int, Link]:
        """Those that were dropped as well: a reply may have answered one."""
        return {one.id: one for one in (*self.dropped, *self.links)}

    def name_of(self, link: Link) -> str:
        """How people name a link: by its clause, or by its number where that clause is cited twice."""
        alike = [one for one in self.links if one.clause == link.clause]
        return str(link.id) if len(alike) > 1 else link.clause

    def named(self, name: str) -> Link | None:
        """The link of this name; by its number any is found."""
        return next((one for one in self.links if name in (self.name_of(one), str(one.id))), None)

    def cited(self, link: Link) -> "Intake":
        others = tuple(one for one in self.links if one.id != link.id)
        return replace(self, links=(*others, link))

    def without(self, number: int) -> "Intake":
        gone = tuple(one for one in self.links if one.id == number)
        left = tuple(one for one in self.links if one.id != number)
        return replace(self, links=left, dropped=(*self.dropped, *gone))


def evolve(part: Intake, course: Course, event: IntakeEvent, at: datetime) -> tuple[Intake, Course]:
    match event:
        case ConcernReceived():
            return _received(event), course.owing("acknowledge", Seat.OFFICER, Seat.RAISER, event.acknowledge)
        case AlsoTold(question=question, answer=answer):
            return replace(part, told=(*part.told, (question, answer))), course
        case RemediesSought(remedies=remedies):
            return replace(part, remedies=remedies), course
        case ClosingDateGiven(closes_on=closes_on):
            return replace(part, closes_on=closes_on), course
        case RespondentMatched(body=body):
            return replace(part, respondent=body), course
        case RespondentSucceeded(body=body, going=going):
            for one in going:
                course = course.set_anew(one.name, one.term, TAKEN_OVER, one.item)
            course = course.ended("choose-successor", "chosen")
            return replace(part, respondent=body, succeeded=True, heirs=()), course
        case RespondentDivided(bodies=bodies, going=going, choose=choose):
            for one in going:
                course = course.set_anew(one.name, one.term, TAKEN_OVER, one.item)
            course = course.owing("choose-successor", Seat.OFFICER, Seat.RAISER, choose)
            return replace(part, succeeded=True, heirs=bodies), course
        case RaiserSucceeded(raiser=raiser):
            return replace(part, raiser=raiser), course
        case ClauseCited(link=number, clause=clause, edition=edition, role=role):
            return part.cited(Link(number, clause, edition, LinkRole(role))), course
        case CodeNamed(link=number, code=code, role=role, paragraph=paragraph):
            return part.cited(Link(number, code, "", LinkRole(role), paragraph)), course
        case ClauseDropped(link=number):
            return part.without(number), course
        case OfficerAssigned(officer=officer) | HandedOver(officer=officer):
            since = (*part.handlers, officer) if part.handlers else ()
            return replace(part, officer=officer, handlers=since), course
        case MoreAsked(question=question, answer=term):
            asked = replace(part, questions=(*part.questions, Question(question, at)))
            return asked, course.ended("answer", "asked anew").owing(
                "answer", Seat.RAISER, Seat.OFFICER, term
            )
        case MoreAnswered(answer=answer):
            *earlier, last = part.questions
            answered = replace(part, questions=(*earlier, replace(last, answer=answer)))
            return answered, course.ended("answer", "answered")
        case AddedToConcern(addition=addition):
            return replace(part, additions=(*part.additions, Addition(addition, at))), course
        case KeptOnPaper():
            return replace(part, on_paper=event, entered_at=at), course
        case EnteredFromPaper():
            return part, course
        case Acknowledged(officer=officer, restated=restated):
            done = course.ended("acknowledge", "acknowledged").ended("answer", "no longer needed")
            # a concern that was declined, and is open again, is declined no more
            return replace(part, officer=officer, handlers=(officer,), restated=restated, declined=None), done
        case Declined(reason=reason, explanation=explanation):
            return replace(part, declined=(reason, explanation)), course
        case _:
            assert_never(event)


def _received(event: ConcernReceived) -> Intake:
    return Intake(
        reference=event.reference,
        concern=event.concern,
        raiser=event.raiser,
        raiser_body=event.raiser_body,
        confidentiality=Confidentiality(event.confidentiality),
        channel=event.channel,
        procedure=event.procedure,
        calendar=event.calendar,
        account=event.account,
    )
