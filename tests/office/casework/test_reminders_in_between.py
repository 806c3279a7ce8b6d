"""What happens between the sweep and the post, and cases that cannot be decided: nobody is chased in vain."""

import json
from dataclasses import replace
from datetime import date

from sqlalchemy import text

from compact_cases.office.casework import reminders
from compact_cases.office.casework.reminders import Swept
from compact_cases.office.casework.steps import Sweeping
from compact_cases.office.identity import statement
from compact_cases.office.post import morning, post_room
from compact_cases.records import letters
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.obligations import ObligationRow
from compact_cases.rules.case import replay
from compact_cases.rules.closing import Withdraw
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.intake import AskForMore
from compact_cases.rules.posting import RecordPosted
from compact_cases.rules.referring import ReferToMediation
from tests.builders import local, rulebook
from tests.office.casework.ticking import CHAMPION, LEAD, SUE, events, ledger, no_faults, subjects, tick
from tests.office.staging import RAISER, Scene
from tests.rules.test_panel import HEARD
from tests.rules.test_review import then
from tests.sink import Sink


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
    post_room.send_waiting(stage.premises)
    stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("When was it?")))
    for day in ("2026-02-26", "2026-03-02", "2026-03-03"):
        tick(stage, f"{day} 08:00")
    assert len(subjects(smtp_sink, "morgan@office.example")) == 1  # the new concern, no reminder
    assert stage.row(row.reference).paused
    tick(stage, "2026-03-11 08:00")  # ten working days after the pause began: its last day
    assert stage.row(row.reference).paused
    assert subjects(smtp_sink, SUE)[-1] == "your answer, due today"
    tick(stage, "2026-03-12 00:05")
    after = stage.row(row.reference)
    assert (after.paused, after.next_name, after.next_due) == (False, "acknowledge", date(2026, 3, 16))
    assert events(stage, row)[-1][0] == "resumed"
    no_faults(stage)


def test_an_anonymous_raiser_is_reminded_by_a_task(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("When was it?")))
    swept = tick(stage, "2026-03-04 08:00")
    assert swept.skipped == {"no-contact": 1}
    assert ledger(stage, row, "answer")[0][2:] == ("raiser/named", "no-contact")


def test_a_raiser_by_post_has_a_letter_to_post_for_a_reminder(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=replace(RAISER, email="", post="4 Elm Road"))
    stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("When was it?")))
    tick(stage, "2026-03-04 08:00")
    to_post = "SELECT notice FROM letters WHERE state = 'to-post' ORDER BY queued_at"
    assert [one[0] for one in stage.query(to_post)] == ["receipt", "question"]  # type: ignore[index]
    with stage.premises.engine.connect() as conn:
        question = next(one for one in letters.of_case(conn, row.case_id) if one.notice == "question")
    stage.act(row.reference, RecordPosted(question.id, stage.clock.now().date()))
    tick(stage, "2026-03-13 08:00")  # posted on 4 March, it is to be answered by the 20th
    assert [one[0] for one in stage.query(to_post)] == ["receipt", "reminder"]  # type: ignore[index]


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
    assert swept.skipped == {"could not be decided": 1}
    assert [one.subject for one in smtp_sink.to(LEAD)] == [f"{noticed.reference}: no reply is recorded"]


