"""Every command ends 0, 1 or 2, and says why in one plain sentence; nobody ever reads a traceback."""

import importlib.util

import pytest

from compact_cases.cli import COMMANDS
from tests.parts.running import bare_environment, run

NOWHERE = "postgresql://compact_cases@127.0.0.1:1/nothing"


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["nonsense"], 2, "No such command 'nonsense'"),
        (["up", "--port", "many"], 2, "'many' is not a valid integer"),
        (["clock", "set", "tomorrow"], 2, "INSTANT must be like 2026-03-02T09:30"),
        (["web"], 1, "COMPACT_CASES_SECRET_KEY must be set"),
        (["worker"], 1, "COMPACT_CASES_SECRET_KEY must be set"),
        (["beat"], 1, "COMPACT_CASES_SECRET_KEY must be set"),
    ],
)
def test_what_goes_wrong_is_said_in_one_sentence(words: list[str], code: int, sentence: str) -> None:
    done = run(*words)
    assert done.returncode == code
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_named_without_a_traceback() -> None:
    done = run("migrate", environment=bare_environment(DATABASE_URL=NOWHERE))
    assert done.returncode == 1
    assert done.stderr == (
        "The database does not answer; check COMPACT_CASES_DATABASE_URL and that PostgreSQL runs.\n"
    )


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"ENVIRONMENT": "testing"}, "must be development or production"),
        ({"CLOCK": "soon"}, "must be an instant"),
        ({"OFFICE": "/nowhere/office.toml"}, "does not exist"),
        ({"ENVIRONMENT": "production"}, "--sample cannot be used in production"),
    ],
)
def test_a_wrong_setting_is_refused(settings: dict[str, str], sentence: str) -> None:
    done = run("up", "--sample", environment=bare_environment(**settings))
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_help_lists_the_commands_that_are_there() -> None:
    done = run("--help")
    assert done.returncode == 0
    for name, place in COMMANDS.items():
        if importlib.util.find_spec(place.partition(":")[0]) and name != "load-sample":
            assert f"\n  {name} " in done.stdout
    assert "load-sample" not in done.stdout
