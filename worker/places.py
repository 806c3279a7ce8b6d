"""How many threads of the worker one kind of work may hold, so that slow mail keeps no sweep waiting."""

import functools
import threading
from collections.abc import Callable


def at_most(threads: Callable[[], int]) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Where so many are at it already, one more leaves it to them: they do all that is due."""

    def bounded(task: Callable[[], None]) -> Callable[[], None]:
        lock, at_work = threading.Lock(), 0

        @functools.wraps(task)
        def held() -> None:
            nonlocal at_work
            with lock:
                if at_work >= threads():
                    return
                at_work += 1
            try:
                task()
            finally:
                with lock:
                    at_work -= 1

        return held

    return bounded


alone = at_most(lambda: 1)
