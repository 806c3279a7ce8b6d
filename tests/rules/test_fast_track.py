"""Fast track: the examples of the procedure to the day, and what follows when a date or a body changes."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.closing import GiveBack, Unmerge
from compact_cases.rules.events.closing import Closed, MergedInto
from compact_cases.rules.events.fast_track import (
    FastTracked,
)
from compact_cases.rules.events.intake import (
    Acknowledged,
    ClauseCited,
    ClosingDateGiven,
    MoreAsked,
    RespondentMatched,
)
from compact_cases.rules.intake import Accept, AskForMore
from compact_cases.rules.particulars import MatchRespondent
from compact_cases.rules.terms import Term
from compact_cases.rules.urgency import is_fast
from tests.builders import (
    COUNCIL,
    OFFICER,
    RECEIVED,
    Given,
    History,
    given,
    now,
    on,
    received,
    said,
    sealed,
)
from tests.rules.test_intake import receive

HALL = UUID(int=81)
CLOSES = date(2026, 5, 5)  # a Tuesday; Monday the 4th is a bank holiday


def urgent(at: str = "2026-04-30 10:00", closes_on: date = CLOSES) -> History:
    """Received, about the council, citing what it may not have met."""
    return on(
        at,
        received(Term(date(2026, 4, 30), 1, date(2026, 5, 1))),
        RespondentMatched(COUNCIL),
        ClauseCited(1, "community-groups/5.3", "1", "not-met", None),
        ClosingDateGiven(closes_on),
        FastTracked("closes-on", None, None),
    )


def accept(**more: object) -> Accept:
    return Accept(OFFICER, said(), said(), **more)  # type: ignore[arg-type]


def due_of(case: Case, name: str) -> date | None:
    owed = case.owed(name)
    assert owed is not None
    return owed.due


# --- which concerns, and by when they are acknowledged -----------------------------------------------------


@pytest.mark.parametrize(
    ("arrived", "closes", "due"),
    [
        ("2026-04-30 17:30", CLOSES, date(2026, 5, 1)),  # the 17:00 rule does not apply
        ("2026-04-30 10:00", date(2026, 5, 4), date(2026, 5, 1)),
        ("2026-05-01 18:00", CLOSES, date(2026, 5, 1)),  # the last working day before the date
        ("2026-05-01 10:00", date(2026, 5, 1), date(2026, 5, 1)),  # never before the day of receipt
        ("2026-05-02 10:00", CLOSES, CLOSES),  # a Saturday: the next working day
        ("2026-05-02 10:00", date(2026, 5, 3), CLOSES),
        ("2026-08-27 17:30", date(2026, 8, 31), date(2026, 8, 28)),
    ],
)
def test_an_urgent_concern_is_acknowledged_before_the_date(arrived: str, closes: date, due: date) -> None:
    case = given([]).when(receive(closes_on=closes), at=arrived).then_case()
    assert case.fast_track.because == "closes-on"
    assert due_of(case, "acknowledge") == due
    owed = case.obligations[0]
    calendar = now(arrived).rulebook.calendar
    assert calendar.working_days_between(owed.term.start, due) == owed.term.limit


@pytest.mark.parametrize(
    ("closes", "volunteer_run", "fast"),
    [
        (date(2026, 3, 23), False, True),  # 15 working days from Monday 2 March
        (date(2026, 3, 24), False, False),
        (date(2026, 3, 24), True, True),
        (date(2026, 4, 8), True, True),  # 25, over Easter
        (date(2026, 4, 9), True, False),
        (date(2026, 3, 1), False, False),  # past when it was raised: the ordinary way
        (None, False, False),
    ],
)
def test_a_date_before_the_ordinary_reply_makes_it_urgent(
    closes: date | None, volunteer_run: bool, fast: bool
) -> None:
    register = {COUNCIL: Registered(volunteer_run)}
    case = given([]).when(receive(closes_on=closes), at="2026-03-02 09:30", register=register).then_case()
    assert case.fast_track.is_on is fast
    assert due_of(case, "acknowledge") == (date(2026, 3, 3) if fast else date(2026, 3, 9))
    assert is_fast(case, case.obligations[0], now("2026-03-02 09:30")) is fast


@pytest.mark.parametrize(
    ("back", "kept"), [(date(2026, 5, 5), None), (date(2026, 5, 6), date(2026, 5, 6)), (None, None)]
)
def test_the_receipt_says_when_the_date_comes_before_an_officer_is_back(
    back: date | None, kept: date | None
) -> None:
    outcome = given([]).when(receive(closes_on=CLOSES), at="2026-04-30 10:00", officer_back=back)
    case, (first, *_) = outcome.then_case(), outcome.events()
    assert case.fast_track.officer_back == kept
    (receipt,) = [one for one in notices_after(first, case) if one.name == "receipt"]
    assert ("back" in receipt.facts) is (kept is not None)


# --- what changes after receipt ---------------------------------------------------------------------------

BETWEEN: History = on(
    "2026-03-02 09:30",
    received(Term(date(2026, 3, 2), 5, date(2026, 3, 9))),
    RespondentMatched(COUNCIL),
    ClosingDateGiven(date(2026, 3, 27)),  # urgent for a volunteer-run body only
)
REGISTER = {COUNCIL: Registered(), HALL: Registered(volunteer_run=True)}


def test_a_body_that_volunteers_run_makes_it_urgent_when_it_is_matched() -> None:
    sooner = Term(date(2026, 3, 4), 1, date(2026, 3, 5))
    given(BETWEEN).when(MatchRespondent(HALL), at="2026-03-04 17:30", register=REGISTER).then(
        RespondentMatched(HALL), FastTracked("closes-on", sooner, None)
    )


def test_it_never_moves_a_date_to_a_later_day() -> None:
    case = (
        given(BETWEEN)
        .when(MatchRespondent(HALL), at="2026-03-09 10:00", register=REGISTER)
        .then(RespondentMatched(HALL), FastTracked("closes-on", None, None))
    )
    assert due_of(case, "acknowledge") == date(2026, 3, 9)


def test_what_was_promised_quickly_is_not_taken_back() -> None:
    history = BETWEEN + on("2026-03-03 09:00", FastTracked("closes-on", None, None))
    case = (
        given(history)
        .when(MatchRespondent(HALL), at="2026-03-04 10:00", register=REGISTER)
        .then(RespondentMatched(HALL))
    )
    assert case.fast_track.is_on


def test_a_pause_ends_when_it_becomes_urgent() -> None:
    paused = given(BETWEEN).when(AskForMore(said()), at="2026-03-03 10:00").then_case()
    assert paused.obligations[0].is_paused
    case = then(paused).when(MatchRespondent(HALL), "2026-03-04 10:00", register=REGISTER).then_case()
    assert due_of(case, "acknowledge") == date(2026, 3, 5)
    assert case.clocks.pauses[0].until is not None


def test_a_question_on_the_fast_track_stops_no_clock() -> None:
    question = AskForMore(said())
    by = Term(date(2026, 4, 30), 1, date(2026, 5, 1))
    given(urgent()).when(question, at="2026-04-30 18:00").then(MoreAsked(question.question.sealed(), by))
    late = given(urgent()).when(question, at="2026-05-06 10:00").then_case()
    assert due_of(late, "answer") == date(2026, 5, 20)  # its date has passed: the ordinary limit


def test_a_date_that_the_officer_learns_counts_from_the_receipt() -> None:
    command = accept(closes_on=date(2026, 3, 16))
    found = given(RECEIVED).when(command, at="2026-03-02 09:30").events()
    assert found[:2] == [ClosingDateGiven(date(2026, 3, 16)), FastTracked("closes-on", None, None)]
    later = accept(closes_on=date(2026, 3, 17))
    events = given(RECEIVED).when(later, at="2026-03-02 09:30").events()
    assert not any(isinstance(one, FastTracked) for one in events)


def test_harm_that_cannot_be_undone_is_enough() -> None:
    case = given(RECEIVED).when(accept(harm=True), at="2026-03-02 09:30").then_case()
    assert case.fast_track.because == "harm"
    assert due_of(case, "reply") == date(2026, 3, 16)
    reply = case.owed("reply")
    assert reply is not None
    assert is_fast(case, reply, now("2026-03-16 09:30"))


def test_what_is_owed_again_after_a_merge_is_owed_quickly() -> None:
    other = UUID(int=77)
    merged = urgent() + on("2026-04-30 11:00", Acknowledged(OFFICER, None), MergedInto(other, sealed()))
    merged += on("2026-04-30 11:00", Closed("merged", None))
    case = given(merged).when(Unmerge(said()), at="2026-04-30 17:30").then_case()
    assert due_of(case, "acknowledge") == date(2026, 5, 1)
    given(merged).when(GiveBack(other), at="2026-04-30 17:30").then_refused("not merged")


def then(case: Case) -> Given:
    """The case as an act left it, for the next one."""
    return Given(case)
