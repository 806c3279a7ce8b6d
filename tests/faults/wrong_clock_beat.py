"""Beat with a clock that is wrong: ``python -m tests.faults.wrong_clock_beat FILE`` is as late as FILE says.

In seconds, at each moment. The whole process sees that time: it is set before anything else is loaded.
"""

import datetime
import sys
import time
from pathlib import Path
from typing import Any

LATE = Path(sys.argv[1])


_real = datetime.datetime


def late() -> float:
    return float(LATE.read_text())


_time = time.time


class _SaysItIsTheOther(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _real)


class WrongDatetime(datetime.datetime, metaclass=_SaysItIsTheOther):
    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return _real.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return _real.fromtimestamp(time.time(), datetime.UTC).replace(tzinfo=None)


def main() -> None:
    time.time = lambda: _time() - late()
    datetime.datetime = WrongDatetime  # type: ignore[misc]
    from compact_cases.cli import main as command

    sys.argv = ["compact-cases", "beat"]
    command()


if __name__ == "__main__":
    main()
