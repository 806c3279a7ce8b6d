"""The office as a lone command opens it: on the given database, the running ``up``'s, or its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from compact_cases import settings
from compact_cases.cli.migrate import bring_up_to_date
from compact_cases.office.premises import Premises, open_premises
from compact_cases.parts.joining import as_running, joined
from compact_cases.records.engines import COMMANDS
from compact_cases.settings import Office


def office_of_commands() -> Office:
    """The office of the running ``up``, or that of the settings: known before a database is opened."""
    return as_running(settings.load()).office


@contextmanager
def opened(pool: int = 2) -> Iterator[Premises]:
    """The premises for the length of a command. Raises SettingsRefused, PartRefused."""
    with joined(settings.load()) as (found, alone):
        if alone:
            bring_up_to_date(found)
        premises = open_premises(found, pool=pool, bounds=COMMANDS)
        try:
            yield premises
        finally:
            premises.engine.dispose()
