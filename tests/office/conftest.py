"""The office at an ordinary desk: its send window is 8 to 18 on working days."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.post import post_room
from compact_cases.office.premises import open_premises
from compact_cases.records.case_summaries import CaseRow
from compact_cases.settings import Office, Settings
from tests.builders import local
from tests.office.staging import Scene, scene
from tests.sink import Sink


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    """The send window is that of an ordinary office: 8 to 18 on working days."""
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(replace(settings, office=Office()), pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


@pytest.fixture
def noticed(stage: Scene, smtp_sink: Sink) -> CaseRow:
    """A case put to the council on Monday 2 March 2026, its reply due on Monday 16 March; letters sent."""
    row = stage.raised()
    stage.at("2026-03-02 09:30").accept(row.reference)
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    return row
