"""The pages and the JSON of the Codes, on the real application and database."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Engine

from compact_cases.clock import HandClock
from compact_cases.office.premises import Premises
from compact_cases.office.registry import code_editions, library
from compact_cases.settings import OFFICE_ZONE, Settings
from tests.desk import application

Client = TestClient[Litestar]


@pytest.fixture
def premises(settings: Settings, engine: Engine) -> Premises:
    return Premises(settings, engine, HandClock(datetime(2026, 11, 23, 9, tzinfo=OFFICE_ZONE)))


@pytest.fixture
def client(premises: Premises) -> Iterator[Client]:
    with TestClient(application(premises)) as client:
        yield client


def test_the_list_names_all_seven_and_says_which_are_not_held(client: Client) -> None:
    page = client.get("/codes")
    assert page.status_code == 200
    for title in ("Community Groups", "Multi-sector Partnerships", "Volunteering", "Mediation"):
        assert title in page.text
    held, _, not_held = page.text.partition("Named, text not held yet")
    assert 'href="/codes/community-groups"' in held
    assert 'href="/codes/mediation"' in not_held


def test_undertakings_are_found_by_words_and_by_citation(client: Client) -> None:
    found = client.get("/codes", params={"q": "timescales"}).text
    assert 'href="/codes/community-groups/5.3"' in found
    assert 'href="/codes/community-groups/8.2"' in found
    assert "2 undertakings with" in found
    assert 'href="/codes/multi-sector-partnerships/5.14"' in client.get("/codes?q=multi-sector+5.14").text
    nothing = client.get("/codes", params={"q": "<b>zebra</b>"})
    assert "No undertakings with “&lt;b&gt;zebra&lt;/b&gt;”" in nothing.text


def test_one_code_has_its_undertakings_and_its_context(client: Client) -> None:
    page = client.get("/codes/multi-sector-partnerships").text
    assert "Use representative structures and processes available within the VCS" in page
    assert 'href="/codes/multi-sector-partnerships/5.14/h"' in page
    assert "A clear and open decision-making process" in page


def test_a_code_that_is_not_held_says_so_and_what_to_do(client: Client) -> None:
    page = client.get("/codes/mediation")
    assert page.status_code == 200
    assert "We do not hold its text yet" in page.text
    assert 'href="/concerns/new"' in page.text


def test_an_undertaking_says_who_owes_it_and_what_rests_on_it(client: Client) -> None:
    page = client.get("/codes/community-groups/8.2").text
    assert "Challenge timescales that prevent community groups from getting involved." in page
    assert "Voluntary and community sector partners" in page
    assert "Infrastructure organisation" in page
    assert "Public body" not in page
    assert 'href="/codes/community-groups/8.1"' in page
    assert 'href="/codes/community-groups/8.3"' in page


def test_a_community_group_is_of_the_vcs_where_a_code_has_no_section_for_it(
    client: Client,
) -> None:
    assert "Community group<" in client.get("/codes/multi-sector-partnerships/7.1").text
    assert "Community group<" not in client.get("/codes/community-groups/8.1").text


def test_an_undertaking_that_points_to_a_section_shows_it(client: Client) -> None:
    page = client.get("/codes/community-groups/5.1").text
    assert "It points to section 4: What is a community group?" in page
    assert "remove the barriers that prevent people from participating" in page


def test_a_sub_point_has_an_address_of_its_own(client: Client) -> None:
    page = client.get("/codes/multi-sector-partnerships/5.14/e").text
    assert "Reporting mechanisms" in page
    assert "Be clear whose responsibility it is" in page


def test_an_earlier_edition_keeps_its_address(client: Client, premises: Premises) -> None:
    with premises.engine.connect() as conn:
        before = library.codes_held(conn).clause("community-groups/8.2")
    document = SMALLER_EDITION
    code_editions.import_code(premises, document, replace=True)
    assert before
    assert client.get("/codes/community-groups/8.2").status_code == 404
    assert before.text in client.get("/codes/community-groups/8.2?edition=1").text
    assert client.get("/api/codes/community-groups/8.2?edition=1").json()["edition"] == "1"
    assert client.get("/api/codes/community-groups").json()["edition"] == "2"


SMALLER_EDITION = """**Gloucestershire Compact**
**Community Groups**

**1. Joint Undertakings**

- 1.1 Talk.
"""


@pytest.mark.parametrize(
    "address",
    [
        "/codes/fishing",
        "/codes/mediation/5.1",
        "/codes/community-groups/9.9",
        "/codes/community-groups/5.3/a",
        "/codes/community-groups?edition=nine",
        "/codes/mediation?edition=1",
        "/codes/community-groups/%3Cscript%3E",
    ],
)
def test_what_is_not_there_is_said_in_words_as_page_and_as_json(client: Client, address: str) -> None:
    page, problem = client.get(address), client.get("/api" + address)
    assert (page.status_code, problem.status_code) == (404, 404)
    assert "<script>" not in page.text
    assert problem.headers["content-type"].startswith("application/problem+json")
    assert problem.json()["detail"].startswith(("There is no", "The Code"))


def test_the_json_of_the_codes(client: Client) -> None:
    codes = client.get("/api/codes").json()["codes"]
    assert [code["held"] for code in codes] == [False, False, True, False, False, True, False]
    assert client.get("/api/codes/community-groups/5.3").json() == {
        "clause": "community-groups/5.3",
        "code": "community-groups",
        "edition": "1",
        "text": "Strive to take account of the different timescales and speed with which community groups "
        "can respond to requests for information and/or consultation.",
        "owed_by": "joint",
        "section": "Joint Undertakings",
        "parts": [],
        "closing": "",
    }
    part = client.get("/api/codes/multi-sector-partnerships/5.14/c").json()
    assert (part["clause"], part["text"]) == ("multi-sector-partnerships/5.14/c", "Strategic Plan")
    whole = client.get("/api/codes/multi-sector-partnerships").json()
    assert sum(1 + len(clause["parts"]) for clause in whole["clauses"]) == 27 + 8
    assert client.get("/api/codes/mediation").json()["clauses"] == []