def test_an_effect_that_its_case_refuses_does_not_stop_the_others(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    broken = stage.raised()
    stage.accept(broken.reference)
    stage.at("2026-03-19 08:00").reply(broken)
    with stage.premises.engine.begin() as conn:  # the row says that a reply is awaited, the log that it came
        conn.execute(
            text("UPDATE obligations SET ended_at = NULL WHERE case_id = :c AND name = 'reply'"),
            {"c": broken.case_id},
        )
        conn.execute(
            text("UPDATE case_summaries SET next_tick = :at WHERE case_id = :c"),
            {"c": broken.case_id, "at": stage.clock.now()},
        )
    swept = tick(stage, "2026-03-23 08:00")
    assert swept.skipped == {"could not be carried out": 1}
    assert stage.row(noticed.reference).stage == "raiser-decides"
    assert stage.row(broken.reference).stage == "early-resolution"
    [task] = stage.query("SELECT sentence FROM tasks WHERE kind = 'stuck' AND case_id = :c", c=broken.case_id)
    assert "No reply is awaited" in task[0]  # type: ignore[index]
    assert "no-reply-recorded" not in [name for name, _ in events(stage, broken)]
    assert tick(stage, "2026-03-23 08:01") == Swept()


def test_the_effects_of_a_batch_are_written_together_and_each_log_holds(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    more = [stage.raised() for _ in range(3)]
    for row in more:
        stage.accept(row.reference)
    paused = stage.raised()
    stage.act(paused.reference, AskForMore(statement("When was it?")))
    stage.at("2026-03-12 11:00").reply(noticed)
    stage.at("2026-03-13 10:00").release(noticed.reference)
    swept = tick(stage, "2026-05-05 08:00")
    assert swept.effects == 4  # the last letter in one case, no reply in three
    last = [events(stage, row)[-1][0] for row in (noticed, *more)]
    assert last == ["last-letter-sent", *["no-reply-recorded"] * 3]
    assert "resumed" in [name for name, _ in events(stage, paused)]  # and then, at once, what was missed
    no_faults(stage)


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
    assert morning.write_digests(stage.premises) == 1
    stage.act(row.reference, AskForMore(statement("When was it?")))
    posted = post_room.send_waiting(stage.premises)
    assert (posted.withdrawn, posted.sent) == (
        1,
        1,
    )  # the question goes, the digest with its reminder does not


def test_of_two_steps_in_a_letter_the_one_that_is_done_is_left_out(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-09 07:00")
    reminders.sweep(stage.premises)
    with stage.premises.engine.begin() as conn:  # the same letter reminds of another obligation, now over
        conn.execute(
            text("UPDATE letters SET facts = :facts WHERE state = 'waiting'"),
            {
                "facts": json.dumps(
                    {
                        "items": [
                            {"obligation": "answer", "cycle": 1, "due": "2026-03-09"},
                            {"obligation": "reply", "cycle": 1, "due": "2026-03-16"},
                        ]
                    }
                )
            },
        )
    tick(stage, "2026-03-09 08:00")
    [letter] = smtp_sink.letters
    assert letter.subject == f"{noticed.reference}: a reply, due by Monday 16 March 2026"
    assert "question" not in (letter.body("plain") or "")


def test_after_an_outage_the_last_letter_still_has_its_five_days(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    stage.at("2026-03-12 11:00").reply(noticed)
    stage.at("2026-03-13 10:00").release(noticed.reference)
    swept = tick(stage, "2026-05-05 08:00")  # silence stood on 21 April, the last letter a week before
    assert (swept.effects, swept.superseded, swept.skipped) == (1, 3, {})
    name, body = events(stage, noticed)[-1]
    assert (name, body["day"]) == ("last-letter-sent", "2026-04-14")
    assert body["until"]["due"] == "2026-05-12"  # type: ignore[index]
    assert subjects(smtp_sink, SUE)[-1] == "would you like us to go on?"
    letter = " ".join((smtp_sink.to(SUE)[-1].body("plain") or "").split())
    assert "This letter is of Tuesday 5 May 2026." in letter
    for moment in ("2026-05-05 08:30", "2026-05-06 08:00", "2026-05-11 18:00"):
        assert tick(stage, moment) == Swept()
        no_faults(stage)
    assert stage.row(noticed.reference).next_name == "decide"
    assert stage.query("SELECT 1 FROM tasks WHERE kind = 'stuck'") == []
    assert tick(stage, "2026-05-12 08:00").effects == 1
    assert events(stage, noticed)[-1][0] == "silence-recorded"
    row = stage.row(noticed.reference)
    assert (row.next_name, row.closed_at) == ("close", None)
    no_faults(stage)


def decide_is_overdue(stage: Scene, noticed: CaseRow) -> None:
    """No reply by 23 March, so a decision by 8 April; the last letter on 22 April."""
    for moment in ("2026-03-23 08:00", "2026-04-08 08:00"):
        tick(stage, moment)


def test_a_last_letter_that_has_not_left_lets_nobody_be_silent(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    decide_is_overdue(stage, noticed)
    for moment in ("2026-04-22 08:00", "2026-04-29 08:00", "2026-04-29 12:00"):  # the post room stands still
        stage.at(moment)
        reminders.sweep(stage.premises)
    assert events(stage, noticed)[-1][0] == "last-letter-sent"
    no_faults(stage)
    post_room.send_waiting(stage.premises)
    assert subjects(smtp_sink, SUE)[-1] == "would you like us to go on?"
    assert tick(stage, "2026-04-30 08:00").effects == 1
    assert stage.row(noticed.reference).next_name == "close"
    no_faults(stage)


def test_a_last_letter_by_post_has_left_when_its_task_is_done(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=replace(RAISER, email="", post="4 Elm Road"))
    stage.at("2026-03-02 09:30").accept(row.reference)
    decide_is_overdue(stage, row)
    post_all(stage, row)  # on the day on which each was written
    tick(stage, "2026-04-24 08:00")
    assert tick(stage, "2026-05-05 08:00").effects == 0
    assert events(stage, row)[-1][0] == "last-letter-sent"
    post_all(stage, row)
    assert tick(stage, "2026-05-05 10:00").effects == 0  # it should have come on 28 April
    assert tick(stage, "2026-05-06 08:00").effects == 1
    assert events(stage, row)[-1][0] == "silence-recorded"


def post_all(stage: Scene, row: CaseRow) -> None:
    with stage.premises.engine.connect() as conn:
        found = letters.to_be_posted(conn, [row.case_id])
    for one in found:
        stage.act(row.reference, RecordPosted(one.id, one.queued_at.date()))


def test_while_a_reply_waits_for_release_nobody_is_called_silent(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    decide_is_overdue(stage, noticed)
    stage.at("2026-04-21 12:00").reply(noticed)
    for day in ("2026-04-22", "2026-04-23", "2026-04-29", "2026-05-05"):
        tick(stage, f"{day} 08:00")
        no_faults(stage)
    assert "last-letter-sent" not in [name for name, _ in events(stage, noticed)]
    assert stage.query("SELECT 1 FROM tasks WHERE kind = 'stuck'") == []
    stage.at("2026-05-05 12:00").release(noticed.reference)  # so a decision by Tue 19 May
    row = stage.row(noticed.reference)
    assert (row.next_name, row.next_due) == ("decide", date(2026, 5, 19))
    tick(stage, "2026-06-03 08:00")
    assert events(stage, noticed)[-1][0] == "last-letter-sent"
    no_faults(stage)


def test_a_reply_that_comes_before_the_last_letter_leaves_makes_it_needless(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    decide_is_overdue(stage, noticed)
    stage.at("2026-04-22 08:00")
    reminders.sweep(stage.premises)
    stage.reply(noticed)
    assert post_room.send_waiting(stage.premises).withdrawn == 1
    assert "would you like us to go on?" not in subjects(smtp_sink, SUE)


def test_the_raiser_may_decide_after_silence_and_the_close_ends(
    stage: Scene, noticed: CaseRow, smtp_sink: Sink
) -> None:
    decide_is_overdue(stage, noticed)
    tick(stage, "2026-04-22 08:00")
    tick(stage, "2026-04-29 08:00")
    assert stage.row(noticed.reference).next_name == "close"
    after = stage.at("2026-04-30 12:00").decide(noticed, "not").row
    assert (after.stage, after.next_name) == ("raiser-decides", "next-step")
    no_faults(stage)


def test_what_an_effect_says_waits_for_the_hours_too(stage: Scene, noticed: CaseRow, smtp_sink: Sink) -> None:
    assert tick(stage, "2026-03-28 23:00").effects == 1  # a Saturday night, after an outage
    assert smtp_sink.letters == []
    tick(stage, "2026-03-30 08:00")
    assert len(smtp_sink.letters) == 3


def test_nobody_is_asked_to_ring_somebody_who_is_anonymous(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    stage.at("2026-03-02 09:30").accept(row.reference)
    decide_is_overdue(stage, row)
    tick(stage, "2026-04-22 08:00")
    assert events(stage, row)[-1][0] == "last-letter-sent"
    kinds = {(one[0], "return page" in one[1]) for one in stage.query("SELECT kind, sentence FROM tasks")}  # type: ignore[index]
    assert kinds == {("no-contact", True)}
    no_faults(stage)


def test_whoever_gave_no_telephone_number_is_not_to_be_rung(stage: Scene, noticed: CaseRow) -> None:
    decide_is_overdue(stage, noticed)
    tick(stage, "2026-04-22 08:00")
    [task] = stage.query("SELECT sentence FROM tasks WHERE kind = 'phone'")
    assert task[0] == (  # type: ignore[index]
        f"Try to reach the raiser in {noticed.reference} in another way than by letter: the last one has"
        " gone, and no decision is recorded. No telephone number is known."
    )


def test_a_panel_that_is_late_is_not_chased_while_both_sides_are_asked_about_mediation(stage: Scene) -> None:
    """What it owes is put off from one working day to the next, and nothing else with it."""
    asked = replay(then(HEARD, ReferToMediation(sure=True), "2026-06-02 10:00"))
    row, now = stage.raised(), local("2026-06-05 08:00")
    rows = [ObligationRow(row.case_id, one, None) for one in asked.open_obligations]
    with stage.premises.engine.connect() as conn:
        sweeping = Sweeping.begin(conn, stage.premises, [row], now)
    waits = {one.obligation.name: one.again_at for one in sweeping.without_asked(rows, rulebook())}
    assert waits == {"findings": local("2026-06-08 08:00"), "consent": None}
    alone = [one for one in rows if one.obligation.name == "findings"]
    assert sweeping.without_asked(alone, rulebook()) == alone
