"""What follows "I want to go on": who opens the next step, and how it comes back to the raiser."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.closing import outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide, WaitForReply, choices
from compact_cases.rules.events.enquiry import DecisionAsked, RaiserDecided, ReplySent
from compact_cases.rules.events.intake import OfficerAssigned
from compact_cases.rules.events.mediation import OfferDeclined
from compact_cases.rules.events.review import NoMeetingRecorded, ReviewOpened
from compact_cases.rules.mediation import AnswerMediation
from compact_cases.rules.onward import OpenNextStep, ways_on, wished
from compact_cases.rules.refusals import Refused
from compact_cases.rules.review import RecordNoMeeting
from compact_cases.rules.terms import Term
from tests.builders import (
    CHAMPION,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    RELEASED,
    SILENT,
    Given,
    History,
    given,
    now,
    on,
    rulebook,
    said,
    sealed,
)

FIVE, TEN = Term(date(2026, 3, 30), 5, date(2026, 4, 8)), Term(date(2026, 4, 30), 10, date(2026, 5, 15))
GOES_ON = SILENT + on("2026-03-30 12:00", RaiserDecided("not", "go-on", None, FIVE))
REVIEW_STARTS = ReviewOpened(
    OTHER_OFFICER,
    None,
    Term(date(2026, 3, 31), 5, date(2026, 4, 9)),
    date(2026, 4, 23),
    Term(date(2026, 3, 31), 20, date(2026, 4, 30)),
)
IN_REVIEW: History = GOES_ON + on("2026-03-31 10:00", OfficerAssigned(OTHER_OFFICER), REVIEW_STARTS)
ANEW: History = IN_REVIEW + on(
    "2026-04-30 08:00", NoMeetingRecorded(date(2026, 4, 30)), DecisionAsked("senior-review", TEN)
)
NO_PANEL = replace(rulebook(), procedure=replace(rulebook().procedure, panel=False))
USED_UP: History = ANEW + on("2026-04-30 09:00", OfferDeclined("respondent"))  # and no mediation either
CHAIR = COUNCIL  # any id will do
ALONE = {"officers": frozenset({OFFICER})}


def test_somebody_new_to_the_case_opens_the_review_and_handles_it() -> None:
    case = (
        given(GOES_ON)
        .when(OpenNextStep("", OTHER_OFFICER), at="2026-03-31 10:00")
        .then(OfficerAssigned(OTHER_OFFICER), REVIEW_STARTS)
    )
    assert (case.stage, case.intake.officer) == (Stage.SENIOR_REVIEW, OTHER_OFFICER)
    assert {one.name for one in case.open_obligations} == {"convene", "note"}


@pytest.mark.parametrize(
    ("command", "known", "words", "field"),
    [
        (OpenNextStep("", OFFICER), {}, "choose an officer who has not handled", "officer"),
        (OpenNextStep("", None), {}, "choose an officer who has not handled", "officer"),
        (OpenNextStep("", OTHER_OFFICER, said()), {}, "choose an officer", "officer"),
        (OpenNextStep("panel", OTHER_OFFICER), {}, "to which stage", "stage"),
        (OpenNextStep("", OFFICER), ALONE | {"chair": CHAIR}, "board chair", "officer"),
        (OpenNextStep("", OFFICER), ALONE, "other office’s officer", "elsewhere"),
        (OpenNextStep("", None, said(" ")), ALONE, "other office’s officer", "elsewhere"),
    ],
)
def test_who_cannot_convene_is_refused_with_the_reason(
    command: OpenNextStep, known: dict[str, object], words: str, field: str
) -> None:
    refused = given(GOES_ON).when(command, at="2026-03-31 10:00", **known).then_refused(words)
    assert refused.field == field


def test_an_officer_who_gave_the_case_away_is_not_new_to_it() -> None:
    handed = GOES_ON + on("2026-03-30 13:00", OfficerAssigned(OTHER_OFFICER))
    refused = given(handed).when(OpenNextStep("", OFFICER), at="2026-03-31 10:00").then_refused("board chair")
    assert refused.field == "elsewhere"


def test_where_no_officer_is_left_the_chair_convenes_and_then_another_office() -> None:
    chair = given(GOES_ON).when(OpenNextStep("", CHAIR), at="2026-03-31 10:00", chair=CHAIR, **ALONE)
    assert chair.then_case().intake.officer == CHAIR
    command = OpenNextStep("senior-review", None, said("The Compact office of the next county"))
    case = given(GOES_ON).when(command, at="2026-03-31 10:00", **ALONE).then_case()
    assert command.elsewhere
    assert (case.intake.officer, case.review.elsewhere) == (OFFICER, command.elsewhere.sealed())


def test_nothing_is_opened_unasked_or_while_a_reply_waits() -> None:
    step = OpenNextStep("", OTHER_OFFICER)
    given(RELEASED).when(step, at="2026-03-16 10:00").then_refused("has not asked to go on")
    waits = GOES_ON + on("2026-03-30 14:00", ReplySent((), None, CHAMPION, sealed(), FIVE))
    given(waits).when(step, at="2026-03-31 10:00").then_refused("A reply waits to be released")


def test_a_review_without_a_meeting_brings_it_back_to_the_raiser() -> None:
    no_meeting = RecordNoMeeting(date(2026, 4, 30))
    case = (
        given(IN_REVIEW)
        .when(no_meeting, at="2026-04-30 08:00")
        .then(NoMeetingRecorded(date(2026, 4, 30)), DecisionAsked("senior-review", TEN))
    )
    assert [one.name for one in case.open_obligations] == ["decide"]
    assert case.stage is Stage.RAISER_DECIDES
    assert (case.enquiry.decision, case.enquiry.decided_before) == (None, ("not",))
    given(ANEW).when(no_meeting, at="2026-05-01 08:00").then_refused("No senior review is under way")


def test_what_was_used_up_is_no_choice_any_more() -> None:
    assert ways_on(given(ANEW).case, rulebook().procedure) == (Stage.MEDIATION, Stage.PANEL)
    case = given(USED_UP).case
    assert ways_on(case, rulebook().procedure) == (Stage.PANEL,)
    assert ways_on(case, NO_PANEL.procedure) == ()
    assert choices(case, now("2026-05-01 10:00")) == ("settled", "partly", "not")
    waits = WaitForReply(date(2026, 5, 5))
    given(USED_UP).when(waits, at="2026-05-01 10:00").then_refused("no reply to wait for")
    on_and_on = given(USED_UP).when(Decide("partly", "go-on"), at="2026-05-01 10:00", rulebook=NO_PANEL)
    on_and_on.then_refused("nothing left")


@pytest.mark.parametrize(
    ("decide", "outcome"),
    [
        (Decide("not"), ("not settled",)),
        (Decide("partly", "close"), ("partly settled",)),
        (Decide("settled"), ("agreed at senior review",)),
    ],
)
def test_where_nothing_is_left_every_choice_leads_to_closing(
    decide: Decide, outcome: tuple[str, ...]
) -> None:
    case = given(USED_UP).when(decide, at="2026-05-01 10:00", rulebook=NO_PANEL).then_case()
    assert case.stage is Stage.CLOSING
    assert outcomes(case, now("2026-05-01 10:00"))["outcome"] == outcome


def test_in_the_review_the_raiser_can_say_that_it_is_settled_and_change_that_again() -> None:
    given(IN_REVIEW).when(Decide("not"), at="2026-04-01 10:00").then_refused("goes on already")
    given(IN_REVIEW).when(Decide("partly", "go-on"), at="2026-04-01 10:00").then_refused("nothing left")
    settled = given(IN_REVIEW).when(Decide("settled"), at="2026-04-01 10:00").then_case()
    assert [one.name for one in settled.open_obligations] == ["close"]
    history = IN_REVIEW + on("2026-04-01 10:00", RaiserDecided("settled", "close", None, FIVE))
    again = given(history).when(Decide("not"), at="2026-04-02 10:00").then_case()
    assert [one.name for one in again.open_obligations] == ["next-step"]
    assert ways_on(again, rulebook().procedure) == (Stage.SENIOR_REVIEW, Stage.MEDIATION)


def test_without_a_word_of_the_raisers_the_way_that_is_tried_first_is_taken() -> None:
    case, procedure = given(ANEW).case, rulebook().procedure
    left = ways_on(case, procedure)
    assert left == (Stage.MEDIATION, Stage.PANEL)
    assert ways_on(case, NO_PANEL.procedure) == (Stage.MEDIATION,)
    first = ways_on(given(SILENT).case, procedure)
    assert first == (Stage.SENIOR_REVIEW, Stage.MEDIATION)  # a panel comes later
    assert wished("panel", left) == "panel"
    assert wished("", left) is None
    with pytest.raises(Refused, match="ways on that are left"):
        wished("senior-review", left)


def test_to_go_on_to_mediation_is_the_raisers_consent_and_a_no_brings_it_back_to_them() -> None:
    wants = ANEW + on("2026-05-01 10:00", RaiserDecided("not", "go-on", None, FIVE, "mediation"))
    asked = given(wants).when(OpenNextStep("mediation", None), at="2026-05-05 10:00").then_case()
    assert [(one.name, one.item) for one in asked.open_obligations] == [("consent", "respondent")]
    assert asked.mediation.asked_by == "raiser"
    no = AnswerMediation("respondent", yes=False)
    case = Given(asked).when(no, at="2026-05-06 10:00").then_case()
    assert [one.name for one in case.open_obligations] == ["decide"]
    assert ways_on(case, rulebook().procedure) == (Stage.PANEL,)


def test_the_stage_that_the_raiser_named_is_kept() -> None:
    case = given(SILENT).when(Decide("not", stage="senior-review"), at="2026-03-30 12:00").then_case()
    assert case.enquiry.wish == "senior-review"
    wrong = given(SILENT).when(Decide("not", stage="nowhere"), at="2026-03-30 12:00")
    assert wrong.then_refused("ways on that are left").field == "stage"


def test_a_raiser_who_names_another_stage_before_it_is_opened_is_heard() -> None:
    wants = ANEW + on("2026-05-01 10:00", RaiserDecided("not", "go-on", None, FIVE, "mediation"))
    changed = given(wants).when(Decide("not", stage="panel"), at="2026-05-01 11:00").then_case()
    assert changed.enquiry.wish == "panel"
    assert [one.name for one in changed.open_obligations] == ["next-step"]
    for same in (Decide("not", stage="mediation"), Decide("not")):
        given(wants).when(same, at="2026-05-01 11:00").then()
