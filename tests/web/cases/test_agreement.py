"""An agreement through the doors: each side reads it, answers, and does what it has agreed."""

from typing import Any

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import integrity, reminders
from compact_cases.office.post import morning
from compact_cases.records.reading import reading
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters
from compact_cases.rules.concern import Confidentiality
from tests.builders import local
from tests.web.case_players import Browser, PlayedCase, Players, visible

TERMS = {
    "terms.0.side": "respondent",
    "terms.0.what": "Ask about the bus again, for six weeks.",
    "terms.0.by-day": "6",
    "terms.0.by-month": "5",
    "terms.0.by-year": "2026",
    "terms.0.known_by": "The questions stand on the website.",
    "terms.0.clause": "community-groups/5.3",
    "terms.1.side": "raiser",
    "terms.1.what": "Send the dates of the meetings.",
    "terms.1.by-day": "20",
    "terms.1.by-month": "4",
    "terms.1.by-year": "2026",
    "terms.1.known_by": "The council has the list.",
    "settles": "yes",
}


def written(players: Players, case: PlayedCase, **typed: str) -> PlayedCase:
    with players.as_officer() as browser:
        case.done(browser, "agreement", **{**TERMS, **typed})
    return case


def agreed(players: Players, case: PlayedCase) -> PlayedCase:
    """Both accept on Monday 2 March, and it stands when the days to reflect are over, on Tuesday 10 March."""
    written(players, case)
    with case.as_raiser() as browser:
        case.done(browser, "acceptance", answer="yes")
    with case.as_champion() as browser:
        case.done(browser, "acceptance", answer="yes")
    players.desk.clock.move(local("2026-03-10 08:05"))
    reminders.sweep_until_done(players.desk.premises)
    return case


@pytest.fixture
def standing(players: Players) -> PlayedCase:
    return agreed(players, players.raised().accepted().replied().released())


@pytest.fixture
def closed(players: Players, standing: PlayedCase) -> PlayedCase:
    return standing.closed()


def page(browser: Browser, case: PlayedCase, rest: str = "") -> str:
    answer = browser.get(f"{case.path}{rest}")
    assert answer.status_code == 200, answer.text[:500]
    return visible(answer.text)


def test_both_sides_read_a_version_and_say_what_they_think_of_it(players: Players) -> None:
    case = written(players, players.raised().accepted())
    for who in (case.as_raiser, case.as_champion):
        with who() as browser:
            read = page(browser, case)
            assert "whether they accept an agreement." in read or "We ask you to reply" in read
            assert "Ask about the bus again, for six weeks." in read
            assert "Say whether you accept it" in read
            assert "1. You, by" in read or "2. You, by" in read
    with case.as_raiser() as browser:
        case.done(browser, "acceptance", answer="not", words="Eight weeks, please.")
        assert "You do not accept it like this." in page(browser, case)
        assert "Eight weeks, please." in page(browser, case)
    with case.as_champion() as browser:
        read = page(browser, case)
        assert "The raiser does not accept it like this." in read
        assert "Eight weeks, please." not in read
    with players.as_officer() as browser:
        assert "Eight weeks, please." in page(browser, case)


def test_a_new_version_begins_with_the_one_before(players: Players) -> None:
    case = written(players, players.raised().accepted())
    with players.as_officer() as browser:
        form = browser.get(f"{case.path}/agreement").text
        assert "Ask about the bus again, for six weeks." in form
        assert 'value="2026"' in form
        more = case.post(browser, "agreement", **TERMS, look="yes")
        assert more.status_code == 200
        assert "terms.2.what" in more.text
    written(players, case, **{"terms.0.what": "Ask again, for eight weeks."})
    with case.as_raiser() as browser:
        read = page(browser, case)
    assert "Ask again, for eight weeks." in read
    assert "Earlier versions" in read


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(players: Players) -> None:
    case = players.raised().accepted()
    position = case.row.position
    with players.as_officer() as browser:
        answer = case.post(
            browser, "agreement", **{**TERMS, "terms.0.known_by": "", "terms.1.by-day": "3", "settles": ""}
        )
        assert answer.status_code == 422
        assert "how both sides will know" in answer.text
        assert "Please say whether this settles everything." in answer.text
        good_friday = case.post(browser, "agreement", **{**TERMS, "terms.1.by-day": "3"})
        assert good_friday.status_code == 422
        assert "Good Friday" in good_friday.text
        assert 'href="#terms.1.by"' in good_friday.text
        assert "Send the dates of the meetings." in good_friday.text
    assert case.row.position == position


