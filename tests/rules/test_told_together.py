"""What one case makes of the other's mediation, event by event, and who hears of it with which date."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.appointing import AnswerName, ChangeMediator, DeclareInterest, ProposeMediator
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import replay
from compact_cases.rules.events import AUDIENCE, Event
from compact_cases.rules.events.mediation import (
    ConsentAnswered,
    MediationAsked,
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
    MediationShared,
    NameWithdrawn,
)
from compact_cases.rules.following import FollowMediation
from compact_cases.rules.mediating import PartyTerm, SessionDate
from compact_cases.rules.mediation import AnswerMediation
from compact_cases.rules.mediation_ends import ExtendMediation, LeaveMediation
from compact_cases.rules.notices import Notice
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.sessions import AnswerSession, CancelSession, FixSession, ProposeSession
from compact_cases.rules.terms import Term
from compact_cases.rules.together import AskTogether, SayGoOn, TakeTogether
from tests.builders import RELEASED, another, said
from tests.rules.test_together import agreed, asked, fixed, mediated, proposed
from tests.rules.two_cases import FIRST, LISTED, MARA, OF, SECOND, TOM, Two

DAYS = ProposeSession((date(2026, 3, 31),), ("10:00",), "both")
IN_FIVE = Term(date(2026, 3, 13), 5, date(2026, 3, 20))
LEAVES = LeaveMediation("respondent", sure=True)


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
    with pytest.raises(Refused, match="no other open case"):
        alone(two, FIRST, AskTogether(SECOND, agreed=True), "2026-03-13 11:00")
    two = Two()
    with pytest.raises(Refused, match="which case it is") as refused:
        alone(two, FIRST, AskTogether(None, agreed=True), "2026-03-13 11:00", other=None)
    assert refused.value.field == "other"
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
