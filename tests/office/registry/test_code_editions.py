"""Taking a Code in: compared with the edition in force, replaced on purpose alone, and taken back."""

from dataclasses import replace
from datetime import datetime
from importlib.resources import files

import pytest
from sqlalchemy import Engine, func, select

from compact_cases.clock import HandClock
from compact_cases.office.premises import Premises, open_premises
from compact_cases.office.registry import code_editions, library
from compact_cases.records import codes as code_records
from compact_cases.records.reading import reading
from compact_cases.rules.codes import Codes
from compact_cases.rules.compact import Compact
from compact_cases.rules.refusals import Refused
from compact_cases.settings import OFFICE_ZONE, Office, Settings
from tests.office.staging import scene

GROUPS = (files("compact_cases") / "compact" / "codes" / "community-groups.md").read_text(encoding="utf-8")
CHANGED = GROUPS.replace("Challenge timescales", "Always challenge timescales")
FENLAND = """**Fenland Compact**
**Community Groups**

## 1. Joint Undertakings

- 1.1 Meet.
"""
OTHER_CODE = FENLAND.replace("Community Groups", "Consultation")


@pytest.fixture
def premises(settings: Settings, engine: Engine) -> Premises:
    return Premises(settings, engine, HandClock(datetime(2026, 11, 22, 9, tzinfo=OFFICE_ZONE)))


def held(premises: Premises) -> Codes:
    with reading(premises.engine) as conn:
        return library.codes_held(conn)


def rows(premises: Premises) -> int | None:
    with premises.engine.connect() as conn:
        return conn.scalar(select(func.count()).select_from(code_records.code_editions))


def test_another_text_of_a_code_that_is_held_is_refused_until_it_is_said(premises: Premises) -> None:
    with pytest.raises(code_editions.NeedsReplace) as refused:
        code_editions.import_code(premises, CHANGED)
    assert "1 changed" in refused.value.sentence
    assert "--replace" in refused.value.sentence
    assert [now.id for _, now in refused.value.taken.compared.changed] == ["community-groups/8.2"]
    assert rows(premises) == 2
    assert held(premises).cite("community-groups 8.2").text.startswith("Challenge")


def test_replaced_on_purpose_it_is_a_new_edition_and_can_be_taken_back(premises: Premises) -> None:
    taken = code_editions.import_code(premises, CHANGED, replace=True)
    assert (taken.new, taken.edition.id, taken.before.id if taken.before else "") == (True, "2", "1")

    def text_now(edition: str | None = None) -> str:
        return held(premises).cite("community-groups 8.2", edition).text

    assert text_now().startswith("Always")
    assert text_now("1").startswith("Challenge")
    code_editions.use(premises, "community-groups", "1")
    assert text_now().startswith("Challenge")
    code_editions.use(premises, "Community Groups", "2")
    assert text_now().startswith("Always")


def test_what_is_held_already_is_not_stored_again_and_not_put_in_force_by_itself(premises: Premises) -> None:
    assert code_editions.import_code(premises, GROUPS).new is False
    code_editions.import_code(premises, CHANGED, replace=True)
    with pytest.raises(Refused, match=r"held already, as edition 1.*codes use community-groups 1"):
        code_editions.import_code(premises, GROUPS)
    assert code_editions.import_code(premises, GROUPS, replace=True).edition.id == "1"
    assert held(premises).cite("community-groups 8.2").text.startswith("Challenge")
    assert rows(premises) == 3


def test_a_code_of_another_compact_is_refused_and_can_be_taken_back(premises: Premises) -> None:
    for document in (FENLAND, OTHER_CODE):
        with pytest.raises(Refused, match="of the “Fenland Compact”, not of the Gloucestershire Compact"):
            code_editions.import_code(premises, document)
    assert rows(premises) == 2
    code_editions.import_code(premises, FENLAND, replace=True)
    assert [clause.number for clause in held(premises).held()[0].clauses] == ["1.1"]
    used = code_editions.use(premises, "community-groups", "1")
    assert len(used.compared.new) == 27
    assert len(held(premises).held()[0].clauses) == 27


