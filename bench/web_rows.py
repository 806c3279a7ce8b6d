"""What eight clients get from two web processes: raising, the list, a search, a long case."""

import json
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.figures import Figure, of_load
from bench.load import Line, Measured, ask_for, repeat, request
from bench.processes import cpu_seconds
from bench.prototypes import LONG, LONGEST
from bench.seeding import FILLER, WORDS, word_of
from bench.stage import NOW, WEB_PROCESSES, Stage, Web, query
from compact_cases.clock import machine_seconds
from compact_cases.parts.runner import Runner
from compact_cases.parts.supervisor import free_port
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters

REFERENCE_SECONDS = 2.5


def raising(stage: Stage, web: Web, seconds: float) -> list[Figure]:
    """By an officer's API token, exempt from limits: the same work as the form's last step."""
    requests = [_raise(stage, number) for number in range(64)]
    found = _asked(stage, web, requests, 201, seconds)
    bare = ("bare INSERT + commit", bare_insert(stage))
    return [of_load("raise a concern", found, 0.05, bare, 6, through="POST /api/concerns")]


def listing(stage: Stage, web: Web, seconds: float) -> list[Figure]:
    found = _asked(stage, web, [_page(stage, "/cases")], 200, seconds)
    with _bare_page() as other:
        bare = ask_for(other, [request("GET", "/")], 200, REFERENCE_SECONDS)
    return [of_load("list, 50 of the open cases", found, 0.30, ("bare Jinja page, 50 rows", bare))]


def searching(stage: Stage, web: Web, seconds: float) -> list[Figure]:
    words = [word_of(number) for number in range(WORDS)]
    found = _asked(stage, web, [_page(stage, f"/cases?q={word}") for word in words], 200, seconds)
    # The page's own statement: any other one does more work (whole rows are sorted) or asks for less.
    asked = [case_list.query(Filters(words=word), None, NOW.date()) for word in words]
    bare = _bare_queries(stage, asked)
    return [of_load("search, a word of 1 % of cases", found, 0.30, ("the bare query", bare))]


def one_case(stage: Stage, web: Web, seconds: float) -> list[Figure]:
    """Cases of fifty events as their officer sees them, and of two hundred."""
    long, longest = (_cases_of(stage, events) for events in (LONG, LONGEST))
    with psycopg.connect(stage.settings.database_url or "") as conn:  # their officer has been asked before
        conn.execute(
            "INSERT INTO no_conflicts SELECT case_id, id, changed_at FROM case_summaries, staff"
            " ON CONFLICT DO NOTHING"
        )
    found = _asked(stage, web, [_page(stage, f"/cases/{row[0]}") for row in long], 200, seconds)
    more = _asked(stage, web, [_page(stage, f"/cases/{row[0]}") for row in longest], 200, seconds)
    sql = (
        "WITH e AS (SELECT * FROM case_events WHERE case_id = %s ORDER BY position),"
        " s AS (SELECT * FROM statements WHERE concern_id = %s)"
        " SELECT (SELECT json_agg(e)::text FROM e), (SELECT json_agg(s)::text FROM s)"
    )
    bare = _bare_queries(stage, [(sql, (row[1], row[2])) for row in long])
    name = f"a case with {LONG} events"
    return [
        of_load(name, found, 0.10, ("the bare query", bare)),
        of_load(f"a case with {LONGEST} events", more, 1 / 3, (name, found)),
    ]


def _cases_of(stage: Stage, events: int) -> list[tuple[Any, ...]]:
    sql = "SELECT reference, case_id, concern_id FROM case_summaries WHERE position = :events"
    return query(stage.premises, f"{sql} ORDER BY 1 LIMIT 50", events=events)


ROWS: dict[str, Callable[[Stage, Web, float], list[Figure]]] = {
    "raise": raising,
    "list": listing,
    "search": searching,
    "case": one_case,
}


def _asked(stage: Stage, web: Web, requests: list[bytes], expected: int, seconds: float) -> Measured:
    """With what the web processes and PostgreSQL worked for it; warming up is in both, so it cancels out."""
    before = cpu_seconds(web.pid), cpu_seconds(stage.postgres.pid)
    found = ask_for(web.port, requests, expected, seconds)
    found.cpu_web = cpu_seconds(web.pid) - before[0]
    found.cpu_database = cpu_seconds(stage.postgres.pid) - before[1]
    return found


def warm(stage: Stage, web: Web) -> None:
    """Each process answers each kind of page a few times before anything is measured."""
    for path in ("/", "/cases", f"/cases?q={word_of(1)}"):
        for _ in range(6):
            Line(web.port).ask(_page(stage, path))


def bare_insert(stage: Stage) -> Measured:
    """The least that any way of keeping a concern can cost: one row, one commit."""
    with psycopg.connect(stage.settings.database_url or "", autocommit=True) as conn:
        conn.execute(
            "CREATE TABLE IF NOT EXISTS bench_bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            " words text NOT NULL)"
        )

    def client(number: int) -> Callable[[], object]:
        conn = psycopg.connect(stage.settings.database_url or "", autocommit=True)
        return lambda: conn.execute("INSERT INTO bench_bare (words) VALUES (%s)", (FILLER,))

    found = repeat(client, REFERENCE_SECONDS)
    with psycopg.connect(stage.settings.database_url or "", autocommit=True) as conn:
        conn.execute("DROP TABLE bench_bare")
    return found


def _bare_queries(stage: Stage, queries: Sequence[tuple[str, tuple[Any, ...] | dict[str, Any]]]) -> Measured:
    def client(number: int) -> Callable[[], object]:
        conn = psycopg.connect(stage.settings.database_url or "", autocommit=True)
        turn = number

        def once() -> None:
            nonlocal turn
            sql, values = queries[turn % len(queries)]
            turn += 1
            conn.execute(sql, values, prepare=True).fetchall()

        return once

    return repeat(client, REFERENCE_SECONDS)


def _page(stage: Stage, path: str) -> bytes:
    return request("GET", path, Cookie=f"session={stage.cookie}", Accept="text/html")


def _raise(stage: Stage, number: int) -> bytes:
    body, _, _ = stage.register.bodies[number % len(stage.register.bodies)]
    concern = {
        "raiser": {
            "name": f"Elmfield Tenants {number}",
            "kind": "community-group",
            "area": "Stroud",
            "person": "Sue Barlow",
            "role": "secretary",
            "email": f"sue{number}@elmfield.example",
        },
        "respondents": [{"body": str(body)}],
        "account": FILLER,
        "when": "It began in the first week of the month.",
        "clauses": [
            {"clause": "community-groups/5.3"},
            {"clause": "community-groups/8.2", "role": "supporting"},
        ],
        "tried": "We wrote twice.",
        "remedies": ["apology"],
    }
    return request(
        "POST",
        "/api/concerns",
        json.dumps(concern).encode(),
        Authorization=f"Bearer {stage.token}",
        Content_Type="application/json",
    )


@contextmanager
def _bare_page() -> Iterator[int]:
    root, port = Path(__file__).parents[1], free_port(0)
    process = Runner(0, 0).start(
        [sys.executable, "-m", "bench.bare_page", str(port), str(WEB_PROCESSES)],
        death_signal=signal.SIGKILL,
        log=Path("/dev/null"),
        cwd=root,
    )
    try:
        deadline = machine_seconds() + 20
        while machine_seconds() < deadline:
            try:
                Line(port).ask(request("GET", "/"))
                break
            except OSError:
                continue
        yield port
    finally:
        process.terminate()
        process.wait(10)
