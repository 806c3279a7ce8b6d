"""What every act of the office needs at hand: the settings, the database and the clock."""

from dataclasses import dataclass

from sqlalchemy import Engine

from compact_cases.clock import Clock, clock_of
from compact_cases.records.engines import SERVING, Bounds, writer
from compact_cases.records.engines import WORKING as WORKING  # the worker knows the office only
from compact_cases.settings import Settings, SettingsRefused, refuse_a_moved_clock


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
    return Premises(settings, writer(settings.database_url, pool, bounds), clock or clock_of(settings))
