"""Reopening: who may ask until when and why, who answers, and where the case goes on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.closing import Close
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.closing import Closed, MergedInto, Reopened, Withdrawn
from compact_cases.rules.events.enquiry import TakenUpAgain
from compact_cases.rules.events.intake import Acknowledged, Declined, OfficerAssigned
from compact_cases.rules.events.reopening import ReopeningAsked, ReopeningDeclined
from compact_cases.rules.names import telling_words
from compact_cases.rules.notices import Rest
from compact_cases.rules.reopening import (
    COME_BACK,
    ERROR,
    NEW_EVIDENCE,
    AskToReopen,
    DeclineReopening,
    Reopen,
    RespondentAsksToReopen,
    raiser_can_ask,
    raisers_reasons,
)
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.standing import standing_facts
from compact_cases.rules.terms import Term
from tests.builders import (
    CLOSED,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    Given,
    History,
    given,
    now,
    on,
    received,
    said,
    sealed,
)

# CLOSED ends on Wednesday 18 March 2026, 12:00; 3 and 6 April are holidays, so day 19 is Thursday 16 April
DAY_19, DAY_20, DAY_21 = "2026-04-16 10:00", "2026-04-17 22:40", "2026-04-20 09:00"
ANSWER_BY = Term(date(2026, 4, 16), 5, date(2026, 4, 23))
ASKED: History = CLOSED + on(DAY_19, ReopeningAsked("raiser", NEW_EVIDENCE, sealed(), ANSWER_BY))
ANSWERED = "2026-04-20 10:00"
WITHDRAWN = Withdrawn(None), Closed("withdrawn", None)


def evidence() -> AskToReopen:
    return AskToReopen(NEW_EVIDENCE, said("A minute of the meeting."))


# --- a request --------------------------------------------------------------------------------------------


def test_on_day_19_a_raiser_asks_for_new_evidence_and_an_officer_owes_an_answer() -> None:
    asks = evidence()
    assert asks.words
    event = ReopeningAsked("raiser", NEW_EVIDENCE, asks.words.sealed(), ANSWER_BY)
    case = given(CLOSED).when(asks, at=DAY_19).then(event)
    assert case.is_closed
    (owed,) = case.open_obligations
    assert (owed.name, owed.owner, owed.to, owed.due) == ("reopen", Seat.OFFICER, Seat.RAISER, ANSWER_BY.due)
    told = [(one.name, one.to, one.confirms) for one in notices_after(event, case)]
    assert told == [("reopening-asked", Seat.RAISER, True), ("reopening-asked", Seat.OFFICER, False)]


def test_a_respondent_asks_because_of_an_error() -> None:
    asks = RespondentAsksToReopen(ERROR, said("We never promised six weeks."))
    case = given(CLOSED).when(asks, at=DAY_19).then_case()
    assert case.reopening.requests[-1].side is Side.RESPONDENT
    (owed,) = case.open_obligations
    assert owed.to is Seat.CHAMPION


def test_late_on_day_20_is_in_time_and_day_21_is_not() -> None:
    given(CLOSED).when(evidence(), at=DAY_20).then_case()
    for asks in (evidence(), RespondentAsksToReopen(ERROR, said())):
        given(CLOSED).when(asks, at=DAY_21).then_refused("over on Friday 17 April 2026")


@pytest.mark.parametrize("asks", [AskToReopen("because", said()), RespondentAsksToReopen(COME_BACK, said())])
def test_a_reason_is_one_of_those_there_are(asks: AskToReopen | RespondentAsksToReopen) -> None:
    assert given(CLOSED).when(asks, at=DAY_19).then_refused("why").field == "why"


@pytest.mark.parametrize("words", [None, said("  ")])
def test_what_is_new_is_said(words: None) -> None:
    assert (
        given(CLOSED).when(AskToReopen(ERROR, words), at=DAY_19).then_refused("what is new").field == "words"
    )


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (RELEASED, "is open"),
        (ASKED, "answers that first"),
        (RECEIVED + on("2026-04-10 10:00", MergedInto(COUNCIL, sealed()), Closed("merged", None)), "merge"),
        (RECEIVED + on("2026-04-10 10:00", Closed("referred elsewhere", None)), "handed on"),
    ],
)
def test_what_is_not_for_a_request(history: History, sentence: str) -> None:
    given(history).when(evidence(), at="2026-04-17 10:00").then_refused(sentence)


def test_who_never_heard_of_a_concern_or_was_left_by_its_raiser_cannot_bring_it_back() -> None:
    asks = RespondentAsksToReopen(ERROR, said())
    unheard = RECEIVED + on("2026-04-10 10:00", Closed("not accepted", None))
    given(unheard).when(asks, at=DAY_19).then_refused("never told")
    left = RELEASED + on("2026-04-10 10:00", *WITHDRAWN)
    given(left).when(asks, at=DAY_19).then_refused("only they can come back")


def test_each_side_asks_once_after_a_closing_and_anew_after_the_next() -> None:
    declined = ASKED + on("2026-04-17 10:00", ReopeningDeclined("raiser", sealed()))
    given(declined).when(evidence(), at="2026-04-17 11:00").then_refused("asked once")
    given(declined).when(RespondentAsksToReopen(ERROR, said()), at="2026-04-17 11:00").then_case()
    again = ASKED + on(
        "2026-04-17 10:00",
        Reopened("raiser-decides", sealed(), None),
        TakenUpAgain(None, None, Term(date(2026, 4, 17), 10, date(2026, 5, 1))),
        Closed("reply accepted", sealed()),
    )
    given(again).when(evidence(), at="2026-04-20 11:00").then_case()


# --- who answers ------------------------------------------------------------------------------------------


def test_a_request_goes_to_an_officer_who_did_not_close_the_case() -> None:
    asks = evidence()
    done = given(CLOSED).when(asks, at=DAY_19, closed_by=OFFICER, other_officers=(OTHER_OFFICER,))
    assert asks.words
    first = ReopeningAsked("raiser", NEW_EVIDENCE, asks.words.sealed(), ANSWER_BY)
    case = done.then(first, OfficerAssigned(OTHER_OFFICER))
    assert case.intake.officer == OTHER_OFFICER


@pytest.mark.parametrize("answer", [Reopen, DeclineReopening])
def test_who_closed_it_answers_only_where_nobody_else_is_there(answer: type) -> None:
    command = answer(OFFICER, "raiser-decides", said()) if answer is Reopen else answer(OFFICER, said())
    closer = given(ASKED).when(command, at=ANSWERED, closed_by=OFFICER, other_officers=(OTHER_OFFICER,))
    assert closer.then_refused("another officer answers").field == "answer"
    given(ASKED).when(command, at=ANSWERED, closed_by=OFFICER).then_case()
    given(CLOSED).when(command, at=DAY_19).then_refused("Nobody has asked")


# --- opened again -----------------------------------------------------------------------------------------


def test_the_respondent_replies_to_the_new_matter_and_what_was_before_stays() -> None:
    opens = Reopen(OTHER_OFFICER, "early-resolution", said("There is a minute."), said("Page 3 says so."))
    assert opens.wording
    reply = Term(date(2026, 4, 20), 10, date(2026, 5, 5))
    case = (
        given(ASKED)
        .when(opens, at=ANSWERED)
        .then(
            Reopened("early-resolution", opens.explanation.sealed(), None),
            TakenUpAgain(
                opens.wording.sealed(), reply, None, guard=Term(date(2026, 4, 20), 60, date(2026, 7, 15))
            ),
        )
    )
    assert (case.stage, case.closing.outcome, case.closing.closed_at) == (Stage.EARLY_RESOLUTION, None, None)
    assert [one.outcome for one in case.closing.before] == ["resolved early"]
    assert [one.name for one in case.open_obligations] == ["reply"]
    assert case.owed("reply").cycle == 2  # type: ignore[union-attr]
    assert (case.enquiry.replies, len(case.enquiry.before[0].replies)) == ((), 1)
    told = [(one.name, one.to) for one in notices_after(Reopened("early-resolution", None, None), case)]
    assert told == [("reopened", seat) for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)]


def test_until_the_new_reply_is_there_nobody_decides_about_the_old_one() -> None:
    opens = Reopen(OTHER_OFFICER, "early-resolution", said(), said("Page 3."))
    case = given(ASKED).when(opens, at=ANSWERED).then_case()
    Given(case).when(Decide("settled"), at="2026-04-21 10:00").then_refused("nothing to decide")


def test_the_raiser_decides_anew_and_nothing_of_the_first_decision_is_left() -> None:
    opens = Reopen(OTHER_OFFICER, "raiser-decides", said(), said("not asked for here"))
    case = given(ASKED).when(opens, at=ANSWERED).then_case()
    assert (case.stage, case.enquiry.decision, len(case.enquiry.released)) == (Stage.RAISER_DECIDES, None, 1)
    assert [one.name for one in case.open_obligations] == ["decide"]
    after = Given(case).when(Decide("not"), at="2026-04-21 10:00").then_case()
    assert [one.name for one in after.open_obligations] == ["next-step"]


def test_a_declined_concern_goes_back_to_its_beginning_and_its_end_is_told_of_both_sides() -> None:
    declined = RECEIVED + on(
        "2026-03-30 10:00",
        Acknowledged(OFFICER, None),
        Declined("repeat", sealed()),
        Closed("not accepted", None),
        ReopeningAsked("raiser", ERROR, sealed(), Term(date(2026, 3, 30), 5, date(2026, 4, 8))),
    )
    opens = Reopen(OTHER_OFFICER, "received", said())
    case = given(declined).when(opens, at="2026-03-31 10:00").then_case()
    assert [one.name for one in case.open_obligations] == ["acknowledge"]
    wrong = Reopen(OTHER_OFFICER, "raiser-decides", said())
    assert (
        given(declined).when(wrong, at="2026-03-31 10:00").then_refused("where the case goes").field
        == "stage"
    )
    taken_on = Acknowledged(OFFICER, sealed())
    assert given(declined + on("2026-04-01 10:00", taken_on)).case.intake.declined is None


def test_a_new_matter_is_written_and_needs_somebody_to_reply() -> None:
    opens = Reopen(OTHER_OFFICER, "early-resolution", said(), said(" "))
    assert given(ASKED).when(opens, at=ANSWERED).then_refused("new matter").field == "wording"
    opens = replace(opens, wording=said("Page 3."))
    assert given(ASKED).when(opens, at=ANSWERED, register={}).then_refused("champion").field == "stage"
    silent = Reopen(OTHER_OFFICER, "raiser-decides", said(""))
    assert given(ASKED).when(silent, at=ANSWERED).then_refused("both sides").field == "explanation"


@pytest.mark.parametrize("field", ["explanation", "wording"])
def test_what_both_sides_read_does_not_name_a_hidden_raiser(field: str) -> None:
    hidden = on("2026-02-23 10:00", received(Term(date(2026, 2, 23), 5, date(2026, 3, 2)), "confidential"))
    opens = Reopen(OTHER_OFFICER, "early-resolution", said(), said("Page 3."))
    told: dict[str, Any] = {field: said("Sue Ng says so.")}
    opens = replace(opens, **told)
    words = telling_words(["Sue Ng"])
    done = given(hidden + ASKED[1:]).when(opens, at=ANSWERED, raisers_words=words)
    assert done.then_refused("who raised it").field == field
    looked = replace(opens, words_may_stay=True)
    given(hidden + ASKED[1:]).when(looked, at=ANSWERED, raisers_words=words).then_case()


def test_a_case_that_stays_closed_owes_nothing_more() -> None:
    says_no = DeclineReopening(OTHER_OFFICER, said("The minute was known."))
    event = ReopeningDeclined("raiser", says_no.explanation.sealed(), OTHER_OFFICER)
    case = given(ASKED).when(says_no, at=ANSWERED).then(event)
    assert (case.is_closed, case.open_obligations) == (True, ())
    assert [(one.name, one.to) for one in notices_after(event, case)] == [("reopening-declined", Seat.RAISER)]


def test_it_can_be_closed_again_and_the_days_begin_anew() -> None:
    opens = Reopen(OTHER_OFFICER, "raiser-decides", said())
    case = given(ASKED).when(opens, at=ANSWERED).then_case()
    case = Given(case).when(Decide("settled"), at="2026-04-21 10:00").then_case()
    case = Given(case).when(Close("resolved early", said()), at="2026-04-22 10:00").then_case()
    raiser_can_ask(case, now("2026-05-20 10:00"))


# --- who comes back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "stage", "owed"),
    [
        (RECEIVED, "received", "acknowledge"),
        (PUT_TO_THE_COUNCIL, "early-resolution", "reply"),
        (REPLIED, "early-resolution", "release"),
        (RELEASED, "raiser-decides", "decide"),
    ],
)
def test_a_raiser_who_withdrew_comes_back_to_where_it_stood_by_asking_once(
    history: History, stage: str, owed: str
) -> None:
    left = history + on("2026-03-17 10:00", *WITHDRAWN)
    assert raisers_reasons(given(left).case, now("2026-03-18 10:00")) == {"why": (COME_BACK,)}
    case = given(left).when(AskToReopen(COME_BACK), at="2026-03-18 10:00").then_case()
    assert (case.stage.value, [one.name for one in case.open_obligations]) == (stage, [owed])
    assert case.closing.closed_at is None
    gone = left + on("2026-03-18 10:00", ReopeningAsked("raiser", COME_BACK, None, None))
    assert raisers_reasons(given(gone).case, now("2026-03-18 10:00")) == {"why": (NEW_EVIDENCE, ERROR)}


def test_who_comes_back_while_the_body_has_no_champion_is_acknowledged_anew() -> None:
    left = PUT_TO_THE_COUNCIL + on("2026-03-17 10:00", *WITHDRAWN)
    case = given(left).when(AskToReopen(COME_BACK), at="2026-03-18 10:00", register={}).then_case()
    assert [one.name for one in case.open_obligations] == ["acknowledge"]


# --- letters of a closed case -----------------------------------------------------------------------------


def test_a_reminder_of_what_a_closed_case_still_owes_stands_and_other_letters_do_not() -> None:
    owed = given(ASKED).case.open_obligations
    facts = {"items": [{"obligation": "reopen", "item": "", "cycle": 1, "due": "2026-04-23"}]}
    case = given(ASKED).case

    def stands(rest: Rest, owes: tuple[object, ...] = owed) -> bool:
        return standing_facts("reminder", facts, rest, owes, False, lambda: case) is not None  # type: ignore[arg-type]

    assert stands(Rest.RUNNING)
    assert not stands(Rest.RUNNING, ())
    facts = {}  # of nothing that is owed
    assert not stands(Rest.OPEN)
