"""Past its time a case says to each reader what took it."""

from contextlib import AbstractContextManager
from typing import Any

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.rules.guard import RecordLongTime
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.permissions import SYSTEM
from compact_cases.rules.seats import Seat
from tests.web.case_players import PlayedCase, Players, visible


def taken_long(players: Players) -> PlayedCase:
    case = players.raised().accepted()
    case.act(PauseClocks("waiting for a third party"))
    players.desk.pass_time(days=21)
    case.replied().released()
    players.desk.pass_time(days=100)
    day = players.desk.clock.now().date()
    casebook.carry_out(players.desk.premises, case.reference, RecordLongTime(day), by=SYSTEM)
    return case


@pytest.mark.parametrize("who", ["officer", "raiser", "champion", "chair"])
def test_each_side_reads_what_took_the_time(players: Players, who: str) -> None:
    case = taken_long(players)
    readers: dict[str, AbstractContextManager[Any]] = {
        "officer": players.as_officer(),
        "raiser": case.as_raiser(),
        "champion": case.as_champion(),
        "chair": players.as_staff(Seat.CHAIR),
    }
    with readers[who] as browser:
        page = visible(browser.get(case.path).text)
    assert "What took the time On " in page
    assert "this had been under way for " in page
    assert "The days of each stage include its pauses. Early resolution: " in page
    assert "Paused, waiting for a third party: 10 working days, not counted." in page
    if who != "chair":  # she reads no timeline
        assert "Both sides are told what took the time." in page


def test_before_that_no_page_speaks_of_it(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with case.as_raiser() as browser:
        assert "What took the time" not in visible(browser.get(case.path).text)


def test_the_api_gives_it_in_lines_and_never_as_owed(players: Players) -> None:
    case = taken_long(players)
    token = accounts.add_token(players.desk.premises, players.officer.email)
    with players.browser() as browser:
        found = browser.get(f"/api{case.path}", headers={"authorization": f"Bearer {token}"}).json()
    assert found["long_time"]["days"] >= 60
    assert found["long_time"]["paused"] == 10
    assert found["long_time"]["lines"][0].startswith("Early resolution: ")
    assert "guard" not in {one["name"] for one in found["owed"]}
