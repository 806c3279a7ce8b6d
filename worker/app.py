"""The Celery app and its whole timetable. Celery is only the clock: what waits to be done is rows.

Every task may run twice, or not at all, without harm; none has an ETA or a countdown. Tasks load the office
inside themselves, so that beat, which only ticks, stays small.
"""

import functools
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_ready

from compact_cases.settings import load

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
    worker_soft_shutdown_timeout=5,  # where REMAP_SIGTERM=SIGQUIT; then what still runs is left to be redone
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # Longer than any task runs (a sweep stops after 60 s); past it a task would be delivered once more.
    broker_transport_options={"visibility_timeout": 600, "socket_timeout": 30, "socket_connect_timeout": 5},
    timezone="UTC",
)


def _every(seconds: float, task: str) -> dict[str, Any]:
    """A tick that nobody took before the next one is due is thrown away, not saved up."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


app.conf.beat_schedule = {
    "reminders and escalations": _every(_SWEEP_SECONDS, "tick_sweep"),
    "letters": _every(2, "tick_post"),  # a receipt goes within five seconds
    "whether letters go out": _every(300, "tick_watch"),
    "drafts": _every(3600, "tick_drafts"),
    "the day's proof of the record": {
        "task": "tick_heads",  # once an hour, also of a beat that never lives for one
        "schedule": crontab(minute="20"),
        "options": {"expires": 3600},
    },
    "upkeep": _every(3600, "tick_upkeep"),
    # a slice of a minute at a time; when the record has been gone through there is nothing left to do
    "the record against its proofs": {
        "task": "tick_night_check",
        "schedule": crontab(hour="1-4"),
        "options": {"expires": 600},
    },
    "every log against its summary": {
        "task": "tick_integrity",
        "schedule": crontab(minute="10", hour="3", day_of_week="sun"),
        "options": {"expires": 3600},
    },
}


@app.task(name="tick_sweep")
def tick_sweep() -> None:
    from compact_cases.office.casework import reminders

    reminders.sweep_until_done(_office())


@app.task(name="tick_post")
def tick_post() -> None:
    from compact_cases.office.post import post_room

    post_room.send_waiting(_office())


@app.task(name="tick_watch")
def tick_watch() -> None:
    from compact_cases.office.post import watch

    watch.look_at_the_post(_office())


@app.task(name="tick_drafts")
def tick_drafts() -> None:
    from compact_cases.office.reception import drafting

    drafting.sweep_drafts(_office())


@app.task(name="tick_heads")
def tick_heads() -> None:
    from compact_cases.office.proof import heads

    heads.keep_day(_office())


@app.task(name="tick_night_check")
def tick_night_check() -> None:
    from compact_cases.office.proof import night

    night.watch(_office())


@app.task(name="tick_upkeep")
def tick_upkeep() -> None:
    from compact_cases.office import upkeep

    upkeep.keep_house(_office())


@app.task(name="tick_integrity")
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


@setup_logging.connect
def _keep_logging_ours(**_: object) -> None:
    """Warnings and errors of every part on standard error; Celery then leaves logging alone."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")


@functools.cache
def _office() -> "Premises":
    from compact_cases.office.premises import WORKING, open_premises

    return open_premises(load(), pool=4, bounds=WORKING)
