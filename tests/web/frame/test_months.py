"""A month is a number or a whole word: "maybe" is not May."""

from datetime import date

import pytest

from compact_cases.web.frame.forms import Form


@pytest.mark.parametrize("typed", ["May", "may", "MAY", "5", "05", "May."])
def test_a_month_is_a_number_or_its_name(typed: str) -> None:
    form = Form({"until-day": "4", "until-month": typed, "until-year": "2026"})
    assert form.date("until") == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("typed", "month"), [("Sept", 9), ("september", 9), ("Jan", 1), ("Decem", 0), ("dec", 12)]
)
def test_its_usual_short_forms_as_well(typed: str, month: int) -> None:
    form = Form({"until-day": "4", "until-month": typed, "until-year": "2026"})
    found = form.date("until")
    assert (found.month if found else 0) == month


@pytest.mark.parametrize("typed", ["maybe", "Marmalade", "junk", "mayor", "octopus", "janitor", "march on"])
def test_a_word_that_only_begins_like_a_month_is_none(typed: str) -> None:
    form = Form({"until-day": "4", "until-month": typed, "until-year": "2026"})
    assert form.date("until") is None
    assert form.problems
