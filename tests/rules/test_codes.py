"""Reading both Codes as published, refusing what cannot be read whole, and citing undertakings."""

from pathlib import Path

import pytest

import compact_cases
from compact_cases.rules.code_lines import CodeRefused
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import NAMED_CODES, Codes, Edition, OwedBy, UnknownClause

SHIPPED = Path(compact_cases.__file__).parent / "compact" / "codes"


def published(slug: str) -> str:
    return (SHIPPED / f"{slug}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def groups() -> Edition:
    return read_code(published("community-groups"))


@pytest.fixture(scope="module")
def partnerships() -> Edition:
    return read_code(published("multi-sector-partnerships"))


@pytest.fixture(scope="module")
def codes(groups: Edition, partnerships: Edition) -> Codes:
    return Codes.holding([groups, partnerships])


def test_both_codes_are_read_whole(groups: Edition, partnerships: Edition) -> None:
    assert (groups.code, partnerships.code) == ("community-groups", "multi-sector-partnerships")
    assert len(groups.clauses) + len(partnerships.clauses) == 54


def test_who_owes_an_undertaking_is_read_from_the_heading(groups: Edition, partnerships: Edition) -> None:
    owed = {
        edition.code: {c.number[0]: c.owed_by for c in edition.clauses} for edition in (groups, partnerships)
    }
    assert owed == {
        "community-groups": {
            "5": OwedBy.JOINT,
            "6": OwedBy.PUBLIC_SECTOR,
            "7": OwedBy.COMMUNITY_GROUPS,
            "8": OwedBy.VCS,
        },
        "multi-sector-partnerships": {"5": OwedBy.JOINT, "6": OwedBy.PUBLIC_SECTOR, "7": OwedBy.VCS},
    }


def test_the_sub_points_have_letters_though_a_blank_line_breaks_their_list(partnerships: Edition) -> None:
    whole = partnerships.clause("5.14")
    assert whole is not None
    assert [part.id for part in whole.parts] == [f"multi-sector-partnerships/5.14/{x}" for x in "abcdefgh"]
    assert [part.text for part in whole.parts][3:6] == [
        "Communication Strategy",
        "Reporting mechanisms",
        "Performance management",
    ]
    assert not any(clause.parts for clause in partnerships.clauses if clause.number != "5.14")


def test_the_text_stands_as_published_but_for_the_stray_space(partnerships: Edition) -> None:
    texts = {clause.number: clause.text for clause in partnerships.clauses}
    assert texts["5.5"] == (
        "Understand what current resources are needed for the multi-sector partnership to work effectively"
    )
    assert texts["5.17"].endswith("outlined in this code.")


def test_a_hyphen_before_a_space_that_is_right_is_left_alone() -> None:
    edition = read_code(DOCUMENT.replace("Do it", "Set short- and long-term aims"))
    assert edition.clauses[0].text == "Set short- and long-term aims"


def test_the_definitions_are_kept_as_context(groups: Edition, partnerships: Edition) -> None:
    assert groups.definitions
    assert groups.definitions.heading == "What is a community group?"
    assert "It is about changing power structures" in groups.definitions.text
    assert partnerships.definitions
    assert "- A clear and open decision-making process" in partnerships.definitions.text


def test_no_line_of_the_documents_is_lost(groups: Edition, partnerships: Edition) -> None:
    for edition in (groups, partnerships):
        body = published(edition.code).partition("**1. ")[2].replace("- sector", "-sector")
        parts = [part.text for clause in edition.clauses for part in clause.parts]
        held = [f"{clause.number} {clause.text}" for clause in edition.clauses] + parts
        headings = [f"{section.number}. {section.heading}" for section in edition.sections]
        context = "\n".join(section.text for section in edition.sections)
        lines = [line.strip(" -*#") for line in f"1. {body}".splitlines() if line.strip()]
        assert [
            line
            for line in lines
            if line not in held and line.rstrip(":*") not in headings and line not in context
        ] == []
        assert len(lines) > 60


def test_the_five_codes_that_are_named_are_listed_as_not_held(codes: Codes) -> None:
    assert [code.slug for code in codes.codes] == list(NAMED_CODES)
    assert [code.slug for code in codes.codes if not code.in_force] == [
        "advancing-equality",
        "commissioning",
        "consultation",
        "mediation",
        "volunteering",
    ]


def test_neighbours(codes: Codes, partnerships: Edition) -> None:
    def ids(number: str, letter: str | None = None) -> list[str | None]:
        clause = partnerships.clause(number, letter)
        assert clause is not None
        return [one.id if one else None for one in partnerships.neighbours(clause)]

    assert ids("5.1") == [None, "multi-sector-partnerships/5.2"]
    assert ids("5.18") == ["multi-sector-partnerships/5.17", "multi-sector-partnerships/6.1"]
    assert ids("5.14", "h") == ["multi-sector-partnerships/5.14/g", None]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("community-groups/8.2", "community-groups/8.2"),
        ("Community Groups 8.2", "community-groups/8.2"),
        (" the Community Groups Code of Practice, undertaking 8.2. ", "community-groups/8.2"),
        ("COMMUNITY-GROUPS/5.3", "community-groups/5.3"),
        ("Multi-sector Partnership Code 5.14 (c)", "multi-sector-partnerships/5.14/c"),
        ("multi-sector-partnerships/5.14/c", "multi-sector-partnerships/5.14/c"),
        ("multi sector 5.14c", "multi-sector-partnerships/5.14/c"),
    ],
)
def test_an_undertaking_is_found_in_any_spelling(codes: Codes, written: str, meant: str) -> None:
    assert codes.cite(written).id == meant


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("5.3", "Numbers repeat across Codes: write community-groups/5.3 or multi-sector-partnerships/5.3."),
        ("8.2", "Numbers repeat across Codes: write community-groups/8.2."),
        ("mediation 5.1", "The text of the Code Mediation is not held yet."),
        ("fishing 5.1", "There is no Code called 'fishing'."),
        ("community-groups/9.9", "The Code Community Groups has no undertaking 9.9."),
        ("multi-sector 5.14/z", "The Code Multi-sector Partnerships has no undertaking 5.14/z."),
        ("", "'' is not an undertaking; write it like community-groups/8.2."),
        ("<script>", "'<script>' is not an undertaking; write it like community-groups/8.2."),
    ],
)
def test_a_citation_that_names_nothing_is_refused_in_words(codes: Codes, written: str, sentence: str) -> None:
    with pytest.raises(UnknownClause) as refused:
        codes.cite(written)
    assert refused.value.sentence == sentence


