"""Workers killed at every statement, two at once, Redis emptied, mail servers that refuse, hang and vanish.

Each test ends with ``looked_through``: nothing lost, one ledger row a step, one message a letter, or a
second copy with the same Message-ID where the process died between the server's yes and the commit.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from compact_cases.clock import HandClock, write_clock_file
from compact_cases.office.accounts import party_access
from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room
from compact_cases.office.post.post_room import Posted
from compact_cases.office.premises import open_premises
from compact_cases.parts.redis import Redis
from compact_cases.records.case_summaries import CaseRow
from compact_cases.settings import Settings
from tests.builders import local
from tests.faults.wreckage import Wreckage, looked_through
from tests.office.staging import Scene, scene
from tests.parts.running import COMMAND, bare_environment
from tests.sink import Sink, SinkThread

pytestmark = pytest.mark.faults
CHECKOUT = Path(__file__).parents[2]
LATER = "2026-03-24T09:00"  # the reply was due on 16 March: reminders, nudge, escalation, effect are due


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


def put_to_the_council(stage: Scene, cases: int = 1) -> list[CaseRow]:
    rows = [stage.raised() for _ in range(cases)]
    stage.at("2026-03-02 09:30")
    for row in rows:
        stage.accept(row.reference)
    return rows


def environment(settings: Settings, at: str, **more: str) -> dict[str, str]:
    return {
        **bare_environment(
            DATABASE_URL=settings.database_url or "",
            SMTP_URL=settings.smtp_url or "",
            ENVIRONMENT="development",
            DATA_DIR=str(settings.data_dir),
            OFFICE=str(office_file(settings)),
            **more,
        ),
        "AT": at,
        "PYTHONPATH": f"{CHECKOUT}{os.pathsep}{CHECKOUT / 'src'}",
    }


def office_file(settings: Settings) -> Path:
    file = settings.data_dir / "office.toml"
    file.write_text("window_every_day = true\n")
    return file


def doomed(settings: Settings, what: str, at: str) -> int:
    """Run passes that die at one point after another until one lives; how many died."""
    words = [sys.executable, "-m", "tests.faults.doomed", what]
    done = subprocess.run(
        words, env=environment(settings, at), cwd=CHECKOUT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_a_sweep_killed_at_each_statement_loses_nothing_and_does_nothing_twice(
    stage: Scene, settings: Settings, smtp_sink: Sink
) -> None:
    put_to_the_council(stage)
    stage.at("2026-03-24 09:00")
    assert doomed(settings, "sweep", LATER) > 25
    post_room.send_waiting(stage.premises)
    assert looked_through(stage.premises, smtp_sink).seconds == 0
    outcomes = stage.query("SELECT outcome, count(*) FROM ledger GROUP BY 1 ORDER BY 1")
    assert [tuple(one) for one in outcomes] == [("effect", 1), ("superseded", 6)]  # type: ignore[arg-type]


def test_a_post_round_killed_at_each_point_sends_at_worst_a_second_copy_of_the_same_message(
    stage: Scene, settings: Settings, smtp_sink: Sink
) -> None:
    put_to_the_council(stage, cases=6)
    stage.at("2026-03-02 09:31")
    kills = doomed(settings, "post", "2026-03-02T09:31")
    assert kills > 25
    found = looked_through(stage.premises, smtp_sink)
    assert found.letters == 6 * 2
    assert 1 <= found.seconds < kills / 2  # only a death between the server's yes and the commit
    links_of_both_copies_are_one_and_open_the_case(stage, smtp_sink)


def links_of_both_copies_are_one_and_open_the_case(stage: Scene, smtp_sink: Sink) -> None:
    twice = Counter(one.message_id for one in smtp_sink.letters)
    copies = [one for one in smtp_sink.letters if twice[one.message_id] > 1]
    assert len({one.body("plain") for one in copies}) == len({one.message_id for one in copies})
    tokens = {word for one in copies for word in str(one.body("plain")).split() if "/links/" in word}
    for token in tokens:
        found = party_access.find_link(stage.premises, token.rpartition("/")[2])
        assert found is not None
        assert found.usable


def test_two_workers_at_once_share_the_work(stage: Scene, settings: Settings, smtp_sink: Sink) -> None:
    put_to_the_council(stage, cases=12)
    stage.at("2026-03-20 09:00")
    both = [replace(stage.premises, engine=open_premises(settings, pool=2).engine) for _ in range(2)]
    swept: list[reminders.Swept] = []
    posted: list[Posted] = []

    def work(premises: object) -> None:
        swept.append(reminders.sweep(premises))  # type: ignore[arg-type]
        posted.append(post_room.send_waiting(premises))  # type: ignore[arg-type]

    threads = [threading.Thread(target=work, args=(premises,)) for premises in both for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(one.cases for one in swept) == 12
    assert (
        sum(one.sent for one in posted) == 12 * 2 + 12 * 2
    )  # and what was for before it was accepted is withdrawn
    assert looked_through(stage.premises, smtp_sink) == Wreckage(letters=48, seconds=0)
    for premises in both:
        premises.engine.dispose()


def test_every_pass_run_twice_does_nothing_the_second_time(stage: Scene, smtp_sink: Sink) -> None:
    put_to_the_council(stage, cases=2)
    for day in ("2026-03-09", "2026-03-12", "2026-03-16", "2026-03-17", "2026-03-19", "2026-03-23"):
        stage.at(f"{day} 09:00")
        reminders.sweep(stage.premises)
        assert reminders.sweep(stage.premises) == reminders.Swept()
        post_room.send_waiting(stage.premises)
        assert post_room.send_waiting(stage.premises) == Posted()
    assert looked_through(stage.premises, smtp_sink).seconds == 0


def test_smtp_down_then_up(stage: Scene, settings: Settings) -> None:
    put_to_the_council(stage)
    server = SinkThread()
    sink = server.start()
    premises = replace(stage.premises, settings=replace(settings, smtp_url=sink.url))
    server.stop()
    assert post_room.send_waiting(premises) == Posted(
        deferred=1, withdrawn=3
    )  # one is tried, the others wait
    server.start()
    stage.clock.pass_time(timedelta(minutes=1))
    assert post_room.send_waiting(premises) == Posted(sent=2)
    assert looked_through(premises, sink) == Wreckage(letters=2, seconds=0)
    server.stop()


def test_a_kept_connection_that_died_overnight_is_opened_anew(stage: Scene, settings: Settings) -> None:
    server = SinkThread()
    sink = server.start()
    premises = replace(stage.premises, settings=replace(settings, smtp_url=sink.url))
    stage.raised()
    assert post_room.send_waiting(premises).sent == 3
    server.stop()
    server.start()
    stage.raised()
    for _ in range(3):
        post_room.send_waiting(premises)
        stage.clock.pass_time(timedelta(minutes=5))
    assert looked_through(premises, sink) == Wreckage(letters=6, seconds=0)
    server.stop()


@pytest.mark.parametrize("where", ["RCPT", "DATA"])
def test_greylisting_then_taking(stage: Scene, smtp_sink: Sink, where: str) -> None:
    put_to_the_council(stage)
    smtp_sink.answers[where] = "451 4.7.1 Please try again later"
    assert post_room.send_waiting(stage.premises).deferred == 2
    smtp_sink.answers.clear()
    stage.clock.pass_time(timedelta(minutes=1))
    assert post_room.send_waiting(stage.premises) == Posted(sent=2)
    assert looked_through(stage.premises, smtp_sink) == Wreckage(letters=2, seconds=0)


def test_a_refused_address_is_the_officers_task_and_stops_nobody_else(stage: Scene, smtp_sink: Sink) -> None:
    put_to_the_council(stage)
    smtp_sink.answers["champion@northvale.example"] = "550 5.1.1 No such user"
    assert post_room.send_waiting(stage.premises) == Posted(failed=1, sent=3, withdrawn=3)
    stage.at("2026-03-09 09:00")  # the reminder finds no address: a task, no letter into the void
    assert reminders.sweep(stage.premises).skipped == {"no-contact": 1}
    assert looked_through(stage.premises, smtp_sink) == Wreckage(letters=3, seconds=0)
    kinds = stage.query("SELECT kind FROM tasks ORDER BY kind")
    assert [one[0] for one in kinds] == ["no-contact", "undeliverable"]  # type: ignore[index]


class Rude(threading.Thread):
    """An SMTP server that stops talking at a word: it hangs, or hangs up, after reading it."""

    def __init__(self, word: bytes, *, hangs: bool) -> None:
        super().__init__(daemon=True)
        self.word, self.hangs = word, hangs
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.held: list[socket.socket] = []

    def run(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.held.append(client)
            try:
                self.talk(client)
            except OSError:
                continue

    def talk(self, client: socket.socket) -> None:
        client.sendall(b"220 rude.example\r\n")
        for line in client.makefile("rb"):
            if line.upper().startswith(self.word):
                if self.word == b"DATA" and not self.hangs:
                    client.sendall(b"354 go on\r\n")
                    client.recv(100)  # a part of the letter, then nothing
                if not self.hangs:
                    client.shutdown(socket.SHUT_RDWR)
                return
            client.sendall(b"250 rude.example\r\n")

    def end(self) -> None:
        self.listener.close()
        for client in self.held:
            client.close()


@pytest.mark.parametrize("word", [b"EHLO", b"MAIL", b"RCPT", b"DATA"])
@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "hangs up"])
def test_a_server_that_stops_talking_holds_nothing_up_for_good(
    stage: Scene,
    settings: Settings,
    smtp_sink: Sink,
    word: bytes,
    hangs: bool,
) -> None:
    stage.raised()
    rude = Rude(word, hangs=hangs)
    rude.start()
    premises = replace(stage.premises, settings=replace(settings, smtp_url=f"{rude.url}?timeout=0.3"))
    began = time.monotonic()
    posted = post_room.send_waiting(premises)
    assert time.monotonic() - began < 5
    assert (posted.sent, posted.failed) == (0, 0)
    assert posted.deferred >= 1
    rude.end()
    stage.clock.pass_time(timedelta(minutes=5))
    assert post_room.send_waiting(stage.premises) == Posted(sent=3)
    assert looked_through(stage.premises, smtp_sink) == Wreckage(letters=3, seconds=0)


def test_three_days_without_a_worker(stage: Scene, smtp_sink: Sink) -> None:
    rows = put_to_the_council(stage, cases=3)
    stage.at("2026-03-16 09:00")
    reminders.sweep(stage.premises)
    post_room.send_waiting(stage.premises)
    stage.at("2026-03-19 09:00")
    swept = reminders.sweep(stage.premises)
    assert (swept.escalations, swept.superseded) == (3, 3)  # the nudges of the 17th are overtaken
    post_room.send_waiting(stage.premises)
    assert len(smtp_sink.to("senior-lead@northvale.example")) == len(rows)
    assert looked_through(stage.premises, smtp_sink).seconds == 0


@pytest.mark.processes
def test_a_worker_process_killed_and_redis_emptied_between_two_ticks(
    stage: Scene, settings: Settings, smtp_sink: Sink, redis: Redis, redis_url: str
) -> None:
    """Real Celery: a worker is killed -9 in its work, Redis loses everything, another worker starts."""
    put_to_the_council(stage, cases=30)
    stage.at("2026-03-20 09:00")
    write_clock_file(settings.data_dir, stage.clock.now())
    where = environment(settings, LATER, REDIS_URL=redis_url)
    beat = subprocess.Popen([*COMMAND, "beat"], env=where, cwd=CHECKOUT)
    first = subprocess.Popen([*COMMAND, "worker", "--threads", "2"], env=where, cwd=CHECKOUT)
    second: subprocess.Popen[bytes] | None = None
    try:
        _until(lambda: len(smtp_sink.letters) >= 5, 30)
        first.kill()
        first.wait(10)
        redis.flush()
        second = subprocess.Popen([*COMMAND, "worker", "--threads", "2"], env=where, cwd=CHECKOUT)
        left = (
            "SELECT 1 FROM letters WHERE state = 'waiting'"
            " UNION ALL SELECT 1 FROM case_summaries WHERE next_tick <= :at"
        )
        _until(lambda: not stage.query(left, at=stage.clock.now()), 60)
    finally:
        for process in (beat, first, second):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(30)
    assert looked_through(stage.premises, smtp_sink).seconds <= 2  # one a thread that was killed


def _until(true: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "this took too long"
        time.sleep(0.1)
