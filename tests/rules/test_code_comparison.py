"""What differs between two editions of a Code, and which edition is in force."""

from compact_cases.rules.code_comparison import compared
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import Codes, Edition

DOCUMENT = """**Fenland Compact**
**Volunteering**

## 1. Joint Undertakings

- 1.1 Thank them.
- 1.2 Give each:
  - a named contact
  - a role

## 2. Public Sector Undertakings

- 2.1 Pay.
"""


def read(*changes: tuple[str, str], edition: str = "2") -> Edition:
    document = DOCUMENT
    for old, new in changes:
        assert old in document
        document = document.replace(old, new, 1)
    return read_code(document, edition)


def test_each_difference_is_named_sub_points_too() -> None:
    after = read(("Thank them", "Thank all"), ("  - a role\n", ""), ("- 2.1 Pay.", "- 2.1 Pay.\n- 2.2 Ask."))
    found = compared(read(edition="1"), after)
    assert [one.id for one in found.new] == ["volunteering/2.2"]
    assert [one.id for one in found.gone] == ["volunteering/1.2/b"]
    assert [(was.text, now.text) for was, now in found.changed] == [("Thank them.", "Thank all.")]


def test_who_owes_and_closing_words_are_differences_too() -> None:
    after = read(("Public Sector", "Voluntary Sector"), ("  - a role\n", "  - a role\n  and soon.\n"))
    assert [now.number for _, now in compared(read(), after).changed] == ["1.2", "2.1"]


def test_the_same_promises_under_another_heading_are_the_same() -> None:
    assert compared(read(), read(("Public Sector Undertakings", "The Public Sector will"))).nothing


def test_against_nothing_everything_is_new() -> None:
    assert len(compared(None, read()).new) == 5


def test_the_edition_in_force_is_the_one_chosen_else_the_newest() -> None:
    editions = [read(edition="1"), read(("Pay", "Pay soon"), edition="2")]
    newest, first = Codes.holding(editions), Codes.holding(editions, chosen={"volunteering": "1"})
    assert [codes.cite("volunteering 2.1").text for codes in (newest, first)] == ["Pay soon.", "Pay."]
    assert first.cite("volunteering 2.1", "2").text == "Pay soon."


def test_a_code_set_aside_is_in_no_list_but_its_words_are_found() -> None:
    codes = Codes.holding([read(edition="1")], named={"fishing": "Fishing"}, chosen={"volunteering": None})
    assert [code.slug for code in codes.codes] == ["fishing"]
    assert codes.held() == ()
    assert codes.citable == frozenset()
    clause = codes.clause("volunteering/2.1", "1")
    assert clause
    assert clause.text == "Pay."
    assert codes.clause("volunteering/2.1") is None
