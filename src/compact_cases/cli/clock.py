"""``compact-cases clock``: move the time of the running ``up``, or read it."""

import click

from compact_cases import settings
from compact_cases.clock import clock_of, write_clock_file
from compact_cases.parts.data_folder import read_state
from compact_cases.settings import Settings, SettingsRefused, parse_instant


@click.group()
def clock() -> None:
    """Move the clock of the running service, for demonstrations and tests."""


@clock.command("set")
@click.argument("instant")
def set_to(instant: str) -> None:
    """Move case time to INSTANT, such as 2026-03-02T09:30; it runs on from there."""
    try:
        begins = parse_instant(instant)
    except ValueError:
        raise click.UsageError(f"INSTANT must be like 2026-03-02T09:30, not {instant!r}.") from None
    found = _of_the_running()
    write_clock_file(found.data_dir, begins)
    print(f"It is now {begins:%A %-d %B %Y, %H:%M} for the service on {found.data_dir}.")


@clock.command()
def show() -> None:
    """Say what time it is for the service."""
    print(clock_of(_of_the_running()).now().isoformat(timespec="seconds"))


def _of_the_running() -> Settings:
    found = settings.load(unless_said="development")
    state = read_state(found.data_dir)
    if found.in_production or (state and state["environment"] == "production"):
        raise SettingsRefused("The clock cannot be moved in production.")
    if state is None:
        raise SettingsRefused(f"No compact-cases up runs on the data folder {found.data_dir.absolute()}.")
    return found
