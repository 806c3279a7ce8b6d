"""Who is told that a panel waits for a mediation, that it goes on, and by when; which clock stands still."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.appointing import RecordNoMediator
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.clocks import Paused
from compact_cases.rules.events.mediation import MediationAgreed, MediationAsked, MediationEnded
from compact_cases.rules.events.panel import HearingCalledOff
from compact_cases.rules.findings import CorrectFinding
from compact_cases.rules.mediating import PartyTerm
from compact_cases.rules.mediation import AnswerMediation
from compact_cases.rules.mediation_ends import EndMediation
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.pausing import IN_MEDIATION
from compact_cases.rules.referring import ReferToMediation
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Held, Term
from tests.builders import PUT_TO_THE_COUNCIL, RELEASED, History, given, said
from tests.rules.test_mediation import appointed, tried
from tests.rules.test_panel import (
    ANN,
    BEN,
    CAT,
    DECIDED,
    FINDINGS,
    FOUND,
    HEARD,
    NAMED,
    SENT,
    STOOD,
    WHO,
    WRITTEN,
    owed,
)
from tests.rules.test_referring import (
    AGREED,
    ASKED,
    BY_ANN,
    MEDIATED,
    ONE_YES_BEFORE_THE_HEARING,
    REFER,
)
from tests.rules.test_review import hidden, then

IN_FIVE = Term(date(2026, 5, 13), 5, date(2026, 5, 20))
ASKS = MediationAsked(
    "panel", tuple(PartyTerm(one, IN_FIVE) for one in ("raiser", "respondent")), False, None, None, False
)
SWEEP = {"seat": Seat.SYSTEM}


def panels_letters(told: list[Notice]) -> list[Notice]:
    return [one for one in told if one.name.startswith("panel-")]


def to_each(name: str, facts: dict[str, Any], rest: Rest = Rest.OPEN) -> list[Notice]:
    return [
        Notice(name, Seat.PANELLIST, {**facts, "member": str(one)}, rest, person=one)
        for one in (ANN, BEN, CAT)
    ]


# --- both sides are asked ---------------------------------------------------------------------------------


def test_the_panel_asks_both_and_its_own_limit_keeps_its_days_until_the_last_day_for_an_answer() -> None:
    outcome = given(HEARD).when(REFER, at="2026-05-13 10:00", **BY_ANN)
    paused = Paused(
        1,
        IN_MEDIATION,
        Seat.PANELLIST.value,
        Seat.OFFICER.value,
        date(2026, 5, 13),
        date(2026, 5, 20),
        (Held("findings", "", 6),),
        "consent",
    )
    assert outcome.events() == [ASKS, paused]


def test_it_stands_still_until_the_slower_of_the_two_has_to_answer() -> None:
    outcome = given(HEARD).when(
        REFER, at="2026-05-13 10:00", small_sides=frozenset({Side.RESPONDENT}), **BY_ANN
    )
    (asked, paused) = outcome.events()
    assert isinstance(asked, MediationAsked)
    assert isinstance(paused, Paused)
    assert {one.party: one.term.limit for one in asked.asked} == {"raiser": 5, "respondent": 10}
    assert paused.ends == max(one.term.due for one in asked.asked) == date(2026, 5, 28)


def test_near_its_end_five_days_are_kept_and_what_is_overdue_is_not_paused() -> None:
    due = owed(HEARD)["findings"]
    assert due is not None
    (_, paused) = given(HEARD).when(REFER, at=f"{due} 10:00").events()
    assert isinstance(paused, Paused)
    assert [(one.name, one.days_left) for one in paused.obligations] == [("findings", 5)]
    (only,) = given(HEARD).when(REFER, at="2026-06-08 10:00").events()
    assert isinstance(only, MediationAsked)
    (before,) = given(SENT).when(REFER, at="2026-04-21 10:00", **BY_ANN).events()  # no findings are owed yet
    assert isinstance(before, MediationAsked)


# --- who hears of it --------------------------------------------------------------------------------------


def test_each_member_hears_that_the_panel_waits_with_the_last_yes() -> None:
    one_yes = then(ASKED, AnswerMediation("raiser", True), "2026-05-15 10:00", seat=Seat.RAISER)
    last = given(one_yes).when(AnswerMediation("respondent", True), at="2026-05-15 11:00", seat=Seat.CHAMPION)
    assert panels_letters(last.told()) == to_each("panel-waits", {})


def test_where_somebody_else_asked_for_it_no_panel_waits() -> None:
    case = given(AGREED).case
    theirs = replace(case, mediation=replace(case.mediation, asked_by="raiser"))
    (event,) = [one for one, _ in AGREED if isinstance(one, MediationAgreed)]
    assert panels_letters(list(notices_after(event, theirs))) == []


def test_after_a_no_each_member_hears_by_when_the_findings_are_due() -> None:
    no = given(ASKED).when(AnswerMediation("raiser", False), at="2026-05-14 10:00", seat=Seat.RAISER)
    due = no.then_case().owed("findings").due  # type: ignore[union-attr]
    assert due is not None
    facts = {"obligation": "findings", "due": due.isoformat(), "anew": False}
    assert panels_letters(no.told()) == to_each("panel-goes-on", facts)


def test_where_the_hearing_was_called_off_the_secretary_hears_by_when_another_day_is_to_be_set() -> None:
    agreed = then(
        ONE_YES_BEFORE_THE_HEARING,
        AnswerMediation("respondent", True),
        "2026-04-22 11:00",
        seat=Seat.CHAMPION,
    )
    none = given(agreed).when(RecordNoMediator(date(2026, 5, 21)), at="2026-05-21 08:05", **SWEEP)
    facts = {"obligation": "constitute", "due": "2026-06-05", "anew": True}
    assert panels_letters(none.told()) == [
        Notice("panel-goes-on", Seat.SECRETARY, facts),
        *to_each("panel-goes-on", {"anew": True}),
    ]


def test_a_mediation_that_settles_less_than_all_is_told_to_the_panel() -> None:
    ended = given(MEDIATED).when(EndMediation("not settled"), at="2026-06-08 10:00", seat=Seat.MEDIATOR)
    facts = {"obligation": "findings", "due": "2026-06-16", "anew": False}
    assert panels_letters(ended.told()) == to_each("panel-goes-on", facts)


@pytest.mark.parametrize(
    ("history", "command", "seat"),
    [
        (MEDIATED, EndMediation("settled"), Seat.MEDIATOR),
        (MEDIATED, Withdraw(sure=True), Seat.RAISER),
        (MEDIATED, Decide("settled"), Seat.RAISER),
        (ASKED, Withdraw(sure=True), Seat.RAISER),
        (HEARD, Withdraw(sure=True), Seat.RAISER),
    ],
)
def test_a_panel_that_has_nothing_more_to_do_is_told_so(history: History, command: Any, seat: Seat) -> None:
    """They were promised a letter once the mediation is over, or would write on at what nobody waits for."""
    over = given(history).when(command, at="2026-06-08 10:00", seat=seat)
    assert panels_letters(over.told()) == to_each("panel-over", {}, Rest.ALWAYS)


def test_they_are_told_once_and_those_who_were_not_asked_yet_hear_of_no_hearing() -> None:
    ended = then(MEDIATED, EndMediation("settled"), "2026-06-08 10:00", seat=Seat.MEDIATOR)
    settled = given(ended).when(Decide("settled"), at="2026-06-09 10:00")
    assert panels_letters(settled.told()) == []
    named = given(NAMED).when(Withdraw(sure=True), at="2026-04-08 10:00", seat=Seat.RAISER)
    assert [one for one in named.told() if one.to is Seat.PANELLIST] == []


def test_a_hearing_that_is_off_is_told_to_both_sides_and_each_member_and_to_no_hidden_raiser() -> None:
    last = AnswerMediation("respondent", True)

    def told(history: History) -> list[Notice]:
        outcome = given(history).when(last, at="2026-04-22 11:00", seat=Seat.CHAMPION)
        (off,) = [one for one in outcome.events() if isinstance(one, HearingCalledOff)]
        return list(notices_after(off, outcome.then_case()))

    number = given(ONE_YES_BEFORE_THE_HEARING).case.panel.said
    facts = {"number": number, "mediation": True}
    members = to_each("hearing-off", facts, Rest.ALWAYS)
    sides = [Notice("hearing-off", seat, facts, Rest.ALWAYS) for seat in (Seat.RAISER, Seat.CHAMPION)]
    assert told(ONE_YES_BEFORE_THE_HEARING) == [*sides, *members]
    assert told(hidden(ONE_YES_BEFORE_THE_HEARING)) == [*sides[1:], *members]


# --- where it is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "at"), [(RELEASED, "2026-03-13 10:00"), (PUT_TO_THE_COUNCIL, "2026-03-09 10:00")]
)
def test_where_no_panel_sits_none_proposes_mediation(history: History, at: str) -> None:
    given(history).when(REFER, at=at).then_refused("No panel sits")


def test_only_a_lead_who_has_declared_proposes_it_and_an_officer_writes_it_down() -> None:
    undeclared = given(STOOD).when(REFER, at="2026-04-14 10:00", **BY_ANN)
    undeclared.then_refused("The lead panellist proposes mediation")
    given(STOOD).when(REFER, at="2026-04-14 10:00").then_case()
    for person in (BEN, None):
        other = given(HEARD).when(REFER, at="2026-05-13 10:00", seat=Seat.PANELLIST, person=person)
        other.then_refused("The lead panellist proposes mediation")


def test_while_a_statement_waits_to_be_read_no_mediation_is_proposed() -> None:
    given(WRITTEN).when(REFER, at="2026-04-15 08:00").then_refused("waits to be read")


def test_it_is_proposed_only_with_the_confirming_step() -> None:
    unsure = given(HEARD).when(ReferToMediation(sure=False), at="2026-05-13 10:00", **BY_ANN)
    assert unsure.then_refused("confirm that the panel").field == "sure"


# --- what else the last round brought ---------------------------------------------------------------------


def test_the_last_day_of_a_mediation_ends_it_for_all_with_the_raisers_turn() -> None:
    case = appointed()
    (pause,) = [one for one in case.clocks.pauses if one.awaits == "mediate"]
    assert pause.until is None
    early = tried(case, EndPause(pause.number), f"{pause.ends} 23:00", seat=Seat.SYSTEM)
    early.then_refused("not over yet")
    events = tried(case, EndPause(pause.number), "2026-09-01 08:05", seat=Seat.SYSTEM).events()
    assert [one.ending for one in events if isinstance(one, MediationEnded)] == ["time over"]


def test_a_correction_is_told_to_all_and_leaves_what_was_recommended() -> None:
    right = CorrectFinding(replace(FOUND, finding="met"), said("We had the day wrong."))
    told = given(DECIDED).when(right, at="2026-05-19 10:00", seat=Seat.PANELLIST, person=ANN).told()
    assert {one.name for one in told} == {"finding-corrected"}
    assert {one.rests_on for one in told} == {Rest.ALWAYS}
    assert [one.person for one in told if one.to is Seat.PANELLIST] == [ANN, BEN, CAT]
    given(DECIDED).when(FINDINGS, at="2026-05-19 10:00", **WHO).then_refused("findings are sent")
