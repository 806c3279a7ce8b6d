"""The overall guard: past its limit, pauses not counted, both sides are told what took the time."""

from dataclasses import replace
from datetime import date

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.events import AUDIENCE
from compact_cases.rules.events.clocks import (
    AdjustmentRecorded,
    Extended,
    LongTimeReached,
    Paused,
    PauseInError,
    Resumed,
    Took,
)
from compact_cases.rules.events.closing import Reopened
from compact_cases.rules.events.enquiry import (
    DecisionAsked,
    PutToRespondent,
    RaiserDecided,
    ReplyReleased,
    ReplySent,
    TakenUpAgain,
)
from compact_cases.rules.extensions import can_be_extended
from compact_cases.rules.guard import RecordLongTime, sentence
from compact_cases.rules.intake import Accept
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.refusals import NotYet
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Came, Going, Held, Term
from tests.builders import (
    CLOSED,
    COUNCIL,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    History,
    given,
    now,
    on,
    said,
    sealed,
)

GUARD = Term(date(2026, 3, 2), 60, date(2026, 5, 29))
DAY = RecordLongTime(date(2026, 5, 29))
REPLY = Term(date(2026, 3, 2), 10, date(2026, 3, 16))
DECIDE = Term(date(2026, 3, 23), 10, date(2026, 4, 8))


def watched(history: History) -> History:
    """The same case, watched from the notice on."""
    return [
        (replace(event, guard=GUARD) if isinstance(event, PutToRespondent) else event, at)
        for event, at in history
    ]


PUT = watched(PUT_TO_THE_COUNCIL)
# the reply came two working days late; for a third party the decision stood still for five
TOOK_LONG = PUT + on("2026-03-18 11:00", ReplySent((), None, None, sealed(), REPLY))
TOOK_LONG += on("2026-03-23 10:00", ReplyReleased(0, None, DECIDE))
PAUSE = Paused(
    1,
    "waiting for a third party",
    "office/officer",
    "office/officer",
    date(2026, 3, 24),
    date(2026, 4, 9),
    (Held("decide", "", 9),),
    None,
)
GOES_ON = Resumed(1, "its time was up", date(2026, 3, 31), (Going("decide", "", DECIDE),))
PAUSED = TOOK_LONG + on("2026-03-24 10:00", PAUSE)
RESUMED = PAUSED + on("2026-03-31 10:00", GOES_ON)


def took(history: History, at: str) -> tuple[Took, ...]:
    (event,) = given(history).when(DAY, at=at).events()
    assert isinstance(event, LongTimeReached)
    return event.took


def is_watched(case: Case) -> bool:
    return case.owed("guard") is not None


def too_early(history: History, at: str) -> date:
    refused = given(history).when(DAY, at=at).then_refused("not taken so long")
    assert isinstance(refused, NotYet)
    return refused.until


@pytest.mark.parametrize(("volunteer_run", "limit"), [(False, 60), (True, 70)])
def test_from_acceptance_it_is_watched_how_long_it_takes(volunteer_run: bool, limit: int) -> None:
    register = {COUNCIL: Registered(volunteer_run=volunteer_run)}
    accept = Accept(OFFICER, said(), said())
    case = given(RECEIVED).when(accept, at="2026-03-02 09:30", register=register).then_case()
    guard = case.owed("guard")
    assert guard is not None
    assert (guard.owner, guard.term.limit) == (Seat.OFFICER, limit)


def test_nobody_owes_it_and_no_pause_and_no_request_reaches_it() -> None:
    case = given(PUT).case
    assert is_watched(case)
    assert [one.name for one in case.open_obligations] == ["reply"]
    paused = given(PUT).when(PauseClocks("waiting for a third party"), at="2026-03-04 10:00").then_case()
    assert paused.owed("guard").due == GUARD.due  # type: ignore[union-attr]
    for seat in (Seat.OFFICER, Seat.CHAMPION, Seat.RAISER):
        extended = can_be_extended(case, now("2026-03-04 10:00", seat=seat))
        assert "guard" not in {one.name for one in extended}


def test_at_its_date_both_sides_and_the_office_are_told_once() -> None:
    outcome = given(TOOK_LONG).when(DAY, at="2026-05-29 08:00")
    (event,) = outcome.events()
    assert isinstance(event, LongTimeReached)
    assert (event.day, event.since, event.days, event.paused) == (DAY.day, date(2026, 3, 2), 60, 0)
    case = outcome.then_case()
    assert not is_watched(case)
    assert case.clocks.long_time == event
    told = {one.to: one for one in notices_after(event, case)}
    assert list(told) == [Seat.CO_OFFICER, Seat.CHAIR, Seat.RAISER, Seat.CHAMPION, Seat.OFFICER]
    assert {one.name for one in told.values()} == {"long-time"}
    assert told[Seat.RAISER].facts["took"][0] == {"kind": "stage", "of": "early-resolution", "days": 15}
    assert AUDIENCE[LongTimeReached] is Audience.CASE
    given([*TOOK_LONG, (event, now("2026-05-29 08:00").at)]).when(DAY, at="2026-06-01 08:00").then_refused(
        "Nobody watches any more"
    )


def test_before_its_date_it_is_too_early() -> None:
    assert too_early(TOOK_LONG, "2026-05-28 08:00") == date(2026, 5, 29)


def test_pauses_put_it_off_by_their_working_days() -> None:
    # from Wednesday 25 to Tuesday 31 March: five working days
    assert too_early(RESUMED, "2026-05-29 08:00") == date(2026, 6, 5)
    assert too_early(RESUMED, "2026-06-04 08:00") == date(2026, 6, 5)
    (event,) = given(RESUMED).when(DAY, at="2026-06-05 08:00").events()
    assert isinstance(event, LongTimeReached)
    assert (event.on, event.days, event.paused) == (date(2026, 6, 5), 60, 5)


