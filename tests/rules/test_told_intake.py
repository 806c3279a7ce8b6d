"""Who is told what from receipt to notice, with which facts; and what is kept of what was asked and added."""

from dataclasses import replace
from datetime import date
from typing import Any

from compact_cases.rules.acts import act_of
from compact_cases.rules.choices import AFRAID_OF_IT
from compact_cases.rules.coming import Arrived
from compact_cases.rules.events.intake import AddedToConcern, ConcernReceived, MoreAnswered
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AddToConcern,
    AnswerQuestion,
    AskForMore,
    Decline,
)
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.particulars import Assign, HandOver
from compact_cases.rules.past import Past
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Came
from tests.builders import (
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    SETTLED,
    History,
    given,
    local,
    now,
    on,
    said,
)
from tests.rules.test_intake import receive

ASK = AskForMore(said("On which day?"))
ASKED: History = RECEIVED + on("2026-02-24 10:00", *given(RECEIVED).when(ASK, at="2026-02-24 10:00").events())
ACKNOWLEDGE = {"obligation": "acknowledge", "due": "2026-03-02", "item": "", "cycle": 1}


def test_a_receipt_goes_to_the_raiser_who_sent_it_and_the_officers_hear_of_a_new_concern() -> None:
    facts = {"obligation": "acknowledge", "due": "2026-03-02"}
    given([]).when(receive(), at="2026-02-23 10:00").then_told(
        Notice("receipt", Seat.RAISER, facts, Rest.OWED, confirms=True),
        Notice("new-concern", Seat.OFFICER, facts, Rest.RUNNING),
    )


def test_a_question_goes_to_the_raiser_with_its_date_and_the_answer_to_the_officer_with_what_is_owed() -> (
    None
):
    given(RECEIVED).when(ASK, at="2026-02-24 10:00").then_told(
        Notice("question", Seat.RAISER, {"obligation": "answer", "due": "2026-03-10"}, Rest.OWED)
    )
    owed = {"obligation": "acknowledge", "due": "2026-03-05", "item": "", "cycle": 2}
    answer = AnswerQuestion(said("On a Thursday."))
    given(ASKED).when(answer, at="2026-02-27 10:00", seat=Seat.RAISER).then_told(
        Notice("answered", Seat.OFFICER, {"items": [owed]})
    )


def test_whoever_looks_after_a_case_from_now_on_hears_what_the_office_owes_in_it() -> None:
    given(RECEIVED).when(Assign(OFFICER), at="2026-02-24 10:00").then_told(
        Notice("assigned", Seat.OFFICER, {"items": [ACKNOWLEDGE]})
    )
    assigned = RECEIVED + on(
        "2026-02-24 10:00", *given(RECEIVED).when(Assign(OFFICER), at="2026-02-24 10:00").events()
    )
    hand_over = HandOver(OTHER_OFFICER, said("On leave."))
    given(assigned).when(hand_over, at="2026-02-25 10:00").then_told(
        Notice("handed-over", Seat.OFFICER, {"items": [ACKNOWLEDGE]})
    )
    close = {"obligation": "close", "due": "2026-03-23", "item": "", "cycle": 1}
    given(SETTLED).when(Assign(OTHER_OFFICER), at="2026-03-17 10:00").then_told(
        Notice("assigned", Seat.OFFICER, {"items": [close]})
    )
    # what the respondent owes is nothing that the office has to do
    given(PUT_TO_THE_COUNCIL).when(Assign(OTHER_OFFICER), at="2026-03-03 10:00").then_told(
        Notice("assigned", Seat.OFFICER)
    )


def test_an_addition_is_told_to_the_officer() -> None:
    addition = AddToConcern(said("There was a second letter."))
    given(RECEIVED).when(addition, at="2026-02-24 10:00", seat=Seat.RAISER).then_told(
        Notice("addition", Seat.OFFICER)
    )


def test_a_case_that_was_kept_on_paper_is_told_to_both_with_its_date_and_the_day_of_the_notice() -> None:
    (first, at), *others = RECEIVED
    assert isinstance(first, ConcernReceived)
    on_paper = [(replace(first, channel="paper"), at), *others]
    command = Accept(OFFICER, said(), said(), past=Past(date(2026, 2, 3), date(2026, 2, 16)))
    facts = {"obligation": "reply", "due": "2026-03-02", "written": "2026-02-16"}
    given(on_paper).when(command, at="2026-02-24 10:00").then_told(
        Notice("kept-on-paper", Seat.RAISER, facts), Notice("kept-on-paper", Seat.CHAMPION, facts)
    )


