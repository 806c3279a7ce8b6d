"""Finding a case: by a person, by any spelling of a reference or a name; what was found is said in words."""

import runpy

import pytest
from sqlalchemy import text

from compact_cases.office.casework import integrity
from compact_cases.rules.concern import Confidentiality, Raiser
from tests.web.case_players import Players, visible
from tests.web.cases.test_listed import listed

SONS = Raiser(
    name="O’Connor & Sons",
    kind="vcs-organisation",
    person="Siân Price-Jones",
    email="sian.price@oconnor.example",
    second_name="Bert Lamb",
)


@pytest.mark.parametrize("way", [Confidentiality.OPEN, Confidentiality.CONFIDENTIAL])
@pytest.mark.parametrize(
    "typed",
    [
        *("Siân", "sian price-jones", "Price", "sian.price@oconnor.example", "SIAN.PRICE@OCONNOR.EXAMPLE"),
        *(
            "Bert Lamb",
            "Connor & Sons",
            "Connor and Sons",
            "O'Connor",
            "OConnor & sons",
            "O Connor",
            "connor",
        ),
    ],
)
def test_a_case_is_found_by_its_people_and_names(players: Players, typed: str, way: Confidentiality) -> None:
    players.raised()
    case = players.raised(raiser=SONS, confidentiality=way)
    with players.as_officer() as browser:
        assert listed(browser, "?q=" + typed.replace("&", "%26").replace(" ", "+")) == [case.reference]


def test_what_was_raised_before_is_found_by_its_people_too(players: Players) -> None:
    case = players.raised(raiser=SONS)
    with players.desk.premises.engine.begin() as conn:
        kept = conn.execute(text("SELECT words::text FROM case_words")).scalar_one()
        conn.execute(text("UPDATE case_words SET words = 'bus'::tsvector"))
        conn.exec_driver_sql(runpy.run_path("migrations/versions/2026_12_02_8_closing_dates.py")["FOUND_BY"])
    with players.as_officer() as browser:
        for typed in ("price", "sian.price@oconnor.example", "Connor", "Bert+Lamb"):
            assert listed(browser, f"?q={typed}") == [case.reference]
    with players.desk.premises.engine.begin() as conn:
        conn.execute(text("DELETE FROM case_words"))
    integrity.rebuild(players.desk.premises)
    with players.desk.premises.engine.connect() as conn:
        assert conn.execute(text("SELECT words::text FROM case_words")).scalar_one() == kept


@pytest.mark.parametrize(
    "typed",
    [
        "GC–2026–0001",
        "gc—2026—1",
        "GC‑2026‑0001",
        "GC.2026.0001.",
        "GC/2026/1",
        "2026−0001",
        "(GC-2026-0001)",
    ],
)
def test_any_dash_stop_or_slash_in_a_reference(players: Players, typed: str) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        assert browser.get("/cases", params={"q": typed}).headers["location"] == case.path


@pytest.mark.parametrize("typed", ["%", "_", "%%", "…", "-", "*", "'"])
def test_signs_alone_find_nothing_instead_of_everything(players: Players, typed: str) -> None:
    players.raised()
    with players.as_officer() as browser:
        page = browser.get("/cases", params={"q": typed})
        assert 'class="reference"' not in page.text
        assert "No case fits this" in page.text
        assert 'class="reference"' not in browser.get("/cases", params={"body": typed}).text


@pytest.mark.parametrize("typed", ["county", "Northvale", "vale county", "northvale county council"])
def test_a_body_is_found_by_any_part_of_its_name(players: Players, typed: str) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        assert listed(browser, "?body=" + typed.replace(" ", "+")) == [case.reference]


@pytest.mark.parametrize("typed", ["community-groups/5.3", "Community Groups 5.3", "community groups 5.3"])
def test_an_undertaking_is_named_in_words(players: Players, typed: str) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        assert listed(browser, "?clause=" + typed.replace(" ", "+")) == [case.reference]
        assert "citing Community Groups 5.3" in visible(browser.get("/cases", params={"clause": typed}).text)


def test_hits_and_filters_stand_there_in_words(players: Players) -> None:
    players.raised()
    players.raised(account="A hall, and no buses.")
    with players.as_officer() as browser:
        one = visible(browser.get("/cases?q=hall").text)
        two = visible(browser.get("/cases?stage=received&body=northvale&waiting=me").text)
        none = visible(browser.get("/cases?due=overdue&q=hall").text)
        closed = visible(browser.get("/cases?closed=yes").text)
        plain = visible(browser.get("/cases").text)
    assert "1 open case with “hall”." in one
    assert "2 cases at the stage “Received”, waiting for you, about “northvale”." in two
    assert "No open case that is overdue, with “hall”." in none
    assert "No closed case." in closed
    assert "open cases" not in plain
