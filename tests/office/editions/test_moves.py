"""Open cases moved to another edition: what the preview says is what comes, however often it is cut off."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from compact_cases.office.casework import casebook, integrity
from compact_cases.office.editions import applying, offering, previewing
from compact_cases.office.editions.previewing import Preview, Target
from compact_cases.office.registry import library, procedures
from compact_cases.records import calendars, edition_moves
from compact_cases.records import procedures as procedure_rows
from compact_cases.records.reading import reading
from compact_cases.rules.concern import RespondentNamed
from compact_cases.rules.extensions import AskForTime
from compact_cases.rules.pauses import PauseClocks
from compact_cases.rules.procedure import Procedure
from compact_cases.rules.refusals import Refused
from compact_cases.rules.timetable import AnswerTimetable, OtherDate, ProposeTimetable
from tests.builders import said
from tests.office.registry.test_procedures import SHIPPED
from tests.office.staging import Scene


def document(name: str, **limits: int) -> str:
    changed = SHIPPED.replace('edition = "default-2026-3"', f'edition = "{name}"')
    for obligation, limit in limits.items():
        head = f"[obligations.{obligation.replace('_', '-')}]\n"
        before, _, after = changed.partition(f"{head}limit = ")
        changed = f"{before}{head}limit = {limit}{after[after.index(chr(10)) :]}"
    return changed


def keep(stage: Scene, words: str) -> Procedure:
    found = procedures.read(words)
    with stage.premises.engine.begin() as conn:
        procedure_rows.store(conn, found, words, stage.clock.now())
    return found


def furnished(stage: Scene) -> list[str]:
    """Cases in all states that count: acknowledged or not, paused, extended, replied, overdue, closed."""
    stage.at("2026-02-16 09:00")
    rows = [stage.raised() for _ in range(6)]
    for row in rows[1:]:
        stage.accept(row.reference)
    stage.at("2026-02-20 10:00")
    stage.act(rows[2].reference, PauseClocks("waiting for a third party"))
    stage.act(
        rows[3].reference, AskForTime(6, "", "people are away", said("Away.")), stage.champion_of(rows[3])
    )
    stage.reply(rows[4])
    stage.release(rows[4].reference)
    stage.reply(rows[5])
    stage.release(rows[5].reference)
    stage.decide(rows[5])
    return [row.reference for row in rows]


def dates(stage: Scene, reference: str) -> dict[str, date | None]:
    case = casebook.read(stage.premises, stage.row(reference).case_id)
    return {f"{one.name} {one.item}".strip(): one.due for one in case.open_obligations}


def apply(stage: Scene, seen: Preview, procedure: str | None = None, calendar: str | None = None) -> None:
    with stage.premises.engine.begin() as conn:
        applying.begin(conn, stage.premises, procedure, calendar, seen, None)
    applying.work(stage.premises)


def test_the_preview_is_what_comes_and_each_case_has_one_event_and_letters(stage: Scene) -> None:
    references = furnished(stage)
    longer = keep(stage, document("longer", reply=15))
    stage.at("2026-02-23 10:00")
    seen = previewing.preview(stage.premises, Target(longer))
    assert (seen.cases, seen.there) == (6, 0)
    assert [one.reference for one in seen.moving] == [references[1], references[3]]
    (line,) = seen.moving[0].lines
    assert (line.of, line.before, line.after) == ("reply", date(2026, 3, 2), date(2026, 3, 9))
    assert (
        date(2026, 2, 23),
        "the reminder to the champion 5 working days before the date",
    ) in line.steps_before
    assert line.steps_after[0][0] == date(2026, 3, 2)
    before = {one: dates(stage, one) for one in references}
    apply(stage, seen, "longer")
    for reference in references:
        expected = before[reference] | {
            name: date.fromisoformat(day) for name, day in seen.expected.get(reference, {}).items()
        }
        assert dates(stage, reference) == expected
        row = stage.row(reference)
        assert row.procedure_edition == "longer"
        made = stage.query(
            "SELECT name FROM case_events WHERE case_id = :case AND name = 'moved-to-edition'",
            case=row.case_id,
        )
        assert len(made) == 1
    told = stage.query(
        "SELECT seat FROM letters WHERE notice = 'dates-moved' AND case_id = :case ORDER BY seat",
        case=stage.row(references[1]).case_id,
    )
    assert list(told) == [("raiser/named",), ("respondent/champion",)]
    assert not integrity.rebuild(stage.premises, check=True).faults
    assert not integrity.verify(stage.premises).faults
    with reading(stage.premises.engine) as conn:
        move = edition_moves.latest(conn)
    assert move is not None
    assert (move.moved, move.stayed, move.differs) == (6, 0, [])


def test_a_move_that_was_cut_off_goes_on_and_to_apply_it_twice_does_nothing(stage: Scene) -> None:
    references = furnished(stage)
    longer = keep(stage, document("longer", reply=15))
    seen = previewing.preview(stage.premises, Target(longer))
    with stage.premises.engine.begin() as conn:
        applying.begin(conn, stage.premises, "longer", None, seen, None)
    done: list[int] = []

    class Killed(Exception):
        pass

    def kill(at: int, of: int) -> None:
        done.append(at)
        if len(done) == 2:
            raise Killed

    with pytest.raises(Killed):
        applying.work(stage.premises, progress=kill)
    moved = [one for one in references if stage.row(one).procedure_edition == "longer"]
    assert len(moved) == 2
    with stage.premises.engine.begin() as conn, pytest.raises(Refused, match="being moved"):
        applying.begin(conn, stage.premises, None, stage.row(references[0]).calendar_edition, seen, None)
    apply(stage, seen, "longer")  # the same goes on
    again = previewing.preview(stage.premises, Target(longer))
    assert (again.there, again.changed) == (6, ())
    apply(stage, again, "longer")
    counted = stage.query("SELECT count(*) FROM case_events WHERE name = 'moved-to-edition'")
    assert counted == [(6,)]


def test_a_case_that_changed_after_the_preview_is_decided_anew_and_named(stage: Scene) -> None:
    references = furnished(stage)
    longer = keep(stage, document("longer", reply=15))
    stage.at("2026-02-23 10:00")
    seen = previewing.preview(stage.premises, Target(longer))
    stage.reply(stage.row(references[1]))
    apply(stage, seen, "longer")
    with reading(stage.premises.engine) as conn:
        move = edition_moves.latest(conn)
    assert move is not None
    assert move.differs == [references[1]]
    assert "reply" not in dates(stage, references[1])


def test_a_case_in_a_stage_that_the_edition_lacks_stays(stage: Scene) -> None:
    (reference, *_) = furnished(stage)
    without = keep(stage, document("without").replace("mediation = true", "mediation = false"))
    with stage.premises.engine.begin() as conn:  # no act leads there in this version of the test's chapters
        conn.execute(
            text("UPDATE case_summaries SET stage = 'mediation' WHERE reference = :one"), {"one": reference}
        )
    seen = previewing.preview(stage.premises, Target(without))
    (stays,) = seen.staying
    assert stays.reference == reference
    assert "has no mediation" in stays.stays


def test_progress_is_told(stage: Scene) -> None:
    furnished(stage)
    told: list[tuple[int, int]] = []
    previewing.preview(
        stage.premises, Target(procedures.read(document("x", reply=12))), lambda at, of: told.append((at, of))
    )
    assert told == [(6, 6)]


@pytest.fixture
def played(stage: Scene) -> tuple[Scene, list[str]]:
    """With a case that goes by a date which both sides agreed."""
    references = furnished(stage)
    row = stage.raised()
    stage.accept(row.reference)
    stage.act(
        row.reference, ProposeTimetable((OtherDate("reply", date(2026, 3, 13)),)), stage.champion_of(row)
    )
    stage.act(row.reference, AnswerTimetable(accepted=True), stage.raiser_of(row))
    assert dates(stage, row.reference)["reply"] == date(2026, 3, 13)
    return stage, [*references, row.reference]


LEAST = {"acknowledge": 3, "reply": 6, "release": 1, "decide": 6, "next_step": 3, "close": 3}
LIMITS = some.fixed_dictionaries({}, optional={name: some.integers(n, 20) for name, n in LEAST.items()})
CLOSED = some.sets(some.dates(date(2026, 2, 20), date(2026, 3, 20)), max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIMITS, CLOSED, some.integers(20, 28))
def test_whatever_the_edition_the_preview_equals_what_is_applied(
    played: tuple[Scene, list[str]], limits: dict[str, int], closed: set[date], day: int
) -> None:
    """Both go on from what the examples before it left, so that cases have been moved many times."""
    stage, references = played
    number = len(stage.query("SELECT id FROM procedure_editions"))
    stage.at(f"2026-02-{day} 10:00")
    found = keep(stage, document(f"random-{number}", **limits))
    with stage.premises.engine.begin() as conn:
        days = calendars.wanted(conn, stage.clock.today(), dict.fromkeys(closed, "Closed"))
        calendar = days.calendar(calendars.store(conn, days, stage.clock.now()))
    seen = previewing.preview(stage.premises, Target(found, calendar))
    before = {one: dates(stage, one) for one in references}
    apply(stage, seen, found.edition, calendar.edition)
    for reference in references:
        expected = before[reference] | {
            name: date.fromisoformat(on) for name, on in seen.expected.get(reference, {}).items()
        }
        assert dates(stage, reference) == expected
    with reading(stage.premises.engine) as conn:
        move = edition_moves.latest(conn)
    assert move is not None
    assert move.differs == []


def test_another_body_counts_by_its_own_limit(stage: Scene) -> None:
    """Run by volunteers: the preview reads the register as the act does."""
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE bodies SET volunteer_run = true WHERE id = :one"), {"one": stage.council})
    stage.at("2026-02-16 09:00")
    row = stage.raised(respondents=(RespondentNamed(body_id=stage.council),))
    stage.accept(row.reference)
    words = document("twenty-five", reply=12).replace(
        "limit_volunteer_run = 20", "limit_volunteer_run = 25", 1
    )
    found = keep(stage, words)
    seen = previewing.preview(stage.premises, Target(found))
    before = dates(stage, row.reference)["reply"]
    (line,) = seen.moving[0].lines
    assert before == line.before == date(2026, 3, 16)
    apply(stage, seen, "twenty-five")
    assert dates(stage, row.reference)["reply"] == line.after == date(2026, 3, 23)


def test_target_changes_only_what_it_names(stage: Scene) -> None:
    with reading(stage.premises.engine) as conn:
        usual = library.current_rulebook(conn)
    found = procedures.read(document("x"))
    assert Target(found).onto(usual) == replace(usual, procedure=found)


def test_where_another_move_is_under_way_an_edition_is_not_kept_by_halves(stage: Scene) -> None:
    furnished(stage)
    keep(stage, document("first", reply=12))
    seen = previewing.preview(stage.premises, Target())
    with stage.premises.engine.begin() as conn:
        applying.begin(conn, stage.premises, "first", None, seen, None)
    with pytest.raises(Refused, match="being moved"):
        offering.apply_procedure(stage.premises, document("second", reply=15), offering.OPEN, seen)
    with reading(stage.premises.engine) as conn:
        assert procedure_rows.get(conn, "second") is None


def test_closing_days_of_the_office_file_reach_open_cases_when_somebody_says_so(stage: Scene) -> None:
    """A new calendar is for new cases; with no day named, a preview looks at the one in force."""
    references = furnished(stage)
    office = replace(stage.premises.settings.office, closing_days=((date(2026, 2, 26), "Stocktaking"),))
    later = replace(stage.premises, settings=replace(stage.premises.settings, office=office))
    edition = library.refresh_calendar(later)
    stage.at("2026-02-23 10:00")
    assert stage.row(references[1]).calendar_edition != edition
    offered = offering.days(later, {})
    assert references[1] in {one.reference for one in offered.seen.moving}
    assert offering.apply_days(later, {}, (), offering.OPEN, offered.seen) == edition
    applying.work(later)
    assert stage.row(references[1]).calendar_edition == edition
    assert dates(stage, references[1])["reply"] == date(2026, 3, 3)
