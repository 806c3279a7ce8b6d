"""More time: whoever owes something asks for it. The first counts by being asked, others are answered."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.course import LIVES_ON, ON_A_HEARING, WITH_A_PAUSE, Obligation, Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events.clocks import EXTENDED, IN_ERROR, LENGTHENED, PAUSE_ENDED
from compact_cases.rules.events.moving import MOVED
from compact_cases.rules.events.timetable import AGREED, ENDED
from compact_cases.rules.events.timetable import ANSWER as AGREE_TIMETABLE
from compact_cases.rules.pausing import MORE_TIME_ASKED, today
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Going, Held, Term
from compact_cases.rules.urgency import is_fast
from compact_cases.rules.working_days import in_time

LONGEST, LONGEST_IN_REVIEW = 10, 20  # working days that one request may ask for; procedure, section 4
LEFT_AFTER_A_NO = 2  # working days that remain at least
ANSWER = "extension-answer"
ON_THE_FAST_TRACK = frozenset({"hold", "hold-release", "date", "date-passed"})
NOT_EXTENDED = (
    LIVES_ON
    | ON_THE_FAST_TRACK
    | ON_A_HEARING
    | WITH_A_PAUSE
    | {"acknowledge", ANSWER, AGREE_TIMETABLE, "talk", "meet", "reflect"}
)
"""What has no more time: acknowledging, and fast track. A question's date ends a pause; its answer is taken
later too. A talk is ended on any day. For a meeting another day is asked for. What lives on after closing has
the day that both sides agreed, and the days to reflect are given once."""
ONLY_SET_ANEW = (EXTENDED, LENGTHENED, PAUSE_ENDED, IN_ERROR, MOVED, AGREED, ENDED)
WHY = (
    "people are away",
    "others have to be asked",
    "papers are missing",
    "illness or a loss",
    "another reason",
)
"""All that the board chair reads of a reason."""


@dataclass(frozen=True)
class AskForTime(Carries):
    """``obligation`` is named as ``owed`` has it; empty for the one that is due first. ``because`` is a word
    of the list; a community group need say neither.
    """

    days: int
    obligation: str = ""
    because: str = ""
    reason: Annotated[Statement | None, Kept("extension-reason", Audience.OFFICERS)] = None


@dataclass(frozen=True)
class AnswerTime(Carries):
    granted: bool


@dataclass(frozen=True)
class RecordNoAnswer(Carries):
    """Given by the sweep: silence is no."""

    day: date


ExtensionsCommand = AskForTime | AnswerTime | RecordNoAnswer


# --- when each can be done --------------------------------------------------------------------------------


def can_be_extended(case: Case, now: Now) -> list[Obligation]:
    """What this seat may ask more time for now, the earliest date first."""
    owing = () if case.is_closed else case.open_obligations
    found = [one for one in owing if _is_theirs(one, now.seat) and not _why_not(one, case, now)]
    return sorted(found, key=lambda one: (one.due or date.max, one.name, one.item))


def _is_theirs(one: Obligation, seat: Seat) -> bool:
    """The office has no more time for what it owes; officers write down what a party asks for."""
    owner = one.owner.side
    if owner not in (Side.RAISER, Side.RESPONDENT) or one.name in NOT_EXTENDED:
        return False
    return seat in CASE_STAFF or seat.side is owner


def _why_not(one: Obligation, case: Case, now: Now) -> str:
    if is_fast(case, one, now):
        return "Something closes soon here, or harm cannot be undone, so there is no more time for the reply."
    if case.owed(ANSWER):
        return "A request for more time is waiting for its answer already."
    if one.due is None:
        return "This clock is paused, so nothing falls due. Please ask when it runs again."
    if not in_time(now.at, one.due):
        return "More time can be asked for until the end of the day on which it is due, which has passed."
    if has_been_refused(one, case):
        return "More time for this was asked for once more, and the answer was no."
    return ""


def may_ask(case: Case, now: Now) -> None:
    if case.is_closed:
        raise Refused("This case is closed, so there is nothing to ask more time for.")
    if can_be_extended(case, now):
        return
    theirs = [one for one in case.open_obligations if _is_theirs(one, now.seat)]
    if theirs:
        raise Refused(_why_not(theirs[0], case, now))
    raise Refused("There is nothing in this case for which more time can be asked for at the moment.")


def asked_and_open(case: Case, now: Now) -> None:
    answer = case.owed(ANSWER)
    if answer is None:
        raise Refused("No request for more time is waiting for an answer in this case.")
    if now.seat is not Seat.SYSTEM and not _may_answer(now.seat, answer.owner):
        raise Refused("This request for more time is for somebody else to answer.")


def _may_answer(seat: Seat, owner: Seat) -> bool:
    """An officer writes down what a party says, and never what the board chair does."""
    if owner is Seat.CHAIR:
        return seat is Seat.CHAIR
    return seat in CASE_STAFF or seat.side is owner.side


def nobody_answered(case: Case, now: Now) -> None:
    asked_and_open(case, now)
    answer = case.owed(ANSWER)
    if answer and answer.due and in_time(now.at, answer.due):
        raise NotYet("There is still time to answer this request.", answer.due)


# --- what was asked before --------------------------------------------------------------------------------


def lineage(
    one: Obligation, cycles: Iterable[Obligation], through: Collection[str] = ONLY_SET_ANEW
) -> Iterator[Obligation]:
    """This cycle and those before it that were only set anew: paused, lengthened. The newest first."""
    by_cycle = {each.cycle: each for each in cycles if each.key[:2] == one.key[:2]}
    yield one
    while (before := by_cycle.get(one.cycle - 1)) and before.ended_how in through:
        yield before
        one = before


def has_had_more(one: Obligation, case: Case) -> bool:
    return any(each.ended_how == EXTENDED for each in lineage(one, case.obligations))


def has_been_refused(one: Obligation, case: Case) -> bool:
    cycles = {each.cycle for each in lineage(one, case.obligations)}
    refused = (each for each in case.clocks.requests if each.granted is False)
    return any((each.name, each.item) == one.key[:2] and each.cycle in cycles for each in refused)


def most_days(case: Case) -> int:
    return LONGEST_IN_REVIEW if case.stage is Stage.SENIOR_REVIEW else LONGEST


# --- what follows -----------------------------------------------------------------------------------------


def ask_for_time(command: AskForTime, case: Case, now: Now) -> list[Event]:
    one = _asked_for(command, case, now)
    most = most_days(case)
    if not 1 <= command.days <= most:
        raise Refused(f"Please ask for a number of working days from 1 to {most}.", "days")
    is_further = has_had_more(one, case)
    _has_a_reason(command, one, now, is_further)
    number, asked_by = len(case.clocks.requests) + 1, one.owner
    because, reason = command.because or None, sealed_if(command.reason)
    if not is_further:
        due = now.rulebook.calendar.plus(_due(one), command.days)
        term = set_anew(today(now), due, now)
        return [happened.Extended(number, one.name, one.item, term, asked_by.value, because, reason)]
    to = _who_answers(one, case, now)
    answer = now.term(ANSWER)
    asked = happened.ExtensionAsked(
        number, one.name, one.item, command.days, asked_by.value, to.value, because, reason, answer
    )
    return [asked, _holding(one, answer, case, now)]


def _asked_for(command: AskForTime, case: Case, now: Now) -> Obligation:
    found = can_be_extended(case, now)
    for one in found:
        if command.obligation in ("", f"{one.name} {one.item}".strip()):
            return one
    raise Refused("More time for this cannot be asked for now. Please choose what is shown.", "obligation")


def _has_a_reason(command: AskForTime, one: Obligation, now: Now, is_further: bool) -> None:
    """A group's own limits: once, on request, no reason needed."""
    if command.because not in ("", *WHY):
        raise Refused("Please choose one of the reasons.", "because")
    if one.owner.side in now.small_sides and not is_further:
        return
    if not command.because:
        raise Refused("Please choose a reason.", "because")
    if command.reason is None or command.reason.is_empty:
        raise Refused("Please give the reason in a sentence. Only the Compact officers read it.", "reason")


