"""Nobody can be locked out by others: wrong return codes, and letters to sign in that others ask for."""

import re
from contextlib import suppress
from dataclasses import replace

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.accounts import accounts, party_access
from compact_cases.office.accounts.attempts import network_of
from compact_cases.records import attempts, tasks
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.desk import Desk, fields, open_desk

Browser = TestClient[Litestar]


@pytest.mark.parametrize("with_redis", [False, True])
def test_a_right_code_is_taken_however_many_wrong_ones_came_before(
    settings: Settings, redis_url: str, with_redis: bool
) -> None:
    desk = open_desk(replace(settings, redis_url=redis_url if with_redis else None))
    cases = [desk.case(number) for number in (42, 43, 44)]
    with desk.browser() as browser:
        answers = [
            browser.post("/return", data={"reference": case.reference, "code": "wrong"}).status_code
            for case in cases * 11
        ]
        assert answers == [422] * 10 + [429] * 23
        assert desk.count("attempts") == (0 if with_redis else 4)
        for case in cases:
            right = {"reference": case.reference, "code": case.return_code}
            with desk.browser() as theirs:
                assert theirs.post("/return", data=right).status_code == 303
    desk.premises.engine.dispose()


def test_over_the_limit_every_failure_has_one_answer_too(desk: Desk, browser: Browser) -> None:
    case = desk.case(77)
    answers = set()
    for reference in (*["GC-2026-0001"] * 10, case.reference, "GC-2026-9999", "nonsense"):
        answer = browser.post("/return", data={"reference": reference, "code": "wrong"})
        answers.add((answer.status_code, answer.text.replace(reference, "")))
    assert sorted(status for status, _ in answers) == [422, 429]
    assert "wait an hour" in max(answers)[1]


def test_an_address_over_the_limit_tries_one_code_at_a_time(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    right = {"reference": case.reference, "code": case.return_code}
    for _ in range(10):
        browser.post("/return", data={**right, "code": "wrong"})
    with desk.premises.engine.begin() as conn:
        assert attempts.alone(conn, party_access.mark_of(desk.premises, "testclient"))
        assert browser.post("/return", data=right).status_code == 429
    assert browser.post("/return", data=right).status_code == 303


def test_who_has_not_tried_much_is_not_held_up_by_another(desk: Desk, browser: Browser) -> None:
    case = desk.case()
    with desk.premises.engine.begin() as conn:
        assert attempts.alone(conn, party_access.mark_of(desk.premises, "testclient"))
        right = {"reference": case.reference, "code": case.return_code}
        assert browser.post("/return", data=right).status_code == 303


def test_fifty_wrong_codes_a_day_are_a_task_and_lock_nothing(desk: Desk) -> None:
    case, other = desk.case(42), desk.case(43)
    for number in range(60):
        with suppress(party_access.TooManyTries):
            party_access.open_by_return_code(desk.premises, "gc 2026 42", "wrong", f"192.0.2.{number}")
            party_access.open_by_return_code(desk.premises, "GC-2026-9999", "wrong", f"192.0.2.{number}")
    with desk.premises.engine.connect() as conn:
        [task] = tasks.waiting(conn)
    assert (task.case_id, task.kind) == (case.case_id, "return-code")
    assert "GC-2026-0042" in task.sentence
    assert "new return code" in task.sentence
    for one in (case, other):
        assert party_access.open_by_return_code(desk.premises, one.reference, one.return_code, "198.51.100.7")


def test_an_officer_gives_a_new_return_code_which_ends_the_task_and_the_old_code(
    desk: Desk, browser: Browser
) -> None:
    case = desk.case()
    for number in range(50):
        party_access.open_by_return_code(desk.premises, case.reference, "wrong", f"192.0.2.{number}")
    desk.signed_in(browser, desk.officer())
    page = browser.get(f"/cases/{case.reference}/return-code")
    assert "Make a new return code" in page.text
    made = browser.post(f"/cases/{case.reference}/return-code", data=fields(page.text))
    found = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", made.text)
    assert found
    assert made.headers["cache-control"] == "no-store"
    with desk.premises.engine.connect() as conn:
        assert tasks.waiting(conn) == []
    opened = [
        party_access.open_by_return_code(desk.premises, case.reference, code, "198.51.100.7")
        for code in (case.return_code, found[0])
    ]
    assert [one is not None for one in opened] == [False, True]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("testclient", "testclient", True),
    ],
)
def test_an_ipv6_address_is_counted_by_its_network(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


# --- sign-in letters that others ask for ------------------------------------------------------------------


def sign_in_letters(desk: Desk) -> int:
    return desk.count("letters")


def test_while_one_letter_is_unspent_no_second_goes_and_the_page_says_so(
    desk: Desk, browser: Browser
) -> None:
    desk.officer("chair@office.example", Seat.CHAIR)
    for _ in range(40):  # each from another address
        accounts.mail_sign_in_link(desk.premises, "chair@office.example")
    assert sign_in_letters(desk) == 1
    desk.pass_time(minutes=2, seconds=1)
    said = browser.post("/sign-in", data={"email": "chair@office.example"})
    assert "in the last two minutes" in said.text
    assert sign_in_letters(desk) == 2
    unknown = browser.post("/sign-in", data={"email": "nobody@office.example"})
    assert unknown.text == said.text


def test_who_has_used_the_link_gets_another_at_once(desk: Desk) -> None:
    member = desk.officer()
    accounts.mail_sign_in_link(desk.premises, member.email)
    with desk.premises.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE sign_in_links SET spent_at = made_at")
    accounts.mail_sign_in_link(desk.premises, member.email)
    assert sign_in_letters(desk) == 2


def test_nobody_uses_up_the_letters_of_another(desk: Desk, browser: Browser) -> None:
    member = desk.officer()
    for _ in range(60):  # a flood from one address
        answer = browser.post("/sign-in", data={"email": member.email})
    assert answer.status_code == 429
    desk.pass_time(minutes=3)
    before = sign_in_letters(desk)
    accounts.mail_sign_in_link(desk.premises, member.email)
    assert sign_in_letters(desk) == before + 1
