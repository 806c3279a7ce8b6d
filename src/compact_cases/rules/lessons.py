"""Lessons: after closing each side may say what should change, and an officer sums it up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events.lessons import LessonSaid
from compact_cases.rules.names import hides_from
from compact_cases.rules.notices import Notice
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reopening import last_day
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, Side
from compact_cases.rules.statements import Carries, Kept, Statement
from compact_cases.rules.working_days import LONDON

WHAT = "Please write what should change."


@dataclass(frozen=True)
class RaiserSuggests(Carries):
    link: int
    words: Annotated[Statement, Kept("lesson", Audience.RAISER_AND_OFFICERS, WHAT)]


@dataclass(frozen=True)
class RespondentSuggests(Carries):
    link: int
    words: Annotated[Statement, Kept("lesson", Audience.RESPONDENT_AND_OFFICERS, WHAT)]


@dataclass(frozen=True)
class SumUp(Carries):
    """The office's own words, which both sides read."""

    link: int
    words: Annotated[Statement, Kept("lesson", Audience.CASE, WHAT)]
    words_may_stay: bool = False


LessonsCommand = RaiserSuggests | RespondentSuggests | SumUp


def can_be_said(case: Case, now: Now) -> None:
    """Each side until a closed case can no longer be opened again; the office at any time."""
    closed_at = case.closing.closed_at
    if closed_at is None or case.closing.merged_into is not None:
        raise Refused("What should change is asked when a case is closed, and this one is not.")
    if not case.intake.links:
        raise Refused("No undertaking is cited in this case, so there is none to learn for.")
    until = last_day(closed_at, now.rulebook.calendar)
    if now.seat not in CASE_STAFF and now.at.astimezone(LONDON).date() > until:
        raise Refused(
            f"This could be said until {until:%A} {until.day} {until:%B %Y}. Please ring us instead."
        )


def respondent_can_say(case: Case, now: Now) -> None:
    can_be_said(case, now)
    if not case.enquiry.had_notice:
        raise Refused("The respondent was never told of this concern.")


def suggest(side: Side) -> Any:
    def said(command: RaiserSuggests | RespondentSuggests, case: Case, now: Now) -> list[Event]:
        return [_said(side, command.link, command.words, case)]

    return said


def sum_up(command: SumUp, case: Case, now: Now) -> list[Event]:
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("the respondent who raised it", command.words.text, now.raisers_words, "words")
    return [_said(Side.OFFICE, command.link, command.words, case)]


def _said(side: Side, number: int, words: Statement, case: Case) -> Event:
    link = next((one for one in case.intake.links if one.id == number), None)
    if link is None:
        raise Refused("Please choose one of the undertakings of this case.", "clause")
    return LessonSaid(side.value, number, link.clause, words.sealed())


OBLIGATIONS: tuple[str, ...] = ()
NOTICES: tuple[str, ...] = ()


def notices(event: Event, case: Case) -> Iterable[Notice]:
    return ()


ACTS: tuple[Act[Any], ...] = (
    Act(
        SumUp,
        name="lesson",
        words="Write down what should change",
        by=CASE_STAFF,
        open=can_be_said,
        decide=sum_up,
        needs=frozenset({Need.RAISERS_WORDS}),
        rank=Rank.SELDOM,
    ),
    Act(
        RaiserSuggests,
        name="lesson",
        words="Write down what should change",
        party_words="Say what should change",
        by=RAISING | CASE_STAFF,
        open=can_be_said,
        decide=suggest(Side.RAISER),
        rank=Rank.SELDOM,
    ),
    Act(
        RespondentSuggests,
        name="lesson",
        words="Write down what should change",
        party_words="Say what should change",
        by=RESPONDING | CASE_STAFF,
        open=respondent_can_say,
        decide=suggest(Side.RESPONDENT),
        rank=Rank.SELDOM,
    ),
)
