"""What an officer must see at once: a fear, an adjustment, a date on which something closes, and for whom."""

import runpy
from dataclasses import replace
from datetime import date
from json import loads

import pytest
from sqlalchemy import text

from compact_cases.mail.letters import Occasion, rendered
from compact_cases.office.casework import integrity
from compact_cases.records.ready import fetched
from compact_cases.rules.concern import Confidentiality, Raiser, with_fast_track
from tests.web.case_players import Players, visible
from tests.web.cases.test_listed import listed

SOON = date(2026, 3, 4)  # raised on Monday 2 March
FOR = Raiser(
    name="Northvale Umbrella",
    kind="infrastructure-organisation",
    person="Jo",
    email="jo@umbrella.example",
    on_behalf_of="The Tuesday Café",
)
TOLD = {"afraid": "yes", "adjustments": "Large print.", "closes_on": SOON, "raiser": FOR}
WORDS = ("Afraid", "Adjustment", "Closes Wed 4 Mar", "Raised for The Tuesday Café")


def test_the_list_and_the_case_say_it_in_tags(players: Players) -> None:
    case = players.raised(**TOLD)
    with players.as_officer() as browser:
        seen = [visible(browser.get(path).text) for path in ("/cases", case.path)]
    for page in seen:
        for words in WORDS:
            assert words in page
    assert "Large print." not in seen[0]


def test_a_case_without_them_has_no_tags(players: Players) -> None:
    case = players.raised(afraid="no")
    with players.as_officer() as browser:
        seen = [visible(browser.get(path).text) for path in ("/cases", case.path)]
    for page in seen:
        assert "Afraid" not in page.replace("Afraid of consequences?", "")
        assert "Adjustment" not in page
        assert "Raised for" not in page


@pytest.mark.parametrize("way", [Confidentiality.CONFIDENTIAL, Confidentiality.ANONYMOUS])
def test_for_whom_is_no_word_of_a_list_or_heading_where_the_raiser_is_hidden(
    players: Players, way: Confidentiality
) -> None:
    case = players.raised(
        **{**TOLD, "confidentiality": way, "raiser": FOR if way == "confidential" else None}
    )
    with players.as_officer() as browser:
        listing, head = browser.get("/cases").text, browser.get(case.path).text
    assert "Tuesday" not in visible(listing)
    assert "Tuesday" not in head[: head.index('class="ladder"')]


def test_the_list_goes_by_the_earlier_of_due_and_closing_date(players: Players) -> None:
    first, closing = players.raised(), players.raised(closes_on=SOON)
    later = players.raised(closes_on=date(2026, 5, 1))
    with players.as_officer() as browser:
        assert listed(browser) == [closing.reference, first.reference, later.reference]
        assert listed(browser, "?waiting=me") == [closing.reference, first.reference, later.reference]
        assert listed(browser, "?due=overdue") == []


def test_pages_of_the_list_follow_the_same_order(players: Players) -> None:
    first, closing = players.raised(), players.raised(closes_on=SOON)
    with players.as_officer() as browser:
        after = f"?after={SOON.isoformat()}~{closing.reference}"
        assert listed(browser, after) == [first.reference]


def test_a_paused_case_stands_by_its_closing_date(players: Players) -> None:
    first, closing = players.raised(), players.raised(closes_on=SOON)
    with players.as_officer() as browser:
        closing.done(browser, "question", question="Which buses?")
        assert listed(browser) == [closing.reference, first.reference]


def test_a_date_that_has_passed_moves_a_case_no_more_once_something_happens_in_it(players: Players) -> None:
    closing, first = players.raised(closes_on=SOON), players.raised()
    players.desk.pass_time(days=3)
    with players.as_officer() as browser:
        assert listed(browser)[0] == closing.reference
        assert "Its date has passed: Wed 4 Mar" in visible(browser.get("/cases").text)
        closing.done(browser, "acknowledgement", decision="accept", restated="So.", wording="Ten days.")
        assert listed(browser) == [first.reference, closing.reference]


def test_a_rebuild_knows_the_closing_date_and_the_tags(players: Players) -> None:
    case = players.raised(**TOLD)
    premises = players.desk.premises
    assert not integrity.rebuild(premises, check=True).faults
    row = case.row
    with premises.engine.begin() as conn:
        conn.execute(text("UPDATE case_summaries SET first_on = NULL, closes_on = NULL"))
    assert integrity.rebuild(premises, check=False).faults
    assert case.row == row
    with premises.engine.begin() as conn:
        conn.execute(text("DELETE FROM case_summaries"))
    integrity.rebuild(premises, check=False)
    assert (case.row.first_on, case.row.closes_on, case.row.tags) == (row.first_on, SOON, row.tags)


def test_what_was_there_before_is_given_them_too(players: Players) -> None:
    cases = [players.raised(**TOLD), players.raised(), players.raised(closes_on=SOON).accepted()]
    rows = [case.row for case in cases]
    migration = runpy.run_path("migrations/versions/2026_12_02_8_closing_dates.py")
    with players.desk.premises.engine.begin() as conn:
        conn.execute(text("UPDATE case_summaries SET first_on = NULL, closes_on = NULL, tags = '{}'"))
        conn.exec_driver_sql(migration["KNOWN"])
    slow = [replace(row, tags=with_fast_track(row.tags, False)) for row in rows]  # that came later
    assert [case.row for case in cases] == slow


def test_the_letter_to_the_officers_says_that_something_closes_and_when(players: Players) -> None:
    players.raised(closes_on=SOON)
    with players.desk.premises.engine.connect() as conn:
        (facts,) = fetched(conn, "SELECT DISTINCT facts FROM letters WHERE notice = 'new-concern'", {})[0]
    occasion = Occasion("new-concern", "officer", "Ann", "https://x.example", loads(facts), date(2026, 3, 2))
    letter = rendered(replace(occasion, reference="GC-2026-0001"), players.desk.premises.settings.office)
    assert "Something closes or is decided on Wednesday 4 March 2026." in " ".join(letter.text.split())
    assert "Wednesday 4 March 2026" in letter.html
    assert letter.subject == "GC-2026-0001: a new concern; something closes on Wednesday 4 March 2026"
    assert "acknowledgement by Tuesday 3 March 2026" in " ".join(letter.text.split())
