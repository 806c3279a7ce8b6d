"""A session that ended while somebody wrote: what they typed is kept for them alone, and found again."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.rules.concern import Confidentiality
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible

Browser = TestClient[Litestar]
WORDS = "Eight days was short for a committee, and we say so."
UNSENT = re.compile(r'href="((?:/cases/[A-Z0-9-]+/[a-z-]+|/office)/unsent/[0-9a-f-]{36})"')


def hidden_of(page: str) -> dict[str, str]:
    return {name: one for name, one in fields(page).items() if name in ("csrf_token", "seen", "kept")}


def kept_links(page: str) -> list[str]:
    return UNSENT.findall(page)


@contextmanager
def came_back(case: PlayedCase, person: UUID) -> Iterator[Browser]:
    with case.as_party(person) as browser:
        yield browser


def unsent(players: Players) -> list[Any]:
    with players.desk.premises.engine.connect() as conn:
        return list(conn.execute(text("SELECT * FROM unsent_forms ORDER BY kept_at")))


def late_reply(case: PlayedCase, browser: Browser, words: str = WORDS, **more: str) -> Any:
    """The champion has the page open, writes for longer than the session lasts, and sends."""
    page = browser.get(case.path).text
    case.players.desk.pass_time(hours=2, minutes=5)
    return browser.post(f"{case.path}/reply", data={**hidden_of(page), **case.a_reply(words), **more})


def test_a_champion_finds_what_was_typed_and_sends_it(players: Players) -> None:
    case = players.raised().accepted()
    position = case.row.position
    with case.as_champion() as browser:
        answer = late_reply(case, browser)
        assert answer.status_code == 403
        said = visible(answer.text)
        assert "What you typed is safe, and was not sent" in said
        assert "nothing was opened or sent here for two hours" in said
        assert "We keep what you typed until Tuesday 3 March 2026 at 11:35" in said
        assert "Open the link in our letter again" in said
        assert WORDS not in answer.text
        assert case.row.position == position
        assert browser.get(case.path).status_code == 403
        assert WORDS not in browser.get(case.path).text
    with came_back(case, players.champion) as browser:
        page = browser.get(case.path).text
        assert "What you typed was kept" in visible(page)
        assert WORDS not in page
        [link] = kept_links(page)
        found = browser.get(link)
        assert found.status_code == 200
        assert WORDS in found.text
        assert "A new consultation of twelve weeks." in found.text
        sent = browser.post(f"{case.path}/reply", data={**hidden_of(found.text), **case.a_reply(WORDS)})
        assert sent.status_code == 303
        assert unsent(players) == []
        assert kept_links(browser.get(case.path).text) == []
    assert case.row.next_name == "release"


def test_a_raiser_by_return_code_finds_it_by_return_code_alone(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as officer:
        case.done(officer, "question", question="When did it begin?")
    with case.as_raiser() as browser:
        page = browser.get(case.path).text
        players.desk.pass_time(minutes=31)
        answer = browser.post(f"{case.path}/answer", data={**hidden_of(page), "answer": WORDS})
    assert answer.status_code == 403
    said = visible(answer.text)
    assert "nothing was opened or sent here for thirty minutes" in said
    assert "reference and return code" in said
    assert 'href="/return"' in answer.text
    raiser = case.row.raiser_id
    assert raiser is not None
    with came_back(case, raiser) as by_link:
        assert kept_links(by_link.get(case.path).text) == []
    with case.as_raiser() as browser:
        [link] = kept_links(browser.get(case.path).text)
        found = browser.get(link)
        assert WORDS in found.text
        sent = browser.post(f"{case.path}/answer", data={**hidden_of(found.text), "answer": WORDS})
        assert sent.status_code == 303
    assert unsent(players) == []


def test_an_anonymous_raisers_words_are_kept_too(players: Players) -> None:
    case = players.hidden_one(Confidentiality.ANONYMOUS)
    with case.as_raiser() as browser:
        page = browser.get(f"{case.path}/addition").text
        players.desk.pass_time(minutes=31)
        answer = browser.post(f"{case.path}/addition", data={**hidden_of(page), "addition": WORDS})
        assert "We keep what you typed" in visible(answer.text)
    with case.as_raiser() as browser:
        [link] = kept_links(browser.get(case.path).text)
        assert WORDS in browser.get(link).text


def test_an_officer_signs_in_again_and_finds_it(players: Players) -> None:
    case = players.raised()
    typed = {"decision": "accept", "restated": WORDS, "wording": "Ten days were too short."}
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/acknowledgement").text
        players.desk.pass_time(hours=12, minutes=5)
        answer = browser.post(f"{case.path}/acknowledgement", data={**hidden_of(page), **typed})
        assert answer.status_code == 403
        said = visible(answer.text)
        assert "You were away for 12 hours, so you were signed out" in said
        assert "We keep what you typed" in said
        assert 'href="/sign-in"' in answer.text
        assert WORDS not in answer.text
    other = accounts.add_officer(players.desk.premises, "ben@office.example", "Ben Other")
    with players.browser() as elsewhere:
        players.desk.signed_in(elsewhere, other)
        assert kept_links(elsewhere.get("/cases").text) == []
        gone = elsewhere.get(f"{case.path}/acknowledgement/unsent/{unsent(players)[0].id}")
        assert gone.status_code == 404
    with players.as_officer() as browser:
        [link] = kept_links(browser.get("/cases").text)
        found = browser.get(link)
        assert WORDS in found.text
        assert "checked" in found.text[found.text.index('name="decision"') :][:120]
        sent = browser.post(f"{case.path}/acknowledgement", data={**hidden_of(found.text), **typed})
        assert sent.status_code == 303
    assert unsent(players) == []


def test_two_texts_of_one_act_are_both_there_and_the_one_that_is_sent_goes(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        page = browser.get(case.path).text
        players.desk.pass_time(hours=3)
        for words in ("First words.", "Second words."):
            browser.post(f"{case.path}/reply", data={**hidden_of(page), **case.a_reply(words)})
    with came_back(case, players.champion) as browser:
        links = kept_links(browser.get(case.path).text)
        pages = [browser.get(link).text for link in links]
        assert sorted("First words." in page for page in pages) == [False, True]
        wrong = {**hidden_of(pages[0]), **case.a_reply("First words."), "signed": ""}
        mended = browser.post(f"{case.path}/reply", data=wrong)
        assert mended.status_code == 422
        assert len(unsent(players)) == 2
        sent = browser.post(
            f"{case.path}/reply", data={**hidden_of(mended.text), **case.a_reply("First words.")}
        )
        assert sent.status_code == 303
        assert len(unsent(players)) == 1


def test_half_a_reply_that_was_saved_too_late_is_kept_and_can_be_saved(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        page = browser.get(case.path).text
        players.desk.pass_time(hours=3)
        answer = browser.post(f"{case.path}/reply-draft", data={**hidden_of(page), "offer": WORDS})
        assert "We keep what you typed" in visible(answer.text)
    with came_back(case, players.champion) as browser:
        [link] = kept_links(browser.get(case.path).text)
        found = browser.get(link).text
        assert WORDS in found
        saved = browser.post(f"{case.path}/reply-draft", data={**hidden_of(found), "offer": WORDS})
        assert saved.status_code == 303
        assert WORDS in browser.get(case.path).text
    assert unsent(players) == []


def test_an_old_page_sent_after_coming_in_anew_is_kept_and_leads_to_it(players: Players) -> None:
    """One tab has the old page with the text, another has come in again by the letter's link."""
    case = players.raised().accepted()
    link = players.desk.link(players.champion, case.row.case_id)
    with case.as_champion() as browser:
        page = browser.get(case.path).text
        players.desk.pass_time(hours=3)
        assert browser.post(link, data=fields(browser.get(link).text)).status_code == 303
        old_tab = browser.post(f"{case.path}/reply", data={**hidden_of(page), **case.a_reply(WORDS)})
        assert old_tab.status_code == 303
        found = browser.get(old_tab.headers["location"])
        assert found.status_code == 200
        assert WORDS in found.text
        assert case.row.next_name == "reply"
        forged = browser.post(f"{case.path}/reply", data={**case.a_reply(WORDS), "csrf_token": "0" * 64})
        assert forged.status_code == 403
        assert len(unsent(players)) == 1


