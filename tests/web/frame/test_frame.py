"""The frame of the web service: doors, forms, refusals, headers, health and the access log."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from litestar.testing import TestClient
from structlog.testing import capture_logs

import compact_cases.web as web
from compact_cases.office.accounts import accounts
from compact_cases.rules.permissions import Permission
from compact_cases.rules.refusals import NotAllowed, NotFound, OutOfDate, Refused
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from compact_cases.web import app as composition
from compact_cases.web.frame.access_log import client_of_the_day
from compact_cases.web.frame.guards import permission_of
from compact_cases.web.frame.headers import ALWAYS
from tests.desk import Desk, fields, open_desk, path_of

Browser = TestClient[Litestar]
PUBLIC = {"permission": Permission.PUBLIC}
SECRET_WORDS = "Rose Elmfield of 12 Marked Lane"


def handlers(app: Litestar) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """Every handler with its path, but Litestar's own answers to OPTIONS."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            if "OPTIONS" not in handler.http_methods:
                yield route.path, handler


def test_every_route_declares_a_permission(browser: Browser) -> None:
    found = [(path, permission_of(handler)) for path, handler in handlers(browser.app)]
    assert len(found) > 20
    assert ("/office/sessions", Permission.STAFF) in found


def test_a_route_without_a_permission_does_not_open(browser: Browser) -> None:
    @get("/forgotten", sync_to_thread=False)
    def forgotten() -> str:
        return SECRET_WORDS

    browser.app.register(forgotten)
    answer = browser.get("/forgotten")
    assert answer.status_code == 500
    assert SECRET_WORDS not in answer.text


def test_every_module_with_routes_or_acts_is_put_together() -> None:
    named = [one.name for one in walk_packages(web.__path__, "compact_cases.web.")]
    serving = {name for name in named if {"routes", "READERS"} & set(vars(import_module(name)))}
    assert serving == {f"compact_cases.web.{name}" for name in composition.MODULES}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/sign-in", 200),
        ("HEAD", "/sign-in", 200),
        ("GET", "/no-such-page", 404),
        ("POST", "/health/live", 405),
        ("GET", "/office/sessions", 303),
        ("GET", "/breaks", 500),
        ("GET", "/api/no-such-call", 404),
        ("DELETE", "/api/codes", 405),
    ],
)
def test_every_answer_has_the_safe_headers(browser: Browser, method: str, path: str, status: int) -> None:
    browser.app.register(_breaks)
    answer = browser.request(method, path)
    assert answer.status_code == status
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_https_adds_strict_transport_and_cookies_bound_to_the_host(settings: Settings) -> None:
    desk = open_desk(replace(settings, base_url="https://cases.example"))
    with desk.browser("https://cases.example") as browser:
        link = path_of(accounts.sign_in_link(desk.premises, desk.officer().id))
        answer = browser.post(link, headers={"sec-fetch-site": "same-origin"})
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


def test_a_fault_is_a_calm_page_and_its_log_line_quotes_nothing(browser: Browser) -> None:
    browser.app.register(_breaks)
    with capture_logs() as lines:
        page = browser.get("/breaks")
    assert "Something went wrong on our side" in page.text
    assert SECRET_WORDS not in page.text
    assert "Traceback" not in page.text
    fault = next(line for line in lines if line["event"] == "fault")
    assert fault["kind"] == "ZeroDivisionError"
    assert SECRET_WORDS not in repr(lines)


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Refused("Please answer each undertaking."), 422),
        (NotFound("There is no such case."), 404),
        (NotAllowed("Only an officer may do this."), 403),
        (OutOfDate(3, 5), 409),
    ],
)
def test_a_refusal_is_shown_as_its_sentence(browser: Browser, refusal: Refused, status: int) -> None:
    @get(["/refuses", "/api/refuses"], opt=PUBLIC, sync_to_thread=False)
    def refuses() -> str:
        raise refusal

    browser.app.register(refuses)
    page, problem = browser.get("/refuses"), browser.get("/api/refuses")
    assert (page.status_code, problem.status_code) == (status, status)
    assert refusal.sentence in page.text
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["detail"] == refusal.sentence
    assert problem.json()["status"] == status


