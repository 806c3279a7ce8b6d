"""Runs the migrations on the engine that ``compact_cases.parts.schema`` hands over; no application import."""

from alembic import context
from sqlalchemy import Engine

LOCK_WAIT = "5s"  # a migration that cannot get its lock gives up rather than queue everybody behind it


def run() -> None:
    engine = context.config.attributes.get("engine")
    if not isinstance(engine, Engine):
        raise RuntimeError("Migrations run through `compact-cases migrate`, not through alembic itself.")
    with engine.connect() as connection:
        # Two starts at once: the second waits here, then finds nothing to do.
        connection.exec_driver_sql("SELECT pg_advisory_lock(7261990)")
        try:
            connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_WAIT}'")
            connection.commit()
            context.configure(connection=connection, transaction_per_migration=True)
            with context.begin_transaction():
                context.run_migrations()
        finally:
            connection.rollback()
            connection.exec_driver_sql("SELECT pg_advisory_unlock(7261990)")
            connection.commit()


run()
