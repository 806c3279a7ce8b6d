"""Documents in other shapes: read right, or refused with the line and what to write instead; never half."""

from pathlib import Path

import pytest

import compact_cases
from compact_cases.rules.code_lines import CodeRefused
from compact_cases.rules.code_reader import read_code, read_document
from compact_cases.rules.codes import Codes, OwedBy
from compact_cases.rules.compact import Compact
from tests.rules.code_document import DOCUMENT, read, refused, texts

ELSEWHERE = Path(__file__).parent / "codes_elsewhere"
SHIPPED = Path(compact_cases.__file__).parent / "compact" / "codes"

# --- what the documents of other areas become ---------------------------------------------------------------


def test_printed_letters_stay_as_they_are_printed() -> None:
    edition = read_code((ELSEWHERE / "22-sub-points-lettered.md").read_text(encoding="utf-8"))
    assert texts(edition) == {
        "1.1": "Give each volunteer:",
        "1.1 (a)": "a named contact",
        "1.1 (b)": "a role in writing; and",
        "1.1 (d)": "expenses",
    }
    codes = Codes.holding([edition])
    assert codes.cite("volunteering 1.1 (d)").text == "expenses"
    assert codes.clause("volunteering/1.1/c") is None


def test_closing_words_of_a_list_belong_to_the_whole() -> None:
    edition = read_code((ELSEWHERE / "23-closing-words-after-list.md").read_text(encoding="utf-8"))
    first, second = edition.clauses
    assert [part.text for part in first.parts] == ["a named contact", "a role in writing"]
    assert first.closing == "and do so within a month of the start."
    assert (second.closing, [part.text for part in second.parts]) == ("", ["in person"])


@pytest.mark.parametrize(
    ("file", "line", "instead"),
    [
        ("01-braintree-word-paste.txt", 1, "**LITTLEVALE DISTRICT LOCAL COMPACT**"),
        ("02-national-2010-owner-changes-in-section.txt", 1, "**Compact of the Two Rivers**"),
        ("04-three-levels.md", 15, "2.1.1"),
        ("06-bullets-no-numbers.md", 1, "**Working Together: the Seahaven Compact**"),
        ("07-letters-and-romans.md", 7, "- 1.1 Working with groups"),
        ("08-two-column-table.md", 5, "## 5. Joint Undertakings"),
        ("10-paragraphs-numbered-through.md", 6, "## 5. Joint Undertakings"),
        ("14-silent-loss-will.md", 11, "- 2.1 Give twelve weeks where it can."),
        ("15-pdf-wrapped.md", 13, "page"),
    ],
)
def test_a_shape_that_is_not_read_is_refused_with_what_to_write(file: str, line: int, instead: str) -> None:
    with pytest.raises(CodeRefused) as found:
        read_code((ELSEWHERE / file).read_text(encoding="utf-8"), code="working-together")
    assert instead in found.value.sentence
    assert found.value.line == line


def test_what_to_write_instead_is_then_read() -> None:
    document = (ELSEWHERE / "14-silent-loss-will.md").read_text(encoding="utf-8")
    mended = document.replace("- Give", "- 2.1 Give").replace("- Say", "- 2.2 Say")
    owed = {clause.number: clause.owed_by for clause in read_code(mended).clauses}
    assert owed == {
        "1.1": OwedBy.JOINT,
        "2.1": OwedBy.PUBLIC_SECTOR,
        "2.2": OwedBy.PUBLIC_SECTOR,
        "3.1": OwedBy.VCS,
    }
    wrapped = (ELSEWHERE / "15-pdf-wrapped.md").read_text(encoding="utf-8").replace("Page 3 of 9\n\n", "")
    assert read_code(wrapped.replace("up-\ndate", "update")).clauses[0].text == (
        "Plan together and share the notes of each meeting within two weeks."
    )


# --- who promised it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "owed_by"),
    [
        ("Public Sector Undertakings", OwedBy.PUBLIC_SECTOR),
        ("The Public Sector will", OwedBy.PUBLIC_SECTOR),
        ("Public bodies agree to:", OwedBy.PUBLIC_SECTOR),
        ("What public bodies will do", OwedBy.PUBLIC_SECTOR),
        ("Commitments to be made by statutory organisations", OwedBy.PUBLIC_SECTOR),
        ("Undertakings for Voluntary Organisations", OwedBy.VCS),
        ("Voluntary and Community Groups will", OwedBy.VCS),
        ("The VCS commits to", OwedBy.VCS),
        ("Community Groups’ Commitments", OwedBy.COMMUNITY_GROUPS),
        ("Both sectors will", OwedBy.JOINT),
        ("Shared commitments of all partners", OwedBy.JOINT),
    ],
)
def test_who_owes_is_read_from_the_usual_words(heading: str, owed_by: OwedBy) -> None:
    edition = read("Public Sector Undertakings\n\nPublic sector partners undertake to:", heading)
    assert {clause.owed_by for clause in edition.clauses} == {owed_by}
    assert edition.sections[1].owed_by is owed_by


@pytest.mark.parametrize(
    "heading", ["We will", "Our commitments", "The Council will", "The Executive pledges to"]
)
def test_a_promise_of_nobody_we_know_is_refused(heading: str) -> None:
    problem = refused("Public Sector Undertakings", heading)
    assert (problem.line, "does not say who owes" in problem.sentence) == (9, True)
    assert "[compact.owners]" in problem.sentence


