"""The real parts that tests use: one PostgreSQL and one Redis a test process, a fresh database a test."""

import itertools
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
