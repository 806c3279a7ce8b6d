"""The edges of a calendar, and the proof of a limit to which working days were added."""

from datetime import date, datetime

import pytest

from compact_cases.rules.refusals import Refused
from compact_cases.rules.working_days import LONDON, Calendar, Day, More, OutsideCalendar, Pause

# Monday 2 March to Saturday 14 March 2026: ten working days
SHORT = Calendar("short", {}, date(2026, 3, 2), date(2026, 3, 14))
MONDAY, LAST_FRIDAY = date(2026, 3, 2), date(2026, 3, 13)


def test_the_first_and_the_last_day_of_a_calendar_are_known_and_those_beside_them_are_not() -> None:
    assert SHORT.is_working(MONDAY)
    assert SHORT.why_closed(date(2026, 3, 14)) == "Saturday"
    for day in (date(2026, 3, 1), date(2026, 3, 15)):
        with pytest.raises(OutsideCalendar, match="is outside the days that calendar short knows"):
            SHORT.is_working(day)


def test_counting_reaches_the_first_and_the_last_working_day_and_no_further() -> None:
    assert SHORT.plus(MONDAY, 9) == LAST_FRIDAY
    assert SHORT.minus(LAST_FRIDAY, 9) == MONDAY
    assert SHORT.working_on_or_after(MONDAY) == MONDAY
    with pytest.raises(OutsideCalendar, match="Counting from Monday 2 March 2026 leads past the days"):
        SHORT.plus(MONDAY, 10)
    with pytest.raises(OutsideCalendar, match="Counting from Friday 13 March 2026 leads past the days"):
        SHORT.minus(LAST_FRIDAY, 10)
    with pytest.raises(OutsideCalendar, match="Counting from Saturday 14 March 2026 leads past the days"):
        SHORT.working_on_or_after(date(2026, 3, 14))


def test_no_working_day_before_or_after_a_day_off_is_that_day_itself() -> None:
    saturday = date(2026, 3, 7)
    assert (SHORT.plus(saturday, 0), SHORT.minus(saturday, 0)) == (saturday, saturday)
    assert (SHORT.plus(saturday, 1), SHORT.minus(saturday, 1)) == (date(2026, 3, 9), date(2026, 3, 6))


def test_at_the_weekend_what_was_due_on_thursday_is_overdue_and_what_was_due_on_friday_is_not() -> None:
    sunday = date(2026, 3, 8)
    assert SHORT.last_working(sunday) == date(2026, 3, 6)
    assert SHORT.is_overdue(date(2026, 3, 5), sunday)
    assert not SHORT.is_overdue(date(2026, 3, 6), sunday)


def test_what_has_passed_cannot_be_paused() -> None:
    with pytest.raises(Refused) as refused:
        SHORT.working_days_left_at(MONDAY, 2, date(2026, 3, 5))
    assert refused.value.sentence == "This date has already passed, so its clock cannot be paused."
    assert SHORT.working_days_left_at(MONDAY, 2, date(2026, 3, 4)) == 1


def test_a_day_that_was_added_is_said_on_the_day_on_which_it_was_and_counted_at_the_end() -> None:
    found = SHORT.proof(MONDAY, 2, [More(date(2026, 3, 3), 1, "the raiser asked for more time")])
    assert found == (
        Day(MONDAY, 0, "Day 0: counting starts after this day (a working day)."),
        Day(date(2026, 3, 3), 1, "Working day 1. 1 working day added: the raiser asked for more time."),
        Day(date(2026, 3, 4), 2, "Working day 2."),
        Day(date(2026, 3, 5), 3, "Working day 3. The limit ends at the end of this day."),
    )


def test_what_was_added_twice_on_one_day_is_said_twice_and_what_comes_after_it_still_counts() -> None:
    changes: list[Pause | More] = [
        More(date(2026, 3, 3), 2, "it was asked for"),
        More(date(2026, 3, 3), 1, "a longer limit applies"),
        Pause(date(2026, 3, 4), date(2026, 3, 9), "both sides agreed"),
    ]
    found = {one.day: one for one in SHORT.proof(MONDAY, 2, changes)}
    assert found[date(2026, 3, 3)].because == (
        "Working day 1. 2 working days added: it was asked for. 1 working day added: a longer limit applies."
    )
    assert found[date(2026, 3, 5)].because == "Not counted: paused, both sides agreed."
    assert found[date(2026, 3, 9)].because == (
        "Day 0 again: counting goes on after this day, 3 working days left (a working day)."
    )
    assert max(found) == date(2026, 3, 12)
    assert found[date(2026, 3, 12)].counts == 5


def test_the_day_of_an_instant_is_that_of_london_also_in_summer() -> None:
    summer = Calendar("summer", {}, date(2026, 6, 1), date(2026, 6, 30))
    first = summer.proof(datetime(2026, 6, 3, 0, 30, tzinfo=LONDON), 1)[0]
    assert first == Day(
        date(2026, 6, 3),
        0,
        "Day 0: counting starts after this day (it was 00:30 on a working day, not after 17:00).",
    )
