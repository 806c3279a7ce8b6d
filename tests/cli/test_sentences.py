"""Every letter and every sentence of the pages stands in one document, to be read through."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from compact_cases.cli import main
from compact_cases.cli.sentences import all_sentences
from compact_cases.rules.notices import IN_WORDS

DOCUMENT = Path(__file__).parents[2] / "docs" / "sentences.md"
AGAIN = "write it again: compact-cases sentences > docs/sentences.md"


@pytest.fixture(scope="module")
def text() -> str:
    return all_sentences()


def test_the_document_is_what_the_command_writes(text: str) -> None:
    assert CliRunner().invoke(main, ["sentences"]).output == text
    assert DOCUMENT.read_text(encoding="utf-8") == text, AGAIN


def test_every_letter_stands_in_it(text: str) -> None:
    letters = text.split("## Letters")[1].split("## Pages")[0]
    for notice in IN_WORDS:
        assert f"### {notice}\n" in letters


@pytest.mark.parametrize(
    "sentence",
    [
        "- Please answer by {due}{in brackets}. A sentence or two may be enough.",  # of a letter
        " / Does this reply settle your concern? / ",  # among the words of a macro's call
        "- {respondent} owes you a reply",  # worked out by the code
        "- There is no such case, or it is not yours to see.",  # a refusal
        "- Your views",  # read out by a screen reader alone
    ],
)
def test_sentences_of_each_kind_stand_in_it(text: str, sentence: str) -> None:
    assert sentence in text


@pytest.mark.parametrize(
    "unkind", ["breach", "complainant", "Submit", "Click here", "no further contact", "Chair "]
)
def test_no_word_in_it_is_one_that_we_do_not_say(text: str, unkind: str) -> None:
    assert unkind not in text


def test_neither_markup_nor_sql_stands_in_it(text: str) -> None:
    assert not [line for line in text.splitlines() if "</" in line or "{%" in line or "SELECT" in line]