def test_it_stands_after_five_days_and_leads_to_closing(players: Players, standing: PlayedCase) -> None:
    assert standing.row.stage == "closing"
    with standing.as_raiser() as browser:
        read = page(browser, standing)
    assert "Both sides have agreed, and the case is being closed." in read
    assert "It has stood since" in read
    assert "About Community Groups 5.3" in read or "5.3" in read


def test_a_closed_case_keeps_its_actions_and_is_found_by_them(players: Players, closed: PlayedCase) -> None:
    row = closed.row
    assert (row.stage, row.outcome, row.next_name) == ("closed", "resolved early", "action")
    assert row.next_tick is not None
    with closed.as_champion() as browser:
        read = page(browser, closed)
        assert "This case is closed, two things to do." in read
        assert "It is done" in read
    with players.as_officer() as browser:
        lists = {asked: visible(browser.get(f"/cases{asked}").text) for asked in ("", "?closed=todo")}
        assert "1 closed, with things to do" in lists[""]
        assert closed.reference not in lists[""]
        assert closed.reference in lists["?closed=todo"]
        assert "Do what was agreed: The raiser" in lists["?closed=todo"]
        assert "1 closed case with things to do." in lists["?closed=todo"]
        file = browser.get("/cases.csv?closed=todo").text
        assert "Do what was agreed" in file
        assert "Closed, two things to do" in page(browser, closed)
    with players.browser() as browser:
        token = accounts.add_token(players.desk.premises, players.officer.email)
        headers = {"authorization": f"Bearer {token}"}
        found = browser.get("/api/cases?todo=true", headers=headers).json()
        assert [one["reference"] for one in found["cases"]] == [closed.reference]
        assert browser.get("/api/cases", headers=headers).json()["cases"] == []
        owed = browser.get(f"/api/cases/{closed.reference}/obligations", headers=headers).json()
        assert [one["item"] for one in owed["obligations"] if one["name"] == "action"] == ["2", "1"]
    assert integrity.rebuild(players.desk.premises, check=True).faults == ()


def test_an_action_is_done_read_disputed_and_confirmed_by_those_who_may(
    players: Players, closed: PlayedCase
) -> None:
    with closed.as_champion() as browser:
        closed.done(browser, "action-done", item="1", proof="It stands there, Elmfield can see it.")
        assert "Elmfield can see it" in page(browser, closed)
    with closed.as_raiser() as browser:
        assert "Elmfield can see it" not in page(browser, closed)
        assert closed.post(browser, "action-disputed", item="1", reason="No.").status_code == 409
    with players.as_officer() as browser:
        assert "Elmfield can see it" in page(browser, closed, "/action-release?name=1")
        closed.done(browser, "action-release", item="1", looked="yes", hidden="Elmfield can see it")
    with closed.as_raiser() as browser:
        read = page(browser, closed)
        assert "It stands there, [removed]." in read
        assert "Please say whether action 1 is done" in read
        closed.done(browser, "action-disputed", item="1", reason="There is nothing yet.")
    with closed.as_champion() as browser:
        assert "There is nothing yet." not in page(browser, closed)
    with players.as_officer() as browser:
        closed.done(browser, "action-release", item="1", looked="yes")
    with closed.as_champion() as browser:
        assert "There is nothing yet." in page(browser, closed)
        closed.done(browser, "action-waived", item="2", sure="yes")
    with closed.as_raiser() as browser:
        closed.done(browser, "action-confirmed", item="1")
        assert "This case is closed. It was resolved early." in page(browser, closed)
    assert closed.row.next_name is None


