"""A new county: an office file to begin with, what ``up`` says without officers, whom doctor misses."""

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import time
from pathlib import Path

import pytest

from compact_cases.rules.codes import OwedBy
from compact_cases.rules.compact import Compact
from compact_cases.settings import Office, SettingsRefused, read_office
from tests.cli.running import run
from tests.parts.running import Up, bare_environment
from tests.parts.running import run as run_anywhere

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def example() -> str:
    folder = Path(tempfile.mkdtemp(prefix="compact-cases-office-"))
    printed = run("office", "example", folder=folder)
    assert (printed.returncode, printed.stderr) == (0, "")
    assert list(folder.iterdir()) == []
    shutil.rmtree(folder)
    return printed.stdout


def test_the_example_is_an_office_file_as_it_stands(example: str, tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text(example, encoding="utf-8")
    office = read_office(file)
    assert (office.name, office.area, office.prefix) == ("Northvale Compact office", "Northvale", "NC")
    assert (office.window_start, office.window_every_day) == (time(8), False)
    assert [reason for _, reason in office.closing_days] == ["Office closed", "Office closed"]
    assert office.compact.name == "Northvale Compact"
    assert office.compact.shipped_codes is False
    assert [slug for slug, _ in office.compact.codes] == ["consultation", "funding", "volunteering"]
    assert office.compact.owners_in("The council") == [OwedBy.PUBLIC_SECTOR]
    assert office.compact.promise_in("It resolves to listen") == "resolves to"


def test_every_setting_stands_in_the_example_with_a_word_about_it(example: str) -> None:
    table = tomllib.loads(example)
    assert set(table) == {one.name for one in fields(Office)} - {"sample"}
    assert set(table["compact"]) == {one.name for one in fields(Compact)}
    lines = example.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"[a-z_]+ = |\[", line):
            above = lines[:number][::-1]
            block = next((one for one in above if one.startswith("#") or not one), "")
            assert block.startswith("#"), line


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("shipped_codes = false", 'shipped_codes = "no"', "'compact.shipped_codes' must be true or false"),
        ('consultation = "Consultation"', 'Consultation = ""', "'compact.codes' must name each Code"),
        ("public-sector = [", "council = [", "'compact.owners' may have joint, public-sector"),
        (
            'promises = ["resolves to"]',
            'promises = "resolves to"',
            "'compact.promises' must be a list of words",
        ),
        (
            'name = "Northvale Compact"\n',
            'nome = "Northvale Compact"\n',
            "a setting 'nome' that is not known",
        ),
        ('name = "Northvale Compact"\n', 'name = "North\u200bvale"\n', "'compact.name' must be the name"),
        ("[compact]", "[[compact]]", "must be a table"),
    ],
)
def test_what_is_wrong_in_an_office_file_is_said_with_its_setting(
    example: str, tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in example
    file = tmp_path / "office.toml"
    file.write_text(example.replace(old, new), encoding="utf-8")
    with pytest.raises(SettingsRefused, match=re.escape(str(file))) as refused:
        read_office(file)
    assert sentence in str(refused.value)


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="compact-cases-county-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


def test_a_new_county_begins_with_its_own_codes_and_is_told_to_add_an_officer(
    folder: Path, example: str
) -> None:
    office = folder / "office.toml"
    office.write_text(example, encoding="utf-8")
    office.chmod(0o644)
    folder.chmod(0o755)
    up = Up(folder / "data", OFFICE=str(office))
    try:
        assert up.places["sign_in"] is None
        page = up.get("/codes").decode()
        assert "Community Groups" not in page
        assert "Funding" in page
        assert "Northvale" in up.get("/").decode()
        environment = bare_environment(DATA_DIR=str(folder / "data"))
        doctor = run_anywhere("doctor", environment=environment)
        assert "look  Officers: nobody" in doctor.stdout
        assert "compact-cases officer add EMAIL NAME" in doctor.stdout
        assert up.process.stderr
        said = up.process.stderr.readline()
    finally:
        assert up.end() == 0
    assert "Nobody is in the office’s list yet" in said
    assert f"COMPACT_CASES_DATA_DIR={folder / 'data'} compact-cases officer add EMAIL NAME" in said


REGISTER = """body,kind,signed_on,champion_name,champion_email
Northvale County Council,public-body,2009-05-01,,
Elmfield Trust,vcs-organisation,2009-05-01,Flo,flo@elmfield.example
Lunch Club,community-group,,,
"""


def test_doctor_names_who_is_missing(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")

    def doctor() -> list[str]:
        return run("doctor", folder=tmp_path, database_url=database_url).stdout.splitlines()

    def command(*words: str) -> None:
        assert run(*words, folder=tmp_path, database_url=database_url).returncode == 0

    command("bodies", "import", "register.csv")
    command("officer", "add", "morgan@office.example", "Morgan Hale")
    found = doctor()
    assert "good  Officers: Morgan Hale" in found
    assert "look  Co-officer: nobody beside Morgan Hale, and no chair" in found
    assert "look  Chair: nobody" in found
    assert "look  Champions: missing for Northvale County Council" in found
    command("officer", "add", "ruth@office.example", "Ruth Selby", "--role", "chair")
    found = doctor()
    assert "look  Co-officer: nobody beside Morgan Hale; the chair, Ruth Selby, stands in" in found
    assert "good  Chair: Ruth Selby" in found
    command("officer", "add", "asha@office.example", "Asha Verma")
    (tmp_path / "register.csv").write_text(
        REGISTER.replace("2009-05-01,,", "2009-05-01,Ann,ann@nv.example"), encoding="utf-8"
    )
    command("bodies", "import", "register.csv")
    found = doctor()
    assert "good  Co-officer: Asha Verma" in found
    assert "good  Champions: each body that has signed or has an open case has one" in found
    listed = json.loads(run("officer", "list", "--json", folder=tmp_path, database_url=database_url).stdout)
    assert len(listed["officers"]) == 3
