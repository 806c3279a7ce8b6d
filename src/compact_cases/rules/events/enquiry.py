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
from compact_cases.rules.terms import Came, Term

AFTER_ALL = "a reply had come after all"
"""How what was opened by "no reply recorded" ended, where one had come in time."""


@dataclass(frozen=True)
class PutToRespondent:
    """The notice: the champion is asked for a reply. ``wording`` is the text that the respondent reads.

    ``reply`` is None where the body is asked first to put something on hold: see ``fast_track.HoldAsked``.
    ``guard``: from now on it is watched how long the case takes; what is older than 2027 says none.
    """

    body: UUID
    wording: Sealed
    reply: Term | None
    guard: Term | None = None


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
    came: Came | None = None


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
class NoReplyPutRight:
    """A reply had come on the day ``on``, before it was recorded that none was: the raiser's turn begins anew
    once it is released, and what they chose without it is taken back."""

    on: date


@dataclass(frozen=True)
class RaiserDecided:
    """settled, partly or not; ``then`` is close or go-on; the obligation it opens has this term.

    ``stage``: to which they want to go on, where they said so.
    """

    decision: str
    then: str
    words: Sealed | None
    next: Term
    stage: str | None = None
    came: Came | None = None


@dataclass(frozen=True)
class DecisionAsked:
    """A later stage is over, and it is the raiser's turn again; ``after`` is the stage.

    Decision, last letter and silence start anew, and a late reply may still come.
    """

    after: str
    decide: Term


@dataclass(frozen=True)
class WaitChosen:
    """After no reply, the raiser waits until a day and decides by then."""

    decide: Term
    came: Came | None = None


@dataclass(frozen=True)
class LastLetterSent:
    """``day`` is the working day on which this step stood; ``until`` begins on the one on which it was done.

    What is older than 2027 says no ``until``.
    """

    day: date
    until: Term | None = None


@dataclass(frozen=True)
class LastLetterPosted:
    """It went by post: its days are counted from when it should have come."""

    until: Term


@dataclass(frozen=True)
class SilenceRecorded:
    """Five working days after the last letter: an officer may close as ``no further contact``.

    The decision is not owed any more, and still possible: see ``docs/decisions/037-after-silence.md``.
    """

    day: date
    close: Term


@dataclass(frozen=True)
class TakenUpAgain:
    """A closed case is open again: the respondent is to reply to a new matter, an officer to release a reply
    that waited when the raiser left, or the raiser to decide anew. One of the three terms is there.

    ``wording`` is the new matter; None: what the respondent was told first still stands. ``guard``: how long
    it takes is watched anew.
    """

    wording: Sealed | None
    reply: Term | None
    decide: Term | None
    release: Term | None = None
    guard: Term | None = None


@dataclass(frozen=True)
class ReplyInError:
    """The reply at this position of the log was recorded in error and never released; it is owed again by
    ``reply``, unless it had come after its time.

    ``decide``: where nothing else is owed without it, so that it is the raiser's turn after no reply.
    """

    position: int
    reply: Term | None
    reason: Sealed
    decide: Term | None = None


