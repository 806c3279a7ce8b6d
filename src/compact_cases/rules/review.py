"""Senior review: somebody new convenes the senior leads of both sides, who answer, and meet or do not."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from compact_cases.rules import coming, noted
from compact_cases.rules.act import Act, Need, Now, Rank
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.coming import Arrived
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import agreement as agreed
from compact_cases.rules.events import closing as ended
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import intake as taken_on
from compact_cases.rules.events import review as happened
from compact_cases.rules.names import hides_from
from compact_cases.rules.noted import AFTER, NotedCommand, asked_of_respondent, given_by, respondents_lead
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.offering import offered
from compact_cases.rules.past import OnPaper, entered_on
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF, RAISING, RESPONDING, SYSTEM, Seat, Side
from compact_cases.rules.statements import Carries, Kept, Statement, sealed_if
from compact_cases.rules.terms import Term
from compact_cases.rules.working_days import LONDON, Calendar

BEFORE_THE_NOTE = 5  # working days from the last day for the meeting to that for its note
AN_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SetMeeting(OnPaper):
    """A day for both leads, or another one. ``needs``: of the room, without whose they are."""

    on: date
    time: str
    online: bool
    place: Annotated[
        Statement, Kept("place", Audience.CASE, "Please say where it is, or how to join if it is online.")
    ]
    needs: Annotated[Statement | None, Kept("needs", Audience.CASE)] = None
    words_may_stay: bool = False


@dataclass(frozen=True)
class CancelMeeting(Carries):
    """No meeting on that day; another day is to be found."""


@dataclass(frozen=True)
class AnswerMeeting(Carries):
    """``side``: for whom an officer writes it down. A hidden raiser, who meets nobody, sends a statement."""

    side: str
    comes: bool
    of_raiser: Annotated[Statement | None, Kept("answer", Audience.RAISER_AND_OFFICERS)] = None
    of_respondent: Annotated[Statement | None, Kept("answer", Audience.RESPONDENT_AND_OFFICERS)] = None
    came: Arrived | None = None


@dataclass(frozen=True)
class RecordMeeting(OnPaper):
    held: bool


@dataclass(frozen=True)
class RecordNoMeeting(Carries):
    """Given by the sweep on the last day for the note."""

    day: date


ReviewCommand = SetMeeting | CancelMeeting | AnswerMeeting | RecordMeeting | RecordNoMeeting | NotedCommand


# --- it is opened, as the next step of a case -------------------------------------------------------------


def opened(
    officer: UUID | None, elsewhere: Statement | None, case: Case, now: Now, field: str = "officer"
) -> list[Event]:
    """Whoever convenes it handles the case from now on, so that letters and lists follow them."""
    elsewhere = elsewhere if elsewhere is not None and not elsewhere.is_empty else None
    convenor = _convenor(officer, elsewhere, case, now, field)
    # the day is one for both leads, so that it and the note wait for whoever has longer limits
    meet_by = now.term("meet", owner=now.slower).due
    started = happened.ReviewOpened(
        convenor, sealed_if(elsewhere), now.term("convene"), meet_by, now.term("note", owner=now.slower)
    )
    return [taken_on.OfficerAssigned(convenor), started] if convenor else [started]


def who_may_convene(case: Case, now: Now, but: UUID | None = None) -> frozenset[UUID]:
    """Officers who did not handle it since it was taken on, nor have a conflict; else the board chair."""
    shut = {*_handled_before(case), *case.handling.conflicted, but}
    chair = frozenset({now.chair}) if now.chair else frozenset[UUID]()
    return (now.officers - shut) or (chair - shut)


def _handled_before(case: Case) -> tuple[UUID | None, ...]:
    """Who handled it so far; of a review that is under way, until it was opened."""
    handlers = (*case.intake.handlers, case.intake.officer)
    return handlers[: handlers.index(case.review.convenor)] if _is_convened_here(case) else handlers


def _is_convened_here(case: Case) -> bool:
    return case.stage is Stage.SENIOR_REVIEW and case.review.convenor in case.intake.handlers


def not_new_to_it(case: Case) -> frozenset[UUID | None]:
    """Who handled the case before a review that is convened here, and takes it from no convenor."""
    return frozenset(_handled_before(case)) if _is_convened_here(case) else frozenset()


def who_may_handle(case: Case, now: Now, but: UUID | None = None) -> frozenset[UUID]:
    """Whoever has no conflict of interest; in a review that is convened here only who is new to the case."""
    if _is_convened_here(case):
        return who_may_convene(case, now, but)
    return now.officers - {*case.handling.conflicted, but}


def _convenor(
    officer: UUID | None, elsewhere: Statement | None, case: Case, now: Now, field: str
) -> UUID | None:
    may = who_may_convene(case, now)
    if officer in may and elsewhere is None:
        return officer
    if may & now.officers:
        raise Refused("Please choose an officer who has not handled this case so far.", field)
    if may:
        raise Refused(
            "No other officer is left who has not handled this case. Please choose the board chair.",
            field,
        )
    if elsewhere is None:
        raise Refused(
            "Whoever convenes a senior review must be new to the case. Nobody else is left in this office, "
            "and no board chair. Please write which other office’s officer convenes it.",
            "elsewhere",
        )
    return None


# --- when each can be done --------------------------------------------------------------------------------


def review_is_open(case: Case, now: Now) -> None:
    if case.owed("note") is None:
        raise Refused("No senior review is under way in this case.")


def can_be_convened(case: Case, now: Now) -> None:
    review_is_open(case, now)
    if case.review.held_on:
        raise Refused("The leads have met already, so no day is to be set.")
    on_paper = _was_opened_on_paper(case)
    if not on_paper and now.at.astimezone(LONDON).date() >= last_day(case, now.rulebook.calendar):
        raise Refused("The last day for the meeting is over, so no other day can be set.")


def _was_opened_on_paper(case: Case) -> bool:
    """Then the leads may have met on paper too, and that is still to be entered."""
    note, entered = case.owed("note"), entered_on(case)
    return note is not None and entered is not None and note.term.start <= entered


def a_meeting_is_set(case: Case, now: Now) -> None:
    review_is_open(case, now)
    if case.review.meeting is None or case.review.held_on:
        raise Refused("No meeting is set in this case at the moment.")


def can_be_answered(case: Case, now: Now) -> None:
    a_meeting_is_set(case, now)
    hidden = now.seat.side is Side.RAISER and case.intake.is_hidden
    if hidden and any(one.side == Side.RAISER for one in case.review.texts):
        raise Refused("Your statement has reached us. To add something, please ring us.")


def meeting_day_has_come(case: Case, now: Now) -> None:
    a_meeting_is_set(case, now)
    meeting = case.review.meeting
    if meeting and now.at.astimezone(LONDON).date() < meeting.on:
        raise Refused(f"The meeting is on {in_words(meeting.on)}, which has not come yet.")


def in_words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def last_day(case: Case, calendar: Calendar) -> date:
    """The last day for the meeting: it moves with the date of the note, were that paused or extended."""
    note = case.owed("note")
    if note and note.due:
        return calendar.minus(note.due, BEFORE_THE_NOTE)
    assert case.review.meet_by is not None  # noqa: S101 (a review that is open has it)
    return case.review.meet_by


# --- what follows -----------------------------------------------------------------------------------------


def set_meeting(command: SetMeeting, case: Case, now: Now) -> list[Event]:
    calendar, today = now.rulebook.calendar, now.at.astimezone(LONDON).date()
    last = last_day(case, calendar)
    if not today < command.on <= last:
        raise Refused(f"Please choose a day after today and not later than {in_words(last)}.", "on")
    if not calendar.is_working(command.on):
        raise Refused("That is no working day. Please choose another day.", "on")
    if not AN_HOUR.fullmatch(command.time):
        raise Refused("Please write the time like 14:30.", "time")
    if case.intake.is_hidden and not command.words_may_stay:
        for field, one in (("place", command.place), ("needs", command.needs)):
            hides_from("the respondent who raised it", one.text if one else "", now.raisers_words, field)
    start = calendar.start_day(now.at)
    # an answer after that day is no use; who comes has answered
    meet = Term(start, calendar.working_days_between(start, command.on), command.on)
    return [
        happened.MeetingSet(
            case.review.said,
            command.on,
            command.time,
            command.online,
            command.place.sealed(),
            sealed_if(command.needs),
            respondents_lead(case, now).value,
            case.intake.is_hidden,
            meet,
        )
    ]


def cancel_meeting(command: CancelMeeting, case: Case, now: Now) -> list[Event]:
    return [happened.MeetingCancelled(case.review.said, now.term("convene"))]


def answer_meeting(command: AnswerMeeting, case: Case, now: Now) -> list[Event]:
    side, words = given_by(command.side, now.seat, command.of_raiser, command.of_respondent)
    written = words is not None and not words.is_empty
    meeting = case.review.meeting
    came = coming.of_item(command.came, case, now, "meet", side, meeting.set_at if meeting else None)
    if side == Side.RAISER and case.intake.is_hidden:
        if any(one.side == side for one in case.review.texts):
            raise Refused("Their statement has reached us already.", "words")
        if command.comes or not written:
            raise Refused(IN_WRITING, "words" if not command.comes else "comes")
        return [happened.MeetingAnswered(side, False, sealed_if(words), None, now.term("release"), came)]
    before = case.review.answer_of(side)
    if before and before.comes is command.comes and not written:
        return []
    convene = None if command.comes or case.owed("convene") else now.term("convene")
    kept = sealed_if(words) if written else None
    return [happened.MeetingAnswered(side, command.comes, kept, convene, None, came)]


def record_meeting(command: RecordMeeting, case: Case, now: Now) -> list[Event]:
    meeting, note = case.review.meeting, case.owed("note")
    assert meeting is not None  # noqa: S101 (asked by meeting_day_has_come)
    assert note is not None  # noqa: S101
    if command.held:
        if case.enquiry.to_release is not None or case.review.to_release is not None:
            raise Refused(
                "Something waits to be read and released. Please read it first: no meeting is held before "
                "that.",
                "held",
            )
        return [happened.MeetingHeld(meeting.on)]
    today = now.at.astimezone(LONDON).date()
    if note.due and today >= note.due:
        return [happened.NoMeetingRecorded(today), put.DecisionAsked(AFTER, now.term("decide"))]
    return [happened.MeetingNotHeld(now.term("convene"))]


def record_no_meeting(command: RecordNoMeeting, case: Case, now: Now) -> list[Event]:
    """Not where the leads met, or were to meet on a day of which nothing is written down: that is ours."""
    meeting = case.review.meeting
    if case.review.held_on or (meeting and meeting.on <= now.at.astimezone(LONDON).date()):
        return []
    return [happened.NoMeetingRecorded(command.day), put.DecisionAsked(AFTER, now.term("decide"))]


# --- who hears of it --------------------------------------------------------------------------------------

IN_WRITING = (
    "This raiser’s name is not told to the other side, so they do not come. Please write a statement instead."
)
OBLIGATIONS = ("convene", "meet", "note", *noted.OBLIGATIONS)
NOTICES = (
    *("review-opened", "invitation", "invitation-cancelled", "statement-asked", "meeting-answered"),
    *("review-over", *noted.NOTICES),
)
BOTH_SIDES = (Seat.RAISER, Seat.RAISERS_LEAD, Seat.CHAMPION, Seat.SENIOR_LEAD)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.ReviewOpened(note=note):
            facts = owed("note", note.due)
            yield from (Notice("review-opened", seat, facts) for seat in BOTH_SIDES)
        case happened.MeetingSet():
            yield from _invited(event, case)
        case happened.MeetingCancelled(number=number):
            told = _who_come(case)
            yield from (Notice("invitation-cancelled", seat, {"number": number}) for seat in told)
        case happened.MeetingAnswered(side=side, comes=comes, convene=convene, release=release):
            facts = owed("release", release.due) | {"item": f"statement-{side}"} if release else {}
            facts |= owed("convene", convene.due) if convene else {}
            yield Notice("meeting-answered", Seat.OFFICER, {**facts, "side": side, "comes": comes})
        case put.DecisionAsked(after=after, decide=decide) if after == AFTER:
            facts = owed("decide", decide.due) | {"met": not case.review.did_not_meet} | offered(case)
            yield Notice("review-over", Seat.RAISER, facts, Rest.OWED)
            others = (*BOTH_SIDES[1:], Seat.OFFICER)
            yield from (Notice("review-over", seat, facts) for seat in others)
        case ended.Closed() | agreed.AgreementMade() | put.RaiserDecided() if _was_to_come(case):
            facts = {"number": case.review.said, "over": True}
            told = _who_come(case)
            # whoever did it too, whose calendar has it as well
            yield from (
                Notice("invitation-cancelled", seat, facts, Rest.ALWAYS, confirms=True) for seat in told
            )
        case taken_on.RespondentSucceeded() if case.review.is_ahead and case.owed("note"):
            yield from invited_anew(case)
        case put.ReplyReleased() if case.stage is Stage.SENIOR_REVIEW:
            yield Notice("reply-released", Seat.RAISERS_LEAD)
    yield from noted.notices(event, case)


def _was_to_come(case: Case) -> bool:
    """Whether this very act ended the review while a meeting was ahead."""
    note_over = any(one.name == "note" and one.ended_at == case.at for one in case.obligations)
    return note_over and case.review.is_ahead


def invited_anew(case: Case) -> Iterable[Notice]:
    """Whoever is the respondent's lead from now on has no invitation yet; that of the other side stands."""
    meeting, lead = case.review.meeting, case.owed("meet", Side.RESPONDENT.value)
    assert meeting is not None  # noqa: S101 (it is ahead)
    facts = {**owed("meet", meeting.on), "number": meeting.number, "on": meeting.on.isoformat()}
    facts |= {"time": meeting.time, "item": Side.RESPONDENT.value, "first": True}
    yield Notice("invitation", lead.owner if lead else Seat.SENIOR_LEAD, facts, Rest.OPEN)