def test_while_a_pause_runs_no_day_counts() -> None:
    late = Paused(1, "other proceedings", "", "", date(2026, 5, 26), date(2026, 6, 23), (), None)
    history = TOOK_LONG + on("2026-05-26 10:00", replace(late, obligations=(Held("decide", "", 5),)))
    assert too_early(history, "2026-05-29 08:00") == date(2026, 6, 3)
    assert too_early(history, "2026-06-03 08:00") == date(2026, 6, 8)


def test_days_in_two_pauses_at_once_count_once_and_what_holds_chasing_only_is_none() -> None:
    other = replace(PAUSE, pause=2, reason="adjustment", on=date(2026, 3, 26))
    asked = replace(PAUSE, pause=3, reason="more time is asked for")
    both = PAUSED + on("2026-03-26 10:00", other, asked)
    both += on("2026-04-02 10:00", GOES_ON, replace(GOES_ON, pause=2, on=date(2026, 4, 2)))
    (event,) = given(both).when(DAY, at="2026-06-30 08:00").events()
    assert isinstance(event, LongTimeReached)
    assert event.paused == 7  # from 25 March to 2 April
    reasons = {one.of for one in event.took if one.kind == "pause"}
    assert reasons == {"waiting for a third party", "a longer limit applies"}  # never whose, nor why


def test_a_pause_that_was_recorded_in_error_counts_for_nothing() -> None:
    wrong = PAUSED + on("2026-03-25 10:00", PauseInError(9, 1, (Going("decide", "", DECIDE),), sealed()))
    (event,) = given(wrong).when(DAY, at="2026-05-29 08:00").events()
    assert isinstance(event, LongTimeReached)
    assert (event.days, event.paused) == (60, 0)


def test_it_says_what_took_the_time() -> None:
    more = Extended(1, "decide", "", replace(DECIDE, limit=4), "raiser/named", None, None)
    longer = AdjustmentRecorded("raiser", 5, (), (), sealed())
    goes_on = RaiserDecided("not", "go-on", None, Term(date(2026, 4, 20), 5, date(2026, 4, 27)))
    history = RESUMED + on("2026-04-01 10:00", more, longer) + on("2026-04-20 10:00", goes_on)
    assert took(history, "2026-06-05 08:00") == (
        Took("stage", "early-resolution", 15),
        Took("stage", "raiser-decides", 50),
        Took("pause", "waiting for a third party", 5),
        Took("more-time", "decide", 4),
        Took("longer-limit", "", None),
        Took("late-reply", "reply", 2),
    )


def test_no_reply_and_a_reply_in_time_by_post_are_told_as_they_are() -> None:
    assert Took("no-reply", "reply", 50) in took(PUT, "2026-05-29 08:00")
    came = ReplySent((), None, None, sealed(), REPLY, Came(date(2026, 3, 16), "paper", True))
    assert "late-reply" not in {
        one.kind for one in took(PUT + on("2026-03-18 11:00", came), "2026-05-29 08:00")
    }


def test_it_ends_with_senior_review_with_closing_and_when_the_raiser_leaves() -> None:
    decide = Term(date(2026, 5, 4), 10, date(2026, 5, 19))
    over = RESUMED + on("2026-05-04 10:00", DecisionAsked("senior-review", decide))
    assert not is_watched(given(over).case)
    assert is_watched(given(RESUMED).case)
    left = given(RESUMED).when(Withdraw(sure=True), at="2026-04-02 10:00").then_case()
    assert not is_watched(left)
    closes = RaiserDecided("settled", "close", None, Term(date(2026, 4, 20), 5, date(2026, 4, 27)))
    decided = RESUMED + on("2026-04-20 10:00", closes)
    assert is_watched(given(decided).case)
    ended = given(decided).when(Close("reply accepted", said()), at="2026-04-21 10:00").then_case()
    assert not is_watched(ended)


def test_it_begins_anew_where_a_case_is_opened_again() -> None:
    anew = Term(date(2026, 4, 20), 60, date(2026, 7, 15))
    again = CLOSED + on(
        "2026-04-20 10:00",
        Reopened("raiser-decides", None, None),
        TakenUpAgain(None, None, Term(date(2026, 4, 20), 10, date(2026, 5, 5)), guard=anew),
    )
    assert took(again, "2026-07-15 08:00") == (Took("stage", "raiser-decides", 60),)


def test_a_case_of_an_earlier_version_is_not_watched() -> None:
    assert not is_watched(given(PUT_TO_THE_COUNCIL).case)


@pytest.mark.parametrize(
    ("kind", "of", "days", "line"),
    [
        ("stage", "early-resolution", 1, "First talks: 1 working day."),
        ("pause", "other proceedings", 3, "Paused, other proceedings: 3 working days, not counted."),
        ("more-time", "reply", 3, "More time for the reply: 3 working days."),
        ("more-time", "decide", 3, "More time for the raiser’s decision: 3 working days."),
        ("longer-limit", "", None, "A longer limit applies."),
        ("late-reply", "reply", 2, "The reply came 2 working days after its date."),
        ("no-reply", "reply", 2, "No reply has come. Its date was 2 working days ago."),
    ],
)
def test_each_is_one_plain_line(kind: str, of: str, days: int | None, line: str) -> None:
    found = {"kind": kind, "of": of, "days": days}
    assert sentence(found, {"early-resolution": "First talks"}) == line
