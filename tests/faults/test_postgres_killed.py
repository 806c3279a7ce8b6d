"""PostgreSQL killed in the middle of sweeping and sending, with all its processes, and started again."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from compact_cases.clock import HandClock
from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room
from compact_cases.office.premises import Premises, open_premises
from compact_cases.parts.postgres import Postgres
from compact_cases.settings import Settings
from tests.builders import local
from tests.conftest import OFFICE
from tests.faults.conftest import kill
from tests.faults.wreckage import looked_through
from tests.office.staging import Scene, scene
from tests.sink import Sink
from tests.waiting import wait_for

pytestmark = pytest.mark.faults
CASES, WORKERS = 25, 2


@pytest.fixture
def stage(mortal: Postgres, smtp_sink: Sink, tmp_path: Path) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    settings = Settings(
        environment="development",
        database_url=mortal.url(),
        smtp_url=smtp_sink.url,
        data_dir=tmp_path,
        office=OFFICE,
    )
    premises = open_premises(settings, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


@contextmanager
def working(premises: Premises) -> Iterator[list[int]]:
    """Workers that sweep and send at every tick; a tick that loses the database is over, as with Celery."""
    over, cut_off = threading.Event(), []

    def ticks() -> None:
        while not over.is_set():
            try:
                reminders.sweep(premises)
                post_room.send_waiting(premises)
            except OperationalError:
                cut_off.append(1)
            time.sleep(0.02)

    threads = [threading.Thread(target=ticks) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    try:
        yield cut_off
    finally:
        over.set()
        for thread in threads:
            thread.join(60)


def test_postgres_killed_while_workers_sweep_and_send(
    stage: Scene, mortal: Postgres, smtp_sink: Sink
) -> None:
    rows = [stage.raised() for _ in range(CASES)]
    stage.at("2026-03-02 09:30")
    for row in rows:
        stage.accept(row.reference)
    stage.at("2026-03-20 09:00")  # all reminders, the nudge and the escalation are due
    with working(stage.premises) as cut_off:
        kills = 0
        for letters in (1, 25, 55, 85):
            wait_for(lambda: len(smtp_sink.letters) >= letters, f"{letters} letters")  # noqa: B023
            before = len(cut_off)
            kill(mortal)
            kills += 1
            wait_for(lambda: len(cut_off) > before, "a worker that was cut off")  # noqa: B023
            mortal.start()
        wait_for(lambda: not stage.query(LEFT, at=stage.clock.now()), "an end of the work", 60)
    found = looked_through(stage.premises, smtp_sink)
    assert found.letters == CASES * 4  # that it goes on, the notice, the latest reminder, the escalation
    assert found.seconds <= kills * WORKERS  # each had one letter in its hands when it was cut off
    escalations = stage.query("SELECT count(*) FROM ledger WHERE step = '+3-escalation-senior-lead'")
    assert [tuple(one) for one in escalations] == [(CASES * 2,)]  # type: ignore[arg-type]


LEFT = (
    "SELECT 1 FROM letters WHERE state = 'waiting'"
    " UNION ALL SELECT 1 FROM case_summaries WHERE next_tick <= :at"
)
