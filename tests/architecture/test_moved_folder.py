"""A checkout that was moved or copied: its environment holds the old address, so `make` sets it up anew."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

pytestmark = pytest.mark.processes


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with our Makefile and an environment that was set up in it."""
    folder = tmp_path / "one" / "checkout"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("requirements-dev.lock", "pyproject.toml"):
        (folder / name).touch()
    subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=folder, check=True)
    (folder / ".venv" / "ready").touch()
    return folder


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *words, f"PYTHON={sys.executable}"], cwd=folder, env=outside, capture_output=True, text=True
    )


def is_ready(folder: Path) -> bool:
    asked = make(folder, "-q", "setup")
    assert asked.returncode in (0, 1), asked.stderr
    return asked.returncode == 0


def test_where_it_was_set_up_nothing_is_done_again(checkout: Path) -> None:
    assert is_ready(checkout)


@pytest.mark.parametrize("to", ["two/checkout", "two words/checkout", "checkout", "one/checkout-2"])
def test_a_folder_that_was_moved_or_copied_is_set_up_anew(checkout: Path, tmp_path: Path, to: str) -> None:
    moved = tmp_path / to
    moved.parent.mkdir(exist_ok=True)
    shutil.copytree(checkout, moved, symlinks=True)
    assert not is_ready(moved)
    assert is_ready(checkout)
    make(moved, "setup")  # of an empty project: what counts is that the environment is made anew
    here = f"{moved}/.venv/bin/python"
    assert here in (moved / ".venv" / "bin" / "pip").read_text(encoding="utf-8")
    (moved / ".venv" / "ready").touch()
    assert is_ready(moved)
