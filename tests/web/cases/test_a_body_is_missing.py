"""A body, or its champion, that is not on the register is put there from the case, and back to it."""

import re
from html import unescape

import pytest

from compact_cases.office.identity import new_id
from compact_cases.rules.concern import RespondentNamed
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players

NAMED = "Dell & Sons’ Parish Council"
NEW = {"kind": "public-body", "champion_name": "Di", "champion_email": "di@dell.example"}


@pytest.fixture
def unknown(players: Players) -> PlayedCase:
    return players.raised(respondents=(RespondentNamed(None, NAMED, "public-sector"),))


def way_to_add(page: str) -> str:
    found = re.search(r'href="(/office/bodies/new\?[^"]+)"', page)
    assert found, "no way to add the body"
    return unescape(found[1])


@pytest.mark.parametrize("page", ["", "/respondent", "/acknowledgement"])
def test_a_body_is_added_from_the_case_with_its_name_and_back(
    players: Players, unknown: PlayedCase, page: str
) -> None:
    with players.as_officer() as browser:
        form = browser.get(way_to_add(browser.get(unknown.path + page).text)).text
        assert f'value="{NAMED}"' in unescape(form)
        sent = {**fields(form), "body": NAMED, "kind": "public-body"}
        wrong = browser.post("/office/bodies", data={**sent, "champion_name": "Di"})
        assert wrong.status_code == 422
        assert unknown.reference in wrong.text
        added = browser.post("/office/bodies", data={**sent, **NEW})
        assert added.status_code == 303
        back = browser.get(added.headers["location"])
        chosen = re.search(r'name="body" value="([^"]+)" checked', back.text)
        assert chosen, "the body that was just added is not chosen"
        case_form = {name: value for name, value in fields(back.text).items() if name != "name"}
        done = browser.post(f"{unknown.path}/respondent", data={**case_form, "body": chosen[1]})
        assert (done.status_code, done.headers["location"]) == (303, f"{unknown.path}?since=5")
    assert unknown.row.respondent_label == NAMED


def test_only_a_case_is_led_back_to(players: Players) -> None:
    with players.as_officer() as browser:
        for case in ("//elsewhere.example", "https://elsewhere.example/", "x", ""):
            form = browser.get("/office/bodies/new", params={"name": "Dell", "case": case}).text
            assert "elsewhere" not in form
            sent = {**fields(form), "case": case, "body": f"Dell {case[-9:]}", **NEW}
            added = browser.post("/office/bodies", data=sent)
            assert added.headers["location"].startswith("/office/bodies/"), case


def test_an_administrator_who_opens_no_case_is_led_to_none(players: Players, unknown: PlayedCase) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        address = f"/office/bodies/new?name=Dell&case={unknown.reference}"
        form = browser.get(address).text
        assert unknown.path not in form
        added = browser.post("/office/bodies", data={**fields(form), "body": "Dell", **NEW})
    assert added.headers["location"].startswith("/office/bodies/")


@pytest.mark.parametrize("page", ["", "/acknowledgement"])
def test_a_champion_who_is_missing_is_named_from_the_case_and_back(players: Players, page: str) -> None:
    bare = players.add_body(new_id(), "Bare Parish Council")
    case = players.raised(respondents=(RespondentNamed(bare),))
    with players.as_officer() as browser:
        found = re.search(rf'href="(/office/bodies/{bare}\?case=[^"]+)"', browser.get(case.path + page).text)
        assert found, "no way to name the champion"
        form = browser.get(unescape(found[1])).text
        sent = {**fields(form), "body": "Bare Parish Council", **NEW}
        unreachable = browser.post(f"/office/bodies/{bare}", data={**sent, "champion_email": ""})
        assert unreachable.status_code == 422
        assert f'name="case" value="{case.reference}"' in unreachable.text
        kept = browser.post(f"/office/bodies/{bare}", data=sent)
        assert (kept.status_code, kept.headers["location"]) == (303, f"{case.path}?done=body-kept")
