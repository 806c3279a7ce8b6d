"""``compact-cases office``: a file to begin with for the office of another Compact."""

from importlib.resources import files

import click


@click.group()
def office() -> None:
    """The office of a Compact: who runs it, when its letters go out, which Codes it has."""


@office.command()
def example() -> None:
    """Print an office file with a word about each setting: compact-cases office example > office.toml"""
    print((files("compact_cases") / "compact" / "office-example.toml").read_text(encoding="utf-8"), end="")
