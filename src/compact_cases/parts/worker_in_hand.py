"""A worker of one's own that does a task when it is told to, and says when that is done: for rehearsals."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from celery import Celery
from celery.exceptions import TimeoutError as NotYet

from compact_cases.clock import machine_seconds
from compact_cases.parts.data_folder import DataFolder
from compact_cases.parts.own_process import OwnProcess
from compact_cases.parts.runner import PartRefused
from compact_cases.settings import PREFIX

LONGEST = 60.0  # seconds that one task may take
DUE_WORK = (("tick_sweep", "sweeps"), ("tick_digests", "upkeep"), ("tick_post", "letters"))
"""What the timetable does all day: the steps that are due, the officers' digests, the letters that wait."""
UPKEEP = (("tick_upkeep", "upkeep"),)


class WorkerInHand:
    """Where beat would tick on, each task is sent once and waited for, so that days can pass in a moment."""

    def __init__(self, process: OwnProcess, redis_url: str) -> None:
        self._process = process
        self._celery = Celery(broker=redis_url, backend=redis_url)

    def do_what_is_due(self) -> None:
        """Raises PartRefused when a task failed, and when the worker has ended."""
        self._do(DUE_WORK)

    def keep_house(self) -> None:
        """What is done once an hour. Raises as above."""
        self._do(UPKEEP)

    def _do(self, tasks: Iterable[tuple[str, str]]) -> None:
        for task, queue in tasks:
            given: Any = self._celery.send_task(task, queue=queue, ignore_result=False)
            deadline = machine_seconds() + LONGEST
            while not self._is_done(task, given):
                if self._process.poll() is not None or machine_seconds() > deadline:
                    raise PartRefused(f"The worker did not do {task}: {self._process.last_words()}")

    def _is_done(self, task: str, given: Any) -> bool:
        try:
            given.get(timeout=1)
        except NotYet:
            return False
        except Exception as problem:  # whatever the task raised
            raise PartRefused(f"The worker failed at {task}: {problem!r}") from problem
        return True


@contextmanager
def worker_in_hand(folder: DataFolder, redis_url: str, said: Mapping[str, str]) -> Iterator[WorkerInHand]:
    """A ``compact-cases worker`` whose only settings are ``said``, by their names without the prefix."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    ours = {PREFIX + name: value for name, value in said.items()}
    results = {"CELERY_RESULT_BACKEND": redis_url}  # elsewhere nobody asks what became of a task
    words = ["worker", "--threads", "1"]
    process = OwnProcess(
        "worker", words, folder, {**others, **ours, **results}, place=folder.path
    )  # where no .env is
    process.start()
    try:
        yield WorkerInHand(process, redis_url)
    finally:
        process.kill()  # what it was to do is done
