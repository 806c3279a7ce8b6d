"""A case that was closed with a panel's findings is opened again at the panel, on new evidence."""

from dataclasses import replace
from datetime import date

from compact_cases.rules.closing import Close, outcomes
from compact_cases.rules.constituting import DeclareForPanel, LetPanelStand
from compact_cases.rules.course import Stage
from compact_cases.rules.findings import (
    AnswerRecommendation,
    CorrectFinding,
    MarkDiscussed,
    RecordNoPanelAnswer,
)
from compact_cases.rules.panel import (
    RecordHearing,
    RecordNoStatement,
    ReleaseForPanel,
    SendPapers,
    SendStatement,
)
from compact_cases.rules.reopening import NEW_EVIDENCE, AskToReopen, Reopen, stages
from compact_cases.rules.seats import Seat
from tests.builders import CLOSED as CLOSED_EARLY
from tests.builders import OFFICER, given, now, said
from tests.rules.test_panel import ANN, BEN, CAT, DECIDED, FINDINGS, FOUND, PANEL, TO_THE_COUNCIL, WHO, owed
from tests.rules.test_review import then

ANSWERED = then(
    DECIDED,
    AnswerRecommendation("1", "in-part", date(2026, 9, 1), of_respondent=said("Four weeks, not six.")),
    "2026-05-18 10:00",
)
SILENT = then(
    then(ANSWERED, ReleaseForPanel(looked=True), "2026-05-19 10:00", panel_words="Four weeks, not six."),
    RecordNoPanelAnswer(date(2026, 6, 15), "2"),
    "2026-06-15 08:05",
    seat=Seat.SYSTEM,
)
CLOSED = then(SILENT, Close("panel findings", said()), "2026-06-16 10:00")
ASKED = then(
    CLOSED, AskToReopen(NEW_EVIDENCE, said("A minute of May.")), "2026-06-18 10:00", seat=Seat.RAISER
)
REOPENED = then(ASKED, Reopen(OFFICER, "panel", said("The minute is for a panel.")), "2026-06-19 10:00")


def test_it_goes_back_to_a_panel_that_is_named_anew_and_what_was_found_stays() -> None:
    case = given(REOPENED).case
    assert case.stage is Stage.PANEL
    assert owed(REOPENED) == {"constitute": date(2026, 7, 3), "action 1": date(2026, 9, 1)}
    assert case.panel.members == ()
    assert [one.finding.finding for one in case.panel.current] == ["partly-met"]
    assert not case.has_findings
    assert [one.item for one in case.panel.recommended if one.is_on_the_boards_list] == ["2"]
    then(REOPENED, MarkDiscussed("2"), "2026-06-22 10:00")
    correction = CorrectFinding(replace(FOUND, finding="met"), said("We had the day wrong."))
    given(REOPENED).when(correction, at="2026-06-22 10:00").then_refused("No panel has sent findings")


def test_what_both_sides_wrote_for_the_panel_before_stays_beside_what_they_write_anew() -> None:
    """Also for a third panel; nobody is taken to have written anew because of it."""
    before = given(CLOSED).case.panel
    case = given(REOPENED).case
    assert [one.side for one in before.texts if one.what == "statement"]
    assert case.panel.before == tuple(one for one in before.texts if one.what == "statement")
    assert all(one.released_at for one in case.panel.before)
    assert case.panel.written == ()
    assert case.panel.to_release is None


def test_the_panel_is_a_way_back_only_where_one_has_found() -> None:
    assert "panel" in stages(given(ASKED).case, now("2026-06-19 10:00"))["stage"]
    asked = then(CLOSED_EARLY, AskToReopen(NEW_EVIDENCE, said("A minute.")), "2026-03-20 10:00")
    assert "panel" not in stages(given(asked).case, now("2026-03-23 10:00"))["stage"]
    no = given(asked).when(Reopen(OFFICER, "panel", said("A minute.")), at="2026-03-23 10:00")
    assert no.then_refused("where the case goes on").field == "stage"


def test_the_new_panel_hears_both_sides_and_its_finding_supersedes_the_earlier_one() -> None:
    named = then(REOPENED, replace(PANEL, on=date(2026, 7, 21)), "2026-06-22 10:00", **WHO)
    assert {"statement raiser", "statement respondent"} <= owed(named).keys()
    sat = then(named, LetPanelStand(date(2026, 6, 26)), "2026-06-26 08:05", seat=Seat.SYSTEM)
    for one in (ANN, BEN, CAT):
        sat = then(sat, DeclareForPanel(conflict=False, member=one), "2026-06-26 10:00")
    sat = then(sat, SendStatement("raiser", said("The minute says so.")), "2026-06-26 12:00")
    sat = then(sat, ReleaseForPanel(looked=True), "2026-06-26 13:00", panel_words="The minute says so.")
    none = RecordNoStatement(date(2026, 7, 1), "respondent")
    sat = then(sat, none, "2026-07-01 08:05", seat=Seat.SYSTEM)
    heard = then(
        then(sat, SendPapers(looked=True), "2026-07-06 10:00"), RecordHearing(()), "2026-07-21 12:00"
    )
    anew = replace(FINDINGS, findings=(replace(FOUND, finding="not-met"),), recommendations=(TO_THE_COUNCIL,))
    found = then(heard, anew, "2026-07-23 10:00", **WHO)
    case = given(found).case
    assert [one.finding.finding for one in case.panel.findings] == ["partly-met", "not-met"]
    assert [one.finding.finding for one in case.panel.current] == ["not-met"]
    assert {name for name in owed(found) if name.startswith("respond")} == {"respond 3"}
    late = AnswerRecommendation("2", "accepted", of_board=said("It is sent."))  # of the panel before
    done = AnswerRecommendation("3", "rejected", of_respondent=said("We have done so."))
    over = then(then(found, late, "2026-07-24 10:00"), done, "2026-07-24 11:00")
    over = then(over, ReleaseForPanel(looked=True), "2026-07-24 12:00", panel_words="We have done so.")
    assert outcomes(given(over).case, now("2026-07-27 10:00")) == {"outcome": ("panel findings",)}
