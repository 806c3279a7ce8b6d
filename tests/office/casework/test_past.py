"""A case from paper, in the office: its dates hold, nobody is chased for the past, and the rest goes on."""

from compact_cases.office.casework import casebook
from compact_cases.office.identity import statement
from compact_cases.records import letters
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.intake import Accept
from compact_cases.rules.past import Past
from tests.builders import local
from tests.office.casework.ticking import no_faults, tick
from tests.office.staging import Scene


def from_paper(stage: Scene, received: str, told: str) -> CaseRow:
    row = stage.raised(channel="paper")
    officer = stage.officer.staff_id
    assert officer is not None
    past = Past(local(f"{received} 12:00").date(), local(f"{told} 12:00").date())
    stage.act(
        row.reference, Accept(officer, statement("You say so."), statement("A group says so."), past=past)
    )
    return row


def notices(stage: Scene, row: CaseRow) -> list[str]:
    with stage.premises.engine.connect() as conn:
        found = [one for one in letters.of_case(conn, row.case_id) if one.state != "withdrawn"]
    return [f"{one.seat.split('/')[1]} {one.notice}" for one in found if one.seat.startswith("r")]


def test_no_reminder_of_the_past_goes_and_those_to_come_do(stage: Scene) -> None:
    """Told on Monday 9 February: the reply is due on the 23rd, and its first reminders were due before."""
    row = from_paper(stage.at("2026-02-20 10:00"), "2026-02-02", "2026-02-09")
    reply = casebook.read(stage.premises, row.case_id).owed("reply")
    assert reply is not None
    assert str(reply.due) == "2026-02-23"
    tick(stage, "2026-02-20 11:00")
    assert sorted(one for one in notices(stage, row) if "receipt" not in one) == [
        "champion kept-on-paper",
        "named kept-on-paper",
    ]
    tick(stage, "2026-02-23 09:30")
    assert "champion reminder" in notices(stage, row)
    no_faults(stage)


def test_that_no_reply_came_is_recorded_on_the_next_morning_at_the_earliest(stage: Scene) -> None:
    row = from_paper(stage.at("2026-02-20 10:00"), "2026-01-05", "2026-01-12")
    tick(stage, "2026-02-20 17:00")
    assert casebook.read(stage.premises, row.case_id).owed("reply") is not None
    tick(stage, "2026-02-23 09:30")
    assert casebook.read(stage.premises, row.case_id).owed("reply") is None
    assert "champion no-reply" in notices(stage, row)
    assert not [one for one in notices(stage, row) if "reminder" in one or "nudge" in one or "escalat" in one]
    no_faults(stage)
