"""Recorded in error: what was written down wrongly stays visible, and what it had opened is put right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import REASON, Act, Now, Rank
from compact_cases.rules.case import Case
from compact_cases.rules.course import OF_A_STAGE
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events import enquiry as replied
from compact_cases.rules.extensions import LEFT_AFTER_A_NO, set_anew
from compact_cases.rules.pauses import running_pauses
from compact_cases.rules.pausing import today
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.statements import Carries, Statement
from compact_cases.rules.terms import Going, Term


@dataclass(frozen=True)
class MarkInError(Carries):
    """``position`` is the place in the log of what was recorded wrongly."""

    position: int
    reason: Annotated[Statement, REASON]


def can_be_marked(case: Case) -> Iterator[tuple[int, str]]:
    """What was recorded and nobody has acted on since: each with what pages call it."""
    if case.is_closed:
        return
    for pause in running_pauses(case):
        yield pause.position, f"The pause since {pause.on:%A} {pause.on.day} {pause.on:%B}: {pause.reason}"
    number = case.enquiry.to_release
    if number is not None and number == len(case.enquiry.replies) - 1:
        yield case.enquiry.replies[number].position, "The reply that waits to be released"


def something_to_mark(case: Case, now: Now) -> None:
    if not any(True for _ in can_be_marked(case)):
        raise Refused(
            "Nothing here can be marked as recorded in error: only a pause that runs, or a reply that is not "
            "released yet. On everything else somebody has acted since."
        )


def mark_in_error(command: MarkInError, case: Case, now: Now) -> list[Event]:
    if command.position not in dict(can_be_marked(case)):
        raise Refused("This cannot be marked as recorded in error. Please choose what is shown.", "position")
    reason = command.reason.sealed()
    pause = next((one for one in running_pauses(case) if one.position == command.position), None)
    if pause is None:
        reply = _as_before(case, now)
        decide = now.term("decide") if reply is None and _nothing_else_is_owed(case) else None
        return [replied.ReplyInError(command.position, reply, reason, decide)]
    going = tuple(
        Going(one.name, one.item, _again(one.term.due, now))
        for one in case.open_obligations
        if one.hold is not None and one.due is None and one.hold.pause == pause.number
    )
    return [happened.PauseInError(command.position, pause.number, going, reason)]


def _as_before(case: Case, now: Now) -> Term | None:
    """The date by which the reply is owed again; none where it had come after its time."""
    owed = [one for one in case.obligations if one.name == "reply" and one.ended_how == "reply sent"]
    last = max((one.cycle for one in case.obligations if one.name == "reply"), default=0)
    return next((_again(one.term.due, now) for one in owed if one.cycle == last), None)


def _nothing_else_is_owed(case: Case) -> bool:
    """What the raiser chose without a reply was taken back when this one was written down, or they had left
    and came back to it: without it, nobody would owe the next thing."""
    return not any(one.name in OF_A_STAGE or one.name in ("hold", "reply") for one in case.open_obligations)


def _again(due: date, now: Now) -> Term:
    """The date that it had; nobody could go by it meanwhile, so two working days remain at least."""
    calendar = now.rulebook.calendar
    least = calendar.plus(calendar.start_day(now.at), LEFT_AFTER_A_NO)
    return set_anew(today(now), max(due, least), now)


ACTS: tuple[Act[Any], ...] = (
    Act(
        MarkInError,
        name="recorded-in-error",
        words="Mark something as recorded in error",
        by=CASE_STAFF,
        open=something_to_mark,
        decide=mark_in_error,
        rank=Rank.SELDOM,
    ),
)
