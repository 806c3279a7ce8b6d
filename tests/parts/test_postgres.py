"""The embedded PostgreSQL and Redis: whose they are, and what a killed one leaves behind."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from compact_cases.parts.data_folder import DataFolder, FolderInUse, prepare
from compact_cases.parts.postgres import Postgres
from compact_cases.parts.redis import Redis
from compact_cases.parts.runner import PartRefused
from compact_cases.parts.schema import current, newest


def test_a_test_gets_a_migrated_database_of_its_own(engine: Engine, database_url: str) -> None:
    assert current(database_url) == newest()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM case_events")).scalar() == 0


def test_it_listens_on_a_socket_only_in_a_closed_folder(postgres: Postgres, parts_sockets: Path) -> None:
    assert postgres.ask("SHOW listen_addresses") == ""
    assert parts_sockets.stat().st_mode & 0o777 == 0o700


def test_redis_answers_and_keeps_nothing(redis: Redis, redis_url: str, parts_folder: DataFolder) -> None:
    assert redis_url.startswith("redis+socket:///")
    assert not list(parts_folder.path.glob("**/*.rdb"))


def test_a_folder_is_held_once(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "data")
    with folder.held(), pytest.raises(FolderInUse, match="in use by another compact-cases"), folder.held():
        raise AssertionError("held twice")


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    mode = tmp_path.stat().st_mode
    with pytest.raises(PartRefused, match="holds other files"):
        prepare(tmp_path)
    assert tmp_path.stat().st_mode == mode
