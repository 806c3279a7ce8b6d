"""A mail server in a thread of this process: what it takes stays in a letterbox and goes to nobody."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from compact_cases.parts.mail_catcher import Letterbox, smtp_server


@contextmanager
def mail_sink(box: Letterbox) -> Iterator[str]:
    """The URL of a server on a free port of the loopback that ends with the block."""
    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    listener = socket.create_server(("127.0.0.1", 0))  # it takes connections from here on; the thread answers

    async def serve() -> None:
        async with await loop.create_server(lambda: smtp_server(box), sock=listener):
            await ended.wait()
        for connection in asyncio.all_tasks() - {asyncio.current_task()}:
            connection.cancel()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    thread = threading.Thread(target=run, name="mail sink", daemon=True)
    thread.start()
    try:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
