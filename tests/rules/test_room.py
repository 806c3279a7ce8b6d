"""The mediation room: who is in it, who reads what, who may write to whom, and when a draft is agreed."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.case import Case
from compact_cases.rules.mediating import Consent, Mediation
from compact_cases.rules.names import telling_words
from compact_cases.rules.permissions import Permission, Visitor, may_enter
from compact_cases.rules.refusals import NotAllowed, Refused
from compact_cases.rules.room import (
    ALL,
    DRAFT,
    MEDIATOR,
    MESSAGE,
    TAKEN_BACK,
    YES,
    Around,
    Draft,
    Entry,
    Who,
    addressed,
    audiences,
    gone_on,
    hides_the_raiser,
    hold_to,
    is_agreed,
    is_gone,
    knows_the_raiser,
    mark_of,
    may_answer,
    may_write,
    readable,
    said_yes,
    standing_draft,
    who_is,
)
from compact_cases.rules.seats import IN_A_ROOM, Seat
from tests.builders import local

MORGAN, ROBIN, ROSE, CHRIS = (UUID(int=number) for number in range(1, 5))
BOTH = ("raiser", "respondent")
AROUND = Around(BOTH, MORGAN)
TODAY = date(2026, 3, 9)
RAISER, RESPONDENT, MEDIATING = Who("raiser", ROSE), Who("respondent", CHRIS), Who(MEDIATOR, MORGAN)


def entry(place: int, by: str, to: str, kind: str = MESSAGE, mediator: UUID = MORGAN, of: int = 0) -> Entry:
    draft = Draft((), True) if kind == DRAFT else None
    return Entry(place, kind, by, to, mediator, local("2026-03-09 10:00"), f"words {place}", draft, of)


WRITTEN = (
    entry(1, "raiser", ALL),
    entry(2, "raiser", MEDIATOR),
    entry(3, "respondent", MEDIATOR),
    entry(4, MEDIATOR, "respondent"),
    entry(5, MEDIATOR, "raiser"),
    entry(6, MEDIATOR, ALL),
)


# --- who is in it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("seat", [seat for seat in Seat if seat not in IN_A_ROOM])
def test_nobody_else_is_in_it_whatever_they_may_do_in_the_case(seat: Seat) -> None:
    with pytest.raises(NotAllowed):
        who_is(seat, MORGAN, AROUND, TODAY)
    assert not may_enter(Visitor(seat, staff_id=MORGAN, case_id=ROSE), Permission.ROOM)


def test_a_member_of_staff_is_in_no_room_in_whatever_seat() -> None:
    assert not may_enter(Visitor(Seat.MEDIATOR, staff_id=MORGAN), Permission.ROOM)
    assert may_enter(Visitor(Seat.MEDIATOR, person_id=MORGAN), Permission.ROOM)


def test_a_side_is_whoever_speaks_for_it_and_the_mediator_one_person() -> None:
    assert who_is(Seat.PROXY, ROSE, AROUND, TODAY) == RAISER
    assert who_is(Seat.CHAMPION, CHRIS, AROUND, TODAY) == RESPONDENT
    assert who_is(Seat.MEDIATOR, MORGAN, AROUND, TODAY) == MEDIATING
    with pytest.raises(NotAllowed):
        who_is(Seat.MEDIATOR, ROBIN, AROUND, TODAY)


def test_whoever_left_is_not_in_it_any_more() -> None:
    with pytest.raises(NotAllowed):
        who_is(Seat.CHAMPION, CHRIS, Around(("raiser",), MORGAN), TODAY)


def test_a_mediator_who_was_replaced_is_not_in_it_any_more() -> None:
    with pytest.raises(NotAllowed):
        who_is(Seat.MEDIATOR, MORGAN, Around(BOTH, ROBIN), TODAY)


def test_thirty_whole_days_are_left_after_the_end() -> None:
    ended = Around(BOTH, MORGAN, ended_on=date(2026, 3, 9))
    assert ended.gone_on == gone_on(date(2026, 3, 9)) == date(2026, 4, 9)
    assert who_is(Seat.RAISER, ROSE, ended, date(2026, 4, 8)) == RAISER
    with pytest.raises(NotAllowed):
        who_is(Seat.RAISER, ROSE, ended, date(2026, 4, 9))
    assert not is_gone(None, date(2036, 4, 9))


# --- who reads what ---------------------------------------------------------------------------------------


def places(who: Who, written: tuple[Entry, ...] = WRITTEN) -> list[int]:
    return [one.place for one in readable(who, written, AROUND)]


def test_each_side_reads_its_own_and_what_is_for_all() -> None:
    assert places(RAISER) == [1, 2, 5, 6]
    assert places(RESPONDENT) == [1, 3, 4, 6]
    assert places(MEDIATING) == [1, 2, 3, 4, 5, 6]


def test_a_successor_of_the_mediator_reads_what_was_for_all_alone() -> None:
    assert places(Who(MEDIATOR, ROBIN)) == [1, 6]
    later = (*WRITTEN, entry(7, "raiser", MEDIATOR, mediator=ROBIN))
    assert places(Who(MEDIATOR, ROBIN), later) == [1, 6, 7]
    assert places(MEDIATING, later) == [1, 2, 3, 4, 5, 6]  # nor the one before what came after
    assert places(RAISER, later) == [1, 2, 5, 6, 7]  # a side's own words stay its own


def test_those_are_told_who_read_it() -> None:
    assert addressed(WRITTEN[0], AROUND) == ("respondent", MEDIATOR)
    assert addressed(WRITTEN[1], AROUND) == (MEDIATOR,)
    assert addressed(WRITTEN[4], AROUND) == ("raiser",)
    assert addressed(WRITTEN[5], Around(("raiser",), MORGAN)) == ("raiser",)


# --- who may write to whom --------------------------------------------------------------------------------


def test_to_whom_each_may_write() -> None:
    assert audiences(RAISER, AROUND) == (ALL, MEDIATOR)
    assert audiences(MEDIATING, AROUND) == (ALL, "raiser", "respondent")
    assert may_write(RESPONDENT, MEDIATOR, AROUND) == MORGAN


@pytest.mark.parametrize(
    ("who", "to"),
    [(RAISER, "respondent"), (RAISER, "raiser"), (RAISER, "panel"), (RAISER, ""), (MEDIATING, MEDIATOR)],
)
def test_nobody_writes_to_anybody_else(who: Who, to: str) -> None:
    with pytest.raises(Refused, match="who is to read it") as refused:
        may_write(who, to, AROUND)
    assert refused.value.field == "to"


def test_after_the_end_and_without_a_mediator_nobody_writes() -> None:
    for around in (Around(BOTH, MORGAN, ended_on=TODAY), Around(BOTH, None)):
        assert audiences(RAISER, around) == ()
        with pytest.raises(Refused):
            may_write(RAISER, ALL, around)


def test_words_go_only_to_those_whom_the_page_showed() -> None:
    hold_to(mark_of(AROUND), AROUND)
    for other in (Around(BOTH, ROBIN), Around(("raiser",), MORGAN)):
        with pytest.raises(Refused, match="has changed since"):
            hold_to(mark_of(AROUND), other)


def test_a_hidden_raisers_words_are_looked_for_before_the_respondent_reads_them() -> None:
    telling, texts = telling_words(["Elmfield Tenants"]), {"words": "We of Elmfield ask for this."}
    for to in (ALL, "respondent"):
        with pytest.raises(Refused, match="Elmfield") as refused:
            hides_the_raiser(to, texts, telling)
        assert refused.value.field == "words"
    hides_the_raiser(MEDIATOR, texts, telling)
    hides_the_raiser("raiser", texts, telling)


@pytest.mark.parametrize(("known", "mediator_knows"), [("mediator", True), ("proxy", False), (None, False)])
def test_they_are_looked_for_only_where_the_writer_knows_them(
    known: str | None, mediator_knows: bool
) -> None:
    """To anybody else the answer would tell whether a guess is right."""
    consent = Consent("raiser", "yes", False, known, None, local("2026-03-02 10:00"))
    case = replace(Case(), mediation=Mediation().consented(consent))
    assert knows_the_raiser(RAISER, case)
    assert not knows_the_raiser(RESPONDENT, case)
    assert knows_the_raiser(MEDIATING, case) is mediator_knows


# --- an agreement -----------------------------------------------------------------------------------------

DRAFTED = (
    entry(1, MEDIATOR, ALL, DRAFT),
    entry(2, "raiser", MEDIATOR, DRAFT),
    entry(3, "raiser", ALL, YES, of=1),
)


def test_only_a_draft_for_all_lies_before_all() -> None:
    assert standing_draft(DRAFTED) == DRAFTED[0]
    assert standing_draft(WRITTEN) is None


def test_every_side_says_yes_to_the_very_same_version() -> None:
    assert said_yes(DRAFTED, DRAFTED[0]) == {"raiser"}
    assert not is_agreed(DRAFTED, DRAFTED[0], AROUND)
    assert may_answer(RESPONDENT, 1, DRAFTED, AROUND) == DRAFTED[0]
    both = (*DRAFTED, entry(4, "respondent", ALL, YES, of=1))
    assert is_agreed(both, DRAFTED[0], AROUND)


def test_a_changed_draft_has_nobodys_yes() -> None:
    changed = (*DRAFTED, entry(4, "respondent", ALL, DRAFT))
    newest = standing_draft(changed)
    assert newest is not None
    assert said_yes(changed, newest) == frozenset()
    with pytest.raises(Refused, match="newer version"):
        may_answer(RESPONDENT, 1, changed, AROUND)


def test_a_yes_can_be_taken_back_and_given_again() -> None:
    with pytest.raises(Refused, match="already"):
        may_answer(RAISER, 1, DRAFTED, AROUND)
    assert may_answer(RAISER, 1, DRAFTED, AROUND, back=True) == DRAFTED[0]
    back = (*DRAFTED, entry(4, "raiser", ALL, TAKEN_BACK, of=1))
    assert said_yes(back, DRAFTED[0]) == frozenset()
    with pytest.raises(Refused, match="does not have your yes"):
        may_answer(RAISER, 1, back, AROUND, back=True)
    assert said_yes((*back, entry(5, "raiser", ALL, YES, of=1)), DRAFTED[0]) == {"raiser"}


def test_the_mediator_says_no_yes_and_one_side_alone_agrees_with_nobody() -> None:
    with pytest.raises(Refused, match="Only the sides"):
        may_answer(MEDIATING, 1, DRAFTED, AROUND)
    assert not is_agreed(DRAFTED, DRAFTED[0], Around(("raiser",), MORGAN))


def test_after_the_end_nobody_says_yes() -> None:
    with pytest.raises(Refused, match="is over"):
        may_answer(RESPONDENT, 1, DRAFTED, Around(BOTH, MORGAN, ended_on=TODAY))
