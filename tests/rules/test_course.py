"""The course of a case: its obligations begin, stand still, are set anew and end, each by itself."""

from datetime import date

import pytest

from compact_cases.rules.course import Course, OwedTwice, Stage
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Hold, Term
from tests.builders import local

BEGAN, ON = local("2026-03-02 09:30"), local("2026-03-09 10:00")
TERM, LATER = Term(date(2026, 3, 2), 10, date(2026, 3, 16)), Term(date(2026, 3, 9), 10, date(2026, 3, 23))
HOLD = Hold(1, date(2026, 3, 9), 5, date(2026, 3, 23))
BARE = Course().after(BEGAN)


def owing(course: Course, item: str = "", name: str = "consent") -> Course:
    return course.owing(name, Seat.CHAMPION, Seat.RAISER, TERM, item)


def test_a_second_open_one_of_a_name_is_a_fault_of_ours() -> None:
    with pytest.raises(OwedTwice, match="consent"):
        owing(owing(BARE))
    with pytest.raises(OwedTwice, match="consent raiser"):
        owing(owing(BARE, "raiser"), "raiser")


def test_what_ended_may_be_owed_again_in_its_next_cycle() -> None:
    again = owing(owing(BARE).after(ON).ended("consent", "given"))
    assert [one.key for one in again.obligations] == [("consent", "", 1), ("consent", "", 2)]
    assert [(one.ended_at, one.ended_how) for one in again.obligations] == [(ON, "given"), (None, None)]


def test_items_of_one_name_are_owed_apart() -> None:
    both = owing(owing(owing(BARE), "raiser"), "respondent")
    assert [one.key for one in both.open_obligations] == [
        ("consent", "", 1),
        ("consent", "raiser", 1),
        ("consent", "respondent", 1),
    ]
    ended = both.after(ON).ended("consent", "given", "raiser")
    assert [one.item for one in ended.open_obligations] == ["", "respondent"]
    assert ended.owed("consent", "raiser") is None
    assert ended.owed("consent", "respondent") == both.owed("consent", "respondent")
    again = owing(ended, "raiser").owed("consent", "raiser")
    assert again is not None
    assert again.cycle == 2


def test_a_date_set_anew_is_the_next_cycle_of_its_own_item() -> None:
    both = owing(owing(BARE, "raiser"), "respondent")
    anew = both.after(ON).set_anew("consent", LATER, "asked anew", "respondent")
    assert [(one.item, one.cycle, one.due) for one in anew.open_obligations] == [
        ("raiser", 1, TERM.due),
        ("respondent", 2, LATER.due),
    ]
    second = anew.owed("consent", "respondent")
    assert second is not None
    assert (second.owner, second.to, second.opened_at, second.term) == (
        Seat.CHAMPION,
        Seat.RAISER,
        ON,
        LATER,
    )
    assert both.set_anew("reply", LATER, "asked anew") == both


def test_one_item_stands_still_while_the_other_runs() -> None:
    held = owing(owing(BARE, "raiser"), "respondent").held("consent", "raiser", HOLD, "waiting")
    still, running = held.obligations
    assert (still.is_paused, still.due, still.hold, still.hold_reason) == (True, None, HOLD, "waiting")
    assert (running.is_paused, running.due, running.hold) == (False, TERM.due, None)


def test_what_is_not_owed_neither_ends_nor_stands_still() -> None:
    course = owing(BARE)
    assert course.ended("reply", "sent") == course
    assert course.ended("consent", "given", "raiser") == course
    assert course.held("consent", "raiser", HOLD, "waiting") == course


def test_everything_ends_at_once_and_what_ended_before_keeps_its_reason() -> None:
    course = owing(owing(BARE), name="reply").after(ON).ended("reply", "sent").all_ended("withdrawn")
    assert course.open_obligations == ()
    assert [one.ended_how for one in course.obligations] == ["withdrawn", "sent"]


def test_each_event_moves_the_course_one_further() -> None:
    course = BARE.after(ON).to_stage(Stage.CLOSED)
    assert (course.position, course.at, course.stage, course.is_closed) == (2, ON, Stage.CLOSED, True)


def test_the_course_remembers_each_stage_in_which_it_has_been() -> None:
    assert BARE.trail == (Stage.RECEIVED,)
    course = BARE.to_stage(Stage.EARLY_RESOLUTION).to_stage(Stage.CLOSING).to_stage(Stage.EARLY_RESOLUTION)
    assert course.trail == (Stage.RECEIVED, Stage.EARLY_RESOLUTION, Stage.CLOSING, Stage.EARLY_RESOLUTION)


def test_a_stage_that_goes_on_is_remembered_once() -> None:
    course = BARE.to_stage(Stage.RAISER_DECIDES).to_stage(Stage.RAISER_DECIDES)
    assert course.trail == (Stage.RECEIVED, Stage.RAISER_DECIDES)
