"""Clocks: a pause begins and ends, and what nobody did by its date is seen by somebody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules import (
    adjustments,
    errors,
    extensions,
    guard,
    mediation_ends,
    pauses,
    posting,
    speaking,
)
from compact_cases.rules.act import Act, Now, always
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.case import Case
from compact_cases.rules.errors import MarkInError
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events import enquiry as replied
from compact_cases.rules.extensions import ExtensionsCommand
from compact_cases.rules.guard import RecordLongTime
from compact_cases.rules.mediating import TIME_OVER
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.pauses import PausesCommand
from compact_cases.rules.pausing import GROUP_ENDED, going_on, in_words
from compact_cases.rules.posting import PostingCommand
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import SYSTEM, Seat
from compact_cases.rules.statements import Carries
from compact_cases.rules.working_days import LONDON


@dataclass(frozen=True)
class EndPause(Carries):
    """Given by the sweep when a pause has reached its own end."""

    pause: int


@dataclass(frozen=True)
class Escalate(Carries):
    """Given by the sweep; ``person`` is None where nobody could be found."""

    obligation: str
    item: str
    cycle: int
    day: date
    to: Seat
    person: UUID | None


ClocksCommand = (
    EndPause
    | Escalate
    | PostingCommand
    | PausesCommand
    | ExtensionsCommand
    | RecordAdjustment
    | MarkInError
    | RecordLongTime
)


# --- what follows -----------------------------------------------------------------------------------------


def end_pause(command: EndPause, case: Case, now: Now) -> list[Event]:
    found = case.clocks.pauses
    pause = next((one for one in found if one.number == command.pause and one.until is None), None)
    if pause and now.at.astimezone(LONDON).date() <= pause.ends:
        raise Refused("This pause is not over yet.")
    if pause and pause.awaits == "mediate" and case.mediation.is_under_way:
        return mediation_ends.over(TIME_OVER, case, now)
    if pause and pause.awaits == extensions.ANSWER:
        return extensions.given_up(case, now)
    if pause and pause.reason == GROUP_ENDED:
        return speaking.pause_over(case, pause, now)
    # its last day is day 0 of what is left, however late the sweep comes to it
    because = "no answer by the end of the pause" if pause and pause.awaits else "its last day is over"
    events = going_on(case, pause, pause.ends, because, now) if pause else []
    if not events:
        raise Refused("This pause is over already.")
    return events


def escalate(command: Escalate, case: Case, now: Now) -> list[Event]:
    one = case.owed(command.obligation, command.item)
    if one is None or one.cycle != command.cycle or one.due is None:
        raise Refused("What this would escalate is no longer owed.")
    return [
        happened.Escalated(
            command.obligation, command.item, command.cycle, command.day, command.to.value, command.person
        )
    ]


OBLIGATIONS: tuple[str, ...] = (extensions.ANSWER, guard.GUARD)
NOTICES: tuple[str, ...] = (
    "paused",
    "resumed",
    "extended",
    "time-asked",
    "time-refused",
    "longer-limit",
    "in-error",
    "long-time",
)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    """A question says itself that its pause begins, and an answer that it ends."""
    match event:
        case happened.Paused(awaits=None, obligations=(first, *_)) if event.reason != GROUP_ENDED:
            facts = {**owed(first.name, event.ends), "item": first.item, "why": in_words(event.reason)}
            yield from (Notice("paused", seat, facts, Rest.PAUSED) for seat in _both_sides(case))
        case happened.Resumed(obligations=(first, *_)) if _says_so_itself(event, case):
            facts = {**owed(first.name, first.term.due), "item": first.item}
            yield from (Notice("resumed", seat, facts, Rest.OWED) for seat in _both_sides(case))

        case happened.AdjustmentRecorded(going=(first, *_)):
            facts = {**owed(first.name, first.term.due), "item": first.item}
            yield from (Notice("longer-limit", seat, facts, Rest.OWED) for seat in _both_sides(case))
        case happened.PauseInError(going=(first, *_)):
            facts = {**owed(first.name, first.term.due), "item": first.item}
            yield from (Notice("in-error", seat, facts, Rest.OWED) for seat in _both_sides(case))
        case replied.ReplyInError():
            yield from _no_reply_after_all(event, case)
        case happened.Extended(obligation=name, item=item, term=term):
            yield from _more_time(case, name, item, term.due)
        case happened.ExtensionAsked(to=to, answer=answer):
            yield from _asked(case, Seat(to), answer.due, confirms=True)
        case happened.ExtensionAnswered(next=to, answer=answer) if to and answer:
            yield from _asked(case, Seat(to), answer.due)
        case happened.ExtensionAnswered(request=number, granted=granted):
            request = next(one for one in case.clocks.requests if one.number == number)
            now_owed = case.owed(request.name, request.item)
            if now_owed and now_owed.due and granted:
                yield from _more_time(case, request.name, request.item, now_owed.due)
            elif now_owed and now_owed.due:
                facts = {**owed(request.name, now_owed.due), "item": request.item}
                yield from (
                    Notice("time-refused", seat, facts, Rest.OWED, confirms=True)
                    for seat in _both_sides(case)
                )
        case happened.LongTimeReached():
            yield from guard.notices(event)


def _more_time(case: Case, name: str, item: str, due: date) -> Iterable[Notice]:
    """Everyone is told, whoever asked too."""
    facts = {**owed(name, due), "item": item}
    return (Notice("extended", seat, facts, Rest.OWED, confirms=True) for seat in _both_sides(case))


def _asked(case: Case, to: Seat, due: date, *, confirms: bool = False) -> Iterable[Notice]:
    """Who is to answer, and the others so that they know of it; nobody twice, nor of their own no."""
    facts = owed(extensions.ANSWER, due)
    for seat in dict.fromkeys((to, *_both_sides(case))):
        whose = {**facts, "yours": seat is to}
        yield Notice("time-asked", seat, whose, Rest.OWED, confirms=confirms and seat is not to)


def _says_so_itself(event: happened.Resumed, case: Case) -> bool:
    """Not of a question, whose answer tells it; nor of a pause that was renewed in the same act."""
    pause = next(one for one in case.clocks.pauses if one.number == event.pause)
    renewed = all(one.is_paused for going in event.obligations if (one := case.owed(going.name, going.item)))
    return pause.awaits is None and pause.reason != GROUP_ENDED and not renewed


def _no_reply_after_all(event: replied.ReplyInError, case: Case) -> Iterable[Notice]:
    """Only the officer and the respondent had heard of it, unless it had put right that there was none."""
    facts = owed("reply", event.reply.due) if event.reply else {}
    had_heard = any(one.ended_how == replied.AFTER_ALL for one in case.obligations)
    lead = (Seat.SENIOR_LEAD,) if event.decide and had_heard else ()
    for seat in (Seat.CHAMPION, *lead, Seat.OFFICER):
        yield Notice("in-error", seat, facts, Rest.OWED if event.reply else Rest.OPEN)
    if event.decide:
        yield Notice("no-reply", Seat.RAISER, owed("decide", event.decide.due), Rest.OWED)


def _both_sides(case: Case) -> tuple[Seat, ...]:
    """And the officer; the other side hears of nothing before it had notice."""
    return (Seat.RAISER, *([Seat.CHAMPION] if case.enquiry.had_notice else []), Seat.OFFICER)


ACTS: tuple[Act[Any], ...] = (
    *pauses.ACTS,
    *extensions.ACTS,
    *adjustments.ACTS,
    *errors.ACTS,
    *guard.ACTS,
    Act(EndPause, by=SYSTEM, open=always, decide=end_pause),
    Act(Escalate, by=SYSTEM, open=always, decide=escalate),
    *posting.ACTS,
)
