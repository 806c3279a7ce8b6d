"""Dates in words and their proofs, pauses included."""

from datetime import date, datetime

from compact_cases.reports.owed import days_left, owed_now
from compact_cases.reports.proofs import proof_of
from compact_cases.rules.case import Case, evolve
from compact_cases.rules.events import Event
from compact_cases.rules.events.clocks import Paused, Resumed
from compact_cases.rules.events.intake import ConcernReceived, MoreAnswered, MoreAsked
from compact_cases.rules.obligations import days_term
from compact_cases.rules.pausing import WAITING_FOR_THE_RAISER
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Going, Held, Term
from tests.builders import CONCERN, RAISER, local, rulebook, sealed

CALENDAR = rulebook().calendar


def case_after(*history: tuple[Event, datetime]) -> Case:
    case = Case()
    for event, at in history:
        case = evolve(case, event, at)
    return case


def received(at: str) -> tuple[Event, datetime]:
    term = days_term(local(at), 5, CALENDAR)
    first = ConcernReceived(
        "GC-2026-0001", CONCERN, RAISER, None, "open", "web", "default-2026-3", "test", sealed(), term
    )
    return first, local(at)


def asked(at: str, left: int, ends: date) -> list[tuple[Event, datetime]]:
    asked = MoreAsked(sealed(), days_term(local(at), 10, CALENDAR))
    seat, held = Seat.OFFICER.value, (Held("acknowledge", "", left),)
    paused = Paused(1, WAITING_FOR_THE_RAISER, seat, seat, local(at).date(), ends, held, "answer")
    return [(asked, local(at)), (paused, local(at))]


def resumed(because: str, term: Term, at: str) -> tuple[Event, datetime]:
    return Resumed(1, because, term.start, (Going("acknowledge", "", term),)), local(at)


def test_the_proof_of_a_date_starts_with_the_event_and_ends_on_the_date() -> None:
    case = case_after(received("2025-12-24 18:05"))
    (owed,) = owed_now(case, "officer", "Council", CALENDAR, local("2025-12-29 09:00"))
    assert owed.due == date(2026, 1, 6)
    assert owed.days_left == 5
    assert owed.proof[0].day == date(2025, 12, 24)
    assert "after 17:00" in owed.proof[0].because
    assert owed.proof[-1].day == date(2026, 1, 6)


def test_the_proof_shows_the_pause_that_an_answer_ended() -> None:
    term = days_term(local("2026-03-06 10:00"), 4, CALENDAR)
    case = case_after(
        received("2026-03-02 09:30"),
        *asked("2026-03-03 12:00", 4, date(2026, 3, 17)),
        (MoreAnswered(sealed()), local("2026-03-06 10:00")),
        resumed("answered", term, "2026-03-06 10:00"),
    )
    proof = proof_of(case.obligations, case.obligations[-1], CALENDAR)
    assert proof[0].day == date(2026, 3, 2)
    assert [day.day.day for day in proof if "paused" in day.because] == [4, 5]
    assert (proof[-1].day, proof[-1].counts) == (term.due, 5)


def test_the_proof_shows_the_pause_that_its_cap_ended_however_late_it_was_recorded() -> None:
    term = days_term(date(2026, 3, 17), 4, CALENDAR)
    case = case_after(
        received("2026-03-02 09:30"),
        *asked("2026-03-03 12:00", 4, date(2026, 3, 17)),
        resumed("no answer", term, "2026-03-19 08:00"),
    )
    owed = case.owed("acknowledge")
    assert owed
    proof = proof_of(case.obligations, owed, CALENDAR)
    assert proof[0].day == date(2026, 3, 2)
    assert proof[-1].day == term.due == date(2026, 3, 23)


def test_a_paused_date_has_no_proof_and_says_how_it_goes_on() -> None:
    case = case_after(received("2026-03-02 09:30"), *asked("2026-03-03 12:00", 4, date(2026, 3, 17)))
    answer, paused = owed_now(case, "raiser", "Council", CALENDAR, local("2026-03-04 09:00"))
    assert (answer.name, answer.mine) == ("answer", True)
    assert (paused.due, paused.days_kept, paused.pause_ends) == (None, 4, date(2026, 3, 17))
    assert paused.proof == ()


def test_a_date_that_no_proof_reaches_is_proved_from_its_own_start() -> None:
    """A case whose calendar changed: the old start no longer leads to the date that was set."""
    case = case_after(received("2026-03-02 09:30"))
    moved = Term(date(2026, 3, 2), 5, date(2026, 3, 10))
    course = case.course.after(local("2026-03-03 09:00"))
    course = course.set_anew("acknowledge", moved, "the calendar changed")
    owed = course.owed("acknowledge")
    assert owed
    assert proof_of(course.obligations, owed, CALENDAR)[0].day == date(2026, 3, 2)


def test_a_fridays_date_is_not_overdue_before_monday() -> None:
    assert days_left(CALENDAR, date(2026, 3, 6), date(2026, 3, 6)) == 0
    assert days_left(CALENDAR, date(2026, 3, 7), date(2026, 3, 6)) == 0
    assert days_left(CALENDAR, date(2026, 3, 9), date(2026, 3, 6)) == -1
    assert days_left(CALENDAR, date(2026, 4, 30), date(2026, 5, 5)) == 2
    assert days_left(CALENDAR, date(2026, 4, 30), None) is None
    assert days_left(CALENDAR, date(2026, 4, 30), date(2040, 1, 1)) is None
