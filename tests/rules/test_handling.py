"""Handling: a conflict of interest is declared and the case goes to somebody else, or to another office."""

from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules.acts import notices_after
from compact_cases.rules.events.closing import Closed, TookIn
from compact_cases.rules.events.handling import ConflictDeclared, HandedOn, HandlerFound
from compact_cases.rules.events.intake import HandedOver, OfficerAssigned
from compact_cases.rules.handling import (
    ChairDeclares,
    DeclareConflict,
    HandOn,
    PresumeConflict,
    barred_from,
    nobody_handles,
)
from compact_cases.rules.noted import CommentOnNote
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.particulars import Assign, HandOver
from compact_cases.rules.seats import Seat
from compact_cases.rules.terms import Term
from tests.builders import (
    CLOSED,
    COUNCIL,
    OFFICER,
    OTHER_OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    REPLIED,
    given,
    on,
    received,
    said,
    sealed,
)
from tests.rules.test_onward import ANEW, GOES_ON, IN_REVIEW
from tests.rules.test_review import NOTED, then

AT = "2026-03-05 10:00"
CHAIR = UUID(int=70)
ALONE = frozenset({OFFICER})
CONFLICTED = PUT_TO_THE_COUNCIL + on(AT, ConflictDeclared(OFFICER, sealed()))


def test_another_officer_takes_it_over_and_both_sides_hear_it_without_the_reason() -> None:
    declares = DeclareConflict(OFFICER, OTHER_OFFICER, said("My sister works there."))
    reason = declares.reason.sealed()
    event = ConflictDeclared(OFFICER, reason)
    case = given(PUT_TO_THE_COUNCIL).when(declares, at=AT).then(event, HandedOver(OTHER_OFFICER, reason))
    told = [(one.name, one.to, one.facts["alone"]) for one in notices_after(event, case)]
    assert told == [("conflict", Seat.RAISER, False), ("conflict", Seat.CHAMPION, False)]
    assert not nobody_handles(case)


def test_the_only_officer_tells_the_chair_and_nothing_is_stuck() -> None:
    declares = DeclareConflict(OFFICER, None, said())
    event = ConflictDeclared(OFFICER, declares.reason.sealed())
    case = given(PUT_TO_THE_COUNCIL).when(declares, at=AT, officers=ALONE, chair=CHAIR).then(event)
    assert nobody_handles(case)
    told = [(one.name, one.to) for one in notices_after(event, case)]
    assert told == [("conflict", seat) for seat in (Seat.RAISER, Seat.CHAMPION, Seat.CHAIR)]
    assert barred_from(case) == {OFFICER, COUNCIL}
    given(CONFLICTED).when(HandOver(OTHER_OFFICER, said()), at=AT).then_case()
    given(CONFLICTED).when(HandOn(said(), said()), at=AT).then_case()


def test_the_board_chair_takes_it_over_and_both_sides_hear_that() -> None:
    found, assigned = HandlerFound(CHAIR, chair=True), OfficerAssigned(CHAIR)
    takes = given(CONFLICTED).when(ChairDeclares(CHAIR, conflict=False), at=AT, officers=ALONE, chair=CHAIR)
    case = takes.then(found, assigned)
    assert case.intake.officer == CHAIR
    assert not nobody_handles(case)
    told = [(one.name, one.to, one.facts["chair"]) for one in notices_after(found, case)]
    assert told == [("handler-found", Seat.RAISER, True), ("handler-found", Seat.CHAMPION, True)]


def test_somebody_who_is_added_later_takes_it_and_both_sides_hear_that_too() -> None:
    hands = HandOver(OTHER_OFFICER, said("I am new here."))
    found = HandlerFound(OTHER_OFFICER, chair=False)
    gives = given(CONFLICTED).when(hands, at=AT)
    case = gives.then(found, HandedOver(OTHER_OFFICER, hands.reason.sealed()))
    assert [one.to for one in notices_after(found, case)] == [Seat.RAISER, Seat.CHAMPION]
    given(CONFLICTED).when(Assign(OTHER_OFFICER), at=AT).then(found, OfficerAssigned(OTHER_OFFICER))


def test_a_board_chair_with_a_conflict_leaves_it_to_nobody_and_the_sides_hear_it() -> None:
    declared = ConflictDeclared(CHAIR, None, nobody=True)
    takes = given(CONFLICTED).when(ChairDeclares(CHAIR, conflict=True), at=AT, officers=ALONE, chair=CHAIR)
    case = takes.then(declared)
    told = [(one.name, one.to) for one in notices_after(declared, case)]
    assert told == [("nobody-left", Seat.RAISER), ("nobody-left", Seat.CHAMPION)]
    assert nobody_handles(case)
    again = given(CONFLICTED + on(AT, declared)).when(
        ChairDeclares(CHAIR, conflict=False), at=AT, officers=ALONE
    )
    assert again.then_refused("You have declared a conflict").field == "conflict"


