"""Nobody is taken to be silent while mediation is asked for: their yes may wait for that of the other."""

from datetime import date

import pytest

from compact_cases.rules.acts import decide
from compact_cases.rules.mediation import AnswerMediation, AskForMediation
from compact_cases.rules.refusals import NotYet
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from compact_cases.rules.together import AskTogether
from tests.builders import RELEASED, History, given
from tests.rules.test_review import then
from tests.rules.two_cases import FIRST, SECOND, Two

LAST = SendLastLetter(date(2026, 4, 14))
SWEEP = {"seat": Seat.SYSTEM}
SMALL = frozenset({Side.RESPONDENT})  # has ten working days to answer
ASKED = then(RELEASED, AskForMediation("officer"), "2026-04-13 10:00", small_sides=SMALL)
YES = then(ASKED, AnswerMediation("raiser", True), "2026-04-14 07:30", seat=Seat.RAISER)


@pytest.mark.parametrize("history", [ASKED, YES])
def test_no_last_letter_goes_to_a_raiser_while_somebody_is_asked_about_mediation(history: History) -> None:
    """A raiser who had said yes read that nothing was heard from them."""
    given(history).when(LAST, at="2026-04-14 08:05", **SWEEP).then_refused("asked about mediation")


def test_nor_is_silence_recorded_after_a_last_letter_that_went_before() -> None:
    sent = then(RELEASED, LAST, "2026-04-14 08:05", **SWEEP)
    asked = then(sent, AskForMediation("officer"), "2026-04-20 10:00", small_sides=SMALL)
    silent = RecordSilence(date(2026, 4, 21))
    given(asked).when(silent, at="2026-04-21 08:05", **SWEEP).then_refused("asked about mediation")
    no = then(asked, AnswerMediation("respondent", False), "2026-04-21 10:00", seat=Seat.CHAMPION)
    given(no).when(silent, at="2026-04-22 08:05", **SWEEP).then_case()


def test_nor_while_their_yes_to_one_mediation_of_two_cases_waits_for_the_other_body() -> None:
    two = Two()
    two.do(FIRST, AskTogether(SECOND, agreed=True), "2026-04-13 10:00", small_sides=SMALL)
    two.do(FIRST, AnswerMediation("raiser", True), "2026-04-14 07:30")
    two.do(SECOND, AnswerMediation("respondent", True), "2026-04-14 07:40")
    assert [one.name for one in two.second.open_obligations] == ["decide"]
    given_now = two.known(SECOND, "2026-04-14 08:05", seat=Seat.SYSTEM)
    with pytest.raises(NotYet, match="asked about mediation"):
        decide(LAST, two.second, given_now)
