"""A timetable: other dates that one side proposes, the other answers, and that both then go by."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.reports.proofs import proof_of
from compact_cases.rules.acts import act_of, behalf, notices_after
from compact_cases.rules.coming import Arrived
from compact_cases.rules.enquiry import Answer as Said
from compact_cases.rules.enquiry import SendReply
from compact_cases.rules.events.timetable import (
    SILENT,
    PlannedDate,
    TimetableAgreed,
    TimetableNotAgreed,
    TimetableProposed,
)
from compact_cases.rules.findings import (
    AnswerRecommendation,
    Recommend,
    SendFindings,
)
from compact_cases.rules.notices import Rest
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.pausing import THIRD_PARTY
from compact_cases.rules.planned import can_be_planned, is_urgent, name_of
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.silence import SendLastLetter
from compact_cases.rules.terms import Came, Going, Term
from compact_cases.rules.timetable import (
    AnswerTimetable,
    OtherDate,
    ProposeTimetable,
    RecordNoTimetable,
    TakeBackTimetable,
)
from tests.builders import (
    CHAMPION,
    CLOSED,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    History,
    given,
    now,
    rulebook,
    said,
)
from tests.builders import (
    SILENT as NO_REPLY,
)
from tests.rules.test_hold import held
from tests.rules.test_onward import IN_REVIEW
from tests.rules.test_panel import FOUND, HEARD, TO_THE_COUNCIL, WHO
from tests.rules.test_review import then

ON_THE_24TH = ProposeTimetable((OtherDate("reply", date(2026, 3, 24)),))
PROPOSED = then(PUT_TO_THE_COUNCIL, ON_THE_24TH, "2026-03-09 10:00", seat=Seat.CHAMPION)
YES, NO, BACK = AnswerTimetable(accepted=True), AnswerTimetable(accepted=False), TakeBackTimetable()
AGREED = then(PROPOSED, YES, "2026-03-11 10:00", seat=Seat.RAISER)
SMALL: dict[str, Any] = {"small_sides": frozenset({Side.RAISER})}
REPLY = SendReply((Said(1, "accept", said()),), None, CHAMPION, said("The policy team"))

TO_THE_RAISER = Recommend("raiser", said("Say how to be asked."), said("A letter says it."))
THREE = SendFindings((FOUND,), (TO_THE_COUNCIL, TO_THE_COUNCIL, TO_THE_RAISER))
FOUND_THREE = then(HEARD, THREE, "2026-05-15 10:00", **WHO)  # each to be answered by 8 June
PLAN = ProposeTimetable(
    (
        OtherDate("respond 1", date(2026, 6, 1)),
        OtherDate("respond 2", date(2026, 6, 12)),
        OtherDate("respond 3", date(2026, 6, 26)),
    )
)
ACCEPTED = AnswerRecommendation("1", "accepted", by=date(2026, 9, 21))


def due(history: History, name: str = "reply", item: str = "") -> date | None:
    owed = given(history).case.owed(name, item)
    assert owed is not None, name
    return owed.due


def offered(history: History, at: str) -> dict[str, tuple[date, date]]:
    found = can_be_planned(given(history).case, now(at))
    return {name_of(one.one): (one.first, one.last) for one in found}


# --- a proposal -------------------------------------------------------------------------------------------


def test_either_side_proposes_and_the_other_has_five_days_or_ten() -> None:
    planned = PlannedDate("reply", "", 1, date(2026, 3, 16), date(2026, 3, 24))
    asked = given(PUT_TO_THE_COUNCIL).when(ON_THE_24TH, at="2026-03-09 10:00", seat=Seat.CHAMPION)
    case = asked.then(
        TimetableProposed(1, "respondent", (planned,), Term(date(2026, 3, 9), 5, date(2026, 3, 16)))
    )
    answer = case.owed("agree-timetable")
    assert answer is not None
    assert (answer.owner, answer.to, answer.due) == (Seat.RAISER, Seat.CHAMPION, date(2026, 3, 16))
    assert due(PROPOSED) == date(2026, 3, 16)  # the clocks run meanwhile

    small = then(PUT_TO_THE_COUNCIL, ON_THE_24TH, "2026-03-09 10:00", seat=Seat.CHAMPION, **SMALL)
    assert due(small, "agree-timetable") == date(2026, 3, 23)
    theirs = then(PUT_TO_THE_COUNCIL, ON_THE_24TH, "2026-03-09 10:00", seat=Seat.RAISER, **SMALL)
    owed = given(theirs).case.owed("agree-timetable")
    assert owed is not None
    assert (owed.owner, owed.due) == (Seat.CHAMPION, date(2026, 3, 16))


def test_everybody_is_told_and_who_is_asked_is_asked() -> None:
    told = notices_after(PROPOSED[-1][0], given(PROPOSED).case)
    assert [(one.to, one.facts["yours"], one.confirms) for one in told] == [
        (Seat.RAISER, True, False),
        (Seat.CHAMPION, False, True),
        (Seat.OFFICER, False, False),
    ]
    assert {one.rests_on for one in told} == {Rest.OWED}
    assert {one.facts["due"] for one in told} == {"2026-03-16"}


def test_a_date_lies_after_today_and_within_twice_its_limit() -> None:
    assert offered(PUT_TO_THE_COUNCIL, "2026-03-09 10:00") == {
        "reply": (date(2026, 3, 10), date(2026, 3, 30))
    }


@pytest.mark.parametrize(
    ("obligation", "day", "words"),
    [
        ("reply", date(2026, 3, 9), "from Tuesday 10 March 2026 to Monday 30 March 2026"),
        ("reply", date(2026, 3, 31), "up to twice its limit"),
        ("reply", date(2026, 3, 21), "not a working day: Saturday"),
        ("reply", date(2026, 3, 16), "the date as it is now"),
        ("decide", date(2026, 3, 20), "No other date can be agreed for this"),
        ("release", date(2026, 3, 20), "No other date can be agreed for this"),
    ],
)
def test_a_date_that_breaks_a_rule_is_refused_at_its_field(obligation: str, day: date, words: str) -> None:
    command = ProposeTimetable((OtherDate("reply"), OtherDate(obligation, day)))
    asked = given(PUT_TO_THE_COUNCIL).when(command, at="2026-03-09 10:00", seat=Seat.RAISER)
    assert asked.then_refused(words).field == "dates.1.on"


def test_a_proposal_has_a_date_and_each_thing_once() -> None:
    for dates, words in (
        ((OtherDate("reply"),), "one thing at least"),
        ((), "one thing at least"),
        ((OtherDate("reply", date(2026, 3, 20)), OtherDate("reply", date(2026, 3, 23))), "the same thing"),
    ):
        asked = given(PUT_TO_THE_COUNCIL).when(
            ProposeTimetable(dates), at="2026-03-09 10:00", seat=Seat.RAISER
        )
        assert asked.then_refused(words).field == "dates.0.on"


def test_an_officer_writes_it_down_for_one_side_with_the_day_on_which_it_came() -> None:
    unsaid = given(PUT_TO_THE_COUNCIL).when(ON_THE_24TH, at="2026-03-09 10:00")
    assert unsaid.then_refused("for which side").field == "side"
    named = replace(ON_THE_24TH, side="raiser", came=Arrived(date(2026, 3, 6), "phone"))
    (event,) = given(PUT_TO_THE_COUNCIL).when(named, at="2026-03-09 10:00").events()
    assert isinstance(event, TimetableProposed)
    assert (event.side, event.came) == ("raiser", Came(date(2026, 3, 6), "phone", None))
    case = given(PUT_TO_THE_COUNCIL).case
    assert behalf(act_of(named), named, case) is Seat.RAISER
    assert behalf(act_of(YES), YES, given(PROPOSED).case) is Seat.RAISER
    assert behalf(act_of(BACK), BACK, given(PROPOSED).case) is Seat.CHAMPION
    other = given(PUT_TO_THE_COUNCIL).when(
        replace(ON_THE_24TH, side="raiser"), at="2026-03-09 10:00", seat=Seat.CHAMPION
    )
    assert other.then_refused("your own side").field == "side"


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (RECEIVED, "has not been told of this case"),
        (CLOSED, "This case is closed"),
        (PROPOSED, "proposed already"),
    ],
)
def test_where_nothing_can_be_proposed_it_says_why(history: History, words: str) -> None:
    given(history).when(replace(ON_THE_24TH, side="raiser"), at="2026-03-18 10:00").then_refused(words)


def test_what_is_paused_or_on_its_way_to_an_end_has_no_other_date() -> None:
    paused = then(PUT_TO_THE_COUNCIL, PauseClocks(THIRD_PARTY), "2026-03-09 09:00")
    given(paused).when(ON_THE_24TH, at="2026-03-09 10:00", seat=Seat.RAISER).then_refused("nothing in this")
    letter = then(
        NO_REPLY,
        SendLastLetter(date(2026, 4, 22)),
        "2026-04-22 08:05",
        seat=Seat.SYSTEM,
    )
    assert offered(NO_REPLY, "2026-04-21 10:00") == {"decide": (date(2026, 4, 22), date(2026, 4, 22))}
    assert offered(letter, "2026-04-22 10:00") == {}


def test_fast_track_has_no_timetable_until_its_date_is_over() -> None:
    asked = given(held()).when(replace(ON_THE_24TH, side="raiser"), at="2026-05-01 10:00")
    asked.then_refused("Something closes soon")
    case = given(held()).case
    assert is_urgent(case, now("2026-05-05 23:00"))
    assert not is_urgent(case, now("2026-05-06 00:01"))


def test_what_the_office_owes_both_can_only_agree_to_have_later() -> None:
    found = offered(IN_REVIEW, "2026-04-10 10:00")
    before = {name: due(IN_REVIEW, name) for name in found}
    assert set(found) == {"convene", "note"}
    for name, (first, last) in found.items():
        was = before[name]
        assert was is not None
        assert was < first <= last


# --- its answer -------------------------------------------------------------------------------------------


def test_a_yes_sets_the_date_anew_and_everybody_is_told() -> None:
    term = Term(date(2026, 3, 11), 9, date(2026, 3, 24))
    case = (
        given(PROPOSED)
        .when(YES, at="2026-03-11 10:00", seat=Seat.RAISER)
        .then(TimetableAgreed(1, "raiser", (Going("reply", "", term),)))
    )
    reply = case.owed("reply")
    assert reply is not None
    assert (reply.cycle, reply.due, reply.agreed) == (2, date(2026, 3, 24), True)
    assert case.owed("agree-timetable") is None
    assert case.timetable.proposal is None
    told = notices_after(AGREED[-1][0], case)
    assert [(one.to, one.confirms) for one in told] == [
        (Seat.RAISER, True),
        (Seat.CHAMPION, True),
        (Seat.OFFICER, False),
    ]
    assert told[0].facts["items"] == [{"obligation": "reply", "due": "2026-03-24", "item": ""}]


def test_the_date_is_explained() -> None:
    case = given(AGREED).case
    reply = case.owed("reply")
    assert reply is not None
    proof = proof_of(case.obligations, reply, rulebook().calendar)
    assert proof[-1].day == date(2026, 3, 24)
    said_so = [
        one.because for one in proof if "agreed by both sides on Wednesday 11 March 2026" in one.because
    ]
    assert said_so == [
        "Working day 7. 6 working days added: this date was agreed by both sides on Wednesday 11 March 2026."
    ]


def test_an_earlier_date_is_explained_too() -> None:
    sooner = ProposeTimetable((OtherDate("reply", date(2026, 3, 13)),))
    history = then(PUT_TO_THE_COUNCIL, sooner, "2026-03-09 10:00", seat=Seat.CHAMPION)
    case = given(then(history, YES, "2026-03-10 10:00", seat=Seat.RAISER)).case
    reply = case.owed("reply")
    assert reply is not None
    proof = proof_of(case.obligations, reply, rulebook().calendar)
    assert proof[-1].day == reply.due == date(2026, 3, 13)
    assert any("1 working day fewer: this date was agreed by both sides" in one.because for one in proof)


@pytest.mark.parametrize(
    ("command", "at", "seat", "how", "by"),
    [
        (NO, "2026-03-11 10:00", Seat.RAISER, "declined", "raiser"),
        (BACK, "2026-03-11 10:00", Seat.CHAMPION, "taken back", "respondent"),
        (RecordNoTimetable(date(2026, 3, 17)), "2026-03-17 08:05", Seat.SYSTEM, SILENT, ""),
    ],
)
def test_a_no_silence_and_taking_back_leave_every_date_as_it_is(
    command: Any, at: str, seat: Seat, how: str, by: str
) -> None:
    case = given(PROPOSED).when(command, at=at, seat=seat).then(TimetableNotAgreed(1, how, by))
    reply = case.owed("reply")
    assert reply is not None
    assert (reply.due, reply.cycle, reply.agreed) == (date(2026, 3, 16), 1, False)
    assert case.owed("agree-timetable") is None
    (event,) = given(PROPOSED).when(command, at=at, seat=seat).events()
    told = notices_after(event, case)
    assert [(one.to, one.facts) for one in told] == [
        (each, {"how": how}) for each in (Seat.RAISER, Seat.CHAMPION, Seat.OFFICER)
    ]


def test_silence_is_recorded_once_its_last_day_is_over() -> None:
    early = given(PROPOSED).when(
        RecordNoTimetable(date(2026, 3, 16)), at="2026-03-16 23:00", seat=Seat.SYSTEM
    )
    early.then_refused("still time")
    given(AGREED).when(RecordNoTimetable(date(2026, 3, 17)), at="2026-03-17 08:00").then_refused(
        "No timetable is proposed"
    )


def test_who_proposed_it_cannot_accept_it_nor_the_other_take_it_back() -> None:
    given(PROPOSED).when(YES, at="2026-03-11 10:00", seat=Seat.CHAMPION).then_refused("Your side")
    given(PROPOSED).when(BACK, at="2026-03-11 10:00", seat=Seat.RAISER).then_refused("say no to it")
    for command in (YES, NO, BACK):
        given(AGREED).when(command, at="2026-03-12 10:00").then_refused("No timetable is proposed")


def test_an_answer_after_the_silence_is_too_late_and_it_can_be_proposed_again() -> None:
    silent = then(PROPOSED, RecordNoTimetable(date(2026, 3, 17)), "2026-03-17 08:05", seat=Seat.SYSTEM)
    given(silent).when(YES, at="2026-03-17 09:00", seat=Seat.RAISER).then_refused("not open any more")
    again = then(silent, ON_THE_24TH, "2026-03-17 10:00", seat=Seat.RAISER)
    assert given(again).case.timetable.count == 2


def test_an_answer_on_paper_says_when_it_came() -> None:
    paper = AnswerTimetable(accepted=True, came=Arrived(date(2026, 3, 10), "paper"))
    (event,) = given(PROPOSED).when(paper, at="2026-03-12 10:00").events()
    assert isinstance(event, TimetableAgreed)
    assert event.came == Came(date(2026, 3, 10), "paper", True)
    before = AnswerTimetable(accepted=True, came=Arrived(date(2026, 3, 6), "paper"))
    assert given(PROPOSED).when(before, at="2026-03-12 10:00").then_refused("cannot have come").field
