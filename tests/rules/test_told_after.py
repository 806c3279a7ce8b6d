"""Who is told what when another body takes over; the edges of links, lessons, dates and next steps."""

from datetime import date
from typing import Any

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import act_of
from compact_cases.rules.course import Stage
from compact_cases.rules.date_passes import SINCE, SayWhatFollowed
from compact_cases.rules.events.closing import Closed
from compact_cases.rules.events.fast_track import DateAnswered, DatePassed, DateWatched
from compact_cases.rules.events.intake import AlsoTold, RespondentSucceeded
from compact_cases.rules.events.relations import CasesLinked
from compact_cases.rules.intake import Decline
from compact_cases.rules.lessons import RaiserSuggests, RespondentSuggests
from compact_cases.rules.notices import Notice
from compact_cases.rules.onward import OpenNextStep, wished
from compact_cases.rules.refusals import Refused
from compact_cases.rules.relations import LinkCases
from compact_cases.rules.seats import Seat
from compact_cases.rules.succession import Succeed
from compact_cases.rules.terms import Term
from tests.builders import (
    CLOSED,
    CLOSED_WITH_ACTIONS,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    REPLIED,
    given,
    now,
    on,
    said,
    sealed,
)
from tests.rules.candidates import HALL, OTHER
from tests.rules.test_date_passes import PASSED
from tests.rules.test_fast_track import CLOSES, accept, urgent
from tests.rules.test_onward import GOES_ON, IN_REVIEW
from tests.rules.test_relations import THERE

BOTH_THERE = {COUNCIL: Registered(), HALL: Registered()}


# --- another body takes over ------------------------------------------------------------------------------


def test_whoever_takes_over_hears_what_is_theirs_to_do_and_nothing_of_what_others_owe() -> None:
    reply = {"obligation": "reply", "due": "2026-03-30", "item": "", "cycle": 2}
    given(PUT_TO_THE_COUNCIL).when(Succeed(HALL), at="2026-03-05 10:00", register=BOTH_THERE).then_told(
        Notice("succeeded", Seat.RAISER),
        Notice("succeeded", Seat.CHAMPION, {"items": [reply]}),
        Notice("succeeded", Seat.OFFICER),
    )
    given(REPLIED).when(Succeed(HALL), at="2026-03-12 12:00", register=BOTH_THERE).then_told(
        Notice("succeeded", Seat.RAISER),
        Notice("succeeded", Seat.CHAMPION),
        Notice("succeeded", Seat.OFFICER),
    )


def test_a_closed_case_goes_over_only_with_what_is_still_to_do() -> None:
    with_actions = given(CLOSED_WITH_ACTIONS).when(Succeed(HALL), at="2026-04-01 10:00", register=BOTH_THERE)
    assert isinstance(with_actions.events()[0], RespondentSucceeded)
    over = given(CLOSED).when(Succeed(HALL), at="2026-04-01 10:00", register=BOTH_THERE)
    over.then_refused("This case is closed and owes nothing, so it stays with the body that it was about.")


# --- links and lessons ------------------------------------------------------------------------------------


def test_a_repeat_says_of_this_case_that_it_is_the_duplicate() -> None:
    repeat = Decline(OFFICER, "repeat", said(), OTHER)
    (linked, *_) = given(RECEIVED).when(repeat, at="2026-02-24 10:00", other=THERE).events()
    assert linked == CasesLinked(OTHER, "duplicate of", True, None)
    already = RECEIVED + on("2026-02-24 09:00", CasesLinked(OTHER, "duplicate of", True, None))
    twice = given(already).when(repeat, at="2026-02-24 10:00", other=THERE)
    refused = twice.then_refused("It is linked to that case as a duplicate already. Please leave this empty.")
    assert refused.field == "repeats"


def test_the_ways_in_which_cases_are_linked_are_offered() -> None:
    act = act_of(LinkCases(OTHER, "related", said()))
    kinds = act.choices(given(RECEIVED).case, now("2026-02-24 10:00"))["kind"]
    assert set(kinds) == {
        *("duplicate of", "related", "same concern", "follow-on", "alleged reprisal for"),
    }


