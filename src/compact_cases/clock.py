"""The only place that reads the time: case time in the office's zone, and machine time for time-outs.

*Case time* decides rules, reminders, tokens and every stored instant. It can be moved by a clock file in
the data folder, which every process of one ``up`` reads again when it changes. *Machine time* is for
time-outs, queues and measurements, and never moves.
"""

import json
import time as machine
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from compact_cases.settings import OFFICE_ZONE, Settings

CLOCK_FILE = "clock.json"
_FRESH = ".clock.json.new"


class Clock:
    """Case time. ``now()`` is aware and in the office's zone; ``today()`` is its date."""

    def now(self) -> datetime:
        return datetime.now(OFFICE_ZONE)

    def today(self) -> date:
        return self.now().date()


@dataclass
class MovedClock(Clock):
    """Case time that started at ``begins`` when real time was ``real``, and runs on from there."""

    begins: datetime
    real: datetime

    def now(self) -> datetime:
        return (self.begins + (datetime.now(OFFICE_ZONE) - self.real)).astimezone(OFFICE_ZONE)


@dataclass
class HandClock(Clock):
    """Case time that stands still until it is moved: for tests and for playing the sample's history."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def move(self, to: datetime) -> None:
        self.at = to

    def pass_time(self, by: timedelta) -> None:
        self.at = self.at + by


@dataclass
class FileClock(Clock):
    """Case time as the data folder's clock file says; real time where there is no such file."""

    path: Path
    _seen: tuple[int, int] | None = None
    _moved: MovedClock | None = field(default=None, repr=False)

    def move(self, to: datetime) -> None:
        """For every process that goes by this file."""
        write_clock_file(self.path.parent, to)

    def now(self) -> datetime:
        self._read_again_if_changed()
        return self._moved.now() if self._moved else super().now()

    def _read_again_if_changed(self) -> None:
        try:
            status = self.path.stat()
        except OSError:
            self._seen, self._moved = None, None
            return
        if (mark := (status.st_mtime_ns, status.st_ino)) != self._seen:
            table = json.loads(self.path.read_text(encoding="utf-8"))
            self._moved = MovedClock(
                datetime.fromisoformat(table["begins"]), datetime.fromisoformat(table["real"])
            )
            self._seen = mark


def write_clock_file(folder: Path, begins: datetime) -> None:
    """Move the case time of every process on ``folder`` to ``begins``; replaced in one step."""
    table = {"begins": begins.isoformat(), "real": datetime.now(OFFICE_ZONE).isoformat()}
    fresh = folder / _FRESH  # always the same: what a kill leaves is taken away by the next one
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("x", encoding="utf-8") as file:
            json.dump(table, file)
        fresh.chmod(0o644)  # no secret, and processes of another user read it
        fresh.replace(folder / CLOCK_FILE)
    finally:
        fresh.unlink(missing_ok=True)


def remove_clock_file(folder: Path) -> None:
    """Real time again, for every process on ``folder``."""
    for name in (CLOCK_FILE, _FRESH):
        (folder / name).unlink(missing_ok=True)


def clock_of(settings: Settings) -> Clock:
    """The clock a process should use: the data folder's, else a lone ``_CLOCK``, else the real one."""
    path = settings.data_dir / CLOCK_FILE
    if settings.in_production:
        return Clock()
    if path.exists() or settings.clock is None:
        return FileClock(path)
    return MovedClock(settings.clock, datetime.now(OFFICE_ZONE))


def steady_now() -> datetime:
    """Machine time as an instant, for schedules: right when the process began, then run on by what only goes
    forward, so that a clock which is set back silences nothing."""
    began, seconds = _BEGAN
    return began + timedelta(seconds=machine.monotonic() - seconds)


_BEGAN = (datetime.now(UTC), machine.monotonic())


def machine_seconds() -> float:
    """Seconds of a clock that only goes forward, for time-outs and measurements."""
    return machine.monotonic()
