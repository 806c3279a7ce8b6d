"""Stored names and shapes are for ever: one golden line for every event, read and written to the letter."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from compact_cases.records.event_codec import EVENT_TYPES, UnknownEvent, decode, encode, name_of
from compact_cases.rules import events as happened
from compact_cases.rules.events import ClauseReply, Event, Hold, Term
from compact_cases.rules.statements import Sealed

GOLDEN = Path(__file__).parent / "golden" / "events.jsonl"
ONE, TWO = UUID(int=1), UUID(int=2)
TERM, SEALED = Term(date(2026, 3, 2), 10, date(2026, 3, 16)), Sealed(UUID(int=9), "ab" * 32)
EVENTS: list[Event] = [
    happened.ConcernReceived(ONE, TWO, "confidential", "web", SEALED, TERM),
    happened.AlsoTold("tried", SEALED),
    happened.RemediesSought(("apology", "explanation")),
    happened.ClosingDateGiven(date(2026, 5, 5)),
    happened.RespondentMatched(ONE),
    happened.ClauseCited("community-groups/5.3", "1", "not-met", None),
    happened.CodeNamed("consultation", SEALED),
    happened.ClauseDropped("community-groups/5.3", SEALED),
    happened.OfficerAssigned(ONE),
    happened.HandedOver(ONE, SEALED),
    happened.MoreAsked(SEALED, TERM, Hold(date(2026, 3, 9), 5, date(2026, 3, 23))),
    happened.MoreAnswered(SEALED, TERM),
    happened.Acknowledged(ONE, SEALED),
    happened.PutToRespondent(ONE, SEALED, TERM),
    happened.Declined("repeat", SEALED),
    happened.ReplySent((ClauseReply("community-groups/5.3", "accept", SEALED),), SEALED, ONE, SEALED, TERM),
    happened.ReplyReleased(0, SEALED, TERM),
    happened.NoReplyRecorded(date(2026, 3, 23), TERM),
    happened.RaiserDecided("settled", "close", None, TERM),
    happened.WaitChosen(TERM),
    happened.LastLetterSent(date(2026, 4, 14)),
    happened.SilenceRecorded(date(2026, 4, 21), TERM),
    happened.PauseEnded("acknowledge", "no answer by the end of the pause", TERM),
    happened.Escalated("reply", 1, date(2026, 3, 19), "senior-lead", None),
    happened.Withdrawn(None),
    happened.MergedInto(ONE, SEALED),
    happened.TookIn(ONE),
    happened.Unmerged(ONE, SEALED, TERM),
    happened.GaveBack(ONE),
    happened.Closed("resolved early", SEALED),
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
    assert decode("withdrawn", '{"later":"added","words":null}') == happened.Withdrawn(None)


@pytest.mark.parametrize(("name", "body"), [("unheard-of", "{}"), ("closed", "{}"), ("closed", "[")])
def test_what_cannot_be_read_is_said(name: str, body: str) -> None:
    with pytest.raises(UnknownEvent):
        decode(name, body)
