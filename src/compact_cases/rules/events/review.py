"""Senior review, its events: the senior leads of both sides meet, and say what is agreed and what is not."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Stage
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Came, Term

SIDES = (Side.RAISER.value, Side.RESPONDENT.value)
STATEMENT, COMMENT = "statement", "comment"
"""What one side writes for the other to read: in place of coming, and on the note."""


@dataclass(frozen=True)
class ReviewOpened:
    """``officer`` convenes it; None where an officer of another office does, which ``elsewhere`` names.

    ``meet_by`` is the last day for the meeting.
    """

    officer: UUID | None
    elsewhere: Sealed | None
    convene: Term
    meet_by: date
    note: Term


@dataclass(frozen=True)
class MeetingSet:
    """A day for both leads, or another one; ``number`` counts what was said of the meeting, from 0 on.

    ``lead`` is who answers for the respondent; ``in_writing``: the raiser, who must not be known, sends a
    statement instead. ``needs`` are those of the room, without whose they are.
    """

    number: int
    on: date
    time: str
    online: bool
    place: Sealed
    needs: Sealed | None
    lead: str
    in_writing: bool
    meet: Term


@dataclass(frozen=True)
class MeetingCancelled:
    number: int
    convene: Term


@dataclass(frozen=True)
class MeetingAnswered:
    """``words``: on which other days; of a hidden raiser, who meets nobody, their statement (``release``).

    ``convene``: another day is to be found.
    """

    side: str
    comes: bool
    words: Sealed | None
    convene: Term | None
    release: Term | None
    came: Came | None = None


@dataclass(frozen=True)
class MeetingHeld:
    on: date


@dataclass(frozen=True)
class MeetingNotHeld:
    convene: Term


@dataclass(frozen=True)
class NoMeetingRecorded:
    """``day`` is the working day on which this step stood. ``DecisionAsked`` goes with it."""

    day: date


@dataclass(frozen=True)
class NoteWritten:
    """What the leads agreed, and what not; each side's date to comment on it."""

    agreed: Sealed | None
    open: Sealed | None
    lead: str
    raiser: Term
    respondent: Term


@dataclass(frozen=True)
class NoteCommented:
    """None: they have no comment. ``release``: an officer looks at the words before the other side reads."""

    side: str
    words: Sealed | None
    release: Term | None
    came: Came | None = None


@dataclass(frozen=True)
class NoCommentRecorded:
    """No comment came by the date: it is not taken for agreement."""

    side: str
    day: date


@dataclass(frozen=True)
class TextReleased:
    """``hidden`` seals the phrases taken out before the other side reads it."""

    what: str
    side: str
    hidden: Sealed | None


ReviewEvent = (
    ReviewOpened
    | MeetingSet
    | MeetingCancelled
    | MeetingAnswered
    | MeetingHeld
    | MeetingNotHeld
    | NoMeetingRecorded
    | NoteWritten
    | NoteCommented
    | NoCommentRecorded
    | TextReleased
)
AUDIENCE: dict[type, Audience] = {
    ReviewOpened: Audience.CASE,
    MeetingSet: Audience.CASE,
    MeetingCancelled: Audience.CASE,
    MeetingAnswered: Audience.CASE,
    MeetingHeld: Audience.CASE,
    MeetingNotHeld: Audience.CASE,
    NoMeetingRecorded: Audience.CASE,
    NoteWritten: Audience.CASE,
    NoteCommented: Audience.CASE,
    NoCommentRecorded: Audience.CASE,
    TextReleased: Audience.CASE,
}


@dataclass(frozen=True)
class Meeting:
    number: int
    on: date
    time: str
    online: bool
    place: Sealed
    needs: Sealed | None
    set_at: datetime


@dataclass(frozen=True)
class Answer:
    side: str
    comes: bool
    words: Sealed | None
    at: datetime


@dataclass(frozen=True)
class Note:
    agreed: Sealed | None
    open: Sealed | None
    at: datetime


@dataclass(frozen=True)
class SideText:
    """What one side wrote for the other; ``hidden`` seals the phrases that were taken out of it."""

    what: str
    side: str
    words: Sealed
    at: datetime
    released_at: datetime | None = None
    hidden: Sealed | None = None

    @property
    def item(self) -> str:
        return f"{self.what}-{self.side}"


@dataclass(frozen=True)
class Review:
    """The senior review that is under way, or the last one. ``said`` counts meetings set and cancelled."""

    was_opened: bool = False
    elsewhere: Sealed | None = None
    meet_by: date | None = None
    said: int = 0
    convenor: UUID | None = None  # of this office
    meeting: Meeting | None = None
    answers: tuple[Answer, ...] = ()
    held_on: date | None = None
    did_not_meet: bool = False
    note: Note | None = None
    texts: tuple[SideText, ...] = ()
    silent: tuple[str, ...] = ()  # sides of which no comment is recorded
    before: tuple["Review", ...] = ()  # those before the case was opened again

    @property
    def is_ahead(self) -> bool:
        """Whether a meeting is set that the leads have not come to."""
        return self.meeting is not None and self.held_on is None

    @property
    def to_release(self) -> SideText | None:
        """What waits for the officer's look, the oldest first."""
        return next((one for one in self.texts if one.released_at is None), None)

    def answer_of(self, side: str) -> Answer | None:
        """What a side said last of the meeting as it stands."""
        return next((one for one in reversed(self.answers) if one.side == side), None)


