"""A letter for the post on its page: its text to read and print, its task, its state, and for whom it is."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.records import letters, tasks
from compact_cases.rules.concern import Confidentiality
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible
from tests.web.cases.test_who_may import a_case, coming_in

# By hand, from the procedure, section 6: letters name people and how to reach them. Theirs are on their page.
MAY_READ = """
nobody raiser stranger champion lead told elsewhere officer secretary chair admin
no     no     no       no       no   no   no        yes     yes       no    no
"""
SEATS, ANSWERS = (line.split() for line in MAY_READ.strip().splitlines())
READS = dict(zip(SEATS, ANSWERS, strict=True))
POST = "The Old Forge\n4 Elm Road\nStroud GL5 1AA"


@pytest.fixture
def case(players: Players) -> PlayedCase:
    """Confidential, and raised by a group without e-mail or telephone."""
    raiser = players.concern().raiser
    assert raiser is not None
    raiser = replace(raiser, email="", phone="", post=POST)
    return players.raised(raiser=raiser, confidentiality=Confidentiality.CONFIDENTIAL)


def letter_of(case: PlayedCase, notice: str = "receipt") -> UUID:
    with case.players.desk.premises.engine.connect() as conn:
        return next(one.id for one in letters.of_case(conn, case.row.case_id) if one.notice == notice)


def test_the_task_leads_to_a_page_with_the_letter_as_it_is_to_be_printed(case: PlayedCase) -> None:
    address = f"{case.path}/letters/{letter_of(case)}"
    with case.players.as_officer() as browser:
        attention = browser.get("/office/attention").text
        assert f'href="{address}"' in attention
        assert f"Post the letter “we have your concern” to the raiser in {case.reference}." in attention
        assert f'href="{address}"' in browser.get(case.path).text
        page = browser.get(address)
    assert page.status_code == 200
    words = visible(page.text)
    assert "To be posted" in words
    assert "Dear Rose Raiser" in words
    assert "Your concern has reached the Compact office." in words
    assert "By Monday 9 March 2026 (in 5 working days) an officer will write to you" in words
    assert f"with your reference, {case.reference}, and your return code" in words
    assert "http://127.0.0.1:8000/return" in words
    assert "/links/" not in page.text
    assert POST in page.text
    assert case.return_code.replace(" ", "") not in page.text.replace(" ", "")


def test_the_button_on_the_page_is_the_posting_and_every_door_says_so(case: PlayedCase) -> None:
    letter = letter_of(case)
    address = f"{case.path}/letters/{letter}"
    token = accounts.add_token(case.players.desk.premises, case.players.officer.email)

    def called() -> dict[str, Any]:
        found = browser.get(f"/api{case.path}/letters", headers={"authorization": f"Bearer {token}"}).json()
        return next(one for one in found["letters"] if one["id"] == str(letter))

    with case.players.as_officer() as browser:
        assert (called()["state"], called()["sent_at"]) == ("to-post", None)
        page = browser.get(address).text
        with case.players.desk.premises.engine.connect() as conn:
            [task] = [one for one in tasks.of_case(conn, case.row.case_id) if one.subject_id == letter]
        assert f'action="/office/tasks/{task.id}/done"' in page
        assert browser.post(f"/office/tasks/{task.id}/done", data=fields(page)).status_code == 303
        assert called()["state"] == "posted"
        assert called()["sent_at"] == case.players.desk.clock.now().isoformat()
        assert "we have your concern" not in browser.get("/office/attention").text
        after = browser.get(address).text
    assert "posted Monday 2 March 2026" in visible(after)
    assert "/done" not in after
    assert "Dear Rose Raiser" in after
    with case.as_raiser() as browser:
        assert "A letter to you: we have your concern (posted)" in visible(browser.get(case.path).text)


def test_a_letter_that_is_no_longer_needed_says_so_and_asks_for_nothing(case: PlayedCase) -> None:
    address = f"{case.path}/letters/{letter_of(case)}"
    case.accepted()
    with case.players.as_officer() as browser:
        assert "no longer needed" in visible(browser.get(case.path).text)
        page = browser.get(address)
    assert "no longer needed" in visible(page.text)
    assert "/done" not in page.text


def test_a_contact_without_e_mail_is_told_whom_to_ring(players: Players) -> None:
    case = players.raised()
    with players.desk.premises.engine.begin() as conn:
        conn.exec_driver_sql(
            "UPDATE contact_points SET kind = 'phone', address = '01452 555 123' WHERE person_id = %(p)s",
            {"p": players.champion},
        )
    case.accepted()
    with players.as_officer() as browser:
        words = visible(browser.get(f"{case.path}/letters/{letter_of(case, 'notice')}").text)
    assert "To be read out on the telephone" in words
    assert "01452 555 123" in words
    assert "Dear Chris Champion" in words
    assert "/return" not in words
    assert "ring us on 01452 555 010" in words
    for word in ("Elmfield", "Rose", "Stroud"):
        assert word not in words


@pytest.mark.parametrize("seat", SEATS)
def test_the_page_of_a_letter_is_for_officers(players: Players, seat: str) -> None:
    case = a_case(players, seat)
    with players.desk.premises.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE letters SET state = 'to-post' WHERE state = 'waiting'")
    with coming_in(players, case, seat) as browser:
        for notice in ("acknowledgement", "notice"):  # one to either side
            answer = browser.get(f"{case.path}/letters/{letter_of(case, notice)}")
            if READS[seat] == "yes":
                assert answer.status_code == 200, visible(answer.text)
                assert "Dear" in answer.text
            else:
                assert answer.status_code in (303, 403, 404)
                assert "Dear" not in answer.text


def test_a_letter_is_found_in_its_own_case_alone(players: Players, case: PlayedCase) -> None:
    other = players.raised()
    with players.as_officer() as browser:
        assert browser.get(f"{other.path}/letters/{letter_of(case)}").status_code == 404
