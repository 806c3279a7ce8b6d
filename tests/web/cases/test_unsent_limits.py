"""What is kept of a session that ended: for whom, for how long, how much, and what a forged form keeps."""

from typing import Any

import pytest
from sqlalchemy import text

from compact_cases.office import upkeep
from tests.desk import fields
from tests.web.case_players import Players, visible
from tests.web.cases.test_unsent import WORDS, came_back, hidden_of, kept_links, late_reply, unsent


def test_it_is_kept_encrypted_under_its_person_and_case_and_only_once(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        page = browser.get(case.path).text
        players.desk.pass_time(hours=3)
        for _ in range(3):  # reloaded
            browser.post(f"{case.path}/reply", data={**hidden_of(page), **case.a_reply(WORDS)})
    [row] = unsent(players)
    assert (row.holder, row.case_id, row.act) == (players.champion, case.row.case_id, "reply")
    assert b"committee" not in bytes(row.typed)
    with players.desk.premises.engine.begin() as conn:  # whoever can write to the table still reads nothing
        conn.execute(text("UPDATE unsent_forms SET holder = :senior"), {"senior": players.senior})
    case.escalated()
    with came_back(case, players.senior) as browser:
        assert kept_links(browser.get(case.path).text) == []
        assert browser.get(f"{case.path}/reply/unsent/{row.id}").status_code == 404


def test_nobody_else_is_shown_it_or_told_of_it(players: Players) -> None:
    case, other = players.raised().accepted(), players.raised().accepted()
    case.escalated()
    with case.as_champion() as browser:
        late_reply(case, browser)
    link = f"{case.path}/reply/unsent/{unsent(players)[0].id}"
    with (
        players.as_officer() as officer,
        case.as_raiser() as raiser,
        came_back(case, players.senior) as senior,
        other.as_champion() as same_person_elsewhere,
        players.browser() as nobody,
    ):
        for browser in (officer, raiser, senior, same_person_elsewhere, nobody):
            for page in (case.path, other.path, "/codes", link):
                seen = browser.get(page).text
                assert WORDS not in seen
                assert kept_links(seen) == []
            assert browser.get(link).status_code in (403, 404)


def test_a_forged_or_foreign_token_keeps_nothing_and_gives_the_words_back_to_copy(players: Players) -> None:
    case, other = players.raised().accepted(), players.raised().accepted()
    with case.as_champion() as browser, other.as_champion() as elsewhere:
        foreign = fields(elsewhere.get(other.path).text)["csrf_token"]
        page = browser.get(case.path).text
        players.desk.pass_time(hours=3)
        for token in ("", "0" * 64, foreign):
            sent = {**hidden_of(page), **case.a_reply(WORDS), "csrf_token": token}
            answer = browser.post(f"{case.path}/reply", data=sent)
            assert answer.status_code == 403
            assert "We could not keep what you typed" in visible(answer.text)
            assert WORDS in answer.text
        fitting = browser.post(f"{other.path}/reply", data={**hidden_of(page), **case.a_reply(WORDS)})
        assert fitting.status_code == 403  # the token fits, but the case is not theirs by this session
    assert unsent(players) == []


def test_whoever_has_no_session_at_all_gets_the_words_back_to_copy(players: Players) -> None:
    case = players.raised()
    with players.browser() as browser:
        for path in (f"{case.path}/reply", f"{case.path}/acknowledgement", "/office/people"):
            answer = browser.post(path, data={"words": WORDS, "csrf_token": "x"})
            assert answer.status_code == 403
            assert WORDS in answer.text
        assert browser.post("/office/people").headers["location"] == "/sign-in"  # nothing was typed
    assert unsent(players) == []


def test_it_is_gone_when_its_person_leaves(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        late_reply(case, browser)
    with came_back(case, players.champion) as browser:
        token = fields(browser.get(case.path).text)["csrf_token"]
        assert browser.post("/sign-out", data={"csrf_token": token}).status_code == 303
    assert unsent(players) == []


def test_it_is_gone_with_a_session_that_is_left_when_it_had_ended(players: Players) -> None:
    """The button of an old page, on a shared computer."""
    case = players.raised().accepted()
    with case.as_champion() as browser:
        late_reply(case, browser)
        assert browser.post("/sign-out").status_code == 303
    assert unsent(players) == []


def test_it_is_shown_for_a_day_and_then_forgotten(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        late_reply(case, browser)
    link = f"{case.path}/reply/unsent/{unsent(players)[0].id}"
    players.desk.pass_time(hours=23, minutes=59)
    upkeep.keep_house(players.desk.premises)
    with came_back(case, players.champion) as browser:
        assert kept_links(browser.get(case.path).text) == [link]
        players.desk.pass_time(minutes=2)
        assert kept_links(browser.get(case.path).text) == []
        assert browser.get(link).status_code == 404
    upkeep.keep_house(players.desk.premises)
    assert unsent(players) == []


def test_size_and_count_have_bounds_and_say_so(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        page = browser.get(case.path).text
        players.desk.pass_time(hours=3)

        def send(words: str) -> Any:
            return browser.post(f"{case.path}/reply", data={**hidden_of(page), **case.a_reply(words)})

        assert "We could not keep what you typed" in visible(send("x" * 400_000).text)
        assert unsent(players) == []
        for number in range(5):
            assert "We keep what you typed" in visible(send(f"{WORDS} {number}").text)
        sixth = send(f"{WORDS} and one more")
        assert "We could not keep what you typed" in visible(sixth.text)
        assert f"{WORDS} and one more" in sixth.text
    assert len(unsent(players)) == 5


@pytest.mark.parametrize("path", ["/office/sessions/{}/end", "/cases/{}/return-code"])
def test_a_button_without_words_keeps_nothing(players: Players, path: str) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        token = fields(browser.get("/office/sessions").text)["csrf_token"]
        named = path.format(case.reference if "cases" in path else case.row.case_id)
        players.desk.pass_time(hours=13)
        answer = browser.post(named, data={"csrf_token": token})
        assert answer.headers.get("location") == "/sign-in" or "was not done" in visible(answer.text)
    assert unsent(players) == []


def test_the_old_page_of_somebody_else_in_the_same_browser_is_kept_for_neither(players: Players) -> None:
    case = players.raised().accepted().escalated()
    link = players.desk.link(players.senior, case.row.case_id)
    with case.as_champion() as browser:
        page = browser.get(case.path).text
        assert browser.post(link, data=fields(browser.get(link).text)).status_code == 303
        answer = browser.post(f"{case.path}/reply", data={**hidden_of(page), **case.a_reply(WORDS)})
        assert answer.status_code == 403
        assert WORDS in answer.text  # given back to whoever has it before them, and nowhere kept
        code = {"reference": case.reference, "code": "wrong words"}
        assert "wrong words" not in browser.post("/return", data=code).text
    assert unsent(players) == []
    assert case.row.next_name == "reply"
