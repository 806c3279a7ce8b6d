"""Succession: a body ends on a day, and its cases go to the one that takes over."""

from dataclasses import replace
from datetime import date

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.events.closing import Closed
from compact_cases.rules.events.intake import RespondentSucceeded
from compact_cases.rules.seats import Seat
from compact_cases.rules.succession import ChooseSuccessor, Divide, Succeed
from compact_cases.rules.terms import Going, Term
from tests.builders import CLOSED, COUNCIL, PUT_TO_THE_COUNCIL, RECEIVED, REPLIED, Given, given, said
from tests.rules.candidates import HALL
from tests.rules.candidates_of_the_board import HEIRS

THERE = {COUNCIL: Registered(), HALL: Registered()}
LATER = Term(date(2026, 3, 2), 20, date(2026, 3, 30))
DIVIDED_AT, HEIR = "2026-03-09 08:00", HEIRS[1]


def test_of_a_body_divided_in_two_nobody_is_told_before_an_officer_has_chosen() -> None:
    divided = given(PUT_TO_THE_COUNCIL).when(Divide((HALL, HEIR)), at=DIVIDED_AT, seat=Seat.SYSTEM)
    (event,), case = divided.events(), divided.then_case()
    assert [(one.name, one.to) for one in notices_after(event, case)] == [("divided", Seat.OFFICER)]
    asked, reply = case.owed("choose-successor"), case.owed("reply")
    assert asked is not None
    assert reply is not None
    assert (asked.owner, asked.due) == (Seat.OFFICER, date(2026, 3, 16))
    assert reply.due == date(2026, 3, 30), "ten working days more, once"
    assert case.intake.respondent == COUNCIL
    again = Given(case).when(Divide((HALL, HEIR)), at="2026-03-10 08:00", seat=Seat.SYSTEM)
    assert again.events() == []
    register = {HALL: Registered(), HEIR: Registered()}
    other = Given(case).when(ChooseSuccessor(COUNCIL, said()), at="2026-03-10 10:00", register=register)
    assert other.then_refused("one of the two").field == "body"
    gone = Given(case).when(ChooseSuccessor(HEIR, said()), at="2026-03-10 10:00")
    assert gone.then_refused("register").field == "body"
    chosen = Given(case).when(ChooseSuccessor(HEIR, said()), at="2026-03-10 10:00", register=register)
    (succeeded,), after = chosen.events(), chosen.then_case()
    assert {one.to for one in notices_after(succeeded, after)} == {Seat.RAISER, Seat.CHAMPION, Seat.OFFICER}
    assert after.intake.respondent == HEIR
    assert after.owed("choose-successor") is None
    now_owed = after.owed("reply")
    assert now_owed is not None
    assert now_owed.due == date(2026, 3, 30)
    last = Given(after).when(ChooseSuccessor(HEIR, said()), at="2026-03-11 10:00")
    last.then_refused("has not been divided")


def test_what_the_body_owes_goes_over_with_ten_working_days_more_once() -> None:
    event = RespondentSucceeded(HALL, (Going("reply", "", LATER),))
    case = given(PUT_TO_THE_COUNCIL).when(Succeed(HALL), at="2026-03-05 10:00", register=THERE).then(event)
    assert case.intake.respondent == HALL
    assert [(one.name, one.due, one.cycle) for one in case.open_obligations] == [("reply", LATER.due, 2)]
    told = [(one.name, one.to) for one in notices_after(event, case)]
    assert told == [("succeeded", seat) for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)]
    back = Given(case).when(Succeed(COUNCIL), at="2026-03-06 10:00", register=THERE)
    back.then(RespondentSucceeded(COUNCIL, ()))


def test_what_was_overdue_gets_ten_working_days_from_the_day_itself() -> None:
    done = given(PUT_TO_THE_COUNCIL).when(Succeed(HALL), at="2026-03-19 10:00", register=THERE)
    (event,) = done.events()
    anew = Term(date(2026, 3, 19), 10, date(2026, 4, 2))
    assert event == RespondentSucceeded(HALL, (Going("reply", "", anew),))


def test_what_others_owe_stays_as_it_is_and_who_never_had_notice_hears_nothing() -> None:
    done = given(REPLIED).when(Succeed(HALL), at="2026-03-12 12:00", register=THERE)
    done.then(RespondentSucceeded(HALL, ()))
    event = RespondentSucceeded(HALL, ())
    case = given(RECEIVED).when(Succeed(HALL), at="2026-02-24 10:00", register=THERE).then(event)
    assert [one.to for one in notices_after(event, case)] == [Seat.RAISER, Seat.OFFICER]


def test_one_body_on_both_sides_has_nothing_to_settle_with_itself() -> None:
    case = given(PUT_TO_THE_COUNCIL).case
    case = replace(case, intake=replace(case.intake, raiser_body=HALL))
    after = Given(case).when(Succeed(HALL), at="2026-03-05 10:00", register=THERE).events()
    assert after[-1] == Closed("overtaken by events", None)


def test_what_does_not_go_over() -> None:
    given(PUT_TO_THE_COUNCIL).when(Succeed(COUNCIL), at="2026-03-05 10:00").then()
    given(PUT_TO_THE_COUNCIL).when(Succeed(HALL), at="2026-03-05 10:00").then_refused("not on the register")
    given(CLOSED).when(Succeed(HALL), at="2026-03-19 10:00", register=THERE).then_refused(
        "stays with the body"
    )
    given(RECEIVED[:1]).when(Succeed(HALL), at="2026-02-24 10:00", register=THERE).then_refused("no body")
