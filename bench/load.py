"""Eight clients that ask and ask again, over raw sockets kept open, so that they cost little themselves."""

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from compact_cases.clock import machine_seconds

CLIENTS = 8
WARM_UP = 1.5


@dataclass
class Measured:
    """How often something was done, in how long, and how long each took (milliseconds, sorted)."""

    seconds: float
    times: list[float] = field(default_factory=list)
    done: int = 0  # warming up included
    cpu_web: float = 0.0
    cpu_database: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, part: float) -> float:
        return self.times[min(len(self.times) - 1, int(len(self.times) * part))] if self.times else 0.0


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def ask_for(port: int, requests: Sequence[bytes], expected: int, seconds: float) -> Measured:
    """Send the requests round and round. Raises when an answer has another status than ``expected``."""

    def client(number: int) -> Callable[[], None]:
        line = Line(port)
        turn = number

        def once() -> None:
            nonlocal turn
            line.ask(requests[turn % len(requests)], expected)
            turn += CLIENTS

        return once

    return repeat(client, seconds)


def repeat(make: Callable[[int], Callable[[], object]], seconds: float, clients: int = CLIENTS) -> Measured:
    """Each client, in a thread, does its thing again and again: to warm up first, then measured."""
    all_times: list[list[float]] = [[] for _ in range(clients)]
    counts = [0] * clients
    faults: list[BaseException] = []
    warm = machine_seconds() + min(WARM_UP, seconds / 2)
    end = warm + seconds

    def run(number: int) -> None:
        try:
            once = make(number)
            while (now := machine_seconds()) < end and not faults:
                once()
                counts[number] += 1
                if now >= warm:
                    all_times[number].append((machine_seconds() - now) * 1000)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    taken = sorted(one for times in all_times for one in times)
    return Measured(machine_seconds() - warm, taken, sum(counts))


class Line:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = self._connect()

    def _connect(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self._port), timeout=30)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def ask(self, request: bytes, expected: int = 200) -> bytes:
        """The body of the answer."""
        self._socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end].lower(), data[end + 4 :]
        status = int(head[9:12])
        mark = head.find(b"content-length:")
        if mark < 0:
            raise RuntimeError(f"an answer without a length: {head[:200]!r}")
        length = int(head[mark + 15 :].split(b"\r\n", 1)[0])
        while len(body) < length:
            body += self._more()
        if status != expected:
            raise RuntimeError(f"answered {status} instead of {expected}: {body[:400]!r}")
        if b"connection: close" in head:
            self._socket = self._connect()
        return body

    def _more(self) -> bytes:
        if not (part := self._socket.recv(262_144)):
            raise RuntimeError("the server hung up")
        return part
