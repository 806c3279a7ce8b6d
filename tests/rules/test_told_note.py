"""Who is told what of a review's note, comments and statements, with which facts; what is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

from compact_cases.rules.events.enquiry import DecisionAsked
from compact_cases.rules.events.review import (
    NoCommentRecorded,
    NoteCommented,
    NoteWritten,
    TextReleased,
)
from compact_cases.rules.noted import CommentOnNote, RecordNoComment, ReleaseText, WriteNote
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.seats import Seat, Side
from compact_cases.rules.terms import Term
from tests.builders import History, given, said
from tests.rules.test_review import HELD, NOTED, hidden, then
from tests.rules.test_told_review import BOTH_SIDES, WRITTEN, to_all

COMMENTED = then(
    NOTED, CommentOnNote("", of_respondent=said("As we heard it.")), "2026-04-22 10:00", seat=Seat.SENIOR_LEAD
)


NOTE = WriteNote(said("Six weeks from now on."), said("The route itself."))


def test_the_note_is_kept_in_its_two_halves_and_told_with_each_sides_own_date() -> None:
    outcome = given(HELD).when(NOTE, at="2026-04-21 10:00", small_sides=frozenset({Side.RAISER}))
    assert NOTE.agreed is not None
    assert NOTE.open is not None
    outcome.then(
        NoteWritten(
            NOTE.agreed.sealed(),
            NOTE.open.sealed(),
            "respondent/senior-lead",
            Term(date(2026, 4, 21), 10, date(2026, 5, 6)),
            Term(date(2026, 4, 21), 5, date(2026, 4, 28)),
        )
    )
    ours = {"obligation": "comment", "due": "2026-05-06", "item": "raiser"}
    theirs = {"obligation": "comment", "due": "2026-04-28", "item": "respondent"}
    outcome.then_told(
        Notice("note-written", Seat.RAISER, ours),
        Notice("note-written", Seat.RAISERS_LEAD, ours),
        Notice("note-written", Seat.SENIOR_LEAD, theirs),
        Notice("note-written", Seat.CHAMPION, theirs),
    )


def test_a_half_that_is_empty_is_not_kept() -> None:
    def halves(command: WriteNote) -> tuple[bool, bool]:
        (event,) = given(HELD).when(command, at="2026-04-21 10:00").events()
        assert isinstance(event, NoteWritten)
        return event.agreed is not None, event.open is not None

    assert halves(WriteNote(said("Six weeks."), said(" "))) == (True, False)
    assert halves(WriteNote(None, said("The route."))) == (False, True)


def test_a_comment_is_kept_and_the_officer_told_until_when_to_release_it() -> None:
    comment = CommentOnNote("", of_respondent=said("As we heard it."))
    outcome = given(NOTED).when(comment, at="2026-04-22 10:00", seat=Seat.SENIOR_LEAD)
    assert comment.of_respondent is not None
    release = Term(date(2026, 4, 22), 2, date(2026, 4, 24))
    outcome.then(NoteCommented("respondent", comment.of_respondent.sealed(), release))
    facts = {"obligation": "release", "due": "2026-04-24", "item": "comment-respondent", "side": "respondent"}
    outcome.then_told(Notice("text-received", Seat.OFFICER, facts, Rest.OWED))


def test_no_comment_to_make_is_told_to_nobody() -> None:
    outcome = given(NOTED).when(CommentOnNote("respondent"), at="2026-04-22 10:00")
    outcome.then(NoteCommented("respondent", None, None))
    outcome.then_told()


def test_a_released_text_is_told_to_the_other_side_alone() -> None:
    release = ReleaseText(looked=True)
    given(COMMENTED).when(release, at="2026-04-23 10:00").then_told(
        *to_all("text-released", {"what": "comment"}, (Seat.RAISER, Seat.RAISERS_LEAD))
    )
    given(WRITTEN).when(release, at="2026-04-09 10:00").then_told(
        *to_all("text-released", {"what": "statement"}, (Seat.SENIOR_LEAD,))
    )


def test_what_was_taken_out_of_a_text_is_kept() -> None:
    release = ReleaseText(looked=True, hidden=said("heard it"))
    assert release.hidden is not None
    given(COMMENTED).when(release, at="2026-04-23 10:00", waiting_text="As we heard it.").then(
        TextReleased("comment", "respondent", release.hidden.sealed())
    )


def test_after_the_last_comment_is_read_all_hear_that_they_met_and_that_it_is_the_raisers_turn() -> None:
    both = then(COMMENTED, CommentOnNote("raiser"), "2026-04-23 10:00")
    facts = {"obligation": "decide", "due": "2026-05-08", "met": True}
    given(both).when(ReleaseText(looked=True), at="2026-04-23 12:00").then_told(
        *to_all("text-released", {"what": "comment"}, (Seat.RAISER, Seat.RAISERS_LEAD)),
        Notice("review-over", Seat.RAISER, facts, Rest.OWED),
        *to_all("review-over", facts, (*BOTH_SIDES[1:], Seat.OFFICER)),
    )


def test_a_side_has_the_whole_of_its_last_day_to_comment() -> None:
    last, next_day = RecordNoComment(date(2026, 4, 28)), RecordNoComment(date(2026, 4, 29))
    given(NOTED).when(last, at="2026-04-28 23:00").then()
    given(NOTED).when(next_day, at="2026-04-29 00:30").then(
        NoCommentRecorded("respondent", date(2026, 4, 29))
    )


def test_where_both_are_silent_it_is_recorded_of_both_and_then_it_is_the_raisers_turn() -> None:
    step = RecordNoComment(date(2026, 5, 7))
    given(NOTED).when(step, at="2026-05-07 08:00").then(
        NoCommentRecorded("raiser", date(2026, 5, 7)),
        NoCommentRecorded("respondent", date(2026, 5, 7)),
        DecisionAsked("senior-review", Term(date(2026, 5, 7), 10, date(2026, 5, 21))),
    )


def test_a_side_that_has_commented_does_not_comment_again_whoever_writes_it_down() -> None:
    again = CommentOnNote("respondent", of_respondent=said("One thing more."))
    refused = given(COMMENTED).when(again, at="2026-04-22 12:00")
    assert refused.then_refused("This side has commented already, or its date is over.").field == "side"
    ours = CommentOnNote("raiser", of_raiser=said("We heard it otherwise."))
    given(COMMENTED).when(ours, at="2026-04-22 12:00").then_case()


def test_where_the_second_side_has_nothing_to_say_and_nothing_waits_it_is_the_raisers_turn() -> None:
    first = then(NOTED, CommentOnNote("respondent"), "2026-04-22 10:00")
    given(first).when(CommentOnNote("raiser"), at="2026-04-23 10:00").then(
        NoteCommented("raiser", None, None),
        DecisionAsked("senior-review", Term(date(2026, 4, 23), 10, date(2026, 5, 8))),
    )


def test_the_words_of_each_side_are_looked_through_and_what_is_wrong_is_said_at_its_field() -> None:
    known: dict[str, Any] = {
        "waiting_text": "We of Elmfield had eight days.",
        "raisers_words": frozenset({"elmfield"}),
    }

    def release(history: History, command: ReleaseText) -> Any:
        return given(history).when(command, at="2026-04-09 10:00", **known)

    looked = ReleaseText(looked=True)
    unlooked = release(WRITTEN, ReleaseText(looked=False)).then_refused("Please look for names")
    assert unlooked.field == "looked"
    nowhere = release(WRITTEN, ReleaseText(looked=True, hidden=said("x" * 90)))
    assert nowhere.then_refused(f"“{'x' * 80}” does not stand in the text.").field == "hidden"
    telling = release(WRITTEN, looked).then_refused("These words could tell who raised it: Elmfield.")
    assert telling.field == "hidden"
    release(WRITTEN, replace(looked, words_may_stay=True)).then_case()
    given(COMMENTED).when(looked, at="2026-04-23 10:00", **known).then_case()  # who is open is named


def test_a_note_does_not_name_a_hidden_raiser_in_either_half_until_somebody_looked() -> None:
    known: dict[str, Any] = {"raisers_words": frozenset({"elmfield"})}
    told = WriteNote(None, said("Elmfield wants eight weeks."))
    refused = given(hidden(HELD)).when(told, at="2026-04-21 10:00", **known)
    assert refused.then_refused("the respondent who raised it: Elmfield").field == "open"
    may_stay = replace(told, words_may_stay=True)
    given(hidden(HELD)).when(may_stay, at="2026-04-21 10:00", **known).then_case()
    given(HELD).when(told, at="2026-04-21 10:00", **known).then_case()
