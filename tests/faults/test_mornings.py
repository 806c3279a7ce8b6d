"""The morning digest with real kills: one row an officer and day, one message, every reminder carried."""

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.casework import reminders
from compact_cases.office.post import morning, post_room
from compact_cases.office.premises import open_premises
from compact_cases.settings import Settings
from tests.builders import local
from tests.faults.test_letters_and_steps import doomed
from tests.faults.wreckage import looked_through
from tests.office.staging import Scene, scene
from tests.sink import Sink

pytestmark = pytest.mark.faults
MORNING, LATER = "2026-02-26 08:00", "2026-02-26T08:00"  # two working days before the acknowledgement is due


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


def carried_by_one_digest_each(stage: Scene, sink: Sink, cases: int) -> None:
    """Each morning is decided once; every reminder in the ledger stands in the digest that was sent."""
    decided = stage.query("SELECT staff_id FROM digests WHERE day = '2026-02-26'")
    assert len(decided) == len(set(decided)) == 2
    reminded = stage.query(
        "SELECT c.reference FROM ledger l JOIN case_summaries c USING (case_id) WHERE l.outcome = 'digest'"
    )
    assert len(reminded) == cases
    sent = Counter(one.message_id for one in sink.letters if one.subject.startswith("Your morning"))
    assert len(sent) == 1, "one message, however often it was tried"
    [said] = {str(one.body("plain")) for one in sink.letters if one.message_id in sent}
    for one in reminded:
        assert said.count(f"{one[0]}, ") == 1  # type: ignore[index]


def test_a_morning_killed_at_each_statement_is_decided_once_and_loses_no_reminder(
    stage: Scene, settings: Settings, smtp_sink: Sink
) -> None:
    for _ in range(4):
        stage.raised()
    stage.at(MORNING)
    assert doomed(settings, "sweep", LATER) > 10
    assert stage.query("SELECT count(*) FROM ledger WHERE outcome = 'digest'") == [(4,)]
    assert doomed(settings, "digest", LATER) > 10
    assert doomed(settings, "post", LATER) > 10
    carried_by_one_digest_each(stage, smtp_sink, 4)
    assert morning.write_digests(stage.premises) == 0
    looked_through(stage.premises, smtp_sink)


def test_two_workers_at_once_write_one_digest_an_officer(
    stage: Scene, settings: Settings, smtp_sink: Sink
) -> None:
    for _ in range(6):
        stage.raised()
    stage.at(MORNING)
    reminders.sweep(stage.premises)
    both = [replace(stage.premises, engine=open_premises(settings, pool=2).engine) for _ in range(2)]
    written: list[int] = []
    start = threading.Barrier(4)

    def work(premises: object) -> None:
        start.wait(10)
        written.append(morning.write_digests(premises))  # type: ignore[arg-type]
        post_room.send_waiting(premises)  # type: ignore[arg-type]

    threads = [threading.Thread(target=work, args=(one,)) for one in both for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(written) == 1
    carried_by_one_digest_each(stage, smtp_sink, 6)
    assert looked_through(stage.premises, smtp_sink).seconds == 0
    for premises in both:
        premises.engine.dispose()


def test_after_three_days_without_a_worker_there_is_one_digest_of_that_morning(
    stage: Scene, smtp_sink: Sink
) -> None:
    rows = [stage.raised() for _ in range(3)]
    stage.at("2026-03-03 08:30")  # the reminders of 26 February and 2 March were missed
    reminders.sweep(stage.premises)
    assert morning.write_digests(stage.premises) == 1
    post_room.send_waiting(stage.premises)
    [one] = [each for each in smtp_sink.letters if each.subject.startswith("Your morning")]
    assert all(row.reference in str(one.body("plain")) for row in rows)
    outcomes = stage.query(
        "SELECT outcome, count(*) FROM ledger WHERE seat = 'office/officer' GROUP BY 1 ORDER BY 1"
    )
    assert [tuple(each) for each in outcomes] == [("digest", 3), ("superseded", 3)]  # type: ignore[arg-type]
    assert looked_through(stage.premises, smtp_sink).seconds == 0
