"""The register's pages: who may open them, adding and changing a body, and bad input kept and explained."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.registry import register_file
from compact_cases.records import bodies
from compact_cases.rules.seats import Seat
from compact_cases.web.frame.done import LINES
from tests.desk import Desk, fields

Browser = TestClient[Litestar]
COUNTY = {
    "body": "Northvale County Council",
    "kind": "public-body",
    "area": "Northvale",
    "signed_on-day": "1",
    "signed_on-month": "May",
    "signed_on-year": "2009",
    "champion_name": "Ann Archer",
    "champion_email": "ann@northvale.example",
}


@pytest.fixture
def officer(desk: Desk) -> Iterator[Browser]:
    """A browser in which an officer is signed in."""
    with desk.browser() as browser:
        desk.signed_in(browser, desk.officer())
        yield browser


def send(browser: Browser, page: str, to: str, typed: dict[str, str]) -> "tuple[int, str, str]":
    """The status, the address it leads to, and the page, of a form sent with its token."""
    answer = browser.post(to, data={**fields(browser.get(page).text), **typed})
    return answer.status_code, answer.headers.get("location", ""), answer.text


def listed(desk: Desk) -> list[str]:
    with desk.premises.engine.connect() as conn:
        return [body.name for body in bodies.listed(conn)]


@pytest.mark.parametrize("address", ["/office/bodies", "/office/bodies/new"])
def test_the_register_is_for_staff(desk: Desk, address: str) -> None:
    with desk.browser() as browser:
        assert browser.get(address).headers["location"] == "/sign-in"
        desk.signed_in(browser, desk.officer("chair@office.example", Seat.CHAIR))
        assert browser.get(address).status_code == 403
    with desk.browser() as browser:
        desk.signed_in(browser, desk.officer("admin@office.example", Seat.ADMINISTRATOR))
        assert browser.get(address).status_code == 200


def test_an_empty_register_says_what_would_be_here(officer: Browser) -> None:
    assert "The bodies of your Compact will stand here" in officer.get("/office/bodies").text


def test_a_body_is_added_shown_found_and_changed(officer: Browser, desk: Desk) -> None:
    status, address, _ = send(officer, "/office/bodies/new", "/office/bodies", COUNTY)
    assert status == 303
    page = officer.get(address).text
    assert LINES["body-added"] in page
    assert 'value="ann@northvale.example"' in page
    assert 'value="2009"' in page
    found = officer.get("/office/bodies", params={"q": "nortvale conty council"}).text
    assert "Northvale County Council" in found
    assert "Ann Archer" in found
    place = address.partition("?")[0]
    changed = {**COUNTY, "body": "Northvale Council", "champion_name": "", "champion_email": ""}
    assert send(officer, place, place, changed)[0] == 303
    assert listed(desk) == ["Northvale Council"]
    assert "No champion" in officer.get("/office/bodies").text


def test_every_error_is_shown_at_once_and_what_was_typed_stays(officer: Browser, desk: Desk) -> None:
    wrong = {
        "body": "",
        "kind": "club",
        "area": "<b>Elmfield</b>",
        "signed_on-day": "31",
        "signed_on-month": "2",
        "signed_on-year": "2009",
        "champion_email": "not-an-address",
    }
    status, _, page = send(officer, "/office/bodies/new", "/office/bodies", wrong)
    assert status == 422
    assert "Please look at these 4 things again" in page
    for field in ("body", "kind", "signed_on", "champion_email"):
        assert f'href="#{field}"' in page
    assert "&lt;b&gt;Elmfield&lt;/b&gt;" in page
    assert 'value="not-an-address"' in page
    assert listed(desk) == []


def test_what_the_register_refuses_is_shown_at_its_field(officer: Browser, desk: Desk) -> None:
    send(officer, "/office/bodies/new", "/office/bodies", COUNTY)
    status, _, page = send(officer, "/office/bodies/new", "/office/bodies", {**COUNTY, "champion_email": ""})
    assert status == 422
    assert "Please give an e-mail address or phone of the champion" in page
    status, _, page = send(officer, "/office/bodies/new", "/office/bodies", COUNTY)
    assert status == 422
    assert "Northvale County Council is on the register already" in page
    assert len(listed(desk)) == 1


@pytest.mark.parametrize(
    "address", ["/office/bodies/0193-nonsense", "/office/bodies/019340a0-0000-7000-8000-000000000000"]
)
def test_a_body_that_is_not_there_is_not_found(officer: Browser, address: str) -> None:
    assert officer.get(address).status_code == 404


def test_a_long_register_comes_in_pages(officer: Browser, desk: Desk) -> None:
    rows = "\n".join(f"Group {number:03d},community-group" for number in range(60))
    register_file.import_bodies(desk.premises, f"body,kind\n{rows}\n")
    first = officer.get("/office/bodies").text
    assert first.count('href="/office/bodies/0') == 50
    assert 'href="/office/bodies?after=group%20049"' in first
    rest = officer.get("/office/bodies?after=group%20049").text
    assert rest.count('href="/office/bodies/0') == 10
    assert "Group 050" in rest


def test_a_copied_link_is_as_good_as_the_address_in_it(officer: Browser, desk: Desk) -> None:
    copied = {**COUNTY, "champion_email": "mailto:ann@northvale.example"}
    status, address, _ = send(officer, "/office/bodies/new", "/office/bodies", copied)
    assert status == 303
    assert 'value="ann@northvale.example"' in officer.get(address).text
