"""Who is told of an answer about mediation, and of what all say together; what stands still, what goes on."""

from datetime import date

import pytest

from compact_cases.rules.events.clocks import Paused, Resumed
from compact_cases.rules.events.enquiry import DecisionAsked
from compact_cases.rules.events.mediation import (
    ConsentAnswered,
    ConsentUnanswered,
    MediationAgreed,
    MediationNotAgreed,
)
from compact_cases.rules.events.review import MeetingCancelled
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, RecordNoConsent
from compact_cases.rules.notices import Notice
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Going, Held, Term
from tests.builders import (
    RELEASED,
    confidential,
    given,
    said,
)
from tests.rules.test_onward import IN_REVIEW
from tests.rules.test_review import SET, then
from tests.rules.test_told_mediation import (
    AGREED,
    ASKED,
    ASKED_ON,
    PROPOSED_TO_BOTH,
    SWEEP,
    WANTED,
    fact,
    owed,
    who_owes,
)


def test_a_yes_opens_nothing_while_somebody_has_still_to_answer_and_the_last_one_stops_all() -> None:
    first = given(PROPOSED_TO_BOTH).when(AnswerMediation("raiser", True, papers=True), at="2026-03-17 10:00")
    first.then(ConsentAnswered("raiser", True, False, True, None, None))
    history = then(PROPOSED_TO_BOTH, AnswerMediation("raiser", True, papers=True), "2026-03-17 10:00")
    last = given(history).when(AnswerMediation("respondent", True), at="2026-03-18 10:00")
    case = last.then(
        ConsentAnswered("respondent", True, False, False, None, None),
        MediationAgreed(
            ("raiser", "respondent"), False, False, Term(date(2026, 3, 18), 10, date(2026, 4, 1))
        ),
        Paused(
            1,
            "in mediation",
            "office/officer",
            "office/officer",
            date(2026, 3, 18),
            date(2026, 7, 14),  # eighty working days: the longest that it can be
            (Held("decide", "", 7),),
            "mediate",
        ),
    )
    assert case.mediation.before_it == "raiser-decides"
    assert who_owes(case, "appoint") == (Seat.OFFICER, Seat.RAISER)
    facts = fact("appoint", "2026-04-01")
    last.then_told(
        Notice("mediation-agreed", Seat.RAISER, facts, confirms=True),
        Notice("mediation-agreed", Seat.CHAMPION, facts, confirms=True),
        Notice("mediation-agreed", Seat.OFFICER, facts),
    )


def test_with_the_last_yes_the_askers_pause_gives_way_to_that_of_the_mediation() -> None:
    yes = AnswerMediation("", True, papers=True)
    _, resumed, agreed, paused = given(ASKED).when(yes, at="2026-03-18 10:00", seat=Seat.CHAMPION).events()
    assert resumed == Resumed(
        1,
        "all agree to mediation",
        date(2026, 3, 18),
        (Going("decide", "", Term(date(2026, 3, 18), 9, date(2026, 3, 31))),),
    )
    assert isinstance(agreed, MediationAgreed)
    assert agreed.papers
    assert isinstance(paused, Paused)
    assert (paused.pause, paused.obligations) == (2, (Held("decide", "", 9),))


def test_a_meeting_that_was_ahead_is_called_off() -> None:
    asked = then(SET, AskForMediation("raiser"), "2026-04-08 10:00")
    outcome = given(asked).when(AnswerMediation("respondent", True), at="2026-04-09 10:00")
    convene = Term(date(2026, 4, 9), 5, date(2026, 4, 16))
    assert MeetingCancelled(1, convene) in outcome.events()
    paused = outcome.events()[-1]
    assert isinstance(paused, Paused)
    assert paused.obligations == (Held("note", "", 15), Held("convene", "", 5))
    off = [one.to for one in outcome.told() if one.name == "invitation-cancelled"]
    assert off == [Seat.RAISERS_LEAD, Seat.SENIOR_LEAD]
    asked = then(IN_REVIEW, AskForMediation("raiser"), "2026-04-01 10:00")  # no day is set yet
    found = given(asked).when(AnswerMediation("respondent", True), at="2026-04-02 10:00").events()
    assert not any(isinstance(one, MeetingCancelled) for one in found)


