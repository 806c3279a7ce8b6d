"""Board, its appeals: a side does not take no for an answer, and the board chair says whether it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules import reopening
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events import board as happened
from compact_cases.rules.events.reopening import Request
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, Seat, Side
from compact_cases.rules.statements import Carries
from compact_cases.rules.working_days import LONDON, Calendar

APPEAL = "appeal"
WINDOW = 10  # working days after the answer
WHY = (
    "what is new was not weighed",
    "what was wrong was not looked at",
    "the answer does not say why",
    "another reason",
)
"""Of who appeals: all that the board chair reads of it."""
UPHELD = ("what is new should be looked at", "what was wrong should be looked at", "the answer was too short")
STANDS = ("the answer says why", "nothing speaks for opening it again", "another way fits it better")


@dataclass(frozen=True)
class AppealRefusal(Carries):
    """Of the side whose request was declined. ``stage``: where the case is to go on."""

    because: str
    stage: str


@dataclass(frozen=True)
class AnswerAppeal(Carries):
    """``officer``: who of the office answers, the board chair too."""

    officer: UUID
    upheld: bool
    because: str


AppealsCommand = AppealRefusal | AnswerAppeal


# --- when each can be done --------------------------------------------------------------------------------


def declined(case: Case) -> Request | None:
    """The last request since the case was closed, where the answer was no."""
    closed_at = case.closing.closed_at
    requests = case.reopening.since(closed_at) if closed_at else ()
    return requests[-1] if requests and requests[-1].declined_at else None


def last_day(request: Request, calendar: Calendar) -> date | None:
    """Until when who was told no can appeal."""
    at = request.declined_at
    return calendar.plus(calendar.start_day(at), WINDOW) if at else None


def may_appeal(case: Case, now: Now) -> None:
    request = declined(case)
    if request is None:
        raise Refused("No request to open this case again has been declined, so there is nothing to appeal.")
    if now.seat.side in (Side.RAISER, Side.RESPONDENT) and now.seat.side is not request.side:
        raise Refused("The other side had asked for this, so only they can turn to the board chair.")
    if any(one.at >= request.at for one in case.board.appeals):
        raise Refused("This was put to the board chair once, and that is the end of it here.")
    if case.owed("reopen"):
        raise Refused("Somebody has asked for this case to be opened again, and an officer answers first.")
    _who_hears(request, case, now)
    until = last_day(request, now.rulebook.calendar)
    if until and now.at.astimezone(LONDON).date() > until:
        raise Refused(
            f"An appeal is possible within {WINDOW} working days of the answer. They were over on {until:%A} "
            f"{until.day} {until:%B %Y}."
        )


def choices(case: Case, now: Now) -> Choices:
    return {"stage": reopening.stages(case, now)["stage"]}


def is_appealed(case: Case, now: Now) -> None:
    owed_now = case.owed(APPEAL)
    if owed_now is None:
        raise Refused("No appeal is waiting for an answer in this case.")
    if (owed_now.owner is Seat.CHAIR) is not (now.seat is Seat.CHAIR):
        raise Refused("This appeal is for somebody else to answer.")


# --- what follows -----------------------------------------------------------------------------------------


def appeal(command: AppealRefusal, case: Case, now: Now) -> list[Event]:
    if command.because not in WHY:
        raise Refused("Please choose why you do not agree with the answer.", "because")
    if command.stage not in choices(case, now)["stage"]:
        raise Refused("Please choose where the case is to go on.", "stage")
    request = case.reopening.requests[-1]
    to, term = _who_hears(request, case, now), now.term(APPEAL)
    return [happened.ReopeningAppealed(request.side.value, command.because, command.stage, to.value, term)]


def _who_hears(request: Request, case: Case, now: Now) -> Seat:
    """The board chair; the co-officer where there is none, or where she gave the answer herself. Nobody who
    has a conflict of interest."""
    said_no = request.declined_by
    if now.has_chair and (now.chair is None or now.chair != said_no):
        return Seat.CHAIR
    if now.officers - {said_no, *case.handling.conflicted}:
        return Seat.CO_OFFICER
    raise Refused(
        "There is nobody here who could look at this again: no board chair, and no other officer. Your page "
        "says where else you can turn."
    )


def answer(command: AnswerAppeal, case: Case, now: Now) -> list[Event]:
    if command.officer == case.reopening.requests[-1].declined_by:
        raise Refused("You gave the answer that this is about, so somebody else looks at it.", "upheld")
    if command.because not in (UPHELD if command.upheld else STANDS):
        raise Refused("Please choose a reason that goes with your answer.", "because")
    term = now.term("reopen") if command.upheld else None
    return [happened.AppealAnswered(command.upheld, command.because, now.seat.value, term)]


# --- who hears of it --------------------------------------------------------------------------------------


def notices(event: Event, case: Case) -> Iterable[Notice]:
    if isinstance(event, happened.ReopeningAppealed):
        facts = owed(APPEAL, event.appeal.due)
        whose = Seat.RAISER if event.side == Side.RAISER.value else Seat.CHAMPION
        chair = {"chair": event.to == Seat.CHAIR.value}
        yield Notice("appeal-asked", Seat(event.to), {**facts, **chair, "yours": True}, Rest.OWED)
        yield Notice("appeal-asked", whose, {**facts, **chair}, Rest.OWED, confirms=True)
    elif isinstance(event, happened.AppealAnswered):
        last = case.board.appeals[-1]
        whose = Seat.RAISER if last.side is Side.RAISER else Seat.CHAMPION
        facts = owed("reopen", event.reopen.due) if event.reopen else {}
        facts |= {"upheld": event.upheld}
        yield Notice("appeal-answered", whose, facts, Rest.ALWAYS)
        yield Notice("appeal-answered", Seat.OFFICER, facts, Rest.OWED if event.upheld else Rest.ALWAYS)


ACTS: tuple[Act[Any], ...] = (
    Act(
        AppealRefusal,
        name="appeal",
        words="Write down an appeal to the board chair",
        party_words="Ask the board chair to look at the answer",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=may_appeal,
        decide=appeal,
        choices=choices,
        needs=frozenset({Need.STAFF, Need.CHAIR}),
        rank=Rank.SELDOM,
        side=lambda command, case: case.reopening.requests[-1].side.value,
    ),
    Act(
        AnswerAppeal,
        name="appeal-answer",
        words="Answer the appeal",
        party_words="Answer the appeal",
        by=CASE_STAFF | {Seat.CHAIR},
        open=is_appealed,
        decide=answer,
        needs=frozenset({Need.STAFF}),
        rank=Rank.WAITED_FOR,
    ),
)
