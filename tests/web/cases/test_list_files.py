"""The list of cases as a file for a spreadsheet: as filtered, safe from formulas, hidden raisers hidden."""

import csv
import io
from datetime import date
from zipfile import ZipFile

import pytest
from odfdo import Document

from compact_cases.rules.concern import Confidentiality, Raiser, RespondentNamed
from tests.web.case_players import Browser, Players

# For ever: scripts and spreadsheets of an office go by these names.
COLUMNS = [
    *("Reference", "Raised by", "About", "Stage", "Next step", "Whose", "Due", "Working days left"),
    *("Closes on", "Tags", "Officer", "Undertakings", "Closed on", "Outcome"),
]


def as_csv(browser: Browser, query: str = "") -> list[list[str]]:
    answer = browser.get(f"/cases.csv{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"\xef\xbb\xbf")  # or a spreadsheet takes it for another encoding
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def as_ods(browser: Browser, query: str = "") -> list[list[object]]:
    answer = browser.get(f"/cases.ods{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/vnd.oasis.opendocument.spreadsheet"
    return [list(row) for row in Document(io.BytesIO(answer.content)).body.tables[0].get_values()]


def by(name: str) -> Raiser:
    return Raiser(name=name, kind="community-group", person="Jo", area="Stroud", email="jo@group.example")


def test_a_file_holds_what_the_list_says(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        head, *rows = as_csv(browser)
        ods_head, *ods_rows = as_ods(browser)
    assert head == ods_head == COLUMNS
    due, undertaking = "2026-03-09", "Community Groups 5.3"
    expected = [case.reference, "Elmfield Tenants", "Northvale County Council", "Received", "Acknowledge"]
    assert rows == [[*expected, "Officer", due, "5", "", "", "", undertaking, "", ""]]
    assert ods_rows[0][:8] == [*expected, "Officer", date(2026, 3, 9), 5]
    assert ods_rows[0][11] == undertaking


def test_it_is_as_filtered_and_goes_beyond_a_page(players: Players) -> None:
    closed = players.raised().accepted().replied().released().decided().closed()
    many = [players.raised().reference for _ in range(52)]
    put = players.raised().accepted()
    with players.as_officer() as browser:
        assert [row[0] for row in as_csv(browser)[1:]] == [*many, put.reference]
        assert [row[0] for row in as_csv(browser, "?stage=early-resolution")[1:]] == [put.reference]
        assert [row[0] for row in as_ods(browser, "?q=" + put.reference)[1:]] == [put.reference]
        row = as_csv(browser, "?closed=yes")[1]
        page = browser.get("/cases?stage=early-resolution&after=2026-01-01~GC-2026-0001").text
    assert (row[0], row[12], row[13]) == (closed.reference, "2026-03-02", "Resolved early")
    assert 'href="/cases.csv?stage=early-resolution"' in page
    assert 'href="/cases.ods?stage=early-resolution"' in page


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x.example")', "+44 Club", "-Off", "@home", "\t=1+1"])
def test_no_cell_is_a_formula(players: Players, name: str) -> None:
    players.raised(raiser=by(name), respondents=(RespondentNamed(None, name.strip(), "vcs"),))
    with players.as_officer() as browser:
        row, cells = as_csv(browser)[1], as_ods(browser)[1]
        content = ZipFile(io.BytesIO(browser.get("/cases.ods").content)).read("content.xml")
    assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r")]
    assert row[1].removeprefix("'").strip() == name.strip()
    assert str(cells[1]).strip() == name.strip()
    assert b"table:formula" not in content


def test_a_hidden_raiser_stands_there_as_the_other_side_reads_them(players: Players) -> None:
    players.raised(raiser=by("Elm Choir"), confidentiality=Confidentiality.CONFIDENTIAL)
    with players.as_officer() as browser:
        row, cells = as_csv(browser)[1], as_ods(browser)[1]
    assert "Elm Choir" not in str(row)
    assert "Elm Choir" not in str(cells)
    assert row[1].startswith(("A ", "Some"))


def test_it_is_for_officers(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_raiser() as browser:
        assert browser.get("/cases.csv").status_code == 403
        assert browser.get("/cases.ods").status_code == 403
    with players.browser() as browser:
        assert browser.get("/cases.csv", follow_redirects=False).status_code == 303


def test_the_file_of_an_empty_list_has_its_head(players: Players) -> None:
    with players.as_officer() as browser:
        assert as_csv(browser) == [COLUMNS]
        assert as_ods(browser) == [COLUMNS]