@pytest.mark.parametrize(
    ("command", "seat"),
    [(RaiserSuggests(1, said()), Seat.RAISER), (RespondentSuggests(1, said()), Seat.CHAMPION)],
)
def test_what_should_change_may_be_said_on_the_whole_of_day_20_in_london(command: Any, seat: Seat) -> None:
    given(CLOSED).when(command, at="2026-04-17 23:30", seat=seat).then_case()
    over = given(CLOSED).when(command, at="2026-04-18 00:30", seat=seat)  # still the 17th in UTC
    over.then_refused("This could be said until Friday 17 April 2026. Please ring us instead.")


# --- a date -----------------------------------------------------------------------------------------------


def test_a_date_is_watched_from_the_notice_to_the_day_itself() -> None:
    def watched(at: str) -> Any:
        events = given(urgent()).when(accept(), at=at).events()
        return [one for one in events if isinstance(one, (DateWatched, DatePassed))]

    assert watched("2026-04-30 12:00") == [DateWatched(Term(date(2026, 4, 30), 2, CLOSES))]
    assert watched("2026-05-05 12:00") == [DateWatched(Term(CLOSES, 0, CLOSES))]
    five = Term(date(2026, 5, 6), 5, date(2026, 5, 13))
    assert watched("2026-05-06 12:00") == [DatePassed(CLOSES, five, five)]


def test_a_raiser_who_has_said_already_what_followed_is_not_asked() -> None:
    """They raise it after the date, and the form asks."""
    told = urgent() + on("2026-04-30 10:00", AlsoTold(SINCE, sealed()))
    events = given(told).when(accept(), at="2026-05-06 12:00").events()
    (passed,) = [one for one in events if isinstance(one, DatePassed)]
    assert passed.raiser is None
    assert passed.respondent is not None
    other = urgent() + on("2026-04-30 10:00", AlsoTold("when", sealed()))
    events = given(other).when(accept(), at="2026-05-06 12:00").events()
    (passed,) = [one for one in events if isinstance(one, DatePassed)]
    assert passed.raiser is not None


@pytest.mark.parametrize("side", ["raiser", "respondent"])
def test_of_two_texts_that_of_the_side_that_answers_is_kept(side: str) -> None:
    command = SayWhatFollowed(side, "no", said("No bus."), said("We had to."))
    words = command.raisers_words if side == "raiser" else command.respondents_words
    assert words is not None
    given(PASSED).when(command, at="2026-05-07 10:00").then(DateAnswered(side, "no", words.sealed()))


def test_who_may_say_what_followed_and_how() -> None:
    act = act_of(SayWhatFollowed("raiser", "no", None, None))
    found = act.choices(given(PASSED).case, now("2026-05-07 10:00", seat=Seat.CHAMPION))
    assert found["side"] == ("respondent",)
    assert "no" in found["extended"]
    assert set(found) == {"side", "extended"}


# --- the next step ----------------------------------------------------------------------------------------


def test_of_the_ways_on_only_one_that_is_left_is_taken_and_the_first_where_none_is_named() -> None:
    left = (Stage.SENIOR_REVIEW, Stage.PANEL)
    with pytest.raises(Refused) as refused:
        wished("mediation", left)
    words = "Please choose one of the ways on that are left."
    assert (refused.value.sentence, refused.value.field) == (words, "stage")
    assert wished("panel", left) == "panel"
    assert wished("", left) is None


def test_a_next_step_is_opened_once_it_is_asked_for_and_nothing_waits_to_be_read() -> None:
    step = OpenNextStep("", OTHER_OFFICER)
    given(RECEIVED).when(step, at="2026-03-31 10:00").then_refused(
        "The raiser has not asked to go on, so there is no next step to open."
    )
    waits = GOES_ON + on("2026-03-30 13:00", REPLIED[-1][0])
    given(waits).when(step, at="2026-03-31 10:00").then_refused(
        "A reply waits to be released. Please read it first: the raiser may want to know it before the next "
        "step."
    )
    act = act_of(step)
    assert "senior-review" in act.choices(given(GOES_ON).case, now("2026-03-31 10:00"))["stage"]
    assert act.choices(given(IN_REVIEW).case, now("2026-03-31 10:00")) == {"stage": ()}
    assert act.choices(given(CLOSED).case, now("2026-03-31 10:00")) == {"stage": ()}


def test_a_respondent_that_was_never_told_is_not_asked_what_should_change() -> None:
    unheard = RECEIVED + on("2026-02-24 10:00", Closed("not accepted", None))
    suggests = RespondentSuggests(1, said())
    given(unheard).when(suggests, at="2026-02-25 10:00").then_refused(
        "The respondent was never told of this concern."
    )
