"""Working days, due dates, pauses and their proofs: the examples of the procedure, then properties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compact_cases.rules.refusals import Refused
from compact_cases.rules.working_days import (
    LONDON,
    Calendar,
    Day,
    OutsideCalendar,
    Pause,
    Start,
    end_of,
    in_time,
)

# Bank holidays of England and Wales as published on GOV.UK.
CLOSED = {
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 26): "Boxing Day",
    date(2026, 1, 1): "New Year's Day",
    date(2026, 4, 3): "Good Friday",
    date(2026, 4, 6): "Easter Monday",
    date(2026, 5, 4): "Early May bank holiday",
    date(2026, 5, 25): "Spring bank holiday",
}
CALENDAR = Calendar("test-1", CLOSED, date(2025, 1, 1), date(2027, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2025-12-19T16:40", 5, date(2025, 12, 30)),
        ("2025-12-24T18:05", 5, date(2026, 1, 6)),
        ("2026-04-02T17:30", 5, date(2026, 4, 14)),
        ("2026-03-02T09:00", 10, date(2026, 3, 16)),
    ],
)
def test_the_checked_examples_of_the_procedure(received: str, limit: int, due: date) -> None:
    assert CALENDAR.due(at(received), limit) == due
    assert CALENDAR.proof(at(received), limit)[-1].day == due


@pytest.mark.parametrize(
    ("received", "counts_as"),
    [
        ("2025-12-24T18:05", date(2025, 12, 29)),
        ("2026-04-02T17:30", date(2026, 4, 7)),
        ("2026-03-02T17:00", date(2026, 3, 2)),
        ("2026-03-02T17:00:00.020000", date(2026, 3, 2)),
        ("2026-03-02T17:00:59", date(2026, 3, 2)),
        ("2026-03-02T17:01", date(2026, 3, 3)),
        ("2026-02-28T10:00", date(2026, 3, 2)),
    ],
)
def test_what_comes_after_five_starts_on_the_next_working_day(received: str, counts_as: date) -> None:
    assert CALENDAR.start_day(at(received)) == counts_as


@pytest.mark.parametrize(
    ("time", "said"), [("17:00:00.020000", "not after"), ("17:01", "17:01, after 17:00")]
)
def test_a_proof_never_says_that_five_is_after_five(time: str, said: str) -> None:
    whys = [day.because for day in CALENDAR.proof(at(f"2026-03-02T{time}"), 1)]
    assert said in whys[0]
    assert not any("17:00, after 17:00" in why for why in whys)


def test_the_hour_is_london_s_in_summer_time_too() -> None:
    assert CALENDAR.start_day(datetime(2026, 3, 27, 16, 30, tzinfo=UTC)) == date(2026, 3, 27)
    assert CALENDAR.start_day(datetime(2026, 3, 30, 16, 30, tzinfo=UTC)) == date(2026, 3, 31)


def test_a_pause_carries_over_what_is_left_and_the_resuming_day_is_day_0() -> None:
    notice, paused = at("2026-03-02T10:00"), date(2026, 3, 9)
    left = CALENDAR.working_days_left_at(notice, 10, paused)
    assert left == 5
    assert CALENDAR.due(date(2026, 3, 20), left) == date(2026, 3, 27)


def test_a_pause_ended_by_its_cap() -> None:
    resumes = CALENDAR.plus(date(2026, 3, 9), 10)
    assert resumes == date(2026, 3, 23)
    assert CALENDAR.due(resumes, 5) == date(2026, 3, 30)


def test_resuming_on_a_day_that_does_not_work_moves_to_the_next() -> None:
    assert CALENDAR.due(date(2026, 3, 21), 5) == CALENDAR.due(date(2026, 3, 23), 5) == date(2026, 3, 30)


def test_nothing_left_counts_as_one_day() -> None:
    left = CALENDAR.working_days_left_at(at("2026-03-02T10:00"), 5, date(2026, 3, 9))
    assert left == 1
    assert CALENDAR.due(date(2026, 3, 20), left) == date(2026, 3, 23)
    pause = Pause(date(2026, 3, 9), date(2026, 3, 20), "waiting for the raiser")
    assert CALENDAR.proof(at("2026-03-02T10:00"), 5, [pause])[-1].day == date(2026, 3, 23)


def test_a_pause_before_the_clock_has_started_uses_nothing_up() -> None:
    assert CALENDAR.working_days_left_at(at("2026-03-06T18:00"), 10, date(2026, 3, 6)) == 10


def test_an_overdue_clock_cannot_be_paused() -> None:
    with pytest.raises(Refused, match="already passed"):
        CALENDAR.working_days_left_at(at("2026-03-02T10:00"), 5, date(2026, 3, 10))


def test_working_days_left_to_a_closing_date() -> None:
    assert CALENDAR.working_days_left(date(2026, 4, 30), date(2026, 5, 5)) == 2
    assert CALENDAR.working_days_left(date(2026, 5, 1), date(2026, 5, 4)) == 0
    assert CALENDAR.working_days_left(date(2026, 3, 18), date(2026, 3, 16)) == -2


def test_overdue_starts_on_the_next_working_day() -> None:
    assert CALENDAR.overdue_from(date(2026, 4, 2)) == date(2026, 4, 7)


def test_in_time_is_judged_by_the_instant() -> None:
    due = date(2026, 3, 16)
    assert in_time(at("2026-03-16T22:40"), due)
    assert in_time(end_of(due), due)
    assert not in_time(end_of(due) + timedelta(microseconds=1), due)
    assert not in_time(datetime(2026, 6, 1, 23, 30, tzinfo=UTC), date(2026, 6, 1))
    assert end_of(date(2026, 3, 29)).utcoffset() == timedelta(hours=1)


def test_the_proof_says_why_for_every_day() -> None:
    assert CALENDAR.proof(at("2025-12-24T18:05"), 3) == (
        Day(date(2025, 12, 24), None, "Not counted: it was 18:05, after 17:00."),
        Day(date(2025, 12, 25), None, "Not counted: Christmas Day."),
        Day(date(2025, 12, 26), None, "Not counted: Boxing Day."),
        Day(date(2025, 12, 27), None, "Not counted: Saturday."),
        Day(date(2025, 12, 28), None, "Not counted: Sunday."),
        Day(date(2025, 12, 29), 0, "Day 0: counting starts after this day (the next working day)."),
        Day(date(2025, 12, 30), 1, "Working day 1."),
        Day(date(2025, 12, 31), 2, "Working day 2."),
        Day(date(2026, 1, 1), None, "Not counted: New Year's Day."),
        Day(date(2026, 1, 2), 3, "Working day 3. The limit ends at the end of this day."),
    )


def test_the_proof_of_a_paused_clock_shows_the_pause() -> None:
    pause = Pause(date(2026, 3, 9), date(2026, 3, 20), "waiting for the raiser")
    proof = CALENDAR.proof(at("2026-03-02T10:00"), 10, [pause])
    rows = {row.day: row for row in proof}
    assert rows[date(2026, 3, 9)].counts == 5
    assert rows[date(2026, 3, 10)] == Day(
        date(2026, 3, 10), None, "Not counted: paused, waiting for the raiser."
    )
    assert rows[date(2026, 3, 20)].because == (
        "Day 0 again: counting goes on after this day, 5 working days left (a working day)."
    )
    assert proof[-1] == Day(date(2026, 3, 27), 10, "Working day 10. The limit ends at the end of this day.")


def test_a_limit_of_no_days_is_due_on_day_0() -> None:
    (only,) = CALENDAR.proof(at("2026-03-02T10:00"), 0)
    assert only.counts == 0
    assert only.because.endswith("The limit ends at the end of this day.")


def test_a_date_outside_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(OutsideCalendar, match="Tuesday 31 December 2024 is outside"):
        CALENDAR.is_working(date(2024, 12, 31))
    with pytest.raises(OutsideCalendar, match="leads past the days that calendar test-1 knows"):
        CALENDAR.due(date(2027, 12, 30), 10)
    with pytest.raises(OutsideCalendar, match="leads past"):
        CALENDAR.minus(date(2025, 1, 3), 10)


dates = st.dates(date(2025, 3, 1), date(2027, 3, 1))
instants = st.builds(datetime.combine, dates, st.times(), st.just(LONDON))
starts: st.SearchStrategy[Start] = st.one_of(instants, dates)
limits = st.integers(0, 60)


@given(starts, limits)
def test_a_proof_ends_on_the_due_date_and_has_every_day_once(start: Start, limit: int) -> None:
    proof, due = CALENDAR.proof(start, limit), CALENDAR.due(start, limit)
    begun = start.date() if isinstance(start, datetime) else start
    assert [row.day for row in proof] == [begun + timedelta(n) for n in range((due - begun).days + 1)]
    counted = [row for row in proof if row.counts is not None]
    assert [row.counts for row in counted] == list(range(limit + 1))
    assert all(CALENDAR.is_working(row.day) for row in counted)
    assert CALENDAR.working_days_between(counted[0].day, due) == limit


@given(st.dates(date(2025, 6, 2), date(2027, 6, 30)), st.integers(-60, 60))  # 60 days off are still in it
def test_counting_on_and_back_are_inverse_from_a_working_day(day: date, count: int) -> None:
    day = CALENDAR.working_on_or_after(day)
    there = CALENDAR.plus(day, count)
    assert CALENDAR.minus(there, count) == day if count > 0 else CALENDAR.plus(there, -count) == day
    assert CALENDAR.working_days_between(day, there) == count


@given(starts, limits, st.lists(st.tuples(st.integers(0, 8), st.integers(0, 10)), max_size=4))
def test_the_proof_with_pauses_ends_where_the_carried_days_end(
    start: Start, limit: int, gaps: list[tuple[int, int]]
) -> None:
    day, left = CALENDAR.start_day(start), limit
    pauses = []
    for run, stand in gaps:
        on = CALENDAR.plus(day, min(run, left))
        left = CALENDAR.working_days_left_at(day, left, on)
        resumed = on + timedelta(stand)
        pauses.append(Pause(on, resumed, "agreed break"))
        day = CALENDAR.start_day(resumed)
    proof = CALENDAR.proof(start, limit, pauses)
    assert proof[-1].day == CALENDAR.due(day, left)
    assert [row.day for row in proof] == sorted({row.day for row in proof})
    assert (proof[-1].day - proof[0].day).days == len(proof) - 1


def test_fridays_date_is_not_overdue_on_a_holiday_monday() -> None:
    calendar = Calendar(
        "one", {date(2026, 5, 4): "Early May bank holiday"}, date(2026, 1, 1), date(2026, 12, 31)
    )
    friday = date(2026, 5, 1)
    assert [calendar.is_overdue(friday, date(2026, 5, day)) for day in (1, 2, 3, 4, 5)] == [
        False,
        False,
        False,
        False,
        True,
    ]
