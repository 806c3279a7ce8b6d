"""Board, its pauses: an officer asks the board chair for one that needs her, and she says yes or no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.events import Event
from compact_cases.rules.events import board as happened
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.pauses import ASKERS, PauseClocks, pause_clocks, stopped_by
from compact_cases.rules.pausing import (
    AGREED,
    ORDINARY,
    PAUSE_CAP,
    PAUSES_IN_ALL,
    can_be_stopped,
    days_used,
    today,
)
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.seats import CASE_STAFF, SYSTEM, Seat
from compact_cases.rules.statements import Carries
from compact_cases.rules.working_days import in_time

ANSWER = "pause-answer"


@dataclass(frozen=True)
class AskForPause(Carries):
    """``days`` are working days from the day on which she grants it."""

    reason: str
    days: int
    asked_by: str = "officer"
    agreed: bool = False


@dataclass(frozen=True)
class AnswerPause(Carries):
    granted: bool


@dataclass(frozen=True)
class RecordNoPause(Carries):
    """Given by the sweep: silence is no."""

    day: date


AskedPausesCommand = AskForPause | AnswerPause | RecordNoPause


# --- when each can be done --------------------------------------------------------------------------------


def reasons(case: Case, now: Now) -> tuple[str, ...]:
    """For which of the ordinary reasons something runs that a pause may stop."""
    return tuple(sorted(one for one in ORDINARY if any(can_be_stopped(case, now, one))))


def needs_the_chair(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so there is nothing to pause.")
    if case.owed(ANSWER):
        raise Refused("The board chair has been asked for a pause, and has not answered yet.")
    if days_used(case, now) + PAUSE_CAP <= PAUSES_IN_ALL:
        raise Refused("An officer can pause this case without asking the board chair.")
    if not now.has_chair:
        raise Refused("There is no board chair. A longer pause needs both sides to agree instead.")
    if not reasons(case, now):
        raise Refused("Nothing in this case can be paused at the moment.")


def choices(case: Case, now: Now) -> Choices:
    return {"reason": reasons(case, now)}


def is_asked(case: Case, now: Now) -> None:
    if case.owed(ANSWER) is None:
        raise Refused("No request for a pause is waiting for an answer in this case.")


def nobody_answered(case: Case, now: Now) -> None:
    is_asked(case, now)
    answer = case.owed(ANSWER)
    if answer and answer.due and in_time(now.at, answer.due):
        raise NotYet("There is still time to answer this request.", answer.due)


# --- what follows -----------------------------------------------------------------------------------------


def ask_for_pause(command: AskForPause, case: Case, now: Now) -> list[Event]:
    if command.reason not in reasons(case, now):
        raise Refused("Please choose one of the reasons for a pause.", "reason")
    if not 1 <= command.days <= PAUSE_CAP:
        raise Refused(f"Please ask for a number of working days from 1 to {PAUSE_CAP}.", "days")
    asked_by = ASKERS.get(command.asked_by)
    if asked_by is None:
        raise Refused("Please say who asks for the pause.", "asked_by")
    if command.reason == AGREED and not command.agreed:
        raise Refused("For an agreed break please tick that both sides agree to it.", "agreed")
    stopped_by(PauseClocks(command.reason), case, now, asked_by)
    answer = now.term(ANSWER)
    return [happened.PauseAsked(command.reason, asked_by.value, command.days, command.agreed, answer)]


def answer_pause(command: AnswerPause, case: Case, now: Now) -> list[Event]:
    """Granted, it begins today, for the days that were asked for."""
    asked, answered = case.board.pause, happened.PauseAnswered(command.granted, now.seat.value)
    if not command.granted or asked is None:
        return [answered]
    ends = now.rulebook.calendar.plus(today(now), asked.days)
    pause = PauseClocks(asked.reason, Seat(asked.asked_by).word, None, ends, (), asked.agreed)
    return [answered, *pause_clocks(pause, evolve(case, answered, now.at), now)]


def no_pause(command: RecordNoPause, case: Case, now: Now) -> list[Event]:
    return [happened.PauseAnswered(False, Seat.SYSTEM.value)]


# --- who hears of it --------------------------------------------------------------------------------------


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """A pause that was granted tells both sides itself."""
    if isinstance(event, happened.PauseAsked):
        yield Notice("pause-asked", Seat.CHAIR, owed(ANSWER, event.answer.due), Rest.OWED)
    elif isinstance(event, happened.PauseAnswered) and not event.granted:
        yield Notice("pause-refused", Seat.OFFICER, {"silent": event.by == Seat.SYSTEM.value})


ACTS: tuple[Act[Any], ...] = (
    Act(
        AskForPause,
        name="pause-request",
        words="Ask the board chair for a longer pause",
        by=CASE_STAFF,
        open=needs_the_chair,
        decide=ask_for_pause,
        choices=choices,
        needs=frozenset({Need.CHAIR}),
        rank=Rank.SELDOM,
    ),
    Act(
        AnswerPause,
        name="pause-answer",
        words="Say whether there may be a pause",
        party_words="Say whether there may be a pause",
        by=frozenset({Seat.CHAIR}),
        open=is_asked,
        decide=answer_pause,
        needs=frozenset({Need.CHAIR}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        RecordNoPause,
        by=SYSTEM,
        open=nobody_answered,
        decide=no_pause,
        effect="no-pause",
    ),
)
