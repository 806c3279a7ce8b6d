"""A case that ends while something is under way in it: nothing is left that nobody can end."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.agreement import AnswerAgreement, WaiveReflection
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.course import LIVES_ON
from compact_cases.rules.notices import Rest
from compact_cases.rules.particulars import HandOver
from compact_cases.rules.seats import Seat
from compact_cases.rules.standing import standing_facts
from compact_cases.rules.succession import Succeed
from tests.builders import COUNCIL, OFFICER, OTHER_OFFICER, RELEASED, History, given, said
from tests.rules.test_extensions import ASKED as MORE_TIME_ASKED
from tests.rules.test_fast_track import HALL
from tests.rules.test_review import HELD, MEET, SET, then
from tests.rules.test_talk import IN_TOUCH
from tests.rules.test_where_clocks_meet import ASKED_TO_HOLD, WRITE

REFLECTED = then(
    then(then(RELEASED, WRITE, "2026-03-16 12:00"), AnswerAgreement("raiser", "yes"), "2026-03-17 12:00"),
    AnswerAgreement("respondent", "yes"),
    "2026-03-18 12:00",
)
UNDER_WAY = {
    "talk": (IN_TOUCH, "2026-03-03 10:00"),
    "hold": (ASKED_TO_HOLD, "2026-03-03 10:00"),
    "meeting": (SET, "2026-04-08 10:00"),
    "reflection": (REFLECTED, "2026-03-19 10:00"),
    "more time": (MORE_TIME_ASKED, "2026-03-24 10:00"),
}


@pytest.mark.parametrize("name", UNDER_WAY)
def test_a_withdrawal_ends_all_that_is_owed_and_every_pause(name: str) -> None:
    history, at = UNDER_WAY[name]
    outcome = given(history).when(Withdraw(sure=True), at=at, seat=Seat.RAISER)
    case = outcome.then_case()
    assert case.is_closed
    assert {one.name for one in case.open_obligations} <= LIVES_ON
    assert [one for one in case.clocks.pauses if one.until is None] == []


def cancelled(history: History, command: object, at: str, **known: object) -> list[tuple[Seat, object]]:
    outcome = given(history).when(command, at=at, **known)  # type: ignore[arg-type]
    events, case = outcome.events(), outcome.then_case()
    told = [one for event in events for one in notices_after(event, case)]
    return [(one.to, one.facts["number"]) for one in told if one.name == "invitation-cancelled"]


LEADS = [(Seat.RAISERS_LEAD, 1), (Seat.SENIOR_LEAD, 1)]


def test_a_meeting_that_was_to_come_is_called_off_with_the_case() -> None:
    assert cancelled(SET, Withdraw(sure=True), "2026-04-08 10:00", seat=Seat.RAISER) == LEADS
    assert cancelled(HELD, Withdraw(sure=True), "2026-04-20 18:00", seat=Seat.RAISER) == []
    assert cancelled(IN_TOUCH, Withdraw(sure=True), "2026-03-03 10:00", seat=Seat.RAISER) == []


def test_and_with_an_agreement_that_settles_everything_and_once_only() -> None:
    write = replace(WRITE, settles=True)
    history = then(SET, write, "2026-04-08 10:00")
    history = then(history, AnswerAgreement("raiser", "yes"), "2026-04-08 11:00")
    history = then(history, AnswerAgreement("respondent", "yes"), "2026-04-08 12:00")
    history = then(history, WaiveReflection("raiser", sure=True), "2026-04-09 10:00")
    waive = WaiveReflection("respondent", sure=True)
    assert cancelled(history, waive, "2026-04-09 11:00") == LEADS
    history = then(history, waive, "2026-04-09 11:00")
    close = Close("agreed at senior review", said())
    assert cancelled(history, close, "2026-04-10 11:00") == []


def test_a_cancelled_meeting_goes_out_though_the_case_is_closed_and_an_invitation_does_not() -> None:
    case = given(then(SET, Withdraw(sure=True), "2026-04-08 10:00", seat=Seat.RAISER)).case
    off = standing_facts("invitation-cancelled", {"number": 1}, Rest.ALWAYS, (), False, lambda: case)
    assert off == {"number": 1}
    assert standing_facts("invitation", {"number": 0}, Rest.OPEN, (), False, lambda: case) is None


def test_the_lead_of_a_body_that_takes_over_is_invited_and_the_day_stays() -> None:
    register = {COUNCIL: Registered(), HALL: Registered()}
    outcome = given(SET).when(Succeed(HALL), at="2026-04-08 10:00", seat=Seat.SYSTEM, register=register)
    events, case = outcome.events(), outcome.then_case()
    meet = case.owed("meet", "respondent")
    assert meet
    assert meet.due == MEET.on
    invited = [one for event in events for one in notices_after(event, case) if one.name == "invitation"]
    assert [(one.to, one.facts["number"]) for one in invited] == [(Seat.SENIOR_LEAD, 0)]


def test_a_body_that_takes_over_has_no_more_time_before_something_closes() -> None:
    register = {COUNCIL: Registered(), HALL: Registered()}
    held = given(ASKED_TO_HOLD).when(
        Succeed(HALL), at="2026-03-02 12:00", seat=Seat.SYSTEM, register=register
    )
    hold = held.then_case().owed("hold")
    assert hold
    assert hold.due == date(2026, 3, 3)


def test_whoever_takes_a_case_over_owes_what_was_owed_at_senior_review() -> None:
    """Who handled it before may not convene its review; who is new to it takes over all that is owed."""
    third = UUID(int=77)
    known = {"officers": frozenset({OFFICER, OTHER_OFFICER, third})}
    before = given(SET).when(HandOver(OFFICER, said()), at="2026-04-08 10:00", **known)
    before.then_refused("This officer handled the case before its senior review")
    case = given(SET).when(HandOver(third, said()), at="2026-04-08 10:00", **known).then_case()
    assert case.intake.officer == third
    assert {one.name for one in case.open_obligations} == {"note", "meet"}
    assert case.review.is_ahead
