"""PostgreSQL away, or kept busy: each answer says why, gives back what was typed, and comes soon."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from html import unescape
from urllib.parse import urlencode

import psycopg
import pytest
from litestar import get
from litestar.di import NamedDependency

from compact_cases.clock import machine_seconds
from compact_cases.office.premises import Premises
from compact_cases.parts.postgres import Postgres
from compact_cases.records.engines import Bounds
from compact_cases.rules.permissions import Permission
from compact_cases.settings import Settings
from tests.desk import Desk, fields, open_desk
from tests.faults.conftest import kill
from tests.serving import Answer, Line, Served, served
from tests.waiting import wait_for

pytestmark = pytest.mark.faults

FORM = "Content-Type: application/x-www-form-urlencoded"
WORDS = "The questionnaire came out on a Thursday."
POOL = 8  # connections that read
FULL = "more requests at once than we can take"
BEHIND_A_LOCK = "Somebody else is at work on the same thing"
DOES_NOT_ANSWER = "The database does not answer."


def typed(page: str) -> dict[str, str]:
    """What the page would send again."""
    return {name: unescape(value) for name, value in fields(page).items()}


@pytest.mark.processes
@pytest.mark.parametrize("time", range(3))
def test_while_postgres_is_away_nobody_is_told_that_a_link_is_on_its_way(
    mortal: Postgres, settings: Settings, time: int
) -> None:
    with served(replace(settings, database_url=mortal.url())) as web:
        assert sign_in(web).status == 200
        kill(mortal)
        refused = sign_in(web)
        assert (refused.status, refused.headers["retry-after"]) == (503, "60")
        assert DOES_NOT_ANSWER in refused.text
        assert "on its way" not in refused.text
        assert typed(refused.text) == {"email": "ann@office.example"}
        assert (health := web.line().ask("GET", "/health/ready")).status == 503
        assert health.text == f"{DOES_NOT_ANSWER}\n"
        assert web.line().ask("GET", "/health/live").status == 200
        call = web.line().ask("GET", "/api/codes")
        assert (call.status, call.headers["content-type"]) == (503, "application/problem+json")
        assert DOES_NOT_ANSWER in call.text
        assert web.line().ask("GET", "/metrics").status == 503
        mortal.start()
        assert sign_in(web).status == 200
        assert web.line().ask("GET", "/health/ready").text == "ready\n"


def sign_in(web: Served) -> Answer:
    body = urlencode({"email": "ann@office.example"}).encode()
    return web.line().ask("POST", "/sign-in", FORM, "Sec-Fetch-Site: same-origin", body=body)


@contextmanager
def locked(database_url: str, table: str) -> Iterator[None]:
    with psycopg.connect(database_url) as conn:
        conn.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def answers_within(seconds: float, lines: list[Line]) -> list[Answer]:
    """Those that came in time; who waits for a connection's lock may still be waiting."""
    ends, found = machine_seconds() + seconds, []
    for line in lines:
        line.socket.settimeout(max(0.05, ends - machine_seconds()))
        with suppress(TimeoutError):
            found.append(line.answer())
    return found


@pytest.mark.processes
@pytest.mark.parametrize("time", range(3))
def test_a_lock_that_is_not_given_back_leaves_the_site_answering(settings: Settings, time: int) -> None:
    """Eight wait for the lock, and only for so long; all others are told before the threads run out."""
    assert settings.database_url
    with served(settings) as web, locked(settings.database_url, "codes"):
        lines = [web.line().send("GET /codes HTTP/1.1\r\nHost: here\r\n\r\n") for _ in range(120)]
        full = wait_for(lambda: not_ready(web), "a service that says what is wrong with it")
        assert full is not None
        assert full.status == 503
        assert "in use" in full.text or "threads are busy" in full.text
        refused = answers_within(12, lines)
        assert len(refused) >= len(lines) - POOL
        assert {answer.status for answer in refused} == {503}
        assert all(FULL in one.text or BEHIND_A_LOCK in one.text for one in refused)
        assert sum(FULL in one.text for one in refused) >= len(lines) - 4 * POOL
        assert all(one.headers["retry-after"] for one in refused)
        assert web.line(3).ask("GET", "/health/live").status == 200
        assert web.line(3).ask("GET", "/sign-in").status == 200
        assert web.line(5).ask("GET", "/health/ready").text == "ready\n"  # nobody waits for it any more


def not_ready(web: Served) -> Answer | None:
    health = web.line(5).ask("GET", "/health/ready")
    return health if health.status != 200 else None


