"""Fast track, its date passes: the case goes on, and both sides are asked once what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import Act, Choices, Need, Now, Rank, still_open
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import fast_track as happened
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term
from compact_cases.rules.urgency import day_of

SIDES = (Side.RAISER.value, Side.RESPONDENT.value)
SINCE = "closes-since"
"""The form's question what became of a day that is past."""
WAS_EXTENDED = ("yes", "no", "not-sure")


@dataclass(frozen=True)
class SayWhatFollowed(Carries):
    """``side`` is that of whoever says it; an officer says for which. Of the two texts that side's counts."""

    side: str
    extended: str
    raisers_words: Annotated[Statement | None, Kept("date-passed", Audience.RAISER_AND_OFFICERS)]
    respondents_words: Annotated[Statement | None, Kept("date-passed", Audience.RESPONDENT_AND_OFFICERS)]


@dataclass(frozen=True)
class RecordDatePassed(Carries):
    day: date


@dataclass(frozen=True)
class RecordNoDateAnswer(Carries):
    day: date


DatePassesCommand = SayWhatFollowed | RecordDatePassed | RecordNoDateAnswer


# --- when each can be done --------------------------------------------------------------------------------


def sides_asked(case: Case, now: Now) -> tuple[str, ...]:
    """Who may still say what followed, as far as it is this visitor's to say: until the case is closed."""
    part, mine = case.fast_track, now.seat.side
    if case.is_closed or part.date_passed is None:
        return ()
    answered = {one.side for one in part.date_answers}
    left = (one for one in SIDES if one not in answered)
    return tuple(one for one in left if now.seat in CASE_STAFF or one == mine)


def was_asked(case: Case, now: Now) -> None:
    if not sides_asked(case, now):
        raise Refused("Nobody is asked in this case what became of a date.")


def date_is_watched(case: Case, now: Now) -> None:
    if case.owed("date") is None:
        raise Refused("No date is watched in this case.")


def what_to_say(case: Case, now: Now) -> Choices:
    return {"side": sides_asked(case, now), "extended": WAS_EXTENDED}


# --- what follows -----------------------------------------------------------------------------------------


def watched(closes_on: date | None, case: Case, now: Now) -> list[Event]:
    """From the notice on its date is watched; one that is past is asked about at once, and once only."""
    if closes_on is None or case.fast_track.date_passed is not None:
        return []
    day = day_of(now)
    if closes_on < day:
        return [_passed(closes_on, case, now)]
    left = now.rulebook.calendar.working_days_between(day, closes_on)
    return [happened.DateWatched(Term(day, left, closes_on))]


def record_date_passed(command: RecordDatePassed, case: Case, now: Now) -> list[Event]:
    date_ = case.owed("date")
    assert date_ is not None  # noqa: S101 (asked by date_is_watched)
    return [_passed(date_.term.due, case, now)]


def _passed(closes_on: date, case: Case, now: Now) -> happened.DatePassed:
    raiser, respondent = (now.term_of(side, "date-passed") for side in SIDES)
    has_said = any(question == SINCE for question, _ in case.intake.told)
    return happened.DatePassed(closes_on, None if has_said else raiser, respondent)


def say_what_followed(command: SayWhatFollowed, case: Case, now: Now) -> list[Event]:
    if command.side not in sides_asked(case, now):
        raise Refused("Please say for which side this is; each is asked once.", "side")
    if command.extended not in WAS_EXTENDED:
        raise Refused("Please say whether it was extended.", "extended")
    ours = command.side == Side.RAISER
    words = command.raisers_words if ours else command.respondents_words
    return [happened.DateAnswered(command.side, command.extended, sealed_if(words))]


def record_no_date_answer(command: RecordNoDateAnswer, case: Case, now: Now) -> list[Event]:
    """Whoever has not answered in time; the other side may have a later date."""
    today = day_of(now)
    late = tuple(
        one.item
        for one in case.open_obligations
        if one.name == "date-passed" and one.due is not None and one.due < today
    )
    return [happened.NoDateAnswerRecorded(command.day, late)] if late else []


# --- who hears of it --------------------------------------------------------------------------------------


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.DatePassed(raiser=ours, respondent=theirs):
            for seat, term in ((Seat.RAISER, ours), (Seat.CHAMPION, theirs)):
                if term:
                    facts = {**owed("date-passed", term.due), "item": seat.side.value}
                    yield Notice("date-passed", seat, facts, Rest.OWED)
        case happened.DateAnswered():
            yield Notice("date-answered", Seat.OFFICER)


ACTS: tuple[Act[Any], ...] = (
    Act(
        SayWhatFollowed,
        name="date-passed",
        words="Write down what became of the date",
        party_words="Say what became of the date",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=was_asked,
        decide=say_what_followed,
        choices=what_to_say,
        rank=Rank.SELDOM,
    ),
    Act(
        RecordDatePassed,
        by=SYSTEM,
        open=date_is_watched,
        decide=record_date_passed,
        effect="date-passed",
        needs=frozenset({Need.SMALL_SIDES}),
    ),
    Act(
        RecordNoDateAnswer,
        by=SYSTEM,
        open=still_open,
        decide=record_no_date_answer,
        effect="no-date-answer",
    ),
)
