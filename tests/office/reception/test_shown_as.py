"""What the other side reads of a confidential raiser: words that fit three on the register, or more."""

from dataclasses import replace
from uuid import UUID

import pytest

from compact_cases.office.identity import new_id
from compact_cases.office.reception import reception
from compact_cases.records import bodies
from compact_cases.records.bodies import Body
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.concern import Confidentiality, RespondentNamed
from tests.office.staging import RAISER, Scene

GROUP, PARTNERSHIP, PUBLIC = BodyKind.COMMUNITY_GROUP, BodyKind.PARTNERSHIP, BodyKind.PUBLIC_BODY
VCS, SUPPORT = BodyKind.VCS_ORGANISATION, BodyKind.INFRASTRUCTURE_ORGANISATION
Register = list[tuple[BodyKind, str]]
SOMEBODY = "Somebody in Gloucestershire"


def _on_register(stage: Scene, found: Register) -> list[UUID]:
    ids = []
    with stage.premises.engine.begin() as conn:
        for number, (kind, area) in enumerate(found):
            ids.append(new_id())
            bodies.add(conn, Body(ids[-1], f"Body {number}", kind, area), stage.clock.now())
    return ids


def _shown(stage: Scene, kind: str, area: str, about: tuple[RespondentNamed, ...] = ()) -> str:
    raised = stage.raised(
        raiser=replace(RAISER, kind=kind, area=area),
        confidentiality=Confidentiality.CONFIDENTIAL,
        **({"respondents": about} if about else {}),
    )
    return raised.raiser_shown


@pytest.mark.parametrize(
    ("register", "kind", "area", "shown"),
    [
        ([(GROUP, "Stroud")] * 3, "community-group", " STROUD.", "A community group in the Stroud area"),
        ([(GROUP, "Stroud")] * 2 + [(GROUP, "stroud")], "community-group", "sTrOuD",
         "A community group in the Stroud area"),
        ([(GROUP, "Stroud")] * 2, "community-group", "Stroud", SOMEBODY),
        ([(GROUP, "Stroud")] * 2 + [(GROUP, "Uley")], "community-group", "Stroud",
         "A community group in Gloucestershire"),
        ([(GROUP, "")] * 3, "community-group", "", "A community group in Gloucestershire"),
        ([], "community-group", "Stroud", SOMEBODY),
        ([(GROUP, "Stroud")] * 5, "partnership", "Stroud", SOMEBODY),
        ([(PARTNERSHIP, "Stroud")] * 3, "partnership", "Stroud", "A partnership in the Stroud area"),
        ([(VCS, "Stroud")] * 2 + [(SUPPORT, "Stroud")], "infrastructure-organisation", "Stroud",
         "A voluntary organisation in the Stroud area"),
        ([(PUBLIC, "Stroud")] * 2, "public-body", "Stroud", SOMEBODY),  # the council is the third
    ],
)  # fmt: skip
def test_it_fits_three_on_the_register(
    stage: Scene, register: Register, kind: str, area: str, shown: str
) -> None:
    _on_register(stage, register)
    assert _shown(stage, kind, area) == shown


@pytest.mark.parametrize("number", [3, 4])
def test_the_respondent_hides_nobody(stage: Scene, number: int) -> None:
    groups = _on_register(stage, [(GROUP, "Stroud")] * number)
    about = (RespondentNamed(body_id=groups[0]),)
    shown = SOMEBODY if number == 3 else "A community group in the Stroud area"
    assert _shown(stage, "community-group", "Stroud", about) == shown


def test_a_respondent_named_as_typed_hides_nobody_either(stage: Scene) -> None:
    _on_register(stage, [(GROUP, "Stroud")] * 3)
    about = (RespondentNamed(name="BODY  1", sector="community-groups"),)
    assert _shown(stage, "community-group", "Stroud", about) == SOMEBODY


def test_an_open_raiser_is_named_and_an_anonymous_one_is_somebody(stage: Scene) -> None:
    assert stage.raised().raiser_shown == RAISER.name
    hidden = stage.concern(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    receipt = reception.raise_concern(stage.premises, hidden)
    assert stage.row(receipt.references[0]).raiser_shown == SOMEBODY
