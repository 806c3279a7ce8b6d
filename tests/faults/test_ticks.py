"""Real Celery: a beat whose clock is wrong, ticks that nobody takes, a sweep while mail is slow."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from redis import Redis

from compact_cases.clock import HandClock, machine_seconds, write_clock_file
from compact_cases.office.premises import open_premises
from compact_cases.parts.redis import Redis as RedisPart
from compact_cases.settings import Settings
from tests.builders import local
from tests.faults.wreckage import looked_through
from tests.office.staging import Scene, scene
from tests.parts.running import COMMAND
from tests.serving import environment_of
from tests.sink import Sink, SinkThread
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.processes]
CHECKOUT = Path(__file__).parents[2]
WRONG_BEAT = (sys.executable, "-m", "tests.faults.wrong_clock_beat")
SWEEP_SECONDS = 10  # between two, in development


@pytest.fixture
def stage(settings: Settings, redis_url: str) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(replace(settings, redis_url=redis_url), pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


@contextmanager
def running(stage: Scene, *commands: tuple[str, ...]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    """The processes of these commands on the stage's database, at its time, until they are asked to end."""
    settings = stage.premises.settings
    now_it_is(stage)
    office = settings.data_dir / "office.toml"
    office.write_text("window_every_day = true\n")
    where = environment_of(settings, OFFICE=str(office))
    where["PYTHONPATH"] = os.pathsep.join((str(CHECKOUT), str(CHECKOUT / "src")))
    processes = [subprocess.Popen(words, env=where, cwd=CHECKOUT) for words in commands]
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def now_it_is(stage: Scene) -> None:
    write_clock_file(stage.premises.settings.data_dir, stage.clock.now())


WORKER, BEAT = (*COMMAND, "worker", "--threads", "4"), (*COMMAND, "beat")


@pytest.mark.parametrize("late", [5, 90, 7200])
def test_a_beat_whose_clock_is_behind_stops_no_letter(
    stage: Scene, smtp_sink: Sink, tmp_path: Path, late: int
) -> None:
    clock = tmp_path / "late"
    clock.write_text(str(late))
    stage.raised()
    with running(stage, WORKER, (*WRONG_BEAT, str(clock))):
        wait_for(lambda: len(smtp_sink.letters) == 3, "three letters", 20)
    assert looked_through(stage.premises, smtp_sink).seconds == 0


@pytest.mark.parametrize("time", range(3))
def test_a_beat_whose_clock_is_set_back_goes_on_ticking(
    stage: Scene, smtp_sink: Sink, tmp_path: Path, time: int
) -> None:
    """By an hour, as when somebody corrects it: it is not silent for that hour."""
    clock = tmp_path / "late"
    clock.write_text("0")
    stage.raised()
    with running(stage, WORKER, (*WRONG_BEAT, str(clock))):
        wait_for(lambda: len(smtp_sink.letters) == 3, "three letters", 20)
        clock.write_text("3600")
        stage.raised()
        wait_for(lambda: len(smtp_sink.letters) == 6, "three letters more", 20)
    assert looked_through(stage.premises, smtp_sink).seconds == 0


@pytest.mark.parametrize("time", range(3))
def test_ticks_that_nobody_takes_do_not_fill_redis(stage: Scene, smtp_sink: Sink, time: int) -> None:
    """Three beats, and no worker for a while: a handful wait. Then the work is done."""
    stage.raised()
    with running(stage, BEAT, BEAT, BEAT):
        url = str(stage.premises.settings.redis_url).replace("redis+socket", "unix")
        with Redis.from_url(url) as queues:
            wait_for(lambda: ticks_in(queues) >= 3, "a few ticks")
            began = machine_seconds()
            wait_for(lambda: machine_seconds() - began > 12, "eighteen more that could come")
            assert ticks_in(queues) <= 12
        with running(stage, WORKER):
            wait_for(lambda: len(smtp_sink.letters) >= 3, "three letters", 60)
    assert looked_through(stage.premises, smtp_sink).seconds == 0


def test_redis_killed_and_started_again_empty_goes_on(
    stage: Scene, smtp_sink: Sink, redis: RedisPart
) -> None:
    with running(stage, WORKER, BEAT):
        for number in (1, 2):
            stage.raised()
            wait_for(lambda: len(smtp_sink.letters) == 3 * number, "three letters more", 20)  # noqa: B023
            redis.stop()
            redis.start()
        stage.raised()
        wait_for(lambda: len(smtp_sink.letters) == 9, "three letters more", 30)
    assert looked_through(stage.premises, smtp_sink).seconds == 0


def ticks_in(queues: Redis) -> int:
    lists = [key for key in queues.scan_iter() if queues.type(key) == b"list"]
    return sum(queues.llen(key) for key in lists)


@dataclass
class SlowSink(Sink):
    """Each of its replies to MAIL, RCPT and DATA takes so long."""

    seconds: float = 2.0
    talks: int = 0

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.talks += 1
        await asyncio.sleep(self.seconds)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.seconds)
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def slow_sink() -> Iterator[SlowSink]:
    thread = SinkThread()
    thread.sink = sink = SlowSink()
    thread.start()
    yield sink
    thread.stop()


@pytest.mark.parametrize("threads", [2, 4, 6])
def test_a_sweep_is_in_time_while_mail_is_slow(stage: Scene, slow_sink: SlowSink, threads: int) -> None:
    """Every thread that carries letters is in a talk of six seconds a letter, with dozens to go."""
    premises = replace(stage.premises, settings=replace(stage.premises.settings, smtp_url=slow_sink.url))
    stage.premises = premises
    rows = [stage.raised() for _ in range(20)]
    stage.at("2026-03-02 09:30")
    for row in rows:
        stage.accept(row.reference)
    with running(stage, (*COMMAND, "worker", "--threads", str(threads)), BEAT):
        wait_for(lambda: slow_sink.talks >= 2 * threads, "letters on every thread that takes any", 40)
        stage.at("2026-03-16 09:00")  # the reply is due: reminders
        moved = machine_seconds()
        now_it_is(stage)
        wait_for(lambda: len(stage.query("SELECT 1 FROM ledger")) >= 20, "a sweep", SWEEP_SECONDS + 8)
        assert machine_seconds() - moved < SWEEP_SECONDS + 8
        assert slow_sink.talks < 90  # and mail was slow all the while
        slow_sink.seconds = 0
        left = "SELECT 1 FROM letters WHERE state = 'waiting' AND not_before <= :now"
        wait_for(lambda: not stage.query(left, now=stage.clock.now()), "an end of the letters", 90)
    assert looked_through(premises, slow_sink).seconds == 0


@pytest.mark.parametrize("time", range(3))
def test_a_worker_that_is_told_to_end_does_not_wait_for_a_slow_server(
    stage: Scene, slow_sink: SlowSink, time: int
) -> None:
    """Its letter goes at the next start; under the same Message-ID, where the server had it already."""
    stage.premises = replace(
        stage.premises, settings=replace(stage.premises.settings, smtp_url=slow_sink.url)
    )
    for _ in range(4):
        stage.raised()
    with running(stage, WORKER, BEAT) as (worker, _):
        wait_for(lambda: slow_sink.talks >= 4, "a letter on each thread", 40)
        began = machine_seconds()
        worker.terminate()
        worker.wait(12)
        assert machine_seconds() - began < 12  # five seconds are theirs
    slow_sink.seconds = 0
    with running(stage, WORKER, BEAT):
        wait_for(lambda: not stage.query("SELECT 1 FROM letters WHERE state = 'waiting'"), "an end", 60)
    assert looked_through(stage.premises, slow_sink).seconds <= 4
