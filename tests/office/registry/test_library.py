"""What the office has on its shelf: Codes taken in once, and rulebooks that stay as they were pinned."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

import compact_cases
from compact_cases.clock import HandClock
from compact_cases.office.premises import Premises
from compact_cases.office.registry import code_editions, library, procedures
from compact_cases.records import procedures as procedure_rows
from compact_cases.rules.code_lines import CodeRefused
from compact_cases.rules.refusals import Refused
from compact_cases.settings import OFFICE_ZONE, Office, Settings

GROUPS = Path(compact_cases.__file__).parent / "compact" / "codes" / "community-groups.md"


@pytest.fixture
def database_url(bare_database_url: str) -> str:
    """What ships is not loaded yet."""
    return bare_database_url


@pytest.fixture
def premises(settings: Settings, engine: Engine) -> Premises:
    return Premises(settings, engine, HandClock(datetime(2026, 11, 22, 9, tzinfo=OFFICE_ZONE)))


def closed_on(premises: Premises, *days: date) -> Premises:
    office = Office(closing_days=tuple((day, "Office closed") for day in days))
    return replace(premises, settings=replace(premises.settings, office=office))


def test_what_ships_is_loaded_once(premises: Premises) -> None:
    library.ensure_shipped(premises)
    library.ensure_shipped(premises)
    with premises.engine.connect() as conn:
        rulebook = library.current_rulebook(conn)
        counts = [conn.scalar(text(f"SELECT count(*) FROM {table}")) for table in EDITION_TABLES]
    assert counts == [2, 1, 1, 62]
    assert rulebook.procedure.edition == "default-2026-3"
    assert rulebook.codes == library.shipped_codes()
    assert (
        rulebook.clause("multi-sector-partnerships", "5.14", "h").text
        == "Costs of participation and representation"
    )
    assert rulebook.due("reply", datetime(2026, 12, 18, 9, tzinfo=OFFICE_ZONE)) == date(2027, 1, 6)


EDITION_TABLES = ("code_editions", "procedure_editions", "calendar_editions", "clauses")


def test_before_anything_is_loaded_the_sentence_says_what_to_run(premises: Premises) -> None:
    with premises.engine.connect() as conn, pytest.raises(Refused, match="compact-cases migrate"):
        library.current_rulebook(conn)


def test_a_second_edition_is_added_and_the_first_stays_to_be_cited(premises: Premises) -> None:
    library.ensure_shipped(premises)
    with premises.engine.connect() as conn:
        before = library.current_rulebook(conn).codes
    document = GROUPS.read_text(encoding="utf-8").replace(
        "Challenge timescales", "Always challenge timescales"
    )
    taken = code_editions.import_code(premises, document, replace=True)
    assert (taken.new, taken.edition.id) == (True, "2")
    with premises.engine.connect() as conn:
        codes = library.current_rulebook(conn).codes
    newest, first = codes.clause("community-groups/8.2"), codes.clause("community-groups/8.2", "1")
    assert newest
    assert newest.text.startswith("Always challenge")
    assert first == before.clause("community-groups/8.2")


def test_the_same_document_again_is_the_edition_we_hold(premises: Premises) -> None:
    library.ensure_shipped(premises)
    taken = code_editions.import_code(premises, GROUPS.read_text(encoding="utf-8"), edition="again")
    assert (taken.new, taken.edition.id) == (False, "1")


def test_an_edition_s_name_is_never_given_to_another_text(premises: Premises) -> None:
    library.ensure_shipped(premises)
    document = GROUPS.read_text(encoding="utf-8") + "\n- 8.6 And more.\n"
    with pytest.raises(Refused, match="There is an edition 1 of community-groups with another text"):
        code_editions.import_code(premises, document, edition="1")
    with pytest.raises(Refused, match="letters, digits, dots and hyphens"):
        code_editions.import_code(premises, document, edition="two words")


def test_a_document_that_cannot_be_read_whole_leaves_nothing_behind(premises: Premises) -> None:
    with pytest.raises(CodeRefused):
        code_editions.import_code(premises, GROUPS.read_text(encoding="utf-8") + "\nAnd so on.\n")
    with premises.engine.connect() as conn:
        assert [conn.scalar(text(f"SELECT count(*) FROM {table}")) for table in EDITION_TABLES] == [
            0,
            0,
            0,
            0,
        ]


def test_a_closing_day_makes_a_new_calendar_and_old_cases_keep_theirs(premises: Premises) -> None:
    library.ensure_shipped(premises)
    closing = closed_on(premises, date(2026, 12, 24))
    edition = library.refresh_calendar(closing)
    assert library.refresh_calendar(closing) == edition == "2024-2032.2"
    with premises.engine.connect() as conn:
        old = library.rulebook(conn, "default-2026-3", "2024-2032.1")
        new = library.current_rulebook(conn)
    assert new.calendar.why_closed(date(2026, 12, 24)) == "Office closed"
    assert old.calendar.why_closed(date(2026, 12, 24)) is None
    # Taken back, it is in force again under a name of its own: the newest edition is always the true one.
    assert library.refresh_calendar(premises) == "2024-2032.3"


def test_an_edition_nobody_stored_is_refused_in_words(premises: Premises) -> None:
    library.ensure_shipped(premises)
    with premises.engine.connect() as conn:
        with pytest.raises(Refused, match="no procedure edition 'mine'"):
            library.rulebook(conn, "mine", "2024-2032.1")
        with pytest.raises(Refused, match="no calendar edition 'mine'"):
            library.rulebook(conn, "default-2026-3", "mine")


def test_an_office_of_before_has_the_new_edition_and_its_open_cases_go_on_by_both(premises: Premises) -> None:
    """The first edition knew no senior review: of what it says nothing the shipped terms hold."""
    shipped, document = procedures.shipped()
    head, *blocks = re.split(r"(?m)^(?=\[obligations\.)", document.replace("default-2026-3", "default-2026"))
    known = ("acknowledge", "answer", "reply", "release", "decide", "next-step", "close")
    first = head + "".join(
        one for one in blocks if one.startswith(tuple(f"[obligations.{it}]" for it in known))
    )
    with premises.engine.begin() as conn:
        older = replace(shipped, edition="default-2026")
        procedure_rows.store(conn, older, first, premises.clock.now())
    library.ensure_shipped(premises)
    with premises.engine.connect() as conn:
        assert library.current_rulebook(conn).procedure.edition == "default-2026-3"
        calendar = library.current_rulebook(conn).calendar.edition
        pinned = library.rulebook(conn, "default-2026", calendar)
    assert pinned.procedure.edition == "default-2026"
    assert (pinned.limit("reply"), pinned.limit("convene")) == (10, 5)


def test_a_changed_procedure_under_an_old_name_is_refused(premises: Premises) -> None:
    library.ensure_shipped(premises)
    with premises.engine.begin() as conn:
        conn.execute(
            text("UPDATE procedure_editions SET document = replace(document, 'limit = 2', 'limit = 3')")
        )
    with pytest.raises(Refused, match="'default-2026-3' of this version differs from the one stored"):
        library.ensure_shipped(premises)
