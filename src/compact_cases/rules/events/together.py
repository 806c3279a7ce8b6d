"""Mediation of two cases, its events: it serves both; one respondent leaves, and the rest go on or not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, assert_never, get_args
from uuid import UUID

from compact_cases.rules.audience import Audience
from compact_cases.rules.copying import replace
from compact_cases.rules.course import Course
from compact_cases.rules.mediating import Mediation, PartyTerm, all_ended, asked_each
from compact_cases.rules.seats import Side


@dataclass(frozen=True)
class MediationShared:
    """One mediation is to serve this case and ``case``, and is arranged in the one that ``leads``.

    ``counted``: sessions of mediations before, in either; those of this one have one number in both.
    """

    case: UUID
    leads: bool
    counted: int


@dataclass(frozen=True)
class SharedNoMore:
    """It serves this case alone from now on; or is not asked for in it any more."""


@dataclass(frozen=True)
class NameWithdrawn:
    """Another mediator is to be proposed. Who refused this one is told to nobody."""

    mediator: UUID


@dataclass(frozen=True)
class AnotherLeft:
    """The other respondent is not in the mediation any more; each who remains says whether to go on."""

    go_on: tuple[PartyTerm, ...]


@dataclass(frozen=True)
class GoOnAnswered:
    party: str
    yes: bool


@dataclass(frozen=True)
class GoOnUnanswered:
    """Silence counts as no, as it does when mediation is asked for. ``day``: that of the step."""

    party: str
    day: date


TogetherEvent = MediationShared | SharedNoMore | NameWithdrawn | AnotherLeft | GoOnAnswered | GoOnUnanswered


def _of_party(event: Any) -> Audience:
    raising = event.party == Side.RAISER.value
    return Audience.RAISER_AND_OFFICERS if raising else Audience.RESPONDENT_AND_OFFICERS


AUDIENCE: dict[type, Audience | Callable[[Any], Audience]] = {
    **dict.fromkeys(get_args(TogetherEvent), Audience.CASE),
    GoOnAnswered: _of_party,
    GoOnUnanswered: _of_party,
}


def evolve(part: Mediation, course: Course, event: TogetherEvent, at: datetime) -> tuple[Mediation, Course]:
    match event:
        case MediationShared(case=other, leads=leads, counted=counted):
            shared = replace(part, together=other, shared=other, leads=leads, led=leads, counted=counted)
            return shared, course
        case SharedNoMore():
            return _alone(part, at), course
        case NameWithdrawn():
            return replace(part, proposed=None), all_ended(course, "another name is proposed", "name")
        case AnotherLeft(go_on=go_on):
            return _alone(part, at), asked_each(course, "go-on", go_on)
        case GoOnAnswered(party=party):
            return part, course.ended("go-on", "answered", party)
        case GoOnUnanswered(party=party):
            return part, course.ended("go-on", "no answer", party)
        case _:
            assert_never(event)


def _alone(part: Mediation, at: datetime) -> Mediation:
    return replace(part, together=None, leads=True, alone_at=at)
