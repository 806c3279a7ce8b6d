"""The officer's morning: one letter a working day, with all that waits for them; none when nothing does."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.office.identity import new_id, statement
from compact_cases.office.post import morning, post_room
from compact_cases.records import tasks
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.tasks import Task
from compact_cases.rules.intake import AskForMore
from tests.office.casework.ticking import tick
from tests.office.staging import Scene
from tests.sink import Sink

MORGAN, ASHA = "morgan@office.example", "asha@office.example"


def digests(sink: Sink, address: str = MORGAN) -> list[Any]:
    return [one for one in sink.to(address) if one.subject.startswith("Your morning: ")]


def body(letter: Any) -> str:
    return str(letter.body("plain"))


def ledger(stage: Scene, row: CaseRow) -> Sequence[Any]:
    query = "SELECT step, step_day, outcome, letter_id FROM ledger WHERE case_id = :c ORDER BY step_day, step"
    return [tuple(one) for one in stage.query(query, c=row.case_id)]  # type: ignore[arg-type]


def test_an_officers_reminder_stands_in_the_digest_and_is_no_letter_of_its_own(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()  # Mon 23 Feb 10:00, so due Mon 2 March
    tick(stage, "2026-02-26 08:00")
    assert ledger(stage, row) == [("-2-reminder-officer", date(2026, 2, 26), "digest", None)]
    [one] = digests(smtp_sink)
    assert one.subject == "Your morning: 1 coming up"
    line = f"{row.reference}, Received: an acknowledgement, due by Monday 2 March 2026 (in 2 working days)."
    assert line in " ".join(body(one).split())
    concern, digest = smtp_sink.to(MORGAN)
    assert concern.subject.startswith(f"{row.reference}: a new concern")
    assert digest is one
    # it goes on until the day has come, then it is due today, then overdue
    for day in ("2026-02-27", "2026-03-02", "2026-03-03"):
        tick(stage, f"{day} 08:00")
    assert [each.subject for each in digests(smtp_sink)] == [
        "Your morning: 1 coming up",
        "Your morning: 1 coming up",
        "Your morning: 1 due today",
        "Your morning: 1 overdue",
    ]


def test_there_is_no_letter_when_nothing_waits_and_none_on_a_day_that_does_not_work(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    tick(stage, "2026-02-24 08:00")
    assert digests(smtp_sink) == []
    assert stage.query("SELECT letter_id FROM digests") == [(None,), (None,)]  # decided for both, once
    tick(stage, "2026-02-28 09:00")  # a Saturday
    assert digests(smtp_sink) == []
    tick(stage, "2026-03-03 07:59")
    assert digests(smtp_sink) == []
    tick(stage, "2026-03-03 08:00")
    assert len(digests(smtp_sink)) == 1
    assert digests(smtp_sink, ASHA) == []  # it is the first officer's, who has what nobody has
    assert row.reference in body(digests(smtp_sink)[0])


def test_one_digest_a_day_however_often_beat_ticks(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    for moment in ("08:00", "08:01", "11:00", "17:59"):
        tick(stage, f"2026-03-02 {moment}")
    assert len(digests(smtp_sink)) == 1


def test_after_an_outage_there_is_one_digest_with_everything_in_it(stage: Scene, smtp_sink: Sink) -> None:
    first, second = stage.raised(), stage.raised()
    stage.accept(second.reference)
    tick(stage, "2026-03-11 10:20")  # nothing ran since 23 February
    [one] = digests(smtp_sink)
    said = " ".join(body(one).split())
    assert f"{first.reference}, Received: an acknowledgement, was due by Monday 2 March 2026" in said
    assert f"{second.reference}, Early resolution: a reply, was due by Monday 9 March 2026" in said
    assert one.subject == "Your morning: 1 overdue, 1 without a reply"
    assert stage.query("SELECT count(*) FROM digests") == [(2,)]


def test_it_waits_until_the_sweep_is_through_what_is_due(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    stage.at("2026-02-26 08:00")
    assert morning.write_digests(stage.premises) == 0
    assert stage.query("SELECT 1 FROM digests") == []
    reminders.sweep(stage.premises)
    assert morning.write_digests(stage.premises) == 1


def test_what_is_done_before_it_leaves_does_not_stand_in_it(stage: Scene, smtp_sink: Sink) -> None:
    first, second = stage.raised(), stage.raised()
    stage.at("2026-03-02 08:00")
    reminders.sweep(stage.premises)
    assert morning.write_digests(stage.premises) == 1
    stage.accept(first.reference)
    post_room.send_waiting(stage.premises)
    [one] = digests(smtp_sink)
    assert second.reference in body(one)
    assert first.reference not in body(one)


def test_a_digest_that_has_become_empty_is_not_sent(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.at("2026-03-02 08:00")
    reminders.sweep(stage.premises)
    morning.write_digests(stage.premises)
    stage.accept(row.reference)
    post_room.send_waiting(stage.premises)
    assert digests(smtp_sink) == []
    assert stage.query("SELECT state FROM letters WHERE notice = 'digest'") == [("withdrawn",)]


def test_one_that_did_not_leave_on_its_day_gives_way_to_the_next_which_says_it_all(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    stage.at("2026-02-26 08:00")
    reminders.sweep(stage.premises)
    morning.write_digests(stage.premises)  # and no mail server answers all day
    tick(stage, "2026-02-27 08:00")
    [one] = digests(smtp_sink)
    assert f"{row.reference}, Received: an acknowledgement" in " ".join(body(one).split())
    states = stage.query("SELECT state FROM letters WHERE notice = 'digest' ORDER BY queued_at")
    assert states == [("withdrawn",), ("sent",)]


def test_while_an_officer_is_away_their_cases_stand_in_the_digest_of_who_stands_in(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    accounts.set_absence(stage.premises, stage.officer.staff_id, date(2026, 3, 6), None)  # type: ignore[arg-type]
    tick(stage, "2026-03-02 08:00")
    assert digests(smtp_sink) == []
    assert row.reference in body(digests(smtp_sink, ASHA)[0])


def test_tasks_pauses_and_closing_dates_stand_in_it_and_no_content(stage: Scene, smtp_sink: Sink) -> None:
    row, asked = stage.raised(closes_on=date(2026, 3, 12)), stage.raised()
    stage.act(asked.reference, AskForMore(statement("On which day did it open?")))
    with stage.premises.engine.begin() as conn:
        at = stage.clock.now()
        kinds = ("undeliverable", "phone", "no-contact", "stuck", "merged")
        found = [
            Task(new_id(), row.case_id, kind, new_id(), at.date(), "A secret word.", at) for kind in kinds
        ]
        tasks.open_all(conn, [*found, Task(new_id(), None, "mail", new_id(), at.date(), "Secret.", at)])
    tick(stage, "2026-03-05 08:00")  # the pause ends after Monday 9 March
    said = " ".join(body(digests(smtp_sink)[0]).split())
    place = f"{row.reference}, Received:"
    for line in (
        f"Letters that did not arrive {place} a letter did not arrive.",
        f"Nobody to reach {place} nobody to write to.",
        f"To post, or to say by phone {place} ring somebody.",
        f"Pauses about to end {asked.reference}, Received: the pause ends by itself after Monday 9 March 2026"
        " (in 2 working days)",
        f"Dates coming {place} something closes or is decided on Thursday 12 March 2026",
        f"Stuck Letters do not go out. {place} something is stuck.",
        f"Also for you {place} a merged concern may go on alone.",
    ):
        assert line in said
    assert "ecret" not in said
    assert "Elmfield" not in said
    assert "Northvale" not in said
    # what is about no case is everybody's
    assert "Stuck Letters do not go out." in " ".join(body(digests(smtp_sink, ASHA)[0]).split())


def test_a_long_section_names_twelve_and_counts_the_others(stage: Scene, smtp_sink: Sink) -> None:
    for _ in range(14):
        stage.raised()
    tick(stage, "2026-03-03 08:00")
    [one] = digests(smtp_sink)
    assert one.subject == "Your morning: 14 overdue"
    assert "And 2 more." in body(one)


def test_none_goes_while_the_post_is_held(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    stage.at("2026-03-03 08:00")
    reminders.sweep(stage.premises)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE restores SET settled_at = NULL"))
    assert morning.write_digests(stage.premises) == 0


def test_its_message_is_the_same_when_it_is_decided_anew(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    tick(stage, "2026-03-03 08:00")
    with stage.premises.engine.begin() as conn:  # as a restore of a backup of the night would
        conn.execute(text("DELETE FROM digests"))
        conn.execute(text("SELECT forget_letters(ARRAY(SELECT id FROM letters WHERE notice = 'digest'))"))
    tick(stage, "2026-03-03 08:05")
    first, second = digests(smtp_sink)
    assert first.message_id == second.message_id