# --- where a form comes from ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://127.0.0.1:8000"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://127.0.0.1:8000", "sec-fetch-site": "cross-site"}, False),
        ({}, True),
    ],
)
def test_only_our_own_forms_are_taken(browser: Browser, headers: dict[str, str], taken: bool) -> None:
    answer = browser.post("/sign-in", data={"email": "ann@office.example"}, headers=headers)
    assert (answer.status_code == 200) is taken
    assert ("another site" in answer.text) is not taken


def test_a_session_needs_its_own_forms_token(desk: Desk, browser: Browser) -> None:
    desk.signed_in(browser, desk.officer())
    page = browser.get("/office/sessions").text
    end = page.split('action="/office/sessions/')[1].split('"')[0]
    for forged in ({}, {"csrf_token": ""}, {"csrf_token": "0" * 64}, {"csrf_token": ["a", "b"]}):
        assert browser.post(f"/office/sessions/{end}", data=forged).status_code == 403
    assert desk.count("sessions") == 1
    assert browser.post(f"/office/sessions/{end}", data=fields(page)).status_code == 303
    assert desk.count("sessions") == 0


def test_a_hidden_origin_must_show_the_forms_cookie(desk: Desk, browser: Browser) -> None:
    """An older browser under our referrer policy sends ``Origin: null`` for our own forms."""
    hidden = {"origin": "null"}
    link = path_of(accounts.sign_in_link(desk.premises, desk.officer().id))
    assert browser.post(link, headers=hidden).status_code == 403
    form = fields(browser.get(link).text)
    assert browser.post(link, data=form, headers=hidden).status_code == 303


# --- junk -------------------------------------------------------------------------------------------------

JUNK_BODIES = [
    (b"\xff\xfe%%%", "application/x-www-form-urlencoded"),
    (b"a=%ff%fe", "application/x-www-form-urlencoded"),
    (b"email=%00&reference=%00&code=%F0%9F%92%A9", "application/x-www-form-urlencoded"),
    (b"{{7*7}}';DROP TABLE staff;--", "text/plain"),
    (b'{"broken": ', "application/json"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"--x", "multipart/form-data"),
    (b"reference=gc+2026+42&code=" + "‮x".encode() * 30, "application/x-www-form-urlencoded"),
]


def test_junk_never_ends_in_a_fault(desk: Desk, browser: Browser) -> None:
    before = desk.everything()[:5]
    for path, handler in handlers(browser.app):
        filled = path.replace("uuid", "str")
        for value in ("x", "%00", "'; DROP TABLE staff;--", "%F0%9F%92%A9", "..%2f..", "9" * 300):
            asked = "/".join(value if part.startswith("{") else part for part in filled.split("/"))
            for method in handler.http_methods & {"GET"}:
                assert browser.request(method, asked).status_code < 500, asked
        asked = "/".join("x" if part.startswith("{") else part for part in filled.split("/"))
        for method in handler.http_methods & {"POST", "PUT", "DELETE"}:
            for body, kind in JUNK_BODIES:
                answer = browser.request(method, asked, content=body, headers={"content-type": kind})
                assert answer.status_code < 500, (asked, body)
    assert desk.everything()[:5] == before


def test_too_large_and_too_many_get_a_sentence(browser: Browser) -> None:
    large = browser.post("/sign-in", data={"email": "x" * 1_100_000})
    assert large.status_code == 413
    assert "larger than we take" in large.text
    many = browser.post("/sign-in", data={f"field{number}": "x" for number in range(10_000)})
    assert many.status_code == 413
    assert "more fields" in many.text


def test_an_unstorable_query_is_no_fault(browser: Browser) -> None:
    assert browser.get("/codes?q=%00").status_code == 404
    assert browser.get("/sign-in/%00").status_code == 404


# --- health -----------------------------------------------------------------------------------------------


def test_live_and_ready(desk: Desk, browser: Browser) -> None:
    assert browser.get("/health/live").text == "alive\n"
    assert browser.get("/health/ready").text == "ready\n"
    head = browser.head("/health/live")
    assert (head.status_code, head.content) == (200, b"")


def test_ready_says_what_is_missing(settings: Settings) -> None:
    with open_desk(replace(settings, database_url="postgresql://127.0.0.1:1/none")).browser() as browser:
        answer = browser.get("/health/ready")
        assert answer.status_code == 503
        assert answer.text == "The database does not answer.\n"
        assert browser.get("/health/live").status_code == 200
        assert "Please try again" in browser.get("/sign-in/some-token").text


