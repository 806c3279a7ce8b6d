"""A mediation of two cases once somebody leaves it: who is asked, by when, and who hears of it."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.audience import Audience
from compact_cases.rules.case import evolve
from compact_cases.rules.events.mediation import (
    MediationEnded,
    SessionCancelled,
)
from compact_cases.rules.events.together import (
    AnotherLeft,
    GoOnAnswered,
    GoOnUnanswered,
    NameWithdrawn,
    SharedNoMore,
)
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.mediating import PartyTerm
from compact_cases.rules.mediation_ends import EndMediation, LeaveMediation
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from compact_cases.rules.together import RecordNoGoOn, SayGoOn
from tests.builders import now
from tests.rules.test_together import agreed, fixed, mediated, owed, proposed
from tests.rules.test_told_together import alone, caught_up, readers_of, told_of
from tests.rules.two_cases import FIRST, MARA, SECOND

IN_THREE = Term(date(2026, 3, 25), 3, date(2026, 3, 30))
LEAVES = LeaveMediation("respondent", sure=True)
GO_ON = tuple(PartyTerm(one, IN_THREE) for one in ("raiser", "respondent"))


# --- one leaves -------------------------------------------------------------------------------------------


def test_who_remain_are_asked_within_three_days_and_officer_and_mediator_know() -> None:
    two = mediated()
    alone(two, SECOND, LEAVES, "2026-03-25 10:00")
    (event,) = caught_up(two, FIRST, "2026-03-25 10:00")
    assert event == AnotherLeft(GO_ON)
    facts = {"obligation": "go-on", "due": "2026-03-30"}
    assert told_of(two, FIRST, event) == [
        Notice("go-on", Seat.RAISER, {**facts, "item": "raiser"}, Rest.OWED),
        Notice("go-on", Seat.CHAMPION, {**facts, "item": "respondent"}, Rest.OWED),
        Notice("go-on", Seat.OFFICER, facts),
        Notice("go-on", Seat.MEDIATOR, facts),
    ]
    part = two.first.mediation
    assert (part.together, part.leads, part.shared, part.led) == (None, True, SECOND, True)


def test_without_a_mediator_only_the_officer_knows_beside_those_who_are_asked() -> None:
    two = agreed()
    alone(two, SECOND, LEAVES, "2026-03-25 10:00")
    (event,) = caught_up(two, FIRST, "2026-03-25 10:00")
    assert [one.to for one in told_of(two, FIRST, event)] == [Seat.RAISER, Seat.CHAMPION, Seat.OFFICER]


def test_what_was_arranged_with_who_left_is_called_off_where_it_was_not_led() -> None:
    two = mediated()
    fixed(two)
    alone(two, FIRST, LEAVES, "2026-03-25 10:00")
    assert caught_up(two, SECOND, "2026-03-25 10:00") == [AnotherLeft(GO_ON), SessionCancelled(1, 1)]
    part = two.second.mediation
    assert (part.together, part.leads, part.shared, part.led) == (None, True, FIRST, False)
    two = proposed()
    alone(two, FIRST, LEAVES, "2026-03-25 10:00")
    assert caught_up(two, SECOND, "2026-03-25 10:00") == [AnotherLeft(GO_ON), NameWithdrawn(MARA)]
    officers = [one for one in told_of(two, SECOND, NameWithdrawn(MARA)) if one.name == "name-refused"]
    assert [one.facts["alone"] for one in officers] == [True]  # nobody has refused it
    assert owed(two.second) == {("go-on", "raiser"), ("go-on", "respondent"), ("appoint", "")}


@pytest.mark.parametrize("with_", ["both", "raiser", "respondent", "other"])
@pytest.mark.parametrize("leaves", [FIRST, SECOND])
def test_who_was_to_come_to_a_session_that_is_off_hears_it_once_and_nobody_else(
    leaves: UUID, with_: str
) -> None:
    """The raiser and the mediator are invited by the case that leads, and by no other one."""
    two = mediated()
    two.told = []
    fixed(two, with_=with_)
    invited = {which: [seat for name, seat in two.letters(which)] for which in (FIRST, SECOND)}
    two.do(leaves, LEAVES, "2026-03-24 10:00")
    stands = two.first.mediation.ahead(now("2026-03-24 10:00").at)
    assert two.second.mediation.ahead(now("2026-03-24 10:00").at) == ()
    off = {
        which: [seat for name, seat in two.letters(which) if name == "session-cancelled"]
        for which in (FIRST, SECOND)
    }
    if stands:  # only the body of the other case has left
        assert (leaves, with_ == "other") == (SECOND, False)
        invited[FIRST] = []
    assert off == invited


def test_where_the_other_is_settled_nobody_is_asked_and_all_hear_that_it_goes_on() -> None:
    two = mediated()
    alone(two, SECOND, EndMediation("settled"), "2026-04-01 10:00", seat=Seat.MEDIATOR)
    (event,) = caught_up(two, FIRST, "2026-04-01 10:00")
    assert event == SharedNoMore()
    assert told_of(two, FIRST, event) == [
        Notice("goes-on", seat) for seat in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER, Seat.MEDIATOR)
    ]


def test_the_last_yes_is_told_to_all_and_the_first_to_nobody() -> None:
    two = mediated()
    two.do(SECOND, LEAVES, "2026-03-25 10:00")
    (first,) = alone(two, FIRST, SayGoOn("", True), "2026-03-26 10:00", seat=Seat.CHAMPION)
    assert first == GoOnAnswered("respondent", True)
    assert told_of(two, FIRST, first) == []
    (last,) = alone(two, FIRST, SayGoOn("raiser", True), "2026-03-26 11:00")
    assert last == GoOnAnswered("raiser", True)
    assert [one.to for one in told_of(two, FIRST, last)] == [
        Seat.RAISER,
        Seat.CHAMPION,
        Seat.OFFICER,
        Seat.MEDIATOR,
    ]


def test_a_no_and_silence_end_it_and_nobody_hears_that_it_goes_on() -> None:
    for command, said_so in (
        (SayGoOn("raiser", False), GoOnAnswered("raiser", False)),
        (RecordNoGoOn("raiser", date(2026, 3, 31)), GoOnUnanswered("raiser", date(2026, 3, 31))),
    ):
        two = mediated()
        two.do(SECOND, LEAVES, "2026-03-25 10:00")
        seat = Seat.SYSTEM if isinstance(command, RecordNoGoOn) else Seat.OFFICER
        events = alone(two, FIRST, command, "2026-03-31 08:00", seat=seat)
        assert events[0] == said_so
        assert [one.ending for one in events if isinstance(one, MediationEnded)] == ["a party left"]
        assert "goes-on" not in [one.name for event in events for one in told_of(two, FIRST, event)]
        assert (
            alone(
                two,
                FIRST,
                RecordNoGoOn("respondent", date(2026, 3, 31)),
                "2026-03-31 09:00",
                seat=Seat.SYSTEM,
            )
            == []
        )


def test_each_says_it_for_themselves_and_once() -> None:
    two = mediated()
    two.do(SECOND, LEAVES, "2026-03-25 10:00")
    for command, seat in (
        (SayGoOn("raiser", True), Seat.CHAMPION),
        (SayGoOn("other", True), Seat.OFFICER),
    ):
        with pytest.raises(Refused, match="for which side") as refused:
            alone(two, FIRST, command, "2026-03-26 10:00", seat=seat)
        assert refused.value.field == "party"
    two.do(FIRST, SayGoOn("respondent", True), "2026-03-26 10:00")
    with pytest.raises(Refused, match="not asked whether to go on") as refused:
        alone(two, FIRST, SayGoOn("respondent", True), "2026-03-26 11:00")
    assert refused.value.field == "party"
    with pytest.raises(Refused, match="You are not asked"):
        alone(two, FIRST, SayGoOn("", True), "2026-03-26 11:00", seat=Seat.CHAMPION)


def test_what_a_side_says_of_going_on_is_for_it_and_the_officers() -> None:
    for party, readers in (
        ("raiser", Audience.RAISER_AND_OFFICERS),
        ("respondent", Audience.RESPONDENT_AND_OFFICERS),
    ):
        assert readers_of(GoOnAnswered(party, True)) is readers
        assert readers_of(GoOnUnanswered(party, date(2026, 3, 31))) is readers
    assert readers_of(NameWithdrawn(MARA)) is Audience.CASE
    assert readers_of(SharedNoMore()) is Audience.CASE


def test_how_a_question_ended_is_kept_with_whose_it_was() -> None:
    two = mediated()
    two.do(SECOND, LEAVES, "2026-03-25 10:00")
    at = now("2026-03-26 10:00").at
    for event, how in (
        (GoOnAnswered("raiser", True), "answered"),
        (GoOnUnanswered("raiser", date(2026, 3, 31)), "no answer"),
    ):
        case = evolve(two.first, event, at)
        ended = {one.item: one.ended_how for one in case.obligations if one.name == "go-on"}
        assert ended == {"raiser": how, "respondent": None}


def test_what_is_followed_is_the_case_that_was_named() -> None:
    two = mediated()
    alone(two, SECOND, LEAVES, "2026-03-25 10:00")
    assert alone(two, FIRST, FollowMediation(FIRST), "2026-03-25 10:00", seat=Seat.SYSTEM) == []
    assert alone(two, FIRST, FollowMediation(SECOND), "2026-03-25 10:00", seat=Seat.SYSTEM, other=None) == []
