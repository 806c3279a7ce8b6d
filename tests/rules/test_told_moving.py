"""Who is told that dates have moved with an edition, and which; what stays, and from which day it counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import replay
from compact_cases.rules.events.enquiry import PutToRespondent
from compact_cases.rules.mediation import AnswerMediation
from compact_cases.rules.moving import Standing, going, may_move, moved_dates, standing_of, why_it_stays
from compact_cases.rules.notices import Notice
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Going, Term
from tests.builders import (
    COUNCIL,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    History,
    now,
    rulebook,
)
from tests.rules import test_referring as referring
from tests.rules.test_moving import edition, moved
from tests.rules.test_onward import GOES_ON, IN_REVIEW
from tests.rules.test_panel import NAMED
from tests.rules.test_review import NOTED
from tests.rules.test_together import asked
from tests.rules.test_told_mediation import APPOINTED
from tests.rules.two_cases import SECOND

MONDAY = date(2026, 3, 9)


def of(history: Any, day: date, onto: Rulebook, **news: Any) -> Mapping[str, Term]:
    """What is set anew by a move on this day, by name."""
    case = replay(history)
    standing = Standing(case.stage, case.open_obligations, **news)
    return {one.name: one.term for one in going(standing, rulebook(), onto, day)}


# --- which dates move -------------------------------------------------------------------------------------


def test_days_that_were_used_stay_used_and_day_0_is_the_day_of_the_move() -> None:
    longer = edition({"reply": 15})
    assert of(PUT_TO_THE_COUNCIL, MONDAY, longer) == {"reply": Term(MONDAY, 10, date(2026, 3, 23))}
    sunday = date(2026, 3, 8)
    assert of(PUT_TO_THE_COUNCIL, sunday, longer) == {"reply": Term(date(2026, 3, 6), 11, date(2026, 3, 23))}
    before_it_began = date(2026, 2, 27)
    assert of(PUT_TO_THE_COUNCIL, before_it_began, longer)["reply"] == Term(
        date(2026, 3, 2), 15, date(2026, 3, 23)
    )


def test_a_shorter_limit_brings_no_date_nearer_than_five_days() -> None:
    for limit, day, due in (
        (9, MONDAY, date(2026, 3, 16)),  # by one day it would be Friday 13 March, four days ahead
        (9, date(2026, 3, 6), date(2026, 3, 13)),
        (8, date(2026, 3, 4), date(2026, 3, 12)),
        (1, date(2026, 3, 4), date(2026, 3, 11)),
        (1, date(2026, 3, 10), date(2026, 3, 16)),
    ):
        found = of(PUT_TO_THE_COUNCIL, day, edition({"reply": limit}))
        assert (found["reply"].due if "reply" in found else date(2026, 3, 16)) == due


def test_on_its_last_day_a_day_more_is_the_next_working_day_and_none_changes_nothing() -> None:
    last = date(2026, 3, 16)
    assert of(PUT_TO_THE_COUNCIL, last, edition({"reply": 11}))["reply"].due == date(2026, 3, 17)
    assert of(PUT_TO_THE_COUNCIL, last, edition()) == {}
    closed = edition(closed={last: "Snow", date(2026, 3, 17): "Snow"})
    assert of(PUT_TO_THE_COUNCIL, last, closed)["reply"].due == date(2026, 3, 18)
    assert of(PUT_TO_THE_COUNCIL, date(2026, 3, 17), edition({"reply": 15})) == {}  # it is overdue


def test_a_weekend_after_the_last_day_is_not_overdue_yet() -> None:
    *before, (put, at) = PUT_TO_THE_COUNCIL
    assert isinstance(put, PutToRespondent)
    friday = [*before, (replace(put, reply=Term(date(2026, 2, 27), 10, date(2026, 3, 13))), at)]
    assert of(friday, date(2026, 3, 14), edition()) == {}
    snow = edition(closed={date(2026, 3, 13): "Snow"})
    assert of(friday, date(2026, 3, 14), snow) == {}
    longer = of(friday, date(2026, 3, 14), edition({"reply": 12}))
    assert longer["reply"].due == date(2026, 3, 17)


def test_whose_limits_are_the_longer_ones_keeps_them() -> None:
    slower = replace(rulebook().procedure.terms["reply"], limit_volunteer_run=25)
    terms = {**rulebook().procedure.terms, "reply": slower}
    assert of(PUT_TO_THE_COUNCIL, MONDAY, edition(terms=terms)) == {}
    volunteers = of(PUT_TO_THE_COUNCIL, MONDAY, edition(terms=terms), volunteer_run=True)
    assert volunteers["reply"].due == date(2026, 3, 23)
    comment = replace(rulebook().procedure.terms["comment"], limit_volunteer_run=14)
    terms = {**rulebook().procedure.terms, "comment": comment}
    day = date(2026, 4, 22)
    assert of(NOTED, day, edition(terms=terms)) == {}
    small = of(NOTED, day, edition(terms=terms), small=frozenset({Side.RAISER}))
    assert small == {"comment": Term(day, 13, date(2026, 5, 12))}


def test_days_that_both_sides_know_stay_put() -> None:
    limits = dict.fromkeys(rulebook().procedure.terms, 60)
    assert set(of(NAMED, date(2026, 4, 8), edition(limits))) == {"see"}
    assert of(APPOINTED, date(2026, 4, 1), edition(limits)) == {}
    assert "reply" not in of(PUT_TO_THE_COUNCIL, MONDAY, edition({"reply": 15}), is_fast=True)


def test_what_a_move_must_know_of_a_case() -> None:
    usual = now("2026-03-09 10:00", small_sides=frozenset({Side.RAISER}))
    volunteers = replace(usual, register={COUNCIL: Registered(volunteer_run=True)})
    case = replay(PUT_TO_THE_COUNCIL)
    assert standing_of(case, usual) == Standing(
        case.stage, case.open_obligations, False, frozenset({Side.RAISER}), False
    )
    assert standing_of(case, volunteers).volunteer_run
    assert not standing_of(case, replace(usual, register={})).volunteer_run
    may_move(case, usual)


def test_a_case_that_would_be_stranded_stays_and_the_sentence_names_edition_and_stage() -> None:
    standing = Standing(replay(IN_REVIEW).stage, ())
    assert why_it_stays(standing, rulebook(), edition()) == ""
    of_a_panel = Standing(replay(NAMED).stage, ())
    lacks = why_it_stays(of_a_panel, rulebook(), edition(panel=False))
    assert lacks.startswith("The procedure other has no panel")


NO_MEDIATION, NO_PANEL = {"mediation": False}, {"panel": False}


@pytest.mark.parametrize(
    ("history", "lacks", "waits"),
    [
        (referring.ASKED, NO_MEDIATION, True),  # both are asked, and with their yes it begins
        (referring.MEDIATED, NO_PANEL, True),  # what is not settled there goes back to the panel
        (referring.ONE_YES_BEFORE_THE_HEARING, NO_MEDIATION, True),
        (GOES_ON, NO_PANEL, True),  # the raiser was told of this way on
        (GOES_ON, NO_MEDIATION, True),
        (IN_REVIEW, NO_PANEL, False),  # who decides then chooses among what there is
        (RELEASED, NO_MEDIATION, False),
    ],
)
def test_a_case_that_waits_for_a_stage_stays_with_an_edition_that_has_it(
    history: History, lacks: dict[str, Any], waits: bool
) -> None:
    case = replay(history)
    why = why_it_stays(standing_of(case, now("2026-03-31 10:00")), rulebook(), edition(**lacks))
    assert ("and the case waits for it" in why) is waits


def test_a_case_whose_parties_have_all_said_yes_waits_for_those_of_the_other_case() -> None:
    two = asked()
    two.do(SECOND, AnswerMediation("respondent", True), "2026-03-16 10:00")
    assert [one.name for one in two.second.open_obligations] == ["decide"]
    standing = standing_of(two.second, now("2026-03-16 11:00"))
    assert "waits for it" in why_it_stays(standing, rulebook(), edition(mediation=False))


# --- who hears of it --------------------------------------------------------------------------------------


def test_who_owes_it_and_who_waits_for_it_hear_the_new_date_and_no_other() -> None:
    case, event = moved(PUT_TO_THE_COUNCIL, "2026-03-09 10:00", edition({"reply": 15}))
    items = [{"obligation": "reply", "due": "2026-03-23", "item": ""}]
    assert notices_after(event, case) == [
        Notice("dates-moved", seat, {"items": items}) for seat in (Seat.CHAMPION, Seat.RAISER)
    ]
    assert [one.name for one in moved_dates(event, case)] == ["reply"]


def test_of_the_office_whoever_has_the_case_hears_it_once() -> None:
    case, event = moved(RECEIVED, "2026-03-02 10:00", edition({"acknowledge": 8}))
    items = [{"obligation": "acknowledge", "due": "2026-03-05", "item": ""}]
    assert notices_after(event, case) == [
        Notice("dates-moved", seat, {"items": items}) for seat in (Seat.OFFICER, Seat.RAISER)
    ]
    case, event = moved(NAMED, "2026-04-08 10:00", edition({"see": 6}))
    assert [one.to for one in notices_after(event, case)] == [Seat.OFFICER, Seat.RAISER]


def test_each_has_one_letter_with_all_that_concerns_them() -> None:
    case, event = moved(NOTED, "2026-04-22 10:00", edition({"comment": 8}))
    told = notices_after(event, case)
    assert len(told) == len({one.to for one in told})
    theirs = [{"obligation": "comment", "due": "2026-05-01", "item": "respondent"}]
    (respondents,) = (one for one in told if one.to.side is Side.RESPONDENT)
    assert respondents.facts == {"items": theirs}
    (officers,) = (one for one in told if one.to is Seat.OFFICER)
    assert [one["item"] for one in officers.facts["items"]] == ["raiser", "respondent"]


def test_nobody_hears_of_another_event_or_of_what_did_not_move() -> None:
    case, event = moved(RELEASED, "2026-03-17 10:00", edition({"reply": 15}))
    assert event.going == ()
    assert notices_after(event, case) == []
    same = Going("decide", "", Term(MONDAY, 5, date(2026, 3, 16)))
    assert moved_dates(replace(event, going=(same,)), case) == []
