"""What one caller may cost, over a real socket to a real process: memory, connections, answers."""

import contextlib
import json
import resource
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from compact_cases.parts.postgres import Postgres
from compact_cases.settings import Settings
from compact_cases.web.frame.lines import HALF_FROM_ONE, HELD_FROM_ONE, OTHER_DESCRIPTORS
from compact_cases.web.raising.questions import QUESTIONS
from tests.serving import Line, Served, served, served_alone
from tests.waiting import wait_for

pytestmark = pytest.mark.processes

MEGABYTE = 1_000_000
FORM = "Content-Type: application/x-www-form-urlencoded"
JSON = "Content-Type: application/json"
CHUNKED = f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
HALF = f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\nContent-Length: 900000\r\n\r\n"
RAISE = f"POST /api/concerns HTTP/1.1\r\nHost: here\r\n{JSON}\r\n"


@pytest.fixture(scope="module")
def one_process(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_alone(postgres, tmp_path_factory.mktemp("bounds")) as found:
        yield found


@pytest.fixture
def web(one_process: Served) -> Iterator[Served]:
    one_process.forget()
    yield one_process
    one_process.hang_up()
    with psycopg.connect(one_process.settings.database_url or "") as conn:
        conn.execute("DELETE FROM attempts")


def still_serves(web: Served) -> bool:
    return web.line().ask("GET", "/health/live").text == "alive\n"


def memory(web: Served) -> int:
    """What the process has in memory that is its own, in bytes."""
    lines = Path(f"/proc/{web.process.pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


def peak_forgotten(web: Served) -> None:
    Path(f"/proc/{web.process.pid}/clear_refs").write_text("5")


def peak(web: Served) -> int:
    """The most that it had in memory since the peak was forgotten."""
    lines = Path(f"/proc/{web.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024


def talk(line: Line, words: bytes, times: int) -> int:
    """Send the same words again and again; how often it was listened to."""
    for time in range(times):
        try:
            line.send(words)
        except OSError:
            return time
    return times


ENDLESS = {
    "one header": (f"GET / HTTP/1.1\r\nHost: here\r\nX-A: {'b' * 1000}".encode(), b"b" * MEGABYTE),
    "many headers": (b"GET / HTTP/1.1\r\nHost: here\r\n", b"X-A: b\r\n" * 125_000),
    "the address": (b"GET /", b"a" * MEGABYTE),
    "a trailer": (
        CHUNKED + b"0\r\nX-A: ",
        b"b" * MEGABYTE,
    ),
    "many trailers": (
        CHUNKED + b"0\r\n",
        b"X-A: b\r\n" * 125_000,
    ),
    "the words beside a chunk": (
        CHUNKED + b"1;a=",
        b"b" * MEGABYTE,
    ),
    "a body": (RAISE.encode() + b"Content-Length: 150000000\r\n\r\n", b'{"a": "' + b"b" * MEGABYTE),
    "a body in chunks": (
        RAISE.encode() + b"Transfer-Encoding: chunked\r\n\r\n",
        b"f4240\r\n" + b"b" * MEGABYTE + b"\r\n",
    ),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_150_megabytes_of_anything_take_no_memory(web: Served, what: str) -> None:
    begin, more = ENDLESS[what]
    assert still_serves(web)
    before = memory(web)
    peak_forgotten(web)
    talked = talk(web.line(30).send(begin), more, 150)
    assert peak(web) - before < 30 * MEGABYTE
    if "body" not in what:
        assert talked < 150  # it hung up
    assert still_serves(web)


def test_300_half_sent_bodies_keep_nobody_waiting_and_take_no_memory(web: Served) -> None:
    assert still_serves(web)
    before = memory(web)
    peak_forgotten(web)
    half = []
    for _ in range(300):
        with contextlib.suppress(OSError):  # one that gave way while it was talking
            half.append(web.line(30))
            half[-1].send(HALF.encode() + b"email=" + b"a" * 850_000)
    assert still_serves(web)
    assert web.line().ask("POST", "/sign-in", FORM, body=b"email=ann%40office.example").status == 200
    assert peak(web) - before < HELD_FROM_ONE + 60 * MEGABYTE
    assert open_lines(web) <= HALF_FROM_ONE + 2


def open_lines(web: Served) -> int:
    """Connections of this process that are open at its end."""
    port, found = f":{web.port:04X}", 0
    for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, _, state, *_ = row.split()
        found += local.endswith(port) and state == "01"
    return found


@pytest.mark.parametrize("sent", ["GET / HTTP/1.1\r\nHo", HALF + "email="], ids=["head", "body"])
def test_of_one_addresss_half_requests_the_oldest_gives_way_to_the_newest(web: Served, sent: str) -> None:
    lines = [web.line().send(sent) for _ in range(HALF_FROM_ONE + 40)]
    wait_for(lambda: open_lines(web) <= HALF_FROM_ONE, "lines that give way")
    assert still_serves(web)
    answer = lines[0].answer()
    assert (answer.status, answer.headers["connection"]) == (503, "close")
    assert "connections" in answer.text
    assert lines[0].hung_up()
    lines[-1].socket.settimeout(0.3)
    with pytest.raises(TimeoutError):  # it waits for the rest
        lines[-1].socket.recv(1)


def test_of_idle_lines_half_of_all_that_there_is_room_for_are_one_addresss(settings: Settings) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (OTHER_DESCRIPTORS + 400, hard))
    try:
        with served(settings) as web:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            lines = [web.line() for _ in range(260)]
            wait_for(lambda: open_lines(web) <= 200, "lines that give way")
            assert lines[0].hung_up()
            assert still_serves(web)
            assert lines[-1].ask("GET", "/health/live").status == 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_another_address_has_lines_of_its_own(web: Served) -> None:
    for _ in range(HALF_FROM_ONE):
        web.line().send("GET / HTTP/1.1\r\nHo")
    other = socket.create_connection(("127.0.0.1", web.port), timeout=10, source_address=("127.0.0.2", 0))
    other.sendall(b"GET / HTTP/1.1\r\nHo")
    for _ in range(30):
        web.line().send("GET / HTTP/1.1\r\nHo")
    other.sendall(b"st: here\r\n\r\n")
    assert other.recv(12) == b"HTTP/1.1 200"
    other.close()


def test_a_proxy_that_is_believed_may_have_as_many_lines_as_it_needs(settings: Settings) -> None:
    with served(settings, PROXIES="127.0.0.0/8") as web:
        for _ in range(HALF_FROM_ONE + 40):
            web.line().send("GET / HTTP/1.1\r\nHo")
        assert still_serves(web)
        assert open_lines(web) > HALF_FROM_ONE


def test_whoever_is_owed_an_answer_does_not_give_way(web: Served) -> None:
    with psycopg.connect(web.settings.database_url or "") as somebody:
        somebody.execute("LOCK TABLE attempts IN ACCESS EXCLUSIVE MODE")
        body = b"email=ann%40office.example"
        length = f"Content-Length: {len(body)}\r\n\r\n"
        waits = web.line(20).send(
            f"POST /sign-in HTTP/1.1\r\nHost: here\r\n{FORM}\r\n{length}".encode() + body
        )
        with psycopg.connect(web.settings.database_url or "", autocommit=True) as looking:
            locked = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            wait_for(lambda: looking.execute(locked).fetchone(), "a request that waits for the lock")
        for _ in range(HALF_FROM_ONE + 20):
            web.line().send("GET / HTTP/1.1\r\nHo")
        assert still_serves(web)
    assert waits.answer().status == 200


# --- what is sent again and again -------------------------------------------------------------------------


def drafts_size(web: Served) -> int:
    with psycopg.connect(web.settings.database_url or "") as conn:
        row = conn.execute("SELECT max(length(answers)) FROM drafts").fetchone()
    assert row
    return int(row[0] or 0)


def test_a_draft_made_of_repeats_stays_small(web: Served) -> None:
    """Each page of the form took a megabyte of the same again, which made 12 MB that every page then read."""
    begun = web.line().ask("POST", "/concerns/new", FORM, body=b"for=")
    address = begun.headers["location"].rsplit("/", 1)[0]
    for question in QUESTIONS:
        each = urlencode([(question.fields[0], "a" * 2400)])
        body = "&".join([each] * 380).encode()
        assert 900_000 < len(body) < MEGABYTE
        answer = web.line(30).ask("POST", f"{address}/{question.name}", FORM, body=body)
        assert answer.status in (303, 422), question.name
        assert len(answer.body) < 200_000
    assert drafts_size(web) < 100_000


def test_a_draft_of_long_answers_is_refused_with_a_sentence_and_shown(web: Served) -> None:
    begun = web.line().ask("POST", "/concerns/new", FORM, body=b"for=")
    address = begun.headers["location"].rsplit("/", 1)[0]
    boxes = {
        "account": "account",
        "tried": "tried",
        "papers": "papers",
        "adjustments": "adjustments",
        "routes": "other_routes",
        "when": "happened",
        "remedy": "remedy_text",
        "closes": "closes_what",
    }
    said = []
    for page, name in boxes.items():
        body = urlencode({name: f"{page} " + "a" * 59_000, "act": "later"}).encode()
        answer = web.line(30).ask("POST", f"{address}/{page}", FORM, body=body)
        said.append("more than we can keep" in answer.text)
        if said[-1]:
            assert answer.status == 422
            assert f"{page} aaaa" in answer.text
    assert (said[0], said[-1]) == (False, True)
    assert drafts_size(web) < 500_000


@pytest.mark.parametrize(
    "body",
    [
        {f"no-such-field-{number}": number for number in range(10_000)},
        {"respondents": [{"nonsense": 1}] * 10_000},
        {"respondents": [{}] * 10_000, "clauses": [{"clause": "x"}] * 10_000},
        {"respondents": [{f"field-{number}": 1 for number in range(10_000)}]},
        {"remedies": ["nonsense"] * 10_000},
    ],
    ids=["unknown fields", "parts", "two lists", "fields of a part", "texts"],
)
def test_an_answer_names_a_hundred_errors_and_says_that_there_are_more(web: Served, body: object) -> None:
    answer = web.line(30).ask("POST", "/api/concerns", JSON, body=json.dumps(body).encode())
    problem = json.loads(answer.body)
    assert answer.status == 422
    assert len(problem["errors"]) <= 101
    assert len(answer.body) < 50_000
    if len(problem["errors"]) == 101:
        assert problem["errors"][-1]["detail"].startswith("More is wrong than")
    [line] = wait_for(lambda: web.logged("/api/concerns"), "a line of the log") or []
    assert json.loads(line)["ms"] < 2_000