def test_without_a_board_chair_nobody_is_left_at_once() -> None:
    declares = DeclareConflict(OFFICER, None, said())
    event = ConflictDeclared(OFFICER, declares.reason.sealed(), nobody=True)
    case = given(PUT_TO_THE_COUNCIL).when(declares, at=AT, officers=ALONE, chair=None).then(event)
    assert [one.name for one in notices_after(event, case)] == ["nobody-left", "nobody-left"]


def test_a_board_chair_who_looks_after_a_case_may_find_that_she_has_a_conflict() -> None:
    hers = CONFLICTED + on(AT, HandlerFound(CHAIR, chair=True), OfficerAssigned(CHAIR))
    declares = DeclareConflict(CHAIR, None, said())
    event = ConflictDeclared(CHAIR, declares.reason.sealed(), nobody=True)
    given(hers).when(declares, at=AT, officers=ALONE, chair=CHAIR).then(event)
    given(hers).when(HandOver(OTHER_OFFICER, said()), at=AT, chair=CHAIR).then_case()


def test_what_the_board_chair_does_not_take_over() -> None:
    takes = ChairDeclares(CHAIR, conflict=False)
    given(CONFLICTED).when(takes, at=AT, chair=CHAIR).then_refused("An officer can handle this case")
    given(CLOSED).when(takes, at="2026-03-19 10:00", officers=ALONE, chair=CHAIR).then_refused("closed")
    hers = CONFLICTED + on(AT, HandlerFound(CHAIR, chair=True), OfficerAssigned(CHAIR))
    given(hers).when(takes, at=AT, officers=ALONE, chair=CHAIR).then_refused("look after this case already")
    # an office whose officers have all left
    given(PUT_TO_THE_COUNCIL).when(takes, at=AT, officers=frozenset(), chair=CHAIR).then_case()


def test_an_administrator_hands_on_what_nobody_here_may_handle_and_nothing_else() -> None:
    hands = HandOn(said("Dell"), said("All of it."))
    by = {"seat": Seat.ADMINISTRATOR, "officers": ALONE}
    given(CONFLICTED).when(hands, at=AT, chair=CHAIR, **by).then_refused("Somebody of this office can")
    given(PUT_TO_THE_COUNCIL).when(hands, at=AT, chair=None, **by).then_refused("Somebody of this office can")
    given(CONFLICTED).when(hands, at=AT, chair=None, **by).then_case()
    both = CONFLICTED + on(AT, ConflictDeclared(CHAIR, None, nobody=True))
    given(both).when(hands, at=AT, chair=CHAIR, **by).then_case()


def test_what_waits_to_be_released_goes_with_a_case_that_nobody_here_may_read() -> None:
    hands = HandOn(said("Dell"), said("All of it, the reply unread."))
    alone = REPLIED + on("2026-03-12 12:00", ConflictDeclared(OFFICER, sealed(), nobody=True))
    by: dict[str, Any] = {"seat": Seat.ADMINISTRATOR, "officers": ALONE, "chair": None}
    case = given(alone).when(hands, at="2026-03-12 13:00", **by).then_case()
    assert (case.is_closed, case.owed("release")) == (True, None)


COMMENT = CommentOnNote("", of_respondent=said("As we heard it."))
COMMENTED = then(NOTED, COMMENT, "2026-04-22 10:00", seat=Seat.SENIOR_LEAD)


def test_a_comment_that_waits_is_read_before_an_officer_hands_the_case_on() -> None:
    assert given(COMMENTED).case.waits_to_be_read
    hands = HandOn(said("Dell"), said("All of it."))
    given(COMMENTED).when(hands, at="2026-05-01 12:00").then_refused("one side wrote waits")


def test_who_works_for_a_party_gives_the_case_up_unasked() -> None:
    declared = ConflictDeclared(OFFICER, None, presumed=True)
    presumed = PresumeConflict(OFFICER, OTHER_OFFICER, nobody=False)
    moved = given(PUT_TO_THE_COUNCIL).when(presumed, at=AT)
    case = moved.then(declared, OfficerAssigned(OTHER_OFFICER))
    assert [one.facts["alone"] for one in notices_after(declared, case)] == [False, False]
    alone = given(PUT_TO_THE_COUNCIL).when(PresumeConflict(OFFICER, None, nobody=True), at=AT)
    alone.then(ConflictDeclared(OFFICER, None, nobody=True, presumed=True))
    given(CONFLICTED).when(presumed, at=AT).then()
    given(CLOSED).when(presumed, at="2026-03-19 10:00").then_refused("closed")


def test_who_has_a_conflict_gets_it_back_from_nobody() -> None:
    for command in (Assign(OFFICER), HandOver(OFFICER, said())):
        moved = CONFLICTED + on(AT, OfficerAssigned(OTHER_OFFICER))
        assert given(moved).when(command, at=AT).then_refused("conflict of interest").field == "officer"


