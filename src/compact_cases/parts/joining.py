"""How a lone command finds the database: a setting, the running ``up``, or its own PostgreSQL meanwhile."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from compact_cases.clock import machine_seconds
from compact_cases.parts.data_folder import FolderInUse, is_held, prepare, read_state
from compact_cases.parts.postgres import Postgres
from compact_cases.settings import Settings, read_office

_WAIT_SECONDS = 30.0


@contextmanager
def joined(settings: Settings) -> Iterator[tuple[Settings, bool]]:
    """Settings with a database, and whether it was started for this command alone. Raises PartRefused."""
    if settings.database_url is not None:
        yield settings, False
        return
    state = _state_or_free(settings.data_dir)
    if state is not None:
        yield _as_the_running(settings, state), False
        return
    with _own_database(settings) as own:
        yield own, True


def as_running(settings: Settings) -> Settings:
    """The settings that the ``up`` on this data folder runs with, where one runs; starts nothing."""
    state = read_state(settings.data_dir) if settings.database_url is None else None
    return _as_the_running(settings, state) if state and is_held(settings.data_dir) else settings


def _state_or_free(path: Path) -> dict[str, str] | None:
    """Where the parts of the running ``up`` are; ``None`` when nobody holds the folder.

    An ``up`` that is still starting gets ready, and another lone command ends: both are waited for.
    """
    deadline = machine_seconds() + _WAIT_SECONDS
    while is_held(path):
        if state := read_state(path):
            return state
        if machine_seconds() > deadline:
            raise FolderInUse(f"The data folder {path} is in use by another compact-cases; try again later.")
        time.sleep(0.1)
    return None


@contextmanager
def _own_database(settings: Settings) -> Iterator[Settings]:
    folder = prepare(settings.data_dir)
    with folder.held():
        postgres = Postgres(folder, folder.sockets())
        try:
            postgres.start()
            yield replace(settings, database_url=postgres.url(), environment="development")
        finally:
            postgres.stop()
            folder.forget_sockets()


def _as_the_running(settings: Settings, state: dict[str, str]) -> Settings:
    """The settings that the ``up`` on this folder runs with; the command's own environment has no say."""
    office = Path(state["office"]) if "office" in state else settings.office_file
    return replace(
        settings,
        environment=state["environment"],
        database_url=state["database"],
        redis_url=state.get("redis"),
        smtp_url=state.get("smtp"),
        base_url=state["web"],
        secret_key=state["secret_key"],
        mail_from=state["mail_from"],
        office_file=office,
        office=read_office(office) if office else settings.office,
    )