EnquiryEvent = (
    PutToRespondent
    | ReplySent
    | ReplyReleased
    | NoReplyRecorded
    | NoReplyPutRight
    | RaiserDecided
    | DecisionAsked
    | WaitChosen
    | LastLetterSent
    | LastLetterPosted
    | SilenceRecorded
    | TakenUpAgain
    | ReplyInError
)
AUDIENCE: dict[type, Audience] = {
    PutToRespondent: Audience.CASE,
    ReplySent: Audience.CASE,
    ReplyReleased: Audience.CASE,
    NoReplyRecorded: Audience.CASE,
    NoReplyPutRight: Audience.CASE,
    RaiserDecided: Audience.CASE,
    DecisionAsked: Audience.CASE,
    WaitChosen: Audience.CASE,
    LastLetterSent: Audience.RAISER_AND_OFFICERS,
    LastLetterPosted: Audience.RAISER_AND_OFFICERS,
    SilenceRecorded: Audience.RAISER_AND_OFFICERS,
    TakenUpAgain: Audience.CASE,
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
    came_on: date | None = None  # where it reached the office before it was written down


@dataclass(frozen=True)
class Enquiry:
    """What the respondent was told and replied, and what the raiser made of it.

    ``before`` are the parts that it replaced when the case was opened again; ``turns_before`` counts the
    raiser's turns that are over with them.
    ``asked_after``: the later stages after which it was the raiser's turn again, and ``decided_before`` what
    they had said until then. ``wish``: to which stage they want to go on.
    """

    wording: Sealed | None = None
    had_notice: bool = False
    replies: tuple[Reply, ...] = ()
    decision: str | None = None
    then: str | None = None
    decision_words: Sealed | None = None
    has_waited: bool = False
    last_letter: LastLetterSent | None = None  # of this turn of the raiser's
    before: tuple["Enquiry", ...] = ()
    turns_before: int = 0
    wish: str | None = None
    asked_after: tuple[str, ...] = ()
    decided_before: tuple[str, ...] = ()

    @property
    def to_release(self) -> int | None:
        """Which reply (0 is the first) waits for the officer's look, if one does."""
        return next((n for n, reply in enumerate(self.replies) if reply.released_at is None), None)

    @property
    def released(self) -> tuple[Reply, ...]:
        return tuple(reply for reply in self.replies if reply.released_at is not None)


def evolve(part: Enquiry, course: Course, event: EnquiryEvent, at: datetime) -> tuple[Enquiry, Course]:
    match event:
        case PutToRespondent():
            return _put(part, course, event)
        case ReplySent():
            return _replied(part, course, event, at)
        case ReplyReleased():
            return _released(part, course, event, at)
        case ReplyInError():
            return _in_error(part, course, event)
        case NoReplyPutRight():
            return _put_right(part, course)
        case RaiserDecided():
            return _decided(part, course, event)
        case DecisionAsked():
            return _asked_again(part, course, event)
        case TakenUpAgain():
            return _taken_up_again(part, course, event)
        case NoReplyRecorded(decide=decide):
            over = course.to_stage(Stage.RAISER_DECIDES).ended("reply", "no reply recorded")
            return part, over.owing("decide", Seat.RAISER, Seat.OFFICER, decide)
        case WaitChosen(decide=decide):
            waiting = replace(part, has_waited=True, last_letter=None)
            return waiting, _turn(course, decide, "waiting, as the raiser chose")
        case LastLetterSent():
            return replace(part, last_letter=event), course
        case LastLetterPosted(until=until):
            letter = replace(part.last_letter, until=until) if part.last_letter else None
            return replace(part, last_letter=letter), course
        case SilenceRecorded(close=close):
            silent = course.to_stage(Stage.CLOSING).ended("decide", "no further contact")
            return part, silent.owing("close", Seat.OFFICER, Seat.RAISER, close)
        case _:
            assert_never(event)


def _put(part: Enquiry, course: Course, event: PutToRespondent) -> tuple[Enquiry, Course]:
    course = course.to_stage(Stage.EARLY_RESOLUTION)
    if event.reply:
        course = course.owing("reply", Seat.CHAMPION, Seat.RAISER, event.reply)
    return replace(part, wording=event.wording, had_notice=True), _watched(course, event.guard)


def _replied(part: Enquiry, course: Course, event: ReplySent, at: datetime) -> tuple[Enquiry, Course]:
    came_on = event.came.on if event.came else None
    reply = Reply(event.answers, event.offer, event.signed, at, position=course.position, came_on=came_on)
    course = course.ended("reply", "reply sent").owing("release", Seat.OFFICER, Seat.RAISER, event.release)
    return replace(part, replies=(*part.replies, reply)), course


def _watched(course: Course, guard: Term | None) -> Course:
    """It is the office's to both sides that a case does not take too long."""
    return course.owing("guard", Seat.OFFICER, Seat.RAISER, guard) if guard else course


def _taken_up_again(part: Enquiry, course: Course, event: TakenUpAgain) -> tuple[Enquiry, Course]:
    """To decide anew is about the replies that there are; a reply to something new begins without them."""
    course = _watched(course, event.guard)
    anew = replace(part, decision=None, then=None, decision_words=None, has_waited=False, last_letter=None)
    if event.decide:
        return anew, course.owing("decide", Seat.RAISER, Seat.OFFICER, event.decide)
    if event.release:
        return anew, course.owing("release", Seat.OFFICER, Seat.RAISER, event.release)
    new = Enquiry(
        event.wording or part.wording,
        had_notice=True,
        before=(*part.before, replace(part, before=())),
        turns_before=sum(one.name == "decide" for one in course.obligations),
    )
    assert event.reply is not None  # noqa: S101 (one of the three is there)
    return new, course.owing("reply", Seat.CHAMPION, Seat.RAISER, event.reply)


def _released(part: Enquiry, course: Course, event: ReplyReleased, at: datetime) -> tuple[Enquiry, Course]:
    replies = tuple(
        replace(reply, released_at=at, hidden=event.hidden) if n == event.reply else reply
        for n, reply in enumerate(part.replies)
    )
    part, course = replace(part, replies=replies), course.ended("release", "released")
    if event.decide is None:
        return part, course
    return replace(part, last_letter=None), _turn(course, event.decide, "a late reply was released")


def _in_error(part: Enquiry, course: Course, event: ReplyInError) -> tuple[Enquiry, Course]:
    part = replace(part, replies=tuple(one for one in part.replies if one.position != event.position))
    course = course.ended("release", "recorded in error")
    if event.reply:
        course = course.owing("reply", Seat.CHAMPION, Seat.RAISER, event.reply)
    if event.decide is None:
        return part, course
    return replace(part, last_letter=None), _turn(course, event.decide, "recorded in error")


def _put_right(part: Enquiry, course: Course) -> tuple[Enquiry, Course]:
    for name in ("decide", "close", "next-step"):
        course = course.ended(name, AFTER_ALL)
    blank = Enquiry()
    part = replace(
        part,
        decision=blank.decision,
        then=blank.then,
        decision_words=blank.decision_words,
        has_waited=False,
        last_letter=None,
    )
    return part, course.to_stage(Stage.EARLY_RESOLUTION)


def _turn(course: Course, decide: Term, how: str) -> Course:
    """The raiser decides by a new date. After silence it is their turn again, and nothing is to be closed."""
    if course.owed("decide"):
        return course.set_anew("decide", decide, how)
    again = course.to_stage(Stage.RAISER_DECIDES).ended("close", how)
    return again.owing("decide", Seat.RAISER, Seat.OFFICER, decide)


def _decided(part: Enquiry, course: Course, event: RaiserDecided) -> tuple[Enquiry, Course]:
    """The first decision, one after silence, or another one than before: what that one opened ends."""
    part = replace(
        part, decision=event.decision, then=event.then, decision_words=event.words, wish=event.stage
    )
    course = course.stage_over(f"decided: {event.decision}")
    if event.then == "close":
        course = course.to_stage(Stage.CLOSING).ended("hold", f"decided: {event.decision}")
        return part, course.owing("close", Seat.OFFICER, Seat.RAISER, event.next)
    course = course.to_stage(Stage.RAISER_DECIDES)
    return part, course.owing("next-step", Seat.OFFICER, Seat.RAISER, event.next)


def _asked_again(part: Enquiry, course: Course, event: DecisionAsked) -> tuple[Enquiry, Course]:
    said = (part.decision,) if part.decision else ()
    part = replace(
        part,
        decision=None,
        then=None,
        decision_words=None,
        wish=None,
        last_letter=None,
        asked_after=(*part.asked_after, event.after),
        decided_before=(*part.decided_before, *said),
    )
    over = course.stage_over(f"over: {event.after}").to_stage(Stage.RAISER_DECIDES)
    if event.after == Stage.SENIOR_REVIEW:  # it is watched to the end of that
        over = over.ended("guard", f"over: {event.after}")
    return part, over.owing("decide", Seat.RAISER, Seat.OFFICER, event.decide)
