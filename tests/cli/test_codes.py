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
    assert (first.returncode, first.stderr) == (0, "")
    assert "Taken in: 27 undertakings of Community Groups, edition 1, in force now." in first.stdout
    again = run("codes", "import", str(GROUPS), "--json", folder=tmp_path, database_url=bare_database_url)
    assert json.loads(again.stdout)["new"] is False
    listed = run("codes", "list", folder=tmp_path, database_url=bare_database_url)
    assert "multi-sector-partnerships: named, text not held yet" in listed.stdout


def test_what_was_read_what_became_context_and_what_differs_is_told_first(
    database_url: str, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.md"
    changed.write_text(
        GROUPS.read_text(encoding="utf-8").replace("Challenge timescales", "Always challenge timescales"),
        encoding="utf-8",
    )

    def codes(*words: str, code: int = 0) -> str:
        ended = run("codes", *words, folder=tmp_path, database_url=database_url)
        assert ended.returncode == code, ended.stderr
        assert len(ended.stderr.splitlines()) == code
        return ended.stdout + ended.stderr

    tried = json.loads(codes("import", "changed.md", "--dry-run", "--json"))
    assert len(tried["undertakings"]) == 27
    assert tried["undertakings"][24] == {
        "clause": "community-groups/8.3",
        "owed_by": "vcs",
        "text": "Recognise that the interests of community and voluntary organisations are not always the "
        "same, and make it clear which part of the sector is being represented or discussed.",
        "line": 97,
    }
    assert {"line": 9, "text": "- Voluntary and Community Sector Groups", "flag": "bullet"} in tried[
        "context"
    ]
    assert tried["needs_replace"] is True
    assert tried["compared"] == {"new": [], "gone": [], "changed": ["community-groups/8.2"]}
    said = codes("import", "changed.md", "--dry-run")
    for part in (
        "8.2 changed",
        "was: Challenge timescales",
        "now: Always challenge timescales",
        "line 9, bullet: - Voluntary and Community Sector Groups",
        "Nothing was kept.",
    ):
        assert part in said
    refused = codes("import", "changed.md", code=1)
    assert "was: Challenge timescales" in refused
    assert "--replace" in refused.splitlines()[-1]
    assert "community-groups: edition 1, 27 undertakings\n" in codes("list")
    assert "edition 2, in force now" in codes("import", "changed.md", "--replace")
    assert "community-groups: edition 2, 27 undertakings (in force)" in codes("list")
    assert "Always challenge" in codes("show", "community-groups/8.2")
    used = json.loads(codes("use", "community-groups", "1", "--json"))
    assert (used["code"], used["edition"], used["before"]) == ("community-groups", "1", "2")
    assert used["compared"]["changed"] == ["community-groups/8.2"]
    assert "Challenge" in codes("show", "community-groups/8.2").splitlines()[1]
    assert "codes use community-groups 1" in codes("use", "community-groups", "2")


def test_a_dry_run_without_a_database_compares_with_what_ships_and_makes_nothing(tmp_path: Path) -> None:
    tried = run("codes", "import", str(GROUPS), "--dry-run", "--json", folder=tmp_path)
    assert json.loads(tried.stdout)["compared"] == {"new": [], "gone": [], "changed": []}
    assert list(tmp_path.iterdir()) == []


def test_migrate_loads_what_ships(bare_database_url: str, tmp_path: Path) -> None:
    assert run("migrate", folder=tmp_path, database_url=bare_database_url).returncode == 0
    listed = run("codes", "list", folder=tmp_path, database_url=bare_database_url)
    assert "multi-sector-partnerships: edition 1, 27 undertakings and 8 sub-points" in listed.stdout
