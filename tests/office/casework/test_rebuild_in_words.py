"""``rebuild`` says in sentences what is off and takes out what no log knows; a window moved is no fault."""

import re
from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import text

from compact_cases.office.casework import integrity
from compact_cases.records.case_summaries import CaseRow
from compact_cases.settings import Office
from tests.office.staging import Scene

NOT_A_SENTENCE = re.compile(r"datetime|UUID|None|True|False|\bb'|\\x|zoneinfo|[(\[]'|_|\d\d:\d\d:\d\d")


def changed(stage: Scene, sql: str, **values: object) -> None:
    with stage.premises.engine.begin() as conn:
        conn.execute(text(sql), values)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("stage = 'closed'", "In the summary the stage is closed, in the log received."),
        (
            "changed_at = '2026-03-02 09:30+00'",
            "In the summary the last change is Monday 2 March 2026 at 09:30, "
            "in the log Monday 23 February 2026 at 10:00.",
        ),
        ("next_due = '2026-03-06'", "the next date is Friday 6 March 2026, in the log Monday 2 March 2026."),
        ("next_due = NULL", "In the summary the next date is none, in the log Monday 2 March 2026."),
        ("next_tick = NULL", "the sweep's next look is none, in the log Thursday 26 February 2026 at 08:00."),
        ("next_tick = next_tick + interval '1 day'", "in the log Thursday 26 February 2026 at 08:00."),
        ("had_notice = true", "whether the other side has had notice is yes, in the log no."),
        ("paused = true", "whether it is paused is yes, in the log no."),
        ("owners = '{}'", "who owes the next step is none, in the log office/officer."),
        ("head = sha256('x')", "In the summary the digest of the last event is 2d711642b726…, in the log "),
        ("position = 1", "In the summary the number of events is 1, in the log 4."),
        ("confidentiality = 'anonymous'", "confidentiality is anonymous, in the log open."),
        ("reference = 'GC-2026-0999'", "the reference is GC-2026-0999, in the log GC-2026-0001."),
        ("raiser_id = NULL", "In the summary the raiser is none, in the log "),
    ],
)
def test_what_differs_is_said_in_a_sentence_and_mended(stage: Scene, change: str, said: str) -> None:
    row = stage.raised()
    changed(stage, f"UPDATE case_summaries SET {change} WHERE case_id = :case", case=row.case_id)
    faults = integrity.rebuild(stage.premises, check=True).faults
    assert said in " ".join(one.sentence for one in faults)
    for one in faults:
        assert one.sentence[0].isupper()
        assert one.sentence.endswith(".")
        assert NOT_A_SENTENCE.search(one.sentence) is None, one.sentence
    integrity.rebuild(stage.premises)
    assert stage.row(row.reference) == row
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_references_that_were_swapped_are_named_and_given_back(stage: Scene) -> None:
    one, other = stage.raised(), stage.raised()
    swap = "UPDATE case_summaries SET reference = :new WHERE case_id = :case"
    for case, new in (
        (one.case_id, "GC-2026-0999"),
        (other.case_id, one.reference),
        (one.case_id, other.reference),
    ):
        changed(stage, swap, case=case, new=new)
    assert len(integrity.rebuild(stage.premises, check=True).faults) == 2
    integrity.rebuild(stage.premises)
    assert (stage.row(one.reference), stage.row(other.reference)) == (one, other)


STRANGERS = (
    "INSERT INTO obligations (case_id, name, cycle, owner, owed_to, opened_at, started_on, limit_days, due)"
    " SELECT :stranger, name, cycle, owner, owed_to, opened_at, started_on, limit_days, due FROM obligations"
    " WHERE case_id = :case",
    "INSERT INTO case_summaries SELECT (s).* FROM (SELECT jsonb_populate_record(s, jsonb_build_object("
    "'case_id', CAST(:stranger AS text), 'reference', 'GC-2026-0777')) AS s FROM case_summaries s"
    " WHERE case_id = :case) AS stranger",
    "INSERT INTO case_words SELECT :stranger, is_open, words FROM case_words WHERE case_id = :case",
)


@pytest.mark.parametrize("sql", STRANGERS, ids=["obligations", "summary", "words"])
def test_a_row_of_a_case_that_no_log_knows_is_named_and_taken_out(stage: Scene, sql: str) -> None:
    row = stage.raised()
    tables = ("obligations", "case_summaries", "case_words")
    before = {name: stage.query(f"SELECT * FROM {name} ORDER BY case_id") for name in tables}
    changed(stage, sql, case=row.case_id, stranger="00000000-0000-7000-8000-000000000001")
    [fault] = integrity.rebuild(stage.premises, check=True).faults
    assert "no log knows" in fault.sentence
    assert NOT_A_SENTENCE.search(fault.sentence) is None
    assert {name: stage.query(f"SELECT * FROM {name} ORDER BY case_id") for name in tables} != before
    [fault] = integrity.rebuild(stage.premises).faults
    assert {name: stage.query(f"SELECT * FROM {name} ORDER BY case_id") for name in tables} == before
    assert integrity.rebuild(stage.premises, check=True).faults == ()


@pytest.mark.parametrize(
    "office",
    [
        Office(window_start=time(9, 30)),
        Office(window_start=time(7, 0), window_end=time(20, 0)),
        Office(window_every_day=True),
    ],
    ids=["later", "earlier", "always"],
)
def test_a_changed_send_window_is_no_fault(stage: Scene, noticed: CaseRow, office: Office) -> None:
    premises = replace(stage.premises, settings=replace(stage.premises.settings, office=office))
    assert integrity.rebuild(premises, check=True).faults == ()


def test_a_case_that_the_sweep_has_set_aside_for_a_while_is_no_fault(stage: Scene, noticed: CaseRow) -> None:
    """What is due already is looked at again within the hour; it is the sweep's own choice."""
    stage.at("2026-03-09 09:00")
    soon = "UPDATE case_summaries SET next_tick = '2026-03-09 09:59+00'"
    changed(stage, soon)
    assert integrity.rebuild(stage.premises, check=True).faults == ()
