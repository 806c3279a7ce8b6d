"""What one case makes of the other's mediation, event by event, and who hears of it with which date."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.appointing import AnswerName, ChangeMediator, DeclareInterest, ProposeMediator
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import evolve, replay
from compact_cases.rules.events import AUDIENCE, Event
from compact_cases.rules.events.mediation import (
    ConsentAnswered,
    MediationAsked,
    MediationEnded,
    MediationExtended,
    MediatorAppointed,
    MediatorAsked,
    MediatorGone,
    MediatorProposed,
    SessionAnswered,
    SessionCancelled,
    SessionFixed,
    SessionProposed,
)
from compact_cases.rules.events.together import (
    AnotherLeft,
    GoOnAnswered,
    GoOnUnanswered,
    MediationShared,
    NameWithdrawn,
    SharedNoMore,
)
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.mediating import PartyTerm, SessionDate
from compact_cases.rules.mediation import AnswerMediation
from compact_cases.rules.mediation_ends import EndMediation, ExtendMediation, LeaveMediation
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from compact_cases.rules.terms import Term
from compact_cases.rules.together import AskTogether, RecordNoGoOn, SayGoOn, TakeTogether
from tests.builders import RELEASED, another, now, said
from tests.rules.test_together import agreed, asked, fixed, mediated, owed, proposed
from tests.rules.two_cases import FIRST, LISTED, MARA, OF, SECOND, TOM, Two

DAYS = ProposeSession((date(2026, 3, 31),), ("10:00",), "both")
IN_FIVE = Term(date(2026, 3, 13), 5, date(2026, 3, 20))
IN_THREE = Term(date(2026, 3, 25), 3, date(2026, 3, 30))
LEAVES = LeaveMediation("respondent", sure=True)
GO_ON = tuple(PartyTerm(one, IN_THREE) for one in ("raiser", "respondent"))


def alone(two: Two, which: UUID, command: object, at: str, **known: object) -> list[Event]:
    """In one case only: the other has not caught up."""
    return two.one(which, command, at, **known)


def caught_up(two: Two, which: UUID, at: str) -> list[Event]:
    """What this case makes of the other one, and then nothing more."""
    events = two.one(which, FollowMediation(OF[which]), at, seat=Seat.SYSTEM)
    assert two.one(which, FollowMediation(OF[which]), at, seat=Seat.SYSTEM) == []
    return events


def readers_of(event: Event) -> Audience:
    found = AUDIENCE[type(event)]
    return found if isinstance(found, Audience) else found(event)


def told_of(two: Two, which: UUID, event: Event) -> list[Notice]:
    return list(notices_after(event, two.cases[which]))


# --- two cases are asked ----------------------------------------------------------------------------------


def test_the_case_that_leads_asks_both_its_sides_and_the_other_its_respondent() -> None:
    two = Two()
    first = alone(two, FIRST, AskTogether(SECOND, agreed=True), "2026-03-13 11:00")
    second = alone(two, SECOND, TakeTogether(FIRST), "2026-03-13 11:00")
    both = tuple(PartyTerm(one, IN_FIVE) for one in ("raiser", "respondent"))
    assert first == [
        MediationAsked("officer", both, False, None, None, False),
        MediationShared(SECOND, True, 0),
    ]
    assert second == [
        MediationAsked("officer", both[1:], False, None, None, False),
        MediationShared(FIRST, False, 0),
    ]


def test_small_bodies_have_ten_days_to_say_whether_they_want_it() -> None:
    two = Two()
    small = frozenset({Side.RAISER, Side.RESPONDENT})
    for which, command in ((FIRST, AskTogether(SECOND, agreed=True)), (SECOND, TakeTogether(FIRST))):
        (asks, _) = alone(two, which, command, "2026-03-13 11:00", small_sides=small)
        assert isinstance(asks, MediationAsked)
        assert {one.term.limit for one in asks.asked} == {10}


def test_two_cases_of_two_concerns_have_no_mediation_together() -> None:
    two = Two()
    two.cases[SECOND] = replay([*another(RELEASED)][:0])
    with pytest.raises(Refused, match="which case it is") as refused:
        alone(two, FIRST, AskTogether(SECOND, agreed=True), "2026-03-13 11:00")
    assert refused.value.field == "other"
    two = Two()
    with pytest.raises(Refused, match="this very case") as refused:
        alone(two, FIRST, AskTogether(FIRST, agreed=True), "2026-03-13 11:00", other=two.first)
    assert refused.value.field == "other"


def test_what_opened_the_two_cases_is_one_concern_and_the_raiser_is_asked_first() -> None:
    two = Two()
    two.cases[SECOND] = replace(two.second, intake=replace(two.second.intake, concern=UUID(int=9)))
    for command, words, field in (
        (AskTogether(SECOND, agreed=True), r"^One mediation can serve", "other"),
        (AskTogether(SECOND, agreed=False), r"^One mediation can serve", "other"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            alone(two, FIRST, command, "2026-03-13 11:00")
        assert refused.value.field == field
    with pytest.raises(Refused, match=r"^Please ask the raiser first") as refused:
        alone(Two(), FIRST, AskTogether(SECOND, agreed=False), "2026-03-13 11:00")
    assert refused.value.field == "agreed"


def test_each_side_reads_only_its_own_question_whether_to_go_on() -> None:
    two = mediated()
    two.do(SECOND, LEAVES, "2026-03-25 10:00")
    two.do(FIRST, SayGoOn("raiser", True), "2026-03-26 10:00")
    with pytest.raises(Refused, match=r"^You are not asked"):
        alone(two, FIRST, SayGoOn("raiser", True), "2026-03-26 11:00", seat=Seat.RAISER)
    alone(two, FIRST, SayGoOn("respondent", True), "2026-03-26 11:00", seat=Seat.CHAMPION)


def test_the_raisers_yes_is_the_yes_of_both_with_what_they_allow() -> None:
    two = asked()
    alone(two, FIRST, AnswerMediation("raiser", True, papers=True), "2026-03-16 10:00")
    assert caught_up(two, SECOND, "2026-03-16 10:00") == [
        ConsentAnswered("raiser", True, False, True, None, None)
    ]


# --- a mediator -------------------------------------------------------------------------------------------


def test_a_name_is_put_to_the_other_respondent_with_three_days() -> None:
    two = agreed()
    alone(two, FIRST, ProposeMediator(MARA, "public-body"), "2026-03-18 10:00")
    (event,) = caught_up(two, SECOND, "2026-03-18 10:00")
    assert isinstance(event, MediatorProposed)
    assert (event.mediator, event.pays, event.despite) == (MARA, "public-body", None)
    assert [(one.party, one.term) for one in event.names] == [
        ("respondent", two.first.owed("name", "respondent").term)  # type: ignore[union-attr]
    ]


def test_a_name_that_the_other_respondent_refuses_is_taken_back_and_the_officer_looks_again() -> None:
    two = proposed()
    alone(two, SECOND, AnswerName("respondent", False), "2026-03-19 10:00")
    (event,) = caught_up(two, FIRST, "2026-03-19 10:00")
    assert event == NameWithdrawn(MARA)
    due = two.first.owed("appoint").term.due  # type: ignore[union-attr]
    facts = {"obligation": "appoint", "due": due.isoformat()}
    assert told_of(two, FIRST, event) == [Notice("name-refused", Seat.OFFICER, facts)]
    assert told_of(two, SECOND, event) == []


def test_the_mediator_is_asked_once_the_last_of_three_has_said_yes() -> None:
    two = proposed()
    alone(two, FIRST, AnswerName("raiser", True), "2026-03-19 10:00")
    alone(two, FIRST, AnswerName("respondent", True), "2026-03-19 10:00")
    assert caught_up(two, FIRST, "2026-03-19 10:00") == []
    alone(two, SECOND, AnswerName("respondent", True), "2026-03-19 11:00")
    (event,) = caught_up(two, FIRST, "2026-03-19 11:00")
    assert isinstance(event, MediatorAsked)
    assert event.mediator == MARA


def test_whoever_is_appointed_or_has_more_time_or_is_gone_is_so_in_the_other_case() -> None:
    two = proposed()
    for which, party in ((FIRST, "raiser"), (SECOND, "respondent"), (FIRST, "respondent")):
        two.do(which, AnswerName(party, True), "2026-03-19 10:00")
    appointed = alone(two, FIRST, DeclareInterest(False), "2026-03-20 10:00", seat=Seat.MEDIATOR)
    assert caught_up(two, SECOND, "2026-03-20 10:00") == appointed
    assert isinstance(appointed[0], MediatorAppointed)
    longer = ExtendMediation(date(2026, 5, 20), agreed=True)
    extended = alone(two, FIRST, longer, "2026-04-01 10:00", seat=Seat.MEDIATOR)
    assert isinstance(extended[0], MediationExtended)
    assert caught_up(two, SECOND, "2026-04-01 10:00") == extended
    alone(two, FIRST, ChangeMediator("ill"), "2026-04-02 10:00", seat=Seat.MEDIATOR)
    (gone,) = caught_up(two, SECOND, "2026-04-02 10:00")
    appoint = two.first.owed("appoint")
    assert appoint is not None
    assert gone == MediatorGone(MARA, "other", appoint.term)


def test_a_mediator_with_a_conflict_is_gone_for_that_and_another_name_comes() -> None:
    two = mediated()
    two.do(FIRST, DeclareInterest(True), "2026-04-02 10:00", seat=Seat.MEDIATOR)
    assert MARA in two.second.mediation.refused_names
    alone(two, FIRST, ProposeMediator(TOM, "both"), "2026-04-03 10:00", mediators=LISTED)
    (event,) = caught_up(two, SECOND, "2026-04-03 10:00")
    assert isinstance(event, MediatorProposed)
    assert event.mediator == TOM


def test_a_longer_limit_of_the_respondent_counts_for_the_name_too() -> None:
    two = agreed()
    longer = {Side.RESPONDENT: 2}
    alone(two, FIRST, ProposeMediator(MARA, "both"), "2026-03-18 10:00", longer=longer)
    events = alone(two, SECOND, FollowMediation(FIRST), "2026-03-18 10:00", seat=Seat.SYSTEM, longer=longer)
    assert isinstance(events[0], MediatorProposed)
    here = two.first.owed("name", "respondent")
    assert here is not None
    assert events[0].names[0].term == here.term
    assert here.term.limit == two.first.owed("name", "raiser").term.limit + 2  # type: ignore[union-attr]


# --- sessions ---------------------------------------------------------------------------------------------


def test_days_are_put_to_the_other_respondent_and_again_only_where_they_change() -> None:
    two = mediated()
    alone(two, FIRST, DAYS, "2026-03-23 10:00", seat=Seat.MEDIATOR)
    (event,) = caught_up(two, SECOND, "2026-03-23 10:00")
    assert isinstance(event, SessionProposed)
    assert (event.number, event.dates) == (1, (SessionDate(date(2026, 3, 31), "10:00"),))
    term = two.first.owed("session", "respondent").term  # type: ignore[union-attr]
    assert event.asked == (PartyTerm("respondent", term),)


def test_what_the_other_respondent_says_of_the_days_is_copied_and_changed_where_they_change_it() -> None:
    two = mediated()
    two.do(FIRST, DAYS, "2026-03-23 10:00", seat=Seat.MEDIATOR)
    answers = AnswerSession("respondent", (0,), of_respondent=said("no steps"))
    alone(two, SECOND, answers, "2026-03-24 10:00")
    assert answers.of_respondent is not None
    needs = answers.of_respondent
    assert caught_up(two, FIRST, "2026-03-24 10:00") == [SessionAnswered(1, "other", (0,), needs.sealed())]
    two.do(FIRST, AnswerSession("respondent", ()), "2026-03-24 11:00")
    assert caught_up(two, FIRST, "2026-03-24 11:00") == []
    assert {one.party: one.can for one in two.first.mediation.session(1).answers} == {
        "other": (0,),
        "respondent": (),
    }


def test_a_fixed_session_is_the_same_in_both_and_told_anew_only_where_it_moves() -> None:
    two = mediated()
    fixes = FixSession(date(2026, 3, 31), "14:30", True, "both", said("A link"))
    alone(two, FIRST, fixes, "2026-03-23 10:00", seat=Seat.MEDIATOR)
    (event,) = caught_up(two, SECOND, "2026-03-23 10:00")
    assert event == SessionFixed(
        1,
        0,
        date(2026, 3, 31),
        "14:30",
        True,
        fixes.place.sealed(),
        None,
        ("raiser", "other", "respondent"),
    )
    assert told_of(two, SECOND, event)[0].to is Seat.CHAMPION
    alone(two, FIRST, CancelSession(), "2026-03-24 10:00", seat=Seat.MEDIATOR)
    assert caught_up(two, SECOND, "2026-03-24 10:00") == [SessionCancelled(1, 1)]


def test_more_time_and_another_session_come_over_in_one_step() -> None:
    two = mediated()
    fixed(two)
    longer = ExtendMediation(date(2026, 5, 20), agreed=True)
    alone(two, FIRST, longer, "2026-04-01 10:00", seat=Seat.MEDIATOR)
    second = FixSession(date(2026, 5, 12), "10:00", False, "both", said("Stroud library"))
    alone(two, FIRST, second, "2026-04-01 11:00", seat=Seat.MEDIATOR)
    extended, session = caught_up(two, SECOND, "2026-04-01 11:00")
    assert isinstance(extended, MediationExtended)
    assert isinstance(session, SessionFixed)
    assert (session.number, session.on, session.said) == (2, date(2026, 5, 12), 1)


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
    assert owed(two.second) == {("go-on", "raiser"), ("go-on", "respondent"), ("appoint", "")}


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
