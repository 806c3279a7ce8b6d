"""``compact-cases bodies`` as it is run."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run

pytestmark = pytest.mark.processes

FILE = """body,kind,signed_on
Northvale County Council,public-body,2009-05-01
Elmfield Tenants,community-group,
"""


def test_the_register_is_taken_in_from_a_file_and_listed(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(FILE, encoding="utf-8")

    def bodies(*words: str) -> str:
        ended = run("bodies", *words, folder=tmp_path, database_url=database_url)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    assert "There is no body on the register yet" in bodies("list")
    tried = bodies("import", "register.csv", "--dry-run")
    assert tried == "2 would be added, 0 would be changed, 0 the same as before.\n"
    assert bodies("import", "register.csv") == "2 added, 0 changed, 0 the same as before.\n"
    assert bodies("list").splitlines() == [
        "Elmfield Tenants, community-group, has not signed",
        "Northvale County Council, public-body, signed 1 May 2009",
    ]
    assert [body["signed_on"] for body in json.loads(bodies("list", "--json"))["bodies"]] == [
        None,
        "2009-05-01",
    ]


def test_a_file_with_bad_lines_is_refused_in_words(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(FILE + "Somebody,club,\n", encoding="utf-8")
    ended = run("bodies", "import", "register.csv", folder=tmp_path, database_url=database_url)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Nothing of this file was kept. Line 4, kind: Please say which kind")
    listed = run("bodies", "list", "--json", folder=tmp_path, database_url=database_url)
    assert json.loads(listed.stdout) == {"bodies": []}
