"""Many rows in one statement: what goes in as JSON stands in the table as it was."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, text

from compact_cases.office.identity import new_id
from compact_cases.records import letters, obligations, statements, tasks
from compact_cases.records.letters import LetterRow
from compact_cases.records.tasks import Task
from compact_cases.rules.audience import Audience, Role
from compact_cases.rules.events import Hold, Term
from compact_cases.rules.obligations import Obligation
from compact_cases.rules.statements import Statement
from compact_cases.settings import OFFICE_ZONE

AT = datetime(2026, 3, 29, 3, 0, 0, 123456, tzinfo=OFFICE_ZONE)  # the night of the change to summer time
WORDS = 'They said "no" \\ twice:\n\t£5 – ‘four’ 🙂 {a,b} %s :name null'
OPEN = Obligation(
    "reply", 1, Role.CHAMPION, Role.RAISER, AT, Term(date(2026, 3, 30), 10, date(2026, 4, 15)), AT.date()
)


def a_letter() -> LetterRow:
    one, facts = new_id(), {"items": [{"obligation": "reply", "cycle": 1}], "to": "a “b” \\"}
    return LetterRow(
        one, "reminder", new_id(), "party", new_id(), "raiser", None, f"<{one}@x>", AT, AT, facts
    )


def test_letters_come_back_as_they_were_filed(engine: Engine) -> None:
    rows = [a_letter(), replace(a_letter(), chasing=True, not_before=AT + timedelta(hours=1))]
    with engine.begin() as conn:
        letters.file(conn, rows)
        assert [letters.get(conn, one.id) for one in rows] == rows
        letters.add_facts(conn, [replace(rows[0], notice="nudge", facts={"items": []})])
        assert letters.get(conn, rows[0].id) == replace(rows[0], notice="nudge", facts={"items": []})
        assert letters.get(conn, rows[1].id) == rows[1]
        [kept] = conn.execute(text("SELECT facts FROM letters WHERE id = :id"), {"id": rows[1].id})
        assert json.loads(kept.facts) == rows[1].facts


def test_texts_and_their_salts_keep_every_character(engine: Engine) -> None:
    said = [Statement(new_id(), WORDS, bytes(range(16))), Statement(new_id(), "plain", b"\xff" * 16)]
    with engine.begin() as conn:
        statements.add(conn, new_id(), [("account", Audience.CASE, one) for one in said], AT)
        rows = conn.execute(text("SELECT id, text, salt, at FROM statements"))
        assert {tuple(row) for row in rows} == {(one.statement, one.text, one.salt, AT) for one in said}


def test_a_task_that_is_there_stays_and_the_others_are_written(engine: Engine) -> None:
    first = Task(new_id(), None, "post", new_id(), AT.date(), WORDS, AT)
    again, other = replace(first, id=new_id(), sentence="another"), replace(first, id=new_id(), kind="phone")
    with engine.begin() as conn:
        tasks.open_all(conn, [first])
        tasks.open_all(conn, [again, other])
        assert sorted(tasks.waiting(conn), key=lambda one: one.kind) == [other, first]


def test_saving_an_obligation_again_changes_it_and_keeps_what_was_handled(engine: Engine) -> None:
    case, day = new_id(), date(2026, 4, 1)
    held = OPEN.held(Hold(day, 5, date(2026, 4, 20)), "waiting for the raiser")
    with engine.begin() as conn:
        obligations.save(conn, case, [OPEN, replace(OPEN, name="decide", owner=Role.RAISER)])
        obligations.mark_handled(conn, [(case, "reply", 1, day)])
        obligations.save_all(conn, [(case, held), (new_id(), OPEN)])
        found = {one.obligation.name: one for one in obligations.open_of(conn, [case])[case]}
    assert found["reply"].handled_to == day
    assert found["reply"].obligation == replace(held, term=replace(OPEN.term, due=date(2026, 4, 20)))
    assert found["decide"].obligation.due == AT.date()
