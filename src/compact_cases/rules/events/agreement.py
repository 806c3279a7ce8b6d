"""Agreement, its events: a version is written and answered by both sides; it stands, and its actions begin.

Actions live on after closing, each as an obligation of its own; so do the check-ins months later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never

from compact_cases.rules.agreed import (
    CONFIRMED,
    DISPUTE_READ,
    DONE_READ,
    MONTHS,
    NOT_DISPUTED,
    NOT_KEPT,
    OWED,
    SEAT_OF,
    SIDES,
    SILENT,
    TO_CONFIRM,
    WAIVED,
    YES,
    Action,
    AgreedTerm,
    Agreement,
    Answer,
    CheckIn,
    Claim,
    Version,
    other_than,
)
from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course, Stage
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Came, Term


@dataclass(frozen=True)
class AgreementWritten:
    """A version; answers to an earlier one count no more. ``settles``: with it nothing stays open.

    ``raiser`` and ``respondent`` are the terms in which each side answers.
    """

    version: int
    terms: tuple[AgreedTerm, ...]
    settles: bool
    raiser: Term
    respondent: Term


@dataclass(frozen=True)
class AgreementAnswered:
    """yes, or not like this. ``reflect`` is set by the answer after which both have accepted."""

    version: int
    side: str
    answer: str
    words: Sealed | None
    reflect: Term | None
    came: Came | None = None


@dataclass(frozen=True)
class AgreementUnanswered:
    """By ``day`` nothing was heard of a side: not accepted, and still to be accepted as long as it lies."""

    version: int
    side: str
    day: date


@dataclass(frozen=True)
class ReflectionWaived:
    """A side needs no more days to reflect, in writing."""

    version: int
    side: str


@dataclass(frozen=True)
class AgreementMade:
    """It stands. ``actions`` are the terms of its actions in their order; ``check_ins`` the two dates on
    which both sides are asked. ``close``: it settles everything, so the case is to be closed.
    """

    version: int
    actions: tuple[Term, ...]
    check_ins: tuple[Term, ...]
    close: Term | None


@dataclass(frozen=True)
class ActionTakenOn:
    """Something that a panel recommended, and its addressee has accepted."""

    agreed: AgreedTerm
    action: Term


@dataclass(frozen=True)
class ActionDone:
    """Whoever owes an action says that it is done; an officer reads the proof before the other side does."""

    action: int
    side: str
    proof: Sealed
    release: Term
    came: Came | None = None


@dataclass(frozen=True)
class ActionDisputed:
    """The other side says that it is not done; an officer reads the reason before the owner does."""

    action: int
    side: str
    reason: Sealed
    release: Term
    came: Came | None = None


@dataclass(frozen=True)
class ActionWordsReleased:
    """The other side reads the proof or the reason, without what ``hidden`` lists.

    ``confirm``: it was a proof, to be confirmed or disputed. ``again``: the action is owed again.
    """

    action: int
    hidden: Sealed | None
    confirm: Term | None
    again: Term | None


@dataclass(frozen=True)
class ActionConfirmed:
    action: int
    side: str
    came: Came | None = None


@dataclass(frozen=True)
class ActionNotDisputed:
    """Nothing was heard of the other side, so what was said to be done counts as done."""

    action: int
    day: date


@dataclass(frozen=True)
class ActionWaived:
    action: int
    side: str


@dataclass(frozen=True)
class ActionNotKept:
    """``because``: its date has passed for long, or that it is done was disputed twice."""

    action: int
    because: str
    day: date


@dataclass(frozen=True)
class CheckInAnswered:
    months: int
    side: str
    answer: Sealed


@dataclass(frozen=True)
class CheckInPassed:
    """Nothing was said, which means nothing."""

    months: int
    side: str
    day: date


AgreementEvent = (
    AgreementWritten
    | AgreementAnswered
    | AgreementUnanswered
    | ReflectionWaived
    | AgreementMade
    | ActionTakenOn
    | ActionDone
    | ActionDisputed
    | ActionWordsReleased
    | ActionConfirmed
    | ActionNotDisputed
    | ActionWaived
    | ActionNotKept
    | CheckInAnswered
    | CheckInPassed
)


def _of_side(event: Any) -> Audience:
    """How an agreement holds is said to the officers, by each side for itself."""
    raising = event.side == Side.RAISER.value
    return Audience.RAISER_AND_OFFICERS if raising else Audience.RESPONDENT_AND_OFFICERS


AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {
    AgreementWritten: Audience.CASE,
    AgreementAnswered: Audience.CASE,
    AgreementUnanswered: Audience.CASE,
    ReflectionWaived: Audience.CASE,
    AgreementMade: Audience.CASE,
    ActionTakenOn: Audience.CASE,
    ActionDone: Audience.CASE,
    ActionDisputed: Audience.CASE,
    ActionWordsReleased: Audience.CASE,
    ActionConfirmed: Audience.CASE,
    ActionNotDisputed: Audience.CASE,
    ActionWaived: Audience.CASE,
    ActionNotKept: Audience.CASE,
    CheckInAnswered: _of_side,
    CheckInPassed: _of_side,
}


# --- how it folds -----------------------------------------------------------------------------------------


def evolve(part: Agreement, course: Course, event: AgreementEvent, at: datetime) -> tuple[Agreement, Course]:
    match event:
        case AgreementWritten():
            version = Version(event.version, event.terms, event.settles, at)
            return replace(part, versions=(*part.versions, version)), _asked(course, event)
        case AgreementAnswered():
            return _answered(part, course, event, at)
        case AgreementUnanswered(side=side):
            silent = _of_version(part, lambda one: one.answered(Answer(side, SILENT, None, at)))
            return silent, course.ended("agree", "not accepted", side)
        case ReflectionWaived(side=side):
            waived = _of_version(part, lambda one: replace(one, waived=(*one.waived, side)))
            return waived, course.ended("reflect", "waived", side)
        case AgreementMade():
            return _made(part, course, event, at)
        case ActionTakenOn(agreed=agreed, action=term):
            one = Action(len(part.actions) + 1, agreed, at)
            return replace(part, actions=(*part.actions, one)), _owing(course, "action", one, term)
        case CheckInAnswered(months=months, side=side, answer=answer):
            said = replace(part, check_ins=(*part.check_ins, CheckIn(months, side, answer, at)))
            return said, course.ended("check-in", "answered", f"{months}-{side}")
        case CheckInPassed(months=months, side=side):
            return part, course.ended("check-in", "nothing was said", f"{months}-{side}")
        case _:
            return _of_action(part, course, event, at)


def _asked(course: Course, event: AgreementWritten) -> Course:
    for side, term in zip(SIDES, (event.raiser, event.respondent), strict=True):
        course = course.ended("agree", "a new version", side).ended("reflect", "a new version", side)
        course = course.owing("agree", SEAT_OF[side], Seat.OFFICER, term, side)
    return course


def _of_version(part: Agreement, changed: Callable[[Version], Version]) -> Agreement:
    *earlier, last = part.versions
    return replace(part, versions=(*earlier, changed(last)))


def _answered(
    part: Agreement, course: Course, event: AgreementAnswered, at: datetime
) -> tuple[Agreement, Course]:
    answer = Answer(event.side, event.answer, event.words, at)
    how = "accepted" if event.answer == YES else "not accepted"
    course = course.ended("agree", how, event.side)
    for side in SIDES:
        if event.answer != YES:
            course = course.ended("reflect", "not accepted", side)
        elif event.reflect:
            course = course.owing("reflect", SEAT_OF[side], Seat.OFFICER, event.reflect, side)
    return _of_version(part, lambda one: one.answered(answer)), course


def _made(part: Agreement, course: Course, event: AgreementMade, at: datetime) -> tuple[Agreement, Course]:
    terms, first = part.versions[-1].terms, len(part.actions) + 1
    actions = tuple(Action(number, term, at) for number, term in enumerate(terms, first))
    for side in SIDES:
        course = course.ended("reflect", "it stands", side)
    if event.close:
        # a reply that waits is read all the same: nothing is closed over somebody's head
        course = course.all_ended("settled by an agreement", but=("release", "hold-release")).to_stage(
            Stage.CLOSING
        )
        course = course.owing("close", Seat.OFFICER, Seat.RAISER, event.close)
    for action, term in zip(actions, event.actions, strict=True):
        course = _owing(course, "action", action, term)
    for months, term in zip(MONTHS, event.check_ins, strict=True):
        for side in SIDES:
            item = f"{months}-{side}"
            course = course.ended("check-in", "asked by a later agreement", item)
            course = course.owing("check-in", SEAT_OF[side], Seat.OFFICER, term, item)
    made = _of_version(part, lambda one: replace(one, made_at=at))
    settled = part.settled or event.close is not None
    return replace(made, actions=(*part.actions, *actions), settled=settled), course


def _owing(course: Course, name: str, action: Action, term: Term) -> Course:
    """An action is owed by its side to the other one, which alone confirms it."""
    owner, other = SEAT_OF[action.side], SEAT_OF[other_than(action.side)]
    if name == "confirm":
        owner, other = other, owner
    return course.owing(name, owner, other, term, action.item)


ActionEvent = (
    ActionDone
    | ActionDisputed
    | ActionWordsReleased
    | ActionConfirmed
    | ActionNotDisputed
    | ActionWaived
    | ActionNotKept
)


def _of_action(part: Agreement, course: Course, event: ActionEvent, at: datetime) -> tuple[Agreement, Course]:
    before = part.actions[event.action - 1]
    after, course = _changed(before, course, event, at)
    actions = tuple(after if one.number == after.number else one for one in part.actions)
    return replace(part, actions=actions), course


def _changed(one: Action, course: Course, event: ActionEvent, at: datetime) -> tuple[Action, Course]:
    match event:
        case ActionDone(side=side, proof=proof, release=release):
            done = replace(one, state=DONE_READ, claims=(*one.claims, Claim(False, side, proof, at)))
            return done, _to_be_read(course.ended("action", "said to be done", one.item), one, side, release)
        case ActionDisputed(side=side, reason=reason, release=release):
            disputed = replace(one, state=DISPUTE_READ, claims=(*one.claims, Claim(True, side, reason, at)))
            return disputed, _to_be_read(course.ended("confirm", "disputed", one.item), one, side, release)
        case ActionWordsReleased():
            return _read(one, course, event, at)
        case ActionConfirmed():
            return replace(one, state=CONFIRMED), _nothing_left(course, one, "confirmed")
        case ActionNotDisputed():
            return replace(one, state=NOT_DISPUTED), _nothing_left(course, one, "not disputed")
        case ActionWaived():
            return replace(one, state=WAIVED), _nothing_left(course, one, "waived")
        case ActionNotKept():
            return replace(one, state=NOT_KEPT), course.ended("action", "not kept", one.item)
        case _:
            assert_never(event)


def _to_be_read(course: Course, one: Action, side: str, release: Term) -> Course:
    """What ``side`` wrote is owed to the other one, which waits to read it."""
    return course.owing("action-release", Seat.OFFICER, SEAT_OF[other_than(side)], release, one.item)


def _read(one: Action, course: Course, event: ActionWordsReleased, at: datetime) -> tuple[Action, Course]:
    *earlier, last = one.claims
    claims = (*earlier, replace(last, released_at=at, hidden=event.hidden))
    course = course.ended("action-release", "released", one.item)
    if event.confirm:
        return replace(one, state=TO_CONFIRM, claims=claims, asked_at=at), _owing(
            course, "confirm", one, event.confirm
        )
    if event.again:
        return replace(one, state=OWED, claims=claims, asked_at=at), _owing(
            course, "action", one, event.again
        )
    return replace(one, claims=claims), course


def _nothing_left(course: Course, one: Action, how: str) -> Course:
    for name in ("action", "confirm", "action-release"):
        course = course.ended(name, how, one.item)
    return course
