"""``compact-cases officer`` and ``token``, as a shell calls them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def call(database_url: str, tmp_path: Path) -> Call:
    environment = {
        **os.environ,
        "COMPACT_CASES_ENVIRONMENT": "development",
        "COMPACT_CASES_DATABASE_URL": database_url,
        "COMPACT_CASES_DATA_DIR": str(tmp_path),
        "COMPACT_CASES_BASE_URL": "http://cases.example",
    }

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "compact_cases.cli", *words]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return call


def test_an_officer_is_added_listed_and_gets_a_token(call: Call) -> None:
    added = call("officer", "add", "ann@office.example", "Ann Officer")
    assert added.returncode == 0
    assert "http://cases.example/sign-in/" in added.stdout
    again = call("officer", "add", "Ann@office.example", "Ann Officer")
    assert (again.returncode, again.stdout) == (1, "")
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
    assert none_left.returncode == 1
    assert "Traceback" not in none_left.stderr


def test_wrong_use_ends_with_2(call: Call) -> None:
    assert call("officer", "add", "ann@office.example").returncode == 2
    assert call("officer", "add", "a@b.example", "Ann", "--role", "king").returncode == 2
    nobody = call("token", "add", "nobody@office.example")
    assert nobody.returncode == 1
    assert "officer add" in nobody.stderr
