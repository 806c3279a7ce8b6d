"""Waiting for what a process does in its own time, bounded, with a sentence when it does not come."""

import time
from collections.abc import Callable
from typing import TypeVar

from compact_cases.clock import machine_seconds

Found = TypeVar("Found")


def wait_for(look: Callable[[], Found], what: str, seconds: float = 30) -> Found:
    """What ``look`` finds, as soon as it is true of it. Raises AssertionError after ``seconds``."""
    ends = machine_seconds() + seconds
    while machine_seconds() < ends:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError(f"There was not {what} within {seconds} seconds.")