def test_what_an_officer_writes_down_says_for_whom(players: Players) -> None:
    case = written(players, players.raised().accepted())
    with players.as_officer() as browser:
        case.done(browser, "acceptance", side="respondent", answer="yes")
        assert case.post(browser, "acceptance", answer="yes").status_code == 422  # for which side?
        case.done(browser, "acceptance", side="raiser", answer="yes")
        read = page(browser, case)
    assert "for the respondent" in read
    assert "for the raiser" in read
    with case.as_raiser() as browser:
        assert "You accept it." in page(browser, case)


def test_a_party_speaks_for_its_own_side_whatever_it_sends(players: Players) -> None:
    case = written(players, players.raised().accepted())
    with case.as_raiser() as browser:
        case.done(browser, "acceptance", side="respondent", answer="yes")
    with case.as_champion() as browser:
        assert "The raiser accepts it." in page(browser, case)


def test_a_stale_page_keeps_what_was_typed(players: Players, closed: PlayedCase) -> None:
    with closed.as_champion() as browser:
        form = browser.get(f"{closed.path}/action-done?name=1").text
        seen = form.split('name="seen" value="')[1].split('"')[0]
        csrf = form.split('name="csrf_token" value="')[1].split('"')[0]
        with closed.as_raiser() as raiser:
            closed.done(raiser, "action-waived", item="1", sure="yes")
        late = {"csrf_token": csrf, "seen": seen, "item": "1", "proof": "It stands on the website now."}
        answer = browser.post(f"{closed.path}/action-done", data=late)
        assert answer.status_code == 409
        assert "It stands on the website now." in answer.text


def test_a_hidden_raiser_is_told_by_nothing_in_an_agreement(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL).accepted()
    telling = {"terms.0.what": "Write to Rose of Elmfield Tenants."}
    with players.as_officer() as browser:
        refused = case.post(browser, "agreement", **{**TERMS, **telling})
        assert refused.status_code == 422
        assert "who raised it" in refused.text
        assert "These words may stay" in refused.text
    agreed(players, case)
    with case.as_champion() as browser:
        read = browser.get(case.path).text
    for word in ("Elmfield", "Rose"):
        assert word not in read


def test_words_about_an_action_of_a_closed_case_wait_for_an_officer_as_anything_else(
    players: Players, closed: PlayedCase
) -> None:
    with players.as_officer() as browser:
        assert "0 waiting for you" in visible(browser.get("/cases").text)
    with closed.as_champion() as browser:
        closed.done(browser, "action-done", item="1", proof="It stands on the website now.")
    with players.as_officer() as browser:
        assert "1 waiting for you" in visible(browser.get("/cases").text)
        waiting = visible(browser.get("/cases?waiting=me").text)
        assert closed.reference in waiting
        assert "1 case waiting for you." in waiting
        assert "Pass on words about an action" in waiting
        assert closed.reference in visible(browser.get("/cases?waiting=me&q=council").text)
        closed_ones = visible(browser.get("/cases?waiting=me&closed=todo").text)
        assert "1 closed case with things to do, waiting for you." in closed_ones
    due = closed.row.next_due
    assert due is not None
    with reading(players.desk.premises.engine) as conn:
        sections = morning.waits_for(conn, players.officer.id, due)
        owed = [one for section in sections for one in section["lines"] if one.get("obligation")]
    assert [(one["obligation"], one["reference"]) for one in owed] == [("action-release", closed.reference)]


def test_only_closed_cases_with_something_to_do_are_counted(players: Players, closed: PlayedCase) -> None:
    players.raised().accepted()

    def found(**filters: Any) -> list[str]:
        with reading(players.desk.premises.engine) as conn:
            today = players.desk.clock.now().date()
            return [one.reference for one in case_list.rows(conn, Filters(**filters), None, today)]

    assert found(todo=True) == [closed.reference]
    players.desk.clock.move(local("2026-04-21 09:00"))
    assert found(todo=True, overdue=True) == [closed.reference]
    assert closed.reference not in found(overdue=True)
    with closed.as_champion() as browser:
        closed.done(browser, "action-waived", item="2", sure="yes")
    with closed.as_raiser() as browser:
        closed.done(browser, "action-waived", item="1", sure="yes")
    assert found(todo=True) == []
    assert closed.reference in found(closed=True)
