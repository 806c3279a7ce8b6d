"""A clock that was wrong, months ahead, and was set right again: no letter after that comes late."""

from datetime import date

from compact_cases.office import upkeep
from compact_cases.office.casework import reminders
from compact_cases.office.identity import statement
from compact_cases.office.post import post_room
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.concern import LinkRole
from compact_cases.rules.particulars import CiteClause
from tests.office.casework.test_effects_again import of_another_version
from tests.office.casework.ticking import CHAMPION, SUE, events, no_faults, subjects, tick
from tests.office.staging import Scene
from tests.sink import Sink

WRONG = "2027-02-24 20:00"


def cited_in_a_year(stage: Scene, row: CaseRow) -> None:
    """The log goes on with an event of the wrong time, and every later one is dated no earlier."""
    more = CiteClause("community-groups/5.4", "1", LinkRole.SUPPORTING, statement("It fits."))
    assert stage.at(WRONG).act(row.reference, more).events


def due(stage: Scene, row: CaseRow, obligation: str) -> list[date]:
    sql = "SELECT due FROM obligations WHERE case_id = :c AND name = :o AND ended_at IS NULL"
    return [one for (one,) in stage.query(sql, c=row.case_id, o=obligation)]  # type: ignore[misc, has-type]


def test_what_is_done_after_it_is_told_at_once_and_has_its_date_from_today(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    cited_in_a_year(stage, row)
    stage.at("2026-03-02 09:30").accept(row.reference)
    post_room.send_waiting(stage.premises)
    assert len(subjects(smtp_sink, CHAMPION)) == 1
    assert due(stage, row, "reply") == [date(2026, 3, 16)]
    assert tick(stage, "2026-03-09 08:00").reminders == 1
    assert len(subjects(smtp_sink, CHAMPION)) == 2
    ats = [at for (at,) in stage.query("SELECT at FROM case_events ORDER BY position")]  # type: ignore[misc, has-type]
    assert ats == sorted(ats)
    no_faults(stage)


def test_what_the_sweep_does_after_it_is_told_at_once(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    cited_in_a_year(stage, noticed)
    smtp_sink.box._letters.clear()
    tick(stage, "2026-03-23 08:00")
    assert events(stage, noticed)[-1][0] == "no-reply-recorded"
    assert due(stage, noticed, "decide") == [date(2026, 4, 8)]  # ten days on; Good Friday and Easter Monday
    assert subjects(smtp_sink, CHAMPION)[-1] == "no reply is recorded"
    assert subjects(smtp_sink, SUE)
    no_faults(stage)


def test_a_step_after_it_does_not_join_a_letter_that_waits_for_next_year(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    post_room.send_waiting(stage.premises)
    reminders.sweep(stage.at(WRONG).premises)  # the officer's letters wait for the next morning of that year
    stage.at("2026-03-02 09:30").accept(row.reference)
    stage.at("2026-03-10 10:00").reply(row)
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    assert tick(stage, "2026-03-12 08:00").reminders == 1  # the day by which the reply is to be released
    assert len(subjects(smtp_sink, "morgan@office.example")) == 1


def test_a_letter_of_that_time_waits_for_it_no_longer_than_an_hour(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    reminders.sweep(stage.at("2026-06-14 20:00").premises)
    waits = "SELECT count(*) FROM letters WHERE state = 'waiting'"
    upkeep.keep_house(stage.at("2026-03-17 10:00").premises)
    post_room.send_waiting(stage.premises)
    assert stage.query(waits) == [(0,)]


def test_a_letter_that_was_put_off_in_that_time_is_tried_again(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    smtp_sink.answers["RCPT"] = "451 4.7.1 Try later"
    post_room.send_waiting(stage.at(WRONG).premises)
    smtp_sink.answers.clear()
    upkeep.keep_house(stage.at("2026-02-23 11:00").premises)
    post_room.send_waiting(stage.premises)
    assert subjects(smtp_sink, SUE)


def test_a_step_that_was_refused_in_that_time_is_tried_on_its_own_day(stage: Scene, smtp_sink: Sink) -> None:
    of_another_version(stage)
    assert tick(stage, "2026-06-15 08:00").skipped == {"could not be carried out": 1}
    upkeep.keep_house(stage.at("2026-03-23 07:30").premises)
    assert tick(stage, "2026-03-23 08:00").skipped == {"could not be carried out": 1}
