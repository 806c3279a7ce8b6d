"""``compact-cases rehearse``: the written cases, played through time on parts of their own."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from compact_cases.rules.refusals import Refused
from compact_cases.settings import OFFICE_ZONE, Settings

if TYPE_CHECKING:
    from compact_cases.parts.data_folder import DataFolder
    from compact_cases.parts.postgres import Postgres
    from compact_cases.sample.rehearsals.written import Rehearsal, Step

READY_ON = datetime(2026, 1, 5, 9, tzinfo=OFFICE_ZONE)  # before any of them begins


@click.command()
@click.argument("case", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def rehearse(case: str | None, as_json: bool) -> None:
    """Play the written cases day by day, and compare what happens with what is expected.

    With CASE, only the one of this name. It has a database, a Redis, a Celery worker, a mail server and a
    clock of its own: neither your service nor anybody's mailbox hears of it. Ends 1 where something is not
    as expected.
    """
    rehearsals, played = _chosen(case), []
    with _office_without_cases() as parts:
        for number, rehearsal in enumerate(rehearsals, 1):
            steps = _played(rehearsal, parts, f"rehearsal_{number}")
            played.append((rehearsal, steps))
            if not as_json:
                _print_days(rehearsal, steps)
    if as_json:
        print(json.dumps({"rehearsals": [_in_json(*one) for one in played]}))
    else:
        _print_table(played)
    _refuse_what_differs(played)


def _chosen(case: str | None) -> Sequence["Rehearsal"]:
    from compact_cases.sample.rehearsals import REHEARSALS

    if case is None:
        return list(REHEARSALS.values())
    if case not in REHEARSALS:
        raise click.UsageError(f"No case is called {case!r}; there are {', '.join(REHEARSALS)}.")
    return [REHEARSALS[case]]


@dataclass(frozen=True)
class _Parts:
    folder: "DataFolder"
    postgres: "Postgres"
    redis_url: str


@contextmanager
def _office_without_cases() -> Iterator[_Parts]:
    """PostgreSQL and Redis in a folder of their own, which goes with them; the database holds what ships."""
    from compact_cases.clock import HandClock
    from compact_cases.office.premises import open_premises
    from compact_cases.office.registry import library
    from compact_cases.parts.data_folder import prepare
    from compact_cases.parts.postgres import FORGETFUL, Postgres
    from compact_cases.parts.redis import Redis
    from compact_cases.parts.schema import migrate

    with _folder() as path:
        folder = prepare(path)
        sockets = folder.sockets()
        postgres, redis = Postgres(folder, sockets, FORGETFUL), Redis(folder, sockets)
        try:
            postgres.start()
            redis.start()
            migrate(postgres.url())
            premises = open_premises(_settings(postgres.url()), pool=1, clock=HandClock(READY_ON))
            library.ensure_shipped(premises)
            premises.engine.dispose()  # a database that somebody is connected to cannot be copied
            yield _Parts(folder, postgres, redis.url)
        finally:
            redis.stop()
            postgres.stop()
            folder.forget_sockets()


@contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="compact-cases-rehearsal-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _played(rehearsal: "Rehearsal", parts: _Parts, database: str) -> Sequence["Step"]:
    from compact_cases.clock import CLOCK_FILE, FileClock
    from compact_cases.office.premises import open_premises
    from compact_cases.parts.mail_catcher import Letterbox
    from compact_cases.parts.mail_sink import mail_sink
    from compact_cases.parts.postgres import DATABASE
    from compact_cases.parts.worker_in_hand import worker_in_hand
    from compact_cases.sample.rehearsals.playing import Stage, played
    from compact_cases.sample.rehearsals.written import compared

    parts.postgres.make_database(database, template=DATABASE)
    url, clock = parts.postgres.url(database), FileClock(parts.folder.path / CLOCK_FILE)
    clock.move(READY_ON)
    box = Letterbox(clock)
    with mail_sink(box) as smtp_url:
        said = {
            "ENVIRONMENT": "development",
            "DATABASE_URL": url,
            "REDIS_URL": parts.redis_url,
            "SMTP_URL": smtp_url,
            "DATA_DIR": str(parts.folder.path),
        }
        premises = open_premises(_settings(url, smtp_url), pool=2, clock=clock)
        try:
            with worker_in_hand(parts.folder, parts.redis_url, said) as worker:
                stage = Stage(premises, clock, box, worker.do_what_is_due, worker.keep_house)
                return compared(rehearsal.expected, played(rehearsal, stage))
        finally:
            premises.engine.dispose()


def _settings(database_url: str, smtp_url: str | None = None) -> Settings:
    """Nothing of the environment: a rehearsal is the same on every machine."""
    return Settings(environment="development", database_url=database_url, smtp_url=smtp_url)


def _print_days(rehearsal: "Rehearsal", steps: Sequence["Step"]) -> None:
    print(f"\n{rehearsal.name}: {rehearsal.words}")
    day = None
    for step in steps:
        if step.day != day:
            day = step.day
            print(f"  {day:%a} {_day(day)}")
        if step.seen:
            times = f" ({step.seen} times)" if step.seen > 1 else ""
            print(f"    {step.kind:<8}{step.what}{times}")


def _print_table(played: Sequence[tuple["Rehearsal", Sequence["Step"]]]) -> None:
    print(f"\n{'case':<28}{'expected':>9}{'seen':>6}")
    for rehearsal, steps in played:
        expected, seen = sum(one.expected for one in steps), sum(one.seen for one in steps)
        differs = _differing(steps)
        print(
            f"{rehearsal.name:<28}{expected:>9}{seen:>6}  {'NOT as expected' if differs else 'as expected'}"
        )
        for step in differs:
            print(f"  {_in_words(step)}")


def _differing(steps: Sequence["Step"]) -> list["Step"]:
    return [step for step in steps if not step.is_as_expected]


def _in_words(step: "Step") -> str:
    if step.kind == "order":
        return f"{_day(step.day)}: the events were expected in this order: {step.what}"
    return (
        f"{_day(step.day)}: {step.kind} “{step.what}” was expected {_times(step.expected)} "
        f"and seen {_times(step.seen)}"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _in_json(rehearsal: "Rehearsal", steps: Sequence["Step"]) -> dict[str, Any]:
    return {
        "case": rehearsal.name,
        "words": rehearsal.words,
        "as_expected": not _differing(steps),
        "steps": [
            {
                "day": step.day.isoformat(),
                "kind": step.kind,
                "what": step.what,
                "expected": step.expected,
                "seen": step.seen,
            }
            for step in steps
        ],
    }


def _refuse_what_differs(played: Sequence[tuple["Rehearsal", Sequence["Step"]]]) -> None:
    """Raises Refused with the first step of each case that is not as expected."""
    by_case = ((rehearsal.name, _differing(steps)) for rehearsal, steps in played)
    first = [f"{name}, {_in_words(differs[0])}." for name, differs in by_case if differs]
    if first:
        raise Refused(f"Not as expected: {' '.join(first)}")
