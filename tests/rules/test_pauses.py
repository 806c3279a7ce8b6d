"""Pauses: who may have what stopped, for how long, since when, and how the days that are left go on."""

from datetime import date

import pytest

from compact_cases.rules.case import replay
from compact_cases.rules.clocks import EndPause, notices
from compact_cases.rules.enquiry import RecordNoReply
from compact_cases.rules.events.clocks import Paused, Resumed
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.seats import Seat
from compact_cases.rules.silence import SendLastLetter
from compact_cases.rules.terms import Going, Held, Term
from tests.builders import CLOSED, PUT_TO_THE_COUNCIL, RELEASED, REPLIED, SILENT, History, given, now, on

THIRD, PROCEEDINGS, BREAK = "waiting for a third party", "other proceedings", "agreed break"
OFFICER, CHAIR = "office/officer", "office/chair"


def after(
    history: History, *acts: tuple[str, PauseClocks | ResumeClocks | EndPause], **known: object
) -> History:
    for at, command in acts:
        history = history + on(at, *given(history).when(command, at=at, **known).events())
    return history


def test_the_checked_example_of_a_reply_that_is_paused() -> None:
    """Procedure, section 4: paused Mon 9 Mar 2026 with 5 left, resumed Fri 20 Mar: due Fri 27 Mar."""
    held = (Held("reply", "", 5),)
    ends = date(2026, 3, 23)
    case = (
        given(PUT_TO_THE_COUNCIL)
        .when(PauseClocks(THIRD), at="2026-03-09 16:30")
        .then(Paused(1, THIRD, OFFICER, OFFICER, date(2026, 3, 9), ends, held, None))
    )
    reply = case.owed("reply")
    assert reply is not None
    assert (reply.due, reply.hold_reason) == (None, THIRD)
    history = after(PUT_TO_THE_COUNCIL, ("2026-03-09 16:30", PauseClocks(THIRD)))
    going = Going("reply", "", Term(date(2026, 3, 20), 5, date(2026, 3, 27)))
    given(history).when(ResumeClocks(), at="2026-03-20 10:00").then(
        Resumed(1, "ended before its last day", date(2026, 3, 20), (going,))
    )
    by_itself = given(history).when(EndPause(1), at="2026-03-24 00:01").then_case().owed("reply")
    assert by_itself is not None
    assert by_itself.due == date(2026, 3, 30)


def test_a_last_day_may_be_chosen_within_the_cap() -> None:
    command = PauseClocks(THIRD, ends=date(2026, 3, 12))
    case = given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-09 10:00").then_case()
    assert [one.ends for one in case.clocks.pauses] == [date(2026, 3, 12)]
    for wrong in (date(2026, 3, 24), date(2026, 3, 9), date(2026, 3, 2)):
        found = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, ends=wrong), at="2026-03-09 10:00")
        assert found.then_refused("not later than Monday 23 March 2026").field == "ends"


def test_a_pause_may_be_written_down_one_working_day_later() -> None:
    command = PauseClocks(THIRD, on=date(2026, 3, 6))
    case = given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-08 10:00").then_case()
    (reply,) = case.open_obligations
    assert reply.hold is not None
    assert (reply.hold.on, reply.hold.days_left) == (date(2026, 3, 6), 6)
    for wrong in (date(2026, 3, 5), date(2026, 3, 10)):
        late = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, on=wrong), at="2026-03-09 10:00")
        assert late.then_refused("one working day later").field == "on"


def test_it_never_begins_before_what_has_gone_out_or_before_its_limit() -> None:
    # a reminder goes out five working days before Monday 16 March, on the 9th
    went = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, on=date(2026, 3, 6)), at="2026-03-09 10:00")
    assert went.then_refused("A reminder or another step came after that day").field == "on"
    began = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, on=date(2026, 2, 27)), at="2026-03-02 12:00")
    assert began.then_refused("began later").field == "on"


def test_a_pause_stops_every_limit_but_release_and_questions() -> None:
    waits = given(REPLIED).when(PauseClocks(THIRD), at="2026-03-12 12:00")
    waits.then_refused("Nothing in this case can be paused")
    case = given(RELEASED).when(PauseClocks(THIRD), at="2026-03-16 12:00").then_case()
    assert [one.name for one in case.open_obligations if one.is_paused] == ["decide"]


def test_only_some_can_be_named() -> None:
    case = (
        given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, only=("reply",)), at="2026-03-09 10:00").then_case()
    )
    assert [one.name for one in case.open_obligations if one.is_paused] == ["reply"]
    wrong = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, only=("decide",)), at="2026-03-09 10:00")
    assert wrong.then_refused("“decide” cannot be paused").field == "only"


def test_a_respondent_does_not_pause_its_own_clock() -> None:
    asked = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD, "champion"), at="2026-03-09 10:00")
    assert asked.then_refused("cannot pause its own clock").field == "asked_by"
    given(RELEASED).when(PauseClocks(THIRD, "champion"), at="2026-03-16 12:00").then_case()
    given(PUT_TO_THE_COUNCIL).when(PauseClocks("adjustment", "champion"), at="2026-03-09 10:00").then_case()


def test_what_is_overdue_is_paused_for_other_proceedings_alone_and_resumes_with_five_days() -> None:
    late = given(PUT_TO_THE_COUNCIL).when(PauseClocks(THIRD), at="2026-03-18 10:00")
    assert late.then_refused("What is overdue cannot be paused").field == "reason"
    history = after(PUT_TO_THE_COUNCIL, ("2026-03-18 10:00", PauseClocks(PROCEEDINGS)))
    (pause,) = replay(history).clocks.pauses
    assert pause.ends == date(2026, 4, 17)  # twenty working days, over Easter
    reply = given(history).when(ResumeClocks(), at="2026-03-25 10:00").then_case().owed("reply")
    assert reply is not None
    assert reply.term == Term(date(2026, 3, 25), 5, date(2026, 4, 1))


