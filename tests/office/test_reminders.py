"""The sweep on real PostgreSQL: what goes to whom on which day, and what is left of it after an outage."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from compact_cases.clock import HandClock
from compact_cases.office import integrity, post_room, reminders
from compact_cases.office.identity import new_id, statement
from compact_cases.office.premises import open_premises
from compact_cases.office.reminders import Swept
from compact_cases.records import people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import Person
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.intake import AskForMore
from compact_cases.settings import Office, Settings
from tests.builders import local
from tests.office.staging import RAISER, Scene, scene
from tests.sink import Sink

CHAMPION, LEAD, SUE = "champion@northvale.example", "senior-lead@northvale.example", "sue@elmfield.example"


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    """The send window is that of an ordinary office: 8 to 18 on working days."""
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(replace(settings, office=Office()), pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


@pytest.fixture
def noticed(stage: Scene, smtp_sink: Sink) -> CaseRow:
    """A case put to the council on Monday 2 March 2026, its reply due on Monday 16 March; letters sent."""
    row = stage.raised()
    stage.at("2026-03-02 09:30").accept(row.reference)
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    return row


def tick(stage: Scene, moment: str) -> Swept:
    """What beat does at this moment: sweep, then post."""
    stage.at(moment)
    swept = reminders.sweep(stage.premises)
    post_room.send_waiting(stage.premises)
    return swept


def ledger(stage: Scene, row: CaseRow, obligation: str = "reply") -> list[tuple[str, date, str, str]]:
    found = stage.query(
        "SELECT step, step_day, role, outcome FROM ledger WHERE case_id = :c AND obligation = :o"
        " ORDER BY step_day, step, role",
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


def test_the_way_of_a_reply_that_does_not_come(stage: Scene, noticed: CaseRow, smtp_sink: Sink) -> None:
    sent: dict[str, Sequence[str]] = {}
    day = date(2026, 3, 3)
    while day <= date(2026, 3, 23):
        before = len(smtp_sink.letters)
        tick(stage, f"{day} 08:00")
        tick(stage, f"{day} 12:00")
        new = [
            f"{one.to[0].split('@')[0]}: {one.subject.partition(': ')[2]}"
            for one in smtp_sink.letters[before:]
        ]
        if new:
            sent[str(day)] = sorted(new)
        day += timedelta(days=1)
    assert sent == {
        "2026-03-09": ["champion: a reply, due by Monday 16 March 2026"],
        "2026-03-12": ["champion: a reply, due by Monday 16 March 2026"],
        "2026-03-16": ["champion: a reply, due today"],
        "2026-03-17": ["champion: no reply is recorded yet"],
        "2026-03-19": ["champion: no reply is recorded", "senior-lead: no reply is recorded"],
        "2026-03-23": [
            "champion: no reply is recorded",
            "morgan: no reply is recorded",
            "sue: no reply is recorded; you choose what is next",
        ],
    }
    assert ledger(stage, noticed) == [
        ("-5-reminder-champion", date(2026, 3, 9), "champion", "letter"),
        ("-2-reminder-champion", date(2026, 3, 12), "champion", "letter"),
        ("+0-reminder-champion", date(2026, 3, 16), "champion", "letter"),
        ("+1-nudge-champion", date(2026, 3, 17), "champion", "letter"),
        ("+3-escalation-senior-lead", date(2026, 3, 19), "champion", "letter"),
        ("+3-escalation-senior-lead", date(2026, 3, 19), "senior-lead", "letter"),
        ("+5-effect-no-reply", date(2026, 3, 23), "raiser", "effect"),
    ]
    assert [name for name, _ in events(stage, noticed)][-2:] == ["escalated", "no-reply-recorded"]
    assert stage.row(noticed.reference).stage == "raiser-decides"
    no_faults(stage)


def test_after_three_weeks_of_outage_nobody_is_flooded_and_nothing_is_lost(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    swept = tick(stage, "2026-03-20 09:00")
    assert (swept.cases, swept.reminders, swept.escalations, swept.superseded) == (1, 0, 1, 4)
    assert subjects(smtp_sink, CHAMPION) == subjects(smtp_sink, LEAD) == ["no reply is recorded"]
    assert [outcome for *_, outcome in ledger(stage, noticed)] == ["superseded"] * 4 + ["letter"] * 2
    name, body = events(stage, noticed)[-1]
    assert (name, body["day"], body["to"]) == ("escalated", "2026-03-19", "senior-lead")
    no_faults(stage)


def test_after_a_longer_outage_every_effect_and_escalation_has_its_own_day(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    swept = tick(stage, "2026-03-25 09:00")
    assert (swept.escalations, swept.effects, swept.superseded) == (1, 1, 6)
    found = [(name, body.get("day")) for name, body in events(stage, noticed)][-2:]
    assert found == [("escalated", "2026-03-19"), ("no-reply-recorded", "2026-03-23")]
    assert subjects(smtp_sink, CHAMPION) == ["no reply is recorded"]  # the letter of the effect, no reminder
    assert subjects(smtp_sink, LEAD) == []
    assert tick(stage, "2026-03-25 09:01") == Swept()
    no_faults(stage)


def test_a_raiser_who_does_not_answer_gets_one_last_letter_and_no_machine_closes(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-12 11:00").reply(noticed)
    stage.at("2026-03-13 10:00").release(noticed.reference)  # decide due Fri 27 March
    for day in ("2026-03-20", "2026-03-25", "2026-03-27"):
        tick(stage, f"{day} 08:00")
    tick(stage, "2026-04-14 08:00")  # ten working days later, Easter between
    assert subjects(smtp_sink, SUE)[-1] == "would you like us to go on?"
    assert subjects(smtp_sink, SUE).count("would you like us to go on?") == 1
    assert stage.query("SELECT 1 FROM tasks WHERE kind = 'phone' AND case_id = :c", c=noticed.case_id)
    assert stage.row(noticed.reference).stage == "raiser-decides"
    tick(stage, "2026-04-21 08:00")
    row = stage.row(noticed.reference)
    assert (row.stage, row.next_name, row.next_owner) == ("closing", "close", "officer")
    assert row.closed_at is None
    no_faults(stage)


def test_an_acknowledgement_that_does_not_come(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()  # Mon 23 Feb 10:00, so due Mon 2 March
    for day in ("2026-02-26", "2026-03-02", "2026-03-03", "2026-03-05"):
        tick(stage, f"{day} 08:00")
    assert subjects(smtp_sink, "morgan@office.example")[1:] == [
        "an acknowledgement, due by Monday 2 March 2026",
        "an acknowledgement, due today",
    ]  # unassigned: the first officer in the office's list
    assert subjects(smtp_sink, "asha@office.example")[1:] == ["no acknowledgement is recorded"]
    assert subjects(smtp_sink, "ruth@office.example") == ["no acknowledgement is recorded"]
    assert subjects(smtp_sink, SUE)[1:] == ["we are late in answering you"]
    escalated = [body for name, body in events(stage, row) if name == "escalated"]
    assert [(one["to"], one["day"]) for one in escalated] == [
        ("co-officer", "2026-03-03"),
        ("chair", "2026-03-05"),
    ]
    no_faults(stage)


def test_where_there_is_one_officer_the_chair_stands_in(stage: Scene, smtp_sink: Sink) -> None:
    with stage.premises.engine.begin() as conn:
        staff.change(conn, stage.second.staff_id, ended_at=stage.clock.now())  # type: ignore[arg-type]
    stage.raised()
    tick(stage, "2026-03-03 08:00")
    assert subjects(smtp_sink, "ruth@office.example") == ["no acknowledgement is recorded"]


def test_where_nobody_can_be_found_there_is_a_task_and_the_event_says_so(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    with stage.premises.engine.begin() as conn:
        people.end(conn, stage.senior_lead, stage.clock.now())
        conn.execute(
            text("UPDATE people SET ended_at = :at WHERE role = 'chief-officer'"), {"at": stage.clock.now()}
        )
    swept = tick(stage, "2026-03-19 08:00")
    assert swept.skipped == {"no-contact": 1}
    name, body = events(stage, noticed)[-1]
    assert (name, body["person"]) == ("escalated", None)
    assert ("+3-escalation-senior-lead", date(2026, 3, 19), "senior-lead", "no-contact") in ledger(
        stage, noticed
    )
    [task] = stage.query("SELECT sentence FROM tasks WHERE kind = 'no-contact'")
    assert "no senior lead to write to" in task[0]  # type: ignore[index]
    no_faults(stage)


def test_an_escalation_goes_to_another_person_even_where_one_holds_two_posts(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    with stage.premises.engine.begin() as conn:  # the senior lead reads the champion's mail
        people.add_contact_point(conn, new_id(), stage.senior_lead, "email", CHAMPION, stage.clock.now())
    tick(stage, "2026-03-19 08:00")
    assert subjects(smtp_sink, "chief-officer@northvale.example") == ["no reply is recorded"]


def test_an_absent_champions_reminder_goes_to_the_deputy(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    deputy = new_id()
    with stage.premises.engine.begin() as conn:
        at = stage.clock.now()
        contact = Person(deputy, "champion", body_id=stage.council, deputy_of=stage.champion, name="Dee")
        people.add(conn, contact, at)
        people.add_contact_point(conn, new_id(), deputy, "email", "dee@northvale.example", at)
        conn.execute(
            text("UPDATE people SET absent_until = :until WHERE id = :id"),
            {"until": date(2026, 3, 10), "id": stage.champion},
        )
    tick(stage, "2026-03-09 08:00")
    tick(stage, "2026-03-12 08:00")
    assert subjects(smtp_sink, "dee@northvale.example") == ["a reply, due by Monday 16 March 2026"]
    assert subjects(smtp_sink, CHAMPION) == ["a reply, due by Monday 16 March 2026"]


def test_what_is_decided_at_night_goes_in_the_morning(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    tick(stage, "2026-03-14 23:00")  # a Saturday, after an outage since the 2nd
    assert smtp_sink.letters == []
    tick(stage, "2026-03-16 07:59")
    assert smtp_sink.letters == []
    tick(stage, "2026-03-16 08:00")
    # decided on two days, one letter: the reminder of Saturday takes up that of Monday
    assert subjects(smtp_sink, CHAMPION) == ["a reply, due today"]
    assert [(step, outcome) for step, _, _, outcome in ledger(stage, noticed)] == [
        ("-5-reminder-champion", "superseded"),
        ("-2-reminder-champion", "letter"),
        ("+0-reminder-champion", "letter"),
    ]
    [both] = stage.query("SELECT count(DISTINCT letter_id) FROM ledger WHERE outcome = 'letter'")
    assert both[0] == 1  # type: ignore[index]


def test_a_second_chasing_letter_on_one_day_waits_for_the_next(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    tick(stage, "2026-03-16 08:00")
    with stage.premises.engine.begin() as conn:  # the clock of this very obligation is set anew
        conn.execute(text("UPDATE ledger SET cycle = 99 WHERE case_id = :c"), {"c": noticed.case_id})
        conn.execute(text("UPDATE obligations SET handled_to = NULL WHERE name = 'reply'"))
        conn.execute(text("UPDATE case_summaries SET next_tick = :at"), {"at": stage.clock.now()})
    tick(stage, "2026-03-16 09:00")
    assert len(smtp_sink.to(CHAMPION)) == 1
    tick(stage, "2026-03-17 08:00")
    assert len(smtp_sink.to(CHAMPION)) == 2


def test_a_reply_between_the_sweep_and_the_post_makes_the_letter_needless(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-16 08:00")
    reminders.sweep(stage.premises)
    stage.reply(noticed)
    assert post_room.send_waiting(stage.premises).withdrawn == 1
    assert subjects(smtp_sink, CHAMPION) == ["your organisation's reply has reached us"]


def test_a_pause_chases_nobody_and_ends_by_itself(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()  # acknowledge due Mon 2 March
    stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("When was it?")))
    for day in ("2026-02-26", "2026-03-02", "2026-03-03"):
        tick(stage, f"{day} 08:00")
    assert len(subjects(smtp_sink, "morgan@office.example")) == 1  # the new concern, no reminder
    assert stage.row(row.reference).paused
    tick(stage, "2026-03-11 08:00")  # ten working days after the pause began
    after = stage.row(row.reference)
    assert (after.paused, after.next_name, after.next_due) == (False, "acknowledge", date(2026, 3, 16))
    assert events(stage, row)[-1][0] == "pause-ended"
    no_faults(stage)


def test_an_anonymous_raiser_is_reminded_by_a_task(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("When was it?")))
    swept = tick(stage, "2026-03-04 08:00")
    assert swept.skipped == {"no-contact": 1}
    assert ledger(stage, row, "answer")[0][2:] == ("raiser", "no-contact")


def test_a_raiser_by_post_has_a_letter_to_post_for_a_reminder(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=replace(RAISER, email="", post="4 Elm Road"))
    stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("When was it?")))
    tick(stage, "2026-03-04 08:00")
    states = stage.query("SELECT notice FROM letters WHERE state = 'to-post' ORDER BY queued_at")
    assert [one[0] for one in states] == ["receipt", "question", "reminder"]  # type: ignore[index]


def test_a_dry_run_says_what_it_would_do_and_does_nothing(stage: Scene, noticed: CaseRow) -> None:
    stage.at("2026-03-20 09:00")
    told = reminders.sweep(stage.premises, dry_run=True)
    assert stage.query("SELECT 1 FROM ledger WHERE obligation = 'reply'") == []
    assert told == reminders.sweep(stage.premises)
    assert reminders.sweep(stage.premises, dry_run=True) == Swept()


def test_a_case_that_cannot_be_decided_does_not_stop_the_others(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    broken = stage.raised()
    with stage.premises.engine.begin() as conn:
        conn.execute(
            text("UPDATE obligations SET due = '2099-01-05' WHERE case_id = :c"), {"c": broken.case_id}
        )
        conn.execute(
            text("UPDATE case_summaries SET next_tick = '2026-01-01' WHERE case_id = :c"),
            {"c": broken.case_id},
        )
    swept = tick(stage, "2026-03-09 08:00")
    assert swept.skipped == {"could not be decided": 1}
    assert subjects(smtp_sink, CHAMPION) == ["a reply, due by Monday 16 March 2026"]
    assert stage.query("SELECT 1 FROM tasks WHERE kind = 'stuck' AND case_id = :c", c=broken.case_id)
    assert tick(stage, "2026-03-09 08:01") == Swept()


def test_a_log_that_does_not_fit_its_summary_does_not_stop_the_others(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    broken = stage.raised()
    stage.accept(broken.reference)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE case_summaries SET position = 2 WHERE case_id = :c"), {"c": broken.case_id})
    swept = tick(stage, "2026-03-19 08:00")
    assert swept.skipped == {"could not be written": 1}
    assert [one.subject for one in smtp_sink.to(LEAD)] == [f"{noticed.reference}: no reply is recorded"]


def test_steps_may_be_handled_again_without_a_second_letter(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    tick(stage, "2026-03-09 08:00")
    with stage.premises.engine.begin() as conn:  # as if a restored backup had lost what was handled
        conn.execute(text("UPDATE obligations SET handled_to = NULL"))
        conn.execute(text("UPDATE case_summaries SET next_tick = '2026-03-01'"))
    tick(stage, "2026-03-10 08:00")
    assert len(smtp_sink.to(CHAMPION)) == 1
    assert len(ledger(stage, noticed)) == 1


def test_a_case_withdrawn_between_the_sweep_and_the_post_chases_nobody(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-19 08:00")
    reminders.sweep(stage.premises)
    stage.act(noticed.reference, Withdraw(sure=True), stage.raiser_of(noticed))
    assert post_room.send_waiting(stage.premises).withdrawn == 2
    assert subjects(smtp_sink, LEAD) == []
    assert subjects(smtp_sink, CHAMPION) == ["the concern was withdrawn"]


def test_a_clock_paused_between_the_sweep_and_the_post_chases_nobody(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post_room.send_waiting(stage.premises)
    stage.at("2026-02-26 08:00")
    assert reminders.sweep(stage.premises).reminders == 1
    stage.act(row.reference, AskForMore(statement("When was it?")))
    posted = post_room.send_waiting(stage.premises)
    assert (posted.withdrawn, posted.sent) == (1, 1)  # the question goes, the reminder does not


def test_of_two_steps_in_a_letter_the_one_that_is_done_is_left_out(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post_room.send_waiting(stage.premises)
    smtp_sink.box._letters.clear()
    stage.at("2026-02-26 07:00")
    reminders.sweep(stage.premises)
    with stage.premises.engine.begin() as conn:  # the same letter reminds of another obligation, now over
        conn.execute(
            text("UPDATE letters SET facts = :facts WHERE state = 'waiting'"),
            {
                "facts": json.dumps(
                    {
                        "items": [
                            {"obligation": "release", "cycle": 1, "due": "2026-02-26"},
                            {"obligation": "acknowledge", "cycle": 1, "due": "2026-03-02"},
                        ]
                    }
                )
            },
        )
    tick(stage, "2026-02-26 08:00")
    [letter] = smtp_sink.letters
    assert letter.subject == f"{row.reference}: an acknowledgement, due by Monday 2 March 2026"
    assert "release" not in (letter.body("plain") or "")


def test_when_the_last_letter_and_silence_fall_into_one_sweep_the_raiser_is_still_asked(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-12 11:00").reply(noticed)
    stage.at("2026-03-13 10:00").release(noticed.reference)
    swept = tick(stage, "2026-05-05 08:00")
    assert (swept.effects, swept.superseded) == (2, 3)
    days = [(name, body.get("day")) for name, body in events(stage, noticed)][-2:]
    assert days == [("last-letter-sent", "2026-04-14"), ("silence-recorded", "2026-04-21")]
    assert subjects(smtp_sink, SUE)[-1] == "would you like us to go on?"
    assert stage.row(noticed.reference).closed_at is None
    no_faults(stage)


def test_what_an_effect_says_waits_for_the_hours_too(stage: Scene, noticed: CaseRow, smtp_sink: Sink) -> None:
    assert tick(stage, "2026-03-28 23:00").effects == 1  # a Saturday night, after an outage
    assert smtp_sink.letters == []
    tick(stage, "2026-03-30 08:00")
    assert len(smtp_sink.letters) == 3
