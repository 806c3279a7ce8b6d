"""Reopening: either side asks within its window, an officer answers, and a part of the case begins anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import constituting, guard, review
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.course import LIVES_ON, Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import enquiry as again
from compact_cases.rules.events import intake as handled
from compact_cases.rules.events import reopening as happened
from compact_cases.rules.names import hides_from
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Sealed, Statement, sealed_if
from compact_cases.rules.urgency import ordinary_reply
from compact_cases.rules.working_days import LONDON, Calendar

WINDOW = 20  # working days after closing
AFTER_THE_LAST_ACTION = 60  # working days, where an agreed action was not kept
NEW_EVIDENCE, ERROR, COME_BACK = "new-evidence", "error", "come-back"
ACTION_NOT_KEPT = "not-kept"
CAN_COME_BACK = frozenset({"withdrawn", "no further contact"})
"""How a case ends because its raiser left it: asking is enough, once."""
WHY = "Please say what is new, or what was wrong."


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AskToReopen(Carries):
    """Of the raiser: for new evidence or an error; or to come back to what they left, without a reason."""

    why: str
    words: Annotated[Statement | None, Kept("request", Audience.RAISER_AND_OFFICERS)] = None


@dataclass(frozen=True)
class RespondentAsksToReopen(Carries):
    why: str
    words: Annotated[Statement | None, Kept("request", Audience.RESPONDENT_AND_OFFICERS)] = None


@dataclass(frozen=True)
class Reopen(Carries):
    """``stage`` is where the case goes on. ``wording``: the new matter, to which the respondent replies.

    ``convenor`` and ``elsewhere``: who convenes a senior review, as ``OpenNextStep`` has it.
    """

    officer: UUID
    stage: str
    explanation: Annotated[
        Statement, Kept("explanation", Audience.CASE, "Please say to both sides why the case is open again.")
    ]
    wording: Annotated[Statement | None, Kept("wording", Audience.CASE)] = None
    words_may_stay: bool = False
    convenor: UUID | None = None
    elsewhere: Annotated[Statement | None, Kept("words", Audience.CASE)] = None


@dataclass(frozen=True)
class DeclineReopening(Carries):
    officer: UUID
    explanation: Annotated[
        Statement,
        Kept("explanation", Audience.CASE, "Please say why the case stays closed, and where else to turn."),
    ]
    words_may_stay: bool = False


ReopeningCommand = AskToReopen | RespondentAsksToReopen | Reopen | DeclineReopening


# --- when each can be done --------------------------------------------------------------------------------


def last_day(closed_at: datetime, calendar: Calendar) -> date:
    """Until when either side can ask; what is not kept of an agreement may be asked for longer."""
    return calendar.plus(calendar.start_day(closed_at), WINDOW)


def closed_facts(case: Case) -> dict[str, Any]:
    """From when the days count in which a side can ask to open the case again; none of one handed on."""
    closed_at = case.closing.closed_at
    handed_on = case.closing.outcome == "referred elsewhere"
    return {"closed": closed_at.isoformat()} if closed_at and not handed_on else {}


def can_be_asked(case: Case, now: Now) -> None:
    closed_at = case.closing.closed_at
    if closed_at is None:
        raise Refused("This case is open, so it need not be opened again.")
    if case.closing.merged_into is not None:
        raise Refused("This concern goes on with another one. To have it by itself, undo the merge.")
    if case.closing.outcome == "referred elsewhere":
        raise Refused(
            "This concern was handed on, so it cannot be opened again here. Its page says where to turn."
        )
    if case.owed("reopen"):
        raise Refused(
            "Somebody has asked for this case to be opened again, and an officer answers that first."
        )
    if case.owed("appeal"):
        raise Refused("Somebody has appealed against an answer in this case, and that is answered first.")
    until = last_day(closed_at, now.rulebook.calendar)
    if now.at.astimezone(LONDON).date() > until and not can_ask_for_an_action(case, now):
        raise Refused(
            f"A case can be opened again within {WINDOW} working days of its closing. For this one they were"
            f" over on {until:%A} {until.day} {until:%B %Y}. You can raise a new concern that names this one."
        )


def can_ask_for_an_action(case: Case, now: Now) -> bool:
    """What was agreed and not kept: until 20 working days after the last check-in, or 60 after the last date
    of an action, whichever is later. A calendar that does not reach so far stops nobody.
    """
    if not case.agreement.not_kept:
        return False
    calendar, today = now.rulebook.calendar, now.at.astimezone(LONDON).date()
    after = {"check-in": WINDOW, "action": AFTER_THE_LAST_ACTION}
    dates = ((one.term.due, after[one.name]) for one in case.obligations if one.name in after)
    return any(today <= day or calendar.working_days_between(day, today) <= days for day, days in dates)


def _in_the_window(case: Case, now: Now) -> bool:
    """Whether the days after closing, for what is new or was wrong, are not over."""
    closed_at = case.closing.closed_at
    calendar = now.rulebook.calendar
    return closed_at is not None and now.at.astimezone(LONDON).date() <= last_day(closed_at, calendar)


def _reasons(case: Case, now: Now) -> tuple[str, ...]:
    usual = (NEW_EVIDENCE, ERROR) if _in_the_window(case, now) else ()
    return (*usual, ACTION_NOT_KEPT) if can_ask_for_an_action(case, now) else usual


def raiser_can_ask(case: Case, now: Now) -> None:
    can_be_asked(case, now)
    if not _may_come_back(case):
        _once(case, Side.RAISER)


def respondent_can_ask(case: Case, now: Now) -> None:
    can_be_asked(case, now)
    if not case.enquiry.had_notice:
        raise Refused(
            "The respondent was never told of this concern, so only its raiser can come back to it."
        )
    if case.closing.outcome == "withdrawn":
        raise Refused("The raiser ended this case, so only they can come back to it.")
    _once(case, Side.RESPONDENT)


def _once(case: Case, side: Side) -> None:
    """After a no: a second request of the same side would be the same question."""
    closed_at = case.closing.closed_at
    if closed_at and any(one.side is side for one in case.reopening.since(closed_at)):
        raise Refused("This was asked once since the case was closed, and an officer has answered.")


def _may_come_back(case: Case) -> bool:
    left = case.closing.outcome in CAN_COME_BACK
    return left and all(one.why != COME_BACK for one in case.reopening.requests)


def is_asked(case: Case, now: Now) -> None:
    if case.owed("reopen") is None:
        raise Refused("Nobody has asked for this case to be opened again.")


def raisers_reasons(case: Case, now: Now) -> Choices:
    return {"why": (COME_BACK,) if _may_come_back(case) else _reasons(case, now)}


def respondents_reasons(case: Case, now: Now) -> Choices:
    return {"why": _reasons(case, now)}


def stages(case: Case, now: Now) -> Choices:
    """Where it can go on. A respondent who never had notice gets it by the acknowledgement, as ever."""
    if case.owed("reopen") and (wanted := _upheld(case)):
        return {"stage": (wanted,)}
    if not case.enquiry.had_notice:
        return {"stage": (Stage.RECEIVED.value,)}
    if case.enquiry.to_release is not None:  # it came before the raiser left, and is to be read first
        return {"stage": (Stage.EARLY_RESOLUTION.value,)}
    review_, has_review = Stage.SENIOR_REVIEW.value, now.rulebook.procedure.has(Stage.SENIOR_REVIEW)
    asked = case.reopening.requests[-1].why if case.owed("reopen") else ""
    if asked == ACTION_NOT_KEPT:
        return {"stage": (review_ if has_review else Stage.RAISER_DECIDES.value,)}
    later = (review_,) if has_review and review_ not in case.enquiry.asked_after else ()
    found = case.panel.findings and now.rulebook.procedure.has(Stage.PANEL)
    panel = (Stage.PANEL.value,) if found else ()  # evidence on what it found is for a panel to weigh
    return {"stage": (Stage.EARLY_RESOLUTION.value, Stage.RAISER_DECIDES.value, *later, *panel)}


# --- what follows -----------------------------------------------------------------------------------------


def ask(command: AskToReopen, case: Case, now: Now) -> list[Event]:
    if command.why not in raisers_reasons(case, now)["why"]:
        raise Refused("Please say why the case is to be opened again.", "why")
    if command.why == COME_BACK:
        asked = happened.ReopeningAsked(Side.RAISER.value, COME_BACK, sealed_if(command.words), None)
        return [asked, *_open(_where_it_stood(case, now), None, None, case, now)]
    return _asked(Side.RAISER, command, case, now)


def respondent_asks(command: RespondentAsksToReopen, case: Case, now: Now) -> list[Event]:
    if command.why not in respondents_reasons(case, now)["why"]:
        raise Refused("Please say why the case is to be opened again.", "why")
    return _asked(Side.RESPONDENT, command, case, now)


def _asked(side: Side, command: AskToReopen | RespondentAsksToReopen, case: Case, now: Now) -> list[Event]:
    """An officer who did not close it answers, where there is one."""
    if command.words is None or command.words.is_empty:
        raise Refused(WHY, "words")
    closer_has_it = case.intake.officer in (None, now.closed_by)
    another = now.other_officers[0] if closer_has_it and now.closed_by and now.other_officers else None
    words, term = sealed_if(command.words), now.term("reopen")
    asked = happened.ReopeningAsked(side.value, command.why, words, term)
    return [asked, handled.OfficerAssigned(another)] if another else [asked]


def reopen(command: Reopen, case: Case, now: Now) -> list[Event]:
    _another_answers(command.officer, now)
    if command.stage not in stages(case, now)["stage"]:
        raise Refused("Please choose where the case goes on.", "stage")
    for field, text in (("explanation", command.explanation), ("wording", command.wording)):
        _hides(field, text, command.words_may_stay, case, now)
    stage, wording = Stage(command.stage), None
    if stage is Stage.EARLY_RESOLUTION and case.enquiry.to_release is None:
        if command.wording is None or command.wording.is_empty:
            raise Refused("Please write the new matter, to which the respondent replies.", "wording")
        if not _can_be_told(case, now):
            raise Refused(
                "The respondent has no named contact (champion) on the register. Please add one first.",
                "stage",
            )
        wording = command.wording.sealed()
    if stage is Stage.SENIOR_REVIEW:
        said = ended.Reopened(stage.value, command.explanation.sealed(), None)
        return [said, *review.opened(command.convenor, command.elsewhere, case, now, "convenor")]
    if stage is Stage.PANEL:
        said = ended.Reopened(stage.value, command.explanation.sealed(), None)
        return [said, *constituting.opened(case, now)]
    return _open(stage, command.explanation, wording, case, now)


def _upheld(case: Case) -> str:
    """Where the case goes on since an appeal was upheld; empty where none was."""
    closed_at = case.closing.closed_at
    found = case.board.since(closed_at) if closed_at else ()
    return found[-1].stage if found and found[-1].upheld else ""


def decline_reopening(command: DeclineReopening, case: Case, now: Now) -> list[Event]:
    if _upheld(case):
        raise Refused(
            "An appeal was upheld, so this case is opened again. Please say so to both sides.", "answer"
        )
    _another_answers(command.officer, now)
    _hides("explanation", command.explanation, command.words_may_stay, case, now)
    side = case.reopening.requests[-1].side
    return [happened.ReopeningDeclined(side.value, command.explanation.sealed(), command.officer)]


def _another_answers(officer: UUID, now: Now) -> None:
    if officer == now.closed_by and now.other_officers:
        raise Refused("You closed this case, so another officer answers. The case is with them.", "answer")


def _hides(field: str, words: Statement | None, may_stay: bool, case: Case, now: Now) -> None:
    if words and case.intake.is_hidden and not may_stay:
        hides_from("the respondent who raised it", words.text, now.raisers_words, field)


def _where_it_stood(case: Case, now: Now) -> Stage:
    """Where a raiser comes back to: a reply that waits or is awaited, their own turn, or the beginning."""
    had_a_turn = sum(one.name == "decide" for one in case.obligations) > case.enquiry.turns_before
    if not case.enquiry.had_notice:
        return Stage.RECEIVED
    if case.enquiry.to_release is not None:
        return Stage.EARLY_RESOLUTION
    if had_a_turn:
        return Stage.RAISER_DECIDES
    return Stage.EARLY_RESOLUTION if _can_be_told(case, now) else Stage.RECEIVED


def _can_be_told(case: Case, now: Now) -> bool:
    body = now.register.get(case.intake.respondent) if case.intake.respondent else None
    return body is not None and body.has_champion


def _open(
    stage: Stage, explanation: Statement | None, wording: Sealed | None, case: Case, now: Now
) -> list[Event]:
    """The case again at this stage, and what is owed there from now on."""
    said = sealed_if(explanation)
    if stage is Stage.RECEIVED:
        return [ended.Reopened(stage.value, said, now.term("acknowledge"))]
    opened, guarded = ended.Reopened(stage.value, said, None), guard.term(case, now)
    if stage is Stage.RAISER_DECIDES:
        return [opened, again.TakenUpAgain(None, None, now.term("decide"), guard=guarded)]
    if case.enquiry.to_release is not None:
        return [opened, again.TakenUpAgain(None, None, None, now.term("release"), guarded)]
    return [opened, again.TakenUpAgain(wording, ordinary_reply(case, now.at, now), None, guard=guarded)]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("reopen",)
NOTICES = ("reopening-asked", "reopening-declined", "reopened")


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.ReopeningAsked(side=side, reopen=term) if term:
            facts = owed("reopen", term.due)
            yield Notice("reopening-asked", _seat_of(side), facts, Rest.OWED, confirms=True)
            yield Notice("reopening-asked", Seat.OFFICER, facts, Rest.OWED)
        case happened.ReopeningDeclined(side=side):
            yield Notice("reopening-declined", _seat_of(side), rests_on=Rest.ALWAYS)
        case ended.Reopened():
            anew = [one for one in case.open_obligations if one.name not in LIVES_ON]
            facts = next((owed(one.name, one.due) for one in anew if one.due), {})
            told = (Seat.RAISER, Seat.CHAMPION) if case.enquiry.had_notice else (Seat.RAISER,)
            yield from (Notice("reopened", seat, facts) for seat in (*told, Seat.OFFICER))


def _seat_of(side: str) -> Seat:
    return Seat.RAISER if side == Side.RAISER.value else Seat.CHAMPION


ACTS: tuple[Act[Any], ...] = (
    Act(
        AskToReopen,
        name="reopening",
        words="Write down that somebody asks to open it again",
        party_words="Ask to open it again",
        by=RAISING | CASE_STAFF,
        open=raiser_can_ask,
        decide=ask,
        choices=raisers_reasons,
        needs=frozenset({Need.CLOSER, Need.REGISTER}),
        rank=Rank.SELDOM,
    ),
    Act(
        RespondentAsksToReopen,
        name="reopening",
        words="Write down that somebody asks to open it again",
        party_words="Ask to open it again",
        by=RESPONDING | CASE_STAFF,
        open=respondent_can_ask,
        decide=respondent_asks,
        choices=respondents_reasons,
        needs=frozenset({Need.CLOSER}),
        rank=Rank.SELDOM,
    ),
    Act(
        Reopen,
        name="reopening-answer",
        words="Answer whether it is opened again",
        by=CASE_STAFF,
        open=is_asked,
        decide=reopen,
        choices=stages,
        needs=frozenset({Need.CLOSER, Need.REGISTER, Need.RAISERS_WORDS, Need.STAFF}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        DeclineReopening,
        name="reopening-answer",
        by=CASE_STAFF,
        open=is_asked,
        decide=decline_reopening,
        needs=frozenset({Need.CLOSER, Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
)
