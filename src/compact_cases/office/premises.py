"""What every act of the office needs at hand: the settings, the database and the clock."""

import gc
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

from compact_cases.clock import Clock, clock_of, machine_seconds
from compact_cases.parts import right_schema
from compact_cases.records.engines import SERVING, Bounds, reader_of, writer
from compact_cases.records.engines import WORKING as WORKING  # the worker knows the office only
from compact_cases.settings import Settings, SettingsRefused, refuse_a_moved_clock

LOOKS_EVERY = 10.0  # seconds: a connection is held to the schema when it is new, and again while it is used


@dataclass(frozen=True)
class Premises:
    """Handed first to every public function of the office. One for each process."""

    settings: Settings
    engine: Engine
    clock: Clock


def open_premises(
    settings: Settings, *, pool: int = 8, clock: Clock | None = None, bounds: Bounds = SERVING
) -> Premises:
    """Connect lazily to ``settings.database_url``; ``pool`` is how many connections are kept at most.

    Raises SettingsRefused: a time that was asked for and cannot be taken is never the real one in silence.
    """
    refuse_a_moved_clock(settings)
    if settings.database_url is None:
        raise SettingsRefused(
            "COMPACT_CASES_DATABASE_URL is not set, and no running service was found to join."
        )
    engine = writer(settings.database_url, pool, bounds)
    for one in (engine, reader_of(engine)):
        event.listen(one, "checkout", _hold_to_schema)
    return Premises(settings, engine, clock or clock_of(settings))


def settle_in() -> None:
    """What a process has loaded stays for its life: the collector of garbage goes through it no more.

    That took 4 % of a case's page and a fifth of a sweep.
    """
    gc.collect()
    gc.freeze()


def _hold_to_schema(connection: Any, record: Any, proxy: Any) -> None:
    """Raises WrongSchema: also code that has been running since before a migration does nothing more."""
    looked = record.info.get("schema looked at")
    if looked is not None and machine_seconds() - looked < LOOKS_EVERY:
        return
    try:
        right_schema.hold(connection)
    except psycopg.OperationalError:
        raise DisconnectionError("the server has closed this connection") from None
    record.info["schema looked at"] = machine_seconds()
