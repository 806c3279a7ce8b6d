"""Talk first: when it may be, that either side ends it, and what its last day is."""

from datetime import date
from uuid import UUID

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.acts import notices_after, offers
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.course import Stage
from compact_cases.rules.events.closing import Closed
from compact_cases.rules.events.fast_track import FastTracked
from compact_cases.rules.events.intake import Acknowledged
from compact_cases.rules.events.talk import PutInTouch, PutRight, TalkEnded
from compact_cases.rules.intake import Accept, AskForMore, Decline
from compact_cases.rules.particulars import MatchRespondent
from compact_cases.rules.seats import Seat
from compact_cases.rules.talk import EndTalk, RecordTalkOver, TalkFirst, ways_to_end
from compact_cases.rules.terms import Term
from tests.builders import (
    COUNCIL,
    OFFICER,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    given,
    now,
    on,
    received,
    said,
    sealed,
)

TALK = Term(date(2026, 3, 2), 10, date(2026, 3, 16))
IN_TOUCH = RECEIVED + on(
    "2026-03-02 09:30", Acknowledged(OFFICER, sealed()), PutInTouch(COUNCIL, sealed(), TALK)
)


def talk_first(agreed: bool = True) -> TalkFirst:
    return TalkFirst(OFFICER, said(), said(), agreed)


def test_it_acknowledges_and_the_raiser_says_how_it_went() -> None:
    command = talk_first()
    outcome = given(RECEIVED).when(command, at="2026-03-02 09:30")
    case = outcome.then(
        Acknowledged(OFFICER, command.restated.sealed()), PutInTouch(COUNCIL, command.wording.sealed(), TALK)
    )
    (owed,) = case.open_obligations
    assert (owed.name, owed.owner, owed.to, owed.due) == (
        "talk",
        Seat.RAISER,
        Seat.OFFICER,
        date(2026, 3, 16),
    )
    assert case.stage is Stage.RECEIVED
    told = [(one.name, one.to) for event in outcome.events() for one in notices_after(event, case)]
    assert told == [("talk-first", Seat.RAISER), ("talk-first", Seat.CHAMPION)]


def test_never_on_the_fast_track_in_fear_for_a_hidden_raiser_or_unasked() -> None:
    at = "2026-03-02 09:30"
    fast = RECEIVED + on("2026-02-23 10:00", FastTracked("closes-on", None, None))
    given(fast).when(talk_first(), at=at).then_refused("On the fast track there is no time")
    afraid = given(RECEIVED).when(talk_first(), at=at, raiser_is_afraid=True).then_refused("is afraid")
    assert afraid.field == "decision"
    (_, first), *others = RECEIVED
    for way in ("confidential", "anonymous"):
        hidden = [(received(Term(date(2026, 2, 23), 5, date(2026, 3, 2)), way), first), *others]
        given(hidden).when(talk_first(), at=at).then_refused("is not to be known")
    unasked = (
        given(RECEIVED).when(talk_first(agreed=False), at=at).then_refused("Please ask the raiser first")
    )
    assert unasked.field == "agreed"
    nobody = {COUNCIL: Registered(has_champion=False)}
    given(RECEIVED).when(talk_first(), at=at, register=nobody).then_refused("no named contact")
    given(PUT_TO_THE_COUNCIL).when(talk_first(), at=at).then_refused("acknowledged already")


@pytest.mark.parametrize(
    ("ended", "due"),
    [
        ("2026-03-05 10:00", date(2026, 3, 12)),
        ("2026-03-05 17:30", date(2026, 3, 13)),  # after 17:00, so the next working day is day 0
        ("2026-03-07 10:00", date(2026, 3, 16)),  # a Saturday
        ("2026-03-16 22:00", date(2026, 3, 23)),  # its last day at the latest
    ],
)
@pytest.mark.parametrize("seat", [Seat.RAISER, Seat.CHAMPION, Seat.OFFICER])
def test_either_side_ends_it_and_that_day_is_day_0(seat: Seat, ended: str, due: date) -> None:
    case = given(IN_TOUCH).when(EndTalk("go-on"), at=ended, seat=seat).then_case()
    assert case.talk.ended_by == seat.side.value
    owed = case.owed("acknowledge")
    assert owed is not None
    assert (owed.cycle, owed.due) == (2, due)


