"""The database's schema: bring it to the newest revision, and say which one it has."""

import logging

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from compact_cases.parts.revisions import refuse_unknown, shipped
from compact_cases.shipped import migrations_folder


def migrate(database_url: str) -> str | None:
    """Bring the database to the newest schema; the revision it then has. Raises PartRefused."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    engine = _engine(database_url)
    try:
        refuse_unknown(_revision(engine))
        settings = _settings()
        settings.attributes["engine"] = engine
        command.upgrade(settings, "head")
        return _revision(engine)
    finally:
        engine.dispose()


def current(database_url: str) -> str | None:
    """The revision of the database; ``None`` before its first migration."""
    engine = _engine(database_url)
    try:
        return _revision(engine)
    finally:
        engine.dispose()


def newest() -> str:
    """The newest revision that this version ships."""
    return shipped()[-1]


def _settings() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings


def _engine(database_url: str) -> Engine:
    return create_engine(make_url(database_url).set(drivername="postgresql+psycopg"), poolclass=NullPool)


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
