"""Undertakings are linked by search and ticks in acknowledging; a body is added from the case."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.rules.concern import CitedClause, RespondentNamed
from tests.desk import fields
from tests.web.case_players import WAY_IN, Browser, PlayedCase, Players, visible

THEIRS = "community-groups/8.2"  # promised by the voluntary sector, and the respondent is a council
TYPED = {
    "decision": "accept",
    "restated": "You say that ten days were too short.",
    "wording": "Ten days were too short for a group.",
    "reason": "repeat",
    "explanation": "Typed in the other half too.",
}
WHY = {"why": "Groups meet once a month."}


@pytest.fixture
def case(players: Players) -> PlayedCase:
    """A concern whose raiser was not sure which undertaking it is about."""
    return players.raised(clauses=())


def looked(case: PlayedCase, browser: Browser, words: str, **typed: str) -> str:
    answer = case.post(browser, "acknowledgement", look="look", q=words, **{**TYPED, **typed})
    assert answer.status_code == 200, visible(answer.text)
    return str(answer.text)


def rows(page: str) -> dict[str, dict[str, str]]:
    """What can be ticked, by undertaking: its place in the form, whether it is ticked, its role."""
    found = {}
    for where, clause in re.findall(r'name="(clauses\.\d+\.)clause" value="([^"]+)"', page):
        box = re.search(rf'<input type="checkbox" id="{re.escape(where)}cite"[^>]*>', page)
        role = re.search(
            rf'<input type="radio"[^>]*name="{re.escape(where)}role" value="([^"]+)" checked', page
        )
        assert box
        assert role
        found[clause] = {"where": where, "ticked": "yes" if "checked" in box[0] else "", "role": role[1]}
    return found


def ticks(page: str, *clauses: str, **roles: str) -> dict[str, str]:
    """The rows of a page as a browser sends them, these ticked as well."""
    sent = {}
    for clause, row in rows(page).items():
        sent[f"{row['where']}clause"] = clause
        sent[f"{row['where']}role"] = roles.get(clause, row["role"])
        if row["ticked"] or clause in clauses:
            sent[f"{row['where']}cite"] = "yes"
    return sent


def links(players: Players, case: PlayedCase) -> dict[str, str]:
    found = casebook.read(players.desk.premises, case.row.case_id).intake.links
    return {one.clause: one.role.value for one in found}


# --- looking ----------------------------------------------------------------------------------------------


def test_a_look_keeps_all_that_was_typed_and_stores_nothing(players: Players, case: PlayedCase) -> None:
    before = case.row
    with players.as_officer() as browser:
        page = looked(case, browser, "time to answer", **WHY)
    for text in (*TYPED.values(), *WHY.values(), "time to answer"):
        assert text in unescape(page)
    assert 'id="decision" name="decision" value="accept" checked' in page
    assert "summary-of-errors" not in page
    assert case.row == before


def test_what_is_found_says_who_owes_it_and_warns_where_that_is_another(
    players: Players, case: PlayedCase
) -> None:
    with players.as_officer() as browser:
        page = looked(case, browser, "timescales")
    found = rows(page)
    assert list(found)[:2] == [WAY_IN, THEIRS]
    assert found[WAY_IN] == {"where": "clauses.0.", "ticked": "", "role": "not-met"}
    assert found[THEIRS]["role"] == "supporting"
    seen = visible(page)
    assert "Strive to take account of the different timescales" in seen
    assert "Promised by all partners together." in seen
    assert seen.count("It can support the concern, but it is not theirs to have met.") == 1
    assert "promised by voluntary and community sector partners, and Northvale County Council is" in seen


def test_ticks_stay_over_another_look_and_what_was_not_ticked_goes(
    players: Players, case: PlayedCase
) -> None:
    with players.as_officer() as browser:
        page = looked(case, browser, "timescales")
        again = looked(case, browser, "core costs", **ticks(page, WAY_IN))
    found = rows(again)
    assert list(found)[:2] == [WAY_IN, "community-groups/5.8"]
    assert (found[WAY_IN]["ticked"], found["community-groups/5.8"]["ticked"]) == ("yes", "")
    assert THEIRS not in found


def test_a_look_that_finds_nothing_says_so(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        assert "No undertaking has the words “zebra”." in visible(looked(case, browser, "zebra"))
        assert "No undertaking has" not in visible(looked(case, browser, " "))


def test_somebody_who_looks_on_an_old_page_reads_what_is_new(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        old = fields(browser.get(f"{case.path}/acknowledgement").text)
        case.done(browser, "addition", addition="We met again.")
        sent = {**old, **TYPED, "look": "look", "q": "timescales"}
        answer = browser.post(f"{case.path}/acknowledgement", data=sent)
    assert answer.status_code == 409
    assert "New since you opened this page" in visible(answer.text)
    assert WAY_IN in rows(answer.text)
    assert TYPED["wording"] in answer.text


# --- in one act -------------------------------------------------------------------------------------------


def test_three_clicks_take_on_a_concern_without_an_undertaking(players: Players, case: PlayedCase) -> None:
    with players.as_officer() as browser:
        browser.get(f"{case.path}/acknowledgement")
        page = looked(case, browser, "time to answer")
        case.done(browser, "acknowledgement", **TYPED, **ticks(page, WAY_IN), **WHY)
        seen = visible(browser.get(case.path).text)
    assert case.row.had_notice
    assert case.row.clauses == (WAY_IN,)
    assert "Community Groups 5.3 was cited, as perhaps not met." in seen
    assert WHY["why"] in seen


def test_a_role_is_changed_and_an_undertaking_taken_out_in_the_same_act(players: Players) -> None:
    case = players.raised(clauses=(CitedClause(THEIRS), CitedClause("community-groups/5.8")))
    with players.as_officer() as browser:
        page = looked(case, browser, "time to answer")
        sent = ticks(page, WAY_IN, **{THEIRS: "supporting"})
        del sent[rows(page)["community-groups/5.8"]["where"] + "cite"]
        case.done(browser, "acknowledgement", **TYPED, **sent, **WHY)
    assert links(players, case) == {THEIRS: "supporting", WAY_IN: "not-met"}


def test_what_is_cited_already_is_ticked_and_stays_without_a_word(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/acknowledgement").text
        assert rows(page)[WAY_IN]["ticked"] == "yes"
        before = players.desk.count("statements")
        case.done(browser, "acknowledgement", **TYPED, **ticks(page), why="Said for nothing.")
    assert links(players, case) == {WAY_IN: "not-met"}
    assert players.desk.count("statements") == before + 2, "a reason for no change is kept"


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"why": ""}, "why", "Please give a reason"),
        ({"clauses.0.role": "supporting"}, "clauses", "Please link at least one undertaking"),
        ({"clauses.0.cite": ""}, "clauses", "Please link at least one undertaking"),
        ({"clauses.0.role": "blamed"}, "clauses.0.role", "Please say in which way it is cited."),
        ({"clauses.0.clause": "community-groups/9.9"}, "clauses.0.clause", "has no undertaking 9.9"),
    ],
)
def test_what_is_missing_is_said_and_ticks_and_words_stay(
    players: Players, case: PlayedCase, changed: dict[str, str], field: str, sentence: str
) -> None:
    with players.as_officer() as browser:
        page = looked(case, browser, "time to answer")
        sent = {**TYPED, **ticks(page, WAY_IN), **WHY, "q": "time to answer", **changed}
        answer = case.post(browser, "acknowledgement", **sent)
    assert answer.status_code == 422
    assert sentence in visible(answer.text)
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert TYPED["wording"] in answer.text
    assert WAY_IN in rows(answer.text)
    assert not case.row.had_notice


def test_every_problem_leads_to_a_place_on_the_page(players: Players) -> None:
    case = players.raised(respondents=(RespondentNamed(None, "Dell Council", "public-sector"),))
    with players.as_officer() as browser:
        sent = {**TYPED, **ticks(browser.get(f"{case.path}/acknowledgement").text)}
        answer = case.post(browser, "acknowledgement", **sent)
    assert answer.status_code == 422
    for place in re.findall(r'<li><a href="#([^"]+)"', answer.text):
        assert f'id="{place}"' in answer.text, place


def test_a_missing_reason_is_said_together_with_what_else_is_missing(
    players: Players, case: PlayedCase
) -> None:
    with players.as_officer() as browser:
        page = looked(case, browser, "time to answer")
        answer = case.post(browser, "acknowledgement", **{**TYPED, "restated": "", **ticks(page, WAY_IN)})
    for field in ("why", "restated"):
        assert f'<li><a href="#{field}"' in answer.text


def test_a_concern_that_is_declined_keeps_its_undertakings(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        page = looked(case, browser, "core costs")
        sent = {**TYPED, "decision": "decline", **ticks(page, "community-groups/5.8")}
        case.done(browser, "acknowledgement", **sent)
    assert links(players, case) == {WAY_IN: "not-met"}


def test_a_code_that_is_not_held_stays_cited(players: Players) -> None:
    case = players.raised(clauses=(CitedClause(code="consultation", paragraph="page 3"),))
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/acknowledgement").text
        assert "page 3" in visible(page)
        case.done(browser, "acknowledgement", **TYPED, **ticks(page))
    assert links(players, case) == {"consultation": "not-met"}


def test_changing_undertakings_later_needs_no_code_to_remember(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        typed = {"drop": "no", "role": "supporting", "reason": "It explains why."}
        answer = case.post(browser, "clauses", look="look", q="challenge", **typed)
        assert answer.status_code == 200
        assert f'name="clause" value="{THEIRS}"' in answer.text
        assert "It can support the concern, but it is not theirs to have met." in visible(answer.text)
        assert "It explains why." in answer.text
        case.done(browser, "clauses", clause=THEIRS, **typed)
    assert links(players, case) == {WAY_IN: "not-met", THEIRS: "supporting"}


# --- by call ----------------------------------------------------------------------------------------------


@pytest.fixture
def call(players: Players) -> Iterator[Any]:
    token = accounts.add_token(players.desk.premises, players.officer.email)
    with players.browser() as browser:

        def call(case: PlayedCase, **sent: Any) -> Any:
            headers = {"authorization": f"Bearer {token}", "if-match": f'"{case.row.position}"'}
            told = {"restated": TYPED["restated"], "wording": TYPED["wording"]}
            return browser.post(f"/api{case.path}/acknowledgement", json={**told, **sent}, headers=headers)

        yield call


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({}, "clauses", "Please link at least one undertaking"),
        ({"clauses": [{"clause": WAY_IN}]}, "why", "Please give a reason"),
        ({"clauses": [{"clause": WAY_IN, "role": "supporting"}], **WHY}, "clauses", "Please link at least"),
        ({"clauses": [{"clause": "5.3"}], **WHY}, "clauses.0.clause", "Numbers repeat across Codes"),
        ({"clauses": [{"role": "not-met"}], **WHY}, "clauses.0.clause", "Please write which undertaking"),
        ({"clauses": [{"clause": WAY_IN, "role": "x"}], **WHY}, "clauses.0.role", "in which way"),
        ({"clauses": WAY_IN}, "clauses", "must be a list of JSON objects"),
    ],
)
def test_a_call_is_held_to_the_same(
    case: PlayedCase, call: Any, sent: dict[str, Any], field: str, sentence: str
) -> None:
    answer = call(case, **sent)
    assert answer.status_code == 422, answer.text
    assert sentence in {one["field"]: one["detail"] for one in answer.json()["errors"]}[field]
    assert not case.row.had_notice


def test_a_call_links_in_the_same_act(players: Players, case: PlayedCase, call: Any) -> None:
    wanted = [
        {"clause": "Community Groups 5.3"},
        {"clause": THEIRS, "role": "supporting"},
        {"clause": WAY_IN},
        {"clause": "community-groups/5.8", "cite": False},
    ]
    assert call(case, clauses=wanted, **WHY).status_code == 200
    assert links(players, case) == {WAY_IN: "not-met", THEIRS: "supporting"}
