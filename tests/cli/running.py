"""Runs ``compact-cases`` as people do: a process of its own, with the settings it is given and no others."""

import os
import subprocess
import sys
from pathlib import Path


def run(
    *words: str, folder: Path, database_url: str = "", seconds: float = 60, temporary: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COMPACT_CASES_")}
    given = {"COMPACT_CASES_DATABASE_URL": database_url, "COMPACT_CASES_ENVIRONMENT": "development"}
    if temporary:
        given["TMPDIR"] = str(temporary)
    return subprocess.run(
        [sys.executable, "-m", "compact_cases.cli", *words],
        cwd=folder,
        env={**environment, **given, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
