"""What a command says when it could not do its work: one plain sentence, and 1 or 2."""

import sys

import click

from compact_cases.parts.runner import PartRefused
from compact_cases.rules.refusals import Refused
from compact_cases.settings import SettingsRefused


def failure(problem: BaseException) -> tuple[str, int]:
    """The sentence and the exit code: 2 for wrong use, 1 for a failure."""
    if isinstance(problem, click.UsageError):
        command = problem.ctx.command_path if problem.ctx else "compact-cases"
        return f"{problem.format_message()} ({command} --help says more.)", 2
    if isinstance(problem, click.ClickException):
        return problem.format_message(), 1
    if isinstance(problem, click.exceptions.Exit):
        return "", problem.exit_code
    if isinstance(problem, click.Abort | KeyboardInterrupt):
        return "Stopped.", 1
    if isinstance(problem, SettingsRefused | PartRefused | Refused):
        return str(problem), 1
    return _database(problem) or _unexpected(problem), 1


def _database(problem: BaseException) -> str | None:
    """SQLAlchemy's errors, when it was loaded at all; never the statement, whose values may name people."""
    errors = sys.modules.get("sqlalchemy.exc")
    if errors is None or not isinstance(problem, (errors.DBAPIError, errors.TimeoutError)):
        return None
    state = getattr(getattr(problem, "orig", None), "sqlstate", None)
    if state in ("42P01", "42703"):  # undefined table, undefined column
        return "The database is not of this version; compact-cases doctor says more."
    if state == "3D000":
        return "That database does not exist; create it, or correct COMPACT_CASES_DATABASE_URL."
    from compact_cases.records.unavailable import DOES_NOT_ANSWER, why_not

    why = why_not(problem)
    if why == DOES_NOT_ANSWER:
        return "The database does not answer; check COMPACT_CASES_DATABASE_URL and that PostgreSQL runs."
    if why:
        return f"{why} Try again later."
    return f"The database refused ({type(problem.orig).__name__}); compact-cases doctor may say why."


def _unexpected(problem: BaseException) -> str:
    if isinstance(problem, OSError) and problem.strerror:
        where = f": {problem.filename}" if problem.filename else ""
        return f"{problem.strerror}{where}."
    return (
        f"Something went wrong that should not ({type(problem).__name__}); "
        "set COMPACT_CASES_TRACEBACK=1 and run it again to see where."
    )
