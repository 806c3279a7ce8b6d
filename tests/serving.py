"""A real web process of the service for a test, and a bare socket to it: what no in-process client passes."""

import os
import re
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from compact_cases.parts.postgres import Postgres
from compact_cases.parts.runner import Runner
from compact_cases.parts.supervisor import free_port
from compact_cases.settings import Settings
from tests.conftest import SHIPPED, clone_of
from tests.parts.running import COMMAND, bare_environment
from tests.waiting import wait_for


@dataclass(frozen=True)
class Answer:
    """One answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Line:
    """One connection. Bytes that follow an answer are kept: they belong to the next one, or to none."""

    def __init__(self, port: int, seconds: float = 10) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=seconds)
        self._left = b""

    def send(self, words: str | bytes) -> "Line":
        self.socket.sendall(words if isinstance(words, bytes) else words.encode())
        return self

    def ask(self, method: str, path: str, *more: str, body: bytes = b"") -> Answer:
        length = [f"Content-Length: {len(body)}"] if body else []
        head = "\r\n".join([f"{method} {path} HTTP/1.1", "Host: here", *length, *more, "", ""])
        self.send(head.encode() + body)
        return self.answer(without_body=method == "HEAD")

    def answer(self, *, without_body: bool = False) -> Answer:
        """The next answer. Raises EOFError where the server hung up instead, TimeoutError for silence."""
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:] if line)}
        if without_body or status in (204, 304) or status < 200:
            return Answer(status, headers, b"")
        if headers.get("transfer-encoding") == "chunked":
            return Answer(status, headers, self._chunks())
        return Answer(status, headers, self._exactly(int(headers["content-length"])))

    def hung_up(self) -> bool:
        """Whether the server closes the line, and says nothing more, within the line's patience."""
        try:
            return self._left == b"" and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def close(self) -> None:
        self.socket.close()

    def reset(self) -> None:
        """Leave without a word: the server hears of it when it next writes or reads."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._left:
            self._more()
        found, _, self._left = self._left.partition(mark)
        return found

    def _exactly(self, count: int) -> bytes:
        while len(self._left) < count:
            self._more()
        found, self._left = self._left[:count], self._left[count:]
        return found

    def _chunks(self) -> bytes:
        found = b""
        while size := int(self._until(b"\r\n"), 16):
            found += self._exactly(size)
            self._exactly(2)
        self._until(b"\r\n")
        return found

    def _more(self) -> None:
        got = self.socket.recv(65536)
        if not got:
            raise EOFError(self._left)
        self._left += got


@dataclass
class Served:
    """A web process that runs: its port, its log, and lines to it that are closed with it."""

    settings: Settings
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    lines: list[Line] = field(default_factory=list)
    _begins: int = 0

    def line(self, seconds: float = 10) -> Line:
        self.lines.append(Line(self.port, seconds))
        return self.lines[-1]

    def said(self) -> str:
        """Its log, since the last ``forget``."""
        return self.log.read_bytes()[self._begins :].decode()

    def forget(self) -> None:
        self._begins = self.log.stat().st_size

    def hang_up(self) -> None:
        while self.lines:
            self.lines.pop().close()

    def logged(self, path: str) -> list[str]:
        """The access lines for a path."""
        return re.findall(rf'^.*"path":"{re.escape(path)}".*$', self.said(), re.MULTILINE)

    def answers(self) -> bool:
        try:
            line = Line(self.port, 2)
        except OSError:
            return False
        try:
            return line.ask("GET", "/health/live").status == 200
        except (OSError, EOFError):
            return False
        finally:
            line.close()


def environment_of(settings: Settings, **more: str) -> dict[str, str]:
    """The settings as a process of ours reads them."""
    return bare_environment(
        ENVIRONMENT=settings.environment,
        DATABASE_URL=settings.database_url or "",
        REDIS_URL=settings.redis_url or "",
        SMTP_URL=settings.smtp_url or "",
        DATA_DIR=str(settings.data_dir),
        **more,
    )


@contextmanager
def served_alone(postgres: Postgres, folder: Path, *words: str) -> Iterator[Served]:
    """The same for the tests of a module: one process, on a database of its own."""
    with clone_of(postgres, SHIPPED, folder.name) as url:
        settings = Settings(environment="development", database_url=url, data_dir=folder)
        with served(settings, *words) as found:
            yield found


@contextmanager
def served(settings: Settings, *words: str, log: Path | None = None, **more: str) -> Iterator[Served]:
    """``compact-cases web`` on a free port of the loopback, as long as the test looks at it."""
    port, log = free_port(0), log or settings.data_dir / "web.log"
    process = Runner(os.getuid(), os.getgid()).start(
        [*COMMAND, "web", "--port", str(port), *words],
        death_signal=signal.SIGKILL,
        log=log,
        cwd=Path(sys.prefix),
        environment=environment_of(settings, **more),
    )
    found = Served(settings, port, process, log)
    try:
        wait_for(lambda: process.poll() is not None or found.answers(), "a web process")
        assert process.poll() is None, _beginning_of(log)
        yield found
    finally:
        found.hang_up()
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _beginning_of(log: Path) -> str:
    """Not all of it: a test's log can be ``/dev/full``, which has no end."""
    with log.open("rb") as lines:
        return lines.read(100_000).decode(errors="replace")
