"""How many statements a case's page sends to PostgreSQL, as libpq itself writes them down."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from compact_cases.records.engines import reader_of
from tests.web.case_players import Browser, PlayedCase, Players

MOST = {"officer": 9, "raiser": 8, "champion": 10}
OF_A_MERGE = 1  # the rows of the other cases
SENT = re.compile(r"\tF\t\d+\t(?:Execute|Query)\b")


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What goes out meanwhile. SQLAlchemy's own events know nothing of what goes straight to psycopg."""
    sent: list[str] = []
    with tempfile.TemporaryFile("w+") as trace:

        def begin(connection: Any, *_: Any) -> None:
            connection.pgconn.trace(trace.fileno())

        def end(connection: Any, *_: Any) -> None:
            connection.pgconn.untrace()

        listeners = [
            (one, when, what)
            for one in (engine, reader_of(engine))
            for when, what in (("checkout", begin), ("checkin", end))
        ]
        for listener in listeners:
            event.listen(*listener)
        yield sent
        for listener in listeners:
            event.remove(*listener)
        trace.seek(0)
        sent += [line for line in trace if SENT.search(line)]


def sent_for(case: PlayedCase, browser: Browser) -> int:
    """At the second look: what never changes, such as a Code, is read by the first."""
    assert browser.get(case.path).status_code == 200
    with statements(case.players.desk.premises.engine) as sent:
        browser.get(case.path)
    return len(sent)


def test_a_page_of_a_case_asks_no_more_than_it_did(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with players.as_officer() as browser:
        assert sent_for(case, browser) <= MOST["officer"]
    with case.as_raiser() as browser:
        assert sent_for(case, browser) <= MOST["raiser"]
    with case.as_champion() as browser:
        assert sent_for(case, browser) <= MOST["champion"]


def test_a_merge_costs_one_statement_more(players: Players) -> None:
    into, case = players.raised(), players.raised()
    with players.as_officer() as browser:
        case.done(browser, "merge", into=into.reference, explanation="Both are about the same buses.")
        assert max(sent_for(case, browser), sent_for(into, browser)) <= MOST["officer"] + OF_A_MERGE
    with case.as_raiser() as browser:
        assert sent_for(case, browser) <= MOST["raiser"] + OF_A_MERGE
