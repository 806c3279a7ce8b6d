"""Many rows in one statement, of one table or of several: what goes in as JSON stands there as it was."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DataError, IntegrityError

from compact_cases.office.identity import new_id
from compact_cases.records import concerns, letters, obligations, people, statements, tasks
from compact_cases.records.concerns import ConcernRow
from compact_cases.records.letters import LetterRow
from compact_cases.records.people import Person
from compact_cases.records.ready import Ready
from compact_cases.records.rows import together
from compact_cases.records.tasks import Task
from compact_cases.rules.audience import Audience
from compact_cases.rules.course import Obligation
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import Kept, Statement
from compact_cases.rules.terms import Hold, Term
from compact_cases.settings import OFFICE_ZONE

AT = datetime(2026, 3, 29, 3, 0, 0, 123456, tzinfo=OFFICE_ZONE)  # the night of the change to summer time
WORDS = 'They said "no" \\ twice:\n\t£5 – ‘four’ 🙂 {a,b} 100 % %s %(name)s :name null'
OPEN = Obligation(
    "reply", 1, Seat.CHAMPION, Seat.RAISER, AT, Term(date(2026, 3, 30), 10, date(2026, 4, 15)), AT.date()
)
CONCERN, ROSE = UUID(int=1), UUID(int=2)
ROW = ConcernRow(CONCERN, ROSE, "web", None, "open", AT, b"\x00\xff", b"\\x", AT, b"receipt")
TASK = Task(UUID(int=4), None, "phone", ROSE, AT.date(), WORDS, AT)


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as conn:
        yield conn


def a_letter() -> LetterRow:
    one, facts = new_id(), {"items": [{"obligation": "reply", "cycle": 1}], "to": "a “b” \\"}
    return LetterRow(
        one, "reminder", new_id(), "party", new_id(), "raiser", None, f"<{one}@x>", AT, AT, facts
    )


def keep(conn: Connection) -> None:
    """The concern comes before the raiser that it points to: foreign keys wait for the statement's end."""
    said = Statement(UUID(int=3), WORDS, b"\x01" * 16, Kept("account", Audience.RAISER_AND_OFFICERS))
    concerns.add(conn, ROW)
    statements.add(conn, CONCERN, [said], AT)
    people.add(conn, Person(ROSE, "raiser", concern_id=CONCERN, details={"authority": "yes"}), AT)


def test_letters_come_back_as_they_were_filed(conn: Connection) -> None:
    rows = [a_letter(), replace(a_letter(), chasing=True, not_before=AT + timedelta(hours=1))]
    letters.file(conn, rows)
    rows = [replace(one, wanted_at=one.not_before) for one in rows]  # as long as nothing puts it off
    assert [letters.get(conn, one.id) for one in rows] == rows
    letters.add_facts(conn, [replace(rows[0], notice="nudge", facts={"items": []})])
    assert letters.get(conn, rows[0].id) == replace(rows[0], notice="nudge", facts={"items": []})
    assert letters.get(conn, rows[1].id) == rows[1]
    [kept] = conn.execute(text("SELECT facts FROM letters WHERE id = :id"), {"id": rows[1].id})
    assert json.loads(kept.facts) == rows[1].facts


def test_texts_and_their_salts_keep_every_character(conn: Connection) -> None:
    kept = Kept("account", Audience.CASE)
    salted = ((WORDS, bytes(range(16))), ("plain", b"\xff" * 16))
    said = [Statement(new_id(), words, salt, kept) for words, salt in salted]
    statements.add(conn, new_id(), said, AT)
    rows = conn.execute(text("SELECT id, text, salt, at FROM statements"))
    assert {tuple(row) for row in rows} == {(one.statement, one.text, one.salt, AT) for one in said}


def test_a_task_that_is_there_stays_and_the_others_are_written(conn: Connection) -> None:
    again, other = replace(TASK, id=new_id(), sentence="another"), replace(TASK, id=new_id(), kind="post")
    tasks.open_all(conn, [TASK])
    with together(conn):
        tasks.open_all(conn, [again, other])
    assert sorted(tasks.waiting(conn), key=lambda one: one.kind) == [TASK, other]


def test_saving_an_obligation_again_changes_it_and_keeps_what_was_handled(conn: Connection) -> None:
    case, day = new_id(), date(2026, 4, 1)
    hold = Hold(1, day, 5, date(2026, 4, 20))
    held = replace(OPEN, due=None, hold=hold, hold_reason="waiting for the raiser")
    obligations.save(conn, case, [OPEN, replace(OPEN, name="decide", owner=Seat.RAISER)])
    obligations.mark_handled(conn, [(case, ("reply", "", 1), day)])
    obligations.save_all(conn, [(case, held), (new_id(), OPEN)])
    found = {one.obligation.name: one for one in obligations.open_of(conn, [case])[case]}
    assert found["reply"].handled_to == day
    assert found["reply"].obligation == replace(held, term=replace(OPEN.term, due=date(2026, 4, 20)))
    assert found["decide"].obligation.due == AT.date()


def test_rows_of_several_tables_wait_until_the_end(conn: Connection) -> None:
    with together(conn):
        keep(conn)
        assert concerns.get(conn, CONCERN) is None
    assert concerns.get(conn, CONCERN) == ROW
    assert statements.get(conn, [UUID(int=3)])[UUID(int=3)].text == WORDS
    assert people.get(conn, [ROSE])[ROSE].details == {"authority": "yes"}


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
    earlier = replace(ROW, id=UUID(int=7), receipt_hash=b"7" * 32)
    with engine.begin() as conn:
        concerns.add(conn, earlier)
        concerns.remember_answer(conn, b"k" * 32, b"1" * 32, earlier.id, AT)

    def answer_again() -> None:
        with engine.begin() as conn, together(conn):
            keep(conn)
            concerns.remember_answer(conn, b"k" * 32, b"2" * 32, CONCERN, AT)

    with pytest.raises(IntegrityError, match="idempotent_answers"):
        answer_again()
    with engine.begin() as conn:
        assert concerns.get(conn, CONCERN) is None


def test_what_postgresql_cannot_keep_is_a_data_error(conn: Connection) -> None:
    with pytest.raises(DataError), together(conn):
        people.add(conn, Person(ROSE, "raiser", name="half\x00"), AT)


def test_a_ready_statement_fails_as_others_do(engine: Engine) -> None:
    with engine.connect() as conn:
        assert Ready(select(people.people.c.name)).row(conn) is None
        with pytest.raises(DataError) as refused:
            Ready(text("SELECT CAST(:word AS integer)")).row(conn, word="Rose")
    assert "Rose" not in str(refused.value.statement)
