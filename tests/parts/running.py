"""Starts a real ``compact-cases up`` for a test, and looks at the processes it leaves."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psutil

from compact_cases.clock import machine_seconds

COMMAND = (sys.executable, "-m", "compact_cases.cli")


def bare_environment(**settings: str) -> dict[str, str]:
    """The environment without any setting of the machine the tests run on, plus ``settings``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMPACT_CASES_")}
    return {**kept, **{f"COMPACT_CASES_{name}": value for name, value in settings.items()}}


class Up:
    """One running ``up``. ``places`` is the line of JSON it printed."""

    def __init__(
        self, data: Path, *words: str, become: Callable[[], None] | None = None, **settings: str
    ) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "up", "--json", "--port", "0", "--data", str(data), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=bare_environment(**settings),
            cwd="/",
            preexec_fn=become,
        )
        assert self.process.stdout
        assert self.process.stderr
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        self.places: dict[str, str] = json.loads(line)
        self.children = psutil.Process(self.process.pid).children(recursive=True)

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.places["web"] + path, timeout=10) as answer:
            return bytes(answer.read())

    def letters(self, query: str = "") -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{self.places['mail']}/letters.json{query}", timeout=10) as answer:
            found: list[dict[str, Any]] = json.load(answer)["letters"]
            return found

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(30)
        for pipe in (self.process.stdout, self.process.stderr):
            assert pipe
            pipe.close()
        return code

    def left_behind(self) -> list[str]:
        """The processes that still run, after up to ten seconds to end."""
        _, alive = psutil.wait_procs(self.children, timeout=10)
        return [" ".join(it.cmdline()) for it in alive if it.status() != psutil.STATUS_ZOMBIE]


def run(*words: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """One command to its end."""
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        env=dict(environment) if environment is not None else bare_environment(),
        cwd="/",
        timeout=60,
        check=False,
    )


def wait_until(question: Callable[[], bool], seconds: float = 10) -> None:
    deadline = machine_seconds() + seconds
    while not question():
        assert machine_seconds() < deadline, "it did not come to pass in time"
        time.sleep(0.05)