def test_at_its_review_such_a_pause_ends_unless_it_is_given_once_more() -> None:
    history = after(PUT_TO_THE_COUNCIL, ("2026-03-09 10:00", PauseClocks(PROCEEDINGS)))
    ended = given(history).when(EndPause(1), at="2026-04-09 00:01").then_case().owed("reply")
    assert ended is not None
    assert ended.due == date(2026, 4, 15)
    renewed = given(history).when(PauseClocks(PROCEEDINGS), at="2026-04-07 10:00").then_case()
    assert [(one.on, one.ends, one.until) for one in renewed.clocks.pauses] == [
        (date(2026, 3, 9), date(2026, 4, 8), date(2026, 4, 7)),
        (date(2026, 4, 7), date(2026, 5, 6), None),
    ]
    reply = renewed.owed("reply")
    assert reply is not None
    assert reply.hold is not None
    assert reply.hold.days_left == 5
    told = [
        one.name
        for event in given(history).when(PauseClocks(PROCEEDINGS), at="2026-04-07 10:00").events()
        for one in notices(event, renewed)
    ]
    assert told == ["paused"] * 3  # nobody hears that it runs again, for it does not


def test_more_than_twenty_days_of_ordinary_pauses_need_the_board_chair_or_both_sides() -> None:
    history = after(
        PUT_TO_THE_COUNCIL,
        ("2026-03-03 10:00", PauseClocks(THIRD)),
        ("2026-03-18 00:01", EndPause(1)),
        ("2026-03-18 10:00", PauseClocks(THIRD, ends=date(2026, 3, 30))),
        ("2026-03-31 00:01", EndPause(2)),
    )
    again = PauseClocks(THIRD)
    assert (
        given(history).when(again, at="2026-03-31 10:00").then_refused("The board chair can").field == "ends"
    )
    given(history).when(PauseClocks(THIRD, ends=date(2026, 4, 2)), at="2026-03-31 10:00").then_case()
    (granted,) = given(history).when(again, at="2026-03-31 10:00", seat=Seat.CHAIR).events()
    assert isinstance(granted, Paused)
    assert granted.granted_by == CHAIR
    alone = given(history).when(again, at="2026-03-31 10:00", has_chair=False)
    assert alone.then_refused("both sides have to agree").field == "agreed"
    agreed = PauseClocks(THIRD, agreed=True)
    given(history).when(agreed, at="2026-03-31 10:00", has_chair=False).then_case()
    used_up = after(
        history,
        ("2026-03-31 10:00", PauseClocks(THIRD, ends=date(2026, 4, 2))),
        ("2026-04-03 00:01", EndPause(3)),
    )
    assert (
        given(used_up).when(again, at="2026-04-07 10:00").then_refused("twenty working days").field
        == "reason"
    )
    given(used_up).when(PauseClocks(PROCEEDINGS), at="2026-04-07 10:00").then_case()


def test_an_agreed_break_is_agreed() -> None:
    alone = given(PUT_TO_THE_COUNCIL).when(PauseClocks(BREAK), at="2026-03-09 10:00")
    assert alone.then_refused("both sides agree").field == "agreed"
    given(PUT_TO_THE_COUNCIL).when(PauseClocks(BREAK, agreed=True), at="2026-03-09 10:00").then_case()


@pytest.mark.parametrize(
    ("command", "field", "words"),
    [
        (PauseClocks("because"), "reason", "one of the reasons"),
        (PauseClocks(THIRD, "somebody"), "asked_by", "who asks"),
    ],
)
def test_a_pause_without_a_reason_or_somebody_who_asks_is_refused(
    command: PauseClocks, field: str, words: str
) -> None:
    refused = given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-09 10:00").then_refused(words)
    assert refused.field == field


def test_a_pause_that_does_not_run_is_not_ended() -> None:
    given(PUT_TO_THE_COUNCIL).when(ResumeClocks(), at="2026-03-09 10:00").then_refused(
        "No pause of this case"
    )
    history = after(PUT_TO_THE_COUNCIL, ("2026-03-09 10:00", PauseClocks(THIRD)))
    wrong = given(history).when(ResumeClocks(2), at="2026-03-10 10:00")
    assert wrong.then_refused("choose one that runs").field == "pause"
    given(CLOSED).when(PauseClocks(THIRD), at="2026-03-19 10:00").then_refused("This case is closed")


def test_nothing_chases_while_it_is_paused() -> None:
    history = after(PUT_TO_THE_COUNCIL, ("2026-03-16 10:00", PauseClocks(PROCEEDINGS)))
    given(history).when(RecordNoReply(date(2026, 3, 23)), at="2026-03-23 08:00").then_refused(
        "No reply is awaited"
    )
    history = after(SILENT, ("2026-04-08 10:00", PauseClocks(PROCEEDINGS)))
    last = given(history).when(SendLastLetter(date(2026, 4, 22)), at="2026-04-22 08:00")
    last.then_refused("clock is paused")


def test_an_adjustment_is_nobody_elses_to_know() -> None:
    history = after(PUT_TO_THE_COUNCIL, ("2026-03-09 10:00", PauseClocks("adjustment")))
    (told, *_) = notices(history[-1][0], replay(history))
    assert told.facts["why"] == "a longer limit applies"
    assert now("2026-03-09 10:00").has_chair
