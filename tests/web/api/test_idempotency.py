"""An Idempotency-Key belongs to its caller: nobody else gets an answer, or a return code, by it."""

import asyncio
import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from compact_cases.office.accounts import accounts, attempts
from compact_cases.office.secrecy import key_for
from tests.desk import Desk

KEY = "6ec1ab2f-9d04-4f0b-8d1e-0a4a6d6d8f11"
ANONYMOUS = {
    "confidentiality": "anonymous",
    "respondents": [{"name": "Northvale", "sector": "public-sector"}],
    "account": "The questionnaire was wanted back in eight days.",
}
RAISER = {
    "name": "Hillside Tenants",
    "kind": "community-group",
    "person": "Rosa Field",
    "email": "rosa@hillside.example",
}
OTHER_WORDS = "Other words, as many as are needed here."


class Caller:
    """Somebody at one network address, or with one token, who calls again and again."""

    def __init__(self, desk: Desk, client: str = "192.0.2.1", token: str = "") -> None:
        self._desk, self._client = desk, client
        self._headers = {"authorization": f"Bearer {token}"} if token else {}

    def raises(self, key: str = KEY, **body: Any) -> Any:
        async def sent() -> Any:
            app: Any = self._desk.app  # whose types are narrower than those that httpx asks for
            way = ASGITransport(app, client=(self._client, 1))
            async with AsyncClient(transport=way, base_url="http://127.0.0.1:8000") as browser:
                headers = {**self._headers, "idempotency-key": key}
                return await browser.post("/api/concerns", json={**ANONYMOUS, **body}, headers=headers)

        return asyncio.run(sent())


def rows(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    with desk.premises.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(sql))]


def members(desk: Desk) -> list[Caller]:
    emails = [desk.officer(f"{name}@office.example").email for name in ("ann", "bob")]
    return [Caller(desk, token=accounts.add_token(desk.premises, email)) for email in emails]


def test_a_second_caller_with_the_same_key_and_body_gets_no_code_of_the_first(desk: Desk) -> None:
    callers = [Caller(desk), Caller(desk, "198.51.100.7"), Caller(desk, "2001:db8::7"), *members(desk)]
    answers = [one.raises() for one in callers]
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["return_code"] for one in answers}) == len(callers)
    assert len({one.json()["concern"] for one in answers}) == len(callers)
    assert [one.raises().json() for one in callers] == [one.json() for one in answers]
    assert desk.count("concerns") == len(callers)


def test_a_members_new_token_is_the_same_caller(desk: Desk) -> None:
    member = desk.officer()
    first, second = (Caller(desk, token=accounts.add_token(desk.premises, member.email)) for _ in range(2))
    assert first.raises().json() == second.raises().json()


def test_another_body_is_refused_to_the_same_caller_only(desk: Desk) -> None:
    caller = Caller(desk)
    assert caller.raises().status_code == 201
    refused = caller.raises(account=OTHER_WORDS)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert Caller(desk, "198.51.100.7").raises(account=OTHER_WORDS).status_code == 201


def test_a_repeat_gets_the_code_only_while_it_is_still_held(desk: Desk) -> None:
    caller = Caller(desk)
    first = caller.raises().json()
    with desk.premises.engine.begin() as conn:  # as “I have written it down” does
        conn.exec_driver_sql("UPDATE concerns SET return_code_sealed = NULL, return_code_until = NULL")
    assert caller.raises().json() == {**first, "return_code": None}


def test_after_a_day_a_key_is_new_whether_anybody_has_tidied_up_or_not(desk: Desk) -> None:
    caller = Caller(desk)
    first = caller.raises().json()
    desk.pass_time(hours=23, minutes=59)
    assert caller.raises().json()["concern"] == first["concern"]
    desk.pass_time(minutes=2)
    again = caller.raises(account=OTHER_WORDS)
    assert (again.status_code, again.json()["concern"] != first["concern"]) == (201, True)
    assert desk.count("idempotent_answers") == 1


def test_the_same_call_twice_at_once_raises_one_concern(desk: Desk) -> None:
    caller = Caller(desk)
    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(lambda _: caller.raises().json(), range(4)))
    assert len({json.dumps(one) for one in answers}) == 1
    assert desk.count("concerns") == 1


def test_what_is_kept_of_a_call_can_be_neither_read_nor_made_again(desk: Desk) -> None:
    """Not by anybody from key, body and address; nor with the secret key and without the caller's own."""
    Caller(desk).raises("rosa@hillside.example-1")
    [row] = rows(desk, "SELECT * FROM idempotent_answers")
    assert "hillside" not in repr(row)
    marks = {bytes(one) for one in row if isinstance(one, bytes | memoryview)}
    assert len(marks) == 2
    body = json.dumps(ANONYMOUS, separators=(",", ":"), ensure_ascii=False).encode()
    keys = [desk.premises.settings.secret_key.encode(), key_for(desk.premises, b"call")]
    guesses = [b"192.0.2.1", b"address 192.0.2.1", body, b"address 192.0.2.1" + body, b"192.0.2.1" + body]
    made = {hmac.new(key, one, hashlib.sha256).digest() for key, one in product(keys, guesses)}
    made |= {hashlib.sha256(one).digest() for one in (*guesses, b"rosa@hillside.example-1")}
    assert not marks & made


def test_a_concern_that_is_erased_takes_the_answers_to_its_calls_with_it(desk: Desk) -> None:
    Caller(desk).raises()
    with desk.premises.engine.begin() as conn:
        conn.exec_driver_sql("DELETE FROM concerns")
    assert desk.count("idempotent_answers") == 0


@pytest.mark.parametrize("key", ["1", "rosa", "x" * 15])
def test_an_anonymous_call_needs_a_key_that_nobody_guesses(desk: Desk, key: str) -> None:
    refused = Caller(desk).raises(key)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "Idempotency-Key"
    assert "16 characters" in refused.json()["errors"][0]["detail"]
    assert desk.count("concerns") == 0
    assert Caller(desk).raises(key, confidentiality="open", raiser=RAISER).status_code == 201
    assert members(desk)[0].raises(key).status_code == 201


def test_no_count_of_an_anonymous_concern_leads_to_where_it_came_from(desk: Desk) -> None:
    """Counted in the database while there is no Redis: with the secret key one could try every address."""
    assert Caller(desk).raises().status_code == 201
    kept = {bytes(who) for (who,) in rows(desk, "SELECT who FROM attempts")}
    assert kept
    whats = [what for (what,) in rows(desk, "SELECT what FROM attempts")]
    assert not kept & {attempts.mark_of(desk.premises, what, "192.0.2.1") for what in whats}
