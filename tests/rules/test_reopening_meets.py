"""Reopening and the chapters that came after it: agreements that settled, or were not kept, and reviews."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.closing import outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.agreement import ActionNotKept
from compact_cases.rules.events.closing import Closed, Reopened
from compact_cases.rules.events.enquiry import DecisionAsked, RaiserDecided
from compact_cases.rules.events.review import ReviewOpened
from compact_cases.rules.reopening import (
    ERROR,
    NEW_EVIDENCE,
    AskToReopen,
    Reopen,
    can_ask_for_an_action,
    raisers_reasons,
    respondents_reasons,
    stages,
)
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import CLOSED_WITH_ACTIONS, OFFICER, OTHER_OFFICER, History, given, now, on, said, sealed
from tests.rules.test_review import NOTED, then

ASK = AskToReopen(NEW_EVIDENCE, said("A minute of the meeting."))


def opened(history: History, stage: Stage, at: str = "2026-04-08") -> History:
    history = then(history, ASK, f"{at} 10:00", seat=Seat.RAISER)
    return then(history, Reopen(OTHER_OFFICER, stage.value, said()), f"{at} 11:00")


def test_a_case_that_an_agreement_had_settled_is_the_raisers_to_decide_once_it_is_open_again() -> None:
    history = opened(CLOSED_WITH_ACTIONS, Stage.RAISER_DECIDES)
    case = given(history).case
    assert not case.is_settled
    assert case.owed("action", "1")  # what was agreed is owed all the same
    decided = (
        given(history).when(Decide("partly", "close"), at="2026-04-09 10:00", seat=Seat.RAISER).then_case()
    )
    assert outcomes(decided, now("2026-04-09 11:00"))["outcome"] == ("partly settled",)


# --- at senior review -------------------------------------------------------------------------------------

NOT_KEPT: History = CLOSED_WITH_ACTIONS + on("2026-05-20 08:00", ActionNotKept(1, "date", date(2026, 5, 20)))
WHY = AskToReopen("not-kept", said("Nothing was done."))
NEWER = "2026-07-01 10:00"  # long after the twenty days that follow closing
AFTER_A_REVIEW: History = NOTED + on(
    "2026-04-30 10:00",
    DecisionAsked("senior-review", Term(date(2026, 4, 30), 10, date(2026, 5, 15))),
    RaiserDecided("settled", "close", None, Term(date(2026, 4, 30), 5, date(2026, 5, 8))),
    Closed("agreed at senior review", sealed()),
)
THIRD = UUID(int=91)


def test_what_was_agreed_and_not_kept_may_be_asked_for_by_either_side_until_long_after() -> None:
    case = given(NOT_KEPT).case
    assert (
        raisers_reasons(case, now(NEWER)) == respondents_reasons(case, now(NEWER)) == {"why": ("not-kept",)}
    )
    assert raisers_reasons(case, now("2026-04-10 10:00"))["why"] == (NEW_EVIDENCE, ERROR, "not-kept")
    asked = then(NOT_KEPT, WHY, NEWER, seat=Seat.RAISER)
    assert stages(given(asked).case, now(NEWER)) == {"stage": ("senior-review",)}
    given(NOT_KEPT).when(ASK, at=NEWER, seat=Seat.RAISER).then_refused("why")
    given(CLOSED_WITH_ACTIONS).when(WHY, at=NEWER, seat=Seat.RAISER).then_refused("20 working days")


@pytest.mark.parametrize(("at", "may"), [("2027-05-12 10:00", True), ("2027-05-14 10:00", False)])
def test_twenty_days_after_the_last_check_in_it_is_over(at: str, may: bool) -> None:
    assert can_ask_for_an_action(given(NOT_KEPT).case, now(at)) is may


def test_it_goes_on_at_senior_review_and_what_is_still_to_do_stays() -> None:
    asked = then(NOT_KEPT, WHY, NEWER, seat=Seat.RAISER)
    again = Reopen(OTHER_OFFICER, "senior-review", said(), convenor=OTHER_OFFICER)
    case = given(asked).when(again, at="2026-07-01 11:00").then_case()
    assert (case.stage, case.intake.officer) == (Stage.SENIOR_REVIEW, OTHER_OFFICER)
    assert {one.name for one in case.open_obligations} == {"convene", "note", "action", "check-in"}
    wrong = Reopen(OTHER_OFFICER, "senior-review", said(), convenor=OFFICER)
    assert given(asked).when(wrong, at="2026-07-01 11:00").then_refused("has not handled").field == "convenor"


def test_what_is_new_may_go_to_a_senior_review_that_there_was_not_yet() -> None:
    asked = then(CLOSED_WITH_ACTIONS, ASK, "2026-04-08 10:00", seat=Seat.RAISER)
    found = stages(given(asked).case, now("2026-04-08 11:00"))["stage"]
    assert found == ("early-resolution", "raiser-decides", "senior-review")
    asked = then(AFTER_A_REVIEW, ASK, "2026-05-05 10:00", seat=Seat.RAISER)
    assert "senior-review" not in stages(given(asked).case, now("2026-05-05 11:00"))["stage"]


def test_a_second_review_begins_with_nothing_keeps_the_first_and_counts_its_invitations_on() -> None:
    first = given(AFTER_A_REVIEW).case.review
    opened = ReviewOpened(
        THIRD,
        None,
        Term(date(2026, 7, 1), 5, date(2026, 7, 8)),
        date(2026, 7, 22),
        Term(date(2026, 7, 1), 20, date(2026, 7, 29)),
    )
    case = given(AFTER_A_REVIEW + on("2026-07-01 10:00", Reopened("senior-review", None, None), opened)).case
    assert case.review.note is None
    assert (case.review.texts, case.review.before, case.review.said) == ((), (first,), first.said)
