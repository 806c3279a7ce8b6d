"""A day of work, then last night's backup in a new cluster, by the steps of ``docs/deploying.md``."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.casework import integrity, reminders
from compact_cases.office.post import post_room
from compact_cases.office.post.post_room import Posted
from compact_cases.office.premises import Premises, open_premises
from compact_cases.parts.data_folder import prepare
from compact_cases.parts.postgres import FORGETFUL, Postgres
from compact_cases.parts.schema import migrate
from compact_cases.records import event_log
from compact_cases.settings import Settings
from tests.builders import local
from tests.conftest import OFFICE, stock
from tests.faults.test_letters_and_steps import environment
from tests.office.staging import Scene, scene
from tests.parts.running import COMMAND
from tests.sink import Sink

pytestmark = [pytest.mark.faults, pytest.mark.processes]
TIMES = range(3)


@contextmanager
def cluster() -> Iterator[Postgres]:
    """A PostgreSQL of its own, with an empty database."""
    path = Path(tempfile.mkdtemp(prefix="compact-cases-test-"))
    folder = prepare(path)
    server = Postgres(folder, folder.sockets(), FORGETFUL)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        folder.forget_sockets()
        shutil.rmtree(path, ignore_errors=True)


@dataclass
class Disaster:
    """What was, what was sent in the day that is lost, and the service on the restored database."""

    after: Scene
    settings: Settings
    sent_before: set[str]
    sent_that_day: dict[str, str]  # Message-ID: to whom
    given_that_day: set[str]
    cursor: tuple[int, int]
    events: int


def opened(server: Postgres, smtp_sink: Sink, folder: Path, clock: HandClock) -> Premises:
    settings = Settings(
        environment="development",
        database_url=server.url(),
        smtp_url=smtp_sink.url,
        data_dir=folder,
        office=OFFICE,
    )
    return open_premises(settings, pool=4, clock=clock)


def work_through(stage: Scene) -> None:
    reminders.sweep(stage.premises)
    post_room.send_waiting(stage.premises)


@pytest.fixture
def disaster(smtp_sink: Sink, tmp_path: Path) -> Iterator[Disaster]:
    with ExitStack() as stack:
        old, new = stack.enter_context(cluster()), stack.enter_context(cluster())
        migrate(old.url())
        stock(old.url())
        clock = HandClock(local("2026-03-02 09:30"))
        premises = opened(old, smtp_sink, tmp_path, clock)
        stage = scene(premises, clock)
        rows = [stage.raised() for _ in range(6)]
        for row in rows[:5]:
            stage.accept(row.reference)
        work_through(stage)
        sent_before = {one.message_id for one in smtp_sink.letters}
        with premises.engine.connect() as conn:
            events = len(event_log.feed(conn, (0, 0), 1000))
        dump = tmp_path / "night.dump"
        subprocess.run([old.program("pg_dump"), "--format=custom", f"--file={dump}", old.url()], check=True)

        stage.at("2026-03-09 09:00")  # a day of work: reminders go, concerns come in, one is acknowledged
        given = {stage.raised().reference for _ in range(3)}
        stage.accept(rows[5].reference)
        work_through(stage)
        with premises.engine.connect() as conn:
            cursor = event_log.feed(conn, (0, 0), 1000)[-1][0]
        that_day = {
            one.message_id: one.to[0] for one in smtp_sink.letters if one.message_id not in sent_before
        }
        premises.engine.dispose()
        old.stop()  # and is gone

        subprocess.run(
            [new.program("pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={new.url()}", str(dump)],
            check=True,
        )
        clock.move(local("2026-03-09 14:00"))
        restored = opened(new, smtp_sink, tmp_path, clock)
        after = replace(stage, premises=restored)
        yield Disaster(after, restored.settings, sent_before, that_day, given, cursor, events)
        restored.engine.dispose()


def run(disaster: Disaster, *words: str, fails: bool = False) -> str:
    """A command on the restored database, as the one who looks after it gives it."""
    clock = disaster.after.clock.now().isoformat()
    done = subprocess.run(
        [*COMMAND, *words],
        env={**environment(disaster.settings, clock), "COMPACT_CASES_CLOCK": clock},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert bool(done.returncode) is fails, done.stderr
    return done.stdout + done.stderr


def new_letters(disaster: Disaster, smtp_sink: Sink) -> list[tuple[str, str]]:
    known = disaster.sent_before | disaster.sent_that_day.keys()
    again = [one for one in smtp_sink.letters if one.message_id in known]
    first = [one for one in smtp_sink.letters if one.message_id not in known]
    assert len(again) == len(known), "nothing went a second time"
    return [(one.to[0], str(one.subject)) for one in first]


def no_mail_goes(disaster: Disaster) -> None:
    stage = disaster.after
    assert reminders.sweep(stage.premises) == reminders.Swept()
    assert post_room.send_waiting(stage.premises) == Posted()


@pytest.mark.parametrize("time_of_three", TIMES)
def test_a_restore_counts_the_lost_days_letters_as_sent(
    disaster: Disaster, smtp_sink: Sink, time_of_three: int
) -> None:
    stage = disaster.after
    no_mail_goes(disaster)  # by itself, before anybody has said anything
    assert "restored" in run(disaster, "post", fails=True)
    run(disaster, "restored")
    no_mail_goes(disaster)
    said = run(disaster, "post", "resume", "--send", fails=True)
    assert "sweep --dry-run" in said
    dry = json.loads(run(disaster, "sweep", "--dry-run", "--json"))
    assert (dry["cases"], dry["reminders"]) == (6, 6)
    run(disaster, "post", "resume", "--count-as-sent-until", "2026-03-09 12:00")
    work_through(stage)
    assert new_letters(disaster, smtp_sink) == []
    assert stage.raised().reference not in disaster.given_that_day
    work_through(stage)
    assert len(new_letters(disaster, smtp_sink)) == 3
    stage.at("2026-03-12 09:00")
    work_through(stage)
    assert len(new_letters(disaster, smtp_sink)) > 3  # the next reminders go as ever
    assert integrity.verify(stage.premises).faults == ()
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_a_restore_that_sends_sends_the_same_messages(disaster: Disaster, smtp_sink: Sink) -> None:
    stage = disaster.after
    run(disaster, "restored")
    run(disaster, "sweep", "--dry-run")
    run(disaster, "post", "resume", "--send")
    before = len(smtp_sink.letters)
    work_through(stage)
    again = {one.message_id: one.to[0] for one in smtp_sink.letters[before:]}
    reminded = {one: to for one, to in again.items() if one in disaster.sent_that_day}
    assert len(reminded) == 5  # to the champion, of each case that awaits its reply
    assert {disaster.sent_that_day[one] for one in reminded} == set(reminded.values())
    stage.accept(stage.row(f"GC-2026-000{6}").reference)
    work_through(stage)
    later = {one.message_id for one in smtp_sink.letters[before:]} & disaster.sent_that_day.keys()
    assert len(later) == 7  # and of the act that was done again: what it says is known already


def test_the_feed_goes_on_and_an_older_cursor_is_told_to_begin_again(disaster: Disaster) -> None:
    stage = disaster.after
    run(disaster, "restored")
    with stage.premises.engine.connect() as conn:
        found = event_log.feed(conn, (0, 0), 1000)
    assert len(found) == disaster.events
    assert [one.case_id for _, one in found] == [
        one.case_id for _, one in sorted(found, key=lambda one: one[0])
    ]
    stage.raised()
    with stage.premises.engine.connect() as conn:
        more = event_log.feed(conn, found[-1][0], 1000)
    assert more[0][1].name == "concern-received"


def test_a_copy_beside_a_running_service_sends_nothing_either(disaster: Disaster, smtp_sink: Sink) -> None:
    """As when somebody loads last night's backup into a database for practice, with the same settings."""
    before = len(smtp_sink.letters)
    no_mail_goes(disaster)
    disaster.after.raised()
    no_mail_goes(disaster)
    assert len(smtp_sink.letters) == before
    assert "restored" in run(disaster, "doctor", fails=True)
