"""Stored names and shapes are for ever: one golden line for every event, read and written to the letter."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from compact_cases.records.event_codec import UnknownEvent, decode, encode, name_of
from compact_cases.rules.events import EVENT_TYPES, Event
from compact_cases.rules.events.clocks import Paused
from compact_cases.rules.events.closing import Withdrawn
from compact_cases.rules.events.enquiry import LastLetterSent, RaiserDecided
from tests.records.events_of_all_kinds import EVENTS, TERM

GOLDEN = Path(__file__).parent / "golden" / "events.jsonl"


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


WITHOUT_CAME = {
    "reply-sent": {"answers": [], "offer": None, "person": None},
    "more-answered": {},
    "added-to-concern": {},
    "wait-chosen": {},
    "withdrawn": {"words": None},
    "agreement-answered": {"words": None},
    "action-done": {},
    "action-disputed": {},
    "action-confirmed": {},
    "note-commented": {"words": None},
    "meeting-answered": {"words": None},
    "raiser-decided": {"decision": "settled", "then": "close", "words": None},
}


@pytest.mark.parametrize("name", WITHOUT_CAME)
def test_what_an_earlier_version_wrote_down_came_when_it_was_written(name: str) -> None:
    body = json.loads(golden()[name]) | WITHOUT_CAME[name]
    del body["came"]
    made: Any = decode(name, json.dumps(body))
    assert made.came is None


def test_a_last_letter_of_an_earlier_version_says_of_no_days() -> None:
    assert decode("last-letter-sent", '{"day":"2026-04-14"}') == LastLetterSent(date(2026, 4, 14))


def test_a_pause_of_an_earlier_version_was_not_agreed_by_both_sides() -> None:
    earlier = golden()["paused"].replace('"agreed":false,', "")
    pause = decode("paused", earlier)
    assert isinstance(pause, Paused)
    assert not pause.agreed


@pytest.mark.parametrize("name", ["put-to-respondent", "taken-up-again"])
def test_a_case_of_an_earlier_version_is_not_watched(name: str) -> None:
    body = json.loads(golden()[name])
    del body["guard"]
    made: Any = decode(name, json.dumps(body))
    assert made.guard is None


@pytest.mark.parametrize(("name", "body"), [("unheard-of", "{}"), ("closed", "{}"), ("closed", "[")])
def test_what_cannot_be_read_is_said(name: str, body: str) -> None:
    with pytest.raises(UnknownEvent):
        decode(name, body)
