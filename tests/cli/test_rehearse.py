"""``rehearse`` plays written cases on parts of its own; it ends 1, naming the step, where one differs."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from compact_cases.cli.rehearse import rehearse
from compact_cases.rules.refusals import Refused
from compact_cases.sample.rehearsals import REHEARSALS
from compact_cases.sample.rehearsals.written import on
from tests.cli.running import run

pytestmark = pytest.mark.processes
FIRST = "settled-by-the-reply"
LEFT_BEHIND = "compact-cases-rehearsal-*"


def left_behind() -> set[Path]:
    return set(Path(tempfile.gettempdir()).glob(LEFT_BEHIND))


def test_it_plays_a_case_and_shows_its_days_and_a_table(tmp_path: Path) -> None:
    before = left_behind()
    done = run("rehearse", FIRST, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Wed 4 March 2026\n" in done.stdout
    assert "    owed    champion reply 2026-03-18\n" in done.stdout
    assert "    letter  officer new-concern (2 times)\n" in done.stdout
    assert done.stdout.splitlines()[-1].split() == [FIRST, "29", "29", "as", "expected"]
    assert list(tmp_path.iterdir()) == []
    assert left_behind() == before


def test_a_case_that_nobody_wrote_is_wrong_use_and_the_names_are_given(tmp_path: Path) -> None:
    done = run("rehearse", "nonsense", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No case is called 'nonsense'; there are settled-by-the-reply, " in done.stderr


def test_what_differs_is_in_the_json_and_its_step_in_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    written = REHEARSALS[FIRST]
    *others, last = written.days
    wrong = replace(written, days=(*others, last, on("2026-04-01", letters=["raiser reminder"])))
    monkeypatch.setitem(REHEARSALS, FIRST, wrong)
    done = CliRunner().invoke(rehearse, [FIRST, "--json"])
    assert isinstance(done.exception, Refused)  # which the command line makes a sentence and exit code 1 of
    assert str(done.exception) == (
        f"Not as expected: {FIRST}, 1 April 2026: letter “raiser reminder” was expected once and seen never."
    )
    [found] = json.loads(done.stdout)["rehearsals"]
    assert (found["case"], found["as_expected"]) == (FIRST, False)
    assert [one for one in found["steps"] if one["expected"] != one["seen"]] == [
        {"day": "2026-04-01", "kind": "letter", "what": "raiser reminder", "expected": 1, "seen": 0}
    ]
