"""What an office's file says of its Compact: what is usual, what is its own, and what is refused."""

from typing import Any

import pytest

from compact_cases.rules.codes import NAMED_CODES, OwedBy
from compact_cases.rules.compact import OWNERS, PROMISES, Compact, read_compact
from compact_cases.rules.plain_words import PLAIN_WORDS
from compact_cases.rules.refusals import Refused


def test_an_empty_table_is_the_compact_of_the_area_with_what_is_shipped() -> None:
    found = read_compact({}, "Northvale")
    assert (found.name, found.shipped_codes) == ("Northvale Compact", True)
    assert found.codes == tuple(NAMED_CODES.items())
    assert (found.owners, found.promises) == (OWNERS, PROMISES)
    assert found.plain_words == PLAIN_WORDS


def test_what_an_office_says_itself_stands_after_what_is_usual() -> None:
    clause = next(iter(PLAIN_WORDS))
    table: dict[str, Any] = {
        "name": "Southvale Compact",
        "promises": ["resolves   to"],
        "codes": {"funding": "Funding", "consultation": "Consultation"},
        "owners": {"vcs": ["charities"]},
        "plain_words": {clause: ["our word"], "funding/4.1": ["grants"]},
    }
    found = read_compact(table, "Northvale")
    assert found.name == "Southvale Compact"
    assert found.codes == (("funding", "Funding"), ("consultation", "Consultation"))
    assert found.promises == (*PROMISES, "resolves to")
    assert found.owners == {**OWNERS, OwedBy.VCS: (*OWNERS[OwedBy.VCS], "charities")}
    assert found.plain_words[clause] == (*PLAIN_WORDS[clause], "our word")
    assert found.plain_words["funding/4.1"] == ("grants",)


def test_where_the_shipped_codes_are_another_countys_none_of_them_is_named() -> None:
    found = read_compact({"shipped_codes": False}, "Northvale")
    assert (found.codes, found.plain_words, found.shipped_codes) == ((), {}, False)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ([], "'compact' must be a table, like [compact]."),
        ({"nome": "x"}, "'compact' has a setting 'nome' that is not known."),
        ({"b": 1, "a": 1}, "'compact' has a setting 'a' that is not known."),
        ({"name": " "}, "'compact.name' must be the name of your Compact, like \"Northvale Compact\"."),
        ({"name": 7}, "'compact.name' must be the name of your Compact, like \"Northvale Compact\"."),
        ({"shipped_codes": "no"}, "'compact.shipped_codes' must be true or false."),
        ({"promises": "will"}, "'compact.promises' must be a list of words, like [\"the council\"]."),
        ({"promises": [""]}, "'compact.promises' must be a list of words, like [\"the council\"]."),
        (
            {"codes": {"Funding": "Funding"}},
            "'compact.codes' must name each Code of Practice by a short name in small letters and its title, "
            'like consultation = "Consultation".',
        ),
        (
            {"codes": {"funding": ""}},
            "'compact.codes' must name each Code of Practice by a short name in small letters and its title, "
            'like consultation = "Consultation".',
        ),
        (
            {"codes": []},
            "'compact.codes' must name each Code of Practice by a short name in small letters and its title, "
            'like consultation = "Consultation".',
        ),
        (
            {"owners": {"council": ["the council"]}},
            "'compact.owners' may have joint, public-sector, community-groups, vcs, each a list of words, "
            "and no more.",
        ),
        ({"owners": {"vcs": "charities"}}, "'compact.owners.vcs' must be a list of words"),
        (
            {"plain_words": {"funding": ["grants"]}},
            "'compact.plain_words' must name each undertaking by its Code and number, with a list of words, "
            'like "consultation/3.2" = ["deadline"].',
        ),
        ({"plain_words": {"funding/4.1": "grants"}}, "'compact.plain_words.funding/4.1' must be a list"),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_to_write_it(table: Any, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read_compact(table, "Northvale")
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("Gloucestershire Compact", True),
        ("The Gloucestershire Local Compact", True),
        ("Gloucestershire", True),
        ("Northvale Compact", False),
    ],
)
def test_a_document_is_of_this_compact_where_one_name_holds_the_other(name: str, ours: bool) -> None:
    assert Compact().is_called(name) is ours


def test_a_code_is_known_by_its_title() -> None:
    compact = Compact(codes=(("funding", "Funding"),))
    assert compact.slug_of("Funding Code of Practice") == "funding"
    assert compact.slug_of("Volunteering") is None
    assert compact.title_of("funding", "something else") == "Funding"
    assert compact.title_of("other", "something else") == "something else"


@pytest.mark.parametrize(
    ("line", "owner"),
    [
        ("The public sector will:", OwedBy.PUBLIC_SECTOR),
        ("Undertakings for community groups:", OwedBy.COMMUNITY_GROUPS),
        ("It says more. Both sides agree to:", OwedBy.JOINT),
        ("It will help the public sector with:", None),
        ("The public sector will listen.", None),
        ("The weather will:", None),
    ],
)
def test_who_promises_what_stands_below_a_line(line: str, owner: OwedBy | None) -> None:
    assert Compact().promiser(line) is owner


def test_the_first_word_of_promise_is_found_as_it_stands() -> None:
    assert Compact().promise_in("Both Commit to it and will") == "Commit to"
    assert Compact().promise_in("A talk") == ""
