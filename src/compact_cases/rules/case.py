"""Case and Stage: the case as its events made it; ``evolve`` copies facts, it computes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never
from uuid import UUID

from compact_cases.rules import events as happened
from compact_cases.rules.audience import Role
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.events import ClauseReply, Event, Hold, Term
from compact_cases.rules.obligations import WAITING_FOR_THE_RAISER, Obligation
from compact_cases.rules.statements import Sealed

if TYPE_CHECKING:
    from dataclasses import replace  # what mypy sees, so that every field is checked
else:

    def replace(one: Any, **news: Any) -> Any:
        """The same without naming each of a case's 27 fields again: to fold a log is two copies an event."""
        copy = object.__new__(type(one))
        copy.__dict__.update(one.__dict__, **news)
        return copy


class Stage(StrEnum):
    """Stored names, for ever."""

    RECEIVED = "received"
    EARLY_RESOLUTION = "early-resolution"
    RAISER_DECIDES = "raiser-decides"
    SENIOR_REVIEW = "senior-review"
    MEDIATION = "mediation"
    PANEL = "panel"
    ANSWER_TO_PANEL = "answer-to-panel"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True)
class Link:
    """A clause as it is cited now. A Code that is not held stands with its slug as the clause."""

    clause: str
    edition: str
    role: LinkRole
    paragraph: Sealed | None = None


@dataclass(frozen=True)
class Reply:
    answers: tuple[ClauseReply, ...]
    offer: Sealed | None
    signed: Sealed
    at: datetime
    released_at: datetime | None = None
    hidden: Sealed | None = None


@dataclass(frozen=True)
class Question:
    question: Sealed
    at: datetime
    answer: Sealed | None = None


@dataclass(frozen=True)
class Case:
    """A fold of the log. ``position`` is that of the last event; ``at`` its instant."""

    position: int = 0
    at: datetime | None = None
    stage: Stage = Stage.RECEIVED
    concern: UUID | None = None
    raiser: UUID | None = None
    respondent: UUID | None = None
    officer: UUID | None = None
    confidentiality: Confidentiality = Confidentiality.OPEN
    channel: str = "web"
    account: Sealed | None = None
    told: tuple[tuple[str, Sealed], ...] = ()
    remedies: tuple[str, ...] = ()
    closes_on: date | None = None
    links: tuple[Link, ...] = ()
    questions: tuple[Question, ...] = ()
    restated: Sealed | None = None
    wording: Sealed | None = None
    declined: tuple[str, Sealed] | None = None
    replies: tuple[Reply, ...] = ()
    decision: str | None = None
    decision_words: Sealed | None = None
    obligations: tuple[Obligation, ...] = ()
    holds: tuple[tuple[date, date | None], ...] = field(default=())  # pauses: on, resumed on
    had_notice: bool = False
    merged_into: UUID | None = None
    merge_explanation: Sealed | None = None
    taken_in: tuple[UUID, ...] = ()  # cases that were merged into this one
    outcome: str | None = None
    summary: Sealed | None = None
    closed_at: datetime | None = None

    # questions that the rules and the pages ask

    def owed(self, name: str) -> Obligation | None:
        """The open obligation of this name, if there is one."""
        return next((one for one in self.obligations if one.name == name and one.is_open), None)

    @property
    def open_obligations(self) -> tuple[Obligation, ...]:
        return tuple(one for one in self.obligations if one.is_open)

    @property
    def is_closed(self) -> bool:
        return self.stage is Stage.CLOSED

    @property
    def is_acknowledged(self) -> bool:
        return self.had_notice or self.declined is not None

    @property
    def clauses_to_answer(self) -> tuple[str, ...]:
        """What a reply must answer: every clause cited as not met; supporting ones are not its to answer."""
        return tuple(link.clause for link in self.links if link.role is LinkRole.NOT_MET)

    @property
    def awaits_reply(self) -> bool:
        """Early resolution, or later as long as no reply has come: a late reply is taken until closing."""
        return self.had_notice and not self.replies and not self.is_closed

    @property
    def reply_to_release(self) -> int | None:
        """Which reply (0 is the first) waits for the officer's look, if one does."""
        return next((n for n, reply in enumerate(self.replies) if reply.released_at is None), None)

    @property
    def released_replies(self) -> tuple[Reply, ...]:
        return tuple(reply for reply in self.replies if reply.released_at is not None)

    @property
    def wants_to_go_on(self) -> bool:
        return self.owed("next-step") is not None

    # small steps of the fold

    def owing(self, name: str, owner: Role, to: Role, term: Term, at: datetime) -> "Case":
        cycle = 1 + sum(one.name == name for one in self.obligations)
        new = Obligation(name, cycle, owner, to, at, term, term.due)
        return replace(self, obligations=(*self.obligations, new))

    def ended(self, name: str, at: datetime, how: str) -> "Case":
        """The open obligation of this name is over; nothing changes where there is none."""
        return replace(
            self,
            obligations=tuple(
                one.ended(at, how) if one.name == name and one.is_open else one for one in self.obligations
            ),
        )

    def all_ended(self, at: datetime, how: str) -> "Case":
        return replace(
            self, obligations=tuple(one.ended(at, how) if one.is_open else one for one in self.obligations)
        )

    def held(self, name: str, hold: Hold, reason: str) -> "Case":
        return replace(
            self,
            holds=(*self.holds, (hold.on, None)),
            obligations=tuple(
                one.held(hold, reason) if one.name == name and one.is_open else one
                for one in self.obligations
            ),
        )

    def set_anew(self, name: str, term: Term, at: datetime, how: str) -> "Case":
        """The same obligation with a new due date: the old cycle ends, the next one begins."""
        old = self.owed(name)
        if old is None:
            return self
        holds = tuple((on, term.start if until is None and old.hold else until) for on, until in self.holds)
        return replace(self.ended(name, at, how), holds=holds).owing(name, old.owner, old.to, term, at)

    def cited(self, link: Link) -> "Case":
        others = tuple(one for one in self.links if one.clause != link.clause)
        return replace(self, links=(*others, link))


