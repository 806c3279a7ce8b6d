"""A posting from its task to its dates: what the paper says, what is owed after it, and what waits for it."""

import pytest

from compact_cases.office import attention
from compact_cases.office.casework import casebook
from compact_cases.office.post import by_post
from compact_cases.records import letters, tasks
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.posting import RecordPosted
from tests.builders import local
from tests.office.casework.ticking import no_faults, tick
from tests.office.post.test_by_post import BY_POST, letter, states, task_of, waiting
from tests.office.staging import Scene


@pytest.fixture
def row(stage: Scene) -> CaseRow:
    """A group with a postal address alone, which is to read a reply, released on Thursday 26 February."""
    row = stage.raised(raiser=BY_POST)
    stage.at("2026-02-24 09:30").accept(row.reference)
    stage.at("2026-02-25 09:30").reply(row)
    stage.at("2026-02-26 09:30").release(row.reference)
    return row


def due(stage: Scene, row: CaseRow, name: str = "decide") -> str:
    owed = casebook.read(stage.premises, row.case_id).owed(name)
    assert owed is not None
    return str(owed.due)


def printed(stage: Scene, row: CaseRow, notice: str = "reply-released") -> str:
    with stage.premises.engine.connect() as conn:
        return by_post.on_paper(conn, stage.premises, letter(stage, row, notice)).text


def test_the_paper_promises_the_date_that_holds_once_it_is_posted(stage: Scene, row: CaseRow) -> None:
    assert due(stage, row) == "2026-03-12"
    assert "by Monday 16 March 2026 (in 12 working days)" in printed(stage, row)
    stage.at("2026-03-02 16:00")
    assert "by Wednesday 18 March 2026" in printed(stage, row)
    attention.task_done(stage.premises, task_of(stage, row, "reply-released").id, stage.officer)
    assert due(stage, row) == "2026-03-18"
    assert states(stage, row)["reply-released"] == "posted"
    with stage.premises.engine.connect() as conn:
        kept = letters.text_of(conn, letter(stage, row, "reply-released").id)
    assert kept is not None
    assert "by Wednesday 18 March 2026" in kept.text


def test_a_posting_of_an_earlier_day_is_kept_and_counted_as_of_that_day(stage: Scene, row: CaseRow) -> None:
    stage.at("2026-03-03 10:00")
    subject = letter(stage, row, "reply-released").id
    stage.act(row.reference, RecordPosted(subject, local("2026-02-27 12:00").date()))
    assert due(stage, row) == "2026-03-17"
    task = task_of(stage, row, "reply-released")
    assert (task.done_by, task.done_at) == (stage.officer.staff_id, stage.clock.now())
    assert not attention.task_done(stage.premises, task.id, stage.officer)
    no_faults(stage)


def test_while_a_letter_lies_in_the_office_nobody_is_chased_and_no_turn_ends(
    stage: Scene, row: CaseRow
) -> None:
    for moment in ("2026-03-05 09:30", "2026-03-12 09:30", "2026-03-26 09:30", "2026-04-20 09:30"):
        tick(stage, moment)
    assert not states(stage, row).keys() & {"reminder", "last-letter"}
    late = [one for one in waiting(stage, row) if "lies" in one or "has not been posted" in one]
    assert late == [
        f"The letter “a reply to read” to the raiser in {row.reference} has not been posted. Please post it:"
        " until then their time does not run, and nobody chases them."
    ]
    stage.at("2026-04-20 10:00")
    with stage.premises.engine.connect() as conn:
        both = [one for one in tasks.of_case(conn, row.case_id) if one.kind == "post" and not one.done_at]
    attention.task_done(stage.premises, both[0].id, stage.officer)
    assert due(stage, row) == "2026-05-07"  # two days in the post, and Monday 4 May does not count
    assert waiting(stage, row) == []
    tick(stage, "2026-04-30 09:30")
    assert [one for one in waiting(stage, row) if "“a reminder”" in one]
    no_faults(stage)
