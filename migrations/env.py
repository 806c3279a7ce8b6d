"""Runs the migrations on the engine that ``compact_cases.parts.schema`` hands over; no application import."""

from alembic import context
from sqlalchemy import Engine


def run() -> None:
    given = context.config.attributes
    engine = given.get("engine")
    if not isinstance(engine, Engine):
        raise RuntimeError("Migrations run through `compact-cases migrate`, not through alembic itself.")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"SET lock_timeout = '{given['other_wait']}s'")
        # Two starts at once: the second waits here, then finds nothing to do.
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({given['one_at_a_time']})")
        try:
            # One that cannot get its table gives up rather than queue everybody behind it.
            connection.exec_driver_sql(f"SET lock_timeout = '{given['table_wait']}s'")
            connection.commit()
            context.configure(connection=connection, transaction_per_migration=True)
            with context.begin_transaction():
                context.run_migrations()
        finally:
            connection.rollback()
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({given['one_at_a_time']})")
            connection.commit()


run()
