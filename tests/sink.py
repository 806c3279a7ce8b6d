"""A real SMTP server for tests: it keeps what it accepts, and refuses, rejects or hangs when told to."""

import asyncio
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from compact_cases.clock import Clock
from compact_cases.parts.mail_catcher import CaughtLetter, Letterbox, smtp_server


@dataclass
class Sink:
    """``answers`` maps ``RCPT``, ``DATA`` or one address to a reply such as ``"451 4.7.1 Try later"``.

    ``meanwhile`` is done once for each letter, after its ``DATA`` and before it is answered.
    """

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    meanwhile: Callable[[], object] | None = None
    smtputf8: bool = True
    box: Letterbox = field(default_factory=lambda: Letterbox(Clock()))

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[CaughtLetter]:
        return list(self.box)

    def to(self, address: str) -> list[CaughtLetter]:
        return self.box.to(address)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get(address) or self.answers.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.meanwhile:
            await asyncio.to_thread(self.meanwhile)
        if "DATA" in self.answers:
            return self.answers["DATA"]
        return await self.box.handle_DATA(server, session, envelope)


class SinkThread:
    """Runs a sink in a thread; ``stop`` closes its port, ``start`` opens the same one again."""

    def __init__(self) -> None:
        self.sink = Sink()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> Sink:
        listener = socket.create_server(("127.0.0.1", self.sink.port))
        self.sink.port = listener.getsockname()[1]
        self._loop, running = asyncio.new_event_loop(), threading.Event()
        self._thread = threading.Thread(target=self._run, args=(self._loop, listener, running), daemon=True)
        self._thread.start()
        running.wait(5)
        return self.sink

    def stop(self) -> None:
        if self._loop and self._thread:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
            self._loop = self._thread = None

    def _protocol(self) -> SMTP:
        """Of one connection; without SMTPUTF8 it refuses whatever is not plain ASCII, as many servers do."""
        if self.sink.smtputf8:
            return smtp_server(self.sink)
        return SMTP(self.sink, hostname="old.example", enable_SMTPUTF8=False)

    def _run(
        self, loop: asyncio.AbstractEventLoop, listener: socket.socket, running: threading.Event
    ) -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(loop.create_server(lambda: self._protocol(), sock=listener))
        loop.call_soon(running.set)
        loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
