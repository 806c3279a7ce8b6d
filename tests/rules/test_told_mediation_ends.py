"""What ends a mediation, or gives it more time; who hears that; and what the case does then."""

from datetime import date

import pytest

from compact_cases.rules.act import Rank
from compact_cases.rules.acts import act_of
from compact_cases.rules.appointing import RecordNoMediator
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.clocks import Resumed
from compact_cases.rules.events.enquiry import DecisionAsked
from compact_cases.rules.events.intake import ClauseCited
from compact_cases.rules.events.mediation import (
    MediationEnded,
    MediationExtended,
    PartyLeft,
)
from compact_cases.rules.mediation import AnswerMediation, AskForMediation
from compact_cases.rules.mediation_ends import (
    EndMediation,
    ExtendMediation,
    LeaveMediation,
    RecordMediationOver,
)
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat
from compact_cases.rules.sessions import AnswerSession
from compact_cases.rules.terms import Going, Term
from tests.builders import RELEASED, given
from tests.rules.test_review import SET, then
from tests.rules.test_told_mediation import (
    AGREED,
    APPOINTED,
    BOTH,
    MEDIATING,
    SWEEP,
    fact,
    owed,
)
from tests.rules.test_told_sessions import ALL, DECIDE, FIXED, NOW_IT_ENDS


@pytest.mark.parametrize(
    ("command", "ending", "settled"),
    [
        (EndMediation("settled"), "settled", (1, 2)),
        (EndMediation("partly settled", (2,)), "partly settled", (2,)),
        (EndMediation("not settled", (1,)), "not settled", ()),
        (EndMediation("mediator ended it"), "mediator ended it", ()),
    ],
)
def test_its_mediator_says_how_it_ended_and_the_raiser_decides_on_what_is_open(
    command: EndMediation, ending: str, settled: tuple[int, ...]
) -> None:
    outcome = given(APPOINTED).when(command, at=NOW_IT_ENDS, **MEDIATING)
    case = outcome.then(MediationEnded(ending, settled, None), DecisionAsked("mediation", DECIDE))
    assert case.stage is Stage.RAISER_DECIDES
    assert owed(case) == {"decide": date(2026, 4, 17)}
    facts = {"ending": ending}
    outcome.then_told(
        Notice("mediation-ended", Seat.RAISER, {**facts, **fact("decide", "2026-04-17")}, confirms=True),
        Notice("mediation-ended", Seat.CHAMPION, facts, confirms=True),
        Notice("mediation-ended", Seat.OFFICER, facts),
        Notice("mediation-ended", Seat.MEDIATOR, facts),
    )


def test_which_undertakings_are_settled_is_said_of_those_that_are_cited() -> None:
    for settled, words in (((), "Please tick which"), ((1, 9), "that this case cites")):
        tried = given(APPOINTED).when(EndMediation("partly settled", settled), at=NOW_IT_ENDS, **MEDIATING)
        assert tried.then_refused(words).field == "settled"
    wrong = given(APPOINTED).when(EndMediation("time over"), at=NOW_IT_ENDS, **MEDIATING)
    assert wrong.then_refused("how the mediation ended").field == "ending"
    cites_none = [one for one in APPOINTED if not isinstance(one[0], ClauseCited)]
    partly = given(cites_none).when(EndMediation("partly settled"), at=NOW_IT_ENDS, **MEDIATING)
    assert partly.then_case().mediation.settled == ()
    endings = ("settled", "partly settled", "not settled", "mediator ended it")
    for history, choices in ((APPOINTED, endings), (AGREED, ())):
        found = given(history).when(EndMediation("settled"), at=NOW_IT_ENDS, **MEDIATING)
        assert act_of(found.command).choices(found.case, found.now) == {"ending": choices}


def test_either_side_leaves_by_itself_and_the_raiser_decides() -> None:
    for party, by in (("", Seat.CHAMPION), ("respondent", Seat.OFFICER)):
        outcome = given(APPOINTED).when(LeaveMediation(party, True), at=NOW_IT_ENDS, seat=by)
        case = outcome.then(
            PartyLeft("respondent"),
            MediationEnded("a party left", (), None),
            DecisionAsked("mediation", DECIDE),
        )
        assert case.mediation.left == ("respondent",)
        assert {one.to for one in outcome.told()} == {*ALL, Seat.OFFICER}
    before_a_mediator = given(AGREED).when(LeaveMediation("raiser", True), at="2026-03-20 10:00")
    assert [one.to for one in before_a_mediator.told()] == [*BOTH, Seat.OFFICER]


@pytest.mark.parametrize(
    ("command", "by", "words", "field"),
    [
        (LeaveMediation("raiser", True), Seat.CHAMPION, "which side leaves", "party"),
        (LeaveMediation("", True), Seat.OFFICER, "which side leaves", "party"),
        (LeaveMediation("board", True), Seat.OFFICER, "which side leaves", "party"),
        (LeaveMediation("raiser", False), Seat.OFFICER, "confirm", "sure"),
    ],
)
def test_who_leaves_says_so_for_themselves_and_confirms_it(
    command: LeaveMediation, by: Seat, words: str, field: str
) -> None:
    assert given(APPOINTED).when(command, at=NOW_IT_ENDS, seat=by).then_refused(words).field == field


