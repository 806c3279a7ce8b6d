"""What a concern leaves behind when it comes in."""

from sqlalchemy import text

from compact_cases.office.premises import open_premises
from compact_cases.office.reception import receipts, reception
from compact_cases.rules.concern import Raiser
from tests.office.staging import Scene

RINGS = Raiser(name="Dell Choir", kind="community-group", person="Jo", phone="01452 426464")
PREPARED = "SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%INSERT INTO%'"


def test_a_concern_is_written_in_one_statement_that_psycopg_keeps(stage: Scene) -> None:
    """It keeps how it reads a statement of up to 4,096 characters, and reads a longer one anew each time."""
    premises = open_premises(stage.premises.settings, pool=1, clock=stage.clock)
    for number in range(7):  # PostgreSQL is asked to keep it, too, from the sixth time on
        call = receipts.call_of(premises, "member", str(number), b"{}")
        reception.raise_concern(premises, stage.concern(raiser=RINGS), call=call)
    with premises.engine.connect() as conn:
        [one] = conn.scalars(text(PREPARED))
    premises.engine.dispose()
    assert one.count("INSERT INTO") == 11
    assert len(one) < 4000  # where it says $1, psycopg reads %(rows0)s
