"""The office's list, tokens, links and their end, and tries counted with Redis and without."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from compact_cases.office.accounts import accounts, attempts, party_access
from compact_cases.office.premises import open_premises
from compact_cases.parts.redis import Redis
from compact_cases.records import staff
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.builders import local
from tests.desk import Desk, open_desk


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = open_desk(settings)
    yield desk
    desk.premises.engine.dispose()


def test_staff_stand_in_the_order_they_were_added(desk: Desk) -> None:
    for email in ("zoe@office.example", "ann@office.example"):
        desk.officer(email)
    desk.officer("chair@office.example", Seat.CHAIR)
    with desk.premises.engine.connect() as conn:
        members = staff.in_list_order(conn)
        officers = staff.in_list_order(conn, Seat.OFFICER)
    assert [member.list_position for member in members] == [1, 2, 3]
    assert [member.email for member in officers] == ["zoe@office.example", "ann@office.example"]


@pytest.mark.parametrize(
    ("email", "name", "role", "says"),
    [
        ("ann", "Ann", Seat.OFFICER, "give the whole e-mail address"),
        ("ann @office.example", "Ann", Seat.OFFICER, "give the whole e-mail address"),
        ("ann@office.example", " ", Seat.OFFICER, "give the person's name"),
        ("ann@office.example", "Ann", Seat.CHAMPION, "not a role of staff"),
        ("BEN@office.example", "Ben", Seat.OFFICER, "already in the office's list"),
    ],
)
def test_a_wrong_member_is_refused_and_not_stored(
    desk: Desk, email: str, name: str, role: Seat, says: str
) -> None:
    desk.officer("ben@office.example")
    with pytest.raises(Refused, match=says):
        accounts.add_officer(desk.premises, email, name, role)
    assert desk.count("staff") == 1


def test_only_hashes_of_secrets_are_kept(desk: Desk) -> None:
    member, case = desk.officer(), desk.case()
    secrets = [
        accounts.sign_in_link(desk.premises, member.id).rpartition("/")[2],
        accounts.add_token(desk.premises, member.email),
        desk.link(case.champion, case.case_id).rpartition("/")[2],
    ]
    kept = repr(desk.everything())
    assert all(len(secret) >= 43 and secret not in kept for secret in secrets)


def test_a_token_for_nobody_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="officer add"):
        accounts.add_token(desk.premises, "nobody@office.example")
    with pytest.raises(Refused, match="not in the office's list"):
        accounts.revoke_tokens(desk.premises, "nobody@office.example")


def test_a_link_lasts_twenty_working_days_after_its_obligation_ended(desk: Desk) -> None:
    case = desk.case()
    token = desk.link(case.champion, case.case_id, "reply").rpartition("/")[2]
    with desk.premises.engine.begin() as conn:
        conn.execute(
            text(
                "INSERT INTO obligations (case_id, name, cycle, owner, owed_to, opened_at, started_on, "
                "limit_days, due, ended_at, ended_how) VALUES (:case, 'reply', 1, 'champion', 'raiser', "
                ":at, :day, 10, :day, :at, 'kept')"
            ),
            {"case": case.case_id, "at": local("2026-03-16 16:00"), "day": local("2026-03-16 16:00").date()},
        )

    def usable(day: str) -> bool:
        desk.clock.move(local(f"{day} 12:00"))
        found = party_access.find_link(desk.premises, token)
        assert found is not None
        return found.usable

    # Good Friday and Easter Monday of 2026 do not count.
    assert usable("2026-04-15")
    assert not usable("2026-04-16")


def test_what_opens_nothing_any_more_is_forgotten(desk: Desk) -> None:
    member, case = desk.officer(), desk.case()
    desk.link(case.champion, case.case_id)
    accounts.sign_in(desk.premises, accounts.sign_in_link(desk.premises, member.id).rpartition("/")[2])
    attempts.too_many(desk.premises, "x", "ann", 1)
    assert accounts.forget_expired(desk.premises) == 0
    desk.pass_time(days=15)  # a session's seven, and seven in which it is still known
    assert accounts.forget_expired(desk.premises) == 3
    assert desk.count("party_links") == 1
    desk.pass_time(days=455)
    assert accounts.forget_expired(desk.premises) == 1
    assert accounts.forget_expired(desk.premises) == 0


def test_tries_are_counted_in_redis_and_apart(settings: Settings, redis_url: str) -> None:
    premises = open_premises(replace(settings, redis_url=redis_url))
    assert [attempts.too_many(premises, "x", "ann", 2) for _ in range(4)] == [False, False, True, True]
    assert not attempts.too_many(premises, "x", "ben", 2)
    assert not attempts.too_many(premises, "y", "ann", 2)
    premises.engine.dispose()


def test_tries_are_counted_in_the_database_when_redis_is_away(settings: Settings, tmp_path: object) -> None:
    desk = open_desk(replace(settings, redis_url=f"redis+socket://{tmp_path}/nothing.sock"))
    assert [attempts.too_many(desk.premises, "x", "ann", 2) for _ in range(4)] == [False, False, True, True]
    assert desk.count("attempts") == 1
    assert "ann" not in repr(desk.everything())
    desk.pass_time(hours=1)
    assert not attempts.too_many(desk.premises, "x", "ann", 2)
    desk.premises.engine.dispose()


def test_redis_that_comes_back_empty_is_used_again(
    settings: Settings, redis: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    premises = open_premises(replace(settings, redis_url=redis_url))
    assert not attempts.too_many(premises, "x", "ann", 1)
    assert attempts.too_many(premises, "x", "ann", 1)
    redis.flush()
    assert not attempts.too_many(premises, "x", "ann", 1)
    premises.engine.dispose()