@pytest.mark.parametrize("never", [False, True])
def test_one_no_ends_the_asking_and_the_raiser_hears_until_when_to_decide(never: bool) -> None:
    outcome = given(ASKED).when(AnswerMediation("respondent", False, never=never), at="2026-03-18 10:00")
    case = outcome.then(
        ConsentAnswered("respondent", False, never, False, None, None),
        MediationNotAgreed(),
        Resumed(
            1,
            "mediation was not agreed",
            date(2026, 3, 18),
            (Going("decide", "", Term(date(2026, 3, 18), 9, date(2026, 3, 31))),),
        ),
    )
    assert case.mediation.never == (("respondent",) if never else ())
    assert case.mediation.asked_by is None
    outcome.then_told(
        Notice("mediation-declined", Seat.RAISER, fact("decide", "2026-03-31"), confirms=True),
        Notice("mediation-declined", Seat.CHAMPION),
        Notice("mediation-declined", Seat.OFFICER),
    )


def test_a_no_of_one_ends_what_the_other_had_still_to_answer() -> None:
    outcome = given(PROPOSED_TO_BOTH).when(AnswerMediation("raiser", False), at="2026-03-17 10:00")
    case = outcome.then(ConsentAnswered("raiser", False, False, False, None, None), MediationNotAgreed())
    assert owed(case) == {"decide": date(2026, 3, 27)}


def test_silence_is_no_and_nine_days_run_on_from_the_last_day_for_an_answer() -> None:
    silence = RecordNoConsent("respondent", date(2026, 3, 24))
    case = (
        given(ASKED)
        .when(silence, at="2026-03-24 08:00", **SWEEP)
        .then(
            ConsentUnanswered("respondent", date(2026, 3, 24)),
            MediationNotAgreed(),
            Resumed(
                1,
                "mediation was not agreed",
                date(2026, 3, 23),
                (Going("decide", "", Term(date(2026, 3, 23), 9, date(2026, 4, 7))),),
            ),
        )
    )
    assert [one.answer for one in case.mediation.consents] == ["yes", "silent"]
    given(AGREED).when(silence, at="2026-03-24 08:00", **SWEEP).then()  # it was answered meanwhile


def test_where_it_was_the_next_step_a_no_brings_the_case_back_to_its_raiser() -> None:
    asked = then(WANTED, OpenNextStep("mediation", None), "2026-03-17 10:00")
    outcome = given(asked).when(AnswerMediation("respondent", False), at="2026-03-18 10:00")
    decide = Term(date(2026, 3, 18), 10, date(2026, 4, 1))
    outcome.then(
        ConsentAnswered("respondent", False, False, False, None, None),
        MediationNotAgreed(),
        DecisionAsked("mediation", decide),
    )
    assert outcome.told()[0] == Notice(
        "mediation-declined", Seat.RAISER, fact("decide", "2026-04-01"), confirms=True
    )


def test_who_is_not_asked_cannot_answer_and_nobody_answers_for_the_other_side() -> None:
    given(ASKED).when(AnswerMediation("", True), at="2026-03-17 10:00", seat=Seat.RAISER).then_refused(
        "not asked about mediation"
    )
    for party, by, words in (
        ("raiser", Seat.CHAMPION, "for which side"),
        ("", Seat.OFFICER, "for which side"),
        ("officer", Seat.OFFICER, "for which side"),
        ("raiser", Seat.OFFICER, "not asked about mediation"),
    ):
        refused = given(ASKED).when(AnswerMediation(party, True), at="2026-03-17 10:00", seat=by)
        assert refused.then_refused(words).field == "party"
    both = AnswerMediation("respondent", True, never=True)
    assert given(ASKED).when(both, at="2026-03-17 10:00").then_refused("Which of the two").field == "never"


def test_a_hidden_raiser_who_says_yes_says_who_will_know_and_a_no_needs_nothing() -> None:
    asked = then(confidential(RELEASED), AskForMediation("respondent"), ASKED_ON)
    plain = given(asked).when(AnswerMediation("raiser", True), at="2026-03-17 10:00")
    assert plain.then_refused("who will know of you").field == "known"
    proxy = AnswerMediation("raiser", True, known="proxy", proxy=said("Jo"))
    first, *_, agreed, _ = given(asked).when(proxy, at="2026-03-17 10:00").events()
    assert isinstance(first, ConsentAnswered)
    assert (first.known, first.proxy is None) == ("proxy", False)
    assert isinstance(agreed, MediationAgreed)
    assert agreed.apart
    no = AnswerMediation("raiser", False, papers=True, known="proxy", proxy=said("Jo"))
    first, *_ = given(asked).when(no, at="2026-03-17 10:00").events()
    assert first == ConsentAnswered("raiser", False, False, False, None, None)
    theirs = AnswerMediation("respondent", True, proxy=said("Jo"))
    first, *_ = given(ASKED).when(theirs, at="2026-03-17 10:00").events()
    assert first == ConsentAnswered("respondent", True, False, False, None, None)
