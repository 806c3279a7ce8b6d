"""Who is told that the board chair is asked, and of her answer; what is owed by it; when she cannot be."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.appeals import AnswerAppeal, AppealRefusal
from compact_cases.rules.asked_pauses import AnswerPause, AskForPause, RecordNoPause
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import AUDIENCE
from compact_cases.rules.events.board import AppealAnswered, PauseAnswered, PauseAsked, ReopeningAppealed
from compact_cases.rules.events.clocks import Paused
from compact_cases.rules.events.reopening import ReopeningAsked, ReopeningDeclined
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.refusals import NotYet
from compact_cases.rules.reopening import ERROR, Reopen, RespondentAsksToReopen
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Held, Term
from tests.builders import (
    CLOSED,
    OFFICER,
    OTHER_OFFICER,
    History,
    given,
    on,
    said,
    sealed,
)
from tests.rules.test_appeals import APPEALED, ASKS, AT, BY, DECLINED, STAGE, WAITING, WHY
from tests.rules.test_asked_pauses import ASKED, SHARE
from tests.rules.test_asked_pauses import AT as ASKED_AT
from tests.rules.test_asked_pauses import WAITING as PAUSE_WAITS
from tests.rules.test_reopening import ANSWERED
from tests.rules.test_review import then

CHAIR: dict[str, Any] = {"seat": Seat.CHAIR}
YES = AnswerAppeal(OTHER_OFFICER, True, "the answer was too short")
APPEALED_TO_AN_OFFICER = DECLINED + on(AT, replace(APPEALED, to=Seat.CO_OFFICER.value))
OF_THE_COUNCIL: History = (
    CLOSED
    + on("2026-03-23 10:00", ReopeningAsked("respondent", ERROR, sealed(), BY))
    + on("2026-03-24 10:00", ReopeningDeclined("respondent", sealed(), OFFICER))
)


def fact(obligation: str, due: str, **more: Any) -> dict[str, Any]:
    return {"obligation": obligation, "due": due, **more}


def who_owes(case: Case, name: str) -> tuple[Seat, Seat]:
    one = case.owed(name)
    assert one
    return one.owner, one.to


# --- an appeal --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "at", "side", "whose", "due"),
    [
        (DECLINED, AT, "raiser", Seat.RAISER, "2026-04-28"),
        (OF_THE_COUNCIL, "2026-03-25 10:00", "respondent", Seat.CHAMPION, "2026-04-01"),
    ],
)
def test_who_appeals_hears_who_looks_at_it_and_until_when(
    history: History, at: str, side: str, whose: Seat, due: str
) -> None:
    for has_chair, to in ((True, Seat.CHAIR), (False, Seat.CO_OFFICER)):
        outcome = given(history).when(ASKS, at=at, seat=whose, has_chair=has_chair)
        (asked,) = outcome.events()
        assert isinstance(asked, ReopeningAppealed)
        assert (asked.side, asked.because, asked.stage, asked.to) == (side, WHY, STAGE, to.value)
        facts = fact("appeal", due, chair=has_chair)
        outcome.then_told(
            Notice("appeal-asked", to, {**facts, "yours": True}, Rest.OWED),
            Notice("appeal-asked", whose, facts, Rest.OWED, confirms=True),
        )
        case = outcome.then_case()
        assert who_owes(case, "appeal") == (to, whose)
        assert [(one.side.value, one.because, one.stage, one.upheld) for one in case.board.appeals] == [
            (side, WHY, STAGE, None)
        ]
        by = act_of(ASKS).side
        assert by
        assert by(ASKS, outcome.case) == side


@pytest.mark.parametrize(("history", "whose"), [(WAITING, Seat.RAISER), (OF_THE_COUNCIL, Seat.CHAMPION)])
def test_the_answer_goes_to_who_appealed_and_to_the_officer_who_owes_the_rest(
    history: History, whose: Seat
) -> None:
    at = "2026-04-22 10:00"
    if history is OF_THE_COUNCIL:
        history, at = then(history, ASKS, "2026-03-25 10:00"), "2026-03-26 10:00"
    upheld = given(history).when(
        AnswerAppeal(OTHER_OFFICER, True, "the answer was too short"), at=at, **CHAIR
    )
    due = "2026-04-29" if whose is Seat.RAISER else "2026-04-02"
    facts = fact("reopen", due, upheld=True)
    upheld.then_told(
        Notice("appeal-answered", whose, facts, Rest.ALWAYS),
        Notice("appeal-answered", Seat.OFFICER, facts, Rest.OWED),
    )
    case = upheld.then_case()
    assert who_owes(case, "reopen") == (Seat.OFFICER, whose)
    assert (case.board.appeals[-1].upheld, case.board.appeals[-1].said) == (True, "the answer was too short")
    assert case.owed("appeal") is None
    stands = given(history).when(AnswerAppeal(OTHER_OFFICER, False, "the answer says why"), at=at, **CHAIR)
    stands.then_told(
        *(Notice("appeal-answered", one, {"upheld": False}, Rest.ALWAYS) for one in (whose, Seat.OFFICER))
    )
    assert stands.then_case().board.appeals[-1].upheld is False


def test_the_other_side_learns_of_it_on_the_page_and_the_stages_are_those_of_a_reopening() -> None:
    assert AUDIENCE[ReopeningAppealed] == AUDIENCE[AppealAnswered] == Audience.CASE
    assert AUDIENCE[PauseAsked] == AUDIENCE[PauseAnswered] == Audience.OFFICERS
    outcome = given(DECLINED).when(ASKS, at=AT)
    stages = act_of(ASKS).choices(outcome.case, outcome.now)["stage"]
    assert STAGE in stages
    for stage in stages:
        given(DECLINED).when(AppealRefusal(WHY, stage), at=AT).then_case()


def test_while_somebody_has_asked_again_an_officer_answers_first() -> None:
    early = CLOSED + on("2026-03-23 10:00", ReopeningAsked("raiser", ERROR, sealed(), BY))
    early += on("2026-03-24 10:00", ReopeningDeclined("raiser", sealed(), OFFICER))
    again = then(early, RespondentAsksToReopen(ERROR, said()), "2026-03-25 10:00")
    given(again).when(ASKS, at="2026-03-25 11:00").then_refused("has been declined")


def test_an_appeal_of_an_earlier_closing_is_not_counted_against_a_later_one() -> None:
    upheld = then(
        WAITING, AnswerAppeal(OTHER_OFFICER, True, "the answer was too short"), "2026-04-22 10:00", **CHAIR
    )
    opened = then(upheld, Reopen(OTHER_OFFICER, STAGE, said()), "2026-04-23 10:00")
    case = given(opened).case
    assert len(case.board.since(WAITING[0][1])) == 1
    assert case.board.since(opened[-1][1]) == ()
    given(opened).when(ASKS, at="2026-04-24 10:00").then_refused("has been declined")


def test_who_said_no_does_not_look_at_it_whoever_else_is_there() -> None:
    chair = UUID(int=50)
    others = given(DECLINED).when(ASKS, at=AT, chair=chair)
    assert who_owes(others.then_case(), "appeal")[0] is Seat.CHAIR
    alone = {"officers": frozenset({OTHER_OFFICER}), "has_chair": False}
    assert who_owes(given(DECLINED).when(ASKS, at=AT, **alone).then_case(), "appeal")[0] is Seat.CO_OFFICER
    hers = given(DECLINED).when(ASKS, at=AT, chair=OFFICER, officers=frozenset({OFFICER}))
    hers.then_refused("nobody here who could look at this again")
    given(DECLINED).when(AnswerAppeal(OTHER_OFFICER, True, ""), at=AT).then_refused("No appeal is waiting")
    same = given(WAITING).when(AnswerAppeal(OFFICER, True, "the answer was too short"), at=AT, **CHAIR)
    assert same.then_refused("You gave the answer").field == "upheld"


def test_the_last_day_counts_by_the_five_o_clock_rule() -> None:
    """Answered on Monday 20 April 2026 after 17:00, so that Tuesday is day 0; 4 May is a holiday."""
    assert ANSWERED.startswith("2026-04-20")
    late = DECLINED[:-1] + on("2026-04-20 17:30", DECLINED[-1][0])
    given(late).when(ASKS, at="2026-05-06 22:50").then_case()
    given(late).when(ASKS, at="2026-05-07 00:01").then_refused("over on Wednesday 6 May 2026")


# --- a pause that needs her -------------------------------------------------------------------------------


def test_she_hears_until_when_to_answer_and_the_officer_hears_a_no() -> None:
    asks = given(SHARE).when(AskForPause("waiting for a third party", 5), at=ASKED_AT)
    asks.then_told(Notice("pause-asked", Seat.CHAIR, fact("pause-answer", "2026-04-15"), Rest.OWED))
    case = asks.then_case()
    assert case.board.pause == ASKED
    for command, by, silent, at in (
        (AnswerPause(False), Seat.CHAIR, False, "2026-04-10 15:00"),
        (RecordNoPause(date(2026, 4, 16)), Seat.SYSTEM, True, "2026-04-16 08:00"),
    ):
        no = given(PAUSE_WAITS).when(command, at=at, seat=by)
        no.then_told(Notice("pause-refused", Seat.OFFICER, {"silent": silent}))
        after = no.then_case()
        assert (after.board.pause, after.owed("pause-answer")) == (None, None)
    yes = given(PAUSE_WAITS).when(AnswerPause(True), at="2026-04-10 15:00", **CHAIR).told()
    assert {one.name for one in yes} == {"paused"}


def test_whose_wish_it_is_and_that_both_agree_stand_in_the_request_and_in_the_pause() -> None:
    asks = AskForPause("agreed break", 10, "raiser", agreed=True)
    (asked,) = given(SHARE).when(asks, at=ASKED_AT).events()
    assert asked == PauseAsked(
        "agreed break", "raiser/named", 10, True, Term(date(2026, 4, 10), 3, date(2026, 4, 15))
    )
    history = SHARE + on(ASKED_AT, asked)
    case = given(history).when(AnswerPause(True), at="2026-04-13 10:00", **CHAIR).then_case()
    pause = case.clocks.pauses[-1]
    assert (pause.reason, pause.on, pause.ends) == ("agreed break", date(2026, 4, 13), date(2026, 4, 27))
    (_, paused) = given(history).when(AnswerPause(True), at="2026-04-13 10:00", **CHAIR).events()
    assert isinstance(paused, Paused)
    assert (paused.asked_by, paused.granted_by, paused.agreed) == ("raiser/named", "office/chair", True)
    assert paused.obligations == (Held("reply", "", 2),)


def test_one_day_to_ten_and_only_of_what_may_be_paused() -> None:
    for days in (1, 10):
        given(SHARE).when(AskForPause("waiting for a third party", days), at=ASKED_AT).then_case()
    outcome = given(SHARE).when(AskForPause("waiting for a third party", 5), at=ASKED_AT)
    reasons = ("agreed break", "waiting for a third party", "waiting for the raiser")
    assert act_of(outcome.command).choices(outcome.case, outcome.now) == {"reason": reasons}
    (running,) = (one for one in outcome.case.open_obligations if one.name == "reply")
    assert running.due
    overdue = given(SHARE).when(AskForPause("waiting for a third party", 5), at="2026-04-20 10:00")
    overdue.then_refused("Nothing in this case can be paused")
    none = given(SHARE).when(RecordNoPause(date(2026, 4, 16)), at="2026-04-16 08:00", seat=Seat.SYSTEM)
    none.then_refused("No request for a pause")
    still = given(PAUSE_WAITS).when(RecordNoPause(date(2026, 4, 15)), at="2026-04-15 23:59", seat=Seat.SYSTEM)
    refused = still.then_refused("still time")
    assert isinstance(refused, NotYet)
    assert refused.until == date(2026, 4, 15)
