"""``compact-cases mediators`` and ``panellists`` as they are run."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run

pytestmark = pytest.mark.processes


def test_both_are_listed_added_to_and_taken_in_from_a_file(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "panel.csv").write_text("name,email,sector\nAnn,ann@panel.example,vcs\n", encoding="utf-8")
    (tmp_path / "bad.csv").write_text("name,email\nTom,tom\n", encoding="utf-8")

    def said(*words: str) -> str:
        ended = run(*words, folder=tmp_path, database_url=database_url)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    assert "Nobody is on this register yet" in said("mediators", "list")
    added = said("mediators", "add", "mara@mediators.example", "Mara Quill", "--languages", "English")
    assert added == "Mara Quill is on the register of mediators.\n"
    (mediator,) = json.loads(said("mediators", "list", "--json"))["mediators"]
    assert (mediator["name"], mediator["languages"]) == ("Mara Quill", "English")
    tried = said("panellists", "import", "panel.csv", "--dry-run")
    assert tried == "1 would be added, 0 on the register already.\nNothing was kept.\n"
    assert said("panellists", "import", "panel.csv") == "1 added, 0 on the register already.\n"
    assert said("panellists", "list") == "Ann, vcs\n"
    refused = run("mediators", "import", "bad.csv", folder=tmp_path, database_url=database_url)
    assert refused.returncode == 1
    assert refused.stderr.startswith("Nothing of this file was kept. Line 2, email: Please give the whole")
