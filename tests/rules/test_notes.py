"""Calls and visits written down, private notes: nothing moves, nobody is told, at any time of a case."""

from datetime import date

import pytest

from compact_cases.rules.acts import act_of, has_moved_on, notices_after
from compact_cases.rules.audience import Audience
from compact_cases.rules.case import Case
from compact_cases.rules.events import AUDIENCE
from compact_cases.rules.events.notes import ContactWrittenDown, PrivateNoteWritten
from compact_cases.rules.intake import AddToConcern
from compact_cases.rules.notes import SPOKEN_TO, WriteDownContact, WritePrivateNote
from compact_cases.rules.seats import CASE_STAFF, Seat
from tests.builders import CLOSED, PUT_TO_THE_COUNCIL, History, given, said


def contact(on: str = "2026-03-03", whom: Seat = Seat.CHAMPION, words: str = "words") -> WriteDownContact:
    return WriteDownContact(date.fromisoformat(on), whom, said(words))


@pytest.mark.parametrize("history", [PUT_TO_THE_COUNCIL, CLOSED], ids=["open", "closed"])
def test_a_call_is_written_down_in_three_fields_and_nothing_else_changes(history: History) -> None:
    command = contact()
    before = given(history)
    event = ContactWrittenDown(date(2026, 3, 3), "respondent/champion", command.said.sealed())
    case = before.when(command, at="2026-03-19 10:00").then(event)
    [kept] = case.notes.contacts
    assert (kept.on, kept.whom, kept.said) == (date(2026, 3, 3), "respondent/champion", command.said.sealed())
    assert_unmoved(before.case, case)
    assert notices_after(event, case) == []


@pytest.mark.parametrize("history", [PUT_TO_THE_COUNCIL, CLOSED], ids=["open", "closed"])
def test_a_private_note_is_kept_at_any_time_and_nobody_is_told(history: History) -> None:
    command = WritePrivateNote(said("She sounded afraid."))
    before = given(history)
    event = PrivateNoteWritten(command.note.sealed())
    case = before.when(command, at="2026-03-19 10:00").then(event)
    assert [one.note for one in case.notes.private] == [command.note.sealed()]
    assert_unmoved(before.case, case)
    assert notices_after(event, case) == []


def assert_unmoved(before: Case, after: Case) -> None:
    assert (after.stage, after.obligations) == (before.stage, before.obligations)
    for part in ("intake", "enquiry", "clocks", "closing"):
        assert getattr(after, part) == getattr(before, part)


def test_what_is_wrong_is_said_at_its_field_and_a_text_is_needed() -> None:
    case = given(PUT_TO_THE_COUNCIL)
    at = "2026-03-04 23:30"
    assert case.when(contact("2026-03-05"), at=at).then_refused("has not come yet").field == "on"
    assert case.when(contact(whom=Seat.SYSTEM), at=at).then_refused("with whom it was").field == "whom"
    assert case.when(contact(words=" "), at=at).then_refused("what was said").field == "said"
    assert case.when(WritePrivateNote(said(" ")), at=at).then_refused("write the note").field == "note"
    case.when(contact("2026-03-04"), at=at).then_case()  # today counts to its end


def test_a_call_may_have_been_before_the_concern_came_and_with_any_seat() -> None:
    for seat in SPOKEN_TO:
        given(PUT_TO_THE_COUNCIL).when(contact("2025-12-01", seat), at="2026-03-04 10:00").then_case()


def test_only_officers_give_them_and_know_of_them() -> None:
    for command in (contact(), WritePrivateNote(said())):
        assert act_of(command).by == CASE_STAFF
    assert AUDIENCE[ContactWrittenDown] is AUDIENCE[PrivateNoteWritten] is Audience.OFFICERS


def test_a_note_beside_a_case_makes_no_page_of_it_too_old_but_that_of_another_note() -> None:
    before = given(PUT_TO_THE_COUNCIL)
    seen = before.case.position
    case = before.when(WritePrivateNote(said()), at="2026-03-04 10:00").then_case()
    reply, note = act_of(AddToConcern(said())), act_of(WritePrivateNote(said()))
    assert not has_moved_on(case, seen, reply)
    assert has_moved_on(case, seen, note)
    assert has_moved_on(case, seen - 1, reply)  # something else happened in between
    assert has_moved_on(case, case.position + 1, reply)
    assert not has_moved_on(case, case.position, note)
