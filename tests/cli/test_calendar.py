"""``compact-cases calendar`` and ``procedure preview`` as they are run."""

import json
from pathlib import Path

from tests.cli.running import run
from tests.office.registry.test_procedures import OURS


def test_closing_days_are_previewed_kept_and_taken_away(database_url: str, tmp_path: Path) -> None:
    def calendar(*words: str) -> str:
        ended = run("calendar", *words, folder=tmp_path, database_url=database_url)
        assert (ended.returncode, ended.stderr) == (0, "")
        return ended.stdout

    day = ("--add", "2030-03-12", "--because", "Stocktaking")
    looked = calendar("preview", *day)
    assert "Tuesday 12 March 2030 is a closing day: Stocktaking." in looked
    assert "Nothing was kept" in looked
    assert "Stocktaking" not in calendar("list")
    kept = json.loads(calendar("preview", *day, "--apply", "open", "--json"))
    assert (kept["moved"], kept["stayed"], kept["differs"]) == (0, 0, [])
    assert "Tue 2030-03-12: Stocktaking" in calendar("list")
    calendar("preview", "--remove", "2030-03-12", "--apply", "new")
    assert "The calendar in force, for open cases." in calendar("preview")
    assert "Stocktaking" not in calendar("list")


def test_a_day_that_cannot_be_added_is_one_sentence(database_url: str, tmp_path: Path) -> None:
    for words, sentence in (
        (("--add", "2030-03-16", "--because", "x"), "Saturday 16 March 2030 does not work anyway: Saturday."),
        (
            ("--remove", "2030-12-25"),
            "It does not work because of Christmas Day.",
        ),
    ):
        ended = run("calendar", "preview", *words, folder=tmp_path, database_url=database_url)
        assert ended.returncode == 1
        assert sentence in ended.stderr


def test_an_edition_is_previewed_and_applied(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    ended = run("procedure", "preview", "ours.toml", folder=tmp_path, database_url=database_url)
    assert "0 open cases" in ended.stdout
    assert "Nothing was kept" in ended.stdout
    ended = run(
        "procedure", "preview", "ours.toml", "--apply", "open", folder=tmp_path, database_url=database_url
    )
    assert "northvale-2027 is in force now" in ended.stdout
    assert "0 open cases moved" in ended.stdout
