"""``compact-cases worker`` and ``beat``: what works through due steps and letters, and what ticks."""

import click

from compact_cases import settings


@click.command()
@click.option(
    "--threads",
    default=4,
    show_default=True,
    type=click.IntRange(1, 64),
    help="That carry letters; each other kind of work has one of its own.",
)
def worker(threads: int) -> None:
    """Work through what is due: reminders, escalations, letters."""
    found = settings.load()
    settings.check_for_serving(found)
    from compact_cases.parts.right_role import refuse_a_strong_role
    from compact_cases.parts.right_schema import hold_at_start
    from worker.app import QUEUES, app, have_threads

    if found.database_url:
        hold_at_start(found.database_url)
        if found.in_production:
            refuse_a_strong_role(found.database_url)
    have_threads(letters=threads)
    words = ["--pool=threads", f"--queues={','.join(QUEUES)}", "--loglevel=WARNING"]
    app.worker_main(["worker", *words, "--without-gossip", "--without-mingle", "--without-heartbeat"])


@click.command()
def beat() -> None:
    """Tick: put each task of the timetable into the queue when its time has come."""
    settings.check_for_serving(settings.load())
    from worker.app import app

    # A schedule in memory: every task may run twice or not at all without harm, so there is nothing to keep.
    app.Beat(scheduler_cls="worker.beat:Beat", max_interval=5, loglevel="WARNING", quiet=True).run()
