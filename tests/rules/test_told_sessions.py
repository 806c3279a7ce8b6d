"""Who is told of a session and of its being off; what ends a mediation, who hears that, what goes on then."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import act_of
from compact_cases.rules.appointing import ChangeMediator
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.mediation import (
    SessionAnswered,
    SessionCancelled,
    SessionFixed,
    SessionProposed,
)
from compact_cases.rules.mediating import PartyTerm, SessionDate
from compact_cases.rules.mediation import AskForMediation
from compact_cases.rules.mediation_ends import (
    EndMediation,
    LeaveMediation,
)
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from compact_cases.rules.terms import Term
from tests.builders import RELEASED, History, confidential, given, said
from tests.rules.test_review import then
from tests.rules.test_told_mediation import (
    APPOINTED,
    ASKED_ON,
    BOTH,
    MEDIATING,
    fact,
    who_owes,
)

ALL = (*BOTH, Seat.MEDIATOR)
DAYS = ProposeSession((date(2026, 4, 8), date(2026, 4, 9)), ("10:00", "14:30"), "both")
PROPOSED = then(APPOINTED, DAYS, "2026-03-27 10:00", **MEDIATING)
FIX = FixSession(date(2026, 4, 9), "14:30", False, "both", said("Stroud library"), said("A ramp"))
FIXED = then(PROPOSED, FIX, "2026-03-31 10:00", **MEDIATING)
APART = then(APPOINTED, replace(FIX, with_="raiser"), "2026-03-31 10:00", **MEDIATING)
NOW_IT_ENDS = "2026-04-01 10:00"
OFF = {"session": 1, "number": 1}
DECIDE = Term(date(2026, 4, 1), 10, date(2026, 4, 17))


MORGAN = given(FIXED).case.mediation.mediator


def off(seats: tuple[Seat, ...] = ALL, *, gone: bool = False, rest: Rest = Rest.ALWAYS) -> list[Notice]:
    """To the mediator as the person in whose calendar it stands, whoever follows them."""
    return [
        Notice("session-cancelled", seat, OFF | ({"gone": True} if gone else {}), rest, True, MORGAN)
        if seat is Seat.MEDIATOR
        else Notice("session-cancelled", seat, OFF, rest, confirms=True)
        for seat in seats
    ]


def told_off(history: History, command: Any, at: str, **known: Any) -> list[Notice]:
    return [
        one for one in given(history).when(command, at=at, **known).told() if one.name == "session-cancelled"
    ]


# --- a day is found ---------------------------------------------------------------------------------------


def test_each_side_is_asked_on_which_of_the_days_it_can_come() -> None:
    outcome = given(APPOINTED).when(DAYS, at="2026-03-27 10:00", **MEDIATING)
    by = Term(date(2026, 3, 27), 3, date(2026, 4, 1))
    days = (SessionDate(date(2026, 4, 8), "10:00"), SessionDate(date(2026, 4, 9), "14:30"))
    case = outcome.then(SessionProposed(1, days, (PartyTerm("raiser", by), PartyTerm("respondent", by))))
    assert who_owes(case, "session", "raiser") == (Seat.RAISER, Seat.MEDIATOR)
    outcome.then_told(
        Notice("session-proposed", Seat.RAISER, fact("session", "2026-04-01", item="raiser"), Rest.OWED),
        Notice(
            "session-proposed", Seat.CHAMPION, fact("session", "2026-04-01", item="respondent"), Rest.OWED
        ),
    )
    longer = given(APPOINTED).when(DAYS, at="2026-03-27 10:00", longer={Side.RAISER: 2}, **MEDIATING)
    assert [one.facts["due"] for one in longer.told()] == ["2026-04-07", "2026-04-01"]


def test_one_side_alone_is_asked_where_it_is_seen_alone() -> None:
    alone = given(APPOINTED).when(replace(DAYS, with_="respondent"), at="2026-03-27 10:00", **MEDIATING)
    assert [one.to for one in alone.told()] == [Seat.CHAMPION]
    hidden = given(confidential(APPOINTED)).when(DAYS, at="2026-03-27 10:00", **MEDIATING)
    assert act_of(DAYS).choices(hidden.case, hidden.now) == {"with_": ("both", "raiser", "respondent")}
    asks = AskForMediation("respondent")
    apart = given(confidential(RELEASED)).when(asks, at=ASKED_ON).then_case()
    apart = replace(apart, mediation=replace(apart.mediation, apart=True))
    assert act_of(DAYS).choices(apart, hidden.now) == {"with_": ("raiser", "respondent")}


@pytest.mark.parametrize(
    ("command", "words", "field"),
    [
        (ProposeSession((), (), "both"), "one day, two or three", "days.0.on"),
        (
            ProposeSession((date(2026, 4, 8),), ("10:00", "11:00"), "both"),
            "one day, two or three",
            "days.0.on",
        ),
        (
            ProposeSession(tuple(date(2026, 4, day) for day in (7, 8, 9, 10)), ("10:00",) * 4, "both"),
            "one day, two or three",
            "days.0.on",
        ),
        (replace(DAYS, with_="board"), "with whom", "with_"),
        (replace(DAYS, on=(date(2026, 4, 8), date(2026, 3, 27))), "after today", "days.1.on"),
        (replace(DAYS, on=(date(2026, 5, 13), date(2026, 4, 9))), "later than Tuesday 12 May", "days.0.on"),
        (replace(DAYS, on=(date(2026, 4, 8), date(2026, 4, 6))), "no working day", "days.1.on"),
        (replace(DAYS, times=("10:00", "half past")), "like 14:30", "days.1.time"),
        (replace(FIX, with_=""), "with whom", "with_"),
        (replace(FIX, on=date(2026, 3, 27)), "after today", "on"),
        (replace(FIX, on=date(2026, 4, 11)), "no working day", "on"),
        (replace(FIX, time="25:00"), "like 14:30", "time"),
        (replace(FIX, place=said(" ")), "where it is", "place"),
    ],
)
def test_a_day_that_will_not_do_is_refused_at_its_field(command: Any, words: str, field: str) -> None:
    refused = given(APPOINTED).when(command, at="2026-03-27 10:00", **MEDIATING).then_refused(words)
    assert refused.field == field


def test_the_last_day_and_three_days_will_do() -> None:
    last = ProposeSession((date(2026, 5, 12), date(2026, 3, 30), date(2026, 4, 7)), ("10:00",) * 3, "both")
    given(APPOINTED).when(last, at="2026-03-27 10:00", **MEDIATING).then_case()


def test_the_mediator_hears_that_a_side_has_answered_and_its_needs_are_its_own() -> None:
    ours, theirs = said("No steps."), said("A hearing loop.")
    for party, item in (("raiser", "respondent"), ("respondent", "raiser")):
        command = AnswerSession(party, (1, 0, 1), ours, theirs)
        outcome = given(PROPOSED).when(command, at="2026-03-30 10:00")
        needs = command.of_raiser if party == "raiser" else command.of_respondent
        assert needs
        case = outcome.then(SessionAnswered(1, party, (0, 1), needs.sealed()))
        assert {one.item for one in case.open_obligations if one.name == "session"} == {item}
        outcome.then_told(Notice("session-answered", Seat.MEDIATOR))


def test_the_answers_of_both_sides_are_kept_side_by_side() -> None:
    one = then(PROPOSED, AnswerSession("raiser", (0,)), "2026-03-30 10:00")
    case = given(one).when(AnswerSession("respondent", (1,)), at="2026-03-30 11:00").then_case()
    (session,) = case.mediation.sessions
    assert [(each.party, each.can) for each in session.answers] == [("raiser", (0,)), ("respondent", (1,))]


def test_none_of_the_days_is_an_answer_and_blank_needs_are_none() -> None:
    mine = AnswerSession("", (), said(" "))
    outcome = given(PROPOSED).when(mine, at="2026-03-30 10:00", seat=Seat.RAISER)
    outcome.then(SessionAnswered(1, "raiser", (), None))


@pytest.mark.parametrize(
    ("command", "by", "words", "field"),
    [
        (AnswerSession("raiser", (0,)), Seat.CHAMPION, "for which side", "party"),
        (AnswerSession("", (0,)), Seat.OFFICER, "for which side", "party"),
        (AnswerSession("board", (0,)), Seat.OFFICER, "for which side", "party"),
        (AnswerSession("raiser", (2,)), Seat.OFFICER, "among the days", "can"),
        (AnswerSession("raiser", (-1,)), Seat.OFFICER, "among the days", "can"),
    ],
)
def test_an_answer_is_of_ones_own_side_and_among_the_days(
    command: AnswerSession, by: Seat, words: str, field: str
) -> None:
    refused = given(PROPOSED).when(command, at="2026-03-30 10:00", seat=by).then_refused(words)
    assert refused.field == field


def test_who_has_answered_or_is_not_asked_cannot_answer() -> None:
    one = then(PROPOSED, AnswerSession("raiser", (0,)), "2026-03-30 10:00")
    again = given(one).when(AnswerSession("", (1,)), at="2026-03-30 11:00", seat=Seat.RAISER)
    again.then_refused("not asked about a session")
    theirs = given(one).when(AnswerSession("raiser", (1,)), at="2026-03-30 11:00")
    assert theirs.then_refused("This side is not asked").field == "party"


def test_who_comes_has_the_day_and_the_hour_in_their_calendar_and_the_number_of_this_word_on_it() -> None:
    outcome = given(PROPOSED).when(FIX, at="2026-03-31 10:00", **MEDIATING)
    assert FIX.needs
    kept = (FIX.place.sealed(), FIX.needs.sealed())
    case = outcome.then(SessionFixed(1, 0, date(2026, 4, 9), "14:30", False, *kept, ("raiser", "respondent")))
    assert case.mediation.said == 1
    assert not any(one.name == "session" for one in case.open_obligations)
    facts = {"session": 1, "number": 0, "on": "2026-04-09", "time": "14:30"}
    outcome.then_told(*(Notice("session-fixed", seat, facts, confirms=True) for seat in ALL))
    one_side = given(PROPOSED).when(replace(FIX, with_="respondent"), at="2026-03-31 10:00", **MEDIATING)
    assert [one.to for one in one_side.told()] == [Seat.CHAMPION, Seat.MEDIATOR]


def test_another_day_is_of_the_same_session_until_it_is_held_and_of_the_next_one_after_it() -> None:
    other = replace(FIX, on=date(2026, 4, 16), online=True)
    (moved,) = given(FIXED).when(other, at="2026-04-09 14:29", **MEDIATING).events()
    assert isinstance(moved, SessionFixed)
    assert (moved.number, moved.said, moved.online) == (1, 1, True)
    (second,) = given(FIXED).when(other, at="2026-04-09 16:00", **MEDIATING).events()
    assert isinstance(second, SessionFixed)
    assert (second.number, second.said) == (2, 1)
    (days,) = (
        given(FIXED)
        .when(replace(DAYS, on=DAYS.on[:1], times=("10:00",)), at="2026-04-01 10:00", **MEDIATING)
        .events()
    )
    assert isinstance(days, SessionProposed)
    assert days.number == 2


# --- it is off --------------------------------------------------------------------------------------------


def test_who_would_have_come_hears_that_it_is_off() -> None:
    outcome = given(FIXED).when(CancelSession(), at=NOW_IT_ENDS, **MEDIATING)
    case = outcome.then(SessionCancelled(1, 1))
    assert (case.mediation.said, case.mediation.ahead(outcome.now.at)) == (2, ())
    outcome.then_told(*off(rest=Rest.OPEN))
    alone = given(APART).when(CancelSession(), at=NOW_IT_ENDS, **MEDIATING)
    assert [one.to for one in alone.told()] == [Seat.RAISER, Seat.MEDIATOR]
    given(FIXED).when(CancelSession(), at="2026-04-09 14:30", **MEDIATING).then_refused("No session is ahead")
    given(PROPOSED).when(CancelSession(), at=NOW_IT_ENDS, **MEDIATING).then_refused("No session is ahead")


@pytest.mark.parametrize(
    ("command", "by"),
    [
        (ChangeMediator("ill"), Seat.MEDIATOR),
        (EndMediation("not settled"), Seat.MEDIATOR),
        (LeaveMediation("", True), Seat.RAISER),
        (Decide("settled"), Seat.RAISER),
        (Withdraw(sure=True), Seat.RAISER),
    ],
)
def test_whatever_ends_it_takes_the_sessions_that_are_ahead_out_of_every_calendar(
    command: Any, by: Seat
) -> None:
    """The raiser’s own word once ended it without: the mediator and the other side would have come."""
    gone = isinstance(command, ChangeMediator)
    assert told_off(FIXED, command, NOW_IT_ENDS, seat=by) == off(gone=gone)
    assert told_off(APART, command, NOW_IT_ENDS, seat=by) == off((Seat.RAISER, Seat.MEDIATOR), gone=gone)
    assert told_off(FIXED, command, "2026-04-09 14:29", seat=by) == off(gone=gone)
    assert told_off(FIXED, command, "2026-04-09 14:30", seat=by) == []  # it has begun
    case = given(FIXED).when(command, at="2026-04-09 16:00", seat=by).then_case()
    assert [one.cancelled for one in case.mediation.sessions] == [False]  # it was held


def test_what_was_off_already_is_not_called_off_once_more() -> None:
    cancelled = then(FIXED, CancelSession(), NOW_IT_ENDS, **MEDIATING)
    assert told_off(cancelled, EndMediation("not settled"), "2026-04-02 10:00", **MEDIATING) == []
    gone = then(FIXED, ChangeMediator("ill"), NOW_IT_ENDS, **MEDIATING)
    assert told_off(gone, Withdraw(sure=True), "2026-04-02 10:00") == []


def test_days_that_are_only_proposed_are_off_too_and_nobody_has_them_in_a_calendar() -> None:
    outcome = given(PROPOSED).when(ChangeMediator("ill"), at=NOW_IT_ENDS, **MEDIATING)
    case = outcome.then_case()
    assert [one.cancelled for one in case.mediation.sessions] == [True]
    assert not any(one.name == "session" for one in case.open_obligations)
    assert told_off(PROPOSED, ChangeMediator("ill"), NOW_IT_ENDS, **MEDIATING) == []