def test_health_says_that_all_threads_are_busy(settings: Settings) -> None:
    """And it answers itself, on a thread of its own."""
    go_on = threading.Event()

    @get("/waits", opt={"permission": Permission.PUBLIC}, sync_to_thread=True)
    def waits() -> str:
        go_on.wait(30)
        return "went on"

    desk = open_desk(settings)
    with desk.browser() as browser:
        browser.app.register(waits)
        asking = [threading.Thread(target=browser.get, args=("/waits",)) for _ in range(100)]
        for one in asking:
            one.start()
        wait_for(lambda: browser.get("/health/ready").status_code == 503, "a full house")
        assert "busy" in browser.get("/health/ready").text
        page = browser.get("/codes")
        assert (page.status_code, page.headers["retry-after"]) == (503, "60")
        go_on.set()
        for one in asking:
            one.join(30)
        assert browser.get("/health/ready").status_code == 200


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = open_desk(settings)
    yield desk
    desk.premises.engine.dispose()


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [
        (Bounds(0.3, 30, 30), "Somebody else is at work on the same thing, and it took longer than we wait."),
        (Bounds(30, 0.3, 30), "It took longer than we wait."),
    ],
)
@pytest.mark.parametrize("time", range(3))
def test_what_waits_too_long_says_so_and_gives_back_what_was_typed(
    settings: Settings, bounds: Bounds, sentence: str, time: int
) -> None:
    desk = open_desk(settings, bounds=bounds)
    with desk.browser() as browser:
        sent = {"email": "ann@office.example", "again": WORDS}
        with locked(desk.premises.settings.database_url or "", "attempts"):
            answer = browser.post("/sign-in", data=sent)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert sentence in answer.text
        assert typed(answer.text) == sent
        with locked(desk.premises.settings.database_url or "", "clauses"):
            call = browser.get("/api/codes")
        assert call.status_code == 503
        assert call.json()["detail"].startswith(sentence)
    desk.premises.engine.dispose()


@get("/falls-asleep", opt={"permission": Permission.PUBLIC}, sync_to_thread=True)
def _falls_asleep(premises: NamedDependency[Premises]) -> str:
    """A transaction that does nothing for longer than PostgreSQL lets it."""
    with premises.engine.begin() as conn:
        conn.exec_driver_sql("SELECT 1")
        pid = conn.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
        with psycopg.connect(premises.settings.database_url or "", autocommit=True) as other:
            alive = "SELECT 1 FROM pg_stat_activity WHERE pid = %s"
            wait_for(lambda: other.execute(alive, [pid]).fetchone() is None, "an end of the connection")
        conn.exec_driver_sql("SELECT 1")
    return "woke up"


def test_a_transaction_that_fell_asleep_is_no_bare_error(settings: Settings) -> None:
    desk = open_desk(settings, bounds=Bounds(5, 30, idle=0.2))
    with desk.browser() as browser:
        browser.app.register(_falls_asleep)
        answer = browser.get("/falls-asleep")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert "look first whether it is there" in answer.text
        assert browser.get("/codes").status_code == 200
    desk.premises.engine.dispose()


def test_an_officer_s_long_text_is_given_back_and_sent_again_it_is_kept(desk: Desk) -> None:
    """The session itself cannot be looked up; the form is read all the same."""
    with desk.browser() as browser:
        desk.signed_in(browser, desk.officer())
        token = fields(browser.get("/office/people/new").text)["csrf_token"]
        sent = {
            "csrf_token": token,
            "email": "new@office.example",
            "name": "O'Neil <& Sons>",
            "role": "officer",
        }
        with away(desk):
            answer = browser.post("/office/people?x=1", data=sent)
        assert answer.status_code == 503
        assert DOES_NOT_ANSWER in answer.text
        assert typed(answer.text) == sent
        assert 'action="/office/people?x=1"' in answer.text
        assert desk.count("staff") == 1
        assert browser.post("/office/people", data=typed(answer.text)).status_code in (200, 303)


@contextmanager
def away(desk: Desk) -> Iterator[None]:
    """PostgreSQL ends all connections to the database and takes no new one."""
    url = desk.premises.settings.database_url or ""
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        # waited for (milliseconds): a connection that is only about to end is lost later, in another way
        ended = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s"
        assert all(gone for (gone,) in owner.execute(ended, [name]))
        try:
            yield
        finally:
            owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def test_a_member_is_not_told_that_a_link_is_on_its_way(desk: Desk) -> None:
    desk.officer()
    with desk.browser() as browser, away(desk):
        for email in ("ann@office.example", "nobody@office.example"):
            assert browser.post("/sign-in", data={"email": email}).status_code == 503