def replay(history: Iterable[tuple[Event, datetime]]) -> Case:
    """Fold a whole log, oldest event first."""
    case = Case()
    for event, at in history:
        case = evolve(case, event, at)
    return case


def evolve(case: Case, event: Event, at: datetime) -> Case:
    """The case after one more event. A forgotten event is a type error."""
    return replace(_after(case, event, at), position=case.position + 1, at=at)


def _after(case: Case, event: Event, at: datetime) -> Case:  # one arm an event, so it is long
    match event:
        case happened.ConcernReceived():
            received = replace(
                case,
                concern=event.concern,
                raiser=event.raiser,
                confidentiality=Confidentiality(event.confidentiality),
                channel=event.channel,
                account=event.account,
            )
            return received.owing("acknowledge", Role.OFFICER, Role.RAISER, event.acknowledge, at)
        case happened.AlsoTold(question=question, answer=answer):
            return replace(case, told=(*case.told, (question, answer)))
        case happened.RemediesSought(remedies=remedies):
            return replace(case, remedies=remedies)
        case happened.ClosingDateGiven(closes_on=closes_on):
            return replace(case, closes_on=closes_on)
        case happened.RespondentMatched(body=body):
            return replace(case, respondent=body)
        case happened.ClauseCited(clause=clause, edition=edition, role=role):
            return case.cited(Link(clause, edition, LinkRole(role)))
        case happened.CodeNamed(code=code, paragraph=paragraph):
            return case.cited(Link(code, "", LinkRole.NOT_MET, paragraph))
        case happened.ClauseDropped(clause=clause):
            return replace(case, links=tuple(link for link in case.links if link.clause != clause))
        case happened.OfficerAssigned(officer=officer) | happened.HandedOver(officer=officer):
            return replace(case, officer=officer)
        case happened.MoreAsked():
            return _asked(case, event, at)
        case happened.MoreAnswered(answer=answer, acknowledge=acknowledge):
            return _answered(case, answer, acknowledge, at)
        case happened.Acknowledged(officer=officer, restated=restated):
            done = case.ended("acknowledge", at, "acknowledged").ended("answer", at, "no longer needed")
            return replace(done, officer=officer, restated=restated)
        case happened.PutToRespondent(wording=wording, reply=reply):
            put = replace(case, stage=Stage.EARLY_RESOLUTION, wording=wording, had_notice=True)
            return put.owing("reply", Role.CHAMPION, Role.RAISER, reply, at)
        case happened.Declined(reason=reason, explanation=explanation):
            return replace(case, declined=(reason, explanation))
        case happened.ReplySent():
            reply_ = Reply(event.answers, event.offer, event.signed, at)
            sent = replace(case, replies=(*case.replies, reply_)).ended("reply", at, "reply sent")
            return sent.owing("release", Role.OFFICER, Role.RAISER, event.release, at)
        case happened.ReplyReleased():
            return _released(case, event, at)
        case happened.NoReplyRecorded(decide=decide):
            over = replace(case, stage=Stage.RAISER_DECIDES).ended("reply", at, "no reply recorded")
            return over.owing("decide", Role.RAISER, Role.OFFICER, decide, at)
        case happened.RaiserDecided():
            return _decided(case, event, at)
        case happened.WaitChosen(decide=decide):
            return case.set_anew("decide", decide, at, "waiting, as the raiser chose")
        case happened.LastLetterSent() | happened.Escalated():
            return case
        case happened.SilenceRecorded(close=close):
            silent = replace(case, stage=Stage.CLOSING).ended("decide", at, "no further contact")
            return silent.owing("close", Role.OFFICER, Role.RAISER, close, at)
        case happened.PauseEnded(obligation=name, because=because, term=term):
            return case.set_anew(name, term, at, "the pause ended").ended("answer", at, because)
        case happened.Withdrawn():
            return case.all_ended(at, "withdrawn")
        case happened.MergedInto(case=other, explanation=explanation):
            return replace(case, merged_into=other, merge_explanation=explanation)
        case happened.TookIn(case=other):
            return replace(case, taken_in=(*case.taken_in, other))
        case happened.Unmerged(acknowledge=acknowledge):
            again = replace(case, stage=Stage.RECEIVED, outcome=None, closed_at=None, merged_into=None)
            return again.owing("acknowledge", Role.OFFICER, Role.RAISER, acknowledge, at)
        case happened.GaveBack(case=other):
            return replace(case, taken_in=tuple(one for one in case.taken_in if one != other))
        case happened.Closed(outcome=outcome, summary=summary):
            closed = replace(case, stage=Stage.CLOSED, outcome=outcome, summary=summary, closed_at=at)
            return closed.ended("close", at, "closed").all_ended(at, "the case was closed")
        case _:
            assert_never(event)


