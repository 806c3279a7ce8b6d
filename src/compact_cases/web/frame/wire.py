"""A connection as uvicorn keeps it, with bounds that it lacks: how long, how large, how many."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from compact_cases.web.frame.lines import lines_of

PATIENCE = 60.0  # seconds in which a request must have come: the largest one then needs 17 kB a second
LARGEST_HEAD = 65_536  # bytes that have come of it, and it has no end yet
LARGEST_FRAME = 4 * LARGEST_HEAD  # bytes around a body in chunks: their sizes, words beside them, trailers
TOO_SLOW = "The request did not come in time. Please send it again."
TOO_LONG = "The address or the headers of the request are longer than we take."
TOO_MANY = "There are too many open connections. Please send it again."
UPGRADE = "With an Upgrade header we take no body. Please send it again without one."
_SAYS_BODY = (b"content-length", b"transfer-encoding")


class Wire(HttpToolsProtocol):
    """Uvicorn waits for ever for the rest of a request, reads headers and trailers without end, and takes
    every connection."""

    def __init__(
        self, *given: Any, patience: float = PATIENCE, proxies: tuple[str, ...] = (), **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self._patience, self._lines = patience, lines_of(proxies)
        self.address, self.held, self.since = "", 0, 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._part = ""  # of a request that comes now: "head", "body" or none
        self._beside = 0  # bytes of it that are no body
        self._answering: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self._wait()
        self._lines.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._wait_no_more()
        self._lines.drop(self)
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
        if self._part:
            self._beside += len(data)  # and what of it is body is taken off again
        super().data_received(data)
        if self._part and self._beside > (LARGEST_HEAD if self._part == "head" else LARGEST_FRAME):
            self._refuse(431, TOO_LONG)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._part, self._beside = "head", 0
        self._wait()
        self._lines.begin(self)

    def on_headers_complete(self) -> None:
        self._part = "body"
        if self.parser.should_upgrade() and any(name in _SAYS_BODY for name, _ in self.headers):
            self._refuse(400, UPGRADE)  # httptools takes what follows for words of the other protocol
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._beside -= len(body)
        if self.transport.is_closing():
            return
        super().on_body(body)
        if not self.cycle.response_complete:
            self._lines.take(self, len(body))

    def on_message_complete(self) -> None:
        self._part = ""
        self._lines.end(self)
        self._wait_no_more()
        if not self.transport.is_closing():
            super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """A browser that asks for another protocol is nothing to warn of."""

    def _wait(self) -> None:
        self._wait_no_more()
        self.since = self.loop.time()
        self._timer = self.loop.call_later(self._patience, self._too_slow)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        if self._owes_an_answer:
            self._wait()  # that comes first, and perhaps it is we who do not read meanwhile
        else:
            self._end(408, TOO_SLOW)

    @property
    def _owes_an_answer(self) -> bool:
        latest = self.cycle
        return bool(self.pipeline or (latest and not latest.more_body and not latest.response_complete))

    @property
    def may_give_way(self) -> bool:
        return not self.transport.is_closing() and not self._owes_an_answer

    def give_way(self) -> None:
        """To a newer connection, or for the room that the body takes."""
        self._lines.end(self)
        self._end(503, TOO_MANY)

    def _end(self, status: int, sentence: str) -> None:
        """With a word where half a request has come and nothing was said to it; idle lines just end."""
        if self._part == "head" or (self._part == "body" and not self.cycle.response_started):
            self._refuse(status, sentence)
        else:
            self.transport.close()

    def _refuse(self, status: int, sentence: str) -> None:
        """An answer without the application, and the end of the line."""
        if not self.transport.is_closing():
            head = f"content-type: text/plain; charset=utf-8\r\ncontent-length: {len(sentence)}\r\n"
            self.transport.write(STATUS_LINE[status] + f"{head}connection: close\r\n\r\n{sentence}".encode())
            self.transport.close()
