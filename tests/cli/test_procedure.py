"""``compact-cases procedure`` as it is run."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.office.registry.test_procedures import OURS

pytestmark = pytest.mark.processes


def test_a_procedure_is_checked_taken_in_shown_and_taken_back(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")

    def procedure(*words: str) -> str:
        ended = run("procedure", *words, folder=tmp_path, database_url=database_url)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    checked = procedure("check", "ours.toml")
    assert "A reply of those run by volunteers: 25 working days instead of 20." in checked
    assert "Nothing was kept." in checked
    assert procedure("list") == "default-2026-3: Default procedure 2026, third edition (in force)\n"
    taken = json.loads(procedure("import", "ours.toml", "--json"))
    assert (taken["edition"], taken["new"], len(taken["differences"])) == ("northvale-2027", True, 3)
    listed = json.loads(procedure("list", "--json"))["procedures"]
    assert [(one["edition"], one["in_force"]) for one in listed] == [
        ("default-2026-3", False),
        ("northvale-2027", True),
    ]
    assert "25 for those run by volunteers" in procedure("show")
    assert "20 for those run by volunteers" in procedure("show", "default-2026-3")
    assert "procedure use northvale-2027" in procedure("use", "default-2026-3")
    assert json.loads(procedure("show", "--json"))["edition"] == "default-2026-3"


def test_without_a_database_the_shipped_one_is_shown_and_compared_with(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    assert "reply" in run("procedure", "show", folder=tmp_path).stdout
    assert "25 working days" in run("procedure", "check", "ours.toml", folder=tmp_path).stdout
    assert [one.name for one in tmp_path.iterdir()] == ["ours.toml"]


def test_a_file_that_is_none_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "torn.toml").write_text("edition = \n", encoding="utf-8")
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"\n')
    for file, sentence in (("torn.toml", "is not TOML"), ("latin.toml", "Line 1: this is not UTF-8 text")):
        ended = run("procedure", "import", file, folder=tmp_path)
        assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
        assert sentence in ended.stderr
    assert not (tmp_path / ".data").exists()
