"""The lines of a Code document: numbers, letters, bullets, lines that go on, and what is no text."""

import pytest

from compact_cases.rules.code_reader import read_code
from tests.rules.code_document import DOCUMENT, read, refused, texts

# --- numbers, letters, bullets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["5.1 ", "- 5.1. ", "* 5.1: ", "– 5.1) ", "• **5.1** ", "-\u00a05.1\t", "▪ 5.1 – ", "•5.1 "]
)
def test_a_number_is_read_however_it_is_set(written: str) -> None:
    assert texts(read("- 5.1 ", written))["5.1"] == "Thank them."


def test_a_document_need_not_begin_with_section_1() -> None:
    assert [section.number for section in read().sections] == [4, 5]
    alone = DOCUMENT.replace("## 4. What is it for?\n\nEverybody.\n\n", "")
    assert read_code(alone).definitions is None
    assert "section 5 was expected here" in refused("## 5. Public", "## 6. Public").sentence


def test_the_definitions_stand_before_the_first_undertakings() -> None:
    edition = read_code(DOCUMENT + "\n## 6. Review\n\nEach year.\n")
    assert edition.definitions
    assert edition.definitions.heading == "What is it for?"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  - a role", "  - (a) a role", "some of these sub-points have printed letters"),
        ("  - a named contact\n  - a", "  - (b) a named contact\n  - (a) a", "(a) stands after (b)"),
        ("  - a named contact\n  - a", "  - (a) a named contact\n  - (a) a", "(a) stands after (a)"),
        ("  - a named", "  - (ii) a named", "Roman"),
        ("  - a named", "  - (A) a named", "small letter"),
        ("  - a named", "  - 1. a named", "(a)"),
        ("  - a named", "  - (1) a named", "(a)"),
        ("  - a named", "  - 5.2.1 a named", "three levels"),
        ("- 5.1 Thank", "- 5.1.1 Thank", "three levels"),
        ("- 5.1 Thank them.", "- Thank them.", "- 5.1 Thank them."),
        ("- 5.1 Thank them.", "1. Thank them.", "- 5.1 Thank them."),
        ("- 5.3 Meet.", "  - 5.4 Meet.", "undertaking 5.3 was expected here"),
        ("- 5.3 Meet.", "| 5.3 | Meet. |", "a table"),
        ("- 5.3 Meet.", "* Meet.", "another kind of bullet"),
    ],
)
def test_what_would_be_renamed_is_refused(old: str, new: str, reason: str) -> None:
    assert reason in refused(old, new).sentence


def test_a_bullet_of_a_word_processor_is_a_bullet() -> None:
    listed = "- 5.2 Give each of them:\no a named contact\no a role in writing\n"
    edition = read("- 5.2 Give each of them:\n  - a named contact\n  - a role in writing\n", listed)
    assert [part.text for part in edition.clauses[1].parts] == ["a named contact", "a role in writing"]


def test_a_numbered_line_that_is_indented_by_mistake_is_no_sub_point() -> None:
    assert [clause.number for clause in read("- 5.3 Meet.", "  - 5.3 Meet.").clauses] == ["5.1", "5.2", "5.3"]


# --- lines that go on ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("Thank them\nat once.", "Thank them at once."),
        ("Thank them with the\nVCS and others.", "Thank them with the VCS and others."),
        ("Thank them,\nGroups first.", "Thank them, Groups first."),
        ("Thank them in short-\nand long-term work.", "Thank them in short- and long-term work."),
        ("Thank volun-\nteers, as all volunteers wish.", "Thank volunteers, as all volunteers wish."),
        (
            "Thank multi-\nsector work; multi-sector is best.",
            "Thank multi-sector work; multi-sector is best.",
        ),
        ("Thank them.\n  And again.", "Thank them. And again."),
    ],
)
def test_a_wrapped_line_goes_on_without_an_indent(lines: str, text: str) -> None:
    assert texts(read("Thank them.", lines))["5.1"] == text


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Thank them.", "Thank them\nReview", "indent it by two spaces"),
        ("Thank them.", "Thank them.\nthen rest.", "indent it by two spaces"),
        ("Thank them.", "Thank them.\n\nthen rest.", "indent it by two spaces"),
        ("Thank them.", "Thank up-\nlifting ones.", "write the word whole"),
        ("in writing\n", "in writing\nand do so soon.\n", "four spaces"),
        ("Thank them.", "Thank them for the\nPage 3 of 9\nwork.", "page"),
        ("Thank them.", "Thank them for the\n3\nwork.", "page"),
        ("Thank them.", "Thank them for the\nFenland Compact\nwork.", "page"),
        ("Thank them.", "Thank them\n1 See the guide.", "belongs to no numbered undertaking"),
        ("Meet.", "Meet. 5.4 Share.", "5.4 stands in the middle of a line"),
        ("in writing\n", "in writing\n  and do so soon.\n  - and more\n", "after the closing words"),
    ],
)
def test_a_line_of_which_nobody_can_tell_where_it_belongs_is_refused(old: str, new: str, reason: str) -> None:
    problem = refused(old, new)
    assert reason in problem.sentence


def test_a_wrapped_sub_point_goes_on_where_nothing_else_is_possible() -> None:
    assert texts(read("a role in writing", "a role in\nwriting"))["5.2 (b)"] == "a role in writing"
    assert texts(read("a role in writing", "a role\n    in writing"))["5.2 (b)"] == "a role in writing"


def test_closing_words_go_on_and_may_stand_after_a_blank_line() -> None:
    edition = read("in writing\n", "in writing\n\n  and do so within a\n  month.\n\n")
    assert edition.clauses[1].closing == "and do so within a month."


# --- what is not text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        "Thank[1] them.",
        "Thank them.[^2]",
        "Thank them.¹",
        "Thank them.*",
        "Thank them†.",
        "Thank them.12",
        "Thank groups3 too.",
    ],
)
def test_a_footnote_mark_is_refused_with_what_to_do(marked: str) -> None:
    problem = refused("Thank them.", marked)
    assert (problem.line, "footnote mark" in problem.sentence) == (13, True)
    assert "Take it out" in problem.sentence


@pytest.mark.parametrize(
    "kept", ["Thank 12 m² of them.", "Give 10% by 2010.", "See section 4.1 and A4.", "Wi-Fi & R2D2."]
)
def test_numbers_that_are_text_stay(kept: str) -> None:
    assert texts(read("Thank them.", kept))["5.1"] == kept


def test_bold_and_italic_are_how_it_looks_not_what_it_says() -> None:
    assert texts(read("Thank them.", "**Thank** *all* of ***them***."))["5.1"] == "Thank all of them."


@pytest.mark.parametrize(
    "written", ["Thank<br>them.", "Thank &amp; them.", "[Thank](http://x.example) them.", "Thank\\. them"]
)
def test_code_of_a_web_page_is_refused(written: str) -> None:
    assert "plain text" in refused("Thank them.", written).sentence


def test_line_ends_of_any_system_and_rulers_change_nothing() -> None:
    assert read_code(DOCUMENT.replace("\n", "\r\n")) == read()
    assert read_code(DOCUMENT.replace("\n", "\r")) == read()
    assert read_code(DOCUMENT.replace("- 5.3", "---\n\n- 5.3")) == read()
