"""A case is a head and a part a chapter: flat in JSON, under the names that callers know."""

from collections.abc import Iterator
from typing import get_type_hints

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.reports.case_shape import Part
from compact_cases.reports.case_view import CaseView
from compact_cases.settings import Settings
from tests.web.case_players import Players, set_the_table

# In a caller's program; a name may come in, and none may go.
NAMES = """
account acts body calendar channel clauses closed_at closes_in closes_on confidentiality decision
decision_words declined flags has_champion ladder linked merge_explanation merged_here next officer
officer_id outcome outcomes owed people procedure questions raiser received_at reference remedies
replies respondent restated seen shown_as stage stage_in_words standing summary timeline title
to_answer together told viewpoint wait_until wording
"""


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


def test_json_has_the_names_that_it_always_had_side_by_side(players: Players) -> None:
    case = players.raised()
    token = accounts.add_token(players.desk.premises, players.officer.email, "a caller")
    with players.browser() as browser:
        answer = browser.get(f"/api{case.path}", headers={"Authorization": f"Bearer {token}"})
    assert set(answer.json()) == {*NAMES.split(), "refused"}


def test_each_name_stands_once_and_each_part_in_the_module_of_its_chapter() -> None:
    shown = get_type_hints(CaseView)
    parts = {name: kind for name, kind in shown.items() if isinstance(kind, type) and issubclass(kind, Part)}
    assert {name: kind.__module__ for name, kind in parts.items()} == {
        name: f"compact_cases.reports.{name}" for name in ("intake", "enquiry", "closing")
    }
    names = [*shown.keys() - parts, *(name for part in parts.values() for name in get_type_hints(part))]
    assert sorted(names) == sorted(set(names))
