"""``rehearse`` plays written cases on parts of its own; it ends 1, naming the step, where one differs."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from compact_cases.cli.rehearse import rehearse
from compact_cases.parts.data_folder import prepare
from compact_cases.parts.redis import Redis
from compact_cases.parts.runner import PartRefused
from compact_cases.parts.worker_in_hand import worker_in_hand
from compact_cases.rules.refusals import Refused
from compact_cases.sample.rehearsals import REHEARSALS
from compact_cases.sample.rehearsals.written import on
from tests.cli.running import run

pytestmark = pytest.mark.processes
FIRST = "settled-by-the-reply"


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A temporary folder of its own, which the user who runs PostgreSQL for root can pass."""
    with tempfile.TemporaryDirectory() as path:
        Path(path).chmod(0o755)
        yield Path(path)


def test_it_plays_a_case_and_shows_its_days_and_a_table(tmp_path: Path, temporary: Path) -> None:
    done = run("rehearse", FIRST, folder=tmp_path, temporary=temporary)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Wed 4 March 2026\n" in done.stdout
    assert "    owed    champion reply 2026-03-18\n" in done.stdout
    assert "    letter  officer new-concern (2 times)\n" in done.stdout
    assert done.stdout.splitlines()[-1].split() == [FIRST, "29", "29", "as", "expected"]
    assert list(tmp_path.iterdir()) == []
    assert list(temporary.iterdir()) == []


def test_a_worker_of_its_own_plays_every_case_as_expected(tmp_path: Path) -> None:
    """Whatever settings stand in the folder from which it is run."""
    (tmp_path / ".env").write_text("COMPACT_CASES_OFFICE=there-is-none.toml\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o600)
    done = run("rehearse", "--json", folder=tmp_path, seconds=900)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)["rehearsals"]
    assert [(one["case"], one["as_expected"]) for one in found] == [(name, True) for name in REHEARSALS]


def test_a_worker_that_fails_ends_it_with_a_sentence(tmp_path: Path) -> None:
    folder = prepare(tmp_path / "data")
    redis = Redis(folder, folder.sockets())
    redis.start()
    said = {"ENVIRONMENT": "development", "REDIS_URL": redis.url, "DATABASE_URL": "postgresql:///nothing"}
    try:
        with (
            worker_in_hand(folder, redis.url, said) as worker,
            pytest.raises(PartRefused, match=r"The worker (did not do|failed at) tick_sweep: "),
        ):
            worker.do_what_is_due()
    finally:
        redis.stop()
        folder.forget_sockets()


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
