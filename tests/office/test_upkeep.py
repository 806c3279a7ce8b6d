"""The office's upkeep: a new year's calendar, return codes and repeated calls forgotten in their time."""

from collections.abc import Iterator

import pytest

from compact_cases.clock import HandClock
from compact_cases.office import upkeep
from compact_cases.office.premises import open_premises
from compact_cases.office.reception import receipts, reception
from compact_cases.settings import Settings
from tests.builders import local
from tests.office.staging import Scene, scene


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-11-22 10:00"))
    premises = open_premises(settings, pool=2, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


def test_a_return_code_is_forgotten_after_a_day(stage: Scene) -> None:
    call = receipts.call_of(stage.premises, "member", "key", b"{}")
    receipt = reception.raise_concern(stage.premises, stage.concern(), call=call)
    upkeep.keep_house(stage.at("2026-11-23 09:59").premises)
    held = "SELECT return_code_sealed IS NOT NULL, (SELECT count(*) FROM idempotent_answers) FROM concerns"
    assert stage.query(held) == [(True, 1)]
    upkeep.keep_house(stage.at("2026-11-23 10:01").premises)
    assert stage.query(held) == [(False, 0)]
    again = receipts.receipt(stage.premises, receipt.secret)
    assert again is not None
    assert again.return_code is None


def test_a_new_year_has_its_calendar_and_old_cases_keep_theirs(stage: Scene) -> None:
    row = stage.raised()
    upkeep.keep_house(stage.at("2027-01-04 09:00").premises)
    later = stage.raised()
    assert stage.row(row.reference).calendar_edition == row.calendar_edition
    assert later.calendar_edition != row.calendar_edition
