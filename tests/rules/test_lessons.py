"""Lessons: what should change, said after closing, for one undertaking of the case."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.events.closing import Closed
from compact_cases.rules.events.lessons import LessonSaid
from compact_cases.rules.lessons import RaiserSuggests, RespondentSuggests, SumUp
from compact_cases.rules.names import telling_words
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import CLOSED, RECEIVED, RELEASED, given, on, received, said

AT, DAY_21 = "2026-03-20 10:00", "2026-04-20 09:00"


@pytest.mark.parametrize(
    ("kind", "side"), [(SumUp, "office"), (RaiserSuggests, "raiser"), (RespondentSuggests, "respondent")]
)
def test_each_says_it_for_an_undertaking_of_the_case(kind: type, side: str) -> None:
    command = kind(2, said("Ask before the date is set."))
    event = LessonSaid(side, 2, "community-groups/8.2", command.words.sealed())
    case = given(CLOSED).when(command, at=AT).then(event)
    assert [one.side.value for one in case.lessons.said] == [side]
    assert given(CLOSED).when(replace(command, link=7), at=AT).then_refused("undertakings").field == "clause"
    assert given(CLOSED).when(replace(command, words=said("")), at=AT).then_refused("change").field == "words"
    given(RELEASED).when(command, at=AT).then_refused("when a case is closed")


def test_each_side_until_day_20_and_the_office_at_any_time() -> None:
    for command, seat in (
        (RaiserSuggests(1, said()), Seat.RAISER),
        (RespondentSuggests(1, said()), Seat.CHAMPION),
    ):
        given(CLOSED).when(command, at=DAY_21, seat=seat).then_refused("until Friday 17 April 2026")
    given(CLOSED).when(SumUp(1, said()), at=DAY_21).then_case()
    given(CLOSED).when(RaiserSuggests(1, said()), at=DAY_21).then_case()  # on the telephone


def test_nothing_is_learnt_where_nothing_was_cited_or_nobody_was_told() -> None:
    bare = RECEIVED[:2] + on("2026-02-24 10:00", Closed("not accepted", None))
    given(bare).when(SumUp(1, said()), at=AT).then_refused("No undertaking")
    unheard = RECEIVED + on("2026-02-24 10:00", Closed("not accepted", None))
    given(unheard).when(RespondentSuggests(1, said()), at=AT).then_refused("never told")


def test_what_both_sides_read_does_not_name_a_hidden_raiser() -> None:
    hidden = on("2026-02-23 10:00", received(Term(date(2026, 2, 23), 5, date(2026, 3, 2)), "confidential"))
    sums_up, words = SumUp(1, said("Ask Sue Ng first.")), telling_words(["Sue Ng"])
    done = given(hidden + CLOSED[1:]).when(sums_up, at=AT, raisers_words=words)
    assert done.then_refused("who raised it").field == "words"
    looked = replace(sums_up, words_may_stay=True)
    given(hidden + CLOSED[1:]).when(looked, at=AT, raisers_words=words).then_case()
