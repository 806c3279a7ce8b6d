"""Given an obligation and what was handled, the steps that a look finds; and the hours of letters."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compact_cases.rules.course import Obligation
from compact_cases.rules.obligations import due_steps, next_tick
from compact_cases.rules.reminding import (
    MOST_TRIES,
    Plan,
    latest_for_each,
    next_in_window,
    not_twice_a_day,
    pauses_over,
    plan_of,
    wait_after,
    wait_for_step,
)
from compact_cases.rules.rulebook import Rulebook, Step, StepKind
from compact_cases.rules.seats import Post, Seat
from compact_cases.rules.terms import Hold, Term
from compact_cases.settings import Office
from tests.builders import local, rulebook

OPENS, CLOSES = Office.window_start, Office.window_end
# put to the council on Monday 2 March 2026, due Monday 16 March
REPLY = Obligation(
    "reply",
    1,
    Seat.CHAMPION,
    Seat.RAISER,
    local("2026-03-02 09:30"),
    Term(date(2026, 3, 2), 10, date(2026, 3, 16)),
    date(2026, 3, 16),
)


HOLD = Hold(1, date(2026, 3, 9), 5, date(2026, 3, 23))
PAUSED = replace(REPLY, due=None, hold=HOLD, hold_reason="waiting for the raiser")
ENDED = replace(REPLY, ended_at=local("2026-03-10 12:00"), ended_how="reply sent")


def plan(at: str, handled_to: date | None = None, one: Obligation = REPLY) -> Plan | None:
    return plan_of(one, handled_to, local(at), rulebook())


def keys(found: Plan | None) -> list[str]:
    return [step.key for step in found.steps] if found else []


@pytest.mark.parametrize(
    ("at", "handled_to", "due"),
    [
        ("2026-03-08 23:59", None, []),
        ("2026-03-09 00:00", None, ["-5-reminder-champion"]),
        ("2026-03-12 08:00", date(2026, 3, 9), ["-2-reminder-champion"]),
        ("2026-03-16 08:00", date(2026, 3, 12), ["+0-reminder-champion"]),
        ("2026-03-16 08:00", date(2026, 3, 16), []),
        ("2026-03-19 08:00", date(2026, 3, 16), ["+1-nudge-champion", "+3-escalation-senior-lead"]),
        ("2026-03-23 08:00", date(2026, 3, 19), ["+5-effect-no-reply"]),
        ("2027-01-04 08:00", date(2026, 3, 23), []),
    ],
)
def test_the_steps_that_wait(at: str, handled_to: date | None, due: list[str]) -> None:
    # the calendar of the tests ends with 2026, and nothing is counted from the day of looking
    assert keys(plan(at, handled_to)) == due


def test_a_step_exists_only_after_the_day_on_which_the_clock_started() -> None:
    short = Obligation(
        "reply",
        2,
        Seat.CHAMPION,
        Seat.RAISER,
        REPLY.opened_at,
        Term(date(2026, 3, 13), 1, date(2026, 3, 16)),
        date(2026, 3, 16),
    )
    assert keys(plan("2026-03-16 08:00", one=short)) == ["+0-reminder-champion"]


def test_nothing_of_what_is_paused_or_ended_is_due() -> None:
    assert plan("2026-03-20 08:00", one=PAUSED) is None
    assert plan("2026-03-20 08:00", one=ENDED) is None


def test_a_pause_is_over_after_the_end_of_its_last_day() -> None:
    assert pauses_over([PAUSED], date(2026, 3, 23)) == []
    assert pauses_over([PAUSED], date(2026, 3, 24)) == [1]
    assert pauses_over([REPLY, ENDED], date(2026, 3, 24)) == []


def test_a_pause_is_looked_at_when_its_last_day_is_over() -> None:
    assert next_tick([(PAUSED, None)], rulebook(), OPENS) == local("2026-03-24 00:01")


def test_a_pause_that_holds_two_obligations_is_over_once() -> None:
    answered = replace(PAUSED, ended_at=local("2026-03-10 12:00"))
    later = replace(PAUSED, item="2", hold=replace(HOLD, pause=2, ends=date(2026, 3, 24)))
    both = [PAUSED, replace(PAUSED, item="1"), later, answered]
    assert pauses_over(both, date(2026, 3, 24)) == [1]
    assert pauses_over(both, date(2026, 3, 25)) == [1, 2]
    assert pauses_over([answered], date(2026, 3, 25)) == []


def test_a_step_says_of_which_item_and_cycle_it_is() -> None:
    second = replace(REPLY, item="2", cycle=3)
    step = due_steps(second, None, local("2026-03-09 08:00"), rulebook())[0]
    assert (step.obligation, step.item, step.cycle, step.key) == ("reply", "2", 3, "-5-reminder-champion")


def test_a_copy_is_told_beside_the_owner_of_a_step() -> None:
    found = plan("2026-03-19 08:00", date(2026, 3, 17))
    assert found is not None
    assert [(one.seat, one.is_copy) for one in found.tellings] == [
        (Seat.SENIOR_LEAD, False),
        (Seat.CHAMPION, True),
    ]


def test_each_person_hears_of_the_latest_step_only() -> None:
    found = plan("2026-03-20 08:00")
    assert found is not None
    latest = latest_for_each(found.tellings, lambda one: one.seat)
    assert {(one.seat, one.due.key) for one in latest} == {
        (Seat.CHAMPION, "+3-escalation-senior-lead"),
        (Seat.SENIOR_LEAD, "+3-escalation-senior-lead"),
    }


def test_two_posts_of_one_person_are_one_person() -> None:
    found = plan("2026-03-20 08:00")
    assert found is not None
    assert len(latest_for_each(found.tellings, lambda one: "the only one there")) == 1


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        ("2026-03-09 08:00", "2026-03-09 08:00"),
        ("2026-03-09 17:59", "2026-03-09 17:59"),
        ("2026-03-09 18:00", "2026-03-10 08:00"),
        ("2026-03-09 07:59", "2026-03-09 08:00"),
        ("2026-03-13 19:00", "2026-03-16 08:00"),  # Friday evening
        ("2026-03-14 12:00", "2026-03-16 08:00"),  # Saturday
        ("2026-04-02 20:00", "2026-04-07 08:00"),  # before Good Friday and Easter Monday
        ("2026-03-28 23:30", "2026-03-30 08:00"),  # the night on which summer time begins
        ("2026-10-25 01:30", "2026-10-26 08:00"),  # the hour that happens twice
    ],
)
def test_chasing_letters_go_within_the_hours_of_working_days(at: str, goes: str) -> None:
    assert next_in_window(local(at), OPENS, CLOSES, rulebook().calendar) == local(goes)


def test_a_second_letter_of_a_day_waits_for_the_next_working_day() -> None:
    calendar, start = rulebook().calendar, local("2026-03-13 09:00")
    assert not_twice_a_day(start, None, OPENS, calendar) == start
    assert not_twice_a_day(start, local("2026-03-12 17:00"), OPENS, calendar) == start
    assert not_twice_a_day(start, local("2026-03-13 08:00"), OPENS, calendar) == local("2026-03-16 08:00")


def test_waits_grow_to_an_hour_and_last_more_than_three_days() -> None:
    waits = [wait_after(tries) for tries in range(1, MOST_TRIES)]
    assert [wait.total_seconds() / 60 for wait in waits[:6]] == [1, 2, 5, 15, 60, 60]
    assert sum(waits, timedelta()) > timedelta(days=3)


moments = st.datetimes(datetime(2026, 3, 2), datetime(2026, 4, 30))  # noqa: DTZ001 (made local below)


@settings(max_examples=200, deadline=None)
@given(st.lists(moments, min_size=1, max_size=8))
def test_however_the_looks_fall_each_step_is_handled_once_and_in_order(looks: list[datetime]) -> None:
    handled: date | None = None
    seen: list[str] = []
    for look in sorted(looks):
        found = plan_of(REPLY, handled, local(look.isoformat()), rulebook())
        if found:
            seen += keys(found)
            handled = found.handled_to
    final = plan_of(REPLY, None, local(max(looks).isoformat()), rulebook())
    assert seen == keys(final)


def test_a_step_that_was_refused_waits_longer_each_time() -> None:
    assert [wait_for_step(tries) // timedelta(hours=1) for tries in range(1, 8)] == [1, 2, 4, 8, 24, 24, 24]


def test_what_is_put_off_is_looked_at_then_and_not_before() -> None:
    handled, again = date(2026, 3, 19), local("2026-03-23 09:00")
    assert next_tick([(REPLY, handled)], rulebook(), OPENS) == local("2026-03-23 08:00")
    assert next_tick([(REPLY, handled)], rulebook(), OPENS, {REPLY.key: again}) == again
    assert next_tick([(PAUSED, None)], rulebook(), OPENS, {PAUSED.key: local("2026-03-25 09:00")}) == local(
        "2026-03-25 09:00"
    )


def test_steps_after_an_effect_wait_for_it() -> None:
    """Only steps of one run of effects are handled at once, so that handled means handled."""
    book = rulebook()
    later = Step(7, StepKind.ESCALATION, Seat.CHAIR)
    terms = replace(book.procedure.terms["reply"], steps=(*book.procedure.terms["reply"].steps, later))
    longer = Rulebook(replace(book.procedure, terms={**book.procedure.terms, "reply": terms}), book.calendar)
    found = plan_of(REPLY, date(2026, 3, 17), local("2026-04-01 08:00"), longer)
    assert keys(found) == ["+3-escalation-senior-lead", "+5-effect-no-reply"]
    assert found is not None
    assert (found.told_to, found.handled_to) == (date(2026, 3, 19), date(2026, 3, 23))
    found = plan_of(REPLY, date(2026, 3, 23), local("2026-04-01 08:00"), longer)
    assert keys(found) == ["+7-escalation-chair"]


@settings(max_examples=200, deadline=None)
@given(moments)
def test_the_next_tick_is_when_something_is_due_and_not_before(look: datetime) -> None:
    at = local(look.isoformat())
    found = plan_of(REPLY, None, at, rulebook())
    tick = next_tick([(REPLY, found.handled_to if found else None)], rulebook(), OPENS)
    if tick is None:
        assert found is not None
        assert found.steps[-1].key == "+5-effect-no-reply"
    else:
        assert tick.date() > at.date() or found is None
        later = plan_of(REPLY, found.handled_to if found else None, tick, rulebook())
        assert later is not None


def test_a_step_may_be_for_whoever_owes_it_and_for_the_same_post_of_their_side() -> None:
    """Both sides may owe the same, so a step names the post and not the side."""
    book = rulebook()
    steps = (
        Step(1, StepKind.ESCALATION, Post.CHIEF_OFFICER, copy=(Post.OWNER,)),
        Step(2, StepKind.ESCALATION, Post.SENIOR_LEAD),
        Step(3, StepKind.NUDGE, Post.OTHER),
    )
    terms = replace(book.procedure.terms["reply"], steps=steps)
    both = Rulebook(replace(book.procedure, terms={**book.procedure.terms, "reply": terms}), book.calendar)
    raisers = replace(REPLY, owner=Seat.RAISER, to=Seat.CHAMPION)
    told = [
        [(one.seat, one.is_copy) for one in found.tellings]
        for owed in (REPLY, raisers)
        if (found := plan_of(owed, None, local("2026-04-01 08:00"), both))
    ]
    assert told == [
        [
            (Seat.CHIEF_OFFICER, False),
            (Seat.CHAMPION, True),
            (Seat.SENIOR_LEAD, False),
            (Seat.RAISER, False),
        ],
        [
            (Seat.RAISERS_CHIEF, False),
            (Seat.RAISER, True),
            (Seat.RAISERS_LEAD, False),
            (Seat.CHAMPION, False),
        ],
    ]