def test_a_convenor_gives_a_review_to_nobody_who_handled_the_case_before() -> None:
    new, third = UUID(int=60), UUID(int=61)
    three = frozenset({OFFICER, OTHER_OFFICER, new})
    at = "2026-04-01 10:00"
    for command in (Assign(OFFICER), HandOver(OFFICER, said())):
        again = given(IN_REVIEW).when(command, at=at, officers=three).then_refused("before its senior review")
        assert again.field == "officer"
    declares = DeclareConflict(OTHER_OFFICER, OFFICER, said())
    given(IN_REVIEW).when(declares, at=at, officers=three).then_refused("no conflict of interest")
    moved = IN_REVIEW + on(at, *given(IN_REVIEW).when(HandOver(new, said()), at=at, officers=three).events())
    given(moved).when(Assign(OTHER_OFFICER), at=at, officers=three).then_case()
    given(moved).when(Assign(OFFICER), at=at, officers=three).then_refused("before its senior review")
    alone = IN_REVIEW + on(at, ConflictDeclared(OTHER_OFFICER, sealed()))
    given(alone).when(Assign(OFFICER), at=at).then_refused(
        "each has a conflict of interest in it, or handled"
    )
    given(alone).when(Assign(third), at=at, chair=third).then_case()
    given(ANEW).when(Assign(OFFICER), at="2026-05-04 10:00").then_case()


def test_who_has_a_conflict_does_not_convene_the_review() -> None:
    declared = GOES_ON + on("2026-03-31 09:00", ConflictDeclared(OTHER_OFFICER, sealed()))
    given(declared).when(OpenNextStep("", OTHER_OFFICER), at="2026-03-31 10:00").then_refused("Nobody else")


def test_where_everybody_has_a_conflict_the_act_says_so_before_it_is_opened() -> None:
    both = CONFLICTED + on(AT, ConflictDeclared(OTHER_OFFICER, sealed()))
    for command in (Assign(OFFICER), HandOver(OTHER_OFFICER, said())):
        assert not given(both).when(command, at=AT).then_refused("handed on to another office").field


def test_what_is_no_declaration() -> None:
    nobody = DeclareConflict(OFFICER, None, said())
    assert given(RECEIVED).when(nobody, at=AT).then_refused("who takes the case over").field == "officer"
    itself = DeclareConflict(OFFICER, OFFICER, said())
    assert given(RECEIVED).when(itself, at=AT).then_refused("no conflict of interest").field == "officer"
    twice = DeclareConflict(OFFICER, OTHER_OFFICER, said())
    assert given(CONFLICTED).when(twice, at=AT).then_refused("already").field == "officer"
    quiet = DeclareConflict(OFFICER, OTHER_OFFICER, said(""))
    assert given(RECEIVED).when(quiet, at=AT).then_refused("reason").field == "reason"
    given(CLOSED).when(twice, at="2026-03-19 10:00").then_refused("closed")


def test_a_concern_that_is_handed_on_is_closed_here_and_its_respondent_hears_only_where_it_had_notice() -> (
    None
):
    hands = HandOn(said("The Dell Compact office, 01453 555 000"), said("The concern, by post."))
    events = HandedOn(hands.office.sealed(), hands.sent.sealed()), Closed("referred elsewhere", None)
    case = given(RECEIVED).when(hands, at=AT).then(*events)
    assert (case.is_closed, case.open_obligations) == (True, ())
    assert [one.to for one in notices_after(events[1], case)] == [Seat.RAISER]
    case = given(PUT_TO_THE_COUNCIL).when(hands, at=AT).then(*events)
    assert [one.to for one in notices_after(events[1], case)] == [Seat.RAISER, Seat.CHAMPION]
    assert all(one.facts["handed_on"] for one in notices_after(events[1], case))


def test_what_is_not_handed_on() -> None:
    hands = HandOn(said("Dell"), said("All of it."))
    given(REPLIED).when(hands, at="2026-03-12 12:00").then_refused("one side wrote waits")
    given(CLOSED).when(hands, at="2026-03-19 12:00").then_refused("closed")
    given(RECEIVED + on(AT, TookIn(COUNCIL))).when(hands, at=AT).then_refused("merge")
    assert (
        given(RECEIVED).when(HandOn(said(" "), said()), at=AT).then_refused("which office").field == "office"
    )
    hidden = on("2026-02-23 10:00", received(Term(date(2026, 2, 23), 5, date(2026, 3, 2)), "anonymous"))
    assert given(hidden + RECEIVED[1:]).when(hands, at=AT).then_refused("ask them first").field == "consented"
    given(hidden + RECEIVED[1:]).when(HandOn(said("Dell"), said("All."), consented=True), at=AT).then_case()
