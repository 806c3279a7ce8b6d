"""``compact-cases officer`` and ``token``: what they print, and how they end."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from compact_cases.cli import main

Call = Callable[..., Result]


@pytest.fixture
def call(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    environment = {
        "COMPACT_CASES_ENVIRONMENT": "development",
        "COMPACT_CASES_DATABASE_URL": database_url,
        "COMPACT_CASES_DATA_DIR": str(tmp_path),
        "COMPACT_CASES_BASE_URL": "http://cases.example",
    }
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> Result:
        return CliRunner().invoke(main, list(words), env=environment)

    return call


def test_for_which_body_somebody_works_is_said_and_taken_back(call: Call) -> None:
    call("officer", "add", "ann@office.example", "Ann Officer")
    Path("bodies.csv").write_text(
        "body,kind,area\nNorthvale County Council,public-body,Northvale\n", encoding="utf-8"
    )
    assert call("bodies", "import", "bodies.csv").exit_code == 0
    unknown = call("officer", "body", "ann@office.example", "Dell")
    assert (unknown.exit_code, "so it bars nobody. Write “Dell” as it stands there" in unknown.stderr) == (
        1,
        True,
    )
    kept = call("officer", "body", "ann@office.example", "Dell Parish Council", "--not-on-register")
    assert kept.stdout.strip().endswith("which is not on the register: it bars them from no case yet.")
    said = call("officer", "body", "ann@office.example", "northvale county council")
    assert said.stdout.strip() == "Ann Officer works for Northvale County Council."
    assert call("officer", "body", "ann@office.example").stdout.strip().endswith("no body on the register.")


def test_an_officer_is_added_listed_and_gets_a_token(call: Call) -> None:
    added = call("officer", "add", "ann@office.example", "Ann Officer")
    assert added.exit_code == 0
    assert "http://cases.example/sign-in/" in added.stdout
    again = call("officer", "add", "Ann@office.example", "Ann Officer")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.strip() == "ann@office.example is already in the office's list, as Ann Officer."
    listed = json.loads(call("officer", "list", "--json").stdout)["officers"]
    assert [(each["email"], each["role"]) for each in listed] == [("ann@office.example", "officer")]
    assert call("officer", "link", "ann@office.example").stdout.startswith("http://cases.example/sign-in/")

    token = call("token", "add", "ann@office.example", "--name", "county").stdout.strip()
    assert token.startswith("cc_")
    assert "county" in call("token", "list").stdout
    assert token not in call("token", "list", "--json").stdout
    assert call("token", "revoke", "ann@office.example").stdout == "Revoked 1 token of ann@office.example.\n"
    none_left = call("token", "revoke", "ann@office.example")
    assert none_left.exit_code == 1
    assert "Traceback" not in none_left.stderr


def test_wrong_use_ends_with_2(call: Call) -> None:
    assert call("officer", "add", "ann@office.example").exit_code == 2
    assert call("officer", "add", "a@b.example", "Ann", "--role", "king").exit_code == 2
    nobody = call("token", "add", "nobody@office.example")
    assert nobody.exit_code == 1
    assert "officer add" in nobody.stderr
