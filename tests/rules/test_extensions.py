"""More time: asked by who owes it, by the end of the day, from the old date; a further one is answered."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.acts import KNOWN, notices_after
from compact_cases.rules.case import replay
from compact_cases.rules.clocks import EndPause
from compact_cases.rules.events.clocks import Extended, ExtensionAnswered, ExtensionAsked, Resumed
from compact_cases.rules.extensions import (
    NOT_EXTENDED,
    WHY,
    AnswerTime,
    AskForTime,
    RecordNoAnswer,
    can_be_extended,
)
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Going, Term
from tests.builders import PUT_TO_THE_COUNCIL, RECEIVED, RELEASED, REPLIED, History, given, now, on, said

AWAY, NOTHING = WHY[0], "nothing in this case"
TERM = Term(date(2026, 3, 2), 10, date(2026, 3, 16))
FIVE = AskForTime(5, "", AWAY, said("We are away."))


def after(history: History, *acts: tuple[str, object, Seat]) -> History:
    for at, command, seat in acts:
        history = history + on(at, *given(history).when(command, at=at, seat=seat).events())  # type: ignore[arg-type]
    return history


EXTENDED = after(PUT_TO_THE_COUNCIL, ("2026-03-16 22:10", FIVE, Seat.CHAMPION))
ASKED = after(EXTENDED, ("2026-03-23 12:00", FIVE, Seat.CHAMPION))


def due(history: History, name: str = "reply") -> date | None:
    owed = replay(history).owed(name)
    assert owed is not None
    return owed.due


def test_the_first_counts_by_being_asked_late_on_the_last_evening() -> None:
    events = given(PUT_TO_THE_COUNCIL).when(FIVE, at="2026-03-16 22:10", seat=Seat.CHAMPION).events()
    assert FIVE.reason is not None
    term = Term(date(2026, 3, 16), 5, date(2026, 3, 23))
    assert events == [Extended(1, "reply", "", term, "respondent/champion", AWAY, FIVE.reason.sealed())]
    told = notices_after(events[0], replay(EXTENDED))
    assert {(one.name, one.to) for one in told} == {
        ("extended", seat) for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
    }


def test_after_the_date_it_is_too_late() -> None:
    late = given(PUT_TO_THE_COUNCIL).when(FIVE, at="2026-03-17 00:00", seat=Seat.CHAMPION)
    late.then_refused("until the end of the day on which it is due")


@pytest.mark.parametrize("days", [0, 11, -1])
def test_ten_working_days_are_the_most(days: int) -> None:
    asked = given(PUT_TO_THE_COUNCIL).when(AskForTime(days, "", AWAY, said()), at="2026-03-16 10:00")
    assert asked.then_refused("from 1 to 10").field == "days"


def test_a_reason_is_given_by_all_but_a_group_the_first_time() -> None:
    for command, field in (
        (AskForTime(5), "because"),
        (AskForTime(5, "", AWAY), "reason"),
        (AskForTime(5, "", "so", said()), "because"),
    ):
        asked = given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-16 10:00", seat=Seat.CHAMPION)
        assert asked.then_refused("reason").field == field
    group = frozenset({Side.RAISER})
    free = given(RELEASED).when(AskForTime(5), at="2026-03-16 10:00", seat=Seat.RAISER, small_sides=group)
    case = free.then_case()
    assert [one.due for one in case.open_obligations] == [date(2026, 4, 7)]
    given(PUT_TO_THE_COUNCIL).when(
        AskForTime(5), at="2026-03-16 10:00", seat=Seat.CHAMPION, small_sides=group
    ).then_refused("choose a reason")


def test_nobody_asks_for_what_they_do_not_owe_and_acknowledging_has_no_more_time() -> None:
    given(PUT_TO_THE_COUNCIL).when(FIVE, at="2026-03-16 10:00", seat=Seat.RAISER).then_refused(
        "nothing in this case"
    )
    given(RELEASED).when(FIVE, at="2026-03-16 10:00", seat=Seat.CHAMPION).then_refused(NOTHING)
    given(RECEIVED).when(FIVE, at="2026-02-24 10:00").then_refused(NOTHING)
    given(REPLIED).when(FIVE, at="2026-03-13 10:00").then_refused(NOTHING)
    wrong = given(PUT_TO_THE_COUNCIL).when(AskForTime(5, "decide", AWAY, said()), at="2026-03-16 10:00")
    assert wrong.then_refused("choose what is shown").field == "obligation"


def test_fast_track_has_no_more_time_and_neither_has_what_is_given_once() -> None:
    held = given(PUT_TO_THE_COUNCIL).case
    held = replace(held, course=held.course.owing("hold", Seat.CHAMPION, Seat.OFFICER, TERM))
    asked = can_be_extended(held, now("2026-03-10 10:00", seat=Seat.CHAMPION))
    assert [one.name for one in asked] == ["reply"]
    assert KNOWN.obligations >= NOT_EXTENDED, "a name that no chapter has"


def test_what_is_paused_has_no_date_to_count_from() -> None:
    paused = after(PUT_TO_THE_COUNCIL, ("2026-03-09 10:00", PauseClocks("other proceedings"), Seat.OFFICER))
    given(paused).when(FIVE, at="2026-03-10 10:00", seat=Seat.CHAMPION).then_refused("is paused")


def test_a_further_one_holds_all_chasing_and_asks_the_other_side() -> None:
    case = replay(ASKED)
    answer, reply = case.owed("extension-answer"), case.owed("reply")
    assert answer is not None
    assert reply is not None
    assert (answer.owner, answer.due) == (Seat.RAISER, date(2026, 3, 26))
    assert reply.due is None
    given(ASKED).when(FIVE, at="2026-03-24 10:00", seat=Seat.CHAMPION).then_refused(
        "waiting for its answer already"
    )


def test_the_other_side_says_yes() -> None:
    going = Going("reply", "", Term(date(2026, 3, 25), 3, date(2026, 3, 30)))
    given(ASKED).when(AnswerTime(True), at="2026-03-25 10:00", seat=Seat.RAISER).then(
        ExtensionAnswered(2, True, "raiser/named", None, None),
        Resumed(2 - 1, "more time was given", date(2026, 3, 25), (going,)),
    )


def test_after_the_other_sides_no_the_chair_is_asked_and_after_hers_two_days_remain() -> None:
    no = ("2026-03-25 10:00", AnswerTime(False), Seat.RAISER)
    to_her = after(ASKED, no)
    answer = replay(to_her).owed("extension-answer")
    assert answer is not None
    assert (answer.owner, answer.to, answer.due) == (Seat.CHAIR, Seat.CHAMPION, date(2026, 3, 30))
    given(to_her).when(AnswerTime(True), at="2026-03-26 10:00", seat=Seat.OFFICER).then_refused(
        "somebody else"
    )
    refused = after(to_her, ("2026-03-26 10:00", AnswerTime(False), Seat.CHAIR))
    assert due(refused) == date(2026, 3, 30)  # it was due on the 23rd; two working days from the 26th
    granted = after(to_her, ("2026-03-26 10:00", AnswerTime(True), Seat.CHAIR))
    assert due(granted) == date(2026, 3, 30)
    given(refused).when(FIVE, at="2026-03-27 10:00", seat=Seat.CHAMPION).then_refused("the answer was no")


def test_silence_is_no() -> None:
    silence = RecordNoAnswer(date(2026, 3, 27))
    given(ASKED).when(silence, at="2026-03-26 08:00", seat=Seat.SYSTEM).then_refused("still time to answer")
    asked_her = after(ASKED, ("2026-03-27 08:00", silence, Seat.SYSTEM))
    answer = replay(asked_her).owed("extension-answer")
    assert answer is not None
    assert (answer.owner, answer.due) == (Seat.CHAIR, date(2026, 4, 1))
    over = after(asked_her, ("2026-04-02 08:00", RecordNoAnswer(date(2026, 4, 2)), Seat.SYSTEM))
    assert due(over) == date(2026, 4, 8)
    assert replay(over).owed("extension-answer") is None


def test_where_nobody_records_silence_the_end_of_its_pause_is_a_no() -> None:
    over = after(ASKED, ("2026-04-15 08:00", EndPause(1), Seat.SYSTEM))
    assert due(over) == date(2026, 4, 17)
    assert replay(over).owed("extension-answer") is None


def test_without_a_chair_an_officer_answers_after_the_other_side() -> None:
    asked = given(ASKED).when(AnswerTime(False), at="2026-03-25 10:00", seat=Seat.RAISER, has_chair=False)
    case = replay(ASKED + on("2026-03-25 10:00", *asked.events()))
    answer = case.owed("extension-answer")
    assert answer is not None
    assert answer.owner is Seat.OFFICER


def test_a_reply_that_comes_meanwhile_makes_the_answer_needless() -> None:
    (replied,) = [event for event, _ in REPLIED[-1:]]
    case = replay(ASKED + on("2026-03-24 10:00", replied))
    assert [one.name for one in case.open_obligations] == ["release"]
    assert all(one.until for one in case.clocks.pauses)
    given(ASKED + on("2026-03-24 10:00", replied)).when(
        AnswerTime(True), at="2026-03-24 12:00", seat=Seat.RAISER
    ).then_refused("No request for more time")


def test_an_answer_that_nobody_asked_for_is_refused() -> None:
    given(PUT_TO_THE_COUNCIL).when(AnswerTime(True), at="2026-03-09 10:00").then_refused("No")
    given(PUT_TO_THE_COUNCIL).when(RecordNoAnswer(date(2026, 3, 9)), at="2026-03-09 10:00").then_refused(
        "No request"
    )
    asked = [event for event, _ in ASKED if isinstance(event, ExtensionAsked)]
    assert [one.to for one in asked] == ["raiser/named"]
