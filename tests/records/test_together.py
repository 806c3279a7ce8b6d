"""Rows of several tables in one statement, and statements that go straight to psycopg."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DataError, IntegrityError

from compact_cases.records import concerns, people, statements, tasks
from compact_cases.records.concerns import ConcernRow
from compact_cases.records.people import Person
from compact_cases.records.ready import Ready
from compact_cases.records.tasks import Task
from compact_cases.records.together import together
from compact_cases.rules.audience import Audience
from compact_cases.rules.statements import Statement
from compact_cases.settings import OFFICE_ZONE

AT = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=OFFICE_ZONE)
CONCERN, ROSE = UUID(int=1), UUID(int=2)
ROW = ConcernRow(CONCERN, ROSE, "web", None, "open", AT, b"\x00\xff", b"\\x", AT, b"receipt")
SAID = "“Quotes”, \\backslash\\, {json}\n\tand 100 % of a café 🙂"


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as conn:
        yield conn


def keep(conn: Connection) -> None:
    """The concern comes before the raiser that it points to: foreign keys wait for the statement's end."""
    concerns.add(conn, ROW)
    statements.add(
        conn,
        CONCERN,
        [("account", Audience.RAISER_AND_OFFICERS, Statement(UUID(int=3), SAID, b"\x01" * 16))],
        AT,
    )
    people.add(conn, Person(ROSE, "raiser", concern_id=CONCERN, details={"authority": "yes"}), AT)


def test_everything_is_read_back_as_it_was_given(conn: Connection) -> None:
    with together(conn):
        keep(conn)
    assert concerns.get(conn, CONCERN) == ROW
    assert statements.get(conn, [UUID(int=3)])[UUID(int=3)].text == SAID
    assert people.get(conn, [ROSE])[ROSE].details == {"authority": "yes"}


def test_rows_wait_until_the_end(conn: Connection) -> None:
    with together(conn):
        keep(conn)
        assert concerns.get(conn, CONCERN) is None
    assert concerns.get(conn, CONCERN) == ROW


def test_rows_are_dropped_when_what_made_them_fails(conn: Connection) -> None:
    def fail() -> None:
        with together(conn):
            keep(conn)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    people.add(conn, Person(UUID(int=9), "raiser", name="alone"), AT)
    assert concerns.get(conn, CONCERN) is None


def test_one_row_that_cannot_be_written_stops_them_all(engine: Engine) -> None:
    with engine.begin() as conn:
        concerns.remember_answer(conn, "key", b"1" * 32, CONCERN, AT)

    def answer_again() -> None:
        with engine.begin() as conn, together(conn):
            keep(conn)
            concerns.remember_answer(conn, "key", b"2" * 32, CONCERN, AT)

    with pytest.raises(IntegrityError, match="idempotent_answers"):
        answer_again()
    with engine.begin() as conn:
        assert concerns.get(conn, CONCERN) is None


def test_a_task_that_is_there_already_is_left_out(conn: Connection) -> None:
    task = Task(UUID(int=4), None, "phone", ROSE, AT.date(), "Ring Rose.", AT)
    for number in (4, 5):
        with together(conn):
            tasks.open_all(conn, [Task(UUID(int=number), *list(task.__dict__.values())[1:])])
    assert tasks.waiting(conn) == [task]


def test_what_postgresql_cannot_keep_is_a_data_error(conn: Connection) -> None:
    with pytest.raises(DataError), together(conn):
        people.add(conn, Person(ROSE, "raiser", name="half\x00"), AT)


def test_a_ready_statement_fails_as_others_do(engine: Engine) -> None:
    with engine.connect() as conn:
        assert Ready(select(people.people.c.name)).row(conn) is None
        with pytest.raises(DataError) as refused:
            Ready(text("SELECT CAST(:word AS integer)")).row(conn, word="Rose")
    assert "Rose" not in str(refused.value.statement)
