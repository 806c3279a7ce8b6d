"""Beat as we run it: it adds no tick to a queue that nobody empties, and none of them ever expires."""

from typing import Any

from celery.beat import ScheduleEntry, Scheduler

MOST_WAITING = 3  # for each kind of a queue's ticks; each does all that is due, so that more add nothing


class Beat(Scheduler):  # type: ignore[misc]
    """While no worker runs, ticks would fill Redis. To let them expire is no way out: that is held against
    the worker's wall clock, and a beat whose clock was 5 s behind stopped all letters without a word."""

    def apply_async(
        self, entry: ScheduleEntry, producer: Any = None, advance: bool = True, **more: Any
    ) -> Any:
        if self._has_room(entry.options["queue"]):
            return super().apply_async(entry, producer=producer, advance=advance, **more)
        return None

    def _has_room(self, queue: str) -> bool:
        kinds = sum(one.options["queue"] == queue for one in self.schedule.values())
        waiting: int = self.connection.default_channel.queue_declare(queue).message_count
        return waiting < MOST_WAITING * int(kinds)
