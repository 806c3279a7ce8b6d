"""What every act of the office needs at hand: the settings, the database and the clock."""

from dataclasses import dataclass

from sqlalchemy import Engine, create_engine

from compact_cases.clock import Clock, clock_of
from compact_cases.settings import Settings, SettingsRefused


@dataclass(frozen=True)
class Premises:
    """Handed first to every public function of the office. One for each process."""

    settings: Settings
    engine: Engine
    clock: Clock


def open_premises(settings: Settings, *, pool: int = 8, clock: Clock | None = None) -> Premises:
    """Connect lazily to ``settings.database_url``; ``pool`` is how many connections are kept at most."""
    if settings.database_url is None:
        raise SettingsRefused(
            "COMPACT_CASES_DATABASE_URL is not set, and no running service was found to join."
        )
    url = settings.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,  # what people wrote must not stand in a traceback
    )
    return Premises(settings, engine, clock or clock_of(settings))
