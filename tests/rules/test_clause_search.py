"""Finding undertakings by words: by stems, the best first, a citation before all."""

from pathlib import Path

import pytest

import compact_cases
from compact_cases.rules.clause_search import search_clauses
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import Codes
from compact_cases.rules.plain_words import PLAIN_WORDS

SHIPPED = Path(compact_cases.__file__).parent / "compact" / "codes"


@pytest.fixture(scope="module")
def codes() -> Codes:
    return Codes.holding(
        [read_code(file.read_text(encoding="utf-8")) for file in sorted(SHIPPED.glob("*.md"))]
    )


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("timescale", ["community-groups/5.3", "community-groups/8.2"]),
        ("core cost of running a group", ["community-groups/5.8"]),
        ("Recognises volunteers", ["community-groups/6.5"]),
        ("strategic plan", ["multi-sector-partnerships/5.14"]),
        ("community groups 8.2", ["community-groups/8.2"]),
        ("multi-sector 5.14 (h)", ["multi-sector-partnerships/5.14/h"]),
    ],
)
def test_the_best_stand_first(codes: Codes, words: str, first: list[str]) -> None:
    assert [clause.id for clause in search_clauses(codes, words)][: len(first)] == first


@pytest.mark.parametrize("words", ["", "   ", "the of and", "zebra", "%", "\x00", "8.2", "(" * 500])
def test_words_that_say_nothing_find_nothing(codes: Codes, words: str) -> None:
    assert search_clauses(codes, words) == []


def test_no_more_than_asked_for(codes: Codes) -> None:
    assert len(search_clauses(codes, "partnership", most=3)) == 3


def test_plain_words_find_their_undertaking_and_name_one_that_is_held(codes: Codes) -> None:
    assert [clause.id for clause in search_clauses(codes, "overheads")] == []
    for clause, words in PLAIN_WORDS.items():
        assert clause in codes.citable
        for one in words:
            found = [each.id for each in search_clauses(codes, one, plain=PLAIN_WORDS)]
            assert clause in found, f"{one}: {found}"
