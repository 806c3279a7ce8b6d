"""The sweep on real PostgreSQL: what goes to whom on which day, and what is left of it after an outage."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import text

from compact_cases.office.casework.reminders import Swept
from compact_cases.office.identity import new_id
from compact_cases.records import people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.people import Person
from tests.office.casework.ticking import CHAMPION, LEAD, SUE, events, ledger, no_faults, subjects, tick
from tests.office.staging import Scene
from tests.sink import Sink


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
        "2026-03-17": ["champion: no reply is recorded yet", "morgan: 1 without a reply"],
        "2026-03-18": ["morgan: 1 without a reply"],
        "2026-03-19": [
            "champion: no reply is recorded",
            "morgan: 1 without a reply",
            "senior-lead: no reply is recorded",
        ],
        "2026-03-20": ["morgan: 1 without a reply"],
        "2026-03-23": [
            "champion: no reply is recorded",
            "morgan: no reply is recorded",
            "sue: no reply is recorded; you choose what is next",
        ],
    }
    assert ledger(stage, noticed) == [
        ("-5-reminder-champion", date(2026, 3, 9), "respondent/champion", "letter"),
        ("-2-reminder-champion", date(2026, 3, 12), "respondent/champion", "letter"),
        ("+0-reminder-champion", date(2026, 3, 16), "respondent/champion", "letter"),
        ("+1-nudge-champion", date(2026, 3, 17), "respondent/champion", "letter"),
        ("+3-escalation-senior-lead", date(2026, 3, 19), "respondent/champion", "letter"),
        ("+3-escalation-senior-lead", date(2026, 3, 19), "respondent/senior-lead", "letter"),
        ("+5-effect-no-reply", date(2026, 3, 23), "raiser/named", "effect"),
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
    assert (name, body["day"], body["to"]) == ("escalated", "2026-03-19", "respondent/senior-lead")
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
    assert (row.stage, row.next_name, row.next_owner) == ("closing", "close", "office/officer")
    assert row.closed_at is None
    no_faults(stage)


def test_an_acknowledgement_that_does_not_come(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()  # Mon 23 Feb 10:00, so due Mon 2 March
    for day in ("2026-02-26", "2026-03-02", "2026-03-03", "2026-03-05"):
        tick(stage, f"{day} 08:00")
    assert subjects(smtp_sink, "morgan@office.example")[1:] == [
        "1 coming up",
        "1 due today",
        "1 overdue",
        "1 overdue",
    ]  # in the digest; unassigned: of the first officer in the office's list
    assert subjects(smtp_sink, "asha@office.example")[1:] == ["no acknowledgement is recorded"]
    assert subjects(smtp_sink, "ruth@office.example") == ["no acknowledgement is recorded"]
    assert subjects(smtp_sink, SUE)[1:] == ["we are late in answering you"]
    escalated = [body for name, body in events(stage, row) if name == "escalated"]
    assert [(one["to"], one["day"]) for one in escalated] == [
        ("office/co-officer", "2026-03-03"),
        ("office/chair", "2026-03-05"),
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
    assert ("+3-escalation-senior-lead", date(2026, 3, 19), "respondent/senior-lead", "no-contact") in ledger(
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