def test_that_it_is_not_taken_further_is_told_to_the_raiser_whatever_comes_next() -> None:
    decline = Decline(OFFICER, "not a partner", said("A court decides on this."))
    at = local("2026-02-24 10:00")
    given(RECEIVED).when(decline, at="2026-02-24 10:00").then_told(
        Notice("declined", Seat.RAISER, {"closed": at.isoformat()}, Rest.ALWAYS)
    )
    elsewhere = replace(decline, reason="another route fits")  # which says itself how it goes on
    given(RECEIVED).when(elsewhere, at="2026-02-24 10:00").then_told(
        Notice("declined", Seat.RAISER, {}, Rest.ALWAYS)
    )


# --- what is kept -----------------------------------------------------------------------------------------


def test_an_answer_that_came_on_paper_is_kept_with_its_day_and_whether_that_was_in_time() -> None:
    def came(day: date, at: str) -> Any:
        answer = AnswerQuestion(said("On a Thursday."), Arrived(day, "paper"))
        events = given(ASKED).when(answer, at=at).events()
        assert isinstance(events[0], MoreAnswered)
        return events[0].came

    assert came(date(2026, 3, 10), "2026-03-12 10:00") == Came(date(2026, 3, 10), "paper", in_time=True)
    assert came(date(2026, 3, 11), "2026-03-12 10:00") == Came(date(2026, 3, 11), "paper", in_time=False)
    early = AnswerQuestion(said(), Arrived(date(2026, 2, 23), "paper"))
    before = given(ASKED).when(early, at="2026-03-02 10:00")
    before.then_refused("It cannot have come before Tuesday 24 February 2026")


def test_an_addition_that_came_by_phone_is_kept_with_its_day() -> None:
    command = AddToConcern(said("There was a second letter."), Arrived(date(2026, 2, 24), "phone"))
    came = Came(date(2026, 2, 24), "phone", in_time=None)
    given(RECEIVED).when(command, at="2026-02-25 10:00").then(AddedToConcern(command.addition.sealed(), came))


# --- refusals ---------------------------------------------------------------------------------------------


def test_a_raiser_who_is_afraid_is_thought_of_before_the_notice_goes() -> None:
    accept = Accept(OFFICER, said(), said())
    refused = given(RECEIVED).when(accept, at="2026-03-02 09:30", raiser_is_afraid=True)
    assert refused.then_refused(AFRAID_OF_IT).field == "fear_considered"
    thought_of = replace(accept, fear_considered=True)
    given(RECEIVED).when(thought_of, at="2026-03-02 09:30", raiser_is_afraid=True).then_case()


def test_a_concern_about_nobody_on_the_register_is_refused_at_the_respondent() -> None:
    nobody = given(RECEIVED[:1]).when(Accept(OFFICER, said(), said()), at="2026-02-24 10:00")
    refused = nobody.then_refused("Please say first which body on the register this concern is about")
    assert refused.field == "respondent"


def test_a_question_that_is_answered_or_that_came_too_late_is_not_answered_again() -> None:
    answer = AnswerQuestion(said("On a Thursday."))
    answered = ASKED + on("2026-02-27 10:00", *given(ASKED).when(answer, at="2026-02-27 10:00").events())
    for history in (RECEIVED, answered, ASKED + PUT_TO_THE_COUNCIL[len(RECEIVED) :]):
        again = given(history).when(answer, at="2026-03-03 10:00")
        again.then_refused("There is no question waiting for an answer in this case.")


def test_the_reasons_to_decline_are_offered_and_no_other_is_taken() -> None:
    decline = Decline(OFFICER, "because", said("No."))
    found = act_of(decline).choices(given(RECEIVED).case, now("2026-02-24 10:00"))
    assert found == {"reason": tuple(DECLINE_REASONS)}
    refused = given(RECEIVED).when(decline, at="2026-02-24 10:00")
    assert refused.then_refused("Please choose one of the reasons").field == "reason"
