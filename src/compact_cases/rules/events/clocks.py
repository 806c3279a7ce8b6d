"""Clocks, their events: a pause begins and ends, and what nobody did by its date is seen by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Key
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Going, Held, Hold, Term
from compact_cases.rules.working_days import LONDON


@dataclass(frozen=True)
class Paused:
    """The clocks of these obligations stand still since the day ``on``; it ends by itself after ``ends``.

    ``pause`` numbers the pauses of a case from 1 on. Who asked and who granted it are seats. ``awaits`` names
    the obligation that is waited for, if one is: it ends with the pause. ``agreed``: both sides agreed to it.
    """

    pause: int
    reason: str
    asked_by: str
    granted_by: str
    on: date
    ends: date
    obligations: tuple[Held, ...]
    awaits: str | None
    agreed: bool = False


@dataclass(frozen=True)
class Resumed:
    """The pause ended on the day ``on``, and the days that were left run again."""

    pause: int
    because: str
    on: date
    obligations: tuple[Going, ...]


@dataclass(frozen=True)
class Escalated:
    """No answer is recorded; the seat ``to`` now sees it too. ``person`` is None where nobody was found."""

    obligation: str
    item: str
    cycle: int
    day: date
    to: str
    person: UUID | None


@dataclass(frozen=True)
class Extended:
    """More time, by being asked for: the first of a limit. ``because`` is a word of a list, None where a
    group gave none; ``reason`` is for officers. Requests of a case are numbered from 1 on.
    """

    request: int
    obligation: str
    item: str
    term: Term
    asked_by: str
    because: str | None
    reason: Sealed | None


@dataclass(frozen=True)
class ExtensionAsked:
    """A further one: the seat ``to`` answers it. ``Paused`` goes with it, so that nobody is chased."""

    request: int
    obligation: str
    item: str
    days: int
    asked_by: str
    to: str
    because: str | None
    reason: Sealed | None
    answer: Term


@dataclass(frozen=True)
class ExtensionAnswered:
    """Yes or no, of the seat ``by``; silence is no. After the other side's no the seat ``next`` is asked."""

    request: int
    granted: bool
    by: str
    next: str | None
    answer: Term | None


@dataclass(frozen=True)
class AdjustmentRecorded:
    """Every limit of a side is longer by these working days, from now on; what runs and what stands still
    says so at once. ``words`` are for officers; nobody else learns why.
    """

    side: str
    days: int
    going: tuple[Going, ...]
    held: tuple[Held, ...]
    words: Sealed | None


@dataclass(frozen=True)
class Posted:
    """A letter was put in the post on the day ``on``, or read out on the telephone (``way``: post, phone).

    Each of ``obligations`` is what it asks for, its limit counted from when it should have come; ``ends``
    is then the last day of the pause that waits for one of them.
    """

    letter: UUID
    notice: str
    to: str
    way: str
    on: date
    obligations: tuple[Going, ...]
    ends: date | None


@dataclass(frozen=True)
class PauseInError:
    """The pause at this position of the log was recorded in error; what it held has its date again."""

    position: int
    pause: int
    going: tuple[Going, ...]
    reason: Sealed


@dataclass(frozen=True)
class Took:
    """One thing that took time, and how many working days where they can be told.

    ``kind``: stage, pause, more-time, longer-limit, late-reply or no-reply. ``of``: which stage, for which
    reason, or of what.
    """

    kind: str
    of: str
    days: int | None


@dataclass(frozen=True)
class LongTimeReached:
    """By the day ``on`` the case took ``days`` working days since ``since``; ``paused`` more do not count.

    ``day`` is that of the step, which pauses put off; ``took`` is what the time went into.
    """

    day: date
    on: date
    since: date
    days: int
    paused: int
    took: tuple[Took, ...]


ClocksEvent = (
    Paused
    | Resumed
    | Escalated
    | Extended
    | ExtensionAsked
    | ExtensionAnswered
    | AdjustmentRecorded
    | Posted
    | PauseInError
    | LongTimeReached
)
EXTENDED, LENGTHENED, PAUSE_ENDED = "more time", "a longer limit", "the pause ended"
"""How a cycle ended that only goes on by another date."""
IN_ERROR = "recorded in error"
MORE_TIME = "extension-answer"


