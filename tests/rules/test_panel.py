"""A panel: who sits on it, what both sides write, its hearing, findings for each undertaking, and answers."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.act import Panellist, Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Close, outcomes
from compact_cases.rules.constituting import (
    ConstitutePanel,
    DeclareForPanel,
    HearAgain,
    LetPanelStand,
    RefuseMember,
    ReplaceMember,
)
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.enquiry import DecisionAsked, RaiserDecided
from compact_cases.rules.events.panel import MemberRefused, PanelOver
from compact_cases.rules.findings import (
    AnswerRecommendation,
    CorrectFinding,
    GivenFinding,
    MarkDiscussed,
    Recommend,
    RecordNoPanelAnswer,
    SendFindings,
)
from compact_cases.rules.hearings import MoveHearing
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.panel import (
    RecordHearing,
    RecordNoStatement,
    ReleaseForPanel,
    SendPapers,
    SendStatement,
)
from compact_cases.rules.seats import Seat
from tests.builders import COUNCIL, SILENT, History, given, now, on, said
from tests.rules.test_onward import FIVE, TEN
from tests.rules.test_review import hidden, then

ANN, BEN, CAT, DAN, EVA = (UUID(int=one) for one in range(101, 106))
WHO: dict[str, Any] = {
    "panellists": {
        ANN: Panellist("public-sector"),
        BEN: Panellist("vcs"),
        CAT: Panellist("vcs"),
        DAN: Panellist("public-sector"),
        EVA: Panellist("vcs", of_a_party=True),
    }
}
PANEL = ConstitutePanel(
    (ANN, BEN, CAT), ANN, date(2026, 5, 7), "10:00", online=False, place=said("The library, room 2")
)
WISHED = [
    *SILENT,
    *on("2026-03-30 11:00", DecisionAsked("senior-review", TEN)),
    *on("2026-03-30 12:00", RaiserDecided("not", "go-on", None, FIVE, "panel")),
]
OPENED = then(WISHED, OpenNextStep("panel", None), "2026-04-01 10:00")
NAMED = then(OPENED, PANEL, "2026-04-07 10:00", **WHO)
STOOD = then(NAMED, LetPanelStand(date(2026, 4, 13)), "2026-04-13 08:05", seat=Seat.SYSTEM)
DECLARED = STOOD
for one in (ANN, BEN, CAT):
    DECLARED = then(DECLARED, DeclareForPanel(conflict=False, member=one), "2026-04-14 10:00")
WRITTEN = then(DECLARED, SendStatement("raiser", said("We were shut out.")), "2026-04-14 12:00")
RELEASED = then(WRITTEN, ReleaseForPanel(looked=True), "2026-04-15 09:00", panel_words="We were shut out.")
NONE_CAME = then(
    RELEASED, RecordNoStatement(date(2026, 4, 16), "respondent"), "2026-04-16 08:05", seat=Seat.SYSTEM
)
SENT = then(NONE_CAME, SendPapers(looked=True), "2026-04-20 10:00")
HEARD = then(SENT, RecordHearing(("respondent",)), "2026-05-07 12:00")
FOUND = GivenFinding(1, "partly-met", said("They asked, and too late."))
TO_THE_COUNCIL = Recommend("respondent", said("Ask again for six weeks."), said("It is on the website."))
TO_THE_BOARD = Recommend("board", said("Write to all champions."), said("The letter is sent."))
FINDINGS = SendFindings((FOUND,), (TO_THE_COUNCIL, TO_THE_BOARD))
DECIDED = then(HEARD, FINDINGS, "2026-05-15 10:00", **WHO)


def owed(history: History) -> dict[str, date | None]:
    found = given(history).case.open_obligations
    return {f"{one.name} {one.item}".strip(): one.due for one in found}


# --- who sits ---------------------------------------------------------------------------------------------


def test_a_panel_is_opened_and_named_with_dates_that_follow_from_its_hearing() -> None:
    assert owed(OPENED) == {"constitute": date(2026, 4, 17)}
    assert given(OPENED).case.stage is Stage.PANEL
    assert owed(NAMED) == {
        "see": date(2026, 4, 10),
        "statement raiser": date(2026, 4, 15),
        "statement respondent": date(2026, 4, 15),
        "papers": date(2026, 4, 22),
        "hear": date(2026, 5, 7),
    }


@pytest.mark.parametrize(
    ("news", "words", "field"),
    [
        ({"members": (ANN, BEN)}, "three members", "members"),
        ({"members": (ANN, ANN, BEN)}, "three members", "members"),
        ({"members": (ANN, BEN, EVA)}, "belongs to a side", "members"),
        ({"members": (ANN, BEN, COUNCIL)}, "on the register of panellists", "members"),
        ({"lead": DAN}, "leads the panel", "lead"),
        ({"on": date(2026, 5, 4)}, "Early May bank holiday", "on"),
        ({"on": date(2026, 5, 1)}, "Please choose a day from", "on"),
        ({"on": date(2026, 6, 19)}, "Please choose a day from", "on"),
        ({"time": "ten"}, "like 14:30", "time"),
    ],
)
def test_a_panel_that_breaks_a_rule_is_refused_at_its_field(
    news: dict[str, Any], words: str, field: str
) -> None:
    at = "2026-04-01 10:00" if news.get("on") == date(2026, 5, 4) else "2026-04-07 10:00"
    refused = given(OPENED).when(replace(PANEL, **news), at=at, **WHO).then_refused(words)
    assert refused.field == field


def test_a_panel_of_one_sector_is_refused() -> None:
    one_sector = {"panellists": {one: Panellist("vcs") for one in (ANN, BEN, CAT)}}
    refused = given(OPENED).when(PANEL, at="2026-04-07 10:00", **one_sector)
    assert refused.then_refused("All of these are of one sector").field == "members"


def test_only_a_hidden_raiser_refuses_a_name_and_the_other_side_does_not_learn_of_it() -> None:
    given(NAMED).when(RefuseMember(BEN), at="2026-04-08 10:00").then_refused("ring us")
    refused = given(hidden(NAMED)).when(RefuseMember(BEN), at="2026-04-08 10:00", seat=Seat.RAISER)
    after, events = refused.then_case(), refused.events()
    assert isinstance(events[0], MemberRefused)
    assert {one.to for one in notices_after(events[0], after)} == {Seat.OFFICER, Seat.SECRETARY}
    assert after.owed("replace", str(BEN))


def test_who_declares_a_conflict_sits_no_more_and_is_replaced_within_five_days() -> None:
    mine = {"seat": Seat.PANELLIST, "person": BEN}
    lost = then(STOOD, DeclareForPanel(conflict=True, reason=said("My sister.")), "2026-04-14 10:00", **mine)
    case = given(lost).case
    assert case.panel.member(BEN) is None
    assert owed(lost)[f"replace {BEN}"] == date(2026, 4, 21)
    again = given(lost).when(DeclareForPanel(conflict=False), at="2026-04-14 11:00", **mine)
    again.then_refused("You are not on the panel")
    given(lost).when(ReplaceMember(BEN, BEN), at="2026-04-15 10:00", **WHO).then_refused("sits on the panel")
    given(lost).when(ReplaceMember(BEN, EVA), at="2026-04-15 10:00", **WHO).then_refused("belongs to a side")
    news = then(lost, ReplaceMember(BEN, DAN), "2026-04-15 10:00", **WHO)
    assert "see" in owed(news)
    given(STOOD).when(ReplaceMember(BEN, DAN), at="2026-04-15 10:00", **WHO).then_refused("to be replaced")


def test_a_new_member_needs_eight_days_before_the_hearing_else_it_moves_by_ten_at_most() -> None:
    lost = then(SENT, DeclareForPanel(conflict=True, member=CAT), "2026-04-28 10:00")
    replaced = ReplaceMember(CAT, DAN)
    with_two = {"panellists": {**WHO["panellists"], DAN: Panellist("vcs")}}
    given(lost).when(replaced, at="2026-04-29 10:00", **with_two).then_refused("move the hearing")
    day = MoveHearing(date(2026, 5, 22), "10:00", online=False, place=said("The library"))
    given(lost).when(day, at="2026-04-29 10:00").then_refused("not later than Thursday 21 May")
    moved = then(lost, replace(day, on=date(2026, 5, 15)), "2026-04-29 10:00")
    assert owed(moved)["hear"] == date(2026, 5, 15)
    given(moved).when(replaced, at="2026-04-29 10:10", **with_two).then_case()


def test_names_that_stand_are_not_let_stand_again() -> None:
    given(STOOD).when(LetPanelStand(date(2026, 4, 14)), at="2026-04-14 08:00").then_refused("stand already")


# --- what both sides write, and the hearing ---------------------------------------------------------------


def test_a_statement_waits_for_an_officer_and_no_paper_goes_out_before() -> None:
    given(WRITTEN).when(SendPapers(looked=True), at="2026-04-15 09:00").then_refused("waits to be read")
    given(RELEASED).when(SendPapers(looked=True), at="2026-04-15 10:00").then_refused("may still send")
    given(RELEASED).when(ReleaseForPanel(looked=True), at="2026-04-15 10:00").then_refused("Nothing")
    twice = SendStatement("raiser", said("Again."))
    given(RELEASED).when(twice, at="2026-04-15 10:00").then_refused("a side writes for itself")
    gone = RecordNoStatement(date(2026, 4, 16), "raiser")
    given(RELEASED).when(gone, at="2026-04-16 08:05").then_refused("No statement of this side")


def test_what_is_taken_out_must_stand_in_a_statement() -> None:
    hiding = ReleaseForPanel(looked=True, hidden=said("Rodborough"))
    refused = given(WRITTEN).when(hiding, at="2026-04-15 09:00", panel_words="We were shut out.")
    refused.then_refused("does not stand in the text")


def test_findings_are_looked_through_for_a_hidden_raiser_where_an_officer_writes_them_down() -> None:
    """To a panellist, who is not to know who it is, a refusal would say that they have guessed right."""
    guessed = replace(FINDINGS, findings=(replace(FOUND, reasons=said("Elmfield was not asked.")),))
    known = {**WHO, "raisers_words": frozenset({"elmfield"})}
    decided = given(hidden(HEARD))
    refused = decided.when(guessed, at="2026-05-15 10:00", **known).then_refused("who raised it: Elmfield")
    assert refused.field == "findings.0.reasons"
    decided.when(replace(guessed, words_may_stay=True), at="2026-05-15 10:00", **known).then_case()
    by_the_lead = {**known, "seat": Seat.PANELLIST, "person": ANN}
    decided.when(guessed, at="2026-05-15 10:00", **by_the_lead).then_case()


def test_it_is_heard_on_its_day_with_all_declared_and_a_hidden_raiser_stays_away() -> None:
    given(SENT).when(RecordHearing(()), at="2026-05-06 12:00").then_refused("has not come yet")
    given(NONE_CAME).when(RecordHearing(()), at="2026-05-07 12:00").then_refused("papers have not been sent")
    came = RecordHearing(("raiser",))
    assert given(hidden(SENT)).when(came, at="2026-05-07 12:00").then_refused("in writing").field == "came"
    assert owed(HEARD) == {"findings": date(2026, 5, 21)}


def test_once_it_has_begun_nobody_joins_and_two_finish_only_where_both_sides_agree() -> None:
    given(HEARD).when(HearAgain(sure=True), at="2026-05-08 10:00").then_refused("complete")
    lost = then(HEARD, DeclareForPanel(conflict=True, member=CAT), "2026-05-08 10:00")
    assert "replace" not in " ".join(owed(lost))
    given(lost).when(FINDINGS, at="2026-05-12 10:00", **WHO).then_refused("both sides agree in writing")
    given(lost).when(replace(FINDINGS, both_agree=True), at="2026-05-12 10:00", **WHO).then_case()
    again = given(lost).when(HearAgain(sure=True), at="2026-05-12 10:00").then_case()
    assert again.owed("constitute")
    assert again.panel.members == ()
    one_sector = then(HEARD, DeclareForPanel(conflict=True, member=ANN), "2026-05-08 10:00")
    refused = given(one_sector).when(replace(FINDINGS, both_agree=True), at="2026-05-12 10:00", **WHO)
    refused.then_refused("heard again")


# --- what it found ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "words", "field"),
    [
        (SendFindings(()), "a finding for community-groups/5.3", "findings.0.finding"),
        (replace(FINDINGS, findings=(FOUND, replace(FOUND, link=2))), "on no others", "findings.1.link"),
        (
            replace(FINDINGS, findings=(replace(FOUND, finding="breach"),)),
            "what the panel",
            "findings.0.finding",
        ),
        (replace(FINDINGS, findings=(replace(FOUND, reasons=said(" ")),)), "reasons", "findings.0.reasons"),
        (
            replace(FINDINGS, recommendations=(replace(TO_THE_BOARD, to=""),)),
            "to whom",
            "recommendations.0.to",
        ),
        (replace(FINDINGS, findings=(FOUND, FOUND)), "two findings", "findings.0.link"),
    ],
)
def test_findings_are_for_what_is_cited_and_recommendations_have_addressees(
    command: SendFindings, words: str, field: str
) -> None:
    assert given(HEARD).when(command, at="2026-05-15 10:00", **WHO).then_refused(words).field == field


def test_the_lead_panellist_alone_sends_them() -> None:
    by = {"seat": Seat.PANELLIST, **WHO}
    given(HEARD).when(FINDINGS, at="2026-05-15 10:00", person=BEN, **by).then_refused("lead panellist")
    given(HEARD).when(FINDINGS, at="2026-05-15 10:00", person=ANN, **by).then_case()


def test_each_recommendation_is_answered_by_itself_and_what_is_accepted_becomes_an_action() -> None:
    case = given(DECIDED).case
    assert case.stage is Stage.ANSWER_TO_PANEL
    assert owed(DECIDED) == {"respond 1": date(2026, 6, 8), "respond 2": date(2026, 6, 8)}
    deciding = Decide("settled", "close", None)
    given(DECIDED).when(deciding, at="2026-05-18 10:00").then_refused("sent its findings")
    partly = AnswerRecommendation("1", "in-part", date(2026, 9, 1))
    given(DECIDED).when(partly, at="2026-05-18 10:00").then_refused("your reasons")
    reasons = replace(partly, of_respondent=said("Four weeks, not six."))
    given(DECIDED).when(replace(reasons, by=None), at="2026-05-18 10:00").then_refused("by when")
    raising = {"seat": Seat.RAISER}
    given(DECIDED).when(reasons, at="2026-05-18 10:00", **raising).then_refused("no recommendation")
    answered = then(DECIDED, reasons, "2026-05-18 10:00")
    assert owed(answered) == {
        "respond 2": date(2026, 6, 8),
        "answer-release panel-1": date(2026, 5, 20),
        "action 1": date(2026, 9, 1),
    }
    board = AnswerRecommendation("2", "accepted", of_board=said("It is sent."))
    over = then(answered, board, "2026-05-19 10:00")
    assert given(over).case.stage is Stage.CLOSING
    closing = Close("panel findings", said())
    given(over).when(closing, at="2026-05-19 11:00").then_refused("waits to be released")
    released = then(over, ReleaseForPanel(looked=True), "2026-05-19 12:00")
    assert outcomes(given(released).case, now("2026-05-20 10:00")) == {"outcome": ("panel findings",)}
    closed = given(released).when(closing, at="2026-05-20 10:00").then_case()
    assert [one.name for one in closed.course.to_do] == ["action"]


def test_no_answer_stands_on_the_boards_list_until_discussed_and_a_late_one_reopens_nothing() -> None:
    silent = DECIDED
    for item in ("1", "2"):
        silent = then(silent, RecordNoPanelAnswer(date(2026, 6, 15), item), "2026-06-15 08:05")
    assert any(isinstance(event, PanelOver) for event, _ in silent)
    twice = given(silent).when(RecordNoPanelAnswer(date(2026, 6, 15), "1"), at="2026-06-16 08:05")
    twice.then_refused("No answer to this recommendation")
    given(DECIDED).when(MarkDiscussed("1"), at="2026-06-16 10:00").then_refused("Nothing of this case")
    discussed = then(silent, MarkDiscussed("2"), "2026-06-16 10:00")
    assert [one.item for one in given(discussed).case.panel.recommended if one.is_on_the_boards_list] == ["1"]
    closed = then(discussed, Close("panel findings", said()), "2026-06-17 10:00")
    late = AnswerRecommendation("1", "rejected", of_respondent=said("We cannot."))
    case: Case = given(closed).when(late, at="2026-06-22 10:00", seat=Seat.CHIEF_OFFICER).then_case()
    assert case.is_closed
    assert case.owed("answer-release", "panel-1")


def test_a_finding_is_corrected_until_the_case_is_closed_and_the_earlier_one_stays_beside_it() -> None:
    partly = AnswerRecommendation("1", "in-part", date(2026, 9, 1), of_respondent=said("Four weeks."))
    answered = then(DECIDED, partly, "2026-05-18 10:00")
    right = CorrectFinding(replace(FOUND, finding="met"), said("We had the day wrong."))
    given(HEARD).when(right, at="2026-05-12 10:00").then_refused("No panel has sent findings")
    corrected = given(answered).when(right, at="2026-05-19 10:00", seat=Seat.PANELLIST, person=ANN)
    after, (event,) = corrected.then_case(), corrected.events()
    assert [(one.finding.finding, one.at.day) for one in after.panel.findings] == [
        ("partly-met", 15),
        ("met", 19),
    ]
    assert [one.finding.finding for one in after.panel.current] == ["met"]
    assert after.panel.recommended == given(answered).case.panel.recommended
    assert after.open_obligations == given(answered).case.open_obligations
    told = {(one.to, one.person) for one in notices_after(event, after)}
    sides = {Seat.RAISER, Seat.CHAMPION, Seat.CHIEF_OFFICER, Seat.OFFICER, Seat.CHAIR}
    assert told == {*((seat, None) for seat in sides), *((Seat.PANELLIST, one) for one in (ANN, BEN, CAT))}
    board = then(answered, AnswerRecommendation("2", "rejected", of_board=said("No.")), "2026-05-20 10:00")
    released = then(board, ReleaseForPanel(looked=True), "2026-05-20 11:00")
    given(released).when(right, at="2026-05-20 12:00").then_case()
    closed = then(released, Close("panel findings", said()), "2026-05-21 10:00")
    given(closed).when(right, at="2026-05-22 10:00").then_refused("its findings stay as they are")


@pytest.mark.parametrize(
    ("command", "words", "field"),
    [
        (CorrectFinding(replace(FOUND, link=2), said("Wrong.")), "on which the panel has found", "clause"),
        (CorrectFinding(replace(FOUND, finding="breach"), said("Wrong.")), "what the panel", "finding"),
        (CorrectFinding(replace(FOUND, reasons=said(" ")), said("Wrong.")), "the reasons", "reasons"),
        (CorrectFinding(FOUND, said(" ")), "why it is corrected", "why"),
    ],
)
def test_a_correction_is_of_what_was_found_with_its_reasons_and_why(
    command: CorrectFinding, words: str, field: str
) -> None:
    assert given(DECIDED).when(command, at="2026-05-19 10:00").then_refused(words).field == field


def test_a_correction_is_the_leads_and_an_officers_is_looked_through_for_a_hidden_raiser() -> None:
    told = CorrectFinding(replace(FOUND, reasons=said("Elmfield was asked.")), said("The day was wrong."))
    known = {"raisers_words": frozenset({"elmfield"})}
    by_ben = given(DECIDED).when(told, at="2026-05-19 10:00", seat=Seat.PANELLIST, person=BEN)
    by_ben.then_refused("The lead panellist corrects")
    decided = given(hidden(DECIDED))
    assert decided.when(told, at="2026-05-19 10:00", **known).then_refused("Elmfield").field == "reasons"
    decided.when(replace(told, words_may_stay=True), at="2026-05-19 10:00", **known).then_case()


def test_without_recommendations_the_case_is_to_be_closed() -> None:
    assert owed(then(HEARD, SendFindings((FOUND,)), "2026-05-15 10:00", **WHO)) == {
        "close": date(2026, 5, 22)
    }


def test_the_answer_is_the_chief_officers_where_there_is_one() -> None:
    one = given(DECIDED).case.owed("respond", "1")
    assert one
    assert one.owner is Seat.CHIEF_OFFICER
    none = {"register": {COUNCIL: Registered(has_chief=False)}}
    champions = given(then(HEARD, FINDINGS, "2026-05-15 10:00", **WHO, **none)).case.owed("respond", "1")
    assert champions
    assert champions.owner is Seat.CHAMPION


def test_once_a_panel_is_over_nobody_declares_for_it_and_no_place_is_to_be_filled() -> None:
    settled = then(SENT, Decide("settled"), "2026-04-22 10:00")
    late = DeclareForPanel(conflict=True, member=ANN)
    given(settled).when(late, at="2026-04-23 10:00").then_refused("No panel sits in this case")
    assert "replace" not in owed(settled)


def test_a_hearing_that_was_missed_is_set_anew_from_today() -> None:
    """Else a panel that lost a member just before could be neither filled up nor heard, for ever."""
    lost = then(SENT, DeclareForPanel(conflict=True, member=ANN), "2026-05-05 10:00")
    long_after, day = "2026-06-15 10:00", date(2026, 6, 26)
    given(lost).when(ReplaceMember(ANN, DAN), at=long_after, **WHO).then_refused("Please move the hearing to")
    move = MoveHearing(day, "10:00", online=False, place=said("Stroud library"))
    moved = then(lost, move, long_after)
    filled = given(moved).when(ReplaceMember(ANN, DAN), at="2026-06-15 11:00", **WHO).then_case()
    assert filled.panel.hearing is not None
    assert filled.panel.hearing.on == day
    late = replace(move, on=date(2026, 6, 30))
    given(lost).when(late, at=long_after).then_refused("not later than Monday 29 June 2026")
