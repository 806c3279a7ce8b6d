"""Nobody goes off a register in the instant in which a case names them: each waits for the other."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from compact_cases.office.casework.needs import folded, now_for
from compact_cases.office.registry import library, mediators, panel_register
from compact_cases.records import people
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.act import Need
from compact_cases.rules.acts import ACTS
from compact_cases.rules.seats import Seat
from tests.office.staging import Scene

NAMING = ("mediator", "panel-member")


def names_somebody(conn: Connection, stage: Scene, row: CaseRow, act: str) -> set[object]:
    """What the office reads under the lock of a case for whoever names a mediator, or a panel."""
    proposing = next(one for one in ACTS if one.name == act)
    rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
    case = folded(conn, row.case_id)
    registers = proposing.needs & {Need.MEDIATORS, Need.PANELLISTS}
    assert registers
    reading = replace(proposing, needs=registers)
    found = now_for(conn, reading, None, case, stage.clock.now(), rulebook, Seat.OFFICER)  # type: ignore[arg-type]
    return {*found.mediators, *found.panellists}


@pytest.mark.parametrize("act", NAMING)
def test_whoever_is_taken_off_waits_for_a_case_that_names_them_and_the_other_way_round(
    stage: Scene, act: str
) -> None:
    row = stage.raised()
    mo = mediators.add(stage.premises, "Mo", "mo@mediates.example").person_id
    pat = panel_register.add(stage.premises, name="Pat", email="pat@sits.example", sector="vcs")
    who = mo if act == "mediator" else pat
    with stage.premises.engine.begin() as first, stage.premises.engine.connect() as second:
        assert who in names_somebody(first, stage, row, act)
        second.execute(text("SET lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            people.hold(second, who)
        second.rollback()
    with stage.premises.engine.begin() as first, stage.premises.engine.connect() as second:
        people.hold(first, who)
        second.execute(text("SET lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            names_somebody(second, stage, row, act)
        second.rollback()
        people.end(first, who, stage.clock.now())
    with stage.premises.engine.begin() as conn:
        assert who not in names_somebody(conn, stage, row, act)