def _of_escalation(event: Escalated) -> Audience:
    """Inside the office it is not the respondent's to know who is late."""
    theirs = event.obligation in ("reply", "action") or Seat(event.to).side is Side.RESPONDENT
    return Audience.CASE if theirs else Audience.RAISER_AND_OFFICERS


def _of_pause(event: Paused | Resumed) -> Audience:
    """What happens before the notice is not the respondent's to know."""
    early = all(one.name == "acknowledge" for one in event.obligations)
    return Audience.RAISER_AND_OFFICERS if early else Audience.CASE


def _of_error(event: PauseInError) -> Audience:
    early = all(one.name == "acknowledge" for one in event.going)
    return Audience.RAISER_AND_OFFICERS if early else Audience.CASE


def _of_adjustment(event: AdjustmentRecorded) -> Audience:
    """Where no date moves it is between that side and the officers."""
    if event.going or event.held:
        return Audience.CASE
    theirs = event.side == Side.RAISER.value
    return Audience.RAISER_AND_OFFICERS if theirs else Audience.RESPONDENT_AND_OFFICERS


def _of_posting(event: Posted) -> Audience:
    """How somebody is reached is theirs and the office's."""
    raising = Seat(event.to).side is Side.RAISER
    return Audience.RAISER_AND_OFFICERS if raising else Audience.RESPONDENT_AND_OFFICERS


AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {
    Paused: _of_pause,
    Resumed: _of_pause,
    Escalated: _of_escalation,
    Extended: Audience.CASE,
    ExtensionAsked: Audience.CASE,
    ExtensionAnswered: Audience.CASE,
    AdjustmentRecorded: _of_adjustment,
    Posted: _of_posting,
    PauseInError: _of_error,
    LongTimeReached: Audience.CASE,
}


@dataclass(frozen=True)
class Pause:
    """One pause of a case; ``ends`` is its last day at the latest, ``until`` the one on which it ended."""

    number: int
    reason: str
    on: date
    ends: date
    awaits: str | None
    until: date | None = None
    position: int = 0  # in the log


@dataclass(frozen=True)
class Request:
    """More time that was asked for; ``cycle`` is that of the obligation then."""

    number: int
    name: str
    item: str
    cycle: int
    days: int
    because: str | None
    granted: bool | None


@dataclass(frozen=True)
class Posting:
    """From which posting a cycle of an obligation is counted."""

    of: Key
    way: str
    on: date


@dataclass(frozen=True)
class Clocks:
    pauses: tuple[Pause, ...] = ()
    requests: tuple[Request, ...] = ()
    adjusted: tuple[tuple[Side, int], ...] = ()

    def longer_by(self, side: Side) -> int:
        """Working days by which every limit of this side is longer."""
        return dict(self.adjusted).get(side, 0)

    postings: tuple[Posting, ...] = ()
    long_time: LongTimeReached | None = None


def evolve(part: Clocks, course: Course, event: ClocksEvent, at: datetime) -> tuple[Clocks, Course]:
    match event:
        case Paused():
            one = Pause(
                event.pause, event.reason, event.on, event.ends, event.awaits, position=course.position
            )
            for held in event.obligations:
                hold = Hold(event.pause, event.on, held.days_left, event.ends)
                course = course.held(held.name, held.item, hold, event.reason)
            return replace(part, pauses=(*part.pauses, one)), course
        case Resumed():
            return _resumed(part, course, event)
        case Escalated():
            return part, course
        case Extended(obligation=name, item=item, term=term):
            request = _request(course, event, term.limit, granted=True)
            extended = course.set_anew(name, term, EXTENDED, item)
            return replace(part, requests=(*part.requests, request)), extended
        case ExtensionAsked(asked_by=asked_by, to=to, answer=answer):
            request = _request(course, event, event.days, granted=None)
            asked = course.owing(MORE_TIME, Seat(to), Seat(asked_by), answer)
            return replace(part, requests=(*part.requests, request)), asked
        case ExtensionAnswered():
            return _answered(part, course, event)
        case AdjustmentRecorded():
            return _adjusted(part, course, event)
        case Posted():
            return _posted(part, course, event)
        case PauseInError():
            for going in event.going:
                course = course.set_anew(going.name, going.term, IN_ERROR, going.item)
            pauses = tuple(
                replace(one, until=one.on) if one.number == event.pause else one for one in part.pauses
            )
            return replace(part, pauses=pauses), course
        case LongTimeReached():
            over = course.ended("guard", "its date has come").ended("panel-guard", "its date has come")
            return replace(part, long_time=event), over
        case _:
            assert_never(event)


