"""A letter is held while it is sent: by no transaction and no row lock, and by one worker only."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from compact_cases.office.casework import reminders
from compact_cases.office.post import post_room
from compact_cases.office.post.post_room import Posted
from compact_cases.records import letter_locks, ready
from tests.office.staging import Scene
from tests.sink import Sink


def test_nothing_is_locked_and_no_transaction_is_open_while_the_mail_server_thinks(
    stage: Scene, smtp_sink: Sink
) -> None:
    stage.raised()
    seen: list[object] = []

    def look() -> None:
        seen.extend(stage.query(OPEN_TRANSACTIONS))
        with stage.premises.engine.begin() as conn:
            conn.execute(text("SET LOCAL lock_timeout = '1s'"))
            conn.execute(text("SELECT 1 FROM letters FOR UPDATE"))

    smtp_sink.meanwhile = look
    assert post_room.send_waiting(stage.premises) == Posted(sent=3)
    assert seen == []


OPEN_TRANSACTIONS = """
SELECT pid, query FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
  AND backend_type = 'client backend'
"""


def test_another_worker_passes_over_the_letter_that_is_being_sent(stage: Scene, smtp_sink: Sink) -> None:
    stage.raised()
    rounds: list[Posted] = []

    def another() -> None:
        smtp_sink.meanwhile = None
        rounds.append(post_room.send_waiting(stage.premises))

    smtp_sink.meanwhile = another
    assert post_room.send_waiting(stage.premises) == Posted(sent=1)
    assert rounds == [Posted(sent=2)]
    assert len({one.message_id for one in smtp_sink.letters}) == len(smtp_sink.letters) == 3


def test_a_letter_that_was_marked_meanwhile_is_not_marked_again(stage: Scene, smtp_sink: Sink) -> None:
    """As when its lock went with a connection, and another worker has sent it."""
    stage.raised()
    sent_before = "UPDATE letters SET state = 'sent', sent_at = '2026-02-23T09:00Z' WHERE notice = 'receipt'"

    def another() -> None:
        with stage.premises.engine.begin() as conn:
            conn.execute(text(sent_before))

    smtp_sink.meanwhile = another
    post_room.send_waiting(stage.premises)
    [found] = stage.query("SELECT sent_at::text FROM letters WHERE notice = 'receipt'")
    assert str(found[0]).startswith("2026-02-23 09:00")  # type: ignore[index]


def test_a_step_that_falls_due_while_a_letter_is_sent_gets_a_letter_of_its_own(
    stage: Scene, smtp_sink: Sink
) -> None:
    """It was joined to the letter that was on its way, and nobody ever read it."""
    row = stage.raised()
    stage.accept(row.reference)
    post_room.send_waiting(stage.premises)
    stage.at("2026-03-02 09:00")
    reminders.sweep(stage.premises)  # the first reminder of the reply; it waits, the mail server is away
    stage.at("2026-03-05 09:00")

    def sweep() -> None:
        smtp_sink.meanwhile = None
        reminders.sweep(stage.premises)

    smtp_sink.meanwhile = sweep
    assert post_room.send_waiting(stage.premises).sent == 1
    first = stage.query("SELECT letter_id FROM ledger WHERE step = '-5-reminder-champion'")
    second = stage.query("SELECT letter_id FROM ledger WHERE step = '-2-reminder-champion'")
    assert len(first) == len(second) == 1
    assert first != second
    stage.at("2026-03-06 09:00")
    assert post_room.send_waiting(stage.premises).sent == 1
    assert len(smtp_sink.to("champion@northvale.example")) == 3  # the notice and two reminders


def test_a_step_joins_a_letter_that_still_waits(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    post_room.send_waiting(stage.premises)
    for day in ("2026-03-02", "2026-03-05"):
        stage.at(f"{day} 09:00")
        reminders.sweep(stage.premises)
    assert len(stage.query("SELECT DISTINCT letter_id FROM ledger WHERE outcome = 'letter'")) == 1
    assert post_room.send_waiting(stage.premises).sent == 1


def test_a_pass_leaves_no_lock_and_no_bound_of_its_own_on_its_connection(
    stage: Scene, smtp_sink: Sink
) -> None:
    stage.raised()
    assert post_room.send_waiting(stage.premises) == Posted(sent=3)
    assert stage.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'") == []
    with stage.premises.engine.connect() as one, stage.premises.engine.connect() as other:
        for conn in (one, other):
            assert conn.scalar(text("SHOW idle_session_timeout")) == "0"


def test_a_letter_whose_text_cannot_be_kept_went_once_and_its_link_opens(
    stage: Scene, smtp_sink: Sink
) -> None:
    stage.raised()
    with stage.premises.engine.begin() as conn:
        conn.execute(
            text("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'")
        )
        conn.execute(
            text("CREATE TRIGGER no BEFORE INSERT ON letter_texts FOR EACH ROW EXECUTE FUNCTION no()")
        )
    assert post_room.send_waiting(stage.premises).sent == 3
    found = stage.query("SELECT DISTINCT state, problem FROM letters")
    assert [tuple(one) for one in found] == [("sent", "Its text is not kept (ProgrammingError).")]  # type: ignore[arg-type]
    assert len(stage.query("SELECT 1 FROM party_links")) == 1  # the raiser's
    assert post_room.send_waiting(stage.premises) == Posted()


def half_of_it(stage: Scene, case: UUID) -> None:
    with letter_locks.session(stage.premises.engine) as conn, letter_locks.in_one_go(conn):
        ready.sent(conn, "UPDATE letters SET problem = 'half' WHERE case_id = %(case)s", {"case": case})
        ready.sent(conn, "SELECT 1 / 0", {})


def test_what_goes_in_one_go_is_one_transaction(stage: Scene) -> None:
    row = stage.raised()
    with pytest.raises(DBAPIError):
        half_of_it(stage, row.case_id)
    assert stage.query("SELECT 1 FROM letters WHERE problem = 'half'") == []
