"""A debt opened twice is our fault: all of the act is undone, it is logged, and a plain page says so."""

from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import integrity
from compact_cases.office.identity import new_id
from compact_cases.records import event_log
from compact_cases.records.event_log import Append, Signature
from compact_cases.rules.events.enquiry import PutToRespondent
from compact_cases.rules.seats import Seat
from tests.builders import now, sealed
from tests.web.case_players import PlayedCase, Players, visible

TYPED = {"restated": "You say that ten days were too short.", "wording": "Ten days were too short."}
TABLES = ("case_events", "statements", "letters", "tasks", "obligations", "case_summaries", "case_words")


@pytest.fixture
def broken(players: Players) -> PlayedCase:
    """No act leads here, so the log is written by hand: put to the respondent, and not acknowledged."""
    case = players.raised()
    row, premises = case.row, players.desk.premises
    put = PutToRespondent(players.council, sealed(), now("2026-03-02 09:30").term("reply"))
    editions = (row.procedure_edition, row.calendar_edition)
    signature = Signature(Seat.SYSTEM.value, None, None, new_id(), premises.clock.now(), *editions)
    with premises.engine.begin() as conn:
        event_log.append_many(conn, [Append(row.case_id, row.position, row.head, [put], signature)])
    integrity.rebuild(premises)
    assert {one.name for one in owed_in(players, case)} == {"acknowledge", "reply"}
    return case


def owed_in(players: Players, case: PlayedCase) -> Any:
    sql = text("SELECT name FROM obligations WHERE case_id = :case AND ended_at IS NULL")
    with players.desk.premises.engine.connect() as conn:
        return conn.execute(sql, {"case": case.row.case_id}).all()


def everything(players: Players) -> dict[str, list[str]]:
    with players.desk.premises.engine.connect() as conn:
        return {table: sorted(map(repr, conn.execute(text(f"SELECT * FROM {table}")))) for table in TABLES}


def faults_in(logged: list[Any]) -> list[str]:
    return [one["kind"] for one in logged if one["event"] == "fault"]


def test_on_the_page_nothing_is_stored_and_a_plain_page_says_that_it_is_our_fault(
    players: Players, broken: PlayedCase
) -> None:
    before = everything(players)
    with players.as_officer() as browser, capture_logs() as logged:
        answer = broken.post(browser, "acknowledgement", decision="accept", **TYPED)
        assert answer.status_code == 500
        assert "It is not your fault, and nothing was stored." in visible(answer.text)
        assert "OwedTwice" not in answer.text
        assert everything(players) == before
        assert faults_in(logged) == ["OwedTwice"]
        assert "ten days" not in repr(logged).casefold()
        assert browser.get(broken.path).status_code == 200
        broken.done(
            browser, "assignment", officer=str(players.officer.id), conflict="no"
        )  # no lock was left behind


def test_by_call_it_is_a_problem_document(players: Players, broken: PlayedCase) -> None:
    before = everything(players)
    token = accounts.add_token(players.desk.premises, players.officer.email)
    headers = {"authorization": f"Bearer {token}", "if-match": f'"{broken.row.position}"'}
    with players.browser() as browser, capture_logs() as logged:
        answer = browser.post(f"/api{broken.path}/acknowledgement", json=TYPED, headers=headers)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("It is not your fault, and nothing was stored.")
    assert everything(players) == before
    assert faults_in(logged) == ["OwedTwice"]


def test_a_second_case_beside_it_goes_on(players: Players, broken: PlayedCase) -> None:
    with players.as_officer() as browser:
        assert broken.post(browser, "acknowledgement", decision="accept", **TYPED).status_code == 500
    other = players.raised().accepted()
    assert other.row.next_name == "reply"
