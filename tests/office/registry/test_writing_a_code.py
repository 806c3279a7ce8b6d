"""docs/writing-a-code.md: its example is a document that can be taken in, as the page says it is read."""

import re
from datetime import datetime

from sqlalchemy import Engine

from compact_cases.clock import HandClock
from compact_cases.office.premises import Premises
from compact_cases.office.registry import code_editions, library
from compact_cases.records.reading import reading
from compact_cases.rules.compact import Compact
from compact_cases.settings import OFFICE_ZONE, Office, Settings
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs" / "writing-a-code.md").read_text(encoding="utf-8")


def test_the_example_is_taken_in_and_every_part_of_it_is_there(settings: Settings, engine: Engine) -> None:
    [example] = re.findall(r"```markdown\n(.+?)```", PAGE, re.DOTALL)
    office = Office(compact=Compact(name="Northvale Compact"))
    premises = Premises(
        Settings(environment="development", database_url=settings.database_url, office=office),
        engine,
        HandClock(datetime(2026, 11, 22, 9, tzinfo=OFFICE_ZONE)),
    )
    taken = code_editions.import_code(premises, example)
    assert taken.doubt == ""
    with reading(engine) as conn:
        code = library.codes_held(conn).code("consultation")
    assert code
    assert code.in_force
    whole = code.in_force.clause("2.2")
    assert whole
    assert [part.letter for part in whole.parts] == ["a", "b", "d"]
    assert whole.closing == "within a month of the end."
    assert {clause.number: str(clause.owed_by) for clause in code.in_force.clauses} == {
        "2.1": "joint",
        "2.2": "joint",
        "3.1": "public-sector",
        "4.1": "vcs",
    }
    assert code.in_force.clauses[0].text.endswith("share what was learned from the last one.")
    assert [line.flag for line in taken.read.context if line.flag] == ["promise word “undertake”"]
    assert code.in_force == taken.edition
