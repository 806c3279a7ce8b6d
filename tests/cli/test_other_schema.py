"""Code and schema of two versions: every process that opens the database says so, and does nothing."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from compact_cases.clock import machine_seconds
from compact_cases.parts import schema
from compact_cases.parts.postgres import Postgres
from compact_cases.parts.revisions import shipped
from compact_cases.parts.supervisor import free_port
from compact_cases.settings import Settings
from compact_cases.shipped import migrations_folder
from tests.conftest import clone_of
from tests.desk import open_desk
from tests.parts.running import COMMAND, bare_environment, run
from tests.serving import Line, environment_of
from tests.waiting import wait_for

OLDER, NEWER, NONE = "2026_12_01_5", "2027_06_01_1", None
SAYS = {
    OLDER: f"The database has schema {OLDER} and this version needs a newer one; run compact-cases migrate.",
    NEWER: f"The database has schema {NEWER}, which is newer than this version; start the newer version.",
    NONE: "The database has no schema yet; run compact-cases migrate.",
}
PROCESSES = [
    ["web", "--port", "0"],
    ["web", "--port", "0", "--workers", "2"],
    ["worker"],
    ["sweep"],
    ["post"],
    ["case", "show", "GC-2026-0001"],
    ["officer", "list"],
    ["bodies", "list"],
    ["codes", "list"],
    ["token", "list"],
    ["verify"],
    ["rebuild", "--check"],
]


def set_revision(database_url: str, revision: str | None) -> None:
    with psycopg.connect(database_url) as conn:
        if revision is None:
            conn.execute("DROP TABLE alembic_version")
        else:
            conn.execute("UPDATE alembic_version SET version_num = %s", [revision])


def test_revisions_stand_in_the_order_of_their_chain() -> None:
    """Read from the names alone: the tenth of a day comes after the ninth."""
    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    chain = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    assert list(shipped()) == chain[::-1]


@pytest.mark.processes
@pytest.mark.parametrize("revision", [OLDER, NEWER, NONE])
def test_nothing_starts_on_another_schema(settings: Settings, redis_url: str, revision: str | None) -> None:
    set_revision(settings.database_url or "", revision)
    where = {**environment_of(settings), "COMPACT_CASES_REDIS_URL": redis_url}
    for words in PROCESSES:
        asked = [str(free_port(0)) if word == "0" else word for word in words]
        done = run(*asked, environment=where)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{SAYS[revision]}\n"), words
    doctor = run("doctor", environment=where)
    assert doctor.returncode == 1
    assert SAYS[revision] in doctor.stdout


@pytest.mark.parametrize("revision", [OLDER, NEWER, NONE])
def test_a_service_that_runs_while_the_schema_changes_says_so(
    settings: Settings, revision: str | None
) -> None:
    """Its connections are held to the schema again every ten seconds."""
    desk = open_desk(settings)
    with desk.browser() as browser:
        assert browser.get("/codes").status_code == 200
        set_revision(settings.database_url or "", revision)
        wait_for(lambda: browser.get("/codes").status_code == 503, "a look at the schema", 15)
        desk.premises.engine.dispose()  # what writes was not asked, and is new
        page = browser.post("/sign-in", data={"email": "ann@office.example"})
        assert (page.status_code, page.headers["retry-after"]) == (503, "60")
        assert "is being brought to another version" in page.text
        assert "ann@office.example" in page.text
        assert browser.get("/api/codes").json()["status"] == 503
        health = browser.get("/health/ready")
        assert (health.status_code, health.text) == (503, f"{SAYS[revision]}\n")
    with psycopg.connect(settings.database_url or "") as conn:
        assert conn.execute("SELECT count(*) FROM attempts").fetchone() == (0,)
    desk.premises.engine.dispose()


@pytest.mark.processes
def test_a_web_process_that_is_told_so_waits_for_the_schema(settings: Settings, tmp_path: Path) -> None:
    """As `up` tells it, which migrates while the pages are loaded."""
    set_revision(settings.database_url or "", OLDER)
    port, log = free_port(0), tmp_path / "log"
    words = ["web", "--port", str(port), "--await-schema", "30"]
    with log.open("wb") as said:
        process = subprocess.Popen([*COMMAND, *words], stderr=said, env=environment_of(settings))
    try:
        opened = (
            "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%alembic_version%' AND pid <> pg_backend_pid()"
        )
        with psycopg.connect(settings.database_url or "", autocommit=True) as conn:
            wait_for(lambda: conn.execute(opened).fetchone(), "a look at the schema")
        assert process.poll() is None
        set_revision(settings.database_url or "", schema.newest())
        wait_for(lambda: answers(port), "an answer")
    finally:
        process.terminate()
        process.wait(15)


def answers(port: int) -> bool:
    try:
        return Line(port, 2).ask("GET", "/health/ready").status == 200
    except OSError:
        return False


# --- migrate, and who stands in its way -------------------------------------------------------------------


@pytest.fixture
def older_database(postgres: Postgres) -> Iterator[str]:
    """A database as the version before left it."""
    with clone_of(postgres, "template0", "older") as url:
        engine = schema._engine(url)
        command.upgrade(schema._settings(engine, wait=5), OLDER)
        engine.dispose()
        yield url


@contextmanager
def somebody(database_url: str, statement: str) -> Iterator[int]:
    """A session that has done this and goes on with nothing; its process."""
    with psycopg.connect(database_url, application_name="a forgotten console") as conn:
        conn.execute(statement)
        yield conn.info.backend_pid


@pytest.mark.processes
@pytest.mark.parametrize("time", range(3))
def test_migrate_says_who_holds_the_table_that_it_waits_for(older_database: str, time: int) -> None:
    where = bare_environment(DATABASE_URL=older_database, ENVIRONMENT="development")
    began = machine_seconds()
    with somebody(older_database, "SELECT count(*) FROM obligations") as pid:
        done = run("migrate", environment=where)
    assert machine_seconds() - began < 20
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "The migration waited 5 seconds for a table that others use, and gave up; the schema is still "
        f"{OLDER}. In the way may be: process {pid} (compact_cases, a forgotten console). "
        "Try again at a quieter time, or end it.\n"
    )
    assert run("migrate", environment=where).returncode == 0


@pytest.mark.processes
@pytest.mark.parametrize("time", range(3))
def test_migrate_waits_for_another_one_only_so_long(older_database: str, time: int) -> None:
    where = bare_environment(DATABASE_URL=older_database, ENVIRONMENT="development")
    with somebody(older_database, "SELECT pg_advisory_lock(7261990)") as pid:
        done = run("migrate", "--wait", "1", environment=where)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "Another migrate is at work, and this one waited 1 seconds for it; the schema is still "
        f"{OLDER}. It is process {pid} (compact_cases, a forgotten console). "
        "Try again when it is done, or end it.\n"
    )
