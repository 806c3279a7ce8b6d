"""How long a session lasts, whose words say so, and how it is left."""

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.accounts import accounts, sessions
from tests.desk import Desk, fields, path_of
from tests.web.case_players import Players, visible

Browser = TestClient[Litestar]


def is_in(desk: Desk, browser: Browser) -> bool:
    return sessions.find_session(desk.premises, browser.cookies.get("session") or "") is not None


def test_a_letters_session_slides_while_it_is_used_for_twelve_hours_at_most(
    desk: Desk, browser: Browser
) -> None:
    case = desk.case()
    link = desk.link(case.champion, case.case_id)
    assert browser.post(link).status_code == 303
    for _ in range(6):
        desk.pass_time(hours=1, minutes=58)
        assert is_in(desk, browser)
    desk.pass_time(minutes=13)  # twelve hours and a minute in all
    assert not is_in(desk, browser)


def test_a_letters_session_ends_after_two_idle_hours(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    assert browser.post(desk.link(case.champion, case.case_id)).status_code == 303
    desk.pass_time(hours=1)
    assert is_in(desk, browser)
    desk.pass_time(hours=2, minutes=1)
    assert not is_in(desk, browser)


def test_a_return_codes_session_ends_after_thirty_idle_minutes(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    typed = {"reference": case.reference, "code": case.return_code}
    assert browser.post("/return", data=typed).status_code == 303
    for _ in range(24):
        desk.pass_time(minutes=29)
        assert is_in(desk, browser)
    desk.pass_time(minutes=31)
    assert not is_in(desk, browser)


@pytest.mark.parametrize("days", [1, 6])
def test_the_cookie_outlives_the_session_so_that_what_comes_late_is_known(desk: Desk, days: int) -> None:
    case = desk.case()
    with desk.browser() as browser:
        came_in = browser.post(desk.link(case.champion, case.case_id))
        lasts = int(re.search(r"Max-Age=(\d+)", came_in.headers["set-cookie"])[1])  # type: ignore[index]
        assert lasts >= days * 24 * 3600
        desk.pass_time(days=days)
        accounts.forget_expired(desk.premises)
        assert not is_in(desk, browser)
        assert desk.count("sessions") == 1
    desk.pass_time(days=9)
    accounts.forget_expired(desk.premises)
    assert desk.count("sessions") == 0


def test_each_way_in_says_how_long_one_has(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    letter = visible(browser.get(desk.link(case.champion, case.case_id)).text)
    assert "two hours" in letter
    assert "twelve hours at most" in letter
    assert "thirty minutes" in visible(browser.get("/return").text)
    staff = visible(browser.get(path_of(accounts.sign_in_link(desk.premises, desk.officer().id))).text)
    assert "12 hours" in staff
    for page in (letter, visible(browser.get("/return").text), staff):
        assert "we keep what you typed for 24 hours" in page


def test_every_page_of_a_party_says_until_when_and_offers_to_leave(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as champion, case.as_raiser() as raiser:
        for browser, pages, until in (
            (champion, (case.path, "/codes", "/privacy", "/cases/GC-2026-0099"), "11:30"),
            (raiser, (case.path, f"{case.path}/addition", f"{case.path}/withdrawal", "/codes"), "10:00"),
        ):
            for page in pages:
                shown = browser.get(page).text
                assert "Leave this case" in shown, page
                assert f"It stays open here until {until}" in visible(shown), page
        for browser, page, until in (
            (champion, case.path, "11:30"),
            (raiser, f"{case.path}/addition", "10:00"),
        ):
            assert f"You have until {until} to send this." in visible(browser.get(page).text)
        left = champion.post(
            "/sign-out", data={"csrf_token": fields(champion.get(case.path).text)["csrf_token"]}
        )
        assert left.status_code == 303
        assert "Leave this case" not in champion.get("/codes").text
    with players.as_officer() as officer:
        assert "Leave this case" not in officer.get(case.path).text