def test_who_has_left_is_not_in_it_to_leave() -> None:
    left = [*APPOINTED, (PartyLeft("respondent"), APPOINTED[-1][1])]
    mine = given(left).when(LeaveMediation("", True), at=NOW_IT_ENDS, seat=Seat.CHAMPION)
    mine.then_refused("You are not in a mediation")
    theirs = given(left).when(LeaveMediation("respondent", True), at=NOW_IT_ENDS)
    assert theirs.then_refused("This side is not in the mediation").field == "party"
    over = then(APPOINTED, EndMediation("settled"), NOW_IT_ENDS, **MEDIATING)
    given(over).when(LeaveMediation("raiser", True), at="2026-04-02 10:00").then_refused("not in a mediation")


def test_all_agree_to_more_time_and_both_sides_and_the_officer_hear_until_when() -> None:
    more = ExtendMediation(date(2026, 6, 24), True)
    outcome = given(APPOINTED).when(more, at=NOW_IT_ENDS, **MEDIATING)
    case = outcome.then(MediationExtended(Term(date(2026, 3, 26), 60, date(2026, 6, 24))))
    assert owed(case)["mediate"] == date(2026, 6, 24)
    facts = fact("mediate", "2026-06-24")
    outcome.then_told(*(Notice("mediation-time", seat, facts) for seat in (*BOTH, Seat.OFFICER)))
    full = then(APPOINTED, more, NOW_IT_ENDS, **MEDIATING)
    given(full).when(more, at="2026-04-02 10:00", **MEDIATING).then_refused("all the time already")
    given(AGREED).when(more, at=NOW_IT_ENDS, **MEDIATING).then_refused("No mediator is at work")


@pytest.mark.parametrize(
    ("command", "words", "field"),
    [
        (ExtendMediation(date(2026, 5, 12), True), "after Tuesday 12 May 2026", "until"),
        (ExtendMediation(date(2026, 6, 25), True), "not later than Wednesday 24 June 2026", "until"),
        (ExtendMediation(date(2026, 5, 25), True), "no working day", "until"),
        (ExtendMediation(date(2026, 6, 10), False), "all agree", "agreed"),
    ],
)
def test_more_time_is_a_working_day_up_to_the_sixtieth(
    command: ExtendMediation, words: str, field: str
) -> None:
    refused = given(APPOINTED).when(command, at=NOW_IT_ENDS, **MEDIATING).then_refused(words)
    assert refused.field == field


def test_its_time_is_over() -> None:
    over = RecordMediationOver(date(2026, 5, 13))
    found = given(APPOINTED).when(over, at="2026-05-13 08:00", **SWEEP)
    decide = Term(date(2026, 5, 13), 10, date(2026, 5, 28))
    found.then(MediationEnded("time over", (), None), DecisionAsked("mediation", decide))
    given(AGREED).when(over, at="2026-05-13 08:00", **SWEEP).then()
    given(RELEASED).when(over, at="2026-05-13 08:00", **SWEEP).then_refused("No mediation has begun")


def test_without_a_mediator_the_review_that_it_interrupted_goes_on_with_the_days_that_were_left() -> None:
    asked = then(SET, AskForMediation("raiser"), "2026-04-08 10:00")
    agreed = then(asked, AnswerMediation("respondent", True), "2026-04-09 10:00")
    outcome = given(agreed).when(RecordNoMediator(date(2026, 5, 8)), at="2026-05-08 08:00", **SWEEP)
    start = date(2026, 5, 8)
    going = (
        Going("note", "", Term(start, 15, date(2026, 6, 1))),
        Going("convene", "", Term(start, 5, date(2026, 5, 15))),
    )
    case = outcome.then(
        Resumed(2, "mediation: no mediator found", start, going),
        MediationEnded("no mediator found", (), "senior-review"),
    )
    assert case.stage is Stage.SENIOR_REVIEW
    outcome.then_told(
        *(Notice("mediation-ended", seat, {"ending": "no mediator found"}, confirms=True) for seat in BOTH),
        Notice("mediation-ended", Seat.OFFICER, {"ending": "no mediator found"}),
    )


def test_the_mediator_alone_hears_of_an_end_that_the_others_hear_of_otherwise() -> None:
    for command in (Decide("settled"), Withdraw(sure=True)):
        told = given(APPOINTED).when(command, at=NOW_IT_ENDS).told()
        ended = [one for one in told if one.name == "mediation-ended"]
        facts = {"ending": "the case went on"}
        assert ended == [Notice("mediation-ended", Seat.MEDIATOR, facts, Rest.ALWAYS)]
        nobody_yet = given(AGREED).when(command, at="2026-03-20 10:00").told()
        assert [one for one in nobody_yet if one.name == "mediation-ended"] == []
    over = then(APPOINTED, EndMediation("settled"), NOW_IT_ENDS, **MEDIATING)
    later = given(over).when(Decide("settled"), at="2026-04-02 10:00").told()
    assert [one for one in later if one.name == "mediation-ended"] == []


def test_what_both_sides_may_say_is_offered_to_each() -> None:
    for command in (AnswerSession("raiser", (0,)), LeaveMediation("raiser", True)):
        side = act_of(command).side
        assert side
        assert side(command, given(FIXED).case) == "raiser"
    assert act_of(LeaveMediation("raiser", True)).rank is Rank.LAST
