"""What the tests of pages and of the API begin with."""

from collections.abc import Iterator

import pytest

from compact_cases.settings import Settings
from tests.web.case_players import Players, set_the_table


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()
