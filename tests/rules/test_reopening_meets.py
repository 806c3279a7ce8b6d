"""Reopening and the chapters that came after it: agreements that settled, or were not kept, and reviews."""

from compact_cases.rules.closing import outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.reopening import NEW_EVIDENCE, AskToReopen, Reopen
from compact_cases.rules.seats import Seat
from tests.builders import CLOSED_WITH_ACTIONS, OTHER_OFFICER, History, given, now, said
from tests.rules.test_review import then

ASK = AskToReopen(NEW_EVIDENCE, said("A minute of the meeting."))


def opened(history: History, stage: Stage, at: str = "2026-04-08") -> History:
    history = then(history, ASK, f"{at} 10:00", seat=Seat.RAISER)
    return then(history, Reopen(OTHER_OFFICER, stage.value, said()), f"{at} 11:00")


def test_a_case_that_an_agreement_had_settled_is_the_raisers_to_decide_once_it_is_open_again() -> None:
    history = opened(CLOSED_WITH_ACTIONS, Stage.RAISER_DECIDES)
    case = given(history).case
    assert not case.is_settled
    assert case.owed("action", "1")  # what was agreed is owed all the same
    decided = (
        given(history).when(Decide("partly", "close"), at="2026-04-09 10:00", seat=Seat.RAISER).then_case()
    )
    assert outcomes(decided, now("2026-04-09 11:00"))["outcome"] == ("partly settled",)
