"""An officer says that they have no conflict of interest before anything of a case opens to them."""

from uuid import UUID

import pytest
from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.office.identity import statement
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.handling import ChairDeclares, DeclareConflict
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import Browser, PlayedCase, Players, visible
from tests.web.cases.test_barred import read_by_get
from tests.web.cases.test_who_may import BY_CALL_ONLY, BY_PAGE_ONLY, MAY

QUESTION = "Do you have a conflict of interest?"
OPENS = {"conflict", "no-conflict"}  # on which they say so, either way


@pytest.fixture
def case(players: Players) -> PlayedCase:
    """Accepted by an officer; from here on nobody is taken to have said anything."""
    found = players.raised().accepted()
    players.desk.declares = False
    with players.desk.premises.engine.begin() as conn:
        conn.execute(text("DELETE FROM no_conflicts"))
    return found


def headers_of(players: Players) -> dict[str, str]:
    return {"authorization": f"Bearer {accounts.add_token(players.desk.premises, players.officer.email)}"}


def said(players: Players) -> list[tuple[UUID, UUID]]:
    with players.desk.premises.engine.connect() as conn:
        rows = conn.execute(text("SELECT case_id, staff_id FROM no_conflicts"))
        return [(one.case_id, one.staff_id) for one in rows]


def says_no(browser: Browser, address: str) -> str:
    """At the question in place of an address; where they come to then."""
    page = browser.get(address)
    assert QUESTION in page.text
    answer = browser.post(action_of(page.text), data=fields(page.text))
    assert answer.status_code == 303
    return str(answer.headers["location"])


def action_of(page: str) -> str:
    return page[page.index("<main") :].split('action="')[1].split('"')[0]