def test_an_officers_form_beside_cases_comes_back_too(players: Players) -> None:
    typed = {"name": "Kim New", "email": "kim@office.example", "role": "officer"}
    with players.as_officer() as browser:
        page = browser.get("/office/people/new").text
        players.desk.pass_time(hours=13)
        answer = browser.post("/office/people", data={**hidden_of(page), **typed})
        assert "We keep what you typed" in visible(answer.text)
    with players.as_officer() as browser:
        [link] = kept_links(browser.get("/cases").text)
        found = browser.get(link)
        assert "kim@office.example" in found.text
        sent = browser.post("/office/people", data=fields(found.text))
        assert sent.headers["location"] == "/office/people?done=member-added"
        assert "Kim New" in browser.get("/office/people").text
    assert unsent(players) == []


def test_an_answer_of_a_draft_is_taken_from_a_page_that_was_opened_before_coming_in(players: Players) -> None:
    """Drafts stand behind a secret, so a session that began or ended meanwhile loses nothing."""
    case = players.raised()
    with players.browser() as browser:
        where = browser.post("/concerns/new").headers["location"]
        page = where.rsplit("/", 1)[0] + "/account"
        before = fields(browser.get(page).text)
        code = {"reference": case.reference, "code": case.return_code}
        assert (
            browser.post("/return", data={**fields(browser.get("/return").text), **code}).status_code == 303
        )
        taken = browser.post(page, data={**before, "account": WORDS, "act": "continue"})
        assert taken.status_code == 303
        during = fields(browser.get(page).text)
        players.desk.pass_time(hours=1)
        taken = browser.post(page, data={**during, "account": WORDS + " More.", "act": "continue"})
        assert taken.status_code == 303
        assert WORDS + " More." in browser.get(page).text
