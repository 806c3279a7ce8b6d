"""Outside routes depend on who is concerned about whom."""

import pytest

from compact_cases.rules.refusals import Refused
from compact_cases.rules.routes import Route, between, read_routes
from compact_cases.settings import shipped_routes

ONE = {"by": ["vcs"], "about": ["public-sector"], "name": "A", "words": "Go.", "limit": "None."}


def names(by: tuple[str, ...], about: tuple[str, ...]) -> str:
    return " / ".join(one.name for one in between(shipped_routes(), by, about))


def test_a_group_about_a_council_has_its_procedure_and_then_the_ombudsman() -> None:
    found = names(("community-groups",), ("public-sector",))
    assert found.index("own complaints procedure") < found.index("Local Government")
    assert "Charity Commission" not in found


@pytest.mark.parametrize("by", ["vcs", "public-sector"])
def test_about_a_voluntary_organisation_there_is_no_ombudsman(by: str) -> None:
    assert "mbudsman" not in names((by,), ("vcs",))
    assert "trustees" in names((by,), ("vcs",))


def test_a_public_body_about_another_has_no_ombudsman() -> None:
    assert "mbudsman" not in names(("public-sector",), ("public-sector",))


PUBLIC = ["own complaints procedure", "Local Government", "health service", "police", "court"]
CHARITY = ["trustees", "Charity Commission"]


@pytest.mark.parametrize(
    ("by", "about", "routes"),
    [
        ("community-groups", "public-sector", PUBLIC),
        ("vcs", "public-sector", PUBLIC),
        ("public-sector", "public-sector", PUBLIC[:1]),
        ("community-groups", "vcs", CHARITY),
        ("community-groups", "community-groups", CHARITY),
        ("vcs", "vcs", CHARITY),
        ("vcs", "community-groups", CHARITY),
        ("public-sector", "vcs", CHARITY),
        ("public-sector", "community-groups", CHARITY),
    ],
)
def test_every_pair_has_its_own_and_no_other_and_each_says_its_limit(
    by: str, about: str, routes: list[str]
) -> None:
    found = between(shipped_routes(), (by,), (about,))
    assert len(found) == len(routes)
    assert all(word in one.name for word, one in zip(routes, found, strict=True))
    assert all(one.limit for one in found)


def test_of_a_side_that_is_not_known_all_are_named() -> None:
    assert set(between(shipped_routes(), (), ())) == set(shipped_routes())
    assert "Charity Commission" in names(("vcs",), ())


def test_no_national_compact_body_is_named() -> None:
    words = " ".join(f"{one.name} {one.words}" for one in shipped_routes())
    assert "Compact" not in words


def test_an_office_says_its_own() -> None:
    assert read_routes([ONE]) == (
        Route(frozenset({"vcs"}), frozenset({"public-sector"}), "A", "Go.", "None."),
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("x", "must be a list of tables"),
        ([{**ONE, "by": []}], "Number 1 of 'routes' needs 'by'"),
        ([ONE, {**ONE, "about": ["joint"]}], "Number 2 of 'routes' needs 'about'"),
        ([{**ONE, "limit": " "}], "needs 'limit', in words"),
        ([{**ONE, "name": "a\u202eb"}], "needs 'name', in words"),
        ([{**ONE, "more": 1}], "'more' that is not known"),
    ],
)
def test_what_is_wrong_is_named(wrong: object, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_routes(wrong)
