"""Who is told of a timetable, with which dates, who answers it by when, and what is refused where."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of, behalf
from compact_cases.rules.coming import Arrived
from compact_cases.rules.events.enquiry import LastLetterSent
from compact_cases.rules.events.timetable import (
    PlannedDate,
    Timetable,
    TimetableAgreed,
    TimetableEnded,
    TimetableNotAgreed,
    TimetableProposed,
)
from compact_cases.rules.extensions import WHY, AskForTime
from compact_cases.rules.findings import AnswerRecommendation, RecordNoPanelAnswer
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.pausing import THIRD_PARTY
from compact_cases.rules.planned import can_be_planned, is_missed, may_end_it, missed
from compact_cases.rules.refusals import NotYet, Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.speaking import RecordGroupEnded
from compact_cases.rules.terms import Came, Going, Term
from compact_cases.rules.timetable import (
    AnswerTimetable,
    EndTimetable,
    OtherDate,
    ProposeTimetable,
    RecordNoTimetable,
)
from tests.builders import PUT_TO_THE_COUNCIL, RELEASED, History, given, local, now, said
from tests.rules.test_onward import IN_REVIEW
from tests.rules.test_review import then
from tests.rules.test_timetable import (
    ACCEPTED,
    AGREED,
    BACK,
    FOUND_THREE,
    NO,
    ON_THE_24TH,
    PLAN,
    PROPOSED,
    YES,
    offered,
)
from tests.rules.test_timetable_missed import FIRST_KEPT, LATER, MISSED, THREE_AGREED

EVERYBODY = (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
WITH_THE_CHIEF = (Seat.RAISER, Seat.CHAMPION, Seat.CHIEF_OFFICER, Seat.OFFICER)
ON_THE_PHONE = Arrived(date(2026, 3, 10), "phone")


def respond(item: str, due: str) -> dict[str, str]:
    return {"obligation": "respond", "due": due, "item": item}


# --- who is told ------------------------------------------------------------------------------------------


def test_a_proposal_tells_all_three_and_is_the_other_sides_to_answer() -> None:
    facts = {"obligation": "agree-timetable", "due": "2026-03-16"}
    given(PUT_TO_THE_COUNCIL).when(ON_THE_24TH, at="2026-03-09 10:00", seat=Seat.RAISER).then_told(
        Notice("timetable-proposed", Seat.CHAMPION, {**facts, "yours": True}, Rest.OWED),
        Notice("timetable-proposed", Seat.RAISER, {**facts, "yours": False}, Rest.OWED, confirms=True),
        Notice("timetable-proposed", Seat.OFFICER, {**facts, "yours": False}, Rest.OWED),
    )


def test_a_yes_tells_everybody_which_dates_are_new_and_how_many_are_left_out() -> None:
    proposed = then(FOUND_THREE, PLAN, "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER)
    longer = AskForTime(2, "respond 3", WHY[0], said())
    moved = then(proposed, longer, "2026-05-19 11:00", seat=Seat.RAISER)
    facts = {"items": [respond("1", "2026-06-01"), respond("2", "2026-06-12")], "left": 1}
    given(moved).when(YES, at="2026-05-20 10:00", seat=Seat.RAISER).then_told(
        *(
            Notice("timetable-agreed", seat, facts, Rest.OWED, confirms=seat is not Seat.OFFICER)
            for seat in WITH_THE_CHIEF
        )
    )


@pytest.mark.parametrize(
    ("command", "at", "seat", "how"),
    [
        (NO, "2026-03-11 10:00", Seat.RAISER, "declined"),
        (BACK, "2026-03-11 10:00", Seat.CHAMPION, "taken back"),
        (RecordNoTimetable(date(2026, 3, 17)), "2026-03-17 08:05", Seat.SYSTEM, "no answer"),
    ],
)
def test_a_proposal_that_comes_to_nothing_tells_all_three_how(
    command: Any, at: str, seat: Seat, how: str
) -> None:
    given(PROPOSED).when(command, at=at, seat=seat).then_told(
        *(Notice("timetable-not-agreed", each, {"how": how}) for each in EVERYBODY)
    )


def test_an_end_tells_who_owes_what_goes_back_and_by_when() -> None:
    later = replace(
        PLAN, dates=(OtherDate("respond 1", date(2026, 5, 22)), OtherDate("respond 2", date(2026, 6, 26)))
    )
    agreed = then(
        then(FOUND_THREE, later, "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER),
        YES,
        "2026-05-19 10:00",
        seat=Seat.RAISER,
    )
    late = then(agreed, RecordNoPanelAnswer(date(2026, 6, 1), "1"), "2026-06-01 08:05", seat=Seat.SYSTEM)
    given(late).when(EndTimetable(), at="2026-06-01 10:00", seat=Seat.RAISER).then_told(
        *(Notice("timetable-ended", seat, {"items": [respond("2", "2026-06-08")]}) for seat in WITH_THE_CHIEF)
    )
    given(MISSED).when(EndTimetable(), at="2026-06-19 10:00", seat=Seat.RAISER).then_told(
        *(Notice("timetable-ended", seat) for seat in WITH_THE_CHIEF)
    )


def test_whoever_of_the_office_owes_a_date_is_told_as_the_officer_and_once() -> None:
    dates = ProposeTimetable(tuple(OtherDate(name, day) for name, (_, day) in LATER.items()))
    asked = then(IN_REVIEW, dates, "2026-04-10 10:00", seat=Seat.RAISER)
    told = given(asked).when(YES, at="2026-04-10 12:00", seat=Seat.CHAMPION).told()
    assert [one.to for one in told] == list(EVERYBODY)


# --- what is written down ---------------------------------------------------------------------------------


def test_what_came_by_phone_or_on_paper_says_so_and_whether_it_was_in_time() -> None:
    no = given(PROPOSED).when(replace(NO, came=ON_THE_PHONE), at="2026-03-18 10:00")
    no.then(TimetableNotAgreed(1, "declined", "raiser", Came(date(2026, 3, 10), "phone", True)))
    late = given(PROPOSED).when(replace(NO, came=Arrived(date(2026, 3, 17), "paper")), at="2026-03-18 10:00")
    late.then(TimetableNotAgreed(1, "declined", "raiser", Came(date(2026, 3, 17), "paper", False)))
    ended = EndTimetable("raiser", Arrived(date(2026, 6, 18), "paper"))
    given(MISSED).when(ended, at="2026-06-19 10:00").then(
        TimetableEnded("raiser", (), Came(date(2026, 6, 18), "paper", None))
    )
    before = EndTimetable("raiser", Arrived(date(2026, 5, 19), "paper"))
    refused = given(MISSED).when(before, at="2026-06-19 10:00").then_refused("cannot have come before")
    assert "20 May 2026" in refused.sentence


def test_an_officer_who_writes_an_end_down_speaks_for_the_side_that_is_named() -> None:
    end = EndTimetable("raiser")
    case = given(MISSED).case
    assert behalf(act_of(end), end, case) is Seat.RAISER
    for command in (YES, BACK):
        assert behalf(act_of(command), command, case) is None  # nothing is proposed


def test_what_is_proposed_keeps_what_it_was_due_by_and_in_which_cycle() -> None:
    again = ProposeTimetable((OtherDate("reply", date(2026, 3, 30)),))
    (event,) = given(AGREED).when(again, at="2026-03-12 10:00", seat=Seat.RAISER).events()
    assert isinstance(event, TimetableProposed)
    assert event.dates == (PlannedDate("reply", "", 2, date(2026, 3, 24), date(2026, 3, 30)),)


def test_a_proposed_date_of_today_can_still_be_agreed_and_counts_no_days() -> None:
    today = ProposeTimetable((OtherDate("reply", date(2026, 3, 11)),))
    asked = then(PUT_TO_THE_COUNCIL, today, "2026-03-09 10:00", seat=Seat.CHAMPION)
    (event,) = given(asked).when(YES, at="2026-03-11 10:00", seat=Seat.RAISER).events()
    assert isinstance(event, TimetableAgreed)
    assert (event.going[0].term.start, event.going[0].term.due) == (date(2026, 3, 11), date(2026, 3, 11))


def one_date(item: str, day: date) -> ProposeTimetable:
    return ProposeTimetable((OtherDate(f"respond {item}", day),))


def test_a_timetable_runs_since_its_first_yes_and_anew_once_nothing_of_it_is_left() -> None:
    by = {"seat": Seat.CHIEF_OFFICER}
    first = then(FOUND_THREE, one_date("1", date(2026, 6, 1)), "2026-05-18 10:00", **by)
    agreed = then(first, YES, "2026-05-18 12:00", seat=Seat.RAISER)
    ended = [one.ended_how for one in given(agreed).case.obligations if one.name == "agree-timetable"]
    assert ended == ["agreed"]

    def again(history: History) -> Timetable:
        asked = then(history, one_date("2", date(2026, 6, 12)), "2026-05-20 10:00", **by)
        return given(then(asked, YES, "2026-05-20 12:00", seat=Seat.RAISER)).case.timetable

    beside = again(agreed)
    assert (beside.since, [one.item for one in beside.agreed]) == (local("2026-05-18 12:00"), ["1", "2"])
    anew = again(then(agreed, ACCEPTED, "2026-05-19 10:00", **by))
    assert (anew.since, [one.item for one in anew.agreed]) == (local("2026-05-20 12:00"), ["2"])


# --- when it is refused -----------------------------------------------------------------------------------


def test_while_the_raisers_side_needs_time_no_dates_are_proposed() -> None:
    ended = then(PUT_TO_THE_COUNCIL, RecordGroupEnded(date(2026, 3, 9)), "2026-03-09 10:00")
    given(ended).when(ON_THE_24TH, at="2026-03-10 10:00", seat=Seat.CHAMPION).then_refused("needs time")


def test_silence_before_its_day_is_over_says_until_when() -> None:
    early = given(PROPOSED).when(
        RecordNoTimetable(date(2026, 3, 16)), at="2026-03-16 10:00", seat=Seat.SYSTEM
    )
    with pytest.raises(NotYet) as refused:
        early.events()
    assert refused.value.until == date(2026, 3, 16)


def test_where_only_an_end_of_the_other_side_is_possible_each_door_says_so() -> None:
    for seat, words in ((Seat.CHIEF_OFFICER, "your own"), (Seat.CHAMPION, "your own")):
        given(MISSED).when(EndTimetable(), at="2026-06-19 10:00", seat=seat).then_refused(words)
    given(AGREED).when(EndTimetable("raiser"), at="2026-03-24 10:00").then_refused("missed by five")
    other = given(MISSED).when(EndTimetable("respondent"), at="2026-06-19 10:00", seat=Seat.RAISER)
    assert other.then_refused("your own side only").field == "side"


# --- which dates ------------------------------------------------------------------------------------------


def test_what_both_can_plan_is_in_the_order_of_its_dates() -> None:
    sooner = ProposeTimetable((OtherDate("respond 3", date(2026, 5, 22)),))
    agreed = then(
        then(FOUND_THREE, sooner, "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER),
        YES,
        "2026-05-19 10:00",
        seat=Seat.RAISER,
    )
    assert list(offered(agreed, "2026-05-20 10:00")) == ["respond 3", "respond 1", "respond 2"]


def test_after_the_last_letter_the_raisers_turn_has_its_own_days_and_all_else_can_be_planned() -> None:
    for history, name, at, is_theirs in (
        (RELEASED, "decide", "2026-03-13 10:00", True),
        (PUT_TO_THE_COUNCIL, "reply", "2026-03-09 10:00", False),
    ):
        case = given(history).case
        assert name in [one.one.name for one in can_be_planned(case, now(at))]
        letter = replace(case, enquiry=replace(case.enquiry, last_letter=LastLetterSent(date(2026, 3, 9))))
        assert (name not in [one.one.name for one in can_be_planned(letter, now(at))]) is is_theirs


def test_a_paused_date_is_neither_missed_nor_planned() -> None:
    paused = then(THREE_AGREED, PauseClocks(THIRD_PARTY), "2026-05-21 10:00")
    case = given(paused).case
    assert offered(paused, "2026-05-22 10:00") == {}
    assert missed(case, now("2026-09-01 10:00")) == []
    assert may_end_it(case, now("2026-09-01 10:00")) == ()


def test_done_on_the_fifth_day_after_its_date_is_missed_and_on_the_fourth_is_not() -> None:
    done = AnswerRecommendation("2", "accepted", by=date(2026, 9, 21))
    for at, is_late in (("2026-06-18 22:00", False), ("2026-06-19 00:30", True)):
        history = then(FIRST_KEPT, done, at, seat=Seat.CHIEF_OFFICER)
        (second,) = [
            one
            for one in given(history).case.obligations
            if one.name == "respond" and one.item == "2" and one.agreed
        ]
        assert is_missed(second, now("2026-06-22 10:00")) is is_late


def test_a_date_that_was_kept_is_not_missed_however_late_it_is_looked_at() -> None:
    kept = then(THREE_AGREED, ACCEPTED, "2026-06-01 10:00", seat=Seat.CHIEF_OFFICER)
    assert may_end_it(given(kept).case, now("2026-06-12 10:00")) == ()


def test_an_end_gives_the_old_date_back_where_it_is_more_than_five_days_ahead() -> None:
    later = (OtherDate("respond 1", date(2026, 5, 19)), OtherDate("respond 3", date(2026, 6, 26)))
    agreed = then(
        then(FOUND_THREE, ProposeTimetable(later), "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER),
        YES,
        "2026-05-18 12:00",
        seat=Seat.RAISER,
    )
    (event,) = given(agreed).when(EndTimetable(), at="2026-05-27 10:00", seat=Seat.RAISER).events()
    assert event == TimetableEnded(
        "raiser", (Going("respond", "3", Term(date(2026, 5, 27), 8, date(2026, 6, 8))),)
    )


def test_a_no_to_nothing_is_refused_and_a_second_proposal_has_the_next_number() -> None:
    said_no = then(PROPOSED, NO, "2026-03-11 10:00", seat=Seat.RAISER)
    with pytest.raises(Refused, match="not open any more"):
        given(said_no).when(AnswerTimetable(accepted=False), at="2026-03-11 11:00").events()
    again = then(said_no, ON_THE_24TH, "2026-03-11 12:00", seat=Seat.RAISER)
    (event,) = given(again).when(NO, at="2026-03-12 10:00", seat=Seat.CHAMPION).events()
    assert event == TimetableNotAgreed(2, "declined", "respondent")
