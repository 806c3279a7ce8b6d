"""Adding something to a concern: by its raiser, by an officer for them, on the page and over the API."""

from sqlalchemy import text

from compact_cases.office.accounts import accounts
from tests.web.case_players import PlayedCase, Players, visible

WORDS = "They sent a second letter on Friday."


def letters(case: PlayedCase) -> list[str]:
    with case.players.desk.premises.engine.connect() as conn:
        query = text("SELECT seat FROM letters WHERE notice = 'addition' AND case_id = :case")
        return list(conn.scalars(query, {"case": case.row.case_id}))


def test_a_raiser_adds_something_which_they_and_the_officers_read_and_nobody_else(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_raiser() as browser:
        assert f'href="{case.path}/addition"' in browser.get(case.path).text
        empty = case.post(browser, "addition", addition=" ")
        assert empty.status_code == 422
        assert "Please write what you want to add." in visible(empty.text)
        case.done(browser, "addition", addition=WORDS)
        own = visible(browser.get(case.path).text)
    assert WORDS in own
    assert "We have what you added on" in own
    assert "You added something to the concern." in own
    assert letters(case) == ["office/officer"]
    with players.as_officer() as browser:
        theirs = visible(browser.get(case.path).text)
    assert f"{WORDS} Only the raiser and the Compact officers can read this" in theirs
    with case.as_champion() as browser:
        other = browser.get(case.path).text
        assert browser.get(f"{case.path}/addition").status_code == 303
        assert case.post(browser, "addition", addition="Not mine.").status_code == 403
    assert WORDS not in other
    assert "added something" not in other


def test_an_officer_writes_down_what_a_raiser_adds_on_the_telephone(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        case.done(browser, "addition", addition=WORDS)
        assert "Ann Officer, for the raiser" in visible(browser.get(case.path).text)


def test_a_script_adds_it_over_the_api(players: Players) -> None:
    case = players.raised()
    token = accounts.add_token(players.desk.premises, players.officer.email, "a caller")
    headers = {"Authorization": f"Bearer {token}", "If-Match": f'"{case.row.position}"'}
    with players.browser() as browser:
        gone = browser.post(f"/api{case.path}/addition", json={"addition": ""}, headers=headers)
        done = browser.post(f"/api{case.path}/addition", json={"addition": WORDS}, headers=headers)
        shown = browser.get(f"/api{case.path}", headers=headers).json()
    assert gone.json()["errors"] == [{"field": "addition", "detail": "Please write what you want to add."}]
    assert done.status_code == 200
    assert [one["text"] for one in shown["additions"]] == [WORDS]


def test_nothing_is_added_to_a_closed_case(players: Players) -> None:
    case = players.raised().accepted().replied().released().decided().closed()
    with case.as_raiser() as browser:
        assert f"{case.path}/addition" not in browser.get(case.path).text
        assert case.post(browser, "addition", addition=WORDS).status_code == 409
    assert letters(case) == []
