"""Signing in, letters' links and return codes: opening changes nothing, only the button does."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.accounts import accounts, sessions
from compact_cases.records import people
from compact_cases.rules.seats import Seat
from compact_cases.web.accounts import device_in_words
from tests.desk import Desk, fields, path_of

Browser = TestClient[Litestar]


def visitor(desk: Desk, browser: Browser) -> sessions.FoundSession | None:
    return sessions.find_session(desk.premises, browser.cookies.get("session") or "")


# --- staff ------------------------------------------------------------------------------------------------


def test_opening_a_sign_in_link_twenty_times_spends_nothing(desk: Desk, browser: Browser) -> None:
    link = path_of(accounts.sign_in_link(desk.premises, desk.officer().id))
    before = desk.everything()
    pages = [browser.get(link) for _ in range(20)]
    assert {page.status_code for page in pages} == {200}
    assert desk.everything() == before
    entered = browser.post(link, data=fields(pages[-1].text))
    assert (entered.status_code, entered.headers["location"]) == (303, "/cases")
    found = visitor(desk, browser)
    assert found is not None
    assert (found.visitor.seat, found.visitor.name) == (Seat.OFFICER, "Ann Officer")


def test_a_sign_in_link_works_once(desk: Desk, browser: Browser) -> None:
    link = path_of(accounts.sign_in_link(desk.premises, desk.officer().id))
    assert browser.post(link).status_code == 303
    again = browser.post(link, data=fields(browser.get("/sign-in").text) | _token(browser))
    assert again.status_code == 410
    assert "works once" in again.text
    assert browser.get(link).status_code == 410


def test_a_sign_in_link_works_for_fifteen_minutes(desk: Desk, browser: Browser) -> None:
    link = path_of(accounts.sign_in_link(desk.premises, desk.officer().id))
    desk.pass_time(minutes=15)
    assert browser.get(link).status_code == 410
    assert browser.post(link).status_code == 410
    assert desk.count("sessions") == 0


def test_a_session_ends_after_twelve_idle_hours_and_after_seven_days(desk: Desk, browser: Browser) -> None:
    desk.signed_in(browser, desk.officer())
    for _ in range(14):
        desk.pass_time(hours=11, minutes=50)
        assert browser.get("/office/sessions").status_code == 200
    desk.pass_time(hours=5)  # seven days and some minutes in all
    assert browser.get("/office/sessions").headers["location"] == "/sign-in"
    desk.signed_in(browser, accounts.present_member(desk.premises, "ann@office.example"))
    desk.pass_time(hours=12, minutes=1)
    assert browser.get("/office/sessions").headers["location"] == "/sign-in"


def test_being_seen_is_noted_once_a_minute_at_most(desk: Desk, browser: Browser) -> None:
    desk.signed_in(browser, desk.officer())
    rows = desk.everything()
    desk.pass_time(seconds=59)
    browser.get("/office/sessions")
    assert desk.everything() == rows
    desk.pass_time(seconds=1)
    browser.get("/office/sessions")
    assert desk.everything() != rows


def test_signing_in_again_ends_the_session_before(desk: Desk, browser: Browser) -> None:
    member = desk.officer()
    desk.signed_in(browser, member)
    planted = browser.cookies["session"]
    desk.signed_in(browser, member)
    assert browser.cookies["session"] != planted
    assert sessions.find_session(desk.premises, planted) is None
    assert len(sessions.sessions_of(desk.premises, member.id)) == 1


def test_a_session_chosen_by_somebody_else_is_not_taken_over(desk: Desk, browser: Browser) -> None:
    browser.cookies.set("session", "chosen-by-an-attacker")
    link = path_of(accounts.sign_in_link(desk.premises, desk.officer().id))
    answer = browser.post(link)
    assert answer.status_code == 303
    assert "session=chosen-by-an-attacker" not in answer.headers["set-cookie"]
    assert sessions.find_session(desk.premises, "chosen-by-an-attacker") is None


def test_signing_out_ends_the_session(desk: Desk, browser: Browser) -> None:
    desk.signed_in(browser, desk.officer())
    token = browser.cookies["session"]
    assert browser.post("/sign-out", data=_token(browser)).status_code == 303
    assert sessions.find_session(desk.premises, token) is None


def test_sessions_are_listed_and_ended_by_their_own_member_alone(desk: Desk, browser: Browser) -> None:
    ann, ben = desk.officer(), desk.officer("ben@office.example")
    desk.signed_in(browser, ann)
    with desk.browser() as elsewhere:
        desk.signed_in(elsewhere, ben)
        page = elsewhere.get("/office/sessions").text
        bens = page.split('action="/office/sessions/')[1].split('"')[0]
        refused = browser.post(f"/office/sessions/{bens}", data=_token(browser))
        assert refused.status_code == 404
        assert elsewhere.get("/office/sessions").status_code == 200
        assert "(this one)" in page


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on an iPhone"),
        ("", "A browser"),
    ],
)
def test_a_device_is_named_in_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words


def test_somebody_who_left_is_out_at_once(desk: Desk, browser: Browser) -> None:
    member = desk.officer()
    desk.officer("bob@office.example")
    desk.signed_in(browser, member)
    waiting = path_of(accounts.sign_in_link(desk.premises, member.id))
    token = accounts.add_token(desk.premises, member.email)
    accounts.end_officer(desk.premises, member.id)
    assert browser.get("/office/sessions").headers["location"] == "/sign-in"
    assert browser.post(waiting).status_code == 410
    assert sessions.find_bearer(desk.premises, token) is None


def test_the_answer_is_the_same_for_known_and_unknown_addresses(desk: Desk, browser: Browser) -> None:
    desk.officer()
    known = browser.post("/sign-in", data={"email": "Ann@Office.example"})
    unknown = browser.post("/sign-in", data={"email": "nobody@office.example"})
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert desk.count("sign_in_links") == 1
    assert desk.count("letters") == 1


def test_a_wrong_address_is_shown_again_with_a_sentence(desk: Desk, browser: Browser) -> None:
    page = browser.post("/sign-in", data={"email": 'ann"<b>'})
    assert page.status_code == 422
    assert "whole e-mail address" in page.text
    assert "ann&#34;&lt;b&gt;" in page.text


# --- letters' links ---------------------------------------------------------------------------------------


def test_opening_a_letters_link_twenty_times_changes_nothing(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    link = desk.link(case.champion, case.case_id)
    before = desk.everything()
    assert {browser.get(link).status_code for _ in range(20)} == {200}
    assert desk.everything() == before
    assert visitor(desk, browser) is None


def test_the_button_opens_that_case_for_two_hours(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    link = desk.link(case.champion, case.case_id)
    entered = browser.post(link, data=fields(browser.get(link).text))
    assert (entered.status_code, entered.headers["location"]) == (303, "/cases/GC-2026-0042")
    found = visitor(desk, browser)
    assert found is not None
    assert (found.visitor.seat, found.visitor.person_id) == (Seat.CHAMPION, case.champion)
    assert (found.visitor.case_id, found.visitor.concern_id) == (case.case_id, None)
    assert not found.visitor.is_staff
    desk.pass_time(hours=2)
    assert visitor(desk, browser) is None
    assert browser.post(link).status_code == 303  # usable again


def test_a_partys_session_does_not_open_the_office(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    browser.post(desk.link(case.champion, case.case_id))
    assert browser.get("/office/sessions").status_code == 403


def test_a_link_is_old_after_ninety_days_and_offers_a_fresh_one(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    link = desk.link(case.champion, case.case_id)
    desk.pass_time(days=90)
    assert browser.get(link).status_code == 200
    desk.pass_time(days=1)
    page = browser.get(link)
    assert page.status_code == 410
    assert "Send a fresh link" in page.text
    assert browser.post(link).status_code == 410
    assert desk.count("sessions") == 0
    sent = browser.post(f"{link}/fresh")
    assert sent.status_code == 200
    assert desk.count("letters") == 1
    for _ in range(5):
        assert browser.post(f"{link}/fresh").text == sent.text
    assert desk.count("letters") == 3  # an hour


def test_a_contact_who_was_replaced_has_no_way_in(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    link = desk.link(case.champion, case.case_id)
    assert browser.post(link).status_code == 303
    with desk.premises.engine.begin() as conn:
        people.end(conn, case.champion, desk.clock.now())
    assert visitor(desk, browser) is None
    page = browser.get(link)
    assert page.status_code == 410
    assert "Send a fresh link" not in page.text


def test_an_unknown_link_gets_a_sentence(browser: Browser) -> None:
    for answer in (browser.get("/links/forged"), browser.post("/links/forged")):
        assert answer.status_code == 404
        assert "We do not know this link" in answer.text


# --- reference and return code ----------------------------------------------------------------------------


@pytest.mark.parametrize("reference", ["GC-2026-0042", "gc 2026 42", "2026/42", " Gc2026-000042 "])
def test_the_return_code_opens_the_case_in_any_spelling(desk: Desk, browser: Browser, reference: str) -> None:
    case = desk.case()
    typed = case.return_code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    entered = browser.post("/return", data={"reference": reference, "code": typed})
    assert (entered.status_code, entered.headers["location"]) == (303, "/cases/GC-2026-0042")
    found = visitor(desk, browser)
    assert found is not None
    assert (found.visitor.seat, found.visitor.concern_id) == (Seat.RAISER, case.concern_id)


def test_one_return_code_opens_every_case_of_the_concern(desk: Desk, browser: Browser) -> None:
    first = desk.case()
    second = desk.case(43, of=first)
    for case in (first, second):
        answer = browser.post(
            "/return",
            data={"reference": case.reference, "code": first.return_code} | _token(browser),
        )
        assert answer.headers["location"] == f"/cases/{case.reference}"
        found = visitor(desk, browser)
        assert found is not None
        assert found.visitor.concern_id == first.concern_id


def test_every_failure_has_one_answer(desk: Desk, browser: Browser) -> None:
    case, other = desk.case(77), desk.case(78)  # the page itself gives another as its example
    wrong = [
        (case.reference, other.return_code),
        (case.reference, "0000-0000-0000-0000"),
        ("GC-2026-9999", case.return_code),
        ("nonsense", case.return_code),
        (case.reference, "!!!"),
    ]
    answers = []
    for reference, code in wrong:
        answer = browser.post("/return", data={"reference": reference, "code": code})
        assert answer.status_code == 422
        answers.append(answer.text.replace(reference, "").replace(code, ""))
    assert len(set(answers)) == 1
    assert desk.count("sessions") == 0


def test_what_was_typed_is_kept(browser: Browser) -> None:
    page = browser.post("/return", data={"reference": "GC-2026-1", "code": ""})
    assert page.status_code == 422
    assert 'value="GC-2026-1"' in page.text
    assert "Please give the return code." in page.text


def _token(browser: Browser) -> dict[str, str]:
    """The hidden field that this browser's pages carry now."""
    return {"csrf_token": fields(browser.get("/return").text)["csrf_token"]}
