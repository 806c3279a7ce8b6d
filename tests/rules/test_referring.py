"""A panel proposes mediation in place of findings: who is asked, what waits, and how the panel goes on."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.appointing import AnswerName, DeclareInterest, ProposeMediator, RecordNoMediator
from compact_cases.rules.closing import Withdraw, outcomes
from compact_cases.rules.constituting import DeclareForPanel, HearAgain, LetPanelStand
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.mediation import MediationEnded
from compact_cases.rules.events.panel import HearingCalledOff
from compact_cases.rules.mediating import THE_MEDIATOR
from compact_cases.rules.mediation import AnswerMediation, RecordNoConsent
from compact_cases.rules.mediation_ends import EndMediation, LeaveMediation
from compact_cases.rules.obligations import waits_for_consent
from compact_cases.rules.referring import ReferToMediation
from compact_cases.rules.seats import Seat
from tests.builders import History, confidential, given, now
from tests.rules.test_mediation import LISTED, MARA
from tests.rules.test_panel import ANN, BEN, CAT, FINDINGS, HEARD, NAMED, PANEL, SENT, WHO, owed
from tests.rules.test_review import then

REFER = ReferToMediation(sure=True)
BY_ANN = {"seat": Seat.PANELLIST, "person": ANN}
ASKED = then(HEARD, REFER, "2026-05-13 10:00", **BY_ANN)


def answered(history: History, yes: bool, at: str = "2026-05-15 10:00") -> History:
    both = then(history, AnswerMediation("raiser", True), at, seat=Seat.RAISER)
    return then(both, AnswerMediation("respondent", yes), at, seat=Seat.CHAMPION)


AGREED = answered(ASKED, yes=True)


def mediated(history: History) -> History:
    seen = then(history, ProposeMediator(MARA, "both"), "2026-05-18 10:00", mediators=LISTED)
    for seat, side in ((Seat.RAISER, "raiser"), (Seat.CHAMPION, "respondent")):
        seen = then(seen, AnswerName(side, accepted=True), "2026-05-19 10:00", seat=seat)
    return then(seen, DeclareInterest(conflict=False), "2026-05-20 10:00", seat=Seat.MEDIATOR)


MEDIATED = mediated(AGREED)
ONE_YES_BEFORE_THE_HEARING = then(
    then(SENT, REFER, "2026-04-21 10:00", **BY_ANN),
    AnswerMediation("raiser", True),
    "2026-04-22 10:00",
    seat=Seat.RAISER,
)


def test_both_sides_are_asked_and_the_panels_own_limit_stands_still_until_they_have_answered() -> None:
    case = given(ASKED).case
    assert case.stage is Stage.PANEL
    assert owed(ASKED) == {
        "findings": None,
        "consent raiser": date(2026, 5, 20),
        "consent respondent": date(2026, 5, 20),
    }
    given(ASKED).when(FINDINGS, at="2026-05-14 10:00", **WHO).then_refused("has proposed mediation")
    given(ASKED).when(REFER, at="2026-05-14 10:00").then_refused("asked about mediation already")


def test_a_panel_that_is_late_already_is_not_paused_and_not_chased_while_both_are_asked() -> None:
    """What is overdue cannot be paused; its next step is for the board chair, over the panel's head."""
    late = then(HEARD, REFER, "2026-06-02 10:00", **BY_ANN)
    findings = given(late).case.owed("findings")
    assert findings is not None
    assert findings.due is not None
    assert findings.due < date(2026, 6, 2)
    assert waits_for_consent(given(late).case.open_obligations) == {findings.key}
    refused = answered(late, yes=False, at="2026-06-03 10:00")
    assert waits_for_consent(given(refused).case.open_obligations) == set()
    assert waits_for_consent(given(ASKED).case.open_obligations) == set()  # its clock stands still


