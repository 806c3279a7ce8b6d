"""Search words are plain words: nothing that a person types means anything to PostgreSQL."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine

from compact_cases.records import case_words
from compact_cases.records.ready import fetched

CASE = UUID(int=1)


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as conn:
        yield conn


def finds(conn: Connection, typed: str, *, is_open: bool = True) -> bool:
    sql = "SELECT 1 FROM case_words WHERE words @@ %(query)s::tsquery AND is_open = %(open)s"
    return bool(fetched(conn, sql, {"query": case_words.query_of(typed), "open": is_open}))


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("It's the council's", "its the councils"),
        ("a\\b 'c' \"d\":4A,5B e:* <-> !f & (g|h)", "a b c d 4a 5b e f g h"),
        ("Élan Valley’s café – ½ ß ﬁne", "ELAN valleys cafe ss fine"),
        ("ħ₂ 𐐀𐐁 日本 ١٢٣ ª", "日本"),
        ("%s %(name)s :rows NULL", "null"),
        ("nothing\u00a0here\u2003apart\u200bhidden", "nothing here apart"),
    ],
)
def test_signs_part_words_and_mean_nothing(conn: Connection, said: str, typed: str) -> None:
    case_words.add(conn, CASE, said)
    assert finds(conn, typed)
    assert finds(conn, said)
    assert not finds(conn, f"other {typed}")


@pytest.mark.parametrize("letter", ["x", "é", "日", "𝔘", "𐐀", "ß"])
def test_a_word_without_an_end_is_found_by_its_beginning(conn: Connection, letter: str) -> None:
    """PostgreSQL refuses a word of more than 2,046 bytes."""
    case_words.add(conn, CASE, f"{letter * 3000} and another")
    case_words.add_more(conn, CASE, f"{letter * 2999}y more")
    assert finds(conn, f"another more {letter * 40}")
    assert finds(conn, letter * 3000)


def test_nothing_that_means_anything_is_asked(conn: Connection) -> None:
    case_words.add(conn, CASE, "'\\ :* !")
    assert case_words.query_of("'\\ :* !") == ""
    assert case_words.query_of("a " * 50) == "a & a & a & a & a & a & a & a & a & a:*"


def test_a_case_is_found_among_the_open_or_among_the_closed(conn: Connection) -> None:
    assert case_words.is_open(conn, CASE) is None
    case_words.add(conn, CASE, "bus")
    case_words.add_more(conn, CASE, "bus route 9")
    assert finds(conn, "route bus")
    case_words.set_open(conn, {CASE: False})
    assert (finds(conn, "bus"), finds(conn, "route", is_open=False)) == (False, True)
    case_words.set_open(conn, {CASE: True})
    assert case_words.is_open(conn, CASE) is True
