"""A real socket to a real web process: HEAD, lines that are kept, half a request, who leaves, who waits."""

from collections.abc import Iterator

import psycopg
import pytest

from compact_cases.parts.postgres import Postgres
from compact_cases.settings import Settings
from compact_cases.web.frame.static_files import static_url
from tests.serving import Line, Served, served, served_alone
from tests.waiting import wait_for

pytestmark = pytest.mark.processes

PATIENCE = 2  # seconds, of the process that these tests start; an office's has a minute
FORM = "Content-Type: application/x-www-form-urlencoded"
EMAIL = b"email=ann%40office.example"
PATHS = [
    ("/", 200),
    (static_url("style.css"), 200),
    ("/no-such-page", 404),
    ("/sign-out", 405),
    ("/cases", 303),
    ("/api/codes", 200),
    ("/api/no-such-call", 404),
    ("/api/cases", 401),
    ("/health/ready", 200),
]


@pytest.fixture(scope="module")
def one_process(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_alone(postgres, tmp_path_factory.mktemp("wire"), "--patience", str(PATIENCE)) as found:
        yield found


@pytest.fixture
def web(one_process: Served) -> Iterator[Served]:
    """The process that all these tests share; each has lines, and a part of its log, of its own."""
    one_process.forget()
    yield one_process
    one_process.hang_up()


def still_good(line: Line) -> bool:
    """Whether the next request on a kept line gets its own answer."""
    return line.ask("GET", "/health/live").text == "alive\n"


def faults(web: Served) -> list[str]:
    """Lines of the log that speak of one."""
    words = ('"fault"', "Traceback", "Exception")
    return [line for line in web.said().splitlines() if any(word in line for word in words)]


def test_head_is_answered_as_get_without_its_body_and_the_line_stays_good(web: Served) -> None:
    line = web.line()
    for path, status in PATHS:
        head, whole = line.ask("HEAD", path), line.ask("GET", path)
        assert (head.status, whole.status) == (status, status), path
        for name in ("content-type", "content-length", "cache-control", "content-security-policy"):
            assert head.headers.get(name) == whole.headers.get(name), (path, name)
        assert still_good(line), path
    lines = web.logged("/")
    assert ['"method":"HEAD"' in one for one in lines] == [True, False]
    assert faults(web) == []


def test_requests_that_are_sent_together_are_answered_in_their_order(web: Served) -> None:
    line = web.line()
    line.send(
        b"GET /health/live HTTP/1.1\r\nHost: here\r\n\r\n"
        b"HEAD /codes HTTP/1.1\r\nHost: here\r\n\r\n"
        b"POST /sign-in HTTP/1.1\r\nHost: here\r\n" + FORM.encode() + b"\r\nContent-Length: 7\r\n\r\nemail=x"
        b"POST /health/live HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nabc"
        b"GET /no-such-page HTTP/1.1\r\nHost: here\r\n\r\n"
    )
    statuses = [line.answer(without_body=one == 1).status for one in range(5)]
    assert statuses == [200, 200, 422, 405, 404]
    assert still_good(line)


@pytest.mark.parametrize("chunked", [False, True])
def test_too_large_a_body_is_refused_and_the_line_stays_good(web: Served, chunked: bool) -> None:
    line, body = web.line(), b"a" * 2_000_000
    if chunked:
        body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
    line.send(f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\n{length}\r\n\r\n".encode() + body)
    assert line.answer().status == 413
    assert still_good(line)


def test_who_waits_for_a_word_before_the_body_gets_it(web: Served) -> None:
    line = web.line()
    head = f"Host: here\r\n{FORM}\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n"
    line.send(f"POST /sign-in HTTP/1.1\r\n{head}")
    assert line.answer().status == 100
    assert line.send("email=x").answer().status == 422
    assert still_good(line)


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [("/health/live", 60, 405), ("/no-such-page", 60, 404), ("/sign-in", 9**9, 413)],
)
def test_who_is_refused_before_the_body_is_asked_for_begins_a_new_line(
    web: Served, path: str, length: int, status: int
) -> None:
    """What came next on this line would be taken for the body that was never sent."""
    line = web.line()
    line.send(
        f"POST {path} HTTP/1.1\r\nHost: here\r\n{FORM}\r\n"
        f"Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
    )
    answer = line.answer()
    assert (answer.status, answer.headers.get("connection")) == (status, "close")
    assert line.hung_up()


def test_who_leaves_in_the_middle_of_a_body_is_no_fault_of_ours(web: Served) -> None:
    for _ in range(3):
        line = web.line()
        line.send(f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\nContent-Length: 60\r\n\r\nemail=")
        line.close()
    left = wait_for(lambda: len(web.logged("/sign-in")) == 3 and web.logged("/sign-in"), "three lines")
    assert all('"status":499' in one for one in left or [])
    assert still_good(web.line())
    assert faults(web) == []


@pytest.mark.parametrize("requests", [1, 2, 5])
def test_who_leaves_before_the_answer_is_no_fault_of_ours(web: Served, requests: int) -> None:
    """The first answer is held up by a lock until they have gone; what was sent behind it is not begun."""
    with psycopg.connect(web.settings.database_url or "") as somebody:
        somebody.execute("LOCK TABLE attempts IN ACCESS EXCLUSIVE MODE")
        head = f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\nContent-Length: {len(EMAIL)}\r\n\r\n"
        line = web.line().send((head.encode() + EMAIL) * requests)
        with psycopg.connect(web.settings.database_url or "", autocommit=True) as looking:
            waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            wait_for(lambda: looking.execute(waits).fetchone(), "a request that waits for the lock")
        line.reset()
        assert still_good(web.line())
    wait_for(lambda: web.logged("/sign-in"), "a line of the log")
    assert still_good(web.line())
    assert len(web.logged("/sign-in")) == 1
    assert faults(web) == []


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("", None),
        ("\r\n", None),
        ("GET / HTTP/1.1\r\nHo", 408),
        (f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\nContent-Length: 60\r\n\r\nemail=", 408),
        ("POST /health/live HTTP/1.1\r\nHost: here\r\nContent-Length: 60\r\n\r\nemail=", 405),
    ],
    ids=["nothing", "an empty line", "half a head", "half a body", "half a body that nobody wants"],
)
def test_half_a_request_holds_its_line_for_a_while_and_nobody_else(
    web: Served, sent: str, status: int | None
) -> None:
    slow = [web.line().send(sent) for _ in range(60)]  # more than there are threads
    assert still_good(web.line())
    assert web.line().ask("POST", "/sign-in", FORM, body=EMAIL).status == 200
    for line in slow:
        if status:
            assert line.answer().status == status
        assert line.hung_up()
    assert faults(web) == []


def test_a_line_that_drips_is_not_held_for_ever(web: Served) -> None:
    line = web.line().send("GET / HTTP/1.1\r\n")

    def refused() -> bool:
        try:
            line.send("X-A: b\r\n")
        except OSError:
            return True
        return False

    wait_for(refused, "an end of the line", PATIENCE + 5)


@pytest.mark.parametrize(
    "more", ["X-A: b\r\n" * 600_000, f"X-A: {'b' * 5_000_000}\r\n"], ids=["many", "long"]
)
def test_a_head_without_end_is_refused(web: Served, more: str) -> None:
    line = web.line()
    try:
        line.send(f"GET / HTTP/1.1\r\nHost: here\r\n{more}")
        assert line.answer().status == 431
        assert line.hung_up()
    except ConnectionError:
        pass  # it hung up while we were still talking
    assert still_good(web.line())


@pytest.mark.parametrize("protocol", ["h2c", "websocket"])
def test_another_protocol_is_passed_over_and_no_body_is_lost_by_it(web: Served, protocol: str) -> None:
    asked = (f"Upgrade: {protocol}", "Connection: Upgrade")
    line = web.line()
    assert line.ask("GET", "/health/live", *asked).status == 200
    assert still_good(line)
    refused = line.ask("POST", "/sign-in", FORM, *asked, body=EMAIL)
    assert (refused.status, refused.headers["connection"]) == (400, "close")
    assert "Upgrade" in refused.text
    assert line.hung_up()
    assert "pip install" not in web.said()


@pytest.mark.parametrize("origin", ["http://[::1", "http://[", "//", "http://here:port", "\xff"])
def test_an_origin_that_is_none_is_another_site(web: Served, origin: str) -> None:
    head = f"POST /sign-in HTTP/1.1\r\nHost: here\r\nOrigin: {origin}\r\n{FORM}\r\nContent-Length: 0\r\n\r\n"
    assert web.line().send(head.encode("latin-1")).answer().status == 403
    assert faults(web) == []


def test_it_ends_in_time_however_many_lines_are_open(settings: Settings) -> None:
    with served(settings) as web:
        kept = web.line()
        assert still_good(kept)
        half = f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\nContent-Length: 60\r\n\r\nemail="
        web.line().send(half)
        web.process.terminate()
        assert web.process.wait(10) in (0, -15)
        assert kept.hung_up()