def test_after_a_no_the_panel_goes_on_at_once_with_five_days_at_least_and_does_not_ask_again() -> None:
    late = then(HEARD, REFER, "2026-05-20 10:00")
    refused = answered(late, yes=False, at="2026-05-22 10:00")
    assert owed(refused) == {"findings": date(2026, 6, 1)}
    assert given(refused).case.stage is Stage.PANEL
    given(refused).when(REFER, at="2026-05-26 10:00").then_refused("not everybody wanted it")
    given(refused).when(FINDINGS, at="2026-05-26 10:00", **WHO).then_case()


def test_silence_is_a_no_and_the_members_hear_that_the_panel_goes_on() -> None:
    silent = then(ASKED, AnswerMediation("raiser", True), "2026-05-15 10:00", seat=Seat.RAISER)
    none = RecordNoConsent("respondent", date(2026, 5, 21))
    went = given(silent).when(none, at="2026-05-21 08:05", seat=Seat.SYSTEM)
    after = went.then_case()
    told = {(one.name, one.to, one.person) for event in went.events() for one in notices_after(event, after)}
    assert {("panel-goes-on", Seat.PANELLIST, one) for one in (ANN, BEN, CAT)} <= told
    assert ("mediation-declined", Seat.RAISER, None) in told


def test_with_consent_of_both_the_panel_waits_and_a_member_can_still_declare_a_conflict() -> None:
    assert given(AGREED).case.stage is Stage.MEDIATION
    assert owed(AGREED)["findings"] is None
    for command in (FINDINGS, replace(FINDINGS, both_agree=True)):
        given(AGREED).when(command, at="2026-05-18 10:00", **WHO).then_refused("has proposed mediation")
    lost = then(AGREED, DeclareForPanel(conflict=True, member=CAT), "2026-05-18 10:00")
    given(lost).when(HearAgain(sure=True), at="2026-05-18 11:00").then_refused("has proposed mediation")


@pytest.mark.parametrize("ending", ["not settled", "partly settled", "mediator ended it"])
def test_what_is_not_all_settled_goes_back_to_the_panel_with_the_days_that_were_left(ending: str) -> None:
    ended = then(MEDIATED, EndMediation(ending, (1,)), "2026-06-08 10:00", seat=Seat.MEDIATOR)
    case = given(ended).case
    assert case.stage is Stage.PANEL
    assert owed(ended) == {"findings": date(2026, 6, 16)}
    given(ended).when(FINDINGS, at="2026-06-09 10:00", **WHO).then_case()
    given(ended).when(REFER, at="2026-06-09 10:00").then_refused("has been tried")


def test_who_leaves_or_a_mediator_who_is_not_found_gives_it_back_to_the_panel_too() -> None:
    left = then(MEDIATED, LeaveMediation("raiser", sure=True), "2026-06-08 10:00", seat=Seat.RAISER)
    none = then(AGREED, RecordNoMediator(date(2026, 6, 16)), "2026-06-16 08:05", seat=Seat.SYSTEM)
    for history in (left, none):
        assert given(history).case.stage is Stage.PANEL
        assert set(owed(history)) == {"findings"}


def test_what_is_settled_is_the_raisers_to_say_and_ends_as_settled_by_mediation() -> None:
    ended = then(MEDIATED, EndMediation("settled"), "2026-06-08 10:00", seat=Seat.MEDIATOR)
    assert set(owed(ended)) == {"decide"}
    settled = then(ended, Decide("settled"), "2026-06-09 10:00")
    assert outcomes(given(settled).case, now("2026-06-10 10:00")) == {"outcome": ("settled by mediation",)}
    assert not any(one.name == "findings" and one.is_open for one in given(settled).case.obligations)


