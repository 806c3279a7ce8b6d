"""Merging: a concern goes on in another case about the same body, and can be taken out again."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules import events as happened
from compact_cases.rules.case import Case, Stage, replay
from compact_cases.rules.closing import GiveBack, Merge, TakeIn, Unmerge
from compact_cases.rules.events import Term
from compact_cases.rules.intake import AskForMore, MatchRespondent
from compact_cases.rules.notices import notices_after, notices_of_merged
from tests.builders import CLOSED, COUNCIL, OFFICER, PUT_TO_THE_COUNCIL, RECEIVED, given, on, said

ONE, OTHER, THIRD = UUID(int=71), UUID(int=72), UUID(int=73)
GOES_ON = replay(PUT_TO_THE_COUNCIL)
WHY, NOTHING = said("Another group told us of the same survey."), said("  ")


def merge(other: Case | None = GOES_ON, why: object = WHY) -> Merge:
    return Merge(OFFICER, OTHER, why, other)  # type: ignore[arg-type]


MERGED = RECEIVED + on(
    "2026-02-25 10:00",
    happened.Acknowledged(OFFICER, None),
    happened.MergedInto(OTHER, WHY.sealed()),
    happened.Closed("merged", None),
)
WITH_ANOTHER = PUT_TO_THE_COUNCIL + on("2026-03-03 10:00", happened.TookIn(ONE))


def test_a_merge_acknowledges_and_closes_in_one_act() -> None:
    after = (
        given(RECEIVED)
        .when(merge(), at="2026-02-25 10:00")
        .then(
            happened.Acknowledged(OFFICER, None),
            happened.MergedInto(OTHER, WHY.sealed()),
            happened.Closed("merged", None),
        )
    )
    assert (after.stage, after.outcome, after.merged_into) == (Stage.CLOSED, "merged", OTHER)
    assert after.officer == OFFICER
    assert after.open_obligations == ()


def test_its_raiser_gets_one_letter_and_the_respondent_none() -> None:
    case = replay(MERGED)
    told = [notice for event, _ in MERGED[-3:] for notice in notices_after(event, case)]
    assert [(one.name, one.to.value) for one in told] == [("merged", "raiser")]


def test_a_concern_that_waits_for_an_answer_can_be_merged_too() -> None:
    asked = given(RECEIVED).when(AskForMore(said("Which survey?")), at="2026-02-24 10:00").events()
    after = given(RECEIVED + on("2026-02-24 10:00", *asked)).when(merge(), at="2026-02-25 10:00").then_case()
    assert after.open_obligations == ()


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (None, "say into which case"),
        (Case(), "say into which case"),
        (replay(CLOSED), "That case is closed"),
        (replace(GOES_ON, respondent=THIRD), "about another body"),
    ],
)
def test_only_open_cases_about_the_same_body_take_a_concern_in(other: Case | None, words: str) -> None:
    refused = given(RECEIVED).when(merge(other), at="2026-02-25 10:00").then_refused(words)
    assert refused.field == "into"


def test_a_merge_is_explained_to_the_raiser() -> None:
    refused = given(RECEIVED).when(merge(why=NOTHING), at="2026-02-25 10:00").then_refused("tell the raiser")
    assert refused.field == "explanation"


def test_what_is_acknowledged_cannot_be_merged() -> None:
    given(PUT_TO_THE_COUNCIL).when(merge(), at="2026-03-03 10:00").then_refused("waits to be acknowledged")
    given(MERGED).when(merge(), at="2026-03-03 10:00").then_refused("waits to be acknowledged")


def test_a_case_without_a_matched_body_is_matched_first() -> None:
    unmatched = [one for one in RECEIVED if not isinstance(one[0], happened.RespondentMatched)]
    given(unmatched).when(merge(), at="2026-02-25 10:00").then_refused("which body on the register")


def test_merges_make_no_chain() -> None:
    holds_one = RECEIVED + on("2026-02-24 10:00", happened.TookIn(THIRD))
    given(holds_one).when(merge(), at="2026-02-25 10:00").then_refused("merge the other way round")


def test_the_other_case_records_it_and_goes_on_as_it_was() -> None:
    after = given(PUT_TO_THE_COUNCIL).when(TakeIn(ONE), at="2026-03-03 10:00").then(happened.TookIn(ONE))
    assert after.taken_in == (ONE,)
    assert after.open_obligations == GOES_ON.open_obligations
    given(CLOSED).when(TakeIn(ONE), at="2026-03-20 10:00").then_refused("Nothing can be merged")
    given(WITH_ANOTHER).when(TakeIn(ONE), at="2026-03-20 10:00").then_refused("Nothing can be merged")


def test_a_body_is_not_changed_under_a_merged_concern() -> None:
    with_another = RECEIVED + on("2026-02-24 10:00", happened.TookIn(ONE))
    refused = (
        given(with_another)
        .when(MatchRespondent(THIRD), at="2026-02-25 10:00")
        .then_refused("Undo that merge")
    )
    assert refused.field == "body"


def test_an_undone_merge_opens_the_case_again_with_a_date_of_its_own() -> None:
    term = Term(date(2026, 3, 9), 5, date(2026, 3, 16))
    reason = said("They differ after all.")
    after = (
        given(MERGED)
        .when(Unmerge(reason), at="2026-03-09 10:00")
        .then(happened.Unmerged(OTHER, reason.sealed(), term))
    )
    assert (after.stage, after.outcome, after.closed_at, after.merged_into) == (
        Stage.RECEIVED,
        None,
        None,
        None,
    )
    owed = after.owed("acknowledge")
    assert owed is not None
    assert (owed.cycle, owed.due) == (2, date(2026, 3, 16))
    assert after.respondent == COUNCIL
    unmerged = happened.Unmerged(OTHER, reason.sealed(), term)
    assert [one.name for one in notices_after(unmerged, after)] == ["unmerged"]


def test_only_a_merge_is_undone_and_with_a_reason() -> None:
    given(RECEIVED).when(Unmerge(WHY), at="2026-03-09 10:00").then_refused("not merged")
    given(CLOSED).when(Unmerge(WHY), at="2026-03-19 10:00").then_refused("not merged")
    given(MERGED).when(Unmerge(NOTHING), at="2026-03-09 10:00").then_refused("give a reason")
    given(PUT_TO_THE_COUNCIL).when(GiveBack(ONE), at="2026-03-09 10:00").then_refused("not merged into")
    after = given(WITH_ANOTHER).when(GiveBack(ONE), at="2026-03-09 10:00").then(happened.GaveBack(ONE))
    assert after.taken_in == ()


def test_the_merged_concern_hears_of_an_ending_and_of_nothing_else() -> None:
    assert [one.name for one in notices_of_merged(happened.Closed("resolved early", None))] == [
        "merged-ended"
    ]
    assert notices_of_merged(happened.GaveBack(ONE)) == []
