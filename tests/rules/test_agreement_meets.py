"""Where an agreement meets closing, silence, withdrawal, merging and pauses."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.agreement import (
    WriteAgreement,
    WrittenTerm,
)
from compact_cases.rules.case import Case, replay
from compact_cases.rules.closing import Close, Merge, Unmerge, Withdraw, outcomes
from compact_cases.rules.events.clocks import Paused
from compact_cases.rules.events.closing import Closed
from compact_cases.rules.events.intake import Acknowledged
from compact_cases.rules.refusals import NotYet
from compact_cases.rules.silence import RecordSilence, SendLastLetter
from compact_cases.rules.terms import Held
from tests.builders import (
    AGREED,
    AGREED_IN_PART,
    COUNCIL,
    OFFICER,
    RECEIVED,
    RELEASED,
    SETTLED,
    SILENT,
    another,
    given,
    now,
    on,
    said,
    sealed,
)

WRITE = WriteAgreement(
    (WrittenTerm("respondent", said("Ask again."), date(2026, 5, 6), said("It says so on the site.")),), True
)
LYING, REFLECTING = AGREED[:-3], AGREED[:-1]


@pytest.mark.parametrize("pending", [AGREED[len(RELEASED) : -3], AGREED[len(RELEASED) : -1]])
def test_nothing_is_closed_while_a_side_may_still_answer_or_reflect(pending: Any) -> None:
    history = SETTLED + [(event, at) for event, at in pending if at]
    given(history).when(Close("resolved early", said()), at="2026-03-20 10:00").then_refused("An agreement")
    assert outcomes(given(history).case, now("2026-03-20 10:00")) == {"outcome": ()}


@pytest.mark.parametrize("command", [SendLastLetter(date(2026, 3, 24)), RecordSilence(date(2026, 3, 24))])
def test_nobody_speaks_of_silence_while_an_agreement_is_considered(command: Any) -> None:
    history = SILENT + on("2026-03-24 10:00", LYING[-1][0])
    with pytest.raises(NotYet, match="agreement is being considered"):
        given(history).when(command, at="2026-04-22 08:00").events()


def test_a_withdrawal_ends_what_is_considered_and_leaves_what_is_agreed() -> None:
    withdraw = Withdraw(sure=True)
    assert given(REFLECTING).when(withdraw, at="2026-03-20 10:00").then_case().open_obligations == ()
    after = given(AGREED).when(withdraw, at="2026-03-27 10:00").then_case()
    assert after.closing.outcome == "withdrawn"
    assert {one.name for one in after.open_obligations} == {"action", "check-in"}


def test_closing_leaves_actions_and_check_ins() -> None:
    after = given(AGREED).when(Close("resolved early", said()), at="2026-03-30 12:00").then_case()
    assert sorted({one.name for one in after.open_obligations}) == ["action", "check-in"]
    assert [one.item for one in after.course.to_do] == ["1", "2"]
    closed = Closed("resolved early", sealed())
    assert {one.facts["to_do"] for one in notices_after(closed, after)} == {2}


def test_a_concern_that_waits_to_be_acknowledged_may_be_merged_into_a_case_with_an_agreement() -> None:
    other, into = replay(another(AGREED)), UUID(int=72)
    merge = Merge(OFFICER, into, said())
    merged = given(RECEIVED).when(merge, at="2026-03-27 10:00", other=other).then_case()
    assert merged.agreement.actions == ()  # what is agreed there is between that raiser and the body
    given(AGREED).when(merge, at="2026-03-27 10:00", other=other).then_refused("waits to be acknowledged")


def test_undoing_a_merge_brings_no_agreement() -> None:
    merged = RECEIVED + on("2026-02-25 10:00", Acknowledged(OFFICER, None), Closed("merged", None))
    given(merged).when(Unmerge(said()), at="2026-02-26 10:00").then_refused("not merged")
    given(merged).when(WRITE, at="2026-02-26 10:00").then_refused("closed")


def test_a_pause_of_the_enquiry_stops_no_action() -> None:
    held = Paused(
        1, "agreed break", "office/officer", "office/officer", date(2026, 3, 27), date(2026, 4, 13),
        (Held("decide", "", 1),), None,
    )  # fmt: skip
    case = given(AGREED_IN_PART + on("2026-03-27 10:00", held)).case
    decide = case.owed("decide")
    assert decide is not None
    assert decide.is_paused
    assert [one.due for one in case.course.to_do] == [date(2026, 5, 6), date(2026, 4, 20)]


def test_the_case_knows_its_part() -> None:
    assert Case().agreement.lying is None
    assert given(AGREED).case.agreement.not_kept == ()
    assert given(AGREED).case.intake.respondent == COUNCIL