def evolve(part: Review, course: Course, event: ReviewEvent, at: datetime) -> tuple[Review, Course]:
    match event:
        case ReviewOpened():
            return _opened(part, course, event)
        case MeetingSet():
            return _set(part, course, event, at)
        case MeetingCancelled(number=number, convene=convene):
            off = _meets_over(course, "the meeting is off")
            return replace(part, meeting=None, answers=(), said=number + 1), _convened_anew(off, convene)
        case MeetingAnswered():
            return _answered(part, course, event, at)
        case MeetingHeld(on=on):
            over = _meets_over(course, "the leads met").ended("convene", "the leads met")
            return replace(part, held_on=on), over
        case MeetingNotHeld(convene=convene):
            off = _meets_over(course, "it did not take place")
            return replace(part, meeting=None, answers=()), _convened_anew(off, convene)
        case NoMeetingRecorded():
            return replace(part, meeting=None, did_not_meet=True), course
        case NoteWritten():
            return _noted(part, course, event, at)
        case NoteCommented(side=side, words=words):
            done = course.ended("comment", "commented", side)
            part = replace(part, silent=tuple(one for one in part.silent if one != side))
            if words is None or event.release is None:
                return part, done
            return _to_look_at(part, done, SideText(COMMENT, side, words, at), event.release)
        case NoCommentRecorded(side=side):
            return replace(part, silent=(*part.silent, side)), course.ended("comment", "no comment", side)
        case TextReleased():
            return _released(part, course, event, at)
        case _:
            assert_never(event)


def lead_of(side: str, respondents: str) -> Seat:
    """Who answers for a side."""
    return Seat.RAISERS_LEAD if side == Side.RAISER else Seat(respondents)


def _opened(part: Review, course: Course, event: ReviewOpened) -> tuple[Review, Course]:
    """What was said of meetings is counted on: calendars take the higher number for the newer invitation."""
    before = (*part.before, replace(part, before=())) if part.was_opened else ()
    said = part.said + part.is_ahead
    opened = Review(True, event.elsewhere, event.meet_by, said=said, convenor=event.officer, before=before)
    course = course.ended("next-step", "the senior review is open").to_stage(Stage.SENIOR_REVIEW)
    course = course.owing("convene", Seat.OFFICER, Seat.RAISER, event.convene)
    return opened, course.owing("note", Seat.OFFICER, Seat.RAISER, event.note)


def _set(part: Review, course: Course, event: MeetingSet, at: datetime) -> tuple[Review, Course]:
    course = _meets_over(course, "another day was set").ended("convene", "convened")
    written = {one.side for one in part.texts}  # who has sent a statement has answered for good
    for side, other in zip(SIDES, SIDES[::-1], strict=True):
        if side in written:
            continue
        owner, to = (_asked(one, event) for one in (side, other))
        course = course.owing("meet", owner, to, event.meet, side)
    meeting = Meeting(event.number, event.on, event.time, event.online, event.place, event.needs, at)
    return replace(part, meeting=meeting, answers=(), said=event.number + 1), course


def _asked(side: str, event: MeetingSet) -> Seat:
    writes = event.in_writing and side == Side.RAISER
    return Seat.RAISER if writes else lead_of(side, event.lead)


def _answered(part: Review, course: Course, event: MeetingAnswered, at: datetime) -> tuple[Review, Course]:
    answer = Answer(event.side, event.comes, event.words, at)
    part = replace(part, answers=(*part.answers, answer))
    course = course.ended("meet", "answered", event.side)
    if event.convene:
        return part, _convened_anew(course, event.convene)
    if event.words and event.release:
        text = SideText(STATEMENT, event.side, event.words, at)
        return _to_look_at(part, course, text, event.release)
    return part, course if _somebody_cannot(part) else course.ended("convene", "both have answered")


def _somebody_cannot(part: Review) -> bool:
    said = [part.answer_of(side) for side in SIDES]
    written = {one.side for one in part.texts}
    return any(one is not None and not one.comes and one.side not in written for one in said)


def _noted(part: Review, course: Course, event: NoteWritten, at: datetime) -> tuple[Review, Course]:
    course = course.ended("note", "written")
    for side, term in zip(SIDES, (event.raiser, event.respondent), strict=True):
        course = course.owing("comment", lead_of(side, event.lead), Seat.OFFICER, term, side)
    return replace(part, note=Note(event.agreed, event.open, at)), course


def _to_look_at(part: Review, course: Course, text: SideText, term: Term) -> tuple[Review, Course]:
    to = Seat.SENIOR_LEAD if text.side == Side.RAISER else Seat.RAISERS_LEAD
    return replace(part, texts=(*part.texts, text)), course.owing(
        "release", Seat.OFFICER, to, term, text.item
    )


def _released(part: Review, course: Course, event: TextReleased, at: datetime) -> tuple[Review, Course]:
    texts = tuple(
        replace(one, released_at=at, hidden=event.hidden)
        if (one.what, one.side, one.released_at) == (event.what, event.side, None)
        else one
        for one in part.texts
    )
    return replace(part, texts=texts), course.ended("release", "released", f"{event.what}-{event.side}")


def _meets_over(course: Course, how: str) -> Course:
    for side in SIDES:
        course = course.ended("meet", how, side)
    return course


def _convened_anew(course: Course, term: Term) -> Course:
    return course if course.owed("convene") else course.owing("convene", Seat.OFFICER, Seat.RAISER, term)
