"""The Celery app and its whole timetable. Celery is only the clock: what waits to be done is rows.

Every task may run twice, or not at all, without harm; none has an ETA or a countdown. Tasks load the office
inside themselves, so that beat, which only ticks, stays small.
"""

import functools
import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from celery import Celery
from celery.schedules import crontab, schedule
from celery.signals import setup_logging, worker_ready, worker_shutting_down

from compact_cases.clock import steady_now
from compact_cases.settings import load
from worker.places import alone, at_most

if TYPE_CHECKING:
    from compact_cases.office.premises import Premises

_log = logging.getLogger(__name__)
_settings = load()
_SWEEP_SECONDS = 60 if _settings.in_production else 10

app = Celery("compact_cases", broker=_settings.redis_url or "redis://127.0.0.1:6379/0")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    task_serializer="json",
    accept_content=["json"],
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,
    worker_send_task_events=False,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # Longer than any task runs (a sweep stops after 60 s); past it a task would be delivered once more.
    broker_transport_options={"visibility_timeout": 600, "socket_timeout": 30, "socket_connect_timeout": 5},
    timezone="UTC",
    task_default_queue="upkeep",
)
QUEUES = ("sweeps", "letters", "upkeep")
LEAVES_IN = 5.0  # seconds that running tasks get when the worker is told to end


def _every(seconds: float, task: str, queue: str = "upkeep") -> dict[str, Any]:
    """By a clock that is never set: one that was set back by an hour would be silent for that hour."""
    return {"task": task, "schedule": schedule(seconds, nowfun=steady_now), "options": {"queue": queue}}


app.conf.beat_schedule = {
    "reminders and escalations": _every(_SWEEP_SECONDS, "tick_sweep", "sweeps"),
    "the officers' mornings": _every(_SWEEP_SECONDS, "tick_digests"),
    "letters": _every(2, "tick_post", "letters"),  # a receipt goes within five seconds
    "whether letters go out": _every(300, "tick_watch"),
    "drafts": _every(3600, "tick_drafts"),
    "the day's proof of the record": {
        "task": "tick_heads",  # once an hour, also of a beat that never lives for one
        "schedule": crontab(minute="20", nowfun=steady_now),
        "options": {"queue": "upkeep"},
    },
    "upkeep": _every(3600, "tick_upkeep"),
    # a slice of a minute at a time; when the record has been gone through there is nothing left to do
    "the record against its proofs": {
        "task": "tick_night_check",
        "schedule": crontab(hour="1-4", nowfun=steady_now),
        "options": {"queue": "upkeep"},
    },
    "every log against its summary": {
        "task": "tick_integrity",
        "schedule": crontab(minute="10", hour="3", day_of_week="sun", nowfun=steady_now),
        "options": {"queue": "upkeep"},
    },
}
# Beside the threads that carry letters each other kind of work has one: none ever waits for another.
_OTHERS = len(app.conf.beat_schedule) - 1


def have_threads(letters: int) -> None:
    """Before the worker starts: how many threads may carry letters."""
    app.conf.worker_concurrency = letters + _OTHERS


def _for_letters() -> int:
    return int(app.conf.worker_concurrency) - _OTHERS


have_threads(letters=4)


@app.task(name="tick_sweep")
@alone
def tick_sweep() -> None:
    from compact_cases.office.casework import reminders
    from compact_cases.office.editions import applying

    applying.work(_office())  # open cases on their way to another edition, if there are any
    reminders.sweep_until_done(_office())


@app.task(name="tick_post")
@at_most(_for_letters)
def tick_post() -> None:
    from compact_cases.office.post import post_room

    post_room.send_waiting(_office())


@app.task(name="tick_digests")
@alone
def tick_digests() -> None:
    from compact_cases.office.post import morning

    morning.write_digests(_office())


@app.task(name="tick_watch")
@alone
def tick_watch() -> None:
    from compact_cases.office.post import watch

    watch.look_at_the_post(_office())


@app.task(name="tick_drafts")
@alone
def tick_drafts() -> None:
    from compact_cases.office.reception import drafting

    drafting.sweep_drafts(_office())


@app.task(name="tick_heads")
@alone
def tick_heads() -> None:
    from compact_cases.office.proof import heads

    heads.keep_day(_office())


@app.task(name="tick_night_check")
@alone
def tick_night_check() -> None:
    from compact_cases.office.proof import night

    night.watch(_office())


@app.task(name="tick_upkeep")
@alone
def tick_upkeep() -> None:
    from compact_cases.office import upkeep

    upkeep.keep_house(_office())


@app.task(name="tick_integrity")
@alone
def tick_integrity() -> None:
    from compact_cases.office.casework import integrity

    for fault in integrity.rebuild(_office(), check=True).faults:
        _log.error("%s is not as its log says; run compact-cases rebuild --check", fault.case)


@app.task(name="say_that_tasks_run")
def say_that_tasks_run() -> None:
    """`compact-cases up` is ready when this file is there."""
    if path := os.environ.get("COMPACT_CASES_WORKER_RAN"):
        Path(path).touch()


@worker_ready.connect
def _prove(**_: object) -> None:
    say_that_tasks_run.delay()


@worker_shutting_down.connect
def _leave(**_: object) -> None:
    """Celery waits for its threads, however slow the mail server, and has no way to end one. What is left
    undone is done again, as after a kill."""
    leaving = threading.Timer(LEAVES_IN, os._exit, [0])
    leaving.daemon = True
    leaving.start()


@setup_logging.connect
def _keep_logging_ours(**_: object) -> None:
    """Warnings and errors of every part on standard error; Celery then leaves logging alone."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")


@functools.cache
def _office() -> "Premises":
    from compact_cases.office.premises import WORKING, open_premises, settle_in

    premises = open_premises(load(), pool=2 * app.conf.worker_concurrency, bounds=WORKING)
    settle_in()
    return premises
