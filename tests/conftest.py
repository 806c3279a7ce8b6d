"""The real parts that tests use: one PostgreSQL and one Redis a test process, a fresh database a test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from compact_cases.parts.data_folder import DataFolder, prepare
from compact_cases.parts.postgres import FORGETFUL, Postgres
from compact_cases.parts.redis import Redis
from compact_cases.parts.schema import migrate
from compact_cases.settings import Office, Settings
from tests.sink import Sink, SinkThread

TEMPLATE = "migrated"
_numbers = itertools.count(1)


def find_chromium() -> str | None:
    """The system's Chromium; tests never download one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a Chromium the browser's tests are left out, in plain sight; REQUIRE_BROWSER=1 forbids that."""
    browsing = [item for item in items if item.get_closest_marker("browser")]
    if not browsing or find_chromium():
        return
    if os.environ.get("REQUIRE_BROWSER") == "1":
        raise pytest.UsageError("REQUIRE_BROWSER=1 is set, and no Chromium is on the PATH.")
    items[:] = [item for item in items if item not in browsing]
    config.hook.pytest_deselected(items=browsing)


def pytest_report_header() -> str:
    return f"chromium: {find_chromium() or 'none, so the tests in a browser are left out'}"


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """For Playwright's ``executable_path``."""
    path = find_chromium()
    assert path is not None
    return path


@pytest.fixture(scope="session")
def parts_folder() -> Iterator[DataFolder]:
    """A data folder in the temporary one itself, which ``nobody`` may pass (pytest's own is 0700)."""
    path = Path(tempfile.mkdtemp(prefix="compact-cases-test-"))
    try:
        yield prepare(path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def parts_sockets(parts_folder: DataFolder) -> Iterator[Path]:
    sockets = parts_folder.sockets()
    yield sockets
    shutil.rmtree(sockets, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(parts_folder: DataFolder, parts_sockets: Path) -> Iterator[Postgres]:
    """The PostgreSQL of this test process, with a migrated template database."""
    server = Postgres(parts_folder, parts_sockets, FORGETFUL)
    server.start()
    try:
        server.make_database(TEMPLATE)
        migrate(server.url(TEMPLATE))
        yield server
    finally:
        server.stop()


@pytest.fixture
def database_url(postgres: Postgres) -> Iterator[str]:
    """A migrated, empty database of this test's own (a clone takes about 30 ms)."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"')
        yield postgres.url(name)
        owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A SQLAlchemy engine on this test's own database."""
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def redis(parts_folder: DataFolder, parts_sockets: Path) -> Iterator[Redis]:
    server = Redis(parts_folder, parts_sockets)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis: Redis) -> str:
    """The URL of this test process's Redis, emptied."""
    redis.flush()
    return redis.url


@pytest.fixture
def smtp_sink() -> Iterator[Sink]:
    """A real SMTP server that keeps what it accepts; ``smtp_sink.url``, ``smtp_sink.letters``."""
    thread = SinkThread()
    yield thread.start()
    thread.stop()


@pytest.fixture
def settings(database_url: str, smtp_sink: Sink, tmp_path: Path) -> Settings:
    """Settings of a service on this test's own parts, its send window open at all hours."""
    return Settings(
        environment="development",
        database_url=database_url,
        smtp_url=smtp_sink.url,
        data_dir=tmp_path,
        office=Office(window_every_day=True),
    )
