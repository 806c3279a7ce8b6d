"""A timetable and what comes in between: a reply, a pause, more time, a withdrawal, a date that passes."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.adjustments import RecordAdjustment
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.coming import Arrived
from compact_cases.rules.enquiry import RecordNoReply, ReleaseReply
from compact_cases.rules.events.timetable import (
    OVERTAKEN,
    TimetableAgreed,
    TimetableNotAgreed,
)
from compact_cases.rules.extensions import WHY, AskForTime, has_had_more
from compact_cases.rules.pauses import PauseClocks, ResumeClocks
from compact_cases.rules.pausing import THIRD_PARTY
from compact_cases.rules.planned import latest, stands_as
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.speaking import RecordGroupEnded
from compact_cases.rules.succession import Succeed
from compact_cases.rules.timetable import (
    AnswerTimetable,
    EndTimetable,
    OtherDate,
    ProposeTimetable,
    RecordNoTimetable,
)
from tests.builders import (
    PUT_TO_THE_COUNCIL,
    confidential,
    given,
    rulebook,
    said,
)
from tests.rules.test_moving import edition, moved
from tests.rules.test_review import then
from tests.rules.test_timetable import (
    ACCEPTED,
    AGREED,
    FOUND_THREE,
    NO,
    ON_THE_24TH,
    PLAN,
    PROPOSED,
    REPLY,
    YES,
    offered,
)

# --- what comes first -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "known"),
    [
        (REPLY, {"seat": Seat.CHAMPION}),
        (PauseClocks(THIRD_PARTY), {}),
        (AskForTime(2, "reply", WHY[0], said()), {"seat": Seat.CHAMPION}),
        (RecordAdjustment("respondent", 5), {}),
        (RecordGroupEnded(date(2026, 3, 10)), {}),
        (Withdraw(sure=True), {"seat": Seat.RAISER}),
    ],
)
def test_a_proposal_ends_with_what_it_was_about(command: Any, known: dict[str, Any]) -> None:
    outcome = given(PROPOSED).when(command, at="2026-03-10 10:00", **known)
    events = outcome.events()
    assert events[-1] == TimetableNotAgreed(1, OVERTAKEN)
    case = outcome.then_case()
    assert case.owed("agree-timetable") is None
    assert case.timetable.proposal is None


def test_who_is_told_of_it_is_nobody_once_the_case_is_closed() -> None:
    gone = then(PROPOSED, Withdraw(sure=True), "2026-03-10 10:00", seat=Seat.RAISER)
    assert notices_after(gone[-1][0], given(gone).case) == []
    replied = then(PROPOSED, REPLY, "2026-03-10 10:00", seat=Seat.CHAMPION)
    told = notices_after(replied[-1][0], given(replied).case)
    assert {(one.name, one.facts["how"]) for one in told} == {("timetable-not-agreed", "overtaken")}


def test_what_was_done_or_moved_meanwhile_is_left_out_of_a_yes() -> None:
    proposed = then(FOUND_THREE, PLAN, "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER)
    answered = then(proposed, ACCEPTED, "2026-05-19 10:00", seat=Seat.CHIEF_OFFICER)
    longer = AskForTime(2, "respond 3", WHY[0], said())
    moved = then(answered, longer, "2026-05-19 11:00", seat=Seat.RAISER)
    (event,) = given(moved).when(YES, at="2026-05-20 10:00", seat=Seat.RAISER).events()
    assert isinstance(event, TimetableAgreed)
    assert [one.item for one in event.going] == ["2"]
    assert [one.item for one in event.left] == ["1", "3"]


def test_a_date_that_has_passed_is_left_out_and_where_all_have_only_a_no_is_left() -> None:
    dates = (OtherDate("respond 1", date(2026, 5, 19)), OtherDate("respond 2", date(2026, 6, 12)))
    proposed = then(FOUND_THREE, ProposeTimetable(dates), "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER)
    (event,) = given(proposed).when(YES, at="2026-05-20 10:00", seat=Seat.RAISER).events()
    assert isinstance(event, TimetableAgreed)
    assert ([one.item for one in event.going], [one.item for one in event.left]) == (["2"], ["1"])
    only = then(FOUND_THREE, ProposeTimetable(dates[:1]), "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER)
    late = given(only).when(YES, at="2026-05-20 10:00", seat=Seat.RAISER)
    assert late.then_refused("only a no is left").field == "accepted"
    given(only).when(NO, at="2026-05-20 10:00", seat=Seat.RAISER).events()


# --- beside the other clocks ------------------------------------------------------------------------------


def test_a_pause_over_an_agreed_date_keeps_its_days_and_it_stays_in_the_timetable() -> None:
    paused = then(AGREED, PauseClocks(THIRD_PARTY), "2026-03-17 10:00")  # five working days are left
    going_on = then(paused, ResumeClocks(), "2026-03-20 10:00")
    case = given(going_on).case
    reply = case.owed("reply")
    assert reply is not None
    assert (reply.due, reply.agreed) == (date(2026, 3, 27), True)
    assert stands_as(case.timetable.agreed[0], case) == reply


def test_more_time_on_an_agreed_date_is_asked_as_ever_and_its_latest_day_does_not_move() -> None:
    more = then(AGREED, AskForTime(3, "reply", WHY[0], said()), "2026-03-24 10:00", seat=Seat.CHAMPION)
    case = given(more).case
    reply = case.owed("reply")
    assert reply is not None
    assert (reply.due, reply.agreed) == (date(2026, 3, 27), True)
    assert has_had_more(reply, case)
    # one timetable after the other leads no further than twice the limit
    assert offered(more, "2026-03-25 10:00") == {"reply": (date(2026, 3, 26), date(2026, 3, 30))}


def test_days_of_a_pause_are_added_to_the_latest_day_and_a_longer_limit_twice() -> None:
    paused = then(PUT_TO_THE_COUNCIL, PauseClocks(THIRD_PARTY), "2026-03-04 10:00")
    resumed = then(paused, ResumeClocks(), "2026-03-06 10:00")
    assert offered(resumed, "2026-03-09 10:00")["reply"][1] == date(2026, 4, 1)
    longer = then(PUT_TO_THE_COUNCIL, RecordAdjustment("respondent", 2), "2026-03-04 10:00")
    assert offered(longer, "2026-03-09 10:00")["reply"][1] == date(2026, 4, 7)


def test_an_agreed_date_can_be_agreed_anew_and_remembers_what_it_was_first() -> None:
    later = ProposeTimetable((OtherDate("reply", date(2026, 3, 30)),))
    again = then(AGREED, later, "2026-03-12 10:00", seat=Seat.CHAMPION)
    case = given(then(again, YES, "2026-03-13 10:00", seat=Seat.RAISER)).case
    (agreed,) = case.timetable.agreed
    assert (agreed.was, agreed.on, agreed.cycle) == (date(2026, 3, 16), date(2026, 3, 30), 3)


def test_a_reply_in_a_timetable_has_its_usual_steps_after_its_date() -> None:
    silent = then(AGREED, RecordNoReply(date(2026, 3, 31)), "2026-03-31 08:05", seat=Seat.SYSTEM)
    case = given(silent).case
    assert case.owed("decide") is not None
    # nothing of it is left, so there is nothing to end
    given(silent).when(EndTimetable(), at="2026-04-01 10:00", seat=Seat.RAISER).then_refused(
        "by no timetable"
    )


def test_a_reply_after_it_was_agreed_is_released_as_ever() -> None:
    replied = then(AGREED, REPLY, "2026-03-20 10:00", seat=Seat.CHAMPION)
    released = then(replied, ReleaseReply(looked=True), "2026-03-23 10:00", waiting_reply="")
    assert [one.agreed for one in given(released).case.open_obligations] == [False] * len(
        given(released).case.open_obligations
    )


def test_another_edition_leaves_an_agreed_date_alone_and_makes_it_not_overdue() -> None:
    case, event = moved(AGREED, "2026-03-12 10:00", edition({"reply": 15}))
    assert event.going == ()
    assert case.owed("reply") == given(AGREED).case.owed("reply")
    closes, _ = moved(AGREED, "2026-03-12 10:00", edition(closed={date(2026, 3, 20): "Closed"}))
    reply = closes.owed("reply")
    assert reply is not None
    assert (reply.due, reply.agreed, reply.cycle) == (date(2026, 3, 24), True, 3)  # reminders alone moved
    assert stands_as(closes.timetable.agreed[0], closes) == reply


def test_a_hidden_raiser_answers_and_no_letter_or_event_says_who() -> None:
    asked = then(confidential(PUT_TO_THE_COUNCIL), ON_THE_24TH, "2026-03-09 10:00", seat=Seat.CHAMPION)
    history = then(asked, YES, "2026-03-11 10:00", seat=Seat.RAISER)
    case = given(history).case
    for event, _ in history[-2:]:
        told = [one for one in notices_after(event, case) if one.to.side is Side.RESPONDENT]
        assert told
        for one in told:
            assert set(one.facts) <= {"obligation", "due", "yours", "items", "left"}


# --- a yes that was in the post ---------------------------------------------------------------------------

OTHER = UUID(int=88)
TAKES_OVER: dict[str, Any] = {"seat": Seat.SYSTEM, "register": {OTHER: Registered()}}
LAPSED = then(PROPOSED, RecordNoTimetable(date(2026, 3, 17)), "2026-03-17 08:05", seat=Seat.SYSTEM)


def paper(day: int) -> AnswerTimetable:
    return AnswerTimetable(accepted=True, came=Arrived(date(2026, 3, day), "paper"))


def test_a_yes_with_a_postmark_in_time_counts_though_silence_was_recorded() -> None:
    (event,) = given(LAPSED).when(paper(16), at="2026-03-17 10:00").events()
    assert isinstance(event, TimetableAgreed)
    assert event.came is not None
    assert event.came.in_time
    reply = given(LAPSED).when(paper(16), at="2026-03-17 10:00").then_case().owed("reply")
    assert reply is not None
    assert (reply.due, reply.agreed) == (date(2026, 3, 24), True)


def test_a_yes_that_was_late_or_is_no_answer_on_paper_is_refused_and_so_is_a_late_no() -> None:
    late = given(LAPSED).when(paper(17), at="2026-03-18 10:00")
    assert late.then_refused("Monday 16 March 2026 or before").field == "came_on"
    assert given(LAPSED).when(YES, at="2026-03-18 10:00").then_refused("in time").field == "came_on"
    no = AnswerTimetable(accepted=False, came=Arrived(date(2026, 3, 16), "paper"))
    assert given(LAPSED).when(no, at="2026-03-18 10:00").then_refused("changes nothing").field == "accepted"
    given(LAPSED).when(YES, at="2026-03-18 10:00", seat=Seat.RAISER).then_refused("not open any more")


@pytest.mark.parametrize(
    ("command", "known"), [(REPLY, {"seat": Seat.CHAMPION}), (Succeed(OTHER), TAKES_OVER)]
)
def test_a_yes_in_the_post_is_too_late_for_what_was_done_or_set_anew_meanwhile(
    command: Any, known: dict[str, Any]
) -> None:
    moved_on = then(LAPSED, command, "2026-03-17 09:00", **known)
    given(moved_on).when(paper(16), at="2026-03-17 10:00").then_refused("not open any more")


def test_another_proposal_takes_the_place_of_one_that_nobody_answered() -> None:
    other = ProposeTimetable((OtherDate("reply", date(2026, 3, 20)),), "respondent")
    again = then(LAPSED, other, "2026-03-17 09:00")
    assert given(again).case.timetable.lapsed is None
    early = given(again).when(paper(16), at="2026-03-17 10:00")
    assert early.then_refused("cannot have come before").field == "came_on"


# --- another body ------------------------------------------------------------------------------------------


def test_an_agreed_date_goes_on_with_the_body_that_takes_over_and_ten_days_more() -> None:
    case = given(AGREED).when(Succeed(OTHER), at="2026-03-18 10:00", **TAKES_OVER).then_case()
    reply = case.owed("reply")
    assert reply is not None
    assert (reply.due, reply.agreed) == (date(2026, 4, 9), True)  # 3 and 6 April are holidays
    assert stands_as(case.timetable.agreed[0], case) == reply
    # twice the limit of ten, and the ten days that were given once
    assert latest(reply, case, rulebook().calendar) == rulebook().calendar.plus(date(2026, 3, 2), 30)
