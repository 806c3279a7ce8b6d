"""A timetable of which a date is missed: its usual steps, and five days later the other side ends it."""

from dataclasses import replace
from datetime import date

from compact_cases.reports.proofs import proof_of
from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.events.timetable import TimetableEnded
from compact_cases.rules.findings import AnswerRecommendation, RecordNoPanelAnswer
from compact_cases.rules.planned import is_missed, may_end_it
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Going, Term
from compact_cases.rules.timetable import EndTimetable, OtherDate, ProposeTimetable
from tests.builders import given, now, rulebook
from tests.rules.test_onward import IN_REVIEW
from tests.rules.test_review import then
from tests.rules.test_timetable import ACCEPTED, AGREED, FOUND_THREE, PLAN, YES, due, offered

THREE_AGREED = then(
    then(FOUND_THREE, PLAN, "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER),
    YES,
    "2026-05-20 10:00",
    seat=Seat.RAISER,
)
FIRST_KEPT = then(THREE_AGREED, ACCEPTED, "2026-05-29 10:00", seat=Seat.CHIEF_OFFICER)
MISSED = then(FIRST_KEPT, RecordNoPanelAnswer(date(2026, 6, 19), "2"), "2026-06-19 08:05", seat=Seat.SYSTEM)
LATER = offered(IN_REVIEW, "2026-04-10 10:00")


def test_three_dates_are_agreed_at_once_and_who_owes_one_is_told() -> None:
    assert {item: due(THREE_AGREED, "respond", item) for item in "123"} == {
        "1": date(2026, 6, 1),
        "2": date(2026, 6, 12),
        "3": date(2026, 6, 26),
    }
    told = notices_after(THREE_AGREED[-1][0], given(THREE_AGREED).case)
    assert [one.to for one in told] == [Seat.RAISER, Seat.CHAMPION, Seat.CHIEF_OFFICER, Seat.OFFICER]


def test_five_working_days_after_a_missed_date_the_other_side_may_end_it() -> None:
    case = given(FIRST_KEPT).case
    assert may_end_it(case, now("2026-06-18 23:00")) == ()
    assert may_end_it(case, now("2026-06-19 00:01")) == ("raiser",)
    early = given(FIRST_KEPT).when(EndTimetable(), at="2026-06-18 10:00", seat=Seat.RAISER)
    early.then_refused("missed by five working days")
    own = given(MISSED).when(EndTimetable(), at="2026-06-19 10:00", seat=Seat.CHAMPION)
    own.then_refused("your own")
    # what the procedure made of it that morning does not make it done
    assert may_end_it(given(MISSED).case, now("2026-06-19 10:00")) == ("raiser",)


def test_what_was_done_a_little_late_is_not_missed() -> None:
    late = then(
        FIRST_KEPT,
        AnswerRecommendation("2", "accepted", by=date(2026, 9, 21)),
        "2026-06-18 22:00",
        seat=Seat.CHIEF_OFFICER,
    )
    assert may_end_it(given(late).case, now("2026-06-22 10:00")) == ()


def test_the_rest_goes_back_to_its_old_date_or_five_days_ahead_and_nothing_is_overdue() -> None:
    # its old date, 8 June, has passed: five working days ahead
    term = Term(date(2026, 6, 19), 5, date(2026, 6, 26))
    assert due(MISSED, "respond", "3") == date(2026, 6, 26) == term.due
    case = (
        given(MISSED)
        .when(EndTimetable(), at="2026-06-19 10:00", seat=Seat.RAISER)
        .then(TimetableEnded("raiser", ()))
    )
    third = case.owed("respond", "3")
    assert third is not None
    assert (third.due, third.agreed) == (date(2026, 6, 26), False)
    assert case.timetable.agreed == ()


def test_an_end_moves_only_what_is_still_to_come() -> None:
    later = replace(
        PLAN, dates=(OtherDate("respond 1", date(2026, 5, 22)), OtherDate("respond 3", date(2026, 6, 26)))
    )
    agreed = then(
        then(FOUND_THREE, later, "2026-05-18 10:00", seat=Seat.CHIEF_OFFICER),
        YES,
        "2026-05-19 10:00",
        seat=Seat.RAISER,
    )
    late = then(agreed, RecordNoPanelAnswer(date(2026, 6, 1), "1"), "2026-06-01 08:05", seat=Seat.SYSTEM)
    (event,) = given(late).when(EndTimetable("raiser"), at="2026-06-01 10:00").events()
    back = Going("respond", "3", Term(date(2026, 6, 1), 5, date(2026, 6, 8)))
    assert event == TimetableEnded("raiser", (back,))
    case = given(then(late, EndTimetable("raiser"), "2026-06-01 10:00")).case
    assert {one.item: one.due for one in case.open_obligations if one.name == "respond"} == {
        "2": date(2026, 6, 8),
        "3": date(2026, 6, 8),
    }
    told = notices_after(event, case)
    assert {one.name for one in told} == {"timetable-ended"}
    third = case.owed("respond", "3")
    assert third is not None
    proof = proof_of(case.obligations, third, rulebook().calendar)
    assert any("the agreed timetable was ended on Monday 1 June 2026" in one.because for one in proof)


def test_an_officer_says_who_ends_it_and_a_date_of_the_office_lets_either() -> None:
    unsaid = given(MISSED).when(EndTimetable(), at="2026-06-19 10:00")
    assert unsaid.then_refused("for which side").field == "side"
    not_theirs = given(MISSED).when(EndTimetable("respondent"), at="2026-06-19 10:00")
    assert not_theirs.then_refused("for which side").field == "side"
    dates = ProposeTimetable(tuple(OtherDate(name, day) for name, (_, day) in LATER.items()))
    agreed = then(
        then(IN_REVIEW, dates, "2026-04-10 10:00", seat=Seat.RAISER),
        YES,
        "2026-04-10 12:00",
        seat=Seat.CHAMPION,
    )
    case = given(agreed).case
    missed_by = rulebook().calendar.plus(LATER["convene"][1], 5)
    assert may_end_it(case, now(f"{missed_by} 10:00")) == ("raiser", "respondent")
    convene = case.owed("convene")
    assert convene is not None
    assert is_missed(convene, now(f"{missed_by} 10:00"))


def test_after_an_end_other_dates_can_be_proposed_again() -> None:
    ended = then(MISSED, EndTimetable(), "2026-06-19 10:00", seat=Seat.RAISER)
    assert offered(ended, "2026-06-19 11:00") == {"respond 3": (date(2026, 6, 22), date(2026, 6, 29))}


def test_a_closed_case_goes_by_no_timetable() -> None:
    gone: Case = given(then(AGREED, Withdraw(sure=True), "2026-03-12 10:00", seat=Seat.RAISER)).case
    given(then(AGREED, Withdraw(sure=True), "2026-03-12 10:00", seat=Seat.RAISER)).when(
        EndTimetable("raiser"), at="2026-04-10 10:00"
    ).then_refused("by no timetable")
    assert gone.is_closed
