"""The real parts that tests use: one PostgreSQL and one Redis a test process, a fresh database a test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from compact_cases.clock import HandClock
from compact_cases.office.premises import open_premises
from compact_cases.office.registry import library
from compact_cases.parts.data_folder import DataFolder, prepare
from compact_cases.parts.postgres import FORGETFUL, Postgres
from compact_cases.parts.redis import Redis
from compact_cases.parts.schema import migrate
from compact_cases.settings import OFFICE_ZONE, Office, Settings
from compact_cases.web.frame import templating
from tests.sink import Sink, SinkThread

MIGRATED, SHIPPED = "migrated", "shipped"
MEMORY, ROOM_NEEDED = Path("/dev/shm"), 1 << 30
OFFICE = Office(window_every_day=True)  # its send window is open at all hours, on all days
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


class CompiledOnce(BytecodeCache):
    """Templates compiled by one application of this test process, for the next ones."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once() -> Iterator[None]:
    """Each test has an application of its own; compiling its templates would take most of its time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templating, "Environment", partial(Environment, bytecode_cache=CompiledOnce()))
        yield


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """For Playwright's ``executable_path``."""
    path = find_chromium()
    assert path is not None
    return path


def fast_folder() -> Path | None:
    """Memory, where a database of 400 files is made in 20 ms and not in 500; None for the usual folder."""
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    found = os.statvfs(MEMORY)
    runs_programs = not found.f_flag & os.ST_NOEXEC  # in a container it often does not
    return MEMORY if runs_programs and found.f_bavail * found.f_frsize >= ROOM_NEEDED else None


@pytest.fixture(scope="session")
def parts_folder() -> Iterator[DataFolder]:
    """A data folder that ``nobody`` may pass (pytest's own is 0700)."""
    path = Path(tempfile.mkdtemp(prefix="compact-cases-test-", dir=fast_folder()))
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
    """The PostgreSQL of this test process, with two databases to clone: one only migrated, one stocked."""
    server = Postgres(parts_folder, parts_sockets, FORGETFUL)
    server.start()
    try:
        server.make_database(MIGRATED)
        migrate(server.url(MIGRATED))
        with clone_of(server, MIGRATED, SHIPPED) as url:
            stock(url)
            yield server
    finally:
        server.stop()


def stock(database_url: str) -> None:
    """Put the Codes, the procedure and the calendar on the shelf, as `compact-cases migrate` does."""
    settings = Settings(environment="development", database_url=database_url, office=OFFICE)
    premises = open_premises(settings, pool=1, clock=HandClock(datetime(2026, 1, 5, 9, tzinfo=OFFICE_ZONE)))
    library.ensure_shipped(premises)
    premises.engine.dispose()  # a database that somebody is connected to cannot be cloned


@contextmanager
def clone_of(postgres: Postgres, template: str, name: str) -> Iterator[str]:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        yield postgres.url(name)
        owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database_url(postgres: Postgres) -> Iterator[str]:
    """A database of this test's own that holds what ships, and nothing else."""
    with clone_of(postgres, SHIPPED, f"test_{next(_numbers)}") as url:
        yield url


@pytest.fixture
def bare_database_url(postgres: Postgres) -> Iterator[str]:
    """A database of this test's own that is migrated, and empty."""
    with clone_of(postgres, MIGRATED, f"test_{next(_numbers)}") as url:
        yield url


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
        office=OFFICE,
    )
