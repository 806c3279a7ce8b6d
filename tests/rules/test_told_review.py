"""Who is told what of a senior review, with which facts; its edges by the day; what is kept."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.act import Registered
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.enquiry import Decide
from compact_cases.rules.events.enquiry import DecisionAsked
from compact_cases.rules.events.review import (
    MeetingAnswered,
    MeetingHeld,
    MeetingSet,
    NoMeetingRecorded,
)
from compact_cases.rules.noted import CommentOnNote, ReleaseText, WriteNote
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.review import (
    AnswerMeeting,
    CancelMeeting,
    RecordMeeting,
    RecordNoMeeting,
    SetMeeting,
)
from compact_cases.rules.seats import Seat
from compact_cases.rules.succession import Succeed
from compact_cases.rules.terms import Term
from tests.builders import COUNCIL, OFFICER, OTHER_OFFICER, given, said
from tests.rules.candidates import HALL
from tests.rules.test_onward import ALONE, CHAIR, GOES_ON, IN_REVIEW
from tests.rules.test_review import HELD, MEET, SET, hidden, then

BOTH_SIDES = (Seat.RAISER, Seat.RAISERS_LEAD, Seat.CHAMPION, Seat.SENIOR_LEAD)
INVITED = {"obligation": "meet", "due": "2026-04-20", "number": 0, "on": "2026-04-20", "time": "14:30"}
STATEMENT = AnswerMeeting("", comes=False, of_raiser=said("We had eight days."))
WRITTEN = then(hidden(SET), STATEMENT, "2026-04-08 10:00", seat=Seat.RAISER)


def to_all(name: str, facts: dict[str, Any], seats: Iterable[Seat] = BOTH_SIDES) -> list[Notice]:
    return [Notice(name, seat, facts) for seat in seats]


# --- it opens, and a day is set ---------------------------------------------------------------------------


def test_both_sides_hear_that_it_is_open_and_the_convenor_what_is_now_theirs_to_do() -> None:
    convene = {"obligation": "convene", "due": "2026-04-09", "item": "", "cycle": 1}
    note = {"obligation": "note", "due": "2026-04-30", "item": "", "cycle": 1}
    given(GOES_ON).when(OpenNextStep("", OTHER_OFFICER), at="2026-03-31 10:00").then_told(
        Notice("assigned", Seat.OFFICER, {"items": [convene, note]}),
        *to_all("review-opened", {"obligation": "note", "due": "2026-04-30"}),
    )


def test_each_lead_is_invited_for_their_side() -> None:
    given(IN_REVIEW).when(MEET, at="2026-04-07 10:00").then_told(
        Notice("invitation", Seat.RAISERS_LEAD, INVITED | {"item": "raiser"}),
        Notice("invitation", Seat.SENIOR_LEAD, INVITED | {"item": "respondent"}),
    )


def test_of_a_hidden_raisers_side_they_alone_are_written_to_for_a_statement_without_hour_and_place() -> None:
    asked = {"obligation": "meet", "due": "2026-04-20", "item": "raiser"}
    given(hidden(IN_REVIEW)).when(MEET, at="2026-04-07 10:00").then_told(
        Notice("invitation", Seat.SENIOR_LEAD, INVITED | {"item": "respondent"}),
        Notice("statement-asked", Seat.RAISER, asked, Rest.OWED),
    )


def test_who_has_sent_a_statement_is_not_asked_for_one_for_the_next_day() -> None:
    another = SetMeeting(date(2026, 4, 21), "10:00", online=True, place=said("a link"))
    facts = {"obligation": "meet", "due": "2026-04-21", "number": 1, "on": "2026-04-21", "time": "10:00"}
    given(WRITTEN).when(another, at="2026-04-09 10:00").then_told(
        Notice("invitation", Seat.SENIOR_LEAD, facts | {"item": "respondent"})
    )


def test_who_was_invited_hears_that_the_meeting_is_off_by_the_number_of_the_invitation() -> None:
    leads = (Seat.RAISERS_LEAD, Seat.SENIOR_LEAD)
    given(SET).when(CancelMeeting(), at="2026-04-09 10:00").then_told(
        *to_all("invitation-cancelled", {"number": 1}, leads)
    )
    given(hidden(SET)).when(CancelMeeting(), at="2026-04-09 10:00").then_told(
        *to_all("invitation-cancelled", {"number": 1}, leads[1:])
    )


@pytest.mark.parametrize("command", [Withdraw(sure=True), Decide("settled")])
def test_an_end_of_the_case_takes_the_meeting_out_of_both_calendars_also_that_of_whoever_ended_it(
    command: Any,
) -> None:
    outcome = given(SET).when(command, at="2026-04-09 10:00")
    off = [
        Notice("invitation-cancelled", seat, {"number": 1, "over": True}, Rest.ALWAYS, confirms=True)
        for seat in (Seat.RAISERS_LEAD, Seat.SENIOR_LEAD)
    ]
    assert [one for one in outcome.told() if one.name == "invitation-cancelled"] == off
    after_it = given(HELD).when(command, at="2026-04-20 17:00")  # they have met
    assert [one for one in after_it.told() if one.name == "invitation-cancelled"] == []


def test_whoever_takes_over_the_body_is_invited_anew_and_the_other_side_is_not() -> None:
    there = {COUNCIL: Registered(), HALL: Registered()}
    found = given(SET).when(Succeed(HALL), at="2026-04-09 10:00", register=there).told()
    invited = Notice("invitation", Seat.SENIOR_LEAD, INVITED | {"item": "respondent", "first": True})
    assert [one for one in found if one.name == "invitation"] == [invited]
    for history in (IN_REVIEW, HELD):  # no meeting is set, or it is over
        found = given(history).when(Succeed(HALL), at="2026-04-20 17:00", register=there).told()
        assert [one for one in found if one.name == "invitation"] == []


# --- answers ----------------------------------------------------------------------------------------------


def test_the_officer_hears_who_comes_and_until_when_another_day_is_to_be_found() -> None:
    comes = AnswerMeeting("respondent", comes=True)
    given(SET).when(comes, at="2026-04-08 10:00").then_told(
        Notice("meeting-answered", Seat.OFFICER, {"side": "respondent", "comes": True})
    )
    cannot = AnswerMeeting("raiser", comes=False)
    another_day = {"obligation": "convene", "due": "2026-04-15", "side": "raiser", "comes": False}
    given(SET).when(cannot, at="2026-04-08 10:00").then_told(
        Notice("meeting-answered", Seat.OFFICER, another_day)
    )


def test_another_day_is_owed_once_also_where_both_cannot_come() -> None:
    one = then(SET, AnswerMeeting("raiser", comes=False), "2026-04-08 10:00")
    other = AnswerMeeting("respondent", comes=False)
    given(one).when(other, at="2026-04-09 10:00").then(MeetingAnswered("respondent", False, None, None, None))


def test_a_statement_is_kept_and_the_officer_told_until_when_to_release_it() -> None:
    release = Term(date(2026, 4, 8), 2, date(2026, 4, 10))
    outcome = given(hidden(SET)).when(STATEMENT, at="2026-04-08 10:00", seat=Seat.RAISER)
    assert STATEMENT.of_raiser is not None
    outcome.then(MeetingAnswered("raiser", False, STATEMENT.of_raiser.sealed(), None, release))
    facts = {"obligation": "release", "due": "2026-04-10", "item": "statement-raiser"}
    outcome.then_told(Notice("meeting-answered", Seat.OFFICER, facts | {"side": "raiser", "comes": False}))


def test_the_days_on_which_a_lead_could_come_are_kept_and_empty_words_are_none() -> None:
    convene = Term(date(2026, 4, 8), 5, date(2026, 4, 15))
    tuesday = AnswerMeeting("raiser", comes=False, of_raiser=said("Any Tuesday."))
    assert tuesday.of_raiser is not None
    given(SET).when(tuesday, at="2026-04-08 10:00").then(
        MeetingAnswered("raiser", False, tuesday.of_raiser.sealed(), convene, None)
    )
    blank = AnswerMeeting("raiser", comes=False, of_raiser=said("  "))
    given(SET).when(blank, at="2026-04-08 10:00").then(MeetingAnswered("raiser", False, None, convene, None))


def test_a_statement_is_sent_once_whoever_writes_it_down_and_hinders_no_answer_of_the_other_side() -> None:
    by_officer = replace(STATEMENT, side="raiser")
    refused = given(WRITTEN).when(by_officer, at="2026-04-08 11:00")
    assert refused.then_refused("Their statement has reached us already.").field == "words"
    theirs = AnswerMeeting("", comes=True)
    given(WRITTEN).when(theirs, at="2026-04-08 11:00", seat=Seat.SENIOR_LEAD).then_case()
    first = then(hidden(SET), theirs, "2026-04-08 10:00", seat=Seat.SENIOR_LEAD)
    given(first).when(by_officer, at="2026-04-08 11:00").then_case()
    own = given(WRITTEN).when(STATEMENT, at="2026-04-08 11:00", seat=Seat.RAISER)
    own.then_refused("Your statement has reached us. To add something, please ring us.")


# --- what is kept of a meeting, and its edges -------------------------------------------------------------


def test_a_meeting_keeps_all_that_an_invitation_says() -> None:
    command = SetMeeting(
        date(2026, 4, 20), "09:05", online=True, place=said("a link"), needs=said("A loop, please.")
    )
    assert command.needs is not None
    place, needs = command.place.sealed(), command.needs.sealed()
    meet = Term(date(2026, 4, 7), 9, date(2026, 4, 20))
    lead = "respondent/senior-lead"
    kept = MeetingSet(0, date(2026, 4, 20), "09:05", True, place, needs, lead, False, meet)
    given(IN_REVIEW).when(command, at="2026-04-07 10:00").then(kept)
    given(hidden(IN_REVIEW)).when(command, at="2026-04-07 10:00").then(replace(kept, in_writing=True))
    alone = {"register": {COUNCIL: Registered(has_senior_lead=False)}}
    given(IN_REVIEW).when(command, at="2026-04-07 10:00", **alone).then(
        replace(kept, lead="respondent/champion")
    )


def meets(on: date) -> SetMeeting:
    return SetMeeting(on, "14:30", online=True, place=said("a link"))


def test_the_next_day_and_the_last_one_will_do() -> None:
    for day in (date(2026, 4, 8), date(2026, 4, 23)):
        given(IN_REVIEW).when(meets(day), at="2026-04-07 10:00").then_case()
    weekend = given(IN_REVIEW).when(meets(date(2026, 4, 18)), at="2026-04-07 10:00")
    weekend.then_refused("That is no working day. Please choose another day.")


def test_days_are_those_of_london_also_in_the_hour_after_midnight_in_summer() -> None:
    """At 00:30 in London it is still yesterday elsewhere."""
    today = given(IN_REVIEW).when(meets(date(2026, 4, 8)), at="2026-04-08 00:30")
    today.then_refused("Please choose a day after today")
    given(IN_REVIEW).when(meets(date(2026, 4, 24)), at="2026-04-23 00:30").then_refused("is over")
    given(SET).when(RecordMeeting(held=True), at="2026-04-20 00:30").then(MeetingHeld(date(2026, 4, 20)))
    given(SET).when(RecordNoMeeting(date(2026, 4, 30)), at="2026-04-20 00:30").then()
    late = given(SET).when(RecordMeeting(held=False), at="2026-04-30 00:30").events()
    assert late[0] == NoMeetingRecorded(date(2026, 4, 30))


def test_the_last_day_for_the_meeting_moves_with_the_date_of_the_note() -> None:
    """Five working days before the note is due; where the note is paused, the day that was said at first."""
    case = given(IN_REVIEW).case
    later = case.course.ended("note", "set anew").owing(
        "note", Seat.OFFICER, Seat.RAISER, Term(date(2026, 3, 31), 25, date(2026, 5, 8))
    )
    moved = replace(given(IN_REVIEW), case=replace(case, course=later))
    moved.when(meets(date(2026, 4, 30)), at="2026-04-07 10:00").then_case()
    refused = moved.when(meets(date(2026, 5, 1)), at="2026-04-07 10:00")
    refused.then_refused("not later than Thursday 30 April 2026.")


def test_the_rooms_needs_are_looked_at_for_a_hidden_raiser_too() -> None:
    known: dict[str, Any] = {"raisers_words": frozenset({"elmfield"})}
    needs = replace(MEET, needs=said("Elmfield brings a chair."))
    refused = given(hidden(IN_REVIEW)).when(needs, at="2026-04-07 10:00", **known)
    assert refused.then_refused("could tell the respondent who raised it: Elmfield").field == "needs"
    given(hidden(IN_REVIEW)).when(
        replace(needs, words_may_stay=True), at="2026-04-07 10:00", **known
    ).then_case()
    given(IN_REVIEW).when(needs, at="2026-04-07 10:00", **known).then_case()  # who is open is named
    given(hidden(IN_REVIEW)).when(MEET, at="2026-04-07 10:00", **known).then_case()


# --- it took place, or did not ----------------------------------------------------------------------------

DECIDE = Term(date(2026, 4, 30), 10, date(2026, 5, 15))


def test_that_nobody_met_is_told_to_all_and_it_is_the_raisers_turn() -> None:
    outcome = given(IN_REVIEW).when(RecordNoMeeting(date(2026, 4, 30)), at="2026-04-30 08:00")
    outcome.then(NoMeetingRecorded(date(2026, 4, 30)), DecisionAsked("senior-review", DECIDE))
    facts = {"obligation": "decide", "due": "2026-05-15", "met": False}
    others = (*BOTH_SIDES[1:], Seat.OFFICER)
    outcome.then_told(
        Notice("review-over", Seat.RAISER, facts, Rest.OWED), *to_all("review-over", facts, others)
    )


def test_an_officer_who_says_it_on_the_day_of_the_note_ends_the_review_and_before_it_does_not() -> None:
    not_held = RecordMeeting(held=False)
    given(SET).when(not_held, at="2026-04-30 10:00").then(
        NoMeetingRecorded(date(2026, 4, 30)), DecisionAsked("senior-review", DECIDE)
    )
    before = given(SET).when(not_held, at="2026-04-29 10:00").then_case()
    assert {one.name for one in before.open_obligations} == {"note", "convene"}


def test_a_meeting_of_that_very_day_is_not_taken_for_none() -> None:
    step = RecordNoMeeting(date(2026, 4, 20))
    given(SET).when(step, at="2026-04-20 08:00").then()
    assert given(SET).when(step, at="2026-04-17 08:00").events()


def test_nothing_is_held_before_what_waits_is_read() -> None:
    held = given(WRITTEN).when(RecordMeeting(held=True), at="2026-04-20 16:00")
    refused = held.then_refused(
        "Something waits to be read and released. Please read it first: no meeting is held before that."
    )
    assert refused.field == "held"
    not_held = given(WRITTEN).when(RecordMeeting(held=False), at="2026-04-20 16:00")
    not_held.then_case()


# --- who may convene it, in full sentences ----------------------------------------------------------------


def test_why_somebody_cannot_convene_is_said_in_full() -> None:
    def refused(officer: Any, words: str, **known: Any) -> None:
        given(GOES_ON).when(OpenNextStep("", officer), at="2026-03-31 10:00", **known).then_refused(words)

    refused(OFFICER, "Please choose an officer who has not handled this case so far.")
    chair = "No other officer is left who has not handled this case. Please choose the board chair."
    refused(OFFICER, chair, **(ALONE | {"chair": CHAIR}))
    refused(
        OFFICER,
        "Whoever convenes a senior review must be new to the case. Nobody else is left in this office, and "
        "no board chair. Please write which other office’s officer convenes it.",
        **ALONE,
    )


def test_where_the_champion_stands_for_the_senior_lead_they_are_invited_and_so_is_their_successor() -> None:
    alone = {COUNCIL: Registered(has_senior_lead=False), HALL: Registered(has_senior_lead=False)}
    history = then(IN_REVIEW, MEET, "2026-04-07 10:00", register=alone)
    found = given(history).when(Succeed(HALL), at="2026-04-09 10:00", register=alone).told()
    facts = INVITED | {"item": "respondent", "first": True}
    assert [one for one in found if one.name == "invitation"] == [Notice("invitation", Seat.CHAMPION, facts)]
    answered = then(history, AnswerMeeting("respondent", comes=True), "2026-04-08 10:00")
    found = given(answered).when(Succeed(HALL), at="2026-04-09 10:00", register=alone).told()
    assert [one.to for one in found if one.name == "invitation"] == [Seat.SENIOR_LEAD]


def test_where_the_champion_stands_for_the_senior_lead_they_get_what_the_lead_would_get() -> None:
    """They owe the answer and the comment, so they are the one to be invited and to read the other side."""
    alone = {COUNCIL: Registered(has_senior_lead=False)}
    leads = (Seat.RAISERS_LEAD, Seat.CHAMPION)
    meeting = given(IN_REVIEW).when(MEET, at="2026-04-07 10:00", register=alone)
    meet = meeting.then_case().owed("meet", "respondent")
    assert meet is not None
    assert meet.owner is Seat.CHAMPION
    meeting.then_told(
        Notice("invitation", Seat.RAISERS_LEAD, INVITED | {"item": "raiser"}),
        Notice("invitation", Seat.CHAMPION, INVITED | {"item": "respondent"}),
    )
    history = then(IN_REVIEW, MEET, "2026-04-07 10:00", register=alone)
    given(history).when(CancelMeeting(), at="2026-04-09 10:00").then_told(
        *to_all("invitation-cancelled", {"number": 1}, leads)
    )
    met = then(history, RecordMeeting(held=True), "2026-04-20 16:00")
    note = WriteNote(said("Six weeks from now on."), None)
    noted = then(met, note, "2026-04-21 10:00", register=alone)
    ours = then(noted, CommentOnNote("raiser", said("We heard it otherwise.")), "2026-04-22 10:00")
    given(ours).when(ReleaseText(looked=True), at="2026-04-22 12:00").then_told(
        Notice("text-released", Seat.CHAMPION, {"what": "comment"})
    )
