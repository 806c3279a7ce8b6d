"""Moving the clock leaves one file in the data folder, however it ends; and it goes with the service."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.parts.running import Up, bare_environment, run

pytestmark = pytest.mark.processes

MOVE = (
    "from pathlib import Path; from compact_cases.clock import write_clock_file; "
    "from compact_cases.settings import parse_instant; "
    "write_clock_file(Path({folder!r}), parse_instant('2026-03-02T09:30'))"
)
DIES_BEFORE_IT_IS_THERE = "import os; os.replace = lambda *_: os.kill(os.getpid(), 9); "


def moved(folder: Path, first: str = "", most_bytes: int = -1) -> int:
    """Move the clock in a process of its own: its exit code."""

    def bounded() -> None:
        if most_bytes >= 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    script = first + MOVE.format(folder=str(folder))
    words = [sys.executable, "-B", "-c", script]
    return subprocess.run(words, preexec_fn=bounded, capture_output=True, check=False).returncode


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("time", range(3))
def test_killed_in_the_middle_it_leaves_nothing_that_the_next_one_does_not_take(
    tmp_path: Path, time: int
) -> None:
    for _ in range(3):
        assert moved(tmp_path, DIES_BEFORE_IT_IS_THERE) == -9
    assert len(files(tmp_path)) <= 1
    assert moved(tmp_path) == 0
    assert files(tmp_path) == ["clock.json"]
    assert json.loads((tmp_path / "clock.json").read_text())["begins"] == "2026-03-02T09:30:00+00:00"


@pytest.mark.parametrize("time", range(3))
def test_where_there_is_no_room_for_it_nothing_is_left_and_the_old_time_stands(
    tmp_path: Path, time: int
) -> None:
    assert moved(tmp_path) == 0
    before = (tmp_path / "clock.json").read_bytes()
    assert moved(tmp_path, most_bytes=10) == 1
    assert files(tmp_path) == ["clock.json"]
    assert (tmp_path / "clock.json").read_bytes() == before


def test_with_the_service_the_moved_time_ends(tmp_path: Path) -> None:
    """Else a lone command on the folder would file steps at a time that no service has."""
    data = tmp_path / "data"
    up = Up(data)
    try:
        set_to = run("clock", "set", "2027-03-01T09:30", environment=bare_environment(DATA_DIR=str(data)))
        assert (set_to.returncode, set_to.stderr) == (0, "")
        assert "clock.json" in files(data)
    finally:
        assert up.end() == 0
    assert [name for name in files(data) if "clock" in name] == []
