"""Every night the record is gone through in slices; the place is kept, and what is off becomes a task."""

import pytest
from sqlalchemy import event, text

from compact_cases.office.premises import open_premises
from compact_cases.office.proof import night, verification
from compact_cases.office.proof.findings import Checked
from compact_cases.office.proof.verification import Place
from compact_cases.records.snapshots import snapshot
from tests.office.proof.conftest import head_of
from tests.office.proof.tampering import World, by_superuser, sql
from tests.office.staging import Scene

AT_NIGHT = "2026-03-03 02:00"


@pytest.fixture
def statements(stage: Scene) -> list[str]:
    said: list[str] = []

    def hear(conn: object, cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(stage.premises.engine, "before_cursor_execute", hear)
    return said


def short(stage: Scene) -> Checked | None:
    """A slice as short as can be, of a record that takes many steps."""
    return night.watch(stage.premises, seconds=0, at_once=1)


def slices(stage: Scene) -> list[Checked]:
    """One after another, until nothing is left to do."""
    found: list[Checked] = []
    while (one := short(stage)) is not None:
        found.append(one)
        assert len(found) < 100, "it never came to an end"
    return found


def test_it_goes_through_all_of_it_slice_by_slice_and_then_rests_till_the_next_night(stage: Scene) -> None:
    for _ in range(5):
        stage.raised()
    head = head_of(stage, "2026-03-02 18:00", post=False)
    found = slices(stage.at(AT_NIGHT))
    assert len(found) > 5
    whole = verification.verify(stage.premises)
    together = Checked()
    for one in found:
        together = together.plus(one)
    assert together == whole
    assert (whole.cases, whole.heads, whole.covered, whole.faults) == (5, 1, head.entries, ())
    assert night.watch(stage.at("2026-03-03 03:00").premises) is None
    assert night.watch(stage.at("2026-03-04 02:00").premises) is not None


def test_a_night_that_was_too_short_goes_on_in_the_next(stage: Scene) -> None:
    for _ in range(5):
        stage.raised()
    head_of(stage, "2026-03-02 18:00", post=False)
    first = [short(stage.at(AT_NIGHT)) for _ in range(3)]
    rest = slices(stage.at("2026-03-04 02:00"))
    assert sum(one.cases for one in first + rest if one) == 5
    assert stage.query("SELECT night::text, cases, faults, done FROM night_check") == [
        ("2026-03-04", 5, 0, True)
    ]


def test_each_slice_is_one_snapshot_in_which_nothing_can_be_written(
    stage: Scene, statements: list[str]
) -> None:
    for _ in range(3):
        stage.raised()
    head_of(stage, "2026-03-02 18:00", post=False)
    statements.clear()
    place = Place()
    while not place.is_done:
        place, found = verification.look(stage.premises, place, seconds=0, at_once=1)
        assert found.faults == ()
    asked = [one for one in statements if not one.startswith(("SELECT", "SET LOCAL statement_timeout"))]
    assert asked == []
    with snapshot(stage.premises.engine) as conn:
        assert conn.scalar(text("SHOW transaction_isolation")) == "repeatable read"
        assert conn.scalar(text("SHOW transaction_read_only")) == "on"


def test_what_is_off_is_one_task_a_night(stage: Scene) -> None:
    row, other = stage.raised(), stage.raised()
    tampering = sql(
        "UPDATE case_events SET actor = gen_random_uuid() WHERE case_id IN (:first, :other) AND position = 2"
    )
    by_superuser(stage, World(row.case_id, other.case_id, row.case_id, row.case_id), tampering)
    slices(stage.at(AT_NIGHT))
    assert stage.query("SELECT sentence FROM tasks WHERE kind = 'proof'") == [
        (
            f"The nightly check found something off. {row.reference}: The chain breaks at event 2: the log "
            "was changed. compact-cases verify names all of it.",
        )
    ]
    assert stage.query("SELECT faults FROM night_check") == [(2,)]


def test_of_two_slices_at_once_one_has_looked_in_vain(stage: Scene) -> None:
    stage.raised()
    theirs = open_premises(stage.premises.settings, pool=2, clock=stage.at(AT_NIGHT).clock)
    done: list[int] = []

    def overtake(conn: object, cursor: object, statement: str, *_: object) -> None:
        if "FROM heads" in statement and not done:
            done.append(len(slices(stage)))

    event.listen(theirs.engine, "before_cursor_execute", overtake)
    assert night.watch(theirs, seconds=0, at_once=1) is not None
    assert done
    assert stage.query("SELECT cases, done FROM night_check") == [(1, True)]
    theirs.engine.dispose()
