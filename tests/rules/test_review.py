"""Senior review: the leads are invited, answer, meet or do not; a note, comments, and the raiser's turn."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from compact_cases.rules.acts import notices_after
from compact_cases.rules.case import Case
from compact_cases.rules.closing import Close, Withdraw, outcomes
from compact_cases.rules.course import Stage
from compact_cases.rules.enquiry import Answer, Decide, ReleaseReply, SendReply
from compact_cases.rules.events.intake import ConcernReceived
from compact_cases.rules.events.review import NoCommentRecorded, TextReleased
from compact_cases.rules.mediation import DeclineOffer
from compact_cases.rules.noted import CommentOnNote, RecordNoComment, ReleaseText, WriteNote
from compact_cases.rules.review import (
    AnswerMeeting,
    CancelMeeting,
    RecordMeeting,
    RecordNoMeeting,
    SetMeeting,
)
from compact_cases.rules.seats import Seat, Side
from tests.builders import CHAMPION, History, given, now, said
from tests.rules.test_onward import IN_REVIEW

MEET = SetMeeting(date(2026, 4, 20), "14:30", online=False, place=said("The library, room 2"))
NOTE = WriteNote(said("Six weeks from now on."), said("The route itself."))
REPLY = SendReply((Answer(1, "accept", None),), None, CHAMPION, said("Ann Lee"))
LEAD, RAISERS = {"seat": Seat.SENIOR_LEAD}, {"seat": Seat.RAISERS_LEAD}
ELMFIELD = {"raisers_words": frozenset({"elmfield"})}


def then(history: History, command: Any, at: str, **known: Any) -> History:
    """The history with what follows from a command."""
    outcome = given(history).when(command, at=at, **known)
    return [*history, *((event, outcome.now.at) for event in outcome.events())]


SET = then(IN_REVIEW, MEET, "2026-04-07 10:00")
HELD = then(SET, RecordMeeting(held=True), "2026-04-20 16:00")
NOTED = then(HELD, NOTE, "2026-04-21 10:00", small_sides=frozenset({Side.RAISER}))


def hidden(history: History) -> History:
    """The same case of a confidential raiser."""
    (first, at), *rest = history
    assert isinstance(first, ConcernReceived)
    return [(replace(first, confidentiality="confidential"), at), *rest]


def owed(case: Case) -> set[str]:
    return {f"{one.name} {one.item}".strip() for one in case.open_obligations}


def test_a_day_is_set_and_each_lead_owes_an_answer_by_then() -> None:
    case = given(SET).case
    assert owed(case) == {"note", "meet raiser", "meet respondent"}
    due = case.owed("meet", "raiser")
    assert due
    assert (due.owner, due.to, due.due) == (Seat.RAISERS_LEAD, Seat.SENIOR_LEAD, MEET.on)


@pytest.mark.parametrize(
    ("on", "time", "words", "field"),
    [
        (date(2026, 4, 7), "14:30", "after today and not later than Thursday 23 April", "on"),
        (date(2026, 4, 1), "14:30", "after today", "on"),
        (date(2026, 4, 24), "14:30", "not later than", "on"),
        (date(2026, 4, 18), "14:30", "no working day", "on"),
        (date(2026, 4, 20), "half past two", "like 14:30", "time"),
        (date(2026, 4, 20), "24:00", "like 14:30", "time"),
    ],
)
def test_a_day_that_will_not_do_is_refused(on: date, time: str, words: str, field: str) -> None:
    command = SetMeeting(on, time, online=True, place=said("by telephone"))
    assert given(IN_REVIEW).when(command, at="2026-04-07 10:00").then_refused(words).field == field


def test_a_meeting_needs_a_place_and_a_review_that_is_under_way() -> None:
    nowhere = SetMeeting(date(2026, 4, 20), "14:30", online=False, place=said(" "))
    given(IN_REVIEW).when(nowhere, at="2026-04-07 10:00").then_refused("Please say where it is")
    given(NOTED).when(MEET, at="2026-04-22 10:00").then_refused("No senior review is under way")
    given(HELD).when(MEET, at="2026-04-20 17:00").then_refused("have met already")
    given(IN_REVIEW).when(MEET, at="2026-04-23 10:00").then_refused("last day for the meeting is over")


def test_a_place_that_tells_who_a_hidden_raiser_is_is_refused() -> None:
    place = SetMeeting(date(2026, 4, 20), "14:30", online=False, place=said("Elmfield Hall"))
    tried = given(hidden(IN_REVIEW)).when(place, at="2026-04-07 10:00", **ELMFIELD)
    assert tried.then_refused("could tell the respondent who raised it").field == "place"


def test_a_lead_who_answers_owes_nothing_and_who_cannot_come_hands_it_back() -> None:
    come = given(SET).when(AnswerMeeting("", comes=True), at="2026-04-08 10:00", **LEAD).then_case()
    assert owed(come) == {"note", "meet raiser"}
    cannot = AnswerMeeting("", comes=False, of_raiser=said("Any Tuesday"))
    case = given(SET).when(cannot, at="2026-04-08 10:00", **RAISERS).then_case()
    assert owed(case) == {"note", "meet respondent", "convene"}
    after = then(SET, cannot, "2026-04-08 10:00", **RAISERS)
    changed = given(after).when(AnswerMeeting("", comes=True), at="2026-04-08 11:00", **RAISERS).then_case()
    assert owed(changed) == {"note", "meet respondent"}
    same = given(after).when(AnswerMeeting("", comes=False), at="2026-04-08 12:00", **RAISERS)
    assert same.events() == []
    again = SetMeeting(date(2026, 4, 21), "10:00", online=True, place=said("a link"))
    anew = given(after).when(again, at="2026-04-09 10:00").then_case()
    assert owed(anew) == {"note", "meet raiser", "meet respondent"}
    assert anew.review.meeting
    assert anew.review.meeting.number == 1


def test_nobody_answers_for_the_other_side_or_before_a_day_is_set() -> None:
    early = given(IN_REVIEW).when(AnswerMeeting("", comes=True), at="2026-04-08 10:00", **LEAD)
    early.then_refused("No meeting is set")
    theirs = given(SET).when(AnswerMeeting("raiser", comes=True), at="2026-04-08 10:00", **LEAD)
    assert theirs.then_refused("your own side").field == "side"
    whose = given(SET).when(AnswerMeeting("", comes=True), at="2026-04-08 10:00")
    assert whose.then_refused("for which side").field == "side"
    mixed = AnswerMeeting("raiser", comes=False, of_respondent=said())
    assert given(SET).when(mixed, at="2026-04-08 10:00").then_refused("one side only").field == "words"


def test_a_hidden_raiser_meets_nobody_and_writes_a_statement_that_is_looked_at_first() -> None:
    secret = hidden(SET)
    told = [one.to for one in notices_after(secret[-1][0], given(secret).case)]
    assert told == [Seat.SENIOR_LEAD, Seat.RAISER]
    raiser = {"seat": Seat.RAISER}
    comes = given(secret).when(AnswerMeeting("", comes=True), at="2026-04-08 10:00", **raiser)
    assert comes.then_refused("write a statement").field == "comes"
    empty = given(secret).when(AnswerMeeting("", comes=False), at="2026-04-08 10:00", **raiser)
    assert empty.then_refused("write a statement").field == "words"
    statement = AnswerMeeting("", comes=False, of_raiser=said("We of Elmfield had eight days."))
    written = then(secret, statement, "2026-04-08 10:00", **raiser)
    assert owed(given(written).case) == {"note", "meet respondent", "release statement-raiser"}
    given(written).when(statement, at="2026-04-08 11:00", **raiser).then_refused("has reached us")
    waits = {"waiting_text": "We of Elmfield had eight days.", **ELMFIELD}
    look = given(written)
    unseen = look.when(ReleaseText(looked=False), at="2026-04-09 10:00", **waits)
    unseen.then_refused("Please look for names")
    telling = look.when(ReleaseText(looked=True), at="2026-04-09 10:00", **waits)
    telling.then_refused("could tell who raised it")
    nowhere = ReleaseText(looked=True, hidden=said("Rodborough"))
    look.when(nowhere, at="2026-04-09 10:00", **waits).then_refused("does not stand in the text")
    held = given(written).when(RecordMeeting(held=True), at="2026-04-20 16:00")
    held.then_refused("waits to be read and released")
    taken_out = ReleaseText(looked=True, hidden=said("Elmfield"))
    released = look.when(taken_out, at="2026-04-09 10:00", **waits).then_case()
    assert released.review.to_release is None
    assert released.stage is Stage.SENIOR_REVIEW
    again = SetMeeting(date(2026, 4, 21), "10:00", online=True, place=said("a link"))
    anew = given(written).when(again, at="2026-04-09 10:00").then_case()
    assert owed(anew) == {"note", "meet respondent", "release statement-raiser"}


def test_a_meeting_that_is_off_is_convened_anew() -> None:
    off = given(SET).when(CancelMeeting(), at="2026-04-09 10:00").then_case()
    assert owed(off) == {"note", "convene"}
    given(IN_REVIEW).when(CancelMeeting(), at="2026-04-09 10:00").then_refused("No meeting is set")


def test_what_took_place_is_said_on_its_day_or_later() -> None:
    given(SET).when(RecordMeeting(held=True), at="2026-04-19 10:00").then_refused("has not come yet")
    assert owed(given(HELD).case) == {"note"}
    not_held = given(SET).when(RecordMeeting(held=False), at="2026-04-20 16:00").then_case()
    assert owed(not_held) == {"note", "convene"}
    late = given(SET).when(RecordMeeting(held=False), at="2026-04-30 10:00").then_case()
    assert owed(late) == {"decide"}


def test_the_raiser_is_not_asked_anew_over_a_meeting_of_which_nobody_has_said_anything() -> None:
    step = RecordNoMeeting(date(2026, 4, 30))
    assert given(SET).when(step, at="2026-04-30 08:00").events() == []
    assert given(HELD).when(step, at="2026-04-30 08:00").events() == []
    off = then(SET, CancelMeeting(), "2026-04-09 10:00")
    assert owed(given(off).when(step, at="2026-04-30 08:00").then_case()) == {"decide"}


def test_a_note_says_something_and_comes_after_the_meeting() -> None:
    given(SET).when(NOTE, at="2026-04-20 16:00").then_refused("whether the meeting took place")
    given(NOTED).when(NOTE, at="2026-04-21 16:00").then_refused("No note")
    empty = given(HELD).when(WriteNote(None, said(" ")), at="2026-04-21 10:00")
    assert empty.then_refused("what is agreed, or what is not").field == "agreed"
    told = WriteNote(said("Elmfield gets six weeks."), None)
    secret = given(hidden(HELD)).when(told, at="2026-04-21 10:00", **ELMFIELD)
    assert secret.then_refused("could tell the respondent").field == "agreed"


def test_each_side_comments_and_a_small_group_has_twice_the_time() -> None:
    days = {one.item: one.due for one in given(NOTED).case.open_obligations}
    assert days == {"raiser": date(2026, 5, 6), "respondent": date(2026, 4, 28)}


def test_when_both_have_commented_and_read_each_other_it_is_the_raisers_turn() -> None:
    heard = CommentOnNote("", of_respondent=said("As we heard it."))
    first = then(NOTED, heard, "2026-04-22 10:00", **LEAD)
    assert owed(given(first).case) == {"comment raiser", "release comment-respondent"}
    given(first).when(CommentOnNote(""), at="2026-04-22 11:00", **LEAD).then_refused("No comment on a note")
    nothing = then(first, CommentOnNote(""), "2026-04-23 10:00", **RAISERS)
    assert owed(given(nothing).case) == {"release comment-respondent"}
    read = then(nothing, ReleaseText(looked=True), "2026-04-23 12:00")
    assert TextReleased("comment", "respondent", None) in [event for event, _ in read]
    case = given(read).case
    assert (case.stage, owed(case)) == (Stage.RAISER_DECIDES, {"decide"})
    for decide, outcome in (
        (Decide("settled"), "agreed at senior review"),
        (Decide("partly", "close"), "partly settled"),
        (Decide("not"), "not settled"),
    ):
        without = then(read, DeclineOffer("raiser"), "2026-04-24 09:00")  # and no mediation either
        decided = given(then(without, decide, "2026-04-24 10:00")).case
        assert outcomes(decided, now("2026-04-24 10:00"))["outcome"] == (outcome,)


def test_no_comment_by_the_date_is_none_and_no_agreement() -> None:
    step = RecordNoComment(date(2026, 4, 29))
    given(HELD).when(step, at="2026-04-29 08:00").then_refused("no note to comment on")
    silent = then(NOTED, step, "2026-04-29 08:00")
    assert silent[-1][0] == NoCommentRecorded("respondent", date(2026, 4, 29))
    assert owed(given(silent).case) == {"comment raiser"}
    assert given(silent).when(step, at="2026-04-29 08:01").events() == []
    both = then(silent, RecordNoComment(date(2026, 5, 7)), "2026-05-07 08:00")
    assert owed(given(both).case) == {"decide"}
    assert given(both).case.review.silent == ("respondent", "raiser")


def test_a_late_reply_is_taken_in_the_review_and_moves_nothing() -> None:
    late = then(SET, REPLY, "2026-04-08 10:00")
    assert owed(given(late).case) == {"note", "meet raiser", "meet respondent", "release"}
    read = then(late, ReleaseReply(looked=True), "2026-04-09 10:00")
    case = given(read).case
    assert (case.stage, owed(case)) == (Stage.SENIOR_REVIEW, {"note", "meet raiser", "meet respondent"})
    told = [one.to for one in notices_after(read[-1][0], case) if one.name == "reply-released"]
    assert told == [Seat.RAISER, Seat.RAISERS_LEAD]
    given(late).when(RecordMeeting(held=True), at="2026-04-20 16:00").then_refused("waits to be read")


@pytest.mark.parametrize("history", [IN_REVIEW, SET, HELD, NOTED])
def test_a_raiser_may_withdraw_or_be_content_at_any_time_of_it(history: History) -> None:
    gone = given(history).when(Withdraw(sure=True), at="2026-04-21 12:00").then_case()
    assert (gone.is_closed, owed(gone)) == (True, set())
    settled = then(history, Decide("settled"), "2026-04-21 12:00")
    assert owed(given(settled).case) == {"close"}
    close = Close("agreed at senior review", said())
    assert given(settled).when(close, at="2026-04-22 12:00").then_case().is_closed
    held = given(settled).when(RecordMeeting(held=True), at="2026-04-22 13:00")
    held.then_refused("No senior review")


def test_nothing_is_closed_while_a_comment_waits_to_be_read() -> None:
    waits = then(NOTED, CommentOnNote("", of_respondent=said("No.")), "2026-04-22 10:00", **LEAD)
    settled = then(waits, Decide("settled"), "2026-04-22 11:00")
    close = Close("agreed at senior review", said())
    given(settled).when(close, at="2026-04-22 12:00").then_refused("waits to be released")
    read = then(settled, ReleaseText(looked=True), "2026-04-22 13:00")
    assert given(read).when(close, at="2026-04-22 14:00").then_case().is_closed
    again = given(read).when(ReleaseText(looked=True), at="2026-04-22 14:00")
    again.then_refused("No statement and no comment")
