"""``compact-cases migrate``: the newest schema, the shipped Codes and procedure; and the sample's loading."""

from pathlib import Path

import click

from compact_cases import settings
from compact_cases.parts.joining import joined
from compact_cases.settings import Settings


def bring_up_to_date(found: Settings, wait: float = 60) -> str | None:
    """Migrate, then load what ships where it is missing; the schema's revision."""
    from compact_cases.parts import schema

    assert found.database_url is not None  # noqa: S101 (joined() finds one or refuses)
    settings.refuse_a_moved_clock(found)  # before anything is changed
    revision = schema.migrate(found.database_url, wait)
    load_shipped(found)
    return revision


def load_shipped(found: Settings) -> None:
    """Load the shipped Codes, procedure and calendar where they are missing."""
    from compact_cases.office.premises import open_premises
    from compact_cases.office.registry import library

    premises = open_premises(found, pool=1)
    try:
        library.ensure_shipped(premises)
    finally:
        premises.engine.dispose()


@click.command()
@click.option("--quiet", is_flag=True, help="Say nothing when it went well.")
@click.option(
    "--wait",
    default=60,
    show_default=True,
    type=click.IntRange(1, 3600),
    help="Seconds to wait for another migrate.",
)
@click.option("--officers-file", type=click.Path(path_type=Path), hidden=True)
def migrate(quiet: bool, wait: int, officers_file: Path | None) -> None:
    """Bring the database to the newest schema and load what ships with it."""
    with joined(settings.load()) as (found, _):
        revision = bring_up_to_date(found, wait)
        if officers_file is not None:
            officers_file.write_text(str(_officers(found)), encoding="utf-8")
    if not quiet:
        print(f"The database has the newest schema, {revision}.")


def _officers(found: Settings) -> int:
    """How many officers the office has: `up`, which asks, opens no database of its own."""
    from compact_cases.office.premises import open_premises
    from compact_cases.records import staff
    from compact_cases.rules.seats import Seat

    premises = open_premises(found, pool=1)
    try:
        with premises.engine.connect() as conn:
            return len(staff.in_list_order(conn, Seat.OFFICER))
    finally:
        premises.engine.dispose()


@click.command(hidden=True)
@click.option(
    "--link-file", type=click.Path(path_type=Path), help="Where to write an officer's sign-in link."
)
def load_sample(link_file: Path | None) -> None:
    """Load the invented register and cases, as `up --sample` does."""
    found = settings.load()
    if found.in_production:
        raise settings.SettingsRefused("The sample cannot be loaded in production.")
    link = play_sample(found)
    if link_file and link:
        link_file.touch(mode=0o600)
        link_file.write_text(link, encoding="utf-8")


def play_sample(found: Settings) -> str | None:
    """Load the sample where it is missing; a fresh sign-in link for its officer."""
    from compact_cases import sample
    from compact_cases.office.premises import open_premises

    return sample.load(open_premises(found, pool=2))