def _who_answers(one: Obligation, case: Case, now: Now) -> Seat:
    """The other side; before the respondent has had notice the chair, and where there is none an officer."""
    other = Seat.CHAMPION if one.owner.side is Side.RAISER else Seat.RAISER
    if other is Seat.CHAMPION and not case.enquiry.had_notice:
        return _above(now)
    return other


def _above(now: Now) -> Seat:
    return Seat.CHAIR if now.has_chair else Seat.OFFICER


def _holding(one: Obligation, answer: Term, case: Case, now: Now) -> Event:
    """All chasing is held until both could have answered; the sweep records silence before this ends."""
    calendar, day = now.rulebook.calendar, today(now)
    left = max(LEFT_AFTER_A_NO, calendar.working_days_between(day, _due(one)))
    ends = calendar.plus(answer.due, now.rulebook.limit(ANSWER) + 3)
    number, seat = len(case.clocks.pauses) + 1, one.owner.value
    kept = (Held(one.name, one.item, left),)
    return happened.Paused(number, MORE_TIME_ASKED, seat, seat, day, ends, kept, ANSWER)


def answer_time(command: AnswerTime, case: Case, now: Now) -> list[Event]:
    request, owner = case.clocks.requests[-1], _answer(case).owner
    if command.granted:
        answered = happened.ExtensionAnswered(request.number, True, owner.value, None, None)
        return [answered, *_going(case, now, request.days)]
    return refused(case, now, by=owner)


