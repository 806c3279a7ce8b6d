"""Fast track, its events: something closes soon, and its body is asked to put it on hold."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Term


@dataclass(frozen=True)
class FastTracked:
    """``because``: closes-on or harm.

    ``acknowledge`` is the earlier date where it became so after receipt; None where the first event has it.
    ``officer_back``: the working day on which an officer is there again, where the date comes before.
    """

    because: str
    acknowledge: Term | None
    officer_back: date | None


@dataclass(frozen=True)
class HoldAsked:
    """The respondent is asked to extend, to pause, or to say why not; ``days_left``: working days.

    Until that is answered, or its date is over, the ordinary reply is not owed.
    """

    closes_on: date
    days_left: int
    hold: Term


@dataclass(frozen=True)
class HoldAnswered:
    """``answer``: extended, paused or no. ``reply`` is None where a reply has come, or is owed already.

    The words, if any, are looked at by an officer by the date of ``release`` before the raiser reads them.
    """

    answer: str
    until: date | None
    words: Sealed | None
    person: UUID | None
    reply: Term | None
    release: Term | None


@dataclass(frozen=True)
class NoHoldAnswerRecorded:
    """``day`` is the working day on which this step stood. ``reply`` is None where one has come already."""

    day: date
    reply: Term | None


@dataclass(frozen=True)
class HoldWordsReleased:
    """``hidden`` seals the phrases taken out before the raiser reads them."""

    hidden: Sealed | None


@dataclass(frozen=True)
class DateWatched:
    """Once this day is over, both sides are asked what became of it."""

    date: Term


@dataclass(frozen=True)
class DatePassed:
    """Both sides are asked, once, whether it was extended and what harm followed; the case goes on.

    ``raiser`` is None where the form has asked them already.
    """

    closes_on: date
    raiser: Term | None
    respondent: Term


@dataclass(frozen=True)
class DateAnswered:
    """``side``: raiser or respondent; ``extended``: yes, no or not-sure."""

    side: str
    extended: str
    words: Sealed | None


@dataclass(frozen=True)
class NoDateAnswerRecorded:
    """Of the sides that were asked these have not answered by their date; they are not asked again."""

    day: date
    sides: tuple[str, ...]


FastTrackEvent = (
    FastTracked
    | HoldAsked
    | HoldAnswered
    | NoHoldAnswerRecorded
    | HoldWordsReleased
    | DateWatched
    | DatePassed
    | DateAnswered
    | NoDateAnswerRecorded
)


def _of_date_answer(event: DateAnswered) -> Audience:
    ours = event.side == Side.RAISER
    return Audience.RAISER_AND_OFFICERS if ours else Audience.RESPONDENT_AND_OFFICERS


AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {
    FastTracked: Audience.RAISER_AND_OFFICERS,
    HoldAsked: Audience.CASE,
    HoldAnswered: Audience.CASE,
    NoHoldAnswerRecorded: Audience.CASE,
    HoldWordsReleased: Audience.CASE,
    DateWatched: Audience.OFFICERS,
    DatePassed: Audience.CASE,
    DateAnswered: _of_date_answer,
    NoDateAnswerRecorded: Audience.OFFICERS,
}


@dataclass(frozen=True)
class FastTrack:
    """``hold_answer``: what came of the request; ``hold_hidden``: what was taken out of its words."""

    because: str | None = None
    officer_back: date | None = None
    hold: HoldAsked | None = None
    hold_answer: HoldAnswered | None = None
    hold_answered_at: datetime | None = None
    hold_released_at: datetime | None = None
    hold_hidden: Sealed | None = None
    no_hold_answer: bool = False
    date_passed: DatePassed | None = None
    date_answers: tuple[DateAnswered, ...] = ()

    @property
    def is_on(self) -> bool:
        return self.because is not None

    @property
    def is_put_on_hold(self) -> bool:
        """By the body, which has paused what was to close: its date stands no more."""
        return self.hold_answer is not None and self.hold_answer.answer == "paused"

    @property
    def words_wait(self) -> bool:
        """Whether the words of the answer wait for an officer's look."""
        words = self.hold_answer.words if self.hold_answer else None
        return words is not None and self.hold_released_at is None


def evolve(part: FastTrack, course: Course, event: FastTrackEvent, at: datetime) -> tuple[FastTrack, Course]:
    match event:
        case FastTracked(because=because, acknowledge=sooner, officer_back=back):
            on = replace(part, because=because, officer_back=back)
            return on, course.set_anew("acknowledge", sooner, "put on the fast track") if sooner else course
        case HoldAsked(hold=hold):
            asked = replace(part, hold=event)
            return asked, course.owing("hold", Seat.CHAMPION, Seat.RAISER, hold)
        case HoldAnswered(answer=answer, reply=reply, release=release):
            course = _then(course.ended("hold", f"answered: {answer}"), reply)
            if answer == "paused":
                course = course.ended("date", "put on hold by the body")
            if release:
                course = course.owing("hold-release", Seat.OFFICER, Seat.RAISER, release)
            return replace(part, hold_answer=event, hold_answered_at=at), course
        case NoHoldAnswerRecorded(reply=reply):
            silent = course.ended("hold", "no answer to the hold request")
            return replace(part, no_hold_answer=True), _then(silent, reply)
        case HoldWordsReleased(hidden=hidden):
            released = replace(part, hold_released_at=at, hold_hidden=hidden)
            return released, course.ended("hold-release", "released")
        case DateWatched(date=term):
            if course.owed("date"):
                return part, course.set_anew("date", term, "another day")
            return part, course.owing("date", Seat.OFFICER, Seat.RAISER, term)
        case DatePassed():
            course = course.ended("date", "passed")
            for seat, asked_until in ((Seat.RAISER, event.raiser), (Seat.CHAMPION, event.respondent)):
                if asked_until:
                    course = course.owing("date-passed", seat, Seat.OFFICER, asked_until, seat.side.value)
            return replace(part, date_passed=event), course
        case DateAnswered(side=side):
            answered = replace(part, date_answers=(*part.date_answers, event))
            return answered, course.ended("date-passed", "answered", side)
        case NoDateAnswerRecorded(sides=sides):
            for side in sides:
                course = course.ended("date-passed", "no answer", side)
            return part, course
        case _:
            assert_never(event)


def _then(course: Course, reply: Term | None) -> Course:
    """The ordinary reply is owed from now on."""
    return course.owing("reply", Seat.CHAMPION, Seat.RAISER, reply) if reply else course
