"""Stored names and shapes are for ever: one golden line for every event, read and written to the letter."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from compact_cases.records.event_codec import UnknownEvent, decode, encode, name_of
from compact_cases.rules.events import EVENT_TYPES, Event
from compact_cases.rules.events.clocks import Escalated, Paused, Resumed
from compact_cases.rules.events.closing import Closed, GaveBack, MergedInto, TookIn, Unmerged, Withdrawn
from compact_cases.rules.events.enquiry import (
    ClauseReply,
    DecisionAsked,
    LastLetterSent,
    NoReplyRecorded,
    PutToRespondent,
    RaiserDecided,
    ReplyReleased,
    ReplySent,
    SilenceRecorded,
    WaitChosen,
)
from compact_cases.rules.events.intake import (
    Acknowledged,
    AddedToConcern,
    AlsoTold,
    ClauseCited,
    ClauseDropped,
    ClosingDateGiven,
    CodeNamed,
    ConcernReceived,
    Declined,
    HandedOver,
    MoreAnswered,
    MoreAsked,
    OfficerAssigned,
    RemediesSought,
    RespondentMatched,
)
from compact_cases.rules.events.review import (
    MeetingAnswered,
    MeetingCancelled,
    MeetingHeld,
    MeetingNotHeld,
    MeetingSet,
    NoCommentRecorded,
    NoMeetingRecorded,
    NoteCommented,
    NoteWritten,
    ReviewOpened,
    TextReleased,
)
from compact_cases.rules.statements import Sealed
from compact_cases.rules.terms import Going, Held, Term

GOLDEN = Path(__file__).parent / "golden" / "events.jsonl"
ONE, TWO = UUID(int=1), UUID(int=2)
TERM, SEALED = Term(date(2026, 3, 2), 10, date(2026, 3, 16)), Sealed(UUID(int=9), "ab" * 32)
EVENTS: list[Event] = [
    ConcernReceived(
        "GC-2026-0042",
        ONE,
        TWO,
        ONE,
        "confidential",
        "web",
        "default-2026",
        "england-and-wales-2026",
        SEALED,
        TERM,
    ),
    AlsoTold("tried", SEALED),
    RemediesSought(("apology", "explanation")),
    ClosingDateGiven(date(2026, 5, 5)),
    RespondentMatched(ONE),
    ClauseCited(1, "community-groups/5.3", "1", "not-met", None),
    CodeNamed(2, "consultation", "not-met", SEALED),
    ClauseDropped(1, SEALED),
    OfficerAssigned(ONE),
    HandedOver(ONE, SEALED),
    MoreAsked(SEALED, TERM),
    MoreAnswered(SEALED),
    AddedToConcern(SEALED),
    Acknowledged(ONE, SEALED),
    PutToRespondent(ONE, SEALED, TERM),
    Declined("repeat", SEALED),
    ReplySent((ClauseReply(1, "accept", SEALED),), SEALED, ONE, SEALED, TERM),
    ReplyReleased(0, SEALED, TERM),
    NoReplyRecorded(date(2026, 3, 23), TERM),
    RaiserDecided("not", "go-on", None, TERM, "senior-review"),
    DecisionAsked("senior-review", TERM),
    WaitChosen(TERM),
    LastLetterSent(date(2026, 4, 14), TERM),
    SilenceRecorded(date(2026, 4, 21), TERM),
    ReviewOpened(ONE, SEALED, TERM, date(2026, 4, 21), TERM),
    MeetingSet(0, date(2026, 4, 20), "14:30", False, SEALED, SEALED, "respondent/senior-lead", True, TERM),
    MeetingCancelled(1, TERM),
    MeetingAnswered("raiser", False, SEALED, TERM, TERM),
    MeetingHeld(date(2026, 4, 20)),
    MeetingNotHeld(TERM),
    NoteWritten(SEALED, SEALED, "respondent/senior-lead", TERM, TERM),
    NoteCommented("respondent", SEALED, TERM),
    NoCommentRecorded("raiser", date(2026, 5, 6)),
    TextReleased("comment", "respondent", SEALED),
    NoMeetingRecorded(date(2026, 4, 28)),
    Paused(
        1,
        "waiting for the raiser",
        "office/officer",
        "office/officer",
        date(2026, 3, 9),
        date(2026, 3, 23),
        (Held("acknowledge", "", 5),),
        "answer",
    ),
    Resumed(1, "answered", date(2026, 3, 11), (Going("acknowledge", "", TERM),)),
    Escalated("reply", "", 1, date(2026, 3, 19), "respondent/senior-lead", None),
    Withdrawn(None),
    MergedInto(ONE, SEALED),
    TookIn(ONE),
    Unmerged(ONE, SEALED, TERM),
    GaveBack(ONE),
    Closed("resolved early", SEALED),
]


def golden() -> dict[str, str]:
    rows = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return {row["name"]: row["body"] for row in rows}


def test_every_event_has_a_golden_line() -> None:
    assert sorted(golden()) == sorted(EVENT_TYPES)
    assert sorted(name_of(event) for event in EVENTS) == sorted(EVENT_TYPES)


@pytest.mark.parametrize("event", EVENTS, ids=name_of)
def test_an_event_is_stored_as_it_always_was(event: Event) -> None:
    assert encode(event) == golden()[name_of(event)]
    assert decode(name_of(event), golden()[name_of(event)]) == event


def test_a_field_that_a_later_version_added_is_passed_over() -> None:
    assert decode("withdrawn", '{"later":"added","words":null}') == Withdrawn(None)


def test_a_decision_of_an_earlier_version_says_of_no_stage() -> None:
    term = '{"due":"2026-03-16","limit":10,"start":"2026-03-02"}'
    body = f'{{"decision":"settled","next":{term},"then":"close","words":null}}'
    assert decode("raiser-decided", body) == RaiserDecided("settled", "close", None, TERM)


def test_a_last_letter_of_an_earlier_version_says_of_no_days() -> None:
    assert decode("last-letter-sent", '{"day":"2026-04-14"}') == LastLetterSent(date(2026, 4, 14))


@pytest.mark.parametrize(("name", "body"), [("unheard-of", "{}"), ("closed", "{}"), ("closed", "[")])
def test_what_cannot_be_read_is_said(name: str, body: str) -> None:
    with pytest.raises(UnknownEvent):
        decode(name, body)
