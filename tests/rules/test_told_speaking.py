"""Who is told that a group has ended and that somebody speaks for it; what stands still and goes on, when."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from compact_cases.rules.audience import Audience
from compact_cases.rules.closing import Close
from compact_cases.rules.enquiry import Decide, RecordNoReply
from compact_cases.rules.events import AUDIENCE
from compact_cases.rules.events.clocks import Paused, Resumed
from compact_cases.rules.events.intake import ConcernReceived, RaiserSucceeded
from compact_cases.rules.events.speaking import GroupEnded, NobodyTookOver, TakenOver
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.refusals import NotYet
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.speaking import RecordGroupEnded, RecordNobody, Speaker, TakeOver, true_of
from compact_cases.rules.terms import Going, Held, Term
from tests.builders import (
    AGREED_IN_PART,
    CLOSED_WITH_ACTIONS,
    COUNCIL,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    confidential,
    given,
    said,
)
from tests.rules.candidates_of_the_board import SPEAKER
from tests.rules.test_review import then
from tests.rules.test_speaking import AFTER, AT, BY, ENDED_ON, ENDS, SAM

SWEEP: dict[str, Any] = {"seat": Seat.SYSTEM}
OFFICE = "office/officer"
ENDED = then(RELEASED, ENDS, AT)
UNHEARD = then(ENDED, RecordNobody(date(2026, 4, 16)), AFTER, **SWEEP)
MEMBER = TakeOver("member", said("All of us agreed."))
OWED = {"obligation": "take-over", "due": "2026-04-15"}


def stands_still(number: int, on: date, ends: date, kept: tuple[Held, ...], awaits: str | None) -> Paused:
    return Paused(number, "the group has ended", OFFICE, OFFICE, on, ends, kept, awaits)


# --- it has ended -----------------------------------------------------------------------------------------


def test_whoever_was_named_is_asked_and_what_the_raiser_owes_stands_still_at_once() -> None:
    ends = RecordGroupEnded(ENDED_ON, said("Their hall was sold."))
    assert ends.words
    outcome = given(RELEASED).when(ends, at=AT)
    case = outcome.then(
        GroupEnded(ENDED_ON, ends.words.sealed(), "raiser/named", BY),
        stands_still(1, date(2026, 3, 16), BY.due, (Held("decide", "", 9),), "take-over"),
    )
    assert (case.speaking.ended_on, case.speaking.words) == (ENDED_ON, ends.words.sealed())
    outcome.then_told(
        *(Notice("group-ended", seat, OWED, Rest.OWED) for seat in (Seat.RAISER, Seat.CHAMPION))
    )


@pytest.mark.parametrize(
    ("reached", "owner", "to"), [(True, Seat.RAISER, Seat.OFFICER), (False, Seat.OFFICER, Seat.RAISER)]
)
def test_an_officer_looks_for_somebody_where_no_letter_reaches_them(
    reached: bool, owner: Seat, to: Seat
) -> None:
    outcome = given(RELEASED).when(ENDS, at=AT, raiser_reached=reached)
    one = outcome.then_case().owed("take-over")
    assert one
    assert (one.owner, one.to) == (owner, to)
    assert outcome.told()[0] == Notice("group-ended", owner, OWED, Rest.OWED)


def test_before_the_notice_and_of_a_hidden_raiser_the_other_side_hears_nothing() -> None:
    for history, at in ((RECEIVED, "2026-02-24 10:00"), (confidential(RELEASED), AT)):
        ended = given(history).when(replace(ENDS, ended_on=date(2026, 2, 20)), at=at)
        assert [one.to for one in ended.told()] == [Seat.RAISER]
        taken = given(then(history, replace(ENDS, ended_on=date(2026, 2, 20)), at)).when(MEMBER, at=at)
        assert [one.to for one in taken.told()] == [Seat.RAISER, Seat.OFFICER]
    for kind in (GroupEnded, TakenOver, NobodyTookOver):
        assert AUDIENCE[kind] == Audience.RAISER_AND_OFFICERS


def test_the_day_is_today_or_gone_by_and_the_raisers_limits_are_longer_by_their_adjustment() -> None:
    given(RELEASED).when(RecordGroupEnded(date(2026, 3, 16)), at=AT).then_case()
    tomorrow = given(RELEASED).when(RecordGroupEnded(date(2026, 3, 17)), at=AT)
    assert tomorrow.then_refused("a day that has passed").field == "ended_on"
    longer = given(RELEASED).when(ENDS, at=AT, longer={Side.RAISER: 5}).told()
    assert longer[0].facts["due"] == "2026-04-22"


def test_the_body_that_answers_now_for_itself_has_not_ended() -> None:
    (first, at), *rest = RELEASED
    assert isinstance(first, ConcernReceived)
    same = [(replace(first, raiser_body=COUNCIL), at), *rest]
    given(same).when(ENDS, at=AT).then_refused("has not ended")
    given(ENDED).when(ENDS, at="2026-03-17 10:00").then_refused("recorded already")


def test_what_is_opened_for_the_group_meanwhile_stands_still_with_all_its_days() -> None:
    ended = then(PUT_TO_THE_COUNCIL, ENDS, "2026-03-04 10:00")
    assert not any(isinstance(event, Paused) for event, _ in ended)
    none = given(ended).when(RecordNoReply(date(2026, 3, 23)), at="2026-03-23 08:00", **SWEEP)
    paused = none.events()[-1]
    assert paused == stands_still(
        1, date(2026, 3, 23), date(2026, 4, 1), (Held("decide", "", 10),), "take-over"
    )
    # the letter to the raiser is not written, and the others name no date for it
    assert [(one.to, "due" in one.facts) for one in none.told()] == [
        (Seat.CHAMPION, False),
        (Seat.OFFICER, False),
    ]
    after = none.then_case()
    asks = Notice("no-reply", Seat.RAISER, {"obligation": "decide", "due": "2026-04-08"})
    assert true_of(asks, after) is None
    assert true_of(replace(asks, to=Seat.OFFICER), after) == replace(
        asks, to=Seat.OFFICER, facts={"obligation": "decide"}
    )
    assert true_of(asks, given(RELEASED).case) == asks
    of_nothing = Notice("closed", Seat.RAISER)
    assert true_of(of_nothing, after) == of_nothing


# --- somebody takes over ----------------------------------------------------------------------------------


def test_whoever_was_named_goes_on_and_the_days_that_were_left_run_again() -> None:
    outcome = given(ENDED).when(MEMBER, at="2026-03-20 10:00")
    case = outcome.then(
        TakenOver("member", True, MEMBER.authority.sealed()),
        Resumed(
            1,
            "the raiser’s side goes on",
            date(2026, 3, 20),
            (Going("decide", "", Term(date(2026, 3, 20), 9, date(2026, 4, 2))),),
        ),
    )
    assert case.owed("take-over") is None
    assert (case.speaking.capacity, case.speaking.authority) == ("member", MEMBER.authority.sealed())
    told = (Seat.OFFICER, Seat.CHAMPION)
    outcome.then_told(
        Notice("speaker", Seat.RAISER, {"same": True}, Rest.ALWAYS, confirms=True),
        *(Notice("speaker", seat, {"same": True}, Rest.ALWAYS) for seat in told),
    )


def test_somebody_new_is_named_by_an_id_and_nobody_is_without_one() -> None:
    proxy = replace(MEMBER, capacity="proxy", who=SAM, person=SPEAKER)
    taken, succeeded, _ = given(ENDED).when(proxy, at="2026-03-20 10:00").events()
    assert taken == TakenOver("proxy", False, proxy.authority.sealed())
    assert succeeded == RaiserSucceeded(SPEAKER)
    told = given(ENDED).when(proxy, at="2026-03-20 10:00").told()
    assert [one.facts for one in told] == [{"same": False}] * 3
    for half in (replace(proxy, person=None), replace(proxy, who=None)):
        taken, *rest = given(ENDED).when(half, at="2026-03-20 10:00").events()
        assert isinstance(taken, TakenOver)
        assert taken.same
        assert not any(isinstance(one, RaiserSucceeded) for one in rest)


@pytest.mark.parametrize(
    ("news", "field"),
    [
        ({"capacity": "friend"}, "capacity"),
        ({"who": Speaker(" ", email="sam@hill.example")}, "name"),
        ({"who": Speaker("Sam Hill")}, "email"),
        ({"authority": said(" ")}, "authority"),
    ],
)
def test_what_is_missing_is_said_at_its_field(news: dict[str, Any], field: str) -> None:
    tried = given(ENDED).when(replace(MEMBER, person=UUID(int=99), **news), at="2026-03-20 10:00")
    assert tried.then_refused("Please").field == field


def test_one_way_to_reach_them_is_enough() -> None:
    ways = Speaker("Sam Hill", email="sam@hill.example", phone="01452 000000", post="1 Hill")
    assert ways.ways == (("email", "sam@hill.example"), ("phone", "01452 000000"), ("post", "1 Hill"))
    for way in ({"email": "a@b.example"}, {"phone": "01452 000000"}, {"post": "1 Hill"}):
        new = replace(MEMBER, who=Speaker("Sam Hill", **way), person=SPEAKER)
        given(ENDED).when(new, at="2026-03-20 10:00").then_case()


# --- nobody does ------------------------------------------------------------------------------------------


def test_nobody_was_heard_of_so_an_officer_owes_the_closing_and_the_rest_stays_still() -> None:
    outcome = given(ENDED).when(RecordNobody(date(2026, 4, 16)), at=AFTER, **SWEEP)
    close = Term(date(2026, 4, 16), 5, date(2026, 4, 23))
    case = outcome.then(
        NobodyTookOver(date(2026, 4, 16), close),
        stands_still(2, date(2026, 3, 16), date(2026, 5, 15), (Held("decide", "", 9),), None),
    )
    one = case.owed("close")
    assert one
    assert (one.owner, one.to) == (Seat.OFFICER, Seat.RAISER)
    assert (case.speaking.closes, case.speaking.unheard_at) == (True, case.at)
    facts = {"obligation": "close", "due": "2026-04-23"}
    outcome.then_told(Notice("group-ended", Seat.OFFICER, facts, Rest.OWED))


def test_it_is_not_said_while_there_is_time() -> None:
    early = given(ENDED).when(RecordNobody(date(2026, 4, 15)), at="2026-04-15 23:59", **SWEEP)
    refused = early.then_refused("still time")
    assert isinstance(refused, NotYet)
    assert refused.until == date(2026, 4, 15)
    nobody = given(RELEASED).when(RecordNobody(date(2026, 4, 15)), at=AFTER, **SWEEP)
    nobody.then_refused("Nobody is looked for")
    given(RELEASED).when(MEMBER, at=AT).then_refused("Nobody is looked for")
    given(UNHEARD).when(RecordNobody(date(2026, 4, 17)), at="2026-04-17 00:01", **SWEEP).then()


def test_who_takes_over_late_ends_the_closing_that_nobody_else_wanted() -> None:
    case = given(UNHEARD).when(MEMBER, at="2026-04-20 10:00").then_case()
    assert [(one.name, one.due) for one in case.open_obligations] == [("decide", date(2026, 5, 1))]
    assert (case.speaking.unheard_at, case.speaking.closes) == (None, False)
    settled = then(UNHEARD, Decide("settled"), "2026-04-17 10:00")  # the group's word had come by post
    after = given(settled).when(MEMBER, at="2026-04-20 10:00").then_case()
    assert after.owed("close")


def test_what_was_agreed_runs_on_and_what_is_to_be_decided_does_not() -> None:
    ended = then(AGREED_IN_PART, ENDS, "2026-03-30 10:00")
    assert ended[-1][0] == stands_still(
        1, date(2026, 3, 30), date(2026, 4, 29), (Held("decide", "", 5), Held("action", "2", 13)), "take-over"
    )
    nobody = given(ended).when(RecordNobody(date(2026, 5, 1)), at="2026-05-01 00:01", **SWEEP)
    nobody.then(
        NobodyTookOver(date(2026, 5, 1), Term(date(2026, 5, 1), 5, date(2026, 5, 11))),
        Resumed(
            1,
            "its last day is over",
            date(2026, 5, 1),
            (Going("action", "2", Term(date(2026, 5, 1), 13, date(2026, 5, 21))),),
        ),
        stands_still(2, date(2026, 3, 30), date(2026, 6, 2), (Held("decide", "", 5),), None),
    )


def test_of_a_closed_case_nothing_is_to_be_closed_and_what_was_agreed_runs_on() -> None:
    ended = then(CLOSED_WITH_ACTIONS, ENDS, "2026-04-01 10:00")
    nobody = given(ended).when(RecordNobody(date(2026, 5, 6)), at="2026-05-06 00:01", **SWEEP)
    case = nobody.then(
        NobodyTookOver(date(2026, 5, 6), None),
        Resumed(
            1,
            "its last day is over",
            date(2026, 5, 6),
            (Going("action", "2", Term(date(2026, 5, 6), 11, date(2026, 5, 21))),),
        ),
    )
    nobody.then_told()
    assert not case.speaking.closes
    unheard = then(ended, RecordNobody(date(2026, 5, 6)), "2026-05-06 00:01", **SWEEP)
    given(unheard).when(MEMBER, at="2026-05-07 10:00").then_refused("Nobody is looked for")


def test_closed_while_somebody_is_looked_for_what_was_agreed_runs_on_by_itself() -> None:
    unheard = then(
        then(AGREED_IN_PART, ENDS, "2026-03-30 10:00"),
        RecordNobody(date(2026, 5, 1)),
        "2026-05-01 00:01",
        **SWEEP,
    )
    case = given(unheard).when(Close("no further contact", said()), at="2026-05-05 10:00").then_case()
    assert [(one.item, one.due) for one in case.course.to_do if one.name == "action"] == [
        ("1", date(2026, 5, 6)),
        ("2", date(2026, 5, 21)),
    ]
