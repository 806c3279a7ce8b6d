"""``verify`` on a service that is busy and healthy: whatever is written meanwhile, nobody is accused."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from compact_cases.office.casework import integrity
from compact_cases.office.premises import Premises, open_premises
from compact_cases.office.proof import heads
from compact_cases.settings import Settings
from tests.office.staging import Scene
from tests.waiting import wait_for

WRITES = 40  # and no more, or a look that asks a statement a case would never end


@contextmanager
def busy_between_statements(stage: Scene) -> Iterator[Premises]:
    """Premises of their own for ``verify``; before each of its statements somebody else's work commits."""
    theirs = open_premises(stage.premises.settings, pool=4, clock=stage.clock)
    done: list[str] = []

    def work(*_: object) -> None:
        if len(done) < WRITES:
            done.append(stage.raised().reference)
            stage.accept(done[-2] if len(done) > 1 else "GC-2026-0001")

    event.listen(theirs.engine, "before_cursor_execute", work)
    yield theirs
    assert done, "nothing was written while it looked"
    theirs.engine.dispose()


@pytest.mark.parametrize("run", [1, 2, 3])
def test_what_commits_between_any_two_of_its_statements_is_no_fault(stage: Scene, run: int) -> None:
    stage.at("2026-03-02 09:30")
    for _ in range(5):
        stage.raised()
    with busy_between_statements(stage) as theirs:
        assert integrity.verify(theirs).faults == ()
    assert integrity.verify(stage.premises).faults == ()


@pytest.mark.faults
@pytest.mark.parametrize("run", [1, 2, 3])
def test_writers_at_work_all_the_while_are_no_fault(stage: Scene, settings: Settings, run: int) -> None:
    stage.at("2026-03-02 09:30")
    enough, raised = threading.Event(), []

    def write() -> None:
        mine = replace(stage, premises=open_premises(settings, pool=2, clock=stage.clock))
        while not enough.is_set():
            row = mine.raised()
            mine.accept(row.reference)
            raised.append(row.reference)
        mine.premises.engine.dispose()

    writers = [threading.Thread(target=write) for _ in range(2)]
    for one in writers:
        one.start()
    try:
        for some in (10, 40, 80):
            wait_for(lambda some=some: len(raised) >= some, f"{some} cases")  # type: ignore[misc]
            stage.clock.pass_time(timedelta(days=1))
            assert heads.keep_day(stage.premises)
            assert integrity.verify(stage.premises).faults == ()
    finally:
        enough.set()
        for one in writers:
            one.join()
    checked = integrity.verify(stage.premises)
    assert (checked.cases, checked.faults) == (len(raised), ())
    assert checked.heads == 3
