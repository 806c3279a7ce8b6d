"""The whole service on one machine: it starts, answers, ends without a trace and loses nothing."""

import json
import os
import pwd
import shutil
import signal
import smtplib
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import psutil
import psycopg
import pytest

from compact_cases.parts.data_folder import prepare
from compact_cases.parts.postgres import Postgres
from compact_cases.parts.runner import AsNobody, InNamespace, PartRefused, passes
from tests.parts.running import Up, bare_environment, run, wait_until
from tests.sink import Sink

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One data folder for the tests that start and end; only the first pays for making its database."""
    folder = Path(tempfile.mkdtemp(prefix="compact-cases-up-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    """One running service for the tests that only look at it."""
    folder = Path(tempfile.mkdtemp(prefix="compact-cases-up-"))
    running = Up(folder)
    yield running
    running.end()
    shutil.rmtree(folder, ignore_errors=True)


def keep_a_row(up: Up, word: str) -> None:
    with psycopg.connect(up.places["database"]) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text PRIMARY KEY)")
        connection.execute("INSERT INTO kept VALUES (%s)", [word])


def kept_rows(up: Up) -> set[str]:
    with psycopg.connect(up.places["database"]) as connection:
        return {row[0] for row in connection.execute("SELECT word FROM kept")}


def test_it_starts_answers_and_says_where_everything_is(up: Up) -> None:
    assert set(up.places) == {"web", "mail", "smtp", "database", "redis", "data", "sign_in"}
    assert up.get("/health/ready")
    assert json.loads(
        asked(up.places["mail"].removeprefix("http://"), "/letters.json").partition("\r\n\r\n")[2]
    )
    logs = Path(up.places["data"]) / "logs"
    assert [path.name for path in logs.iterdir() if "Traceback" in path.read_text()] == []


def test_it_is_small_and_ready_after_little_work(up: Up) -> None:
    """300 MB. The five seconds to ready are measured by the bench, alone on its machine; here, the work."""
    family = [psutil.Process(up.process.pid), *up.children]
    work = sum(process.cpu_times().user + process.cpu_times().system for process in family)
    weight = sum(process.memory_full_info().pss for process in family) / 2**20
    assert work < 15
    assert weight < 300


def test_however_it_ends_no_process_stays_and_no_row_is_lost(data: Path) -> None:
    kept: set[str] = set()
    for how in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        up = Up(data)
        keep_a_row(up, how.name)
        kept.add(how.name)
        assert kept_rows(up) == kept
        assert up.end(how) == (-9 if how == signal.SIGKILL else 0)
        assert up.left_behind() == []
    again = Up(data)
    try:
        assert kept_rows(again) == kept
    finally:
        again.end()


def test_a_second_up_on_the_folder_is_refused_with_a_sentence(up: Up) -> None:
    second = run("up", "--json", "--port", "0", "--data", up.places["data"])
    assert second.returncode == 1
    assert second.stdout == ""
    assert f"compact-cases runs there and answers at {up.places['web']}" in second.stderr
    assert second.stderr.count("\n") == 1
    assert up.get("/health/ready")


def test_the_same_command_again_says_where_it_answers_and_not_that_its_port_is_taken(up: Up) -> None:
    port = up.places["web"].rpartition(":")[2]
    second = run("up", "--port", port, "--data", up.places["data"])
    assert (second.returncode, second.stdout) == (1, "")
    assert f"answers at {up.places['web']}" in second.stderr
    assert "taken" not in second.stderr


def test_a_taken_port_is_refused_with_a_sentence(up: Up, tmp_path: Path) -> None:
    port = up.places["web"].rpartition(":")[2]
    second = run("up", "--port", port, "--data", str(tmp_path / "data"))
    assert (second.returncode, second.stdout) == (1, "")
    assert f"Port {port} of this machine is taken" in second.stderr


def test_what_is_killed_is_started_again(tmp_path: Path) -> None:
    up = Up(tmp_path / "data")
    keep_a_row(up, "kills")
    for child in up.children:
        child.kill()

    def runs_again() -> bool:
        try:
            answered = bool(up.get("/health/ready"))
        except OSError:
            return False
        names = [" ".join(it.cmdline()) for it in psutil.Process(up.process.pid).children()]
        return answered and len(names) == 5

    wait_until(runs_again, 20)
    assert "kills" in kept_rows(up)
    up.children += psutil.Process(up.process.pid).children(recursive=True)
    assert up.end() == 0
    assert up.left_behind() == []


def test_given_servers_are_used_instead_of_the_embedded_ones(
    tmp_path: Path, database_url: str, redis_url: str, smtp_sink: Sink
) -> None:
    up = Up(tmp_path / "data", DATABASE_URL=database_url, REDIS_URL=redis_url, SMTP_URL=smtp_sink.url)
    try:
        assert (up.places["database"], up.places["redis"]) == (database_url, redis_url)
        assert up.places["smtp"] == smtp_sink.url
        assert not up.places["mail"]
        names = " ".join(" ".join(child.cmdline()) for child in up.children)
        assert "postgres" not in names
        assert "valkey" not in names
    finally:
        assert up.end() == 0


def test_a_lone_command_joins_the_running_service(up: Up) -> None:
    environment = bare_environment(DATA_DIR=up.places["data"])
    assert run("clock", "set", "2026-03-02T09:30", environment=environment).returncode == 0
    shown = run("clock", "show", environment=environment)
    assert shown.stdout.startswith("2026-03-02T09:30")
    doctor = run("doctor", environment=environment)
    assert "good  Database: PostgreSQL 18" in doctor.stdout


def test_a_lone_command_brings_its_own_database_and_takes_it_away(data: Path) -> None:
    done = run("migrate", environment=bare_environment(DATA_DIR=str(data)))
    assert (done.returncode, done.stderr) == (0, "")
    assert not (data / "postgres" / "postmaster.pid").exists()


def test_data_of_a_version_before_the_first_release_is_left_as_it_is(tmp_path: Path) -> None:
    data = tmp_path / "data"
    up = Up(data)
    keep_a_row(up, "old")
    with psycopg.connect(up.places["database"]) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '2026_11_22_09'")
        before = all_columns(connection)
    up.end()
    (data / "clock.json").write_text('{"instant": "2026-03-02T09:30:00+00:00"}')
    files = files_of(data)
    for command in (["up", "--json", "--port", "0", "--data", str(data)], ["migrate"]):
        done = run(*command, environment=bare_environment(DATA_DIR=str(data)))
        assert (done.returncode, done.stdout) == (1, "")
        assert "made by an earlier version, before the first release, and nothing in it" in done.stderr
        assert "another folder with --data" in done.stderr
        assert done.stderr.count("\n") == 1
        assert files_of(data) == files
    folder = prepare(data)
    server = Postgres(folder, folder.sockets())
    try:
        with pytest.raises(PartRefused):
            server.start()
        with psycopg.connect(server.url()) as connection:
            assert all_columns(connection) == before
            assert connection.execute("SELECT word, version_num FROM kept, alembic_version").fetchall() == [
                ("old", "2026_11_22_09")
            ]
    finally:
        server.stop()
        folder.forget_sockets()


def all_columns(connection: psycopg.Connection[tuple[object, ...]]) -> list[tuple[object, ...]]:
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    return connection.execute(f"{query} ORDER BY 1, 2").fetchall()


def files_of(data: Path) -> dict[str, bytes]:
    """What lies in the folder, but for the logs and what PostgreSQL notes of a start and an end."""
    own = [path for path in data.rglob("*") if path.is_file() and not path.is_relative_to(data / "logs")]
    found = {str(path): path.read_bytes() for path in own if not path.is_relative_to(data / "postgres")}
    return found | {name.name: b"" for name in (data / "postgres" / "base").iterdir()}


def test_no_clock_is_set_where_nothing_runs(tmp_path: Path) -> None:
    done = run("clock", "set", "2026-03-02T09:30", environment=bare_environment(DATA_DIR=str(tmp_path)))
    assert done.returncode == 1
    assert "No compact-cases up runs" in done.stderr


def test_the_mail_catcher_keeps_letters_for_this_machine_only(up: Up) -> None:
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = "Ann@group.example", "o@office.example", "GC <1>"
    message.set_content("Please see https://compact.example/return.")
    message.add_alternative("<p>Please <script>x</script>see</p>", subtype="html")
    host, _, port = up.places["smtp"].removeprefix("smtp://").partition(":")
    with smtplib.SMTP(host, int(port)) as line:
        line.send_message(message)
    assert [letter["subject"] for letter in up.letters("?to=ann@group.example")] == ["GC <1>"]
    assert up.letters("?to=somebody@else.example") == []
    mail = up.places["mail"].removeprefix("http://")
    page, blank = asked(mail, "/letters/1"), "\r\n\r\n"
    assert "GC &lt;1&gt;" in page
    assert 'href="https://compact.example/return"' in page
    assert "Content-Security-Policy: sandbox" in asked(mail, "/letters/1/html")
    assert asked(mail, "/letters/99").startswith("HTTP/1.1 404")
    assert asked(mail, "http://[::1").startswith("HTTP/1.1 404")
    head = asked(mail, "/letters/1", method="HEAD")
    assert f"Content-Length: {len(page.partition(blank)[2].encode())}\r\n" in head
    assert head.endswith(blank)
    assert asked(mail, "/", host="evil.example").startswith("HTTP/1.1 421")


def asked(place: str, path: str, host: str | None = None, method: str = "GET") -> str:
    """The whole answer, with its headers, to a request that says any host."""
    name, _, port = place.partition(":")
    with socket.create_connection((name, int(port)), timeout=5) as line:
        line.sendall(f"{method} {path} HTTP/1.1\r\nHost: {host or place}\r\n\r\n".encode())
        return b"".join(iter(lambda: line.recv(65536), b"")).decode()


def test_it_runs_for_an_ordinary_user_too() -> None:
    """Root becomes ``nobody`` for it: really, or in a namespace where ``nobody`` cannot reach this Python."""
    folder = Path(tempfile.mkdtemp(prefix="compact-cases-user-"))
    nobody = pwd.getpwnam("nobody")
    become: Callable[[], None] | None = None
    if os.getuid() == 0:
        reachable = passes(Path(sys.executable), nobody.pw_uid, nobody.pw_gid)
        runner = (AsNobody if reachable else InNamespace)(nobody.pw_uid, nobody.pw_gid)
        become = runner.become
        if reachable:
            os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    try:
        up = Up(folder, become=become)
        assert len({child.uids().real for child in up.children} | {folder.stat().st_uid}) == 1
        assert up.get("/health/ready")
        assert up.end() == 0
        assert up.left_behind() == []
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_data_may_lie_where_others_may_not_go(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    up = Up(closed / "data")
    try:
        keep_a_row(up, "closed")
        assert closed.stat().st_mode & 0o777 == 0o700
    finally:
        assert up.end() == 0
    assert up.left_behind() == []