DOCUMENT = """**A Compact**
**Volunteering**
**Code of Practice**

**1. Who is this for?**

- Everybody

## 2. Joint Undertakings

All partners undertake to:

- 2.1 Do it
- 2.2 See to:
  - this
  - that
"""


def test_a_small_document_is_read() -> None:
    edition = read_code(DOCUMENT, edition="2019")
    assert (edition.id, edition.code, [clause.number for clause in edition.clauses]) == (
        "2019",
        "volunteering",
        ["2.1", "2.2"],
    )
    assert read_code("\ufeff" + DOCUMENT.replace("\n", "\r\n")) == read_code(DOCUMENT)


def test_an_item_that_runs_over_the_line_goes_on() -> None:
    edition = read_code(
        DOCUMENT.replace("Do it", "Do it\n  at once").replace("  - that", "  - that\n    one")
    )
    assert edition.clauses[0].text == "Do it at once"
    assert edition.clauses[1].parts[1].text == "that one"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("2.2 See to", "2.3 See to", 14, "undertaking 2.2 was expected here, but this is 2.3"),
        ("- 2.1 Do it", "- 2.1", 13, "undertaking 2.1 has no text"),
        (
            "- 2.1 Do it\n",
            "- 2.1 Do it\n- and more\n",
            14,
            "has no number, and undertaking 2.1 opens no list",
        ),
        ("- 2.1 Do it\n", "- 2.1 Do it.\nOr else.\n", 14, "belongs to no numbered undertaking"),
        ("  - that", "    - that", 16, "a list inside a list"),
        ("  - this\n  - that\n", "", 15, "undertaking 2.2 ends with a colon, but no list follows"),
        ("## 2. Joint", "## 3. Joint", 9, "section 2 was expected here, but this is section 3"),
        ("## 2. Joint", "## Joint", 9, "this heading has no section number"),
        ("## 2. Joint", "2. Joint", 13, "stands outside a section of undertakings"),
        ("Joint Under", "Our Under", 9, "does not say who owes these undertakings"),
        ("Joint Under", "Joint and Public Sector Under", 9, "does not say who owes these undertakings"),
        ("**Volunteering**", "**Fishing**", 1, "'Fishing' is not a Code that the Compact names"),
        ("**Volunteering**", "", 1, "the title should name the Compact"),
        ("**Volunteering**", "Volunteering", 2, "only the title may stand before the first section"),
        ("Do it", "Do\u202eit", 13, "a hidden character here (U+202E)"),
        ("Do it", "Do\x00it", 13, "a hidden character here (U+0000)"),
        (DOCUMENT[DOCUMENT.index("## 2.") :], "", 9, "holds no numbered undertaking"),
    ],
)
def test_what_cannot_be_read_whole_is_refused_with_its_line(
    old: str, new: str, line: int, reason: str
) -> None:
    assert old in DOCUMENT
    with pytest.raises(CodeRefused) as refused:
        read_code(DOCUMENT.replace(old, new))
    assert reason in refused.value.sentence
    assert refused.value.line == line


def test_a_section_of_undertakings_that_holds_none_is_refused_at_its_heading() -> None:
    with pytest.raises(CodeRefused, match="Line 17: section 3 is of undertakings, but holds none"):
        read_code(DOCUMENT + "## 3. Public Sector Undertakings\n\nWe undertake to:\n")


def test_a_code_of_another_name_is_read_when_it_is_said_which() -> None:
    assert read_code(DOCUMENT.replace("Volunteering", "Fishing"), code="fishing").code == "fishing"
    with pytest.raises(CodeRefused, match="is not a Code that the Compact names"):
        read_code(DOCUMENT, code="../etc")


def test_a_document_that_is_far_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(CodeRefused, match="longer than 500,000 characters"):
        read_code(DOCUMENT + "x" * 500_000)
