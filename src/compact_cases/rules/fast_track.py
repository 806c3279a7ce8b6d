"""Fast track: what is urgent is put on it, and its body is asked to put something on hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import date_passes
from compact_cases.rules.act import Act, Choices, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.date_passes import DatePassesCommand
from compact_cases.rules.events import Event
from compact_cases.rules.events import fast_track as happened
from compact_cases.rules.events import intake as told
from compact_cases.rules.names import hides_from, missing, without
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RESPONDING, SYSTEM, Seat
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term
from compact_cases.rules.urgency import HARM, became_urgent, day_of, is_volunteer_run, ordinary_reply

EXTENDED, PAUSED, NO = "extended", "paused", "no"
HOLD_ANSWERS = (EXTENDED, PAUSED, NO)
"""What can be said to a hold request: extended to a day, put on hold by the body, no and why."""
THEIRS = Audience.RESPONDENT_AND_OFFICERS


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AnswerHold(Carries):
    """extended (then ``until``), paused, or no (then the words say why)."""

    answer: str
    until: date | None
    words: Annotated[Statement | None, Kept("hold-answer", THEIRS)]
    person: UUID | None


@dataclass(frozen=True)
class ReleaseHoldWords(Carries):
    """``looked`` says that the officer looked for names that must not be there; ``hidden`` lists phrases,
    one a line, that are taken out before the raiser reads the words."""

    looked: bool
    hidden: Annotated[Statement | None, Kept("hidden", Audience.OFFICERS)] = None
    words_may_stay: bool = False


@dataclass(frozen=True)
class RecordNoHoldAnswer(Carries):
    day: date


FastTrackCommand = AnswerHold | ReleaseHoldWords | RecordNoHoldAnswer | DatePassesCommand


# --- when each can be done --------------------------------------------------------------------------------


def hold_can_be_answered(case: Case, now: Now) -> None:
    """A late answer is taken until the case is closed."""
    if case.is_closed or case.fast_track.hold is None:
        raise Refused("Nobody waits for the answer to a hold request in this case.")
    if case.fast_track.hold_answer is not None:
        raise Refused("The hold request has been answered already.")


def hold_is_owed(case: Case, now: Now) -> None:
    if case.owed("hold") is None:
        raise Refused("No answer to a hold request is awaited in this case.")


def hold_words_wait(case: Case, now: Now) -> None:
    if case.is_closed or not case.fast_track.words_wait:
        raise Refused("There are no words about a hold request waiting to be released in this case.")


def hold_answers(case: Case, now: Now) -> Choices:
    return {"answer": HOLD_ANSWERS}


# --- the officer's ticks in the act that accepts ----------------------------------------------------------


def at_acceptance(
    given: date | None, harm: bool, hold: bool, case: Case, now: Now
) -> tuple[list[Event], list[Event]]:
    """What the officer's ticks and the date bring before the notice, and after it."""
    closes_on = given or case.intake.closes_on
    events: list[Event] = []
    if given and given != case.intake.closes_on:
        events.append(told.ClosingDateGiven(given))
    if harm and not case.fast_track.is_on:
        events.append(happened.FastTracked(HARM, None, None))
    else:
        volunteer_run = is_volunteer_run(case.intake.respondent, now)
        events += became_urgent(case, closes_on, volunteer_run, now, acknowledging=True)
    is_on = case.fast_track.is_on or any(isinstance(one, happened.FastTracked) for one in events)
    asked: list[Event] = [ask_hold(closes_on, is_on, now)] if hold else []
    return events, [*asked, *date_passes.watched(closes_on, case, now)]


# --- the hold request -------------------------------------------------------------------------------------


