"""The threads of the web service: how many there are, and how many requests may wait for one."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from weakref import WeakKeyDictionary

from compact_cases.clock import machine_seconds

THREADS = 24  # more than both pools have connections (16): who waits for a connection holds a thread too
MOST_WAITING = 48
LONGEST_WAIT = 3.0  # seconds for a thread; then for a connection as long again (records/engines.py)


class TooBusy(Exception):
    """No thread was free in time; what was asked has not been begun."""


class Threads(ThreadPoolExecutor):
    """Refuses at once when too many wait already, and, when its turn comes, what has waited too long."""

    def __init__(self) -> None:
        super().__init__(THREADS, thread_name_prefix="web")

    @property
    def are_full(self) -> bool:
        return self._work_queue.qsize() >= MOST_WAITING

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self.are_full:
            raise TooBusy
        return super().submit(_in_time, machine_seconds(), fn, *args, **kwargs)


def _in_time(asked: float, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    if machine_seconds() - asked > LONGEST_WAIT:
        raise TooBusy
    return fn(*args, **kwargs)


async def open_threads() -> None:
    """For Litestar's handlers and whatever else asks the loop for a thread; they end with the loop."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(_of_loop.setdefault(loop, Threads()))


def threads_here() -> Threads:
    return _of_loop[asyncio.get_running_loop()]


async def afterwards(fn: Callable[..., Any], *args: Any) -> None:
    """What somebody has been promised already: it waits for a thread as long as it must."""
    await asyncio.wrap_future(ThreadPoolExecutor.submit(threads_here(), fn, *args))


_of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Threads] = WeakKeyDictionary()
