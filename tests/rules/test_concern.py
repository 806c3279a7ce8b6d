"""What may be wrong with a concern: every problem at once, each as a sentence that says what to do."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from compact_cases.mail.addresses import problem_with
from compact_cases.rules.concern import (
    ACCOUNT_AT_MOST,
    CitedClause,
    Concern,
    Confidentiality,
    Raiser,
    RespondentNamed,
    problems,
)

TODAY = date(2026, 3, 2)
RAISER = Raiser("Elmfield Tenants", "community-group", person="Rosa Field", email="rosa@elmfield.example")
COUNCIL = RespondentNamed(name="Northvale County Council", sector="public-sector")
GOOD = Concern(RAISER, (COUNCIL,), "The questionnaire shut before we could meet.")
KNOWN = {"community-groups/5.3", "community-groups/8.2"}
CODES = {"community-groups", "consultation"}


def told(concern: Concern) -> dict[str, str]:
    return {one.field: one.sentence for one in problems(concern, TODAY, KNOWN, CODES, problem_with)}


def raiser(**change: object) -> Concern:
    return replace(GOOD, raiser=replace(RAISER, **change))  # type: ignore[arg-type]


def test_nothing_is_wrong_with_the_least_that_can_be_sent() -> None:
    assert told(GOOD) == {}


def test_nothing_is_wrong_with_everything_filled_in() -> None:
    concern = replace(
        GOOD,
        respondents=(RespondentNamed(uuid4(), "Northvale"), RespondentNamed(name="Zebra Trust")),
        happened="In\nFebruary",
        still_happening="not-sure",
        closes_on=date(2026, 3, 9),
        clauses=(
            CitedClause("community-groups/5.3"),
            CitedClause(code="consultation", paragraph="twelve weeks"),
        ),
        remedies=("apology", "money"),
        afraid="a-little",
        channel="phone",
    )
    assert told(concern) == {}


def test_every_problem_is_told_at_once_in_the_order_of_the_form() -> None:
    empty = Concern(Raiser("", ""), (), "")
    assert list(told(empty)) == [
        "raiser.name",
        "raiser.kind",
        "raiser.person",
        "raiser.email",
        "respondents.0.name",
        "account",
    ]


def test_the_anonymous_name_nobody() -> None:
    anonymous = replace(GOOD, raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    assert told(anonymous) == {}
    assert "leave out who raises it" in told(replace(anonymous, raiser=RAISER))["raiser"]
    assert "choose to stay anonymous" in told(replace(GOOD, raiser=None))["raiser"]


@pytest.mark.parametrize("way", [{"phone": "01452 555 010"}, {"post": "1 High Street, Elmfield"}])
def test_one_way_to_be_reached_is_enough(way: dict[str, str]) -> None:
    assert told(raiser(email="", **way)) == {}


@pytest.mark.parametrize(
    "address",
    ["rosa", "rosa@", "@elmfield.example", "a b@c.example", "rosa@elmfield", "x" * 250 + "@c.example"],
)
def test_an_address_that_cannot_be_one_is_told(address: str) -> None:
    assert told(raiser(email=address)) == {
        "raiser.email": "Please give the whole e-mail address, like name@group.org.uk."
    }


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"account": " \n"}, "account", "what happened"),
        ({"account": "x" * (ACCOUNT_AT_MOST + 1)}, "account", "20,001 characters"),
        ({"account": "a\u202eb"}, "account", "hidden characters"),
        ({"tried": "a\x00b"}, "tried", "hidden characters"),
        ({"raiser": replace(RAISER, name="Elmfield\nTenants")}, "raiser.name", "on one line"),
        ({"raiser": replace(RAISER, email="zoë@elmfield.example")}, "raiser.email", "“ë” before the @"),
        ({"papers": "x" * 5001}, "papers", "shorten"),
        ({"respondents": (COUNCIL, COUNCIL)}, "respondents.1.name", "same body twice"),
        ({"respondents": (COUNCIL, COUNCIL, COUNCIL)}, "respondents", "at most two"),
        ({"respondents": (replace(COUNCIL, sector="army"),)}, "respondents.0.sector", "public-sector, vcs"),
        ({"closes_on": date(2206, 3, 9)}, "closes_on", "year"),
        ({"still_happening": "perhaps"}, "still_happening", "yes, no, not-sure"),
        ({"remedies": ("revenge",)}, "remedies", "'revenge' is not one of"),
        ({"remedies": ("none", "money")}, "remedies", "not both"),
        ({"clauses": (CitedClause("5.3"),)}, "clauses.0.clause", "like community-groups/8.2"),
        ({"clauses": (CitedClause("community-groups/5.3"),) * 2}, "clauses", "twice"),
        ({"clauses": (CitedClause("community-groups/5.3"),) * 6}, "clauses", "at most 5"),
        ({"clauses": (CitedClause(code="magic"),)}, "clauses.0.code", "name a Code"),
        ({"channel": "pigeon"}, "channel", "web, api"),
    ],
)
def test_each_wrong_answer_has_its_sentence(change: dict[str, object], field: str, words: str) -> None:
    found = told(replace(GOOD, **change))  # type: ignore[arg-type]
    assert list(found) == [field]
    assert words in found[field]


def test_a_date_that_is_past_is_taken() -> None:
    assert told(replace(GOOD, closes_on=date(2026, 2, 1))) == {}


def test_a_group_cannot_raise_a_concern_about_itself() -> None:
    ours = uuid4()
    concern = replace(raiser(body_id=ours), respondents=(RespondentNamed(ours, "Elmfield Tenants"),))
    assert "about itself" in told(concern)["respondents.0.name"]


def test_what_needs_the_codes_is_left_out_where_they_are_not_given() -> None:
    assert problems(replace(GOOD, clauses=(CitedClause("any/1.1"),))) == []
