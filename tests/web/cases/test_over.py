"""A stale page whose act is over says who did it and leads back, with no button that cannot succeed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from litestar import Litestar, post
from litestar.testing import TestClient

from compact_cases.office.accounts import accounts
from compact_cases.office.identity import new_id
from compact_cases.records import tasks
from compact_cases.records.tasks import Task
from compact_cases.rules import acts
from compact_cases.rules.permissions import Permission
from compact_cases.rules.seats import Seat
from compact_cases.web.app import all_readers
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible
from tests.web.cases.test_mediation import asked, on_the_register
from tests.web.cases.test_unsent import kept_links, late_reply
from tests.web.form_filler import FormFiller

Browser = TestClient[Litestar]
WORDS = "Words of the slower one, which took an hour."
OF_A_MEDIATOR = sorted(reader.name for reader in all_readers() if reader.by == {Seat.MEDIATOR})
ACTS = sorted({reader.name for reader in all_readers()} - set(OF_A_MEDIATOR))
HERS = {one.name for one in acts.ACTS if Seat.CHAIR in one.by and Seat.OFFICER not in one.by}


@contextmanager
def as_ben(players: Players) -> Iterator[Browser]:
    member = accounts.add_officer(players.desk.premises, "ben@office.example", "Ben Quick")
    with players.browser() as browser:
        players.desk.signed_in(browser, member)
        yield browser


def is_over(case: PlayedCase, answer: Any, act: str, *words: str) -> str:
    """The page has no way to send that act, says these words, and leads back to the case."""
    assert answer.status_code == 409
    assert not re.search(f'action="{case.path}/{act}(-draft)?"', answer.text)
    assert f'href="{case.path}"' in answer.text
    seen = visible(answer.text)
    for one in words:
        assert one in seen, seen
    return seen


def test_an_officer_hears_which_colleague_took_the_concern_on(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as slow, as_ben(players) as quick:
        page = fields(slow.get(f"{case.path}/acknowledgement").text)
        done = {"decision": "accept", "restated": "You say so.", "wording": "Ten days."}
        case.done(quick, "acknowledgement", **done)
        late = slow.post(f"{case.path}/acknowledgement", data={**page, **done, "restated": WORDS})
    seen = is_over(case, late, "acknowledgement", "By Ben Quick on Monday 2 March 2026 at 09:30", WORDS)
    assert "What you typed was not sent" in seen
    assert "community-groups/5.3" not in seen  # which the page sends by itself
    assert "Back to the case" in seen


def test_a_champion_hears_that_another_contact_has_replied_and_keeps_the_words(players: Players) -> None:
    case = players.raised().accepted().escalated()
    with case.as_champion() as slow, case.as_party(players.senior) as quick:
        page = fields(slow.get(case.path).text)
        case.done(quick, "reply", **case.a_reply())
        for act in ("reply", "reply-draft"):
            late = slow.post(f"{case.path}/{act}", data={**page, **case.a_reply(WORDS)})
            by = "By you or another contact of Northvale County Council on Monday 2 March 2026"
            is_over(case, late, "reply", by, "Your reply reached us", WORDS)
    assert players.desk.count("reply_drafts") == 0


def test_a_raiser_hears_that_the_office_has_closed_the_case(players: Players) -> None:
    case = players.raised().accepted().replied().released().decided()
    with case.as_raiser() as browser:
        page = fields(browser.get(case.path).text)
        case.closed()
        late = browser.post(f"{case.path}/decision", data={**page, "decision": "not", "words": WORDS})
    is_over(case, late, "decision", "By a Compact officer on", "The case was closed", WORDS)


@contextmanager
def whose_it_is(players: Players, act: str) -> Iterator[Browser]:
    """An officer, but for what the board chair alone is asked."""
    if act not in HERS:
        with players.as_officer() as browser:
            yield browser
        return
    chair = accounts.add_officer(players.desk.premises, "chair@office.example", "Canon Selby", Seat.CHAIR)
    with players.browser() as browser:
        players.desk.signed_in(browser, chair)
        yield browser


@pytest.mark.parametrize("act", ACTS)
def test_of_every_act_the_page_is_without_a_button_once_it_cannot_be_done(players: Players, act: str) -> None:
    case = players.raised().accepted().replied()
    with whose_it_is(players, act) as browser, case.as_raiser() as raiser:
        page = browser.get(f"{case.path}/{act}")
        hidden = fields(page.text) if page.status_code == 200 else {}
        token = fields(browser.get("/office/sessions").text)["csrf_token"]
        sent = {"csrf_token": token, "seen": hidden.get("seen", str(case.row.position)), "reason": WORDS}
        case.done(raiser, "withdrawal", sure="yes")
        offered = browser.get(f"{case.path}/{act}").status_code == 200
        late = browser.post(f"{case.path}/{act}", data=sent)
    if offered:
        assert late.status_code in (409, 422)
        return
    is_over(case, late, act, "Back to the case")
    if hidden:
        assert "By the raiser on Monday 2 March 2026" in visible(late.text)


@pytest.mark.parametrize("act", OF_A_MEDIATOR)
def test_nor_has_a_mediator_one_once_the_concern_is_withdrawn(players: Players, act: str) -> None:
    who = on_the_register(players)
    case = asked(players, players.raised(), who)
    with case.as_party(who) as browser, case.as_raiser() as raiser:
        case.done(browser, "declaration", conflict="no")  # who was only asked has no door at all by then
        page = fields(browser.get(case.path).text) | fields(browser.get(f"{case.path}/{act}").text)
        case.done(raiser, "withdrawal", sure="yes")
        late = browser.post(f"{case.path}/{act}", data={**page, "reason": WORDS})
    is_over(case, late, act, "Back to the case")


def test_what_was_typed_for_an_act_that_is_over_when_one_comes_back_can_be_copied(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        late_reply(case, browser, WORDS)
    case.replied("Another contact was quicker.")
    with case.as_champion() as browser:
        [link] = kept_links(browser.get(case.path).text)
        is_over(case, browser.get(link), "reply", WORDS, "Your reply reached us")


def test_a_task_that_a_colleague_has_done_says_who(players: Players) -> None:
    case, at = players.raised(), players.desk.clock.now()
    task = Task(new_id(), case.row.case_id, "phone", new_id(), at.date(), "Please ring them.", at)
    with players.desk.premises.engine.begin() as conn:
        tasks.open_all(conn, [task])
    with players.as_officer() as slow, as_ben(players) as quick:
        for browser in (quick, slow):
            token = fields(browser.get("/office/sessions").text)["csrf_token"]
            answer = browser.post(f"/office/tasks/{task.id}/done", data={"csrf_token": token})
            again = browser.post(f"/office/tasks/{task.id}/done", data={"csrf_token": token})
            assert answer.status_code == again.status_code == (303 if browser is quick else 409)
    seen = visible(answer.text)
    assert "Ben Quick has done this already, on Monday 2 March 2026 at 09:30" in seen
    assert "Please ring them." in seen
    assert 'href="/office/attention"' in answer.text


def test_a_member_who_has_left_meanwhile_is_named(players: Players) -> None:
    ben = accounts.add_officer(players.desk.premises, "ben@office.example", "Ben Quick")
    with players.as_officer() as browser:
        page = fields(browser.get(f"/office/people/{ben.id}").text)
        accounts.end_officer(players.desk.premises, ben.id)
        for path in (f"/office/people/{ben.id}", f"/office/people/{ben.id}/end"):
            late = browser.post(path, data=page)
            assert late.status_code == 409
            assert "Ben Quick left the office’s list on Monday 2 March 2026" in visible(late.text)
            assert 'href="/office/people"' in late.text


def test_an_answer_to_a_draft_that_another_tab_has_sent_or_deleted_can_be_copied(players: Players) -> None:
    late = {"tried": WORDS}
    with players.browser() as browser:
        person = FormFiller(browser)
        person.begin()
        _sent_or_deleted(person, late)


def _sent_or_deleted(person: FormFiller, late: dict[str, str]) -> None:
    assert person.fill() == "check"
    assert person.send().status_code == 303
    sent = person.client.post(f"{person.address}/tried", data=late)
    assert (sent.status_code, WORDS in sent.text) == (410, True)
    person.begin()
    assert person.client.post(f"{person.address}/forgotten").status_code == 200
    gone = person.client.post(f"{person.address}/tried", data=late)
    assert (gone.status_code, WORDS in gone.text) == (404, True)


def test_a_fault_of_ours_gives_the_words_back(browser: Browser) -> None:
    @post("/breaks-too", opt={"permission": Permission.PUBLIC}, sync_to_thread=False)
    def breaks() -> None:
        raise ZeroDivisionError

    browser.app.register(breaks)
    answer = browser.post("/breaks-too", data={"words": WORDS, "csrf_token": "x"})
    assert (answer.status_code, WORDS in answer.text) == (500, True)