def _asked(case: Case, event: happened.MoreAsked, at: datetime) -> Case:
    asked = replace(case, questions=(*case.questions, Question(event.question, at)))
    asked = asked.ended("answer", at, "asked anew").owing(
        "answer", Role.RAISER, Role.OFFICER, event.answer, at
    )
    return asked.held("acknowledge", event.hold, WAITING_FOR_THE_RAISER) if event.hold else asked


def _answered(case: Case, answer: Sealed, acknowledge: Term | None, at: datetime) -> Case:
    *earlier, last = case.questions
    told = replace(case, questions=(*earlier, replace(last, answer=answer))).ended("answer", at, "answered")
    return told.set_anew("acknowledge", acknowledge, at, "the pause ended") if acknowledge else told


def _released(case: Case, event: happened.ReplyReleased, at: datetime) -> Case:
    replies = tuple(
        replace(reply, released_at=at, hidden=event.hidden) if n == event.reply else reply
        for n, reply in enumerate(case.replies)
    )
    case = replace(case, replies=replies).ended("release", at, "released")
    if event.decide is None:
        return case
    if case.owed("decide"):
        return case.set_anew("decide", event.decide, at, "a late reply was released")
    case = replace(case, stage=Stage.RAISER_DECIDES)
    return case.owing("decide", Role.RAISER, Role.OFFICER, event.decide, at)


def _decided(case: Case, event: happened.RaiserDecided, at: datetime) -> Case:
    case = replace(case, decision=event.decision, decision_words=event.words)
    case = case.ended("decide", at, f"decided: {event.decision}")
    if event.then == "close":
        case = replace(case, stage=Stage.CLOSING)
        return case.owing("close", Role.OFFICER, Role.RAISER, event.next, at)
    return case.owing("next-step", Role.OFFICER, Role.RAISER, event.next, at)
