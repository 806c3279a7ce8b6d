"""Sheets of paper: tagged, with language and title, large print, and no typed text that is read as markup."""

import io
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from compact_cases.mail import paper
from compact_cases.mail.paper import Sheet

MARKUP = '#panic("no") *bold* _it_ $x^2$ @ref <label> `raw` \\ // not a comment #import "x": y\n= No heading'
SHEET = Sheet("A reply to read", "Compact office", "GC-2026-0001", "Sue\n4 Elm Road", "Monday 2 March 2026")


def read(sheet: Sheet, template: str = "letter", *, large: bool = False) -> PdfReader:
    return PdfReader(io.BytesIO(paper.pdf(sheet, template, large=large).content))


def text_of(reader: PdfReader) -> str:
    words = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(words.replace("\u200b", "").split())


def sizes_of(reader: PdfReader) -> set[float]:
    found: set[float] = set()

    def visit(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(abs(size * tm[3]), 1))

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return found


def test_a_letter_is_tagged_has_its_language_and_title_and_claims_the_standard() -> None:
    made = paper.pdf(replace(SHEET, words="Dear Sue,\n\nA reply has come."), "letter")
    assert made.is_ua
    reader = PdfReader(io.BytesIO(made.content))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("A reply to read", "Compact office")
    assert b"pdfuaid" in made.content
    assert text_of(reader) == (
        "Sue 4 Elm Road Monday 2 March 2026 A reply to read Dear Sue, A reply has come."
        " GC-2026-0001 Page 1 of 1"
    )


def test_what_somebody_typed_is_set_as_it_stands() -> None:
    pieces = (
        paper.heading(MARKUP),
        paper.text(MARKUP),
        paper.pairs([(MARKUP, MARKUP)]),
        paper.listed([MARKUP]),
    )
    sheet = Sheet(MARKUP, MARKUP, MARKUP, MARKUP, MARKUP, MARKUP, pieces)
    for template in ("letter", "cover"):
        words = text_of(read(sheet, template))
        assert words.count('#panic("no") *bold* _it_ $x^2$ @ref <label> `raw` \\ // not a comment') >= 7
        assert "= No heading" in words


@pytest.mark.parametrize("large", [False, True])
def test_a_very_long_word_stays_on_the_sheet(large: bool) -> None:
    reader = read(replace(SHEET, words="m" * 900), large=large)
    assert text_of(reader).replace(" ", "").count("m") >= 900
    right = 0.0

    def visit(text: str, _cm: object, tm: list[float], _font: object, _size: float) -> None:
        nonlocal right
        right = max(right, tm[4])

    lines = [page.extract_text(visitor_text=visit).splitlines() for page in reader.pages]
    assert max(len(line) for page in lines for line in page) < 60
    assert right < 595  # points: the width of A4


def test_right_to_left_words_are_set_and_keep_to_the_standard() -> None:
    assert paper.pdf(replace(SHEET, words="שלום and مرحبا\u202e and back\u202c"), "letter").is_ua


def test_a_letter_that_no_font_has_still_makes_a_tagged_sheet() -> None:
    made = paper.pdf(replace(SHEET, words="\U0001fae8 \u12a0 Dear Sue"), "letter")
    reader = PdfReader(io.BytesIO(made.content))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "Dear Sue" in text_of(reader)


def test_no_line_of_large_print_is_smaller_than_18_points() -> None:
    sheet = replace(SHEET, words="Dear Sue", pieces=(paper.heading("More"), paper.text("Words")))
    assert min(sizes_of(read(sheet, large=True))) >= 18
    assert min(sizes_of(read(sheet))) >= 10


def test_the_service_loads_typst_for_no_page_and_no_mail() -> None:
    """It takes memory that most processes never need."""
    load = "import sys, compact_cases.web.app, worker.app; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