def test_before_the_hearing_its_day_is_called_off_and_another_set_by_the_ordinary_rule() -> None:
    asked = then(SENT, REFER, "2026-04-21 10:00", **BY_ANN)
    assert owed(asked)["hear"] == date(2026, 5, 7)
    yes = ONE_YES_BEFORE_THE_HEARING
    agreed = given(yes).when(AnswerMediation("respondent", True), at="2026-04-22 11:00", seat=Seat.CHAMPION)
    off = next(one for one in agreed.events() if isinstance(one, HearingCalledOff))
    told = {one.to for one in notices_after(off, agreed.then_case())}
    assert told == {Seat.RAISER, Seat.CHAMPION, Seat.PANELLIST}
    waiting = then(yes, AnswerMediation("respondent", True), "2026-04-22 11:00", seat=Seat.CHAMPION)
    assert owed(waiting)["constitute"] is None
    assert not given(waiting).case.panel.is_ahead
    given(waiting).when(PANEL, at="2026-04-23 10:00", **WHO).then_refused("has proposed mediation")
    back = then(waiting, RecordNoMediator(date(2026, 5, 21)), "2026-05-21 08:05", seat=Seat.SYSTEM)
    assert owed(back) == {"constitute": date(2026, 6, 5)}
    again = then(back, replace(PANEL, on=date(2026, 6, 24)), "2026-05-26 10:00", **WHO)
    assert set(owed(again)) == {"see", "statement respondent", "papers", "hear"}  # one has written already
    assert [one.side for one in given(again).case.panel.texts] == ["raiser"]
    then(again, LetPanelStand(date(2026, 6, 1)), "2026-06-01 08:05", seat=Seat.SYSTEM)


def test_the_lead_proposes_it_once_its_panel_stands_and_while_mediation_is_offered() -> None:
    given(HEARD).when(REFER, at="2026-05-13 10:00", seat=Seat.PANELLIST, person=BEN).then_refused("lead")
    given(NAMED).when(REFER, at="2026-04-08 10:00").then_refused("do not stand yet")
    refused = given(HEARD).when(ReferToMediation(sure=False), at="2026-05-13 10:00")
    assert refused.then_refused("confirm").field == "sure"
    found = then(HEARD, FINDINGS, "2026-05-13 10:00", **WHO)
    given(found).when(REFER, at="2026-05-14 10:00").then_refused("No panel sits")
    no = then(ASKED, AnswerMediation("raiser", False, never=True), "2026-05-14 10:00", seat=Seat.RAISER)
    given(no).when(REFER, at="2026-05-15 10:00").then_refused("not offered in this case any more")


def test_a_mediation_that_a_panel_proposed_ends_with_where_the_case_goes_on() -> None:
    ended = given(MEDIATED).when(EndMediation("not settled"), at="2026-06-08 10:00", seat=Seat.MEDIATOR)
    (said,) = [one for one in ended.events() if isinstance(one, MediationEnded)]
    assert said.back == "panel"
    told = [one for one in notices_after(said, ended.then_case()) if one.name == "mediation-ended"]
    assert all(one.facts.get("panel") for one in told)


def test_a_hidden_raiser_says_who_will_know_of_them_before_a_panels_proposal_is_accepted() -> None:
    asked = then(confidential(HEARD), REFER, "2026-05-13 10:00")
    bare = given(asked).when(AnswerMediation("raiser", True), at="2026-05-15 10:00", seat=Seat.RAISER)
    assert bare.then_refused("know").field == "known"
    told = AnswerMediation("raiser", True, known=THE_MEDIATOR)
    known = then(asked, told, "2026-05-15 10:00", seat=Seat.RAISER)
    both = then(known, AnswerMediation("respondent", True), "2026-05-15 11:00", seat=Seat.CHAMPION)
    assert given(both).case.mediation.apart


def test_withdrawn_while_both_are_asked_nothing_of_panel_or_mediation_is_owed() -> None:
    gone = given(ASKED).when(Withdraw(sure=True), at="2026-05-14 10:00", seat=Seat.RAISER).then_case()
    assert (gone.is_closed, gone.open_obligations) == (True, ())
    lost = then(ASKED, DeclareForPanel(conflict=True, member=CAT), "2026-05-14 10:00")
    assert given(lost).case.panel.member(CAT) is None
    refused = answered(lost, yes=False)
    assert "findings" in owed(refused)
