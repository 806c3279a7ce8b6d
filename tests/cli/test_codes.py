"""``compact-cases codes`` as it is run: its own process, its words and its exit codes."""

import json
from pathlib import Path

import pytest

import compact_cases
from compact_cases.rules.codes import NAMED_CODES
from tests.cli.running import run

pytestmark = pytest.mark.processes

GROUPS = Path(compact_cases.__file__).parent / "compact" / "codes" / "community-groups.md"


def test_without_a_database_the_shipped_codes_are_listed(tmp_path: Path) -> None:
    listed = run("codes", "list", folder=tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert listed.stdout.splitlines()[2:4] == [
        "community-groups: edition 1, 27 undertakings",
        "consultation: named, text not held yet",
    ]
    in_json = json.loads(run("codes", "list", "--json", folder=tmp_path).stdout)
    assert [code["code"] for code in in_json["codes"]] == list(NAMED_CODES)
    assert list(tmp_path.iterdir()) == []


def test_an_undertaking_is_shown_however_it_is_spelled(tmp_path: Path) -> None:
    shown = run("codes", "show", "Multi-sector 5.14 (h)", folder=tmp_path)
    assert (shown.returncode, shown.stdout.splitlines()[1]) == (
        0,
        "Costs of participation and representation",
    )
    found = json.loads(run("codes", "show", "community-groups/8.2", "--json", folder=tmp_path).stdout)
    assert (found["owed_by"], found["edition"]) == ("vcs", "1")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("show", "5.3"), 1, "Numbers repeat across Codes: write community-groups/5.3"),
        (("show", "nonsense"), 1, "'nonsense' is not an undertaking"),
        (("import", "missing.md"), 2, "does not exist"),
        (("import", "torn.md"), 1, "Line 1: only the title may stand before the first section"),
        (("import", "latin.md"), 1, "Line 2: this is not UTF-8 text"),
        (("sing",), 2, "No such command"),
    ],
)
def test_wrong_use_and_refusals_are_one_sentence(
    tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    (tmp_path / "torn.md").write_text("A page from another book.\n")
    (tmp_path / "latin.md").write_bytes(b"**A**\ncaf\xe9\n")
    ended = run("codes", *words, folder=tmp_path)
    assert ended.returncode == code
    assert sentence in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / ".data").exists()


def test_a_code_is_taken_in_once(bare_database_url: str, tmp_path: Path) -> None:
    first = run("codes", "import", str(GROUPS), folder=tmp_path, database_url=bare_database_url)
    assert (first.returncode, first.stdout) == (0, "27 undertakings of Community Groups, edition 1.\n")
    again = run("codes", "import", str(GROUPS), "--json", folder=tmp_path, database_url=bare_database_url)
    assert json.loads(again.stdout)["new"] is False
    listed = run("codes", "list", folder=tmp_path, database_url=bare_database_url)
    assert "multi-sector-partnerships: named, text not held yet" in listed.stdout


def test_migrate_loads_what_ships(bare_database_url: str, tmp_path: Path) -> None:
    assert run("migrate", folder=tmp_path, database_url=bare_database_url).returncode == 0
    listed = run("codes", "list", folder=tmp_path, database_url=bare_database_url)
    assert "multi-sector-partnerships: edition 1, 27 undertakings and 8 sub-points" in listed.stdout
