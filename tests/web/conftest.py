"""What the tests of pages and of the API begin with."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.settings import Settings
from tests.desk import Desk, give_back, open_desk
from tests.web.case_players import Players, set_the_table


@pytest.fixture(autouse=True)
def applications_are_given_back() -> Iterator[None]:
    yield
    give_back()


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """The service with nothing in it yet."""
    desk = open_desk(settings)
    yield desk
    desk.premises.engine.dispose()


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient[Litestar]]:
    """Somebody at its door."""
    with desk.browser() as browser:
        yield browser
