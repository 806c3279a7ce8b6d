"""Enquiry, its events: the concern is put to the respondent, who replies; the raiser decides."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Stage
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class PutToRespondent:
    """The notice: the champion is asked for a reply. ``wording`` is the text that the respondent reads."""

    body: UUID
    wording: Sealed
    reply: Term


@dataclass(frozen=True)
class ClauseReply:
    """The respondent's answer to one link: accept, in-part, dispute or not-ours; and the words, sealed."""

    link: int
    answer: str
    words: Sealed | None


@dataclass(frozen=True)
class ReplySent:
    """``person`` is the contact whose link was used; ``signed`` seals the name and post they gave."""

    answers: tuple[ClauseReply, ...]
    offer: Sealed | None
    person: UUID | None
    signed: Sealed
    release: Term


@dataclass(frozen=True)
class ReplyReleased:
    """``hidden`` seals the phrases taken out before the raiser reads it. ``decide`` is None when the
    raiser has decided already and a late reply is only passed on."""

    reply: int
    hidden: Sealed | None
    decide: Term | None


@dataclass(frozen=True)
class NoReplyRecorded:
    """``day`` is the working day on which this step stood, even if it was recorded later."""

    day: date
    decide: Term


@dataclass(frozen=True)
class RaiserDecided:
    """settled, partly or not; ``then`` is close or go-on; the obligation it opens has this term."""

    decision: str
    then: str
    words: Sealed | None
    next: Term


@dataclass(frozen=True)
class WaitChosen:
    """After no reply, the raiser waits until a day and decides by then."""

    decide: Term


@dataclass(frozen=True)
class LastLetterSent:
    """``day`` is the working day on which this step stood; ``until`` begins on the one on which it was done.

    What is older than 2027 says no ``until``.
    """

    day: date
    until: Term | None = None


@dataclass(frozen=True)
class SilenceRecorded:
    """Five working days after the last letter: an officer may close as ``no further contact``.

    The decision is not owed any more, and still possible: see ``docs/decisions/037-after-silence.md``.
    """

    day: date
    close: Term


@dataclass(frozen=True)
class ReplyInError:
    """The reply at this position of the log was recorded in error and never released; it is owed again by
    ``reply``, unless it had come after its time."""

    position: int
    reply: Term | None
    reason: Sealed


EnquiryEvent = (
    PutToRespondent
    | ReplySent
    | ReplyReleased
    | NoReplyRecorded
    | RaiserDecided
    | WaitChosen
    | LastLetterSent
    | SilenceRecorded
    | ReplyInError
)
AUDIENCE: dict[type, Audience] = {
    PutToRespondent: Audience.CASE,
    ReplySent: Audience.CASE,
    ReplyReleased: Audience.CASE,
    NoReplyRecorded: Audience.CASE,
    RaiserDecided: Audience.CASE,
    WaitChosen: Audience.CASE,
    LastLetterSent: Audience.RAISER_AND_OFFICERS,
    SilenceRecorded: Audience.RAISER_AND_OFFICERS,
    ReplyInError: Audience.CASE,
}


@dataclass(frozen=True)
class Reply:
    answers: tuple[ClauseReply, ...]
    offer: Sealed | None
    signed: Sealed
    at: datetime
    released_at: datetime | None = None
    hidden: Sealed | None = None
    position: int = 0  # in the log


@dataclass(frozen=True)
class Enquiry:
    """What the respondent was told and replied, and what the raiser made of it."""

    wording: Sealed | None = None
    had_notice: bool = False
    replies: tuple[Reply, ...] = ()
    decision: str | None = None
    then: str | None = None
    decision_words: Sealed | None = None
    has_waited: bool = False
    last_letter: LastLetterSent | None = None  # of this turn of the raiser's

    @property
    def to_release(self) -> int | None:
        """Which reply (0 is the first) waits for the officer's look, if one does."""
        return next((n for n, reply in enumerate(self.replies) if reply.released_at is None), None)

    @property
    def released(self) -> tuple[Reply, ...]:
        return tuple(reply for reply in self.replies if reply.released_at is not None)


def evolve(part: Enquiry, course: Course, event: EnquiryEvent, at: datetime) -> tuple[Enquiry, Course]:
    match event:
        case PutToRespondent(wording=wording, reply=reply):
            put = course.to_stage(Stage.EARLY_RESOLUTION)
            return replace(part, wording=wording, had_notice=True), put.owing(
                "reply", Seat.CHAMPION, Seat.RAISER, reply
            )
        case ReplySent():
            sent = Reply(event.answers, event.offer, event.signed, at, position=course.position)
            told = course.ended("reply", "reply sent")
            return replace(part, replies=(*part.replies, sent)), told.owing(
                "release", Seat.OFFICER, Seat.RAISER, event.release
            )
        case ReplyReleased():
            return _released(part, course, event, at)
        case NoReplyRecorded(decide=decide):
            over = course.to_stage(Stage.RAISER_DECIDES).ended("reply", "no reply recorded")
            return part, over.owing("decide", Seat.RAISER, Seat.OFFICER, decide)
        case RaiserDecided():
            return _decided(part, course, event)
        case WaitChosen(decide=decide):
            waiting = replace(part, has_waited=True, last_letter=None)
            return waiting, _turn(course, decide, "waiting, as the raiser chose")
        case LastLetterSent():
            return replace(part, last_letter=event), course
        case SilenceRecorded(close=close):
            silent = course.to_stage(Stage.CLOSING).ended("decide", "no further contact")
            return part, silent.owing("close", Seat.OFFICER, Seat.RAISER, close)
        case ReplyInError(position=position, reply=again):
            kept = tuple(one for one in part.replies if one.position != position)
            undone = course.ended("release", "recorded in error")
            if again:
                undone = undone.owing("reply", Seat.CHAMPION, Seat.RAISER, again)
            return replace(part, replies=kept), undone
        case _:
            assert_never(event)


def _released(part: Enquiry, course: Course, event: ReplyReleased, at: datetime) -> tuple[Enquiry, Course]:
    replies = tuple(
        replace(reply, released_at=at, hidden=event.hidden) if n == event.reply else reply
        for n, reply in enumerate(part.replies)
    )
    part, course = replace(part, replies=replies), course.ended("release", "released")
    if event.decide is None:
        return part, course
    return replace(part, last_letter=None), _turn(course, event.decide, "a late reply was released")


def _turn(course: Course, decide: Term, how: str) -> Course:
    """The raiser decides by a new date. After silence it is their turn again, and nothing is to be closed."""
    if course.owed("decide"):
        return course.set_anew("decide", decide, how)
    again = course.to_stage(Stage.RAISER_DECIDES).ended("close", how)
    return again.owing("decide", Seat.RAISER, Seat.OFFICER, decide)


def _decided(part: Enquiry, course: Course, event: RaiserDecided) -> tuple[Enquiry, Course]:
    """The first decision, one after silence, or another one than before: what that one opened ends."""
    part = replace(part, decision=event.decision, then=event.then, decision_words=event.words)
    for name in ("decide", "close", "next-step"):
        course = course.ended(name, f"decided: {event.decision}")
    if event.then == "close":
        course = course.to_stage(Stage.CLOSING)
        return part, course.owing("close", Seat.OFFICER, Seat.RAISER, event.next)
    course = course.to_stage(Stage.RAISER_DECIDES)
    return part, course.owing("next-step", Seat.OFFICER, Seat.RAISER, event.next)