@pytest.mark.parametrize(
    "heading", ["How this Code will be kept alive", "What will change?", "Who undertakes what?"]
)
def test_a_heading_that_only_speaks_of_the_future_is_context(heading: str) -> None:
    assert read("What is it for?", heading).sections[0].owed_by is None


def test_words_for_who_owes_and_for_promising_are_data_of_the_office() -> None:
    compact = Compact().with_words(owners={OwedBy.PUBLIC_SECTOR: ("the executive",)}, promises=("vows to",))
    edition = read("Public Sector Undertakings", "The Executive vows to", compact)
    assert edition.clauses[0].owed_by is OwedBy.PUBLIC_SECTOR


def test_names_of_codes_are_data_of_the_office() -> None:
    fishing = Compact(name="Fenland Compact", codes=(("fishing", "Fishing"),))
    edition = read("**Volunteering**", "**Fishing**", fishing)
    assert (edition.code, edition.title) == ("fishing", "Fishing")
    with pytest.raises(CodeRefused, match=r"'Volunteering' is not a Code that the Compact names.*fishing"):
        read(compact=fishing)


def test_the_compact_that_a_document_names_is_told() -> None:
    assert read_document(DOCUMENT).compact == "Fenland Compact"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Undertakings for Voluntary Organisations:", "who owes"),
        ("**The voluntary sector will:**", "who owes"),
        ("The voluntary sector undertakes to:", "who owes"),
    ],
)
def test_an_owner_who_changes_inside_a_section_is_refused(line: str, why: str) -> None:
    for place in ("- 5.3 Meet.\n", "Public sector partners undertake to:\n"):
        problem = refused(place, f"{line}\n\n{place}")
        assert why in problem.sentence
        assert "## 6. Voluntary" in problem.sentence
    assert why in refused("- 5.3", f"{line}\n- 5.3").sentence


# --- never lost as context ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        "The public sector will:\n\n- listen\n",
        "Everybody joins in. The public sector undertakes to\n- listen\n",
        "**Public sector commitments**\n\n(a) listen\n",
        "All partners agree to:\n* listen\n",
    ],
)
def test_a_line_of_promise_over_bullets_is_refused_in_context(lines: str) -> None:
    problem = refused("Everybody.\n", lines)
    assert problem.line == 7
    assert "would be lost" in problem.sentence


def test_a_line_that_speaks_of_somebody_as_its_object_promises_nothing_in_their_name() -> None:
    found = read_document(DOCUMENT.replace("Everybody.", "It will help the public sector with:\n\n- forms\n"))
    assert {line.text: line.flag for line in found.context}["- forms"] == "bullet"


def test_a_list_under_words_that_promise_nothing_is_context_with_a_flag() -> None:
    found = read_document(DOCUMENT.replace("Everybody.", "It is for:\n\n- groups\n- those who will help\n"))
    flagged = {line.text: line.flag for line in found.context}
    assert flagged["- groups"] == "bullet"
    assert flagged["- those who will help"] == "bullet; promise word “will”"
    assert flagged["It is for:"] is None
    assert [line.line for line in found.context if line.text == "- groups"] == [9]
    assert flagged["Public sector partners undertake to:"] == "promise word “undertake”"


def test_every_line_of_the_shipped_codes_that_is_no_undertaking_is_told_as_context() -> None:
    for file in SHIPPED.glob("*.md"):
        document = file.read_text(encoding="utf-8")
        found = read_document(document)
        told = {line.line for line in found.context}
        clauses = [one for whole in found.edition.clauses for one in (whole, *whole.parts)]
        read_as_clause = {clause.line for clause in clauses}
        lines = document.splitlines()
        title = next(number for number, line in enumerate(lines, 1) if line.startswith("**1. "))
        owed = {f"{one.number}. {one.heading}" for one in found.edition.sections if one.owed_by}
        every = {
            number
            for number, line in enumerate(lines, 1)
            if number >= title and line.strip() and line.strip("*# :") not in owed
        }
        assert told | read_as_clause == every
        assert not told & read_as_clause
        bullets = {number for number in told if lines[number - 1].lstrip().startswith("-")}
        assert bullets == {line.line for line in found.context if line.flag and "bullet" in line.flag}
        assert len(bullets) > 10


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Everybody.", "- 4.1 Everybody", 7),
        ("Everybody.", "5.1 Everybody", 7),
        ("Everybody.", "4.1 Public bodies will listen", 7),
        ("## 5. Public Sector Undertakings", "5. Public Sector Undertakings", 13),
        ("Public Sector Undertakings", "Public Sector", 13),
    ],
)
def test_numbered_promises_outside_their_sections_are_refused(old: str, new: str, line: int) -> None:
    problem = refused(old, new)
    assert problem.line == line
    assert "## 5. Public Sector Undertakings" in problem.sentence


def test_a_line_above_the_undertakings_that_promises_nothing_by_its_words_has_a_flag() -> None:
    found = read_document(DOCUMENT.replace("- 5.1", "Give twelve weeks.\n\n- 5.1"))
    assert [(one.line, one.flag) for one in found.context if one.text == "Give twelve weeks."] == [
        (13, "under a heading of undertakings")
    ]


def test_a_numbered_paragraph_of_context_is_kept_with_a_flag() -> None:
    found = read_document(DOCUMENT.replace("Everybody.", "4.1 It follows the county’s agreement."))
    assert [(line.line, line.flag) for line in found.context if line.text.startswith("4.1")] == [
        (7, "number")
    ]