def ask_hold(closes_on: date | None, is_fast: bool, now: Now) -> happened.HoldAsked:
    """Half of the working days that are left, and two at most; the day itself where there are none."""
    day, calendar = day_of(now), now.rulebook.calendar
    if not is_fast:
        raise Refused(
            "Only on the fast track a body is asked to put something on hold: something closes soon, or harm "
            "cannot be undone.",
            "hold",
        )
    if closes_on is None or closes_on < day:
        raise Refused(
            "To ask for a hold, please give the day on which it closes or is decided; it must not be past.",
            "hold",
        )
    left = calendar.working_days_between(day, closes_on)
    due = calendar.plus(day, min(now.rulebook.limit("hold"), left // 2))
    start = min(calendar.working_on_or_after(day), due)
    return happened.HoldAsked(closes_on, left, Term(start, calendar.working_days_between(start, due), due))


def answer_hold(command: AnswerHold, case: Case, now: Now) -> list[Event]:
    asked = case.fast_track.hold
    assert asked is not None  # noqa: S101 (asked by hold_can_be_answered)
    words = command.words if command.words and not command.words.is_empty else None
    if command.answer not in HOLD_ANSWERS:
        raise Refused("Please say whether it is extended, put on hold, or neither.", "answer")
    if command.answer == EXTENDED and (command.until is None or command.until <= asked.closes_on):
        closes = f"{asked.closes_on:%A} {asked.closes_on.day} {asked.closes_on:%B %Y}"
        raise Refused(f"Please give the new day; it comes after {closes}.", "until")
    if command.answer == NO and words is None:
        raise Refused("Please say why not, in a sentence or more.", "words")
    until = command.until if command.answer == EXTENDED else None
    reply = _ordinary_reply(case, day_of(now), now)
    release = now.term("hold-release") if words else None
    answered = happened.HoldAnswered(command.answer, until, sealed_if(words), command.person, reply, release)
    moved = [told.ClosingDateGiven(until), *date_passes.watched(until, case, now)] if until else []
    return [answered, *moved]


def record_no_hold_answer(command: RecordNoHoldAnswer, case: Case, now: Now) -> list[Event]:
    """The ordinary limit starts on the first working day after the hold's date, however late it is seen."""
    hold = case.owed("hold")
    assert hold is not None  # noqa: S101 (asked by hold_is_owed)
    after = now.rulebook.calendar.next_working(hold.term.due)
    return [happened.NoHoldAnswerRecorded(command.day, _ordinary_reply(case, after, now))]


def _ordinary_reply(case: Case, day: date, now: Now) -> Term | None:
    """From this very day, whatever the hour; none where a reply has come, or is owed since the silence."""
    if case.owed("hold") is None or case.enquiry.replies:
        return None
    return ordinary_reply(case, day, now)


def release_hold_words(command: ReleaseHoldWords, case: Case, now: Now) -> list[Event]:
    if not command.looked:
        raise Refused("Please look for names that must not be there, and say that you did.", "looked")
    phrases = command.hidden.text.splitlines() if command.hidden else []
    if nowhere := missing(now.hold_words, phrases):
        phrase = nowhere[0].strip()[:80]
        raise Refused(f"“{phrase}” does not stand in the words. Please copy it as it stands there.", "hidden")
    if case.intake.is_hidden and not command.words_may_stay:
        hides_from("others who raised it", without(now.hold_words, phrases), now.raisers_words, "hidden")
    return [happened.HoldWordsReleased(sealed_if(command.hidden))]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("hold", "hold-release", "date", "date-passed")
NOTICES = ("hold-request", "hold-answered", "no-hold-answer", "hold-words", "date-passed", "date-answered")
BOTH_AT_ONCE = (Seat.CHAMPION, Seat.SENIOR_LEAD)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.HoldAsked(hold=hold, closes_on=closes_on):
            facts = {**owed("hold", hold.due), "closes": closes_on.isoformat()}
            yield from (Notice("hold-request", seat, facts, Rest.OWED) for seat in BOTH_AT_ONCE)
        case happened.HoldAnswered(reply=reply, release=release):
            facts = owed("reply", reply.due) if reply else {}
            yield Notice("hold-answered", Seat.RAISER)
            yield Notice("hold-answered", Seat.OFFICER, owed("hold-release", release.due) if release else {})
            # whoever answered may be another than the one who is now to reply
            yield Notice("hold-answered", Seat.CHAMPION, facts, confirms=True)
        case happened.NoHoldAnswerRecorded(reply=reply):
            facts = owed("reply", reply.due) if reply else {}
            yield from (Notice("no-hold-answer", seat, facts) for seat in TOLD_OF_SILENCE)
        case happened.HoldWordsReleased():
            yield Notice("hold-words", Seat.RAISER)
        case _:
            yield from date_passes.notices(event, case)


TOLD_OF_SILENCE = (Seat.RAISER, Seat.CHIEF_OFFICER, Seat.CHAMPION, Seat.OFFICER)


def told_of_the_date(case: Case) -> tuple[dict[str, str], dict[str, str]]:
    """What a letter about a new concern says of it: to the office, and to a raiser who is on their own."""
    closes, back = case.intake.closes_on, case.fast_track.officer_back
    soon = {"closes": closes.isoformat()} if closes else {}
    return soon, {**soon, "back": back.isoformat()} if back else {}


def opened_to(case: Case) -> frozenset[Seat]:
    """Those of the responding side who may open the case because of a hold request."""
    if case.fast_track.hold is None:
        return frozenset()
    silent = {Seat.CHIEF_OFFICER} if case.fast_track.no_hold_answer else set()
    return frozenset({Seat.SENIOR_LEAD} | silent)


def to_ring_about(event: Event) -> bool:
    """No letter is quick enough: the date is there before the next working day, or nobody has answered."""
    asked_late = isinstance(event, happened.HoldAsked) and event.days_left == 0
    return asked_late or isinstance(event, happened.NoHoldAnswerRecorded)


ACTS: tuple[Act[Any], ...] = (
    Act(
        AnswerHold,
        name="hold-answer",
        words="Write down the answer to the hold request",
        party_words="Answer the hold request",
        by=RESPONDING | CASE_STAFF,
        open=hold_can_be_answered,
        decide=answer_hold,
        choices=hold_answers,
        needs=frozenset({Need.REGISTER}),
        rank=lambda case: Rank.USUAL if case.owed("hold") else Rank.SELDOM,
    ),
    Act(
        ReleaseHoldWords,
        name="hold-release",
        words="Read the words about the hold request and release them",
        by=CASE_STAFF,
        open=hold_words_wait,
        decide=release_hold_words,
        needs=frozenset({Need.HOLD_WORDS, Need.RAISERS_WORDS}),
        rank=Rank.WAITED_FOR,
    ),
    Act(
        RecordNoHoldAnswer,
        by=SYSTEM,
        open=hold_is_owed,
        decide=record_no_hold_answer,
        effect="no-hold-answer",
        needs=frozenset({Need.REGISTER}),
    ),
    *date_passes.ACTS,
)