def test_silence_brings_it_back_to_the_officer_from_its_last_day() -> None:
    over = Term(date(2026, 3, 16), 5, date(2026, 3, 23))
    silence = RecordTalkOver(date(2026, 3, 17))
    outcome = given(IN_TOUCH).when(silence, at="2026-03-19 11:00", seat=Seat.SYSTEM)
    case = outcome.then(TalkEnded("time", over))
    told = [one.to for one in notices_after(outcome.events()[0], case)]
    assert told == [Seat.RAISER, Seat.CHAMPION, Seat.OFFICER]
    given(RECEIVED).when(silence, at="2026-03-19 11:00").then_refused("are not talking first")


ENDED = IN_TOUCH + on("2026-03-05 10:00", TalkEnded("raiser", Term(date(2026, 3, 5), 5, date(2026, 3, 12))))


def test_it_is_done_once_and_the_officer_may_do_all_else() -> None:
    given(ENDED).when(talk_first(), at="2026-03-06 10:00").then_refused("talked first already")
    given(ENDED).when(EndTalk("go-on"), at="2026-03-06 10:00").then_refused("are not talking first")
    accepted = given(ENDED).when(Accept(OFFICER, said(), said()), at="2026-03-06 10:00").then_case()
    assert accepted.owed("reply") is not None
    given(IN_TOUCH).when(AskForMore(said()), at="2026-03-03 10:00").then_refused("acknowledged already")


def test_what_is_put_right_is_closed_at_once() -> None:
    case = (
        given(IN_TOUCH)
        .when(EndTalk("put-right"), at="2026-03-05 10:00", seat=Seat.RAISER)
        .then(PutRight(), Closed("resolved directly", None))
    )
    assert case.is_closed
    told = [(one.name, one.to) for one in notices_after(PutRight(), case)]
    assert told == [("put-right", Seat.OFFICER)]
    given(ENDED).when(EndTalk("put-right"), at="2026-03-06 10:00").then_refused("are not talking first")


def test_the_respondent_ends_it_and_does_not_say_that_it_is_put_right() -> None:
    case = given(IN_TOUCH).case
    said_by = {seat: ways_to_end(case, now("2026-03-03 10:00", seat=seat))["ends"] for seat in Seat}
    assert said_by[Seat.CHAMPION] == ("go-on",)
    assert said_by[Seat.RAISER] == ("put-right", "go-on")
    open_to = offers(case, now("2026-03-03 10:00", seat=Seat.CHAMPION)).open
    assert [one.command for one in open_to] == [EndTalk]
    put_right = EndTalk("put-right")
    refused = given(IN_TOUCH).when(put_right, at="2026-03-03 10:00", seat=Seat.CHAMPION)
    assert refused.then_refused("the raiser’s to say").field == "ends"


def test_it_counts_as_notice() -> None:
    withdrawn = given(IN_TOUCH).when(Withdraw(sure=True), at="2026-03-03 10:00")
    case = withdrawn.then_case()
    told = [one.to for event in withdrawn.events() for one in notices_after(event, case)]
    assert Seat.CHAMPION in told
    other = MatchRespondent(UUID(int=81))
    register = {UUID(int=81): Registered()}
    given(IN_TOUCH).when(other, at="2026-03-03 10:00", register=register).then_refused("cannot be changed")


def test_whoever_was_put_in_touch_hears_that_it_is_not_taken_further() -> None:
    declined = given(ENDED).when(Decline(OFFICER, "repeat", said()), at="2026-03-06 10:00")
    case = declined.then_case()
    told = [(one.name, one.to) for event in declined.events() for one in notices_after(event, case)]
    assert sorted(told) == [("closed", Seat.CHAMPION), ("declined", Seat.RAISER)]
