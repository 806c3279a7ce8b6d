"""Workers that stand still in a sweep and in a send, while others work and officers act."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest
from sqlalchemy.exc import OperationalError

from compact_cases.clock import HandClock
from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room
from compact_cases.office.premises import open_premises
from compact_cases.records.engines import SERVING, Bounds
from compact_cases.settings import Settings
from tests.builders import local
from tests.faults.test_letters_and_steps import CHECKOUT, environment
from tests.faults.wreckage import looked_through
from tests.office.staging import Scene, scene
from tests.sink import Sink
from tests.waiting import wait_for

pytestmark = pytest.mark.faults
TIMES = range(3)
IMPATIENT = Bounds(lock=0.5, statement=5, idle=5)


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock, bounds=IMPATIENT)
    yield scene(premises, clock)
    premises.engine.dispose()


@contextmanager
def frozen(settings: Settings, what: str, point: str, at: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has stopped at a point; what it still wants to say is nobody's business."""
    words = [sys.executable, "-m", "tests.faults.frozen", what, point]
    worker = subprocess.Popen(words, env=environment(settings, at), cwd=CHECKOUT, stderr=subprocess.DEVNULL)
    try:
        seen = psutil.Process(worker.pid)
        wait_for(lambda: seen.status() == psutil.STATUS_STOPPED, f"a worker that stands still at {point}")
        yield worker
    finally:
        if worker.poll() is None:
            worker.kill()
        worker.wait(10)


@pytest.mark.parametrize("time_of_three", TIMES)
@pytest.mark.parametrize("point", ["MAIL", "DATA", "yes"])
def test_a_worker_frozen_in_a_send_holds_one_letter_and_only_for_a_while(
    stage: Scene, settings: Settings, smtp_sink: Sink, point: str, time_of_three: int
) -> None:
    rows = [stage.raised() for _ in range(4)]
    with frozen(settings, "post", point, "2026-02-23T10:00") as worker:
        assert post_room.send_waiting(stage.premises).sent == 11  # of twelve
        for row in rows:
            stage.accept(row.reference)
        assert reminders.sweep(stage.premises) == reminders.Swept()
        wait_for(lambda: not stage.query(HELD), "an end of the frozen worker's session")
        assert post_room.send_waiting(stage.premises).sent >= 8  # and that one, where it still stands
        os.kill(worker.pid, signal.SIGCONT)
        worker.wait(20)
    assert looked_through(stage.premises, smtp_sink).seconds <= 1  # the same message, where it was taken


HELD = """
SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
WHERE l.locktype = 'advisory' AND d.datname = current_database()
"""


@pytest.mark.parametrize("time_of_three", TIMES)
@pytest.mark.parametrize("point", ["INSERT INTO ledger", "INSERT INTO letters", "UPDATE case_summaries"])
def test_a_worker_frozen_in_a_sweep_keeps_nobody_waiting_for_good(
    stage: Scene, settings: Settings, smtp_sink: Sink, point: str, time_of_three: int
) -> None:
    rows = [stage.raised() for _ in range(3)]
    stage.at("2026-02-23 11:00")
    for row in rows:
        stage.accept(row.reference)
    late = stage.raised()
    post_room.send_waiting(stage.premises)
    stage.at("2026-03-02 09:00")
    with frozen(settings, "sweep", point, "2026-03-02T09:00") as worker:
        began = time.monotonic()
        with pytest.raises(OperationalError):
            stage.reply(rows[0])
        assert time.monotonic() - began < 3, "an act says soon that it has to wait"
        stage.raised()  # and nobody else waits at all
        wait_for(lambda: not stage.query(OPEN), "an end of the frozen worker's transaction")
        stage.reply(rows[0])
        assert reminders.sweep(stage.premises).cases == 3
        os.kill(worker.pid, signal.SIGCONT)
        worker.wait(20)
    assert worker.returncode != 0, "it finds its connection closed"
    post_room.send_waiting(stage.premises)
    assert late.reference in {str(one.subject).partition(":")[0] for one in smtp_sink.letters}
    assert looked_through(stage.premises, smtp_sink).seconds == 0


OPEN = """
SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND state = 'idle in transaction'
"""


def test_each_kind_of_process_has_its_bounds(settings: Settings) -> None:
    premises = open_premises(settings, pool=1)
    with premises.engine.connect() as conn:
        found = {
            name: conn.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
        }
    assert found == {
        "lock_timeout": f"{SERVING.lock:g}s",
        "statement_timeout": f"{SERVING.statement:g}s",
        "idle_in_transaction_session_timeout": f"{SERVING.idle:g}s",
    }
    premises.engine.dispose()