def _request(course: Course, event: Extended | ExtensionAsked, days: int, granted: bool | None) -> Request:
    owed = course.owed(event.obligation, event.item)
    cycle = owed.cycle if owed else 0
    return Request(event.request, event.obligation, event.item, cycle, days, event.because, granted)


def _answered(part: Clocks, course: Course, event: ExtensionAnswered) -> tuple[Clocks, Course]:
    if event.next and event.answer:
        asked_by = course.owed(MORE_TIME)
        to = asked_by.to if asked_by else Seat.OFFICER
        course = course.ended(MORE_TIME, "the other side did not agree")
        return part, course.owing(MORE_TIME, Seat(event.next), to, event.answer)
    requests = tuple(
        replace(one, granted=event.granted) if one.number == event.request else one for one in part.requests
    )
    return replace(part, requests=requests), course


def _adjusted(part: Clocks, course: Course, event: AdjustmentRecorded) -> tuple[Clocks, Course]:
    for going in event.going:
        course = course.set_anew(going.name, going.term, LENGTHENED, going.item)
    for one in event.held:
        owed = course.owed(one.name, one.item)
        if owed and owed.hold and owed.hold_reason:
            hold = replace(owed.hold, days_left=one.days_left)
            course = course.held(one.name, one.item, hold, owed.hold_reason)
    adjusted = dict(part.adjusted) | {Side(event.side): event.days}
    return replace(part, adjusted=tuple(adjusted.items())), course


def _resumed(part: Clocks, course: Course, event: Resumed) -> tuple[Clocks, Course]:
    awaited = next((one.awaits for one in part.pauses if one.number == event.pause), None)
    for going in event.obligations:
        course = course.set_anew(going.name, going.term, PAUSE_ENDED, going.item)
    pauses = tuple(replace(one, until=event.on) if one.number == event.pause else one for one in part.pauses)
    return replace(part, pauses=pauses), course.ended(awaited, event.because) if awaited else course


def _posted(part: Clocks, course: Course, event: Posted) -> tuple[Clocks, Course]:
    for going in event.obligations:
        course = course.set_anew(going.name, going.term, "posted", going.item)
    names = {(one.name, one.item) for one in event.obligations}
    anew = [one.key for one in course.open_obligations if (one.name, one.item) in names]
    postings = (*part.postings, *(Posting(key, event.way, event.on) for key in anew))
    part = replace(part, postings=postings)
    return (
        _ending_later(part, course, event.ends, {name for name, _ in names}) if event.ends else (part, course)
    )


def _ending_later(part: Clocks, course: Course, ends: date, awaited: set[str]) -> tuple[Clocks, Course]:
    """A pause that waits for an answer lasts as long as there is for it."""
    pauses = []
    for pause in part.pauses:
        if pause.until is None and pause.awaits in awaited:
            for one in course.open_obligations:
                if one.hold and one.due is None and one.hold.pause == pause.number:
                    hold = replace(one.hold, ends=ends)
                    course = course.held(one.name, one.item, hold, one.hold_reason or pause.reason)
            pause = replace(pause, ends=ends)
        pauses.append(pause)
    return replace(part, pauses=tuple(pauses)), course


def over_with_what_it_held(part: Clocks, course: Course, at: datetime) -> tuple[Clocks, Course]:
    """A pause ends with the act that ends its obligations: acknowledged, merged, closed. Where it held one
    for which more time was asked, nobody need answer any more."""
    if all(one.until for one in part.pauses):
        return part, course
    held = {one.hold.pause for one in course.obligations if one.is_open and one.hold}
    day = at.astimezone(LONDON).date()
    pauses = tuple(
        replace(one, until=min(day, one.ends)) if one.until is None and one.number not in held else one
        for one in part.pauses
    )
    ended = (one for one, old in zip(pauses, part.pauses, strict=True) if one.until and not old.until)
    if any(one.awaits == MORE_TIME for one in ended):
        course = course.ended(MORE_TIME, "no longer needed")
    return replace(part, pauses=pauses), course
