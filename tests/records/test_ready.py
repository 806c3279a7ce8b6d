"""Statements that go in one go: their answers, and that the session is held to its bounds afterwards."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import DBAPIError

from compact_cases.office.premises import Premises, open_premises
from compact_cases.records.engines import Bounds
from compact_cases.records.ready import Ask, fetched_at_once
from compact_cases.settings import Settings

SLOWLY = "SELECT pg_sleep(0.02)"  # so that the answers are not there yet when all has been said


@pytest.fixture
def premises(settings: Settings) -> Iterator[Premises]:
    """With one connection, which may be idle in a transaction for a third of a second."""
    premises = open_premises(settings, pool=1, bounds=Bounds(lock=1, statement=5, idle=0.3))
    yield premises
    premises.engine.dispose()


@pytest.mark.parametrize("time_of_five", range(5))
def test_a_transaction_that_is_idle_after_them_ends_as_any_other(
    premises: Premises, time_of_five: int
) -> None:
    ended = pytest.raises(DBAPIError, match=r"idle-in-transaction|terminating|closed")
    with ended, premises.engine.begin() as conn:
        assert fetched_at_once(conn, [("SELECT 1", {}), (SLOWLY, {}), ("SELECT 2", {})])[2] == [(2,)]
        time.sleep(0.6)  # no kill is stood for: this is the idleness that the bound is about
        fetched_at_once(conn, [("SELECT 3", {})])


def test_a_failure_among_them_is_told_and_the_connection_goes_on(premises: Premises) -> None:
    wrong: list[Ask] = [("SELECT 1", {}), ("SELECT nothing_like_this", {}), ("SELECT 2", {})]
    with pytest.raises(DBAPIError, match="nothing_like_this"), premises.engine.begin() as conn:
        fetched_at_once(conn, wrong)
    with premises.engine.begin() as conn:  # the pool has one, so it is the same
        assert fetched_at_once(conn, [("SELECT 1", {}), ("SELECT 2", {})]) == [[(1,)], [(2,)]]
