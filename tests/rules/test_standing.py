"""Which letters still go, and with which date, when something has happened between writing and sending."""

from typing import Any

import pytest

from compact_cases.rules.case import replay
from compact_cases.rules.notices import Rest
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.standing import standing_facts
from tests.builders import (
    CLOSED,
    CLOSED_WITH_ACTIONS,
    PUT_TO_THE_COUNCIL,
    RECEIVED,
    RELEASED,
    REPLIED,
    SETTLED,
    SILENT,
    History,
)
from tests.rules.test_review import SET, then
from tests.rules.test_told_clocks import EXTENDED

REPLY = {"obligation": "reply", "due": "2026-03-16", "item": ""}
DECIDE = {"obligation": "decide", "due": "2026-03-27", "item": ""}
PAUSED = then(PUT_TO_THE_COUNCIL, PauseClocks("waiting for a third party"), "2026-03-09 10:00")


def standing(history: History, notice: str, facts: dict[str, Any], rests_on: Rest) -> Any:
    case = replay(history)
    return standing_facts(notice, facts, rests_on, case.obligations, not case.is_closed, lambda: case)


@pytest.mark.parametrize(
    ("rests_on", "history", "goes"),
    [
        (Rest.ALWAYS, CLOSED, True),
        (Rest.OPEN, PUT_TO_THE_COUNCIL, True),
        (Rest.OPEN, REPLIED, True),
        (Rest.OPEN, CLOSED, False),
        (Rest.OWED, PUT_TO_THE_COUNCIL, True),
        (Rest.OWED, PAUSED, True),
        (Rest.OWED, SILENT, True),  # it is over its time, and still taken
        (Rest.OWED, REPLIED, False),
        (Rest.OWED, CLOSED, False),
        (Rest.RUNNING, PUT_TO_THE_COUNCIL, True),
        (Rest.RUNNING, PAUSED, False),
        (Rest.RUNNING, SILENT, False),
        (Rest.PAUSED, PAUSED, True),
        (Rest.PAUSED, PUT_TO_THE_COUNCIL, False),
    ],
)
def test_what_a_letter_about_the_reply_rests_on(rests_on: Rest, history: History, goes: bool) -> None:
    assert (standing(history, "notice", REPLY, rests_on) is not None) is goes


def test_a_letter_goes_with_the_date_that_holds_now() -> None:
    assert standing(EXTENDED, "reply-released", DECIDE, Rest.OWED) == DECIDE | {"due": "2026-04-07"}
    assert standing(PAUSED, "notice", REPLY, Rest.OWED) == REPLY


def test_a_letter_about_one_cycle_does_not_speak_of_the_next() -> None:
    first = {"items": [DECIDE | {"cycle": 1}]}
    assert standing(RELEASED, "assigned", first, Rest.RUNNING) == first
    assert standing(EXTENDED, "assigned", first, Rest.RUNNING) is None


def test_of_several_things_only_those_that_are_still_owed_are_named() -> None:
    items = {"items": [REPLY, DECIDE]}
    assert standing(RELEASED, "assigned", items, Rest.OWED) == {"items": [DECIDE]}
    assert standing(SETTLED, "assigned", {"items": [REPLY, DECIDE]}, Rest.OWED) is None


def test_what_is_agreed_is_written_about_after_closing_too() -> None:
    action = {"obligation": "action", "due": "2026-05-06", "item": "1"}
    assert standing(CLOSED_WITH_ACTIONS, "reminder", action, Rest.RUNNING) == action
    both = {"items": [action, DECIDE]}
    assert standing(CLOSED_WITH_ACTIONS, "taken-over", both, Rest.OWED) == {"items": [action]}
    done = action | {"item": "9"}
    assert standing(CLOSED_WITH_ACTIONS, "reminder", done, Rest.RUNNING) is None


def test_a_last_letter_does_not_go_while_a_reply_waits_to_be_read() -> None:
    facts = {"obligation": "decide", "due": "2026-04-08", "item": ""}
    assert standing(SILENT, "last-letter", facts, Rest.RUNNING) == facts
    late = [*SILENT, REPLIED[-1]]
    assert standing(late, "last-letter", facts, Rest.RUNNING) is None


def test_an_invitation_goes_only_to_the_meeting_that_is_set() -> None:
    facts = {"obligation": "meet", "due": "2026-04-20", "item": "raiser", "number": 0}
    assert standing(SET, "invitation", facts, Rest.OPEN) == facts
    assert standing(SET, "invitation", facts | {"number": 1}, Rest.OPEN) is None
    assert standing(SET, "invitation-cancelled", {"number": 0}, Rest.OPEN) is None


def test_a_receipt_goes_as_long_as_the_concern_is_not_acknowledged() -> None:
    facts = {"obligation": "acknowledge", "due": "2026-03-02"}
    assert standing(RECEIVED, "receipt", facts, Rest.OWED) == facts
    assert standing(PUT_TO_THE_COUNCIL, "receipt", facts, Rest.OWED) is None
