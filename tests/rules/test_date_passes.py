"""The date passes: the case goes on, each side is asked once, and nobody is chased for an answer."""

from datetime import date

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.audience import Audience
from compact_cases.rules.date_passes import RecordDatePassed, RecordNoDateAnswer, SayWhatFollowed, sides_asked
from compact_cases.rules.events import AUDIENCE
from compact_cases.rules.events.fast_track import (
    DateAnswered,
    DatePassed,
    DateWatched,
    HoldAnswered,
    NoDateAnswerRecorded,
)
from compact_cases.rules.fast_track import AnswerHold
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Term
from tests.builders import CHAMPION, CLOSED, PUT_TO_THE_COUNCIL, SETTLED, given, now, on, said
from tests.rules.test_fast_track import CLOSES, accept, due_of, urgent
from tests.rules.test_hold import held

WATCHED = held() + on("2026-04-30 12:00", DateWatched(Term(date(2026, 4, 30), 2, CLOSES)))
OVER = RecordDatePassed(date(2026, 5, 6))
ASKED = Term(date(2026, 5, 6), 5, date(2026, 5, 13))
LONGER = Term(date(2026, 5, 6), 10, date(2026, 5, 20))
PASSED = WATCHED + on("2026-05-06 08:00", DatePassed(CLOSES, LONGER, ASKED))


def what(side: str, extended: str = "no") -> SayWhatFollowed:
    return SayWhatFollowed(side, extended, said("No bus."), said("We had to."))


def test_a_date_is_watched_from_the_notice_on() -> None:
    case = given(urgent()).when(accept(hold=True), at="2026-04-30 12:00").then_case()
    assert due_of(case, "date") == CLOSES
    late = given(urgent()).when(accept(), at="2026-05-06 12:00").then_case()
    assert late.fast_track.date_passed is not None  # it was over before anybody had notice
    assert late.owed("date") is None


def test_both_sides_are_asked_once_and_a_group_has_twice_as_long() -> None:
    outcome = given(WATCHED).when(OVER, at="2026-05-06 08:00", small_sides=frozenset({Side.RAISER}))
    case = outcome.then(DatePassed(CLOSES, LONGER, ASKED))
    assert not case.is_closed
    assert [one.to for one in notices_after(outcome.events()[0], case)] == [Seat.RAISER, Seat.CHAMPION]
    given(PASSED).when(OVER, at="2026-05-07 08:00").then_refused("No date is watched")


def test_what_is_put_on_hold_is_not_asked_about_and_what_is_extended_is_later() -> None:
    paused = AnswerHold("paused", None, None, CHAMPION)
    case = given(WATCHED).when(paused, at="2026-05-01 10:00").then_case()
    assert case.owed("date") is None
    later = AnswerHold("extended", date(2026, 5, 19), None, CHAMPION)
    case = given(WATCHED).when(later, at="2026-05-01 10:00").then_case()
    assert due_of(case, "date") == date(2026, 5, 19)
    after = given(PASSED).when(later, at="2026-05-07 10:00").then_case()
    assert after.owed("date") is None


@pytest.mark.parametrize(
    ("seat", "sides"),
    [
        (Seat.RAISER, ("raiser",)),
        (Seat.CHAMPION, ("respondent",)),
        (Seat.SENIOR_LEAD, ("respondent",)),
        (Seat.OFFICER, ("raiser", "respondent")),
    ],
)
def test_each_speaks_for_its_own_side(seat: Seat, sides: tuple[str, ...]) -> None:
    assert sides_asked(given(PASSED).case, now("2026-05-07 10:00", seat=seat)) == sides


def test_an_answer_ends_that_sides_part() -> None:
    command = what("raiser")
    assert command.raisers_words is not None
    case = (
        given(PASSED)
        .when(command, at="2026-05-07 10:00", seat=Seat.RAISER)
        .then(DateAnswered("raiser", "no", command.raisers_words.sealed()))
    )
    assert case.owed("date-passed", "raiser") is None
    assert case.owed("date-passed", "respondent") is not None


def test_what_cannot_be_said() -> None:
    at = "2026-05-07 10:00"
    given(PUT_TO_THE_COUNCIL).when(what("raiser"), at="2026-03-03 10:00").then_refused("Nobody is asked")
    given(SETTLED).when(what("raiser"), at="2026-03-17 10:00").then_refused("Nobody is asked")
    other = given(PASSED).when(what("raiser"), at=at, seat=Seat.CHAMPION).then_refused("for which side")
    assert other.field == "side"
    assert given(PASSED).when(what("raiser", "perhaps"), at=at).then_refused("extended").field == "extended"
    twice = PASSED + on(at, DateAnswered("raiser", "no", None))
    given(twice).when(what("raiser"), at=at).then_refused("for which side")


def test_silence_ends_it_each_by_its_own_date() -> None:
    silence = RecordNoDateAnswer(date(2026, 5, 14))
    day = date(2026, 5, 14)
    case = given(PASSED).when(silence, at="2026-05-14 08:00").then(NoDateAnswerRecorded(day, ("respondent",)))
    assert case.owed("date-passed", "raiser") is not None
    assert given(PASSED).when(silence, at="2026-05-13 08:00").events() == []
    late = given(PASSED + on("2026-05-14 08:00", NoDateAnswerRecorded(day, ("respondent",))))
    late.when(what("respondent"), at="2026-05-15 10:00", seat=Seat.CHAMPION).then_case()  # still taken
    closed = PASSED + on("2026-05-08 10:00", HoldAnswered("paused", None, None, CHAMPION, None, None))
    assert given(closed).case.owed("date-passed", "raiser") is not None


def test_a_closed_case_records_no_silence() -> None:
    given(CLOSED).when(RecordNoDateAnswer(date(2026, 5, 14)), at="2026-05-14 08:00").then_refused("closed")


def test_what_one_side_says_of_it_is_not_for_the_other() -> None:
    of = AUDIENCE[DateAnswered]
    assert not isinstance(of, Audience)
    assert of(DateAnswered("raiser", "no", None)) is Audience.RAISER_AND_OFFICERS
    assert of(DateAnswered("respondent", "no", None)) is Audience.RESPONDENT_AND_OFFICERS