def test_a_dry_run_compares_and_stores_nothing(premises: Premises) -> None:
    taken = code_editions.import_code(premises, CHANGED, dry_run=True)
    assert [now.number for _, now in taken.compared.changed] == ["8.2"]
    assert (taken.new, taken.edition.id) == (True, "2")
    assert taken.read.compact == "Gloucestershire Compact"
    assert rows(premises) == 2


def test_the_first_text_of_a_code_needs_no_word(premises: Premises) -> None:
    document = OTHER_CODE.replace("Fenland", "Gloucestershire")
    assert code_editions.import_code(premises, document).edition.id == "1"
    assert held(premises).cite("consultation 1.1").text == "Meet."


def test_a_case_stays_with_the_edition_it_cited_whatever_is_in_force(premises: Premises) -> None:
    assert isinstance(premises.clock, HandClock)
    stage = scene(premises, premises.clock)
    row = stage.raised()
    code_editions.import_code(premises, FENLAND, replace=True)
    stage.accept(row.reference)
    edition = stage.query("SELECT body::json->>'edition' FROM case_events WHERE name = 'clause-cited'")
    assert {one[0] for one in edition} == {"1"}  # type: ignore[index]
    with pytest.raises(Refused, match="has no undertaking"):
        stage.raised()
    code_editions.use(premises, "community-groups", "1")
    stage.raised()


@pytest.mark.parametrize(
    ("code", "edition", "sentence"),
    [
        ("community-groups", "9", "There is no edition '9' of Community Groups. Held: 1."),
        ("mediation", "1", "The text of the Code Mediation is not held"),
        ("fishing", "1", "There is no Code called 'fishing'"),
        ("", "1", "There is no Code called ''"),
    ],
)
def test_only_what_is_held_can_be_put_in_force(
    premises: Premises, code: str, edition: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        code_editions.use(premises, code, edition)


def another_county(premises: Premises, **words: object) -> Premises:
    compact = replace(Compact(), **{"name": "Fenland Compact", **words})  # type: ignore[arg-type]
    office = Office(area="Fenland", compact=compact)
    return replace(premises, settings=replace(premises.settings, office=office))


def test_another_county_sets_the_shipped_codes_aside_and_names_its_own(premises: Premises) -> None:
    fenland = another_county(premises, shipped_codes=False, codes=(("fishing", "Fishing"),))
    library.ensure_shipped(fenland)
    assert [code.slug for code in held(fenland).codes] == ["fishing"]
    document = FENLAND.replace("Community Groups", "Fishing")
    code_editions.import_code(fenland, document)
    # its own Code of that name; the shipped one was set aside
    code_editions.import_code(fenland, FENLAND, "community-groups")
    assert [code.slug for code in held(fenland).codes] == ["fishing", "community-groups"]
    library.ensure_shipped(fenland)
    assert held(fenland).cite("community-groups 1.1").text == "Meet."
    assert held(fenland).clause("community-groups/8.2", "1")


def test_what_was_set_aside_comes_back_with_the_office_file_or_by_hand(premises: Premises) -> None:
    fenland = another_county(premises, shipped_codes=False)
    library.ensure_shipped(fenland)
    assert held(fenland).held() == ()
    code_editions.use(fenland, "community-groups", "1")
    library.ensure_shipped(fenland)
    assert [edition.code for edition in held(fenland).held()] == ["community-groups"]
    library.ensure_shipped(premises)
    assert len(held(premises).held()) == 2


def test_nothing_of_the_shipped_codes_is_loaded_where_they_are_set_aside_from_the_start(
    settings: Settings, bare_database_url: str
) -> None:
    county = another_county(
        open_premises(replace(settings, database_url=bare_database_url), pool=1),
        shipped_codes=False,
        codes=(),
    )
    library.ensure_shipped(county)
    assert rows(county) == 0
    assert held(county).codes == ()
    county.engine.dispose()
