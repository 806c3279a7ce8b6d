"""Pauses as an officer or the board chair gives them: for which reason, of what, how long, and their end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.course import Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import board as asked_of_her
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events.clocks import Pause
from compact_cases.rules.pausing import (
    ADJUSTMENT,
    AGREED,
    GROUP_ENDED,
    ORDINARY,
    OVERDUE_TOO,
    PAUSE_CAP,
    PAUSES_IN_ALL,
    PROCEEDINGS,
    REVIEWED_EVERY,
    THIRD_PARTY,
    WAITING_FOR_THE_RAISER,
    can_be_stopped,
    days_used,
    ended_today,
    held,
    today,
)
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, Seat, Side
from compact_cases.rules.statements import Carries

REASONS = (WAITING_FOR_THE_RAISER, THIRD_PARTY, PROCEEDINGS, AGREED, ADJUSTMENT)
ASKERS = {"raiser": Seat.RAISER, "champion": Seat.CHAMPION, "officer": Seat.OFFICER}
NEEDS_THE_CHAIR = (
    "This case has had twenty working days of pauses, or would have more with this one. The board chair can "
    "grant a longer pause: ask her for it."
)


@dataclass(frozen=True)
class PauseClocks(Carries):
    """``asked_by`` is raiser, champion or officer. ``on`` may lie back by one working day; ``ends`` is the
    last day, the longest possible where it is left out. ``only`` names what is paused, where it is not all.
    ``agreed``: both sides agree to it.
    """

    reason: str
    asked_by: str = "officer"
    on: date | None = None
    ends: date | None = None
    only: tuple[str, ...] = ()
    agreed: bool = False


@dataclass(frozen=True)
class ResumeClocks(Carries):
    """``pause`` is its number; 0 for the one that began first."""

    pause: int = 0


PausesCommand = PauseClocks | ResumeClocks


# --- when each can be done --------------------------------------------------------------------------------


def reasons(case: Case, now: Now) -> tuple[str, ...]:
    """The reasons for which this seat may pause something now, or renew a pause."""
    return tuple(one for one in REASONS if _is_possible(one, case, now))


def _is_possible(reason: str, case: Case, now: Now) -> bool:
    if _to_renew(case, reason):
        return True
    is_hers = reason in ORDINARY and now.has_chair and now.seat is not Seat.CHAIR
    if is_hers and days_used(case, now) >= PAUSES_IN_ALL:
        return False
    return any(can_be_stopped(case, now, reason))


def _to_renew(case: Case, reason: str) -> Pause | None:
    """At its review such a pause ends, unless it is given once more."""
    if reason not in OVERDUE_TOO:
        return None
    return next((one for one in case.clocks.pauses if one.reason == reason and one.until is None), None)


def can_be_paused(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so there is nothing to pause.")
    if not reasons(case, now):
        raise Refused("Nothing in this case can be paused at the moment.")


def running_pauses(case: Case) -> tuple[Pause, ...]:
    """Those that an officer may end: a question's ends with its answer."""
    by_hand = (one for one in case.clocks.pauses if one.awaits is None and one.reason != GROUP_ENDED)
    return tuple(one for one in by_hand if one.until is None)


def is_paused(case: Case, now: Now) -> None:
    if not running_pauses(case):
        raise Refused("No pause of this case is there to be ended.")


def choices(case: Case, now: Now) -> Choices:
    return {"reason": reasons(case, now)}


# --- what follows -----------------------------------------------------------------------------------------


def pause_clocks(command: PauseClocks, case: Case, now: Now) -> list[Event]:
    if command.reason not in REASONS:
        raise Refused("Please choose one of the reasons for a pause.", "reason")
    if command.reason not in reasons(case, now):
        needs_chair = command.reason in ORDINARY and any(can_be_stopped(case, now, command.reason))
        why = NEEDS_THE_CHAIR if needs_chair else "What is overdue cannot be paused for this reason."
        raise Refused(why, "reason")
    asked_by = ASKERS.get(command.asked_by)
    if asked_by is None:
        raise Refused("Please say who asks for the pause.", "asked_by")
    earlier = _to_renew(case, command.reason)
    renewed = ended_today(case, earlier, "renewed", now) if earlier else []
    for event in renewed:
        case = evolve(case, event, now.at)
    stops = stopped_by(command, case, now, asked_by)
    on = _first_day(command, stops, now)
    ends = _last_day(command, on, now)
    granted_by = _granted(command, case, now, on, ends)
    number = len(case.clocks.pauses) + 1
    kept = held(stops, on, now)
    pause = happened.Paused(
        number, command.reason, asked_by.value, granted_by.value, on, ends, kept, None, command.agreed
    )
    answered = now.seat is Seat.CHAIR and case.owed("pause-answer")  # on her own page of pauses
    hers: list[Event] = [asked_of_her.PauseAnswered(True, now.seat.value)] if answered else []
    return [*renewed, *hers, pause]


