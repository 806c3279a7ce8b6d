"""Closing: a case ends with its outcome or is withdrawn."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Close, Withdraw, outcomes
from compact_cases.rules.events.closing import Closed, Withdrawn
from compact_cases.rules.events.enquiry import (
    ClauseReply,
    LastLetterSent,
    RaiserDecided,
    ReplyReleased,
    ReplySent,
)
from compact_cases.rules.events.intake import ClosingDateGiven
from compact_cases.rules.names import telling_words
from compact_cases.rules.seats import Seat
from compact_cases.rules.silence import RecordSilence
from compact_cases.rules.statements import sealed_if
from compact_cases.rules.terms import Term
from tests.builders import (
    CHAMPION,
    CLOSED,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    History,
    given,
    now,
    on,
    received,
    said,
    sealed,
)

ACKNOWLEDGE = Term(date(2026, 2, 23), 5, date(2026, 3, 2))


def open_outcomes(case: Case, at: str) -> tuple[str, ...]:
    return outcomes(case, now(at))["outcome"]


def test_a_case_closes_with_an_outcome_that_fits() -> None:
    at = "2026-03-18 12:00"
    assert open_outcomes(given(SETTLED).case, at) == ("resolved early",)
    assert open_outcomes(given(RELEASED).case, at) == ()
    refused = given(SETTLED).when(Close("partly settled", said()), at=at).then_refused("resolved early")
    assert refused.field == "outcome"
    refused = given(SETTLED).when(Close("resolved early", said("")), at=at).then_refused("how it ended")
    assert refused.field == "summary"
    given(RELEASED).when(Close("resolved early", said()), at=at).then_refused("still open")
    done = Close("resolved early", said("The council gave two weeks."))
    case = given(SETTLED).when(done, at=at).then(Closed("resolved early", done.summary.sealed()))
    assert case.is_closed
    assert case.open_obligations == ()
    assert (case.closing.outcome, case.closing.closed_at) == ("resolved early", now(at).at)
    given(CLOSED).when(Close("resolved early", said()), at="2026-03-19 12:00").then_refused("closed already")


@pytest.mark.parametrize(
    ("confidentiality", "refused"), [("confidential", True), ("anonymous", True), ("open", False)]
)
def test_a_summary_does_not_name_a_raiser_who_is_not_to_be_known(confidentiality: str, refused: bool) -> None:
    words, at = telling_words(["Sue Ng", "Hillview HTA"]), "2026-03-18 12:00"
    settled = on("2026-02-23 10:00", received(ACKNOWLEDGE, confidentiality)) + SETTLED[1:]
    closing = Close("resolved early", said("The council met the HTA and Ng."))
    done = given(settled).when(closing, at=at, raisers_words=words)
    if refused:
        assert done.then_refused("could tell the respondent who raised it: HTA, Ng.").field == "summary"
        looked = replace(closing, words_may_stay=True)
        done = given(settled).when(looked, at=at, raisers_words=words)
    assert done.then_case().is_closed


def test_a_disputed_reply_without_an_offer_that_settles_it_is_reply_accepted() -> None:
    disputed = PUT_TO_THE_COUNCIL + on(
        "2026-03-12 11:00",
        ReplySent(
            (ClauseReply(1, "dispute", sealed()),),
            None,
            CHAMPION,
            sealed(),
            Term(date(2026, 3, 12), 2, date(2026, 3, 16)),
        ),
        ReplyReleased(0, None, Term(date(2026, 3, 13), 10, date(2026, 3, 27))),
        RaiserDecided("settled", "close", None, Term(date(2026, 3, 16), 5, date(2026, 3, 23))),
    )
    assert open_outcomes(given(disputed).case, "2026-03-18 12:00") == ("reply accepted",)


@pytest.mark.parametrize(
    ("history", "decision", "fitting"),
    [
        (RELEASED, "partly", ("partly settled",)),
        (SILENT, "stop", ("respondent declined", "withdrawn")),
    ],
)
def test_the_decision_says_how_a_case_may_end(
    history: History, decision: str, fitting: tuple[str, ...]
) -> None:
    term = Term(date(2026, 3, 30), 5, date(2026, 4, 8))
    decided = history + on("2026-03-30 12:00", RaiserDecided(decision, "close", None, term))
    assert open_outcomes(given(decided).case, "2026-03-31 12:00") == fitting


def test_a_case_whose_closing_date_has_passed_may_be_overtaken_by_events() -> None:
    dated = RECEIVED + on("2026-02-23 10:00", ClosingDateGiven(date(2026, 3, 17))) + SETTLED[len(RECEIVED) :]
    assert open_outcomes(given(dated).case, "2026-03-17 23:00") == ("resolved early",)
    assert open_outcomes(given(dated).case, "2026-03-18 00:05") == ("resolved early", "overtaken by events")


def test_after_silence_it_closes_as_no_further_contact() -> None:
    case = given(SILENT).case
    assert open_outcomes(case, "2026-04-21 09:00") == ()
    asked_last = SILENT + on("2026-04-22 08:00", LastLetterSent(date(2026, 4, 22)))
    silence = RecordSilence(date(2026, 4, 29))
    unheard = asked_last + on(
        "2026-04-29 08:00", *given(asked_last).when(silence, at="2026-04-29 08:00").events()
    )
    assert open_outcomes(given(unheard).case, "2026-04-29 09:00") == ("no further contact",)


@pytest.mark.parametrize("history", [RECEIVED, PUT_TO_THE_COUNCIL, REPLIED, RELEASED, SILENT, SETTLED])
def test_a_raiser_may_withdraw_at_any_stage(history: History) -> None:
    case = (
        given(history)
        .when(Withdraw(sure=True), at="2026-04-10 12:00")
        .then(Withdrawn(None), Closed("withdrawn", None))
    )
    assert case.is_closed
    assert case.open_obligations == ()
    given(history).when(Withdraw(sure=False), at="2026-04-10 12:00").then_refused("confirm")


def test_the_words_of_a_withdrawal_are_kept_if_there_are_any() -> None:
    command = Withdraw(sure=True, words=said("We are tired."))
    given(RELEASED).when(command, at="2026-04-10 12:00").then(
        Withdrawn(sealed_if(command.words)), Closed("withdrawn", None)
    )


def test_nothing_is_withdrawn_twice() -> None:
    given(CLOSED).when(Withdraw(sure=True), at="2026-04-10 12:00").then_refused("closed already")


@pytest.mark.parametrize(
    ("history", "told"),
    [
        (RECEIVED, [Seat.RAISER, Seat.OFFICER]),
        (PUT_TO_THE_COUNCIL, [Seat.RAISER, Seat.OFFICER, Seat.CHAMPION]),
    ],
)
def test_a_respondent_that_never_had_notice_hears_of_no_withdrawal(
    history: History, told: list[Seat]
) -> None:
    outcome = given(history).when(Withdraw(sure=True), at="2026-04-10 12:00")
    case = outcome.then_case()
    letters = [notice for event in outcome.events() for notice in notices_after(event, case)]
    assert [(one.name, one.to) for one in letters] == [("withdrawn", seat) for seat in told]


def test_both_sides_are_told_that_it_closed() -> None:
    letters = notices_after(Closed("resolved early", sealed()), given(CLOSED).case)
    assert [(one.name, one.to) for one in letters] == [("closed", Seat.RAISER), ("closed", Seat.CHAMPION)]