def test_every_page_and_every_call_asks_first(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        headers, token = headers_of(players), fields(browser.get("/office/people").text).get("csrf_token", "")
        token = token or fields(browser.get(case.path).text)["csrf_token"]
        events = players.desk.count("case_events")
        for path in read_by_get(players.desk.app):
            address = path.replace("{ref:str}", case.reference)
            if address.startswith(f"{case.path}/conflict"):
                continue
            is_call = address.startswith("/api")
            answer = browser.get(address, headers=headers if is_call else {})
            assert answer.status_code == 403, (path, answer.status_code)
            if "/room" not in path:  # nobody of the office passes its door, whatever they say
                assert ("/no-conflict" if is_call else QUESTION) in answer.text, path
            assert "ten-day" not in answer.text, path
            assert "ten days" not in answer.text, path
        for name in MAY.keys() - BY_CALL_ONLY - OPENS:
            sent = {"csrf_token": token, "seen": str(case.row.position)}
            answer = browser.post(f"{case.path}/{name}", data=sent)
            assert answer.status_code == 403, (name, answer.status_code)
        for name in MAY.keys() - BY_PAGE_ONLY - OPENS:
            seen = {"if-match": f'"{case.row.position}"'}
            answer = browser.post(f"/api{case.path}/{name}", json={}, headers=headers | seen)
            assert answer.status_code == 403, (name, answer.status_code)
        assert players.desk.count("case_events") == events
        assert said(players) == []


def test_after_a_no_what_they_wanted_is_open_and_they_are_not_asked_again(
    players: Players, case: PlayedCase
) -> None:
    other, before = players.raised(), case.row
    with players.as_officer() as browser:
        where = says_no(browser, f"{case.path}/private-note?name=x")
        assert where == f"{case.path}/private-note?name=x"
        assert QUESTION not in browser.get(where).text
        assert browser.get(case.path).status_code == 200
        assert browser.get(other.path).status_code == 403
    assert said(players) == [(case.row.case_id, players.officer.id)]
    assert case.row == before  # nothing of the case moves by it


def test_another_site_is_never_what_they_wanted(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        sent = fields(browser.get(case.path).text)
        for wanted in ("//elsewhere.example", "https://elsewhere.example/cases/x", "/cases//x", "/sign-out"):
            answer = browser.post(f"{case.path}/no-conflict", data={**sent, "wanted": wanted})
            assert answer.headers["location"] == case.path, wanted


def test_a_yes_is_the_act_that_bars_them(players: Players, case: PlayedCase) -> None:
    bob = accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    with players.as_officer() as browser:
        asked = browser.get(case.path).text
        assert f'href="{case.path}/conflict"' in asked
        page = browser.get(f"{case.path}/conflict")
        assert page.status_code == 200
        assert "ten days" not in page.text
        typed = {"officer": str(bob.id), "reason": "My sister works there."}
        answer = browser.post(f"{case.path}/conflict", data={**fields(page.text), **typed})
        assert answer.headers["location"] == "/cases?done=barred"
        assert browser.get(case.path).status_code == 404
    assert said(players) == []
    assert case.row.officer_id == bob.id


def test_who_has_not_answered_goes_back_to_the_list_and_not_to_the_question(
    players: Players, case: PlayedCase
) -> None:
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/conflict").text
        assert '<a href="/cases">Back to the list of cases</a>' in page
        leads = page[page.index('id="main"') :]
        for no_way in (f'href="{case.path}"', f'href="{case.path}/referral"', "Back to the case"):
            assert no_way not in leads, no_way
        browser.post(f"{case.path}/no-conflict", data=fields(browser.get(case.path).text))
        page = browser.get(f"{case.path}/conflict").text
        assert f'<a href="{case.path}">Back to the case</a>' in page
        assert f'href="{case.path}/referral">hand it on first' in page


def test_an_old_page_of_that_act_shows_nothing_of_what_is_new(players: Players, case: PlayedCase) -> None:
    bob = accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    with players.as_officer() as browser:
        sent = fields(browser.get(f"{case.path}/conflict").text)
        case.replied("We hid the bus survey.")
        typed = {"officer": str(bob.id), "reason": "My sister works there."}
        answer = browser.post(f"{case.path}/conflict", data={**sent, **typed})
        assert answer.status_code == 409
        assert "replied" not in visible(answer.text)
        assert 'id="news"' not in answer.text


def test_a_case_that_is_over_is_left_shut(players: Players, case: PlayedCase) -> None:
    players.desk.declares = True
    case.replied().released().decided().closed()
    players.desk.declares = False
    with players.desk.premises.engine.begin() as conn:
        conn.execute(text("DELETE FROM no_conflicts"))
    with players.as_officer() as browser:
        page = browser.get(case.path)
        assert "leave it shut" in page.text
        assert f"{case.path}/conflict" not in page.text
        away = browser.get(f"{case.path}/conflict")
        assert (away.status_code, away.headers["location"]) == (303, case.path)


def test_a_hidden_raiser_is_not_named_by_the_question(players: Players) -> None:
    players.desk.declares = False
    case = players.hidden_one(Confidentiality.CONFIDENTIAL)
    with players.as_officer() as browser:
        headers = headers_of(players)
        for answer in (browser.get(case.path), browser.get(f"/api{case.path}", headers=headers)):
            assert answer.status_code == 403
            assert "Elmfield" not in answer.text
            assert "Northvale County Council" in answer.text


def test_a_program_says_it_first(players: Players, case: PlayedCase) -> None:
    with players.browser() as browser:
        headers = headers_of(players)
        asked = browser.get(f"/api{case.path}", headers=headers)
        assert asked.headers["content-type"] == "application/problem+json"
        assert asked.headers["etag"] == f'"{case.row.position}"'
        answer = browser.post(f"/api{case.path}/no-conflict", headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"reference": case.reference})
        assert browser.get(f"/api{case.path}", headers=headers).status_code == 200
        again = browser.post(f"/api{case.path}/no-conflict", headers=headers)
        assert again.status_code == 200
        nowhere = browser.post("/api/cases/GC-2026-9999/no-conflict", headers=headers)
        assert nowhere.status_code == 404


def test_a_program_can_say_yes_with_the_version_of_the_refusal(players: Players, case: PlayedCase) -> None:
    bob = accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    with players.browser() as browser:
        headers = headers_of(players)
        seen = {"if-match": browser.get(f"/api{case.path}", headers=headers).headers["etag"]}
        sent = {"officer": str(bob.id), "reason": "My sister works there."}
        answer = browser.post(f"/api{case.path}/conflict", json=sent, headers=headers | seen)
        assert answer.status_code == 200
        assert browser.get(f"/api{case.path}", headers=headers).status_code == 404


def test_what_was_typed_is_given_back(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        sent = fields(browser.get(case.path).text)
        typed = {"csrf_token": sent["csrf_token"], "seen": "1", "note": "They rang at noon."}
        answer = browser.post(f"{case.path}/private-note", data=typed)
        assert answer.status_code == 403
        assert "They rang at noon." in visible(answer.text)


def test_no_page_of_a_case_that_is_not_there_asks_anything(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        assert browser.get("/cases/GC-2026-9999").status_code == 404
        assert browser.get("/cases/nonsense").status_code == 404


def test_the_chair_who_takes_a_case_over_has_said_so(players: Players, case: PlayedCase) -> None:
    premises = players.desk.premises
    chair = accounts.add_officer(premises, "chair@office.example", "Cha Board", Seat.CHAIR)
    officer = Visitor(Seat.OFFICER, staff_id=players.officer.id)
    declares = DeclareConflict(players.officer.id, None, statement("My sister works there."))
    casebook.carry_out(premises, case.reference, declares, by=officer)
    takes = ChairDeclares(chair.id, conflict=False)
    casebook.carry_out(premises, case.reference, takes, by=Visitor(Seat.CHAIR, staff_id=chair.id))
    assert said(players) == [(case.row.case_id, chair.id)]
    with players.browser() as browser:
        players.desk.signed_in(browser, chair)
        assert browser.get(case.path).status_code == 200


def test_lists_stay_as_they_are(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        assert case.reference in browser.get("/cases").text
        assert case.reference in browser.get("/cases.csv").text
        assert case.reference in browser.get("/api/cases", headers=headers_of(players)).text