def no_answer(command: RecordNoAnswer, case: Case, now: Now) -> list[Event]:
    return refused(case, now, by=_answer(case).owner)


def refused(case: Case, now: Now, by: Seat) -> list[Event]:
    """After the other side the chair is asked; after her it stays at no."""
    request = case.clocks.requests[-1]
    if by.side is not Side.OFFICE:
        to, term = _above(now), now.term(ANSWER)
        return [happened.ExtensionAnswered(request.number, False, by.value, to.value, term)]
    return given_up(case, now)


def given_up(case: Case, now: Now) -> list[Event]:
    """The pause of a request reached its own end, and nobody has answered: it stays at no."""
    request, by = case.clocks.requests[-1], _answer(case).owner
    return [happened.ExtensionAnswered(request.number, False, by.value, None, None), *_going(case, now, 0)]


def _going(case: Case, now: Now, more: int) -> list[Event]:
    """Counted from the old date; where that is near or past, two working days remain."""
    calendar, day = now.rulebook.calendar, today(now)
    pause = next(one for one in case.clocks.pauses if one.awaits == ANSWER and one.until is None)
    held = next(one for one in case.open_obligations if one.hold and one.hold.pause == pause.number)
    least = calendar.plus(calendar.start_day(now.at), LEFT_AFTER_A_NO)
    due = max(calendar.plus(held.term.due, more), least)
    because = "more time was given" if more else "no more time was given"
    going = Going(held.name, held.item, set_anew(day, due, now))
    return [happened.Resumed(pause.number, because, day, (going,))]


def _answer(case: Case) -> Obligation:
    answer = case.owed(ANSWER)
    assert answer is not None  # noqa: S101 (asked by asked_and_open)
    return answer


def set_anew(day: date, due: date, now: Now) -> Term:
    """A date set anew on a day: only what comes after that day is a step of it."""
    start = now.rulebook.calendar.last_working(day)  # day 0 works, or the days would be counted otherwise
    return Term(start, now.rulebook.calendar.working_days_between(start, due), due)


def _due(one: Obligation) -> date:
    assert one.due is not None  # noqa: S101 (asked by _why_not)
    return one.due


ACTS: tuple[Act[Any], ...] = (
    Act(
        AskForTime,
        name="extension",
        words="Write down that somebody asks for more time",
        party_words="Ask for more time",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=may_ask,
        decide=ask_for_time,
        needs=frozenset({Need.CHAIR, Need.SMALL_SIDES}),
        rank=Rank.SELDOM,
    ),
    Act(
        AnswerTime,
        name="extension-answer",
        words="Write down the answer to a request for more time",
        party_words="Say whether they may have more time",
        by=RAISING | RESPONDING | CASE_STAFF | {Seat.CHAIR},
        open=asked_and_open,
        decide=answer_time,
        needs=frozenset({Need.CHAIR}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        RecordNoAnswer,
        by=SYSTEM,
        open=nobody_answered,
        decide=no_answer,
        effect="no-more-time",
        needs=frozenset({Need.CHAIR}),
    ),
)
