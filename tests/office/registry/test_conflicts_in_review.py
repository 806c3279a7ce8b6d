"""A convenor of a senior review has a conflict of interest: who handled it before takes it from nobody."""

from uuid import UUID

from compact_cases.office.accounts import accounts
from compact_cases.office.identity import statement
from compact_cases.office.post import morning
from compact_cases.office.registry import conflicts
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.handling import ChairDeclares, DeclareConflict
from compact_cases.rules.onward import OpenNextStep
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import Seat
from tests.office.staging import Scene


def chair_of(stage: Scene) -> UUID:
    return stage.query("SELECT id FROM staff WHERE name = 'Ruth'")[0][0]  # type: ignore[index, no-any-return]


def left_by_its_convenor(stage: Scene) -> CaseRow:
    """Morgan handled it, Asha convened its review, and has a conflict."""
    row = stage.raised()
    stage.at("2026-03-02 09:30").accept(row.reference)
    stage.reply(row)
    stage.at("2026-03-03 09:30").release(row.reference)
    stage.decide(row, "not", "go-on")
    asha = stage.second.staff_id
    assert asha is not None
    stage.act(row.reference, OpenNextStep("senior-review", asha, None))
    declares = DeclareConflict(asha, None, statement("My brother leads the review for them."))
    stage.at("2026-03-04 10:00").act(row.reference, declares, by=stage.second)
    return stage.row(row.reference)


def waiting(stage: Scene) -> list[str]:
    with stage.premises.engine.connect() as conn:
        return [one.reference for one in conflicts.waiting_for(conn, chair_of(stage))]


def left(stage: Scene) -> list[str]:
    with stage.premises.engine.connect() as conn:
        return [one.reference for one in conflicts.left_to_nobody(conn)]


def test_the_board_chair_finds_the_case_that_she_was_written_to_about(stage: Scene) -> None:
    row = left_by_its_convenor(stage)
    told = stage.query(
        "SELECT seat FROM letters WHERE case_id = :case AND notice = 'conflict'", case=row.case_id
    )
    assert ("office/chair",) in told
    assert (waiting(stage), left(stage)) == ([row.reference], [])


def test_where_she_has_one_too_the_administrators_find_it(stage: Scene) -> None:
    row = left_by_its_convenor(stage)
    accounts.add_officer(stage.premises, "ada@office.example", "Ada", Seat.ADMINISTRATOR)
    chair = chair_of(stage)
    by = Visitor(Seat.CHAIR, staff_id=chair, name="Ruth")
    stage.act(row.reference, ChairDeclares(chair, conflict=True), by=by)
    assert (waiting(stage), left(stage)) == ([], [row.reference])
    stage.at("2026-03-05 08:00")
    morning.write_digests(stage.premises)
    assert stage.query("SELECT 1 FROM letters WHERE seat = 'office/administrator'")


def test_somebody_new_to_the_case_takes_it_from_them(stage: Scene) -> None:
    left_by_its_convenor(stage)
    accounts.add_officer(stage.premises, "new@office.example", "New Officer")
    assert (waiting(stage), left(stage)) == ([], [])


def test_a_board_chair_who_took_it_over_and_leaves_gives_it_to_the_next_or_to_nobody(stage: Scene) -> None:
    row = left_by_its_convenor(stage)
    chair = chair_of(stage)
    by = Visitor(Seat.CHAIR, staff_id=chair, name="Ruth")
    stage.act(row.reference, ChairDeclares(chair, conflict=False), by=by)
    assert (waiting(stage), left(stage)) == ([], [])
    accounts.end_officer(stage.premises, chair)
    assert left(stage) == [row.reference]
    with stage.premises.engine.connect() as conn:
        new = accounts.add_officer(stage.premises, "noor@office.example", "Noor", Seat.CHAIR).id
        assert [one.reference for one in conflicts.waiting_for(conn, new)] == [row.reference]