def stopped_by(command: PauseClocks, case: Case, now: Now, asked_by: Seat) -> list[Obligation]:
    """What this pause stops. Raises Refused where it is nothing, or not theirs to pause."""
    stops = list(can_be_stopped(case, now, command.reason))
    if command.only:
        wanted = set(command.only)
        if unknown := wanted - {name_of(one) for one in stops}:
            raise Refused(f"“{min(unknown)[:60]}” cannot be paused here now.", "only")
        stops = [one for one in stops if name_of(one) in wanted]
    if asked_by is Seat.CHAMPION and command.reason != ADJUSTMENT:
        stops = [one for one in stops if one.owner.side is not Side.RESPONDENT]
        if not stops:
            raise Refused(
                "A respondent cannot pause its own clock. It can ask for more time instead.", "asked_by"
            )
    return stops


def name_of(one: Obligation) -> str:
    """``reply``; with its item, where it has one: ``action 2``."""
    return f"{one.name} {one.item}".strip()


def _first_day(command: PauseClocks, stops: Sequence[Obligation], now: Now) -> date:
    """At most one working day back, and never before what has gone out, or before a limit began."""
    calendar, day = now.rulebook.calendar, today(now)
    if command.on is None or command.on == day:
        return day
    earliest = calendar.minus(day, 1)
    if not earliest <= command.on < day:
        raise Refused(
            f"Please choose today or a day not before {earliest:%A} {earliest.day} {earliest:%B}: a pause "
            "can be written down one working day later, and no more.",
            "on",
        )
    if any(one.term.start > command.on for one in stops):
        raise Refused("A limit that this would stop began later than that day.", "on")
    steps = (
        step_day for one in stops if one.due for _, step_day in now.rulebook.step_days(one.name, one.due)
    )
    if any(command.on < step_day <= day for step_day in steps):
        raise Refused("A reminder or another step came after that day, so the pause begins today.", "on")
    return command.on


def _last_day(command: PauseClocks, on: date, now: Now) -> date:
    longest = REVIEWED_EVERY if command.reason in OVERDUE_TOO else PAUSE_CAP
    latest = now.rulebook.calendar.plus(on, longest)
    if command.ends is None:
        return latest
    if not today(now) < command.ends <= latest:
        raise Refused(
            f"Please choose a last day after today and not later than {latest:%A} {latest.day} {latest:%B %Y}"
            f": {longest} working days are the most.",
            "ends",
        )
    return command.ends


def _granted(command: PauseClocks, case: Case, now: Now, on: date, ends: date) -> Seat:
    """Who grants it: an officer; the chair where the case has had its share; without one both sides."""
    if now.seat is Seat.CHAIR:
        return Seat.CHAIR
    if command.reason == AGREED and not command.agreed:
        raise Refused("For an agreed break please tick that both sides agree to it.", "agreed")
    days = now.rulebook.calendar.working_days_between(on, ends)
    if command.reason in ORDINARY and days_used(case, now) + days > PAUSES_IN_ALL:
        if now.has_chair:
            raise Refused(NEEDS_THE_CHAIR, "ends")
        if not command.agreed:
            raise Refused(
                "After twenty working days of pauses, and without a board chair, both sides have to agree. "
                "Please tick that they do.",
                "agreed",
            )
    return Seat.OFFICER


def resume_clocks(command: ResumeClocks, case: Case, now: Now) -> list[Event]:
    found = running_pauses(case)
    pause = next((one for one in found if command.pause in (0, one.number)), None)
    if pause is None:
        raise Refused("That pause is over, or ends by itself. Please choose one that runs.", "pause")
    return ended_today(case, pause, "ended before its last day", now)


ACTS: tuple[Act[Any], ...] = (
    Act(
        PauseClocks,
        name="pause",
        words="Pause the clocks",
        party_words="Grant a pause",
        by=CASE_STAFF | {Seat.CHAIR},
        open=can_be_paused,
        decide=pause_clocks,
        choices=choices,
        needs=frozenset({Need.CHAIR}),
        rank=Rank.SELDOM,
    ),
    Act(
        ResumeClocks,
        name="resumption",
        words="End a pause",
        by=CASE_STAFF,
        open=is_paused,
        decide=resume_clocks,
    ),
)
