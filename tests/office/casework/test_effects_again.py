"""A step that changes a case and is refused is tried again, after a growing wait, until it is carried out."""

from dataclasses import replace
from datetime import date

from sqlalchemy import text

from compact_cases.office.casework.reminders import Swept
from compact_cases.office.premises import open_premises
from compact_cases.records import procedures
from compact_cases.records.case_summaries import CaseRow
from tests.office.casework.ticking import CHAMPION, events, ledger, no_faults, subjects, tick
from tests.office.staging import Scene
from tests.sink import Sink


def of_another_version(stage: Scene) -> CaseRow:
    """A case that is put to the council under a procedure with a step that this version does not know."""
    with stage.premises.engine.begin() as conn:
        [document] = conn.execute(text("SELECT document FROM procedure_editions")).one()
        newer = document.replace('"default-2026-3"', '"newer-2026"').replace('"no-reply"', '"sing"')
        edition = procedures.get(conn, "default-2026-3")
        assert edition is not None
        procedures.store(conn, replace(edition, edition="newer-2026"), newer, stage.clock.now())
    row = stage.at("2026-02-23 10:00").raised()
    assert row.procedure_edition == "newer-2026"
    return stage.at("2026-03-02 09:30").accept(row.reference).row


def a_new_version(stage: Scene) -> Scene:
    """The same office with a software that knows the step by its name."""
    with stage.premises.engine.begin() as conn:
        conn.execute(
            text("UPDATE procedure_editions SET document = replace(document, '\"sing\"', '\"no-reply\"')")
        )
    settings, clock = stage.premises.settings, stage.clock
    stage.premises.engine.dispose()
    return replace(stage, premises=open_premises(settings, clock=clock))


def test_a_refused_step_is_not_lost_and_is_tried_again_after_a_growing_wait(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = of_another_version(stage)
    tick(stage, "2026-03-20 08:00")
    assert tick(stage, "2026-03-23 08:00").skipped == {"could not be carried out": 1}
    no_faults(stage)
    [task] = stage.query("SELECT sentence FROM tasks WHERE kind = 'stuck' AND case_id = :c", c=row.case_id)
    assert "'sing'" in task[0]  # type: ignore[index]
    assert "effect" not in {outcome for *_, outcome in ledger(stage, row)}
    tried = [
        hour
        for hour in range(8, 24)
        if tick(stage, f"2026-03-23 {hour:02}:30").skipped == {"could not be carried out": 1}
    ]
    assert tried == [9, 11, 15, 23]  # an hour after the first time, then two, four, eight
    tried = [day for day in (24, 25, 26) if tick(stage, f"2026-03-{day} 23:45").skipped]
    assert tried == [24, 25, 26]  # and then once a day
    tasks = stage.query("SELECT day FROM tasks WHERE kind = 'stuck' AND case_id = :c", c=row.case_id)
    assert len(tasks) == 4

    stage = a_new_version(stage)
    assert tick(stage, "2026-03-27 23:50").effects == 1
    name, body = events(stage, row)[-1]
    assert (name, body["day"]) == ("no-reply-recorded", "2026-03-23")
    assert ("+5-effect-no-reply", date(2026, 3, 23), "raiser/named", "effect") in ledger(stage, row)
    assert stage.row(row.reference).stage == "raiser-decides"
    assert subjects(smtp_sink, CHAMPION)[-1] == "no reply is recorded"
    assert tick(stage, "2026-03-28 08:00") == Swept()
    no_faults(stage)
    stage.premises.engine.dispose()


def test_what_a_person_does_meanwhile_is_not_undone_by_the_step(stage: Scene, smtp_sink: Sink) -> None:
    row = of_another_version(stage)
    tick(stage, "2026-03-23 08:00")
    stage.at("2026-03-23 08:30").reply(row)
    assert tick(stage, "2026-03-23 09:30") == Swept()
    assert events(stage, row)[-1][0] == "reply-sent"
    no_faults(stage)


def test_other_steps_of_the_case_do_not_wait_for_a_refused_one(stage: Scene, smtp_sink: Sink) -> None:
    """Its date of an answer, its reminders and its escalations are told as ever, and once."""
    row = of_another_version(stage)
    tick(stage, "2026-03-23 08:00")
    escalated = [name for name, _ in events(stage, row)].count("escalated")
    told = ledger(stage, row)
    for moment in ("2026-03-23 09:00", "2026-03-23 11:00", "2026-03-23 15:00"):
        tick(stage, moment)
    assert [name for name, _ in events(stage, row)].count("escalated") == escalated == 1
    assert ledger(stage, row) == told
