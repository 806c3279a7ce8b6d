"""What both sides said yes to in a mediation room is the agreement of the case, and ends the mediation."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.agreement import LetAgreementStand, SettleInMediation, WrittenTerm
from compact_cases.rules.case import replay
from compact_cases.rules.closing import outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.events.agreement import AgreementAnswered, AgreementWritten
from compact_cases.rules.events.enquiry import DecisionAsked
from compact_cases.rules.events.mediation import MediationAgreed, MediationEnded, MediatorAppointed, PartyLeft
from compact_cases.rules.room import around_of, ended_on, number_of
from compact_cases.rules.terms import Term
from tests.builders import RELEASED, Outcome, given, now, on, said

MORGAN = UUID(int=7)
BOTH = ("raiser", "respondent")
TERM = Term(date(2026, 3, 16), 30, date(2026, 4, 29))
AGREED = RELEASED + on("2026-03-16 10:00", MediationAgreed(BOTH, False, False, TERM))
MEDIATED = AGREED + on("2026-03-17 10:00", MediatorAppointed(MORGAN, TERM, date(2026, 6, 12)))
OVER = MEDIATED + on("2026-03-20 10:00", MediationEnded("not settled", (), None))
ONCE_MORE = WrittenTerm("respondent", said("Ask again."), date(2026, 5, 6), said("It says so on the site."))
SETTLE = SettleInMediation((ONCE_MORE,), settles=True)


def settling(history: object = MEDIATED, command: SettleInMediation = SETTLE) -> Outcome:
    return given(history).when(command, at="2026-03-30 12:00")  # type: ignore[arg-type]


def test_both_have_accepted_it_and_reflect_and_the_mediation_is_over() -> None:
    found = settling().events()
    kinds = [AgreementWritten, AgreementAnswered, AgreementAnswered, MediationEnded, DecisionAsked]
    assert [type(one) for one in found] == kinds
    case = settling().then_case()
    assert case.mediation.ending == "settled"
    assert case.mediation.settled == tuple(one.id for one in case.intake.links)
    assert case.stage is Stage.RAISER_DECIDES
    assert {one.item for one in case.open_obligations if one.name == "reflect"} == set(BOTH)
    assert [one.name for one in case.open_obligations if one.name in ("agree", "mediate")] == []


def test_it_stands_after_their_days_to_reflect_and_the_case_is_to_be_closed() -> None:
    history = MEDIATED + on("2026-03-30 12:00", *settling().events())
    case = given(history).when(LetAgreementStand(date(2026, 4, 10), "raiser"), "2026-04-10 08:00").then_case()
    assert case.is_settled
    assert case.owed("close") is not None
    assert outcomes(case, now("2026-04-10 10:00"))["outcome"] == ("settled by mediation",)


def test_where_something_stays_open_it_is_partly_settled_and_the_raiser_decides_on_the_rest() -> None:
    case = settling(command=SettleInMediation((ONCE_MORE,), settles=False)).then_case()
    assert case.mediation.ending == "partly settled"
    assert case.owed("decide") is not None


def test_nobody_is_asked_to_answer_what_they_said_yes_to() -> None:
    found = settling().events()
    case = settling().then_case()
    told = [notice.name for event in found for notice in notices_after(event, case)]
    assert "agreement" not in told
    assert told.count("agreement-reflect") == 2


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (RELEASED, "No mediator is at work"),
        (AGREED, "No mediator is at work"),
        (
            MEDIATED + on("2026-03-20 10:00", MediationEnded("not settled", (), None)),
            "No mediator is at work",
        ),
        (MEDIATED + on("2026-03-20 10:00", PartyLeft("respondent")), "A side has left"),
    ],
)
def test_without_a_mediation_of_both_nothing_is_settled_in_one(history: object, words: str) -> None:
    settling(history).then_refused(words)


def test_a_day_that_has_come_is_refused_at_its_field() -> None:
    past = WrittenTerm("respondent", said("Ask again."), date(2026, 3, 30), said("It says so."))
    refused = settling(command=SettleInMediation((past,), True)).then_refused("a day after today")
    assert refused.field == "terms.0.by"


def test_the_room_knows_each_mediation_of_the_case_and_its_end() -> None:
    assert around_of(replay(AGREED)) is None
    assert number_of(replay(AGREED)) == 0
    case = replay(MEDIATED)
    around = around_of(case)
    assert around is not None
    assert (around.sides, around.mediator, around.joint, around.ended_on) == (BOTH, MORGAN, True, None)
    over = replay(MEDIATED + on("2026-03-30 23:30", MediationEnded("not settled", (), None)))
    assert (number_of(over), ended_on(over, 1), ended_on(over, 2)) == (1, date(2026, 3, 30), None)
