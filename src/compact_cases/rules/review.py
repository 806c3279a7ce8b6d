"""Senior review: somebody new convenes the senior leads of both sides, and writes down what they agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Act, Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import Stage
from compact_cases.rules.events import Event
from compact_cases.rules.events import enquiry as put
from compact_cases.rules.events import intake as taken_on
from compact_cases.rules.events import review as happened
from compact_cases.rules.notices import Notice, Rest, owed
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import SYSTEM, Seat
from compact_cases.rules.statements import Carries, Statement, sealed_if

AFTER = Stage.SENIOR_REVIEW.value


# --- commands ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RecordNoMeeting(Carries):
    """Given by the sweep on the last day for the note."""

    day: date


ReviewCommand = RecordNoMeeting


# --- it is opened, as the next step of a case -------------------------------------------------------------


def opened(officer: UUID | None, elsewhere: Statement | None, case: Case, now: Now) -> list[Event]:
    """Whoever convenes it handles the case from now on, so that letters and lists follow them."""
    elsewhere = elsewhere if elsewhere is not None and not elsewhere.is_empty else None
    convenor = _convenor(officer, elsewhere, case, now)
    meet_by = now.term("meet").due
    started = happened.ReviewOpened(
        convenor, sealed_if(elsewhere), now.term("convene"), meet_by, now.term("note")
    )
    return [taken_on.OfficerAssigned(convenor), started] if convenor else [started]


def who_may_convene(case: Case, now: Now) -> frozenset[UUID]:
    """Officers who did not handle the case since it was taken on; where there is none the board chair."""
    handled = {*case.intake.handlers, case.intake.officer}
    chair = frozenset({now.chair}) if now.chair else frozenset[UUID]()
    return (now.officers - handled) or (chair - handled)


def _convenor(officer: UUID | None, elsewhere: Statement | None, case: Case, now: Now) -> UUID | None:
    may = who_may_convene(case, now)
    if officer in may and elsewhere is None:
        return officer
    if may & now.officers:
        raise Refused("Please choose an officer who has not handled this case so far.", "officer")
    if may:
        raise Refused(
            "No other officer is left who has not handled this case. Please choose the board chair.",
            "officer",
        )
    if elsewhere is None:
        raise Refused(
            "Whoever convenes a senior review must be new to the case. Nobody else is left in this office, "
            "and no board chair. Please write which other office’s officer convenes it.",
            "elsewhere",
        )
    return None


# --- it ends without a meeting ----------------------------------------------------------------------------


def review_is_open(case: Case, now: Now) -> None:
    if case.owed("note") is None:
        raise Refused("No senior review is under way in this case.")


def record_no_meeting(command: RecordNoMeeting, case: Case, now: Now) -> list[Event]:
    return [happened.NoMeetingRecorded(command.day), put.DecisionAsked(AFTER, now.term("decide"))]


# --- who hears of it --------------------------------------------------------------------------------------

OBLIGATIONS = ("convene", "meet", "note")
NOTICES = ("review-opened", "review-over")
BOTH_SIDES = (Seat.RAISER, Seat.RAISERS_LEAD, Seat.CHAMPION, Seat.SENIOR_LEAD)


def notices(event: Event, case: Case) -> Iterable[Notice]:
    match event:
        case happened.ReviewOpened(note=note):
            facts = owed("note", note.due)
            yield from (Notice("review-opened", seat, facts) for seat in BOTH_SIDES)
        case put.DecisionAsked(after=after, decide=decide) if after == AFTER:
            facts = owed("decide", decide.due) | {"met": not case.review.did_not_meet}
            yield Notice("review-over", Seat.RAISER, facts, Rest.OWED)
            others = (*BOTH_SIDES[1:], Seat.OFFICER)
            yield from (Notice("review-over", seat, facts) for seat in others)


ACTS: tuple[Act[Any], ...] = (
    Act(RecordNoMeeting, by=SYSTEM, open=review_is_open, decide=record_no_meeting, effect="no-meeting"),
)
