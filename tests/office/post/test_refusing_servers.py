"""Mail servers that say no: to one address, to everybody, for a pass, for days; and sending again then."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from compact_cases.office import attention
from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room, retrying, watch
from compact_cases.office.post.post_room import Posted
from compact_cases.office.post.retrying import Again
from compact_cases.records import tasks
from compact_cases.records.reading import reading
from compact_cases.reports.workload import workload
from compact_cases.rules.reminding import MOST_TRIES
from compact_cases.settings import Settings
from tests.office.staging import RAISER, Scene
from tests.sink import Sink, SinkThread

CHAMPION = "champion@northvale.example"


def post(stage: Scene) -> Posted:
    return post_room.send_waiting(stage.premises)


def marked(stage: Scene) -> set[str]:
    rows = stage.query("SELECT address FROM contact_points WHERE refused_at IS NOT NULL")
    return {one[0] for one in rows}  # type: ignore[index]


@pytest.mark.parametrize("answer", ["550 no", "550 5.7.1 We do not know you", "554 5.7.0 Blocked", "553 no"])
def test_a_server_that_refuses_everybody_for_one_pass_costs_no_letter_and_no_address(
    stage: Scene, smtp_sink: Sink, answer: str
) -> None:
    for _ in range(40):
        stage.raised()
    smtp_sink.answers["RCPT"] = answer
    tried = post(stage)
    assert (tried.sent, tried.failed, tried.deferred) == (0, 0, post_room.BREAK_AFTER)
    assert post(stage) == Posted()  # the others wait as well
    assert marked(stage) == set()
    assert stage.query("SELECT 1 FROM tasks") == []
    del smtp_sink.answers["RCPT"]
    stage.clock.pass_time(timedelta(minutes=1))
    assert post(stage) == Posted(sent=120)


def test_a_bare_no_at_a_mailbox_is_the_address_where_others_of_its_domain_are_taken(
    stage: Scene, smtp_sink: Sink
) -> None:
    row = stage.raised()
    post(stage)
    stage.accept(row.reference)
    smtp_sink.answers[CHAMPION] = "550 No such user here"
    assert post(stage) == Posted(sent=1, deferred=1)  # to the raiser, who is elsewhere
    assert marked(stage) == set()
    stage.at("2026-02-23 10:01").letter_to(row, "senior-lead")
    assert post(stage).failed == 1
    assert marked(stage) == {CHAMPION}


@pytest.mark.parametrize("first", [CHAMPION, "senior-lead@northvale.example"])
def test_in_whichever_order_they_come(stage: Scene, smtp_sink: Sink, first: str) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    post(stage)
    smtp_sink.answers[CHAMPION] = "550 No such user here"
    for address in (first, *({CHAMPION, "senior-lead@northvale.example"} - {first})):
        stage.letter_to(row, address.partition("@")[0])
        stage.clock.pass_time(timedelta(seconds=1))
    assert post(stage) == Posted(sent=1, failed=1)
    assert marked(stage) == {CHAMPION}


@pytest.mark.parametrize("code", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])
@pytest.mark.parametrize("where", [CHAMPION, "DATA"])
def test_an_address_is_at_fault_by_its_code(stage: Scene, smtp_sink: Sink, code: str, where: str) -> None:
    row = stage.raised()
    post(stage)
    stage.accept(row.reference)
    smtp_sink.answers[where] = f"550 {code} Sorry"
    assert post(stage).failed >= 1
    assert CHAMPION in marked(stage)


def test_a_server_that_cannot_be_reached_uses_up_nothing_of_a_letters_life(
    stage: Scene, settings: Settings
) -> None:
    stage.raised()
    server = SinkThread()
    sink = server.start()
    premises = stage.with_mail(sink.url)
    server.stop()
    for _ in range(MOST_TRIES + 5):
        post_room.send_waiting(premises)
        stage.clock.pass_time(timedelta(hours=1))
    assert stage.query("SELECT DISTINCT tries, state FROM letters") == [(0, "waiting")]
    server.start()
    assert post_room.send_waiting(premises) == Posted(sent=3)
    server.stop()


def test_how_late_a_letter_is_counts_from_when_it_should_have_gone(stage: Scene, smtp_sink: Sink) -> None:
    """It stayed nought through days of refused mail: each refusal moved the instant that was asked for."""
    stage.raised()
    smtp_sink.answers["RCPT"] = "451 4.7.1 Not now"
    for _ in range(70):
        post(stage)
        stage.clock.pass_time(timedelta(hours=1))
    with reading(stage.premises.engine) as conn:
        figures = workload(conn, stage.clock.now())
    assert figures["oldest_letter_seconds"][0] >= 69 * 3600


def test_a_task_says_that_letters_wait_and_goes_when_they_have_gone(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    smtp_sink.answers["RCPT"] = "451 4.7.1 Not now"
    post(stage)
    watch.look_at_the_post(stage.premises)
    assert stage.query("SELECT 1 FROM tasks") == []
    stage.clock.pass_time(timedelta(minutes=61))
    for _ in range(2):
        post(stage)
        watch.look_at_the_post(stage.premises)
    [task] = stage.query("SELECT kind, sentence FROM tasks WHERE done_at IS NULL")
    assert tuple(task) == (  # type: ignore[arg-type]
        "mail",
        "3 letters have not gone. The first should have, at 10:00 on Monday 23 February 2026. "
        "Please tell whoever looks after the mail server; compact-cases doctor says more.",
    )
    del smtp_sink.answers["RCPT"]
    stage.clock.pass_time(timedelta(minutes=61))
    post(stage)
    watch.look_at_the_post(stage.premises)
    assert stage.query("SELECT 1 FROM tasks WHERE done_at IS NULL") == []


def fail_all(stage: Scene, smtp_sink: Sink) -> None:
    smtp_sink.answers["RCPT"] = "451 4.7.1 Not now"
    with stage.premises.engine.begin() as conn:  # as if it had said so for three days
        conn.execute(text("UPDATE letters SET tries = :n WHERE state = 'waiting'"), {"n": MOST_TRIES - 1})
    assert post(stage).failed >= 1
    smtp_sink.answers.clear()


def test_failed_letters_are_sent_again_when_somebody_says_so(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post(stage)
    stage.accept(row.reference)
    smtp_sink.answers[CHAMPION] = "550 5.1.1 No such user"
    post(stage)
    smtp_sink.answers.clear()
    post(stage)  # the officers hear of it
    before = len(smtp_sink.to(CHAMPION))
    assert marked(stage) == {CHAMPION}
    assert retrying.send_again(stage.premises) == Again(letters=1, addresses=1)
    assert marked(stage) == set()
    assert post(stage).sent == 1
    assert len(smtp_sink.to(CHAMPION)) == before + 1
    with stage.premises.engine.connect() as conn:
        assert [one.kind for one in tasks.waiting(conn)] == []  # it arrived: nobody has to ring
    assert retrying.send_again(stage.premises) == Again()


def test_what_no_longer_stands_is_not_sent_again(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    post(stage)
    stage.accept(row.reference)
    post(stage)
    stage.at("2026-03-02 09:00")
    reminders.sweep(stage.premises)
    fail_all(stage, smtp_sink)
    stage.reply(row)
    assert retrying.send_again(stage.premises).letters >= 1
    posted = post(stage)
    assert posted.withdrawn >= 1
    assert "reminder" not in str([one.subject for one in smtp_sink.to(CHAMPION)])


def test_a_sign_in_link_is_gone_with_its_failure(stage: Scene, smtp_sink: Sink) -> None:
    from compact_cases.office.accounts import accounts

    accounts.mail_sign_in_link(stage.premises, "morgan@office.example")
    fail_all(stage, smtp_sink)
    assert retrying.send_again(stage.premises) == Again()
    stage.clock.pass_time(timedelta(minutes=1))
    assert post(stage).sent == 1  # the other officer hears that it failed
    assert not [one for one in smtp_sink.letters if "/sign-in/" in str(one.body("plain"))]


def test_the_task_of_a_refused_raiser_is_the_officers_to_do(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised(raiser=RAISER)
    smtp_sink.answers["sue@elmfield.example"] = "550 5.1.1 No such user"
    post(stage)
    with stage.premises.engine.connect() as conn:
        [task] = tasks.waiting(conn)
    assert attention.task_done(stage.premises, task.id, stage.officer)