def test_metrics_are_for_this_machine_or_the_token(settings: Settings) -> None:
    desk = open_desk(replace(settings, metrics_token="a-monitor-of-ours"))
    desk.case()
    with desk.browser() as browser:  # the test client is no loopback address
        assert browser.get("/metrics").status_code == 404
        assert browser.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 404
        figures = browser.get("/metrics", headers={"authorization": "Bearer a-monitor-of-ours"})
    assert figures.status_code == 200
    assert "compact_cases_cases_open 1.0" in figures.text
    assert "compact_cases_oldest_letter_seconds 0.0" in figures.text
    assert "{" not in figures.text  # no labels: nothing about a body, a clause or a person


# --- the access log ---------------------------------------------------------------------------------------


def test_the_access_log_names_nobody(desk: Desk, browser: Browser) -> None:
    secret = "s3cr3t-of-a-letter"
    with capture_logs() as lines:
        browser.get(f"/links/{secret}?who={SECRET_WORDS}")
        browser.get(f"/sign-in/{secret}")
        browser.get(f"/no/{SECRET_WORDS}")
        browser.get("/codes/community-groups")
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["path"] for line in requests] == ["/links/…", "/sign-in/…", "-", "/codes/community-groups"]
    assert secret not in repr(lines)
    assert "Elmfield" not in repr(lines)
    assert "testclient" not in repr([line["client"] for line in requests])


def test_an_address_is_another_hash_each_day(desk: Desk) -> None:
    today = client_of_the_day(desk.premises, "192.0.2.7")
    assert today == client_of_the_day(desk.premises, "192.0.2.7")
    desk.pass_time(days=1)
    assert today != client_of_the_day(desk.premises, "192.0.2.7")


def test_no_hash_of_an_address_stands_beside_two_cases(desk: Desk, browser: Browser) -> None:
    with capture_logs() as lines:
        for path in ("/cases/GC-2026-0001", "/cases/GC-2026-0002", "/cases/gc 2026 2", "/cases", "/cases"):
            browser.get(path)
    one, two, other_spelling, *none = [line["client"] for line in lines if line["event"] == "request"]
    assert len({one, two, none[0]}) == 3
    assert other_spelling == two
    assert none[0] == none[1]


def test_the_secret_key_does_not_tell_whose_hash_it_is(desk: Desk) -> None:
    """There are only so many addresses: whoever has the key could try them all."""
    key = f"{desk.premises.settings.secret_key}:{desk.premises.clock.today().isoformat()}".encode()
    guessed = hmac.new(key, b"192.0.2.7", hashlib.sha256).hexdigest()[:12]
    assert client_of_the_day(desk.premises, "192.0.2.7") != guessed


# --- the API's frame --------------------------------------------------------------------------------------


def test_the_description_holds_the_calls_and_no_page(browser: Browser) -> None:
    described = browser.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(path.startswith("/api") for path in described["paths"])
    assert "/api/codes" in described["paths"]
    assert described["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_a_token_opens_the_api_with_its_holders_permissions(desk: Desk, browser: Browser) -> None:
    @get("/api/for-officers", opt={"permission": Permission.TOKEN}, sync_to_thread=False)
    def for_officers() -> dict[str, str]:
        return {"for": "officers"}

    browser.app.register(for_officers)
    desk.officer()
    desk.officer("adam@office.example", Seat.ADMINISTRATOR)
    officers = accounts.add_token(desk.premises, "ann@office.example", "the county's own system")
    administrators = accounts.add_token(desk.premises, "adam@office.example")

    def asked(token: str | None) -> int:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return browser.get("/api/for-officers", headers=headers).status_code

    assert asked(officers) == 200
    assert asked(administrators) == 403
    assert asked(None) == asked("cc_forged") == asked("") == 401
    assert browser.get("/api/for-officers").headers["www-authenticate"] == "Bearer"
    assert accounts.revoke_tokens(desk.premises, "ann@office.example", "the county's own system") == 1
    assert asked(officers) == 401


def test_a_session_cookie_opens_no_call(desk: Desk, browser: Browser) -> None:
    @get("/api/for-officers", opt={"permission": Permission.TOKEN}, sync_to_thread=False)
    def for_officers() -> str:
        return "no"

    browser.app.register(for_officers)
    desk.signed_in(browser, desk.officer())
    assert browser.get("/api/for-officers").status_code == 401


@get("/breaks", opt=PUBLIC, sync_to_thread=False)
def _breaks() -> None:
    raise ZeroDivisionError(SECRET_WORDS)
