"""``compact-cases``: one command for everything; each module of this folder is one group of commands.

A command ends 0 when it did its work, 2 for wrong use, 1 for a failure, with one plain sentence on standard
error and no traceback. Modules are loaded when their command is called: ``--help`` opens no database.
"""

import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

# Add a command here: its name, and where it is. A module that is not there yet is left out of the list.
COMMANDS = {
    "up": "compact_cases.cli.up:up",
    "web": "compact_cases.cli.web:web",
    "worker": "compact_cases.cli.worker:worker",
    "beat": "compact_cases.cli.worker:beat",
    "migrate": "compact_cases.cli.migrate:migrate",
    "load-sample": "compact_cases.cli.migrate:load_sample",
    "clock": "compact_cases.cli.clock:clock",
    "doctor": "compact_cases.cli.doctor:doctor",
    "codes": "compact_cases.cli.codes:codes",
    "procedure": "compact_cases.cli.procedure:procedure",
    "calendar": "compact_cases.cli.calendar:calendar",
    "bodies": "compact_cases.cli.bodies:bodies",
    "mediators": "compact_cases.cli.registers:mediators",
    "panellists": "compact_cases.cli.registers:panellists",
    "office": "compact_cases.cli.office:office",
    "officer": "compact_cases.cli.officer:officer",
    "token": "compact_cases.cli.token:token",
    "sweep": "compact_cases.cli.sweep:sweep",
    "post": "compact_cases.cli.sweep:post",
    "restored": "compact_cases.cli.sweep:restored",
    "case": "compact_cases.cli.case:case",
    "verify": "compact_cases.cli.integrity:verify",
    "heads": "compact_cases.cli.heads:heads",
    "rebuild": "compact_cases.cli.integrity:rebuild",
    "rehearse": "compact_cases.cli.rehearse:rehearse",
    "sentences": "compact_cases.cli.sentences:sentences",
}


class Commands(click.Group):
    """Loads a command when it is asked for, and turns every failure into a sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, place in COMMANDS.items() if _is_there(place.partition(":")[0])]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module, _, attribute = COMMANDS.get(cmd_name, "").partition(":")
        if not module or not _is_there(module):
            return None
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 (the table above names commands only)
        return command

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:
        from compact_cases.cli.failures import failure

        try:
            super().main(args, prog_name="compact-cases", standalone_mode=False)
            sys.stdout.flush()
        except SystemExit:
            raise
        except BrokenPipeError:  # `compact-cases ... | head` has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except BaseException as problem:
            sentence, code = failure(problem)
            if sentence:
                print(sentence, file=sys.stderr)
            if os.environ.get("COMPACT_CASES_TRACEBACK"):
                raise
            sys.exit(code)
        sys.exit(0)


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


@click.group(cls=Commands)
@click.version_option(package_name="compact-cases", message="%(version)s")
def main() -> None:
    """A fair, patient, visible way to look at concerns about the undertakings of a Compact."""
