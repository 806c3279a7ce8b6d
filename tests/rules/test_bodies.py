"""Kinds and sectors of bodies, names as they are looked up, and entries of the register."""

from datetime import date
from pathlib import Path

import pytest

import compact_cases
from compact_cases.mail.addresses import problem_with
from compact_cases.rules.bodies import (
    BodyEntry,
    BodyKind,
    ContactEntry,
    entry_problems,
    folded,
    may_owe,
    sectors_of,
)
from compact_cases.rules.code_reader import read_code
from compact_cases.rules.codes import Edition, OwedBy

TODAY = date(2026, 11, 22)


def edition(slug: str) -> Edition:
    return read_code(
        (Path(compact_cases.__file__).parent / "compact" / "codes" / f"{slug}.md").read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("kind", "lead", "sectors"),
    [
        (BodyKind.PUBLIC_BODY, None, {OwedBy.PUBLIC_SECTOR}),
        (BodyKind.VCS_ORGANISATION, None, {OwedBy.VCS}),
        (BodyKind.INFRASTRUCTURE_ORGANISATION, None, {OwedBy.VCS}),
        (BodyKind.COMMUNITY_GROUP, None, {OwedBy.COMMUNITY_GROUPS}),
        (BodyKind.PARTNERSHIP, BodyKind.PUBLIC_BODY, {OwedBy.PUBLIC_SECTOR}),
        (BodyKind.PARTNERSHIP, None, set()),
    ],
)
def test_the_kind_of_a_body_gives_its_sector(
    kind: BodyKind, lead: BodyKind | None, sectors: set[OwedBy]
) -> None:
    assert sectors_of(kind, edition("community-groups"), lead) == sectors


def test_a_community_group_is_of_the_vcs_in_a_code_without_a_section_for_it() -> None:
    both = {OwedBy.COMMUNITY_GROUPS, OwedBy.VCS}
    assert sectors_of(BodyKind.COMMUNITY_GROUP, edition("multi-sector-partnerships")) == both


def test_the_undertaking_that_everybody_trips_over() -> None:
    groups = edition("community-groups")
    timescales, challenge = groups.clause("5.3"), groups.clause("8.2")
    assert timescales
    assert challenge
    council = sectors_of(BodyKind.PUBLIC_BODY, groups)
    umbrella = sectors_of(BodyKind.INFRASTRUCTURE_ORGANISATION, groups)
    assert may_owe(timescales, council)
    assert not may_owe(challenge, council)
    assert may_owe(challenge, umbrella)


@pytest.mark.parametrize(
    ("name", "looked_up"),
    [
        ("  Stroud & District   C.A.B. ", "stroud and district c a b"),
        ("Café Ñandú", "cafe nandu"),
        ("St Mary’s Hall", "st marys hall"),
        ("ST. MARY'S HALL", "st marys hall"),
        ("Straße", "strasse"),
        ("Ｆｕｌｌ", "full"),
        ("!!!", ""),
    ],
)
def test_names_are_looked_up_however_they_are_spelled(name: str, looked_up: str) -> None:
    assert folded(name) == looked_up


def test_every_problem_of_an_entry_is_named() -> None:
    entry = BodyEntry(
        name="...",
        kind="club",
        area="x" * 201,
        signed_on=date(2027, 1, 1),
        lead_body="Somebody",
        contacts=(
            ContactEntry("champion", "", "a@b.example"),
            ContactEntry("champion", "Ann", deputy=True),
            ContactEntry("senior-lead", "Bo\u202e", "not an address"),
        ),
    )
    assert [problem.field for problem in entry_problems(entry, TODAY, problem_with)] == [
        "area",
        "body",
        "kind",
        "lead_body",
        "signed_on",
        "champion_name",
        "champion_deputy_email",
        "senior_lead_name",
        "senior_lead_email",
    ]


def test_a_good_entry_has_no_problem() -> None:
    entry = BodyEntry(
        "Northvale County Council", "public-body", contacts=(ContactEntry("champion", "Ann", phone="1"),)
    )
    assert entry_problems(entry, TODAY, problem_with) == []
