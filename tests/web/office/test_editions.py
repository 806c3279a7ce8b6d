"""Procedure and closing days on their pages: an administrator looks, then applies; nobody else does."""

from html import unescape

import pytest

from compact_cases.office.editions import applying
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.office.registry.test_procedures import SHIPPED
from tests.web.case_players import Browser, PlayedCase, Players, visible

LONGER = SHIPPED.replace('edition = "default-2026-3"', 'edition = "longer-2027"').replace(
    "limit = 10\nlimit_volunteer_run = 20", "limit = 15\nlimit_volunteer_run = 20"
)
PROCEDURE, CALENDAR = "/office/procedure", "/office/calendar"
A_DAY = {"day-day": "12", "day-month": "3", "day-year": "2026", "reason": "Stocktaking"}


def send(browser: Browser, to: str, page: str = "", /, **typed: str) -> tuple[int, str]:
    answer = browser.post(to, data={**fields(page or browser.get(to).text), **typed})
    return answer.status_code, answer.text


@pytest.fixture
def case(players: Players) -> PlayedCase:
    return players.raised().accepted()


def test_an_administrator_looks_at_an_edition_and_moves_open_cases(
    players: Players, case: PlayedCase
) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        assert "default-2026-3" in visible(browser.get(PROCEDURE).text)
        status, page = send(browser, PROCEDURE, document=LONGER)
        assert status == 200
        assert "A reply is due in 15 working days instead of 10." in visible(page)
        assert "dates move in 1" in visible(page)
        assert case.row.reference in visible(page)
        assert "Elmfield" not in page
        assert case.row.procedure_edition == "default-2026-3"
        due = case.row.next_due
        status, _ = send(browser, PROCEDURE, page, document=LONGER, to="open")
        assert status == 303
        assert "0 of 1 are done" in visible(browser.get(PROCEDURE).text)
        applying.work(players.desk.premises)
        assert "1 moved, 0 stayed" in visible(browser.get(PROCEDURE).text)
    assert case.row.procedure_edition == "longer-2027"
    assert due
    assert case.row.next_due
    assert case.row.next_due > due


def test_for_new_cases_only_nothing_moves(players: Players, case: PlayedCase) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        _, page = send(browser, PROCEDURE, document=LONGER)
        assert send(browser, PROCEDURE, page, document=LONGER, to="new")[0] == 303
    applying.work(players.desk.premises)
    assert case.row.procedure_edition == "default-2026-3"
    assert players.raised().row.procedure_edition == "longer-2027"


def test_a_closing_day_is_looked_at_added_and_taken_away(players: Players, case: PlayedCase) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        status, page = send(browser, CALENDAR, **A_DAY)
        assert status == 200
        assert "Thursday 12 March 2026 is a closing day: Stocktaking." in visible(page)
        due, calendar = case.row.next_due, case.row.calendar_edition
        assert send(browser, CALENDAR, page, **A_DAY, to="open")[0] == 303
        applying.work(players.desk.premises)
        assert case.row.next_due != due
        assert "Stocktaking" in visible(browser.get(CALENDAR).text)
        _, page = send(browser, CALENDAR, remove="2026-03-12")
        assert "Thursday 12 March 2026 is a working day again." in visible(page)
        assert send(browser, CALENDAR, page, remove="2026-03-12", to="open")[0] == 303
        applying.work(players.desk.premises)
    assert case.row.next_due == due
    assert case.row.calendar_edition != calendar


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Please name a day to add or to take away."),
        ({"reason": "Why"}, "Please give the day on which the office is closed."),
        (A_DAY | {"reason": ""}, "Please say why the office is closed"),
        (A_DAY | {"day-day": "14"}, "does not work anyway: Saturday."),
        (A_DAY | {"day-year": "2025"}, "is over: clocks have counted it."),
        (A_DAY | {"day-month": "13"}, "There is no such date."),
        (A_DAY | {"reason": "x" * 81}, "Please shorten it to 80 or fewer."),
        ({"remove": "2026-03-12"}, "Please choose from the answers shown."),
    ],
)
def test_bad_input_is_a_sentence_and_keeps_nothing(
    players: Players, case: PlayedCase, typed: dict[str, str], sentence: str
) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        status, page = send(browser, CALENDAR, **typed, to="open")
        assert status == 422
        assert sentence in visible(page)
        if reason := typed.get("reason", ""):
            assert reason in page
        assert "Stocktaking" not in visible(browser.get(CALENDAR).text)
    applying.work(players.desk.premises)
    assert case.row.calendar_edition == players.raised().row.calendar_edition


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("", "Please paste the text of the edition."),
        ("edition", "This file is not TOML"),
        (
            LONGER.replace('effect = "no-reply"', 'effect = "silence"'),
            "would stay in early resolution for ever.",
        ),
        (SHIPPED.replace("limit = 2\n", "limit = 3\n"), "is held with other content"),
    ],
)
def test_an_edition_that_cannot_be_used_is_refused_with_what_was_typed(
    players: Players, document: str, sentence: str
) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        status, page = send(browser, PROCEDURE, document=document, to="new")
        assert status == 422
        assert sentence in visible(page)
        typed = unescape(page.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0])
        assert typed.split() == document.split()
        assert "longer-2027" not in visible(browser.get(PROCEDURE).text)


def test_what_changed_since_somebody_looked_is_shown_again(players: Players, case: PlayedCase) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        _, page = send(browser, PROCEDURE, document=LONGER)
        players.raised().accepted()
        status, again = send(browser, PROCEDURE, page, document=LONGER, to="open")
        assert status == 422
        assert "Something changed since you looked" in visible(again)
        assert "dates move in 2" in visible(again)
        assert send(browser, PROCEDURE, again, document=LONGER, to="open")[0] == 303


@pytest.mark.parametrize("address", [PROCEDURE, CALENDAR])
def test_officers_read_and_nobody_else_comes_in(players: Players, case: PlayedCase, address: str) -> None:
    with players.as_officer() as browser:
        page = browser.get(address)
        assert page.status_code == 200
        assert "An administrator can" in visible(page.text)
        assert "<textarea" not in page.text
        own = fields(browser.get("/office/people/new").text)
        assert browser.post(address, data={**own, "document": LONGER, "to": "new"}).status_code == 403
    with players.as_staff(Seat.CHAIR) as browser:
        assert browser.get(address).status_code == 403
    for party in (case.as_raiser, case.as_champion):
        with party() as browser:
            assert browser.get(address).status_code in (303, 403)
    with players.browser() as browser:
        assert browser.get(address).status_code == 303
