"""Who hears that an officer has a conflict, who may take the case over, and what is kept of where it goes."""

from uuid import UUID

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.events.handling import ConflictDeclared, HandedOn, HandlerFound
from compact_cases.rules.events.intake import OfficerAssigned
from compact_cases.rules.handling import (
    ChairDeclares,
    DeclareConflict,
    HandOn,
    PresumeConflict,
    barred_from,
    is_left_to_nobody,
    nobody_handles,
    officers_left,
)
from compact_cases.rules.notices import Notice
from compact_cases.rules.seats import Seat
from tests.builders import (
    CLOSED,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    given,
    now,
    on,
    said,
    sealed,
)
from tests.rules.test_handling import ALONE, AT, CHAIR, CONFLICTED

BOTH = (Seat.RAISER, Seat.CHAMPION)


# --- who hears of it --------------------------------------------------------------------------------------


def test_before_the_notice_only_the_raiser_hears_of_a_conflict_and_of_who_is_found() -> None:
    declares = DeclareConflict(OFFICER, OTHER_OFFICER, said("My sister works there."))
    told = given(RECEIVED).when(declares, at=AT).told()
    assert [one for one in told if one.name == "conflict"] == [
        Notice("conflict", Seat.RAISER, {"alone": False})
    ]
    alone = RECEIVED + on(AT, ConflictDeclared(OFFICER, sealed()))
    takes = given(alone).when(ChairDeclares(CHAIR, conflict=False), at=AT, officers=ALONE, chair=CHAIR)
    found = [one for one in takes.told() if one.name == "handler-found"]
    assert found == [Notice("handler-found", Seat.RAISER, {"chair": True})]


def test_what_was_left_to_nobody_is_not_said_once_somebody_has_it() -> None:
    """A presumed conflict comes with the next officer in one act: it is said as it then stands."""
    declared = ConflictDeclared(OFFICER, None, nobody=True, presumed=True)
    moved = PUT_TO_THE_COUNCIL + on(AT, declared, OfficerAssigned(OTHER_OFFICER))
    told = notices_after(declared, given(moved).case)
    assert told == [Notice("conflict", seat, {"alone": False}) for seat in BOTH]


def test_where_nobody_is_left_both_sides_hear_that_and_the_chair_nothing() -> None:
    presumed = PresumeConflict(OFFICER, None, nobody=True)
    given(PUT_TO_THE_COUNCIL).when(presumed, at=AT).then_told(
        *(Notice("nobody-left", seat, {"alone": True}) for seat in BOTH)
    )
    left = PresumeConflict(OFFICER, None, nobody=False)
    given(PUT_TO_THE_COUNCIL).when(left, at=AT).then_told(
        *(Notice("conflict", seat, {"alone": True}) for seat in (*BOTH, Seat.CHAIR))
    )


# --- who is left ------------------------------------------------------------------------------------------


def test_who_is_left_are_officers_without_a_conflict_and_not_the_chair() -> None:
    case = given(CONFLICTED).case
    three = frozenset({OFFICER, OTHER_OFFICER, CHAIR})
    assert officers_left(case, now(AT, officers=three, chair=CHAIR)) == {OTHER_OFFICER}
    assert officers_left(case, now(AT, officers=three, chair=CHAIR), OTHER_OFFICER) == frozenset()
    assert not is_left_to_nobody(case, now(AT, officers=three, chair=CHAIR), OTHER_OFFICER)  # the chair is
    assert is_left_to_nobody(case, now(AT, officers=three, chair=CHAIR), CHAIR) is False
    assert is_left_to_nobody(case, now(AT, officers=frozenset({CHAIR}), chair=CHAIR), CHAIR)
    assert is_left_to_nobody(case, now(AT, officers=ALONE, chair=None))
    assert not is_left_to_nobody(case, now(AT, officers=ALONE, chair=CHAIR))


def test_a_case_is_nobodys_only_after_a_conflict() -> None:
    assert not nobody_handles(given(RECEIVED[:1]).case)  # nobody has taken it on yet
    assert nobody_handles(given(CONFLICTED).case)
    given_on = CONFLICTED + on(AT, OfficerAssigned(OTHER_OFFICER))
    assert not nobody_handles(given(given_on).case)


def test_both_bodies_and_whoever_declared_are_barred() -> None:
    case = given(CONFLICTED + on(AT, ConflictDeclared(OTHER_OFFICER, None))).case
    assert {OFFICER, OTHER_OFFICER, COUNCIL} <= barred_from(case)
    assert None not in barred_from(case)


# --- what is refused, and what is kept --------------------------------------------------------------------


def test_whoever_has_handed_a_case_over_before_may_still_declare_and_it_stays_where_it_is() -> None:
    moved = PUT_TO_THE_COUNCIL + on(AT, OfficerAssigned(OTHER_OFFICER))
    declares = DeclareConflict(OFFICER, OTHER_OFFICER, said("My sister works there."))
    case = given(moved).when(declares, at=AT).then(ConflictDeclared(OFFICER, declares.reason.sealed()))
    assert case.intake.officer == OTHER_OFFICER


def test_the_board_chairs_no_makes_her_the_officer_and_a_second_yes_is_refused() -> None:
    takes = ChairDeclares(CHAIR, conflict=False)
    given(CONFLICTED).when(takes, at=AT, officers=ALONE, chair=CHAIR).then(
        HandlerFound(CHAIR, chair=True), OfficerAssigned(CHAIR)
    )
    both = CONFLICTED + on(AT, ConflictDeclared(CHAIR, None, nobody=True))
    again = given(both).when(ChairDeclares(CHAIR, conflict=True), at=AT, officers=ALONE, chair=CHAIR)
    assert again.then_refused("declared a conflict").field == "conflict"


def test_a_board_chair_with_a_conflict_leaves_it_to_an_officer_who_has_come_meanwhile() -> None:
    hers = ConflictDeclared(CHAIR, None, nobody=False)
    case = given(CONFLICTED).case
    assert not is_left_to_nobody(case, now(AT, chair=CHAIR), CHAIR)
    assert [one.to for one in notices_after(hers, case)] == [*BOTH, Seat.CHAIR]


def test_what_was_sent_to_the_other_office_is_kept_beside_where_it_went() -> None:
    hands = HandOn(said("The Dell Compact office"), said("The concern, by post."))
    case = given(RECEIVED).when(hands, at=AT).then_case()
    assert (case.handling.office, case.handling.sent) == (hands.office.sealed(), hands.sent.sealed())
    nothing = given(RECEIVED).when(HandOn(said("Dell"), said(" ")), at=AT)
    assert nothing.then_refused("what is sent to them").field == "sent"
    assert isinstance(given(RECEIVED).when(hands, at=AT).events()[0], HandedOn)


@pytest.mark.parametrize("person", [OFFICER, UUID(int=99)])
def test_a_closed_case_takes_no_conflict_and_is_not_handed_on(person: UUID) -> None:
    at = "2026-03-19 10:00"
    given(CLOSED).when(DeclareConflict(person, None, said()), at=at).then_refused("closed")
    given(CLOSED).when(HandOn(said(), said()), at=at, seat=Seat.ADMINISTRATOR).then_refused("closed")
