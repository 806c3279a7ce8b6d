"""Editions of the procedure taken in by an office: compared, never rewritten, chosen back and forth."""

from datetime import datetime
from importlib.resources import files

import pytest
from sqlalchemy import Engine

from compact_cases.clock import HandClock
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library, procedures
from compact_cases.rules.procedure import ProcedureRefused
from compact_cases.rules.refusals import Refused
from compact_cases.settings import OFFICE_ZONE, Settings
from tests.office.staging import scene

SHIPPED = (files("compact_cases") / "compact" / "procedure" / "default-2026-3.toml").read_text(
    encoding="utf-8"
)
OURS = (
    SHIPPED.replace('edition = "default-2026-3"', 'edition = "northvale-2027"')
    .replace("limit_volunteer_run = 20", "limit_volunteer_run = 25")
    .replace('    { day = -5, kind = "reminder", to = "champion" },\n', "")
    .replace('received = "Received"', 'received = "Come in"')
)


@pytest.fixture
def premises(settings: Settings, engine: Engine) -> Premises:
    return Premises(settings, engine, HandClock(datetime(2026, 3, 2, 9, tzinfo=OFFICE_ZONE)))


def in_force(premises: Premises) -> str:
    with premises.engine.connect() as conn:
        return library.current_rulebook(conn).procedure.edition


def test_a_procedure_is_checked_and_compared_before_it_is_taken_in(premises: Premises) -> None:
    found = procedures.check(premises, OURS)
    assert found.new
    assert found.differences == (
        "received is called “Come in”, not “Received”.",
        "A reply of those run by volunteers: 25 working days instead of 20.",
        "A reply: the reminder to the champion 5 working days before the date is gone.",
    )
    assert in_force(premises) == "default-2026-3"


def test_new_cases_get_it_and_old_ones_keep_theirs_and_it_can_be_taken_back(premises: Premises) -> None:
    assert isinstance(premises.clock, HandClock)
    stage = scene(premises, premises.clock)
    before = stage.raised()
    taken = procedures.take_in(premises, OURS)
    assert (taken.new, taken.procedure.edition, taken.before) == (True, "northvale-2027", "default-2026-3")
    after = stage.raised()
    assert [stage.row(one.reference).procedure_edition for one in (before, after)] == [
        "default-2026-3",
        "northvale-2027",
    ]
    procedures.use(premises, "default-2026-3")
    assert in_force(premises) == "default-2026-3"
    assert procedures.take_in(premises, OURS).new is False
    assert in_force(premises) == "northvale-2027"


def test_what_the_software_brings_never_takes_the_place_of_the_office_s_own(premises: Premises) -> None:
    procedures.take_in(premises, OURS)
    library.ensure_shipped(premises)
    assert in_force(premises) == "northvale-2027"


def test_an_edition_s_name_is_never_given_to_another_procedure(premises: Premises) -> None:
    changed = SHIPPED.replace("limit = 2\n", "limit = 3\n")
    for door in (procedures.check, procedures.take_in):
        with pytest.raises(Refused, match=r"'default-2026-3' is held with other content.*name of its own"):
            door(premises, changed)
    assert in_force(premises) == "default-2026-3"


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("edition = \n", "is not TOML.*line 1"),
        (SHIPPED.replace("limit = 2\n", "limit = -2\n"), "number of working days from 0 to 260"),
        (SHIPPED.replace("[obligations.close]", "[obligations.shut]"), "'shut' is not known"),
        (
            'name = "\u202eHidden"\n' + SHIPPED.replace('name = "Default', 'nome = "Default'),
            "hidden characters",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(
    premises: Premises, document: str, sentence: str
) -> None:
    with pytest.raises((Refused, ProcedureRefused), match=sentence):
        procedures.take_in(premises, document)
    assert in_force(premises) == "default-2026-3"


def test_only_what_is_held_can_be_put_in_force(premises: Premises) -> None:
    with pytest.raises(Refused, match=r"There is no procedure edition 'mine'. Held: default-2026-3."):
        procedures.use(premises, "mine")