def _who_come(case: Case) -> tuple[Seat, ...]:
    """A hidden raiser meets nobody, and nobody of their side is written to but they themselves."""
    lead = asked_of_respondent(case)
    return (lead,) if case.intake.is_hidden else (Seat.RAISERS_LEAD, lead)


def _invited(event: happened.MeetingSet, case: Case) -> Iterable[Notice]:
    facts = {**owed("meet", event.meet.due), "number": event.number, "on": event.on.isoformat()}
    for seat in _who_come(case):
        facts = {**facts, "time": event.time, "item": seat.side.value}
        yield Notice("invitation", seat, facts, Rest.OPEN)
    if case.intake.is_hidden and case.owed("meet", Side.RAISER.value):
        facts = {**owed("meet", event.meet.due), "item": Side.RAISER.value}
        yield Notice("statement-asked", Seat.RAISER, facts, Rest.OWED)


ACTS: tuple[Act[Any], ...] = (
    Act(
        SetMeeting,
        name="convening",
        words="Set a day for the meeting, or another one",
        by=CASE_STAFF,
        open=can_be_convened,
        decide=set_meeting,
        needs=frozenset({Need.REGISTER, Need.RAISERS_WORDS}),
        rank=lambda case: Rank.WAITED_FOR if case.owed("convene") else Rank.SELDOM,
    ),
    Act(CancelMeeting, name="convening", by=CASE_STAFF, open=a_meeting_is_set, decide=cancel_meeting),
    Act(
        AnswerMeeting,
        name="meeting-answer",
        words="Write down an answer about the meeting",
        party_words="Answer about the meeting",
        by=RAISING | RESPONDING | CASE_STAFF,
        open=can_be_answered,
        decide=answer_meeting,
    ),
    Act(
        RecordMeeting,
        name="meeting",
        words="Say whether the meeting took place",
        by=CASE_STAFF,
        open=meeting_day_has_come,
        decide=record_meeting,
        rank=Rank.WAITED_FOR,
    ),
    Act(RecordNoMeeting, by=SYSTEM, open=review_is_open, decide=record_no_meeting, effect="no-meeting"),
    *noted.ACTS,
)
