"""The post as most of its tests find it: letters may go at all hours."""

from collections.abc import Iterator

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.premises import open_premises
from compact_cases.settings import Settings
from tests.builders import local
from tests.office.staging import Scene, scene


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()
