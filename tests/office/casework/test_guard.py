"""The overall guard, swept: told when its time has come, later by what was paused, and in no list before."""

from collections.abc import Sequence
from datetime import date

from compact_cases.office.casework import casebook
from compact_cases.office.identity import statement
from compact_cases.records import digests
from compact_cases.records.case_summaries import CaseRow
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters
from compact_cases.reports.overdue import overdue
from compact_cases.rules.noted import WriteNote
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.review import RecordMeeting, SetMeeting
from tests.office.casework.ticking import CHAMPION, SUE, events, ledger, no_faults, subjects, tick
from tests.office.staging import Scene
from tests.sink import Sink

LONG = "this takes a long time, and why"


def guard_of(stage: Scene, row: CaseRow) -> Sequence[object]:
    return stage.query(
        "SELECT due, ended_at IS NULL FROM obligations WHERE case_id = :c AND name = 'guard'",
        c=row.case_id,
    )


def test_what_was_paused_puts_it_off_and_it_stands_in_no_list_meanwhile(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.at("2026-02-23 10:00").raised()
    row = stage.at("2026-03-02 09:30").accept(row.reference).row
    stage.at("2026-03-03 10:00").act(row.reference, PauseClocks("waiting for a third party"))
    tick(stage, "2026-03-18 08:00")
    stage.at("2026-03-18 10:00").reply(row)
    stage.at("2026-03-18 10:30").release(row.reference)
    stage.at("2026-03-18 11:00").decide(row)  # an officer forgets to close it
    for day in ("2026-05-29", "2026-06-05", "2026-06-11"):
        tick(stage, f"{day} 09:00")
        assert LONG not in subjects(smtp_sink, SUE)
    assert guard_of(stage, row) == [(date(2026, 5, 29), True)]
    today = date(2026, 6, 11)
    with stage.premises.engine.connect() as conn:
        assert {one.name for one in overdue(conn, today)} == {"close"}
        assert {one.obligation for one in digests.matters(conn, today, today)} == {"close"}
        late = case_list.rows(conn, Filters(overdue=True, waiting=True), stage.officer.staff_id, today)
        assert [one.next_name for one in late] == ["close"]
        on_its_day = case_list.rows(
            conn, Filters(today=True, waiting=True), stage.officer.staff_id, date(2026, 5, 29)
        )
        assert on_its_day == []
    assert [one.name for one in casebook.read(stage.premises, row.case_id).open_obligations] == ["close"]

    tick(stage, "2026-06-12 09:00")  # ten working days of the pause later
    name, body = events(stage, row)[-1]
    assert (name, body["day"], body["on"]) == ("long-time-reached", "2026-05-29", "2026-06-12")
    assert (body["days"], body["paused"]) == (60, 10)
    assert subjects(smtp_sink, SUE).count(LONG) == subjects(smtp_sink, CHAMPION).count(LONG) == 1
    assert ("+0-effect-long-time", date(2026, 5, 29), "office/co-officer", "effect") in ledger(
        stage, row, "guard"
    )
    assert guard_of(stage, row) == [(date(2026, 5, 29), False)]
    tick(stage, "2026-06-15 09:00")
    assert subjects(smtp_sink, SUE).count(LONG) == 1
    no_faults(stage)


def test_it_does_not_wait_for_another_step_of_the_case_that_is_too_early(
    stage: Scene, smtp_sink: Sink
) -> None:
    """After an outage the last letter goes on the very day: that the raiser was silent waits, and no more."""
    row = stage.at("2026-02-23 10:00").raised()
    row = stage.at("2026-03-02 09:30").accept(row.reference).row
    tick(stage, "2026-03-23 08:00")
    tick(stage, "2026-05-29 09:00")
    names = [name for name, _ in events(stage, row)]
    assert "last-letter-sent" in names
    assert "silence-recorded" not in names
    assert names[-1] == "long-time-reached"
    no_faults(stage)


def test_what_another_step_ended_on_the_same_morning_is_no_trouble(stage: Scene, smtp_sink: Sink) -> None:
    """After an outage: no comment came, so the review is over, and its guard with it, late too."""
    row = stage.at("2026-02-23 10:00").raised()
    row = stage.at("2026-03-02 09:30").accept(row.reference).row
    stage.at("2026-03-13 10:00").reply(row)
    stage.at("2026-03-13 10:30").release(row.reference)
    stage.at("2026-04-20 10:00").decide(row, "not", "go-on")
    asha = stage.second.staff_id
    stage.at("2026-04-20 11:00").act(row.reference, OpenNextStep("senior-review", asha, None))
    meeting = SetMeeting(date(2026, 5, 8), "14:30", online=False, place=statement("Shire Hall"))
    stage.act(row.reference, meeting, by=stage.second)
    stage.at("2026-05-08 16:00").act(row.reference, RecordMeeting(held=True), by=stage.second)
    note = WriteNote(statement("They meet in June."), statement("The closing date."))
    stage.at("2026-05-12 10:00").act(row.reference, note, by=stage.second)
    swept = tick(stage, "2026-06-05 09:00")
    names = [name for name, _ in events(stage, row)]
    assert names[-1] == "decision-asked"
    assert swept.skipped.get("could not be carried out") is None
    assert stage.query("SELECT sentence FROM tasks WHERE kind = 'stuck'") == []
    assert guard_of(stage, row) == [(date(2026, 5, 29), False)]
    assert (swept.effects, ledger(stage, row, "guard")[-1][-1]) == (1, "superseded")
    no_faults(stage)
