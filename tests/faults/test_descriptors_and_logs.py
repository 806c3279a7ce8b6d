"""A web process that holds more than 1,023 descriptors, and one whose log cannot be written."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from compact_cases.settings import Settings
from tests.serving import Line, served
from tests.waiting import wait_for

pytestmark = [pytest.mark.faults, pytest.mark.processes]

FULL = Path("/dev/full")  # every write to it ends with ENOSPC, as on a disk without room
MORE_THAN_SELECT_KNOWS = 1100
ROOM = 4000
PATHS = [("/", 200), ("/codes", 200), ("/no-such-page", 404), ("/cases", 303), ("/api/codes", 200)]


@contextmanager
def many_descriptors() -> Iterator[None]:
    """This process, and what it starts, may hold as many as the test needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, ROOM), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("time", range(3))
def test_more_descriptors_than_select_knows(settings: Settings, time: int) -> None:
    with many_descriptors(), served(settings) as web:
        for _ in range(MORE_THAN_SELECT_KNOWS):
            web.line()
        held = Path(f"/proc/{web.process.pid}/fd")
        wait_for(lambda: len(list(held.iterdir())) > MORE_THAN_SELECT_KNOWS, "as many lines as we opened")
        line = web.line()
        for _ in range(3):  # connections to PostgreSQL are new, then taken again from the pool
            for path, status in PATHS:
                assert line.ask("GET", path).status == status, path
        assert line.ask("GET", "/health/ready").text == "ready\n"


@pytest.mark.parametrize("time", range(3))
def test_a_full_disk_under_the_log_fails_no_request(settings: Settings, time: int) -> None:
    with served(settings, log=FULL) as web:
        line = web.line()
        for path, status in PATHS * 3:
            answer = line.ask("GET", path)
            assert answer.status == status, path
            assert answer.headers["x-content-type-options"] == "nosniff"
        assert line.ask("HEAD", "/codes").status == 200
        assert line.ask("GET", "/health/ready").text == "ready\n"


def test_a_fault_that_cannot_be_logged_is_still_told_in_a_sentence(settings: Settings) -> None:
    nowhere = replace(settings, database_url="postgresql://nobody@127.0.0.1:1/none")
    with served(nowhere, log=FULL) as web:
        line = web.line()
        for _ in range(2):
            answer = line.ask("GET", "/codes")
            assert (answer.status, answer.headers["retry-after"]) == (503, "60")
            assert "<h1>" in answer.text
        assert line.ask("GET", "/api/codes").headers["content-type"] == "application/problem+json"


def test_when_there_is_room_again_the_log_says_how_much_is_missing(settings: Settings) -> None:
    with served(settings) as web:
        resource.prlimit(web.process.pid, resource.RLIMIT_FSIZE, (web.log.stat().st_size + 1000,) * 2)
        line = web.line()
        for _ in range(20):
            assert line.ask("GET", "/codes").status == 200
        os.truncate(web.log, 0)
        assert line.ask("GET", "/codes").status == 200
        said = wait_for(lambda: web.logged("/codes") and web.said(), "a line of the log")
        assert '"event":"lines that could not be written"' in str(said)
        assert 10 < int(str(said).partition('"lines":')[2].partition("}")[0].partition(",")[0]) < 20


def test_a_log_that_nobody_reads_holds_nobody_up(settings: Settings, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with served(settings, log=pipe) as web:
            line = web.line()
            for _ in range(600):  # at 170 bytes a line; the pipe has room for 64 kB
                assert line.ask("GET", "/health/live").status == 200
            assert web.line().ask("GET", "/codes").status == 200
    finally:
        os.close(reader)


def test_garbage_is_logged_in_our_own_way(settings: Settings) -> None:
    with served(settings) as web:
        line: Line = web.line().send(b"\x16\x03\x01\x02\x00\r\n\r\n")
        assert line.answer().status == 400
        said = wait_for(lambda: "Invalid HTTP request" in web.said() and web.said(), "a line of the log")
        assert all(one.startswith("{") for one in str(said).splitlines())
