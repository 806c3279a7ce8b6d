"""One letter, or one row, that cannot be worked stops nothing but itself."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from compact_cases.office.casework import reminders
from compact_cases.office.post import morning, post_room
from compact_cases.records.reading import reading
from compact_cases.reports.workload import workload
from tests.office.staging import Scene
from tests.sink import Sink


def spoil(stage: Scene, sql: str, **values: object) -> None:
    with stage.premises.engine.begin() as conn:
        assert conn.execute(text(sql), values).rowcount == 1


BAD_LETTERS = {
    "no such template": "notice = 'of-another-version'",
    "an unknown seat": "seat = 'nobody/at-all'",
    "facts that are no JSON": "facts = 'not JSON'",
    "facts of another shape": "facts = '[1, 2]'",
    "a date that is none": """notice = 'closed', facts = '{"written": "2026-02-31"}', rests_on = 'always'""",
}


@pytest.mark.parametrize("what", BAD_LETTERS)
def test_a_letter_that_cannot_be_written_is_set_aside_and_the_others_go(
    stage: Scene, smtp_sink: Sink, what: str
) -> None:
    row = stage.raised()
    spoil(stage, f"UPDATE letters SET {BAD_LETTERS[what]} WHERE notice = 'receipt'")
    other = stage.raised()
    posted = post_room.send_waiting(stage.premises)
    assert (posted.sent, posted.deferred) == (5, 1)
    assert [one.subject for one in smtp_sink.to("sue@elmfield.example")] == [
        f"{other.reference}: we have your concern"
    ]
    [task] = stage.query("SELECT kind, case_id, sentence FROM tasks")
    assert tuple(task)[:2] == ("stuck", row.case_id)  # type: ignore[arg-type]
    assert row.reference in task[2]  # type: ignore[index]
    with reading(stage.premises.engine) as conn:
        assert workload(conn, stage.clock.now())["letters_set_aside"][0] == 1
    waits = []
    for _ in range(5):
        [again] = stage.query("SELECT not_before FROM letters WHERE state = 'waiting'")
        waits.append(again[0] - stage.clock.now())  # type: ignore[index]
        stage.clock.pass_time(waits[-1])
        assert post_room.send_waiting(stage.premises) == post_room.Posted(deferred=1)
    assert waits == [timedelta(minutes=n) for n in (1, 2, 5, 15, 60)]


def test_a_letter_that_is_written_after_all_is_set_aside_no_more(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    spoil(stage, "UPDATE letters SET notice = 'of-another-version' WHERE notice = 'receipt'")
    post_room.send_waiting(stage.premises)
    spoil(stage, "UPDATE letters SET notice = 'receipt' WHERE notice = 'of-another-version'")
    stage.clock.pass_time(timedelta(minutes=1))
    assert post_room.send_waiting(stage.premises) == post_room.Posted(sent=1)
    with reading(stage.premises.engine) as conn:
        assert workload(conn, stage.clock.now())["letters_set_aside"][0] == 0


BAD_ROWS = {
    "an unknown owner": "UPDATE obligations SET owner = 'nobody/at-all' WHERE case_id = :case",
    "an unknown obligation": "UPDATE obligations SET name = 'of-another-version' WHERE case_id = :case",
    "an edition that is not there": "UPDATE case_summaries SET procedure_edition = 'x' WHERE case_id = :case",
    "a calendar that is not there": "UPDATE case_summaries SET calendar_edition = 'x' WHERE case_id = :case",
    "no start": "UPDATE obligations SET started_on = NULL WHERE case_id = :case",
    "an unknown officer": (
        "UPDATE case_summaries SET officer_id = '00000000-0000-0000-0000-00000000dead' WHERE case_id = :case"
    ),
}


@pytest.mark.parametrize("what", BAD_ROWS)
def test_a_case_that_cannot_be_swept_stops_no_other(stage: Scene, smtp_sink: Sink, what: str) -> None:
    bad, good = stage.raised(), stage.raised()
    post_room.send_waiting(stage.premises)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("ALTER TABLE obligations ALTER started_on DROP NOT NULL"))
    spoil(stage, BAD_ROWS[what], case=bad.case_id)
    stage.at("2026-03-02 09:00")
    swept = reminders.sweep(stage.premises)
    assert swept.cases == 2
    reminded = stage.query("SELECT DISTINCT case_id FROM ledger WHERE outcome = 'digest'")
    assert good.case_id in {one[0] for one in reminded}  # type: ignore[index]
    if what == "an unknown officer":
        assert len(reminded) == 2  # it is then the case of the first in the office's list
        return
    assert morning.write_digests(stage.premises) >= 1
    [task] = stage.query("SELECT kind, case_id FROM tasks")
    assert tuple(task) == ("stuck", bad.case_id)  # type: ignore[arg-type]
    waits = []
    for _ in range(7):
        stage.clock.move(stage.row_tick(bad.case_id))
        before = stage.clock.now()
        reminders.sweep(stage.premises)
        waits.append(stage.row_tick(bad.case_id) - before)
    hours = [wait / timedelta(hours=1) for wait in waits]
    assert hours == [1, 2, 4, 8, 16, 24, 24]


def test_a_dry_run_says_what_it_could_not_look_at(stage: Scene) -> None:
    bad, _ = stage.raised(), stage.raised()
    spoil(stage, BAD_ROWS["an unknown owner"], case=bad.case_id)
    stage.at("2026-03-02 09:00")
    swept = reminders.sweep(stage.premises, dry_run=True)
    assert swept.cases == 2
    assert swept.skipped["could not be decided"] == 1
    assert stage.query("SELECT 1 FROM tasks") == []
