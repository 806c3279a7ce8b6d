"""What a concern leaves behind when it comes in."""

from typing import Any

import psycopg
import pytest

from compact_cases.office.reception import reception
from compact_cases.rules.concern import Raiser
from tests.office.staging import Scene

RINGS = Raiser(name="Dell Choir", kind="community-group", person="Jo", phone="01452 426464")


def test_a_concern_is_written_in_one_statement_that_psycopg_keeps(
    stage: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It keeps how it reads a statement of up to 4,096 characters, and reads a longer one anew each time."""
    inserts: list[str] = []
    execute = psycopg.Cursor.execute

    def asked(self: psycopg.Cursor[Any], query: Any, *more: Any, **others: Any) -> Any:
        inserts.extend([query] if "INSERT" in str(query) else [])
        return execute(self, query, *more, **others)

    monkeypatch.setattr(psycopg.Cursor, "execute", asked)
    concern = stage.concern(raiser=RINGS)
    reception.raise_concern(stage.premises, concern, idempotency=("key", bytes(32)))
    [one] = inserts
    assert one.count("INSERT INTO") == 10
    assert len(one) < 4096
