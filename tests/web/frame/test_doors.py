"""The access matrix: every route and method, walked by everybody there is."""

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.accounts import accounts
from compact_cases.office.accounts.sessions import find_session
from compact_cases.rules.permissions import NOBODY, Permission, Visitor, may_enter
from compact_cases.rules.seats import Seat
from compact_cases.web.frame.guards import permission_of
from tests.desk import Desk, fields
from tests.web.frame.test_frame import handlers

Browser = TestClient[Litestar]
STAFF = (Seat.OFFICER, Seat.SECRETARY, Seat.CHAIR, Seat.ADMINISTRATOR)
EVERYBODY = (None, Seat.RAISER, Seat.CHAMPION, *STAFF)


def come_in(desk: Desk, browser: Browser, role: Seat | None) -> dict[str, str]:
    """Sign in as ``role``; the headers of a call with this role's token."""
    if role in STAFF:
        member = desk.officer(f"{role}@office.example", role)
        desk.signed_in(browser, member)
        return {"authorization": f"Bearer {accounts.add_token(desk.premises, member.email)}"}
    if role is not None:
        case = desk.case()
        person = case.raiser if role is Seat.RAISER else case.champion
        assert browser.post(desk.link(person, case.case_id)).status_code == 303
    return {}


def turned_away(browser: Browser, method: str, path: str, headers: dict[str, str], token: str) -> bool:
    """Whether the door says no: to the sign-in page, 401, or 403."""
    if method != "GET" and not path.startswith("/api"):
        headers = {**headers, "x-csrf-token": token}
    answer = browser.request(method, path, headers=headers)
    assert answer.status_code < 500, (method, path)
    to_sign_in = answer.status_code == 303 and answer.headers["location"] == "/sign-in"
    return to_sign_in or answer.status_code in (401, 403)


@pytest.mark.parametrize("role", EVERYBODY)
def test_nobody_passes_a_door_that_is_not_theirs(desk: Desk, role: Seat | None) -> None:
    with desk.browser() as browser:
        headers = come_in(desk, browser, role)
        visitor = _visitor(desk, browser)
        walked = 0
        for path, handler in handlers(browser.app):
            permission = permission_of(handler)
            knocks = may_enter(visitor, permission)
            if path.startswith("/api") and role not in STAFF:
                knocks = permission is Permission.PUBLIC  # parties have no API
            asked = "/".join(
                "00000000-0000-0000-0000-000000000000" if ":uuid" in part else "x" if "{" in part else part
                for part in path.split("/")
            )
            for method in handler.http_methods:
                if asked == "/sign-out" or (knocks and method != "GET"):
                    continue  # would end this walk, or is somebody else's test
                away = turned_away(browser, method, asked, headers, _token(browser))
                walked += 1
                if not knocks:
                    assert away, (method, asked, permission)
                elif permission is not Permission.METRICS:
                    expected = asked.startswith("/cases/")  # behind the door the case itself says no
                    assert not away or expected, (method, asked, permission)
        assert walked > 20


def _visitor(desk: Desk, browser: Browser) -> Visitor:
    found = find_session(desk.premises, browser.cookies.get("session") or "")
    return found.visitor if found else NOBODY


def _token(browser: Browser) -> str:
    return fields(browser.get("/return").text)["csrf_token"]
