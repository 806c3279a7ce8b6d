"""One of our own processes as ``up`` runs it: the web service, the worker, beat, or a command to its end."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from compact_cases.parts.data_folder import DataFolder
from compact_cases.parts.runner import PartRefused, Runner

_STOP_SECONDS = 8.0


class OwnProcess:
    """A ``compact-cases`` command in a process of its own that ends with ours."""

    def __init__(
        self,
        name: str,
        words: list[str],
        folder: DataFolder,
        environment: Mapping[str, str],
        place: Path | None = None,
    ) -> None:
        """``place`` is where it runs, and looks for ``.env``; else where we do."""
        self.name = name
        self._place = place or Path.cwd()
        self._words, self._folder, self._environment = words, folder, environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        # With the parent goes the database: a worker has nothing left to finish, so it is not asked to.
        self._process = Runner(os.getuid(), os.getgid()).start(
            [sys.executable, "-m", "compact_cases.cli", *self._words],
            death_signal=signal.SIGKILL,
            log=self.log,
            cwd=self._place,
            environment=self._environment,
        )

    def poll(self) -> int | None:
        """Its exit code when it has ended."""
        return self._process.poll() if self._process else 0

    def ask_to_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Ask, wait, and end it: what it had not committed is done again at the next start."""
        if self._process is None:
            return
        self.ask_to_stop()
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(_STOP_SECONDS)

    def kill(self) -> None:
        """End it at once: for one that has nothing left to do."""
        if self._process:
            self._process.kill()
            self._process.wait(_STOP_SECONDS)

    async def run(self) -> None:
        """Run it to its end. Raises PartRefused with its last words when it fails."""
        self.start()
        try:
            while (code := self.poll()) is None:
                await asyncio.sleep(0.02)
        finally:
            if self.poll() is None:
                self.stop()
        if code:
            raise PartRefused(self.last_words())

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def log(self) -> Path:
        return self._folder.log(self.name)

    def last_words(self) -> str:
        """What its log ends with: our commands end with a sentence."""
        lines = (
            self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        )
        return next((line for line in reversed(lines) if line.strip()), f"{self.name} said nothing") + (
            f" ({self.log})"
        )
