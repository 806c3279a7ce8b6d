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
    assert tried == "2 would be added, 0 would be changed, 0 the same as before.\nNothing was kept.\n"
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


def test_a_file_of_windows_is_read_and_its_differences_are_named(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(FILE, encoding="utf-8")
    saved = FILE.replace(",", ";").replace("2009-05-01", "2/5/2009") + "Café;vcs-organisation;\n"
    (tmp_path / "windows.csv").write_bytes(saved.encode("cp1252"))

    def bodies(*words: str) -> str:
        ended = run("bodies", *words, folder=tmp_path, database_url=database_url)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    bodies("import", "register.csv")
    tried = bodies("import", "windows.csv", "--dry-run")
    assert tried.splitlines() == [
        "The file was read as Windows text (cp1252). Look at names with accents; to be sure, save it "
        "as CSV UTF-8.",
        "Northvale County Council, signed_on: 2009-05-01 becomes 2009-05-02",
        "1 would be added, 1 would be changed, 1 the same as before.",
        "Nothing was kept.",
    ]
    done = json.loads(bodies("import", "windows.csv", "--json"))
    assert (done["added"], done["changed"], done["unchanged"]) == (1, 1, 1)
    assert done["differences"] == [
        {
            "body": "Northvale County Council",
            "field": "signed_on",
            "before": "2009-05-01",
            "after": "2009-05-02",
        }
    ]
    assert "Café" in bodies("list")


def test_a_spreadsheet_instead_of_a_csv_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_bytes(b"PK\x03\x04...")
    ended = run("bodies", "import", "register.xlsx", folder=tmp_path)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert "a spreadsheet, not a CSV file" in ended.stderr
    assert not (tmp_path / ".data").exists()
