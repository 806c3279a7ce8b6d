"""At which field a mediation room says no; what an offer of mediation rests on; who reads a draft."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.case import Case, replay
from compact_cases.rules.course import Course
from compact_cases.rules.mediating import PARTIES, Mediation, Session
from compact_cases.rules.mediating import RAISER as RAISERS
from compact_cases.rules.mediation import AnswerMediation
from compact_cases.rules.names import telling_words
from compact_cases.rules.offering import can_be_wanted, is_offered, offered, was_refused_here
from compact_cases.rules.refusals import NotAllowed, Refused
from compact_cases.rules.room import (
    ALL,
    Around,
    around_of,
    hides_the_raiser,
    hold_to,
    mark_of,
    may_answer,
    may_write,
    who_is,
)
from compact_cases.rules.seats import Seat
from tests.builders import CLOSED, PUT_TO_THE_COUNCIL, RELEASED, local
from tests.rules.test_onward import IN_REVIEW
from tests.rules.test_review import NOTED, then
from tests.rules.test_room import AROUND, DRAFTED, MEDIATING, MORGAN, RAISER, RESPONDENT, ROBIN, TODAY
from tests.rules.test_told_mediation import AGREED, APPOINTED, ASKED

# --- the room ---------------------------------------------------------------------------------------------


def test_each_no_of_the_room_stands_at_its_field() -> None:
    with pytest.raises(Refused, match="No mediator is there") as refused:
        may_write(RAISER, ALL, Around(PARTIES, None))
    with pytest.raises(Refused, match="The mediation is over") as refused:
        may_write(RAISER, ALL, Around(PARTIES, MORGAN, ended_on=TODAY))
    with pytest.raises(Refused, match=r"^Please say who is to read it\.$"):
        may_write(RAISER, "panel", AROUND)
    with pytest.raises(Refused) as refused:
        hold_to(mark_of(AROUND), Around(PARTIES, ROBIN))
    assert refused.value.field == "to"
    with pytest.raises(Refused, match="newer version") as refused:
        may_answer(RAISER, 9, DRAFTED, AROUND)
    assert refused.value.field == "draft"
    with pytest.raises(Refused, match="newer version"):
        may_answer(RAISER, 1, (), AROUND)
    with pytest.raises(Refused, match="has your yes already") as refused:
        may_answer(RAISER, 1, DRAFTED, AROUND)
    assert refused.value.field == "draft"
    with pytest.raises(Refused, match=r"^Only the sides say yes to an agreement\.$"):
        may_answer(MEDIATING, 1, DRAFTED, AROUND)
    with pytest.raises(NotAllowed, match="for those in the mediation"):
        who_is(Seat.CHAMPION, None, AROUND, TODAY)


def test_the_sentence_says_to_whom_it_would_tell_who_raised_it() -> None:
    telling = telling_words(["Elmfield Tenants"])
    with pytest.raises(Refused, match="could tell the respondent who raised it: Elmfield"):
        hides_the_raiser(ALL, {"words": "We of Elmfield"}, telling)


def test_the_mark_of_a_page_differs_wherever_somebody_else_would_read() -> None:
    others = (
        AROUND,
        Around(PARTIES, ROBIN),
        Around(PARTIES, None),
        Around(("raiser",), MORGAN),
        Around(("respondent",), MORGAN),
    )
    assert len({mark_of(one) for one in others}) == len(others)
    assert mark_of(AROUND) == mark_of(replace(AROUND, joint=False))  # what it showed is who reads


def test_the_day_of_an_end_is_that_of_london() -> None:
    case = replay(APPOINTED)
    late = local("2026-04-01 00:30").astimezone(tz=None).astimezone(local("2026-01-01 00:00").tzinfo)
    over = replace(case, mediation=case.mediation.ended("settled", late))
    around = around_of(over)
    assert around
    assert around.ended_on == date(2026, 4, 1)
    assert (over.mediation.ending, over.mediation.ended_at) == ("settled", late)
    assert not around.is_open


# --- an offer ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "is_so", "wanted"),
    [
        (replay(RELEASED), True, True),
        (replay(IN_REVIEW), True, True),
        (replay(PUT_TO_THE_COUNCIL), True, False),
        (replay(CLOSED), False, False),
        (replay(ASKED), False, False),
        (replay(AGREED), False, False),
        (replay(APPOINTED), False, False),
        (replay(then(ASKED, AnswerMediation("respondent", False), "2026-03-18 10:00")), False, False),
    ],
)
def test_letters_and_pages_offer_it_only_while_it_could_be_asked_for(
    case: Case, is_so: bool, wanted: bool
) -> None:
    assert (is_offered(case), can_be_wanted(case)) == (is_so, wanted)
    assert offered(case) == ({"mediation": True} if wanted else {})


def test_a_no_counts_in_the_stage_in_which_it_was_said() -> None:
    refused = replay(then(ASKED, AnswerMediation("respondent", False), "2026-03-18 10:00"))
    assert was_refused_here(refused)
    further = replace(
        refused, course=replace(refused.course, trail=(*refused.course.trail, *refused.course.trail))
    )
    assert not was_refused_here(further)
    assert not was_refused_here(Case())
    assert was_refused_here(replace(refused, course=replace(Course(), trail=())))
    assert not was_refused_here(replay(NOTED))


# --- what is known of a mediation -------------------------------------------------------------------------


def test_sessions_are_kept_by_their_number_and_in_its_order() -> None:
    first, second = Session(1, (), ("raiser",)), Session(2, (), ("respondent",))
    part = Mediation().with_session(second).with_session(first)
    assert part.sessions == (first, second)
    assert (part.session(1), part.session(2)) == (first, second)
    assert part.session(3) == Session(3, (), ())
    changed = replace(second, asked=("raiser", "respondent"))
    assert part.with_session(changed).sessions == (first, changed)


def test_who_has_the_page_of_the_mediator_and_who_reads_concern_and_replies() -> None:
    asked = Mediation(asked_mediator=MORGAN, papers=True)
    assert (asked.reads_it, asked.is_read) == (MORGAN, False)
    there = Mediation(mediator=ROBIN, asked_mediator=MORGAN, papers=True)
    assert (there.reads_it, there.is_read) == (ROBIN, True)
    assert not replace(there, papers=False).is_read
    over = there.ended("settled", local("2026-04-01 10:00"))
    assert (over.is_read, over.asked_mediator, over.proposed) == (False, None, None)
    assert replay(ASKED).mediation.consent_of("respondent") is None
    assert replay(ASKED).mediation.consent_of(RAISERS)
    assert UUID(int=71) in replay(APPOINTED).mediation.mediators
    assert RESPONDENT.part == "respondent"
