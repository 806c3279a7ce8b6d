"""What beat does, and what tests look at afterwards: the ledger, the log, the subjects in the sink."""

import json
from datetime import date

from compact_cases.office.casework import integrity, reminders
from compact_cases.office.casework.reminders import Swept
from compact_cases.office.post import morning, post_room
from compact_cases.records.case_summaries import CaseRow
from tests.office.staging import Scene
from tests.sink import Sink

CHAMPION, LEAD, SUE = "champion@northvale.example", "senior-lead@northvale.example", "sue@elmfield.example"


def tick(stage: Scene, moment: str) -> Swept:
    """What beat does at this moment: sweep, the officers' mornings, then post."""
    stage.at(moment)
    swept = reminders.sweep(stage.premises)
    morning.write_digests(stage.premises)
    post_room.send_waiting(stage.premises)
    return swept


def ledger(stage: Scene, row: CaseRow, obligation: str = "reply") -> list[tuple[str, date, str, str]]:
    found = stage.query(
        "SELECT step, step_day, seat, outcome FROM ledger WHERE case_id = :c AND obligation = :o"
        " ORDER BY step_day, step, seat",
        c=row.case_id,
        o=obligation,
    )
    return [tuple(one) for one in found]  # type: ignore[arg-type, misc]


def events(stage: Scene, row: CaseRow) -> list[tuple[str, dict[str, object]]]:
    found = stage.query(
        "SELECT name, body FROM case_events WHERE case_id = :c ORDER BY position", c=row.case_id
    )
    return [(name, json.loads(body)) for name, body in found]  # type: ignore[misc, has-type]


def subjects(smtp_sink: Sink, address: str) -> list[str]:
    return [one.subject.partition(": ")[2] for one in smtp_sink.to(address)]


def no_faults(stage: Scene) -> None:
    assert integrity.verify(stage.premises).faults == ()
    assert integrity.rebuild(stage.premises, check=True).faults == ()
