"""A case in mediation, its room empty."""

import pytest

from tests.web.case_players import Players
from tests.web.room.mediating import Mediated, in_mediation


@pytest.fixture
def mediation(players: Players) -> Mediated:
    return in_mediation(players)
