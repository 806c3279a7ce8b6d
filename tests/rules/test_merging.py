"""Merging: a concern goes on in another case about the same body, and can be taken out again."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.acts import act_of, notices_after
from compact_cases.rules.case import Case, replay
from compact_cases.rules.closing import GiveBack, Merge, TakeIn, Unmerge, Withdraw, notices_of_merged
from compact_cases.rules.course import Stage
from compact_cases.rules.events.closing import Closed, GaveBack, MergedInto, TookIn, Unmerged, Withdrawn
from compact_cases.rules.events.intake import Acknowledged, RespondentMatched
from compact_cases.rules.intake import AskForMore
from compact_cases.rules.names import telling_words
from compact_cases.rules.particulars import MatchRespondent
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import (
    CLOSED,
    COUNCIL,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    Outcome,
    another,
    given,
    on,
    said,
    sealed,
)

ONE, OTHER, THIRD = UUID(int=71), UUID(int=72), UUID(int=73)
GOES_ON = replay(another(PUT_TO_THE_COUNCIL))
MERGE = Merge(OFFICER, OTHER, said("Another group told us of the same survey."))
MERGED = RECEIVED + on(
    "2026-02-25 10:00",
    Acknowledged(OFFICER, None),
    MergedInto(OTHER, sealed()),
    Closed("merged", None),
)
WITH_ANOTHER = PUT_TO_THE_COUNCIL + on("2026-03-03 10:00", TookIn(ONE))


def merging(command: Merge = MERGE, other: Case | None = GOES_ON, **known: Any) -> Outcome:
    return given(RECEIVED).when(command, at="2026-02-25 10:00", other=other, **known)


def test_a_merge_acknowledges_and_closes_in_one_act() -> None:
    after = merging().then(
        Acknowledged(OFFICER, None),
        MergedInto(OTHER, MERGE.explanation.sealed()),
        Closed("merged", None),
    )
    assert (after.stage, after.closing.outcome, after.closing.merged_into) == (Stage.CLOSED, "merged", OTHER)
    assert after.intake.officer == OFFICER
    assert after.open_obligations == ()


def test_its_raiser_gets_one_letter_and_the_respondent_none() -> None:
    case = replay(MERGED)
    told = [notice for event, _ in MERGED[-3:] for notice in notices_after(event, case)]
    assert [(one.name, one.to) for one in told] == [("merged", Seat.RAISER)]


def test_a_concern_that_waits_for_an_answer_can_be_merged_too() -> None:
    asked = given(RECEIVED).when(AskForMore(said("Which survey?")), at="2026-02-24 10:00").events()
    history = RECEIVED + on("2026-02-24 10:00", *asked)
    assert given(history).when(MERGE, at="2026-02-25 10:00", other=GOES_ON).then_case().open_obligations == ()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (None, "say into which case"),
        (Case(), "say into which case"),
        (replay(RECEIVED), "into itself"),
        (replay(another(CLOSED)), "That case is closed"),
        (replace(GOES_ON, intake=replace(GOES_ON.intake, respondent=THIRD)), "about another body"),
    ],
)
def test_only_other_open_cases_about_the_same_body_take_a_concern_in(other: Case | None, words: str) -> None:
    assert merging(other=other).then_refused(words).field == "into"


def test_a_merge_is_explained_to_the_raiser() -> None:
    refused = merging(Merge(OFFICER, OTHER, said("  "))).then_refused("tell the raiser")
    assert refused.field == "explanation"


def test_the_explanation_does_not_tell_who_raised_the_other_one() -> None:
    known: dict[str, Any] = {
        "raisers_words": telling_words(["Rose", "Stroud"]),
        "others_words": telling_words(["Elmfield Tenants", "Stroud"]),
    }
    telling = Merge(OFFICER, OTHER, said("Rose, the Elmfield people in Stroud wrote too."))
    refused = merging(telling, **known).then_refused("could tell who raised the other one: Elmfield.")
    assert refused.field == "explanation"
    looked = replace(telling, words_may_stay=True)
    merging(looked, **known).then_case()
    merging(Merge(OFFICER, OTHER, said("Rose, another group in Stroud wrote too.")), **known).then_case()


def test_what_is_acknowledged_cannot_be_merged() -> None:
    for history in (PUT_TO_THE_COUNCIL, MERGED):
        merge = given(history).when(MERGE, at="2026-03-03 10:00", other=GOES_ON)
        merge.then_refused("waits to be acknowledged")


def test_a_case_without_a_matched_body_is_matched_first() -> None:
    unmatched = [one for one in RECEIVED if not isinstance(one[0], RespondentMatched)]
    merge = given(unmatched).when(MERGE, at="2026-02-25 10:00", other=GOES_ON)
    merge.then_refused("which body on the register")


def test_merges_make_no_chain() -> None:
    holds_one = RECEIVED + on("2026-02-24 10:00", TookIn(THIRD))
    merge = given(holds_one).when(MERGE, at="2026-02-25 10:00", other=GOES_ON)
    merge.then_refused("merge the other way round")


def test_the_other_case_records_it_and_goes_on_as_it_was() -> None:
    after = given(PUT_TO_THE_COUNCIL).when(TakeIn(ONE), at="2026-03-03 10:00").then(TookIn(ONE))
    assert after.closing.taken_in == (ONE,)
    assert after.open_obligations == replay(PUT_TO_THE_COUNCIL).open_obligations
    given(CLOSED).when(TakeIn(ONE), at="2026-03-20 10:00").then_refused("Nothing can be merged")
    given(WITH_ANOTHER).when(TakeIn(ONE), at="2026-03-20 10:00").then_refused("Nothing can be merged")


def test_a_body_is_not_changed_under_a_merged_concern() -> None:
    with_another = RECEIVED + on("2026-02-24 10:00", TookIn(ONE))
    match = given(with_another).when(MatchRespondent(COUNCIL), at="2026-02-25 10:00")
    assert match.then_refused("Undo that merge").field == "body"


def test_an_undone_merge_opens_the_case_again_with_a_date_of_its_own() -> None:
    term = Term(date(2026, 3, 9), 5, date(2026, 3, 16))
    command = Unmerge(said("They differ after all."))
    unmerged = Unmerged(OTHER, command.reason.sealed(), term)
    after = given(MERGED).when(command, at="2026-03-09 10:00").then(unmerged)
    assert after.stage is Stage.RECEIVED
    assert (after.closing.outcome, after.closing.closed_at, after.closing.merged_into) == (None, None, None)
    owed = after.owed("acknowledge")
    assert owed is not None
    assert (owed.cycle, owed.due) == (2, date(2026, 3, 16))
    assert after.intake.respondent == COUNCIL
    assert [one.name for one in notices_after(unmerged, after)] == ["unmerged"]


def test_only_a_merge_is_undone_and_with_a_reason() -> None:
    given(RECEIVED).when(Unmerge(said()), at="2026-03-09 10:00").then_refused("not merged")
    given(CLOSED).when(Unmerge(said()), at="2026-03-19 10:00").then_refused("not merged")
    given(MERGED).when(Unmerge(said("  ")), at="2026-03-09 10:00").then_refused("give a reason")
    given(PUT_TO_THE_COUNCIL).when(GiveBack(ONE), at="2026-03-09 10:00").then_refused("not merged into")
    after = given(WITH_ANOTHER).when(GiveBack(ONE), at="2026-03-09 10:00").then(GaveBack(ONE))
    assert after.closing.taken_in == ()


def test_a_merged_raiser_may_withdraw_and_leaves_the_other_case() -> None:
    command = Withdraw(sure=True)
    case = given(MERGED).when(command, at="2026-03-09 10:00").then(Withdrawn(None), Closed("withdrawn", None))
    assert (case.closing.outcome, case.closing.merged_into) == ("withdrawn", None)
    assert case.is_closed
    assert act_of(command).half is GiveBack
    assert act_of(command).other(command, replay(MERGED)) == OTHER  # type: ignore[misc]
    assert act_of(command).other(command, replay(RECEIVED)) is None  # type: ignore[misc]
    told = [
        one for event in (Withdrawn(None), Closed("withdrawn", None)) for one in notices_after(event, case)
    ]
    assert [(one.name, one.to) for one in told] == [("withdrawn", Seat.RAISER), ("withdrawn", Seat.OFFICER)]
    withdrawn = MERGED + on("2026-03-09 10:00", Withdrawn(None), Closed("withdrawn", None))
    given(withdrawn).when(command, at="2026-03-10 10:00").then_refused("closed already")
    given(withdrawn).when(Unmerge(said()), at="2026-03-10 10:00").then_refused("not merged")


def test_the_merged_concern_hears_of_an_ending_and_of_nothing_else() -> None:
    assert [one.name for one in notices_of_merged(Closed("resolved early", None))] == ["merged-ended"]
    assert notices_of_merged(GaveBack(ONE)) == []
