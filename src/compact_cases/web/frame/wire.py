"""A connection as uvicorn keeps it, with two bounds that it lacks: how long and how large a request is."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

PATIENCE = 60.0  # seconds in which a request must have come: the largest one then needs 17 kB a second
LARGEST_HEAD = 65_536  # bytes that have come of it, and it has no end yet
TOO_SLOW = "The request did not come in time. Please send it again."
TOO_LONG = "The address or the headers of the request are longer than we take."
UPGRADE = "With an Upgrade header we take no body. Please send it again without one."
_SAYS_BODY = (b"content-length", b"transfer-encoding")


class Wire(HttpToolsProtocol):
    """Uvicorn waits for ever for the rest of a request, and reads headers without end."""

    def __init__(self, *given: Any, patience: float = PATIENCE, **named: Any) -> None:
        super().__init__(*given, **named)
        self._patience = patience
        self._timer: asyncio.TimerHandle | None = None
        self._part, self._head = "", 0  # which part of a request comes now: "head", "body" or none
        self._answering: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)
        if self._answering is not None and not self._answering.response_complete:
            self._answering.disconnected = True  # uvicorn says so to the latest request only
            self._answering.message_event.set()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def data_received(self, data: bytes) -> None:
        if self._timer is None:
            self._wait()
        super().data_received(data)
        if self._part == "head":
            self._head += len(data)
            if self._head > LARGEST_HEAD:
                self._refuse(431, TOO_LONG)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._part, self._head = "head", 0
        self._wait()

    def on_headers_complete(self) -> None:
        self._part = "body"
        if self.parser.should_upgrade() and any(name in _SAYS_BODY for name, _ in self.headers):
            self._refuse(400, UPGRADE)  # httptools takes what follows for words of the other protocol
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._part = ""
        self._wait_no_more()
        if not self.transport.is_closing():
            super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """A browser that asks for another protocol is nothing to warn of."""

    def _wait(self) -> None:
        self._wait_no_more()
        self._timer = self.loop.call_later(self._patience, self._too_slow)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer, latest = None, self.cycle
        if self.pipeline or (latest and not latest.more_body and not latest.response_complete):
            self._wait()  # an answer is owed first, and perhaps it is we who do not read meanwhile
        elif self._part == "head" or (self._part == "body" and not latest.response_started):
            self._refuse(408, TOO_SLOW)
        else:
            self.transport.close()

    def _refuse(self, status: int, sentence: str) -> None:
        """An answer without the application, and the end of the line."""
        if not self.transport.is_closing():
            head = f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(sentence)}\r\n"
            self.transport.write(STATUS_LINE[status] + f"{head}connection: close\r\n\r\n{sentence}".encode())
            self.transport.close()
