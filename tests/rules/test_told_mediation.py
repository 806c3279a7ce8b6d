"""Who is told that mediation is asked for, and of each answer; what stands still; who can ask when."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.appointing import (
    AnswerName,
    DeclareInterest,
    ProposeMediator,
    RecordNameSeen,
)
from compact_cases.rules.case import Case
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.clocks import Paused
from compact_cases.rules.events.enquiry import ReplySent
from compact_cases.rules.events.mediation import (
    MediationAsked,
    OfferDeclined,
)
from compact_cases.rules.mediating import PartyTerm
from compact_cases.rules.mediation import AnswerMediation, AskForMediation, DeclineOffer
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Held, Term
from tests.builders import (
    CHAMPION,
    CLOSED,
    COUNCIL,
    PUT_TO_THE_COUNCIL,
    RELEASED,
    SETTLED,
    History,
    confidential,
    given,
    on,
    rulebook,
    said,
    sealed,
)
from tests.rules.test_onward import IN_REVIEW
from tests.rules.test_review import SET, then

MARA, TOM, KIM, GROUP = UUID(int=71), UUID(int=72), UUID(int=73), UUID(int=74)
LIST: dict[str, Any] = {
    "mediators": {MARA: frozenset(), TOM: frozenset({COUNCIL, GROUP}), KIM: frozenset({GROUP})}
}
MEDIATING: dict[str, Any] = {"seat": Seat.MEDIATOR}
SWEEP: dict[str, Any] = {"seat": Seat.SYSTEM}
SMALL: dict[str, Any] = {"small_sides": frozenset({Side.RAISER})}
BOTH = (Seat.RAISER, Seat.CHAMPION)
ASKED_ON = "2026-03-16 10:00"  # the raiser’s decision is due on 27 March, nine working days later
BY_23_MARCH = Term(date(2026, 3, 16), 5, date(2026, 3, 23))

ASKED = then(RELEASED, AskForMediation("raiser", papers=True), ASKED_ON)
PROPOSED_TO_BOTH = then(RELEASED, AskForMediation("officer"), ASKED_ON, **SMALL)
AGREED = then(ASKED, AnswerMediation("respondent", True, papers=True), "2026-03-18 10:00")
NAMED = then(AGREED, ProposeMediator(MARA, "public-body"), "2026-03-19 10:00", **LIST)
NOBODY_MINDS = then(
    then(NAMED, AnswerName("raiser", True), "2026-03-20 10:00"),
    RecordNameSeen("respondent", date(2026, 3, 25)),
    "2026-03-25 08:00",
    **SWEEP,
)
APPOINTED = then(NOBODY_MINDS, DeclareInterest(False), "2026-03-26 10:00", **MEDIATING)
WANTED = then(RELEASED, Decide("not", stage="mediation"), ASKED_ON)


def owed(case: Case) -> dict[str, date | None]:
    return {f"{one.name} {one.item}".strip(): one.due for one in case.open_obligations}


def who_owes(case: Case, name: str, item: str = "") -> tuple[Seat, Seat]:
    one = case.owed(name, item)
    assert one
    return one.owner, one.to


def fact(obligation: str, due: str, **more: Any) -> dict[str, Any]:
    return {"obligation": obligation, "due": due, **more}


# --- it is asked for --------------------------------------------------------------------------------------


def test_who_asks_has_consented_and_their_clock_stands_until_the_last_day_for_an_answer() -> None:
    outcome = given(RELEASED).when(AskForMediation("raiser", papers=True), at=ASKED_ON)
    case = outcome.then(
        MediationAsked("raiser", (PartyTerm("respondent", BY_23_MARCH),), True, None, None, False),
        Paused(
            1,
            "in mediation",
            "raiser/named",
            "office/officer",
            date(2026, 3, 16),
            date(2026, 3, 23),
            (Held("decide", "", 9),),
            "consent",
        ),
    )
    assert who_owes(case, "consent", "respondent") == (Seat.CHAMPION, Seat.OFFICER)
    outcome.then_told(
        Notice("mediation-asked", Seat.CHAMPION, fact("consent", "2026-03-23", item="respondent"), Rest.OWED),
        Notice("mediation-asked", Seat.OFFICER, fact("consent", "2026-03-23")),
    )


@pytest.mark.parametrize(
    ("small", "raisers", "respondents", "last"),
    [
        (Side.RAISER, "2026-03-30", "2026-03-23", "2026-03-30"),
        (Side.RESPONDENT, "2026-03-23", "2026-03-30", "2026-03-30"),
    ],
)
def test_an_officer_asks_both_and_hears_of_the_later_date(
    small: Side, raisers: str, respondents: str, last: str
) -> None:
    given(RELEASED).when(AskForMediation("officer"), at=ASKED_ON, small_sides=frozenset({small})).then_told(
        Notice("mediation-asked", Seat.RAISER, fact("consent", raisers, item="raiser"), Rest.OWED),
        Notice("mediation-asked", Seat.CHAMPION, fact("consent", respondents, item="respondent"), Rest.OWED),
        Notice("mediation-asked", Seat.OFFICER, fact("consent", last)),
    )


def test_an_officer_who_proposes_it_says_nothing_of_papers_and_stops_no_clock() -> None:
    proposed = given(RELEASED).when(AskForMediation("officer", papers=True), at=ASKED_ON)
    asked = (PartyTerm("raiser", BY_23_MARCH), PartyTerm("respondent", BY_23_MARCH))
    proposed.then(MediationAsked("officer", asked, False, None, None, False))


def test_the_respondent_asks_for_itself_alone() -> None:
    mine = given(RELEASED).when(AskForMediation(""), at=ASKED_ON, seat=Seat.CHAMPION)
    case = mine.then(
        MediationAsked("respondent", (PartyTerm("raiser", BY_23_MARCH),), False, None, None, False)
    )
    assert who_owes(case, "consent", "raiser") == (Seat.RAISER, Seat.OFFICER)
    theirs = given(RELEASED).when(AskForMediation("raiser"), at=ASKED_ON, seat=Seat.CHAMPION)
    assert theirs.then_refused("who asks").field == "party"
    nobody = given(RELEASED).when(AskForMediation("board"), at=ASKED_ON)
    assert nobody.then_refused("who asks").field == "party"


def test_five_days_at_least_are_left_and_what_is_overdue_does_not_stand_still() -> None:
    (_, paused) = given(RELEASED).when(AskForMediation("raiser"), at="2026-03-26 10:00").events()
    assert isinstance(paused, Paused)
    assert paused.obligations == (Held("decide", "", 5),)
    late = given(RELEASED).when(AskForMediation("raiser"), at="2026-03-30 10:00").events()
    assert [type(one) for one in late] == [MediationAsked]


def test_in_a_senior_review_what_the_other_side_owes_goes_on() -> None:
    case = given(SET).when(AskForMediation("respondent"), at="2026-04-08 10:00").then_case()
    still = {one.item: one.is_paused for one in case.open_obligations if one.name == "meet"}
    assert still == {"raiser": False, "respondent": True}


def test_the_raisers_wish_to_go_on_to_it_is_their_consent_and_its_clock_is_over() -> None:
    outcome = given(WANTED).when(OpenNextStep("mediation", None), at="2026-03-17 10:00")
    asked = PartyTerm("respondent", Term(date(2026, 3, 17), 5, date(2026, 3, 24)))
    case = outcome.then(MediationAsked("raiser", (asked,), False, None, None, True))
    assert owed(case) == {"consent respondent": date(2026, 3, 24)}
    assert [one.answer for one in case.mediation.consents] == ["yes"]


def test_a_hidden_raisers_wish_is_asked_again_since_they_say_first_who_will_know_of_them() -> None:
    wanted = then(confidential(RELEASED), Decide("not", stage="mediation"), ASKED_ON)
    case = given(wanted).when(OpenNextStep("mediation", None), at="2026-03-17 10:00", **SMALL).then_case()
    assert owed(case) == {"consent raiser": date(2026, 3, 31), "consent respondent": date(2026, 3, 24)}
    assert case.mediation.consents == ()


def test_what_a_hidden_raiser_says_of_who_will_know_is_kept_and_is_nobody_elses_to_say() -> None:
    history = confidential(RELEASED)
    proxy = said("Jo of the next group")
    (asked, *_) = (
        given(history)
        .when(AskForMediation("", known="proxy", proxy=proxy), at=ASKED_ON, seat=Seat.RAISER)
        .events()
    )
    assert isinstance(asked, MediationAsked)
    assert (asked.known, asked.proxy is None) == ("proxy", False)
    (theirs, *_) = (
        given(history)
        .when(AskForMediation("", known="proxy", proxy=proxy), at=ASKED_ON, seat=Seat.CHAMPION)
        .events()
    )
    assert isinstance(theirs, MediationAsked)
    assert (theirs.known, theirs.proxy) == (None, None)
    for known, fields in (("", "known"), ("everybody", "known"), ("proxy", "proxy")):
        unsaid = given(history).when(AskForMediation("raiser", known=known), at=ASKED_ON)
        assert unsaid.then_refused("Please").field == fields
    blank = AskForMediation("raiser", known="proxy", proxy=said(" "))
    assert given(history).when(blank, at=ASKED_ON).then_refused("who speaks for you").field == "proxy"
    open_raiser = AskForMediation("raiser", known="proxy")
    (asked, *_) = given(RELEASED).when(open_raiser, at=ASKED_ON).events()
    assert isinstance(asked, MediationAsked)
    assert asked.known is None
    for one, choices in ((history, {"known": ("mediator", "proxy")}), (RELEASED, {})):
        outcome = given(one).when(AskForMediation("raiser"), at=ASKED_ON)
        assert act_of(outcome.command).choices(outcome.case, outcome.now) == choices


@pytest.mark.parametrize(
    ("history", "at", "words"),
    [
        (CLOSED, "2026-03-19 10:00", "This case is closed"),
        (AGREED, "2026-03-19 10:00", "under way already"),
        (ASKED, "2026-03-17 10:00", "asked for already"),
        (SETTLED, "2026-03-17 10:00", "after the reply, while something is open"),
        (PUT_TO_THE_COUNCIL, "2026-03-03 10:00", "after the reply, while something is open"),
        (RELEASED + on(ASKED_ON, OfferDeclined("respondent")), ASKED_ON, "not offered in this case any more"),
        (
            RELEASED
            + on(
                ASKED_ON,
                ReplySent((), None, CHAMPION, sealed(), Term(date(2026, 3, 16), 2, date(2026, 3, 18))),
            ),
            "2026-03-16 11:00",
            "waits to be read and released",
        ),
        (
            then(ASKED, AnswerMediation("respondent", False), "2026-03-18 10:00"),
            "2026-03-19 10:00",
            "a short while ago",
        ),
    ],
)
def test_when_it_cannot_be_asked_for(history: History, at: str, words: str) -> None:
    given(history).when(AskForMediation("raiser"), at=at, seat=Seat.RAISER).then_refused(words)


def test_who_had_asked_not_to_be_asked_may_still_ask_and_an_officer_may_not() -> None:
    declined = RELEASED + on(ASKED_ON, OfferDeclined("respondent"))
    given(declined).when(AskForMediation(""), at=ASKED_ON, seat=Seat.CHAMPION).then_case()
    given(declined).when(AskForMediation("respondent"), at=ASKED_ON).then_refused("not offered")


def test_in_a_senior_review_it_can_be_asked_for_again_after_a_no_before_it() -> None:
    refused = then(ASKED, AnswerMediation("respondent", False), "2026-03-18 10:00")
    went_on = then(refused, Decide("not", stage="senior-review"), "2026-03-19 10:00")
    in_review = then(went_on, OpenNextStep("senior-review", UUID(int=3)), "2026-03-20 10:00")
    given(in_review).when(AskForMediation("raiser"), at="2026-03-23 10:00").then_case()


def test_after_it_was_what_the_raiser_went_on_to_it_is_used_up() -> None:
    asked = then(WANTED, OpenNextStep("mediation", None), "2026-03-17 10:00")
    refused = then(asked, AnswerMediation("respondent", False), "2026-03-18 10:00")
    given(refused).when(AskForMediation("raiser"), at="2026-03-19 10:00").then_refused("has been tried")
    given(refused).when(DeclineOffer("raiser"), at="2026-03-19 10:00").then_refused("no offer of mediation")


def test_a_procedure_without_mediation_has_none_to_ask_for() -> None:
    without = replace(rulebook(), procedure=replace(rulebook().procedure, mediation=False))
    asks = given(RELEASED).when(AskForMediation("raiser"), at=ASKED_ON, rulebook=without)
    asks.then_refused("The procedure of this case has no mediation")


# --- please do not ask ------------------------------------------------------------------------------------


def test_each_side_says_for_itself_that_it_does_not_want_to_be_asked() -> None:
    given(RELEASED).when(DeclineOffer(""), at=ASKED_ON, seat=Seat.RAISER).then(OfferDeclined("raiser"))
    given(RELEASED).when(DeclineOffer("respondent"), at=ASKED_ON).then(OfferDeclined("respondent"))
    for party, by in (("raiser", Seat.CHAMPION), ("", Seat.OFFICER), ("officer", Seat.OFFICER)):
        refused = given(RELEASED).when(DeclineOffer(party), at=ASKED_ON, seat=by)
        assert refused.then_refused("for which side").field == "party"
    declined = RELEASED + on(ASKED_ON, OfferDeclined("respondent"))
    again = given(declined).when(DeclineOffer("respondent"), at=ASKED_ON)
    assert again.then_refused("not asked again as it is").field == "party"
    mine = given(declined).when(DeclineOffer(""), at=ASKED_ON, seat=Seat.CHAMPION)
    mine.then_refused("not offered any more")
    case = given(declined).when(DeclineOffer("raiser"), at=ASKED_ON).then_case()
    assert case.mediation.never == ("respondent", "raiser")
    both = declined + on(ASKED_ON, OfferDeclined("raiser"))
    given(both).when(DeclineOffer("raiser"), at=ASKED_ON).then_refused("not offered any more")


@pytest.mark.parametrize(
    ("history", "at"),
    [
        (ASKED, "2026-03-17 10:00"),
        (AGREED, "2026-03-19 10:00"),
        (SETTLED, "2026-03-17 10:00"),
        (PUT_TO_THE_COUNCIL, "2026-03-03 10:00"),
    ],
)
def test_there_is_no_offer_to_decline_where_none_is_made(history: History, at: str) -> None:
    given(history).when(DeclineOffer("raiser"), at=at).then_refused("no offer of mediation to decline")
    given(IN_REVIEW).when(DeclineOffer("raiser"), at="2026-04-01 10:00").then_case()
