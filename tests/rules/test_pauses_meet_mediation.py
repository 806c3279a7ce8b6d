"""A pause that runs when all agree to mediation: nothing goes on in the middle of it, and nothing is lost."""

from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.appointing import RecordNoMediator
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.course import Stage
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime
from compact_cases.rules.mediation import AnswerMediation, AskForMediation
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.pausing import IN_MEDIATION, PROCEEDINGS, THIRD_PARTY
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.speaking import CAPACITIES, RecordGroupEnded, TakeOver
from tests.builders import RELEASED, History, given, said
from tests.rules.test_review import then
from tests.rules.test_together import asked
from tests.rules.two_cases import FIRST, SECOND

MORE = AskForTime(2, "decide", WHY[0], said("Our trustees meet on Friday."))


def agreed(history: History) -> History:
    """Both sides are asked on 16 March, and agree a day later."""
    history = then(history, AskForMediation("officer"), "2026-03-16 11:00")
    for seat, party in ((Seat.RAISER, "raiser"), (Seat.CHAMPION, "respondent")):
        history = then(history, AnswerMediation(party, True), "2026-03-17 10:00", seat=seat)
    return history


@pytest.mark.parametrize("reason", [THIRD_PARTY, PROCEEDINGS])
def test_a_pause_that_runs_already_does_not_end_in_the_middle_of_a_mediation(reason: str) -> None:
    paused = then(RELEASED, PauseClocks(reason), "2026-03-16 10:00")
    left = given(paused).case.owed("decide")
    case = given(agreed(paused)).case
    assert case.stage is Stage.MEDIATION
    first, second = case.clocks.pauses
    assert (first.until, second.reason, second.awaits) == (date(2026, 3, 17), IN_MEDIATION, "mediate")
    decide = case.owed("decide")
    assert left
    assert left.hold
    assert decide
    assert decide.hold
    assert (decide.due, decide.hold.pause) == (None, second.number)
    assert decide.hold.days_left == left.hold.days_left
    given(agreed(paused)).when(ResumeClocks(), at="2026-03-18 10:00").then_refused("No pause of this case")
    with pytest.raises(Refused, match="over already"):
        then(agreed(paused), EndPause(first.number), "2026-04-14 00:05", seat=Seat.SYSTEM)


def test_nobody_is_told_that_clocks_go_on_which_stand_still_all_the_same() -> None:
    paused = then(RELEASED, PauseClocks(THIRD_PARTY), "2026-03-16 10:00")
    history = then(paused, AskForMediation("officer"), "2026-03-16 11:00")
    history = then(history, AnswerMediation("raiser", True), "2026-03-17 10:00", seat=Seat.RAISER)
    yes: Any = given(history).when(
        AnswerMediation("respondent", True), at="2026-03-17 10:00", seat=Seat.CHAMPION
    )
    after = yes.then_case()
    told = {one.name for event in yes.events() for one in notices_after(event, after)}
    assert told == {"mediation-agreed"}


def test_where_no_mediator_is_found_what_was_paused_has_the_days_that_were_left() -> None:
    paused = then(RELEASED, PauseClocks(THIRD_PARTY), "2026-03-16 10:00")
    none = then(agreed(paused), RecordNoMediator(date(2026, 4, 16)), "2026-04-16 08:05", seat=Seat.SYSTEM)
    case = given(none).case
    assert case.stage is Stage.RAISER_DECIDES
    decide, before = case.owed("decide"), given(paused).case.owed("decide")
    assert decide
    assert before
    assert before.hold
    assert (decide.due is not None, decide.term.limit) == (True, before.hold.days_left)


def test_more_time_that_is_still_asked_for_need_not_be_answered_in_a_mediation() -> None:
    first = then(RELEASED, MORE, "2026-03-13 10:00", seat=Seat.RAISER)
    again = then(first, MORE, "2026-03-16 10:00", seat=Seat.RAISER)
    assert given(again).case.owed("extension-answer")
    case = given(agreed(again)).case
    assert {one.name: one.due for one in case.open_obligations} == {
        "decide": None,
        "appoint": date(2026, 3, 31),
    }
    given(agreed(again)).when(AnswerTime(True), at="2026-03-18 10:00", seat=Seat.CHAMPION).then_refused(
        "No request for more time"
    )


def test_whoever_comes_to_speak_for_a_group_that_ended_sets_nothing_going_in_a_mediation() -> None:
    asked_ = then(RELEASED, AskForMediation("officer"), "2026-03-16 11:00")
    yes = then(asked_, AnswerMediation("raiser", True), "2026-03-17 10:00", seat=Seat.RAISER)
    ended = then(yes, RecordGroupEnded(date(2026, 3, 17)), "2026-03-17 11:00", raiser_reached=True)
    agreed_ = then(ended, AnswerMediation("respondent", True), "2026-03-18 10:00", seat=Seat.CHAMPION)
    again = then(agreed_, TakeOver(CAPACITIES[0], said("Our last meeting chose me.")), "2026-03-19 10:00")
    for history in (agreed_, again):
        case = given(history).case
        assert case.stage is Stage.MEDIATION
        decide = case.owed("decide")
        assert decide
        assert (decide.due, decide.hold_reason) == (None, IN_MEDIATION)


@pytest.mark.parametrize("which", [FIRST, SECOND])
def test_it_holds_in_either_of_two_cases_that_are_mediated_together(which: Any) -> None:
    two = asked()
    two.do(which, PauseClocks(THIRD_PARTY), "2026-03-16 09:00")
    two.do(SECOND, AnswerMediation("respondent", True), "2026-03-16 10:00")
    two.do(FIRST, AnswerMediation("respondent", True), "2026-03-16 11:00")
    two.do(FIRST, AnswerMediation("raiser", True), "2026-03-17 10:00")
    for case in two.cases.values():
        assert case.stage is Stage.MEDIATION
        (running,) = [one for one in case.clocks.pauses if one.until is None]
        assert running.awaits == "mediate"
