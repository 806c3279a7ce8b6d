"""What was lost beside the log is made again from it, field for field, and found again by a search."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

import pytest
from sqlalchemy import text

from compact_cases.clock import HandClock
from compact_cases.office.casework import integrity
from compact_cases.office.identity import new_id, statement
from compact_cases.office.premises import open_premises
from compact_cases.records import bodies, event_log
from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.event_log import Append, Signature
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.closing import Close, Merge, Unmerge
from compact_cases.rules.concern import CitedClause, Confidentiality, LinkRole, RespondentNamed
from compact_cases.rules.events import Event
from compact_cases.rules.events.closing import Unmerged
from compact_cases.rules.events.enquiry import ReplyReleased
from compact_cases.rules.intake import AnswerQuestion, AskForMore
from compact_cases.rules.particulars import Assign, CiteClause, MatchRespondent
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.builders import local, now, sealed
from tests.office.casework.ticking import tick
from tests.office.staging import RAISER, Scene, scene

TYPED = (RespondentNamed(name="Northvale shire hall"),)
Course = Callable[[Scene], CaseRow]


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


# --- courses of a case ------------------------------------------------------------------------------------


def just_raised(stage: Scene) -> CaseRow:
    return stage.raised(remedies=("apology",), tried="We rang twice.", channel="web")


def confidential(stage: Scene) -> CaseRow:
    row = stage.raised(confidentiality=Confidentiality.CONFIDENTIAL)
    assert row.raiser_shown != row.raiser_label
    return stage.at("2026-02-27 09:30").accept(row.reference).row


def anonymous(stage: Scene) -> CaseRow:
    return stage.raised(raiser=None, confidentiality=Confidentiality.ANONYMOUS)


def not_on_the_register(stage: Scene) -> CaseRow:
    return stage.raised(respondents=TYPED)


def matched_later(stage: Scene) -> CaseRow:
    row = stage.raised(respondents=TYPED)
    return stage.at("2026-02-24 09:30").act(row.reference, MatchRespondent(stage.council)).row


def matched_twice(stage: Scene) -> CaseRow:
    """The first look was at the wrong body; officers go on finding the case by its name."""
    wrong = Body(new_id(), "Little Rissing Town Council", BodyKind.PUBLIC_BODY)
    with stage.premises.engine.begin() as conn:
        bodies.add(conn, wrong, stage.clock.now())
    row = stage.raised(respondents=TYPED)
    stage.act(row.reference, MatchRespondent(wrong.id))
    return stage.act(row.reference, MatchRespondent(stage.council)).row


def another_body_than_was_chosen(stage: Scene) -> CaseRow:
    body = Body(new_id(), "Little Rissing Town Council", BodyKind.PUBLIC_BODY)
    with stage.premises.engine.begin() as conn:
        bodies.add(conn, body, stage.clock.now())
    row = stage.raised(respondents=(RespondentNamed(body.id),))
    return stage.act(row.reference, MatchRespondent(stage.council)).row


def one_of_two(stage: Scene) -> CaseRow:
    """The other case of the concern goes on as it is."""
    both = (RespondentNamed(stage.council), *TYPED)
    stage.raised(respondents=both)
    return stage.row("GC-2026-0002")


def with_a_code_that_is_not_held(stage: Scene) -> CaseRow:
    clauses = (CitedClause(clause="community-groups/5.3"), CitedClause(code="consultation", paragraph="3.1"))
    row = stage.raised(clauses=clauses)
    more = CiteClause("community-groups/5.4", "1", LinkRole.SUPPORTING, statement("It fits."))
    return stage.act(row.reference, more).row


def paused(stage: Scene) -> CaseRow:
    row = stage.raised()
    return stage.at("2026-02-25 10:00").act(row.reference, AskForMore(statement("Which one?"))).row


def resumed(stage: Scene) -> CaseRow:
    row = paused(stage)
    return stage.at("2026-02-27 10:00").act(row.reference, AnswerQuestion(statement("The bus."))).row


def handled(stage: Scene) -> CaseRow:
    row = stage.raised()
    assert stage.officer.staff_id
    return stage.act(row.reference, Assign(stage.officer.staff_id)).row


def chased(stage: Scene) -> CaseRow:
    """Reminded, nudged and escalated: the sweep has handled steps that no log knows of."""
    row = confidential(stage)
    for moment in ("2026-03-06 09:00", "2026-03-11 09:00", "2026-03-16 09:00", "2026-03-18 09:00"):
        tick(stage, moment)
    return stage.row(row.reference)


def without_a_reply(stage: Scene) -> CaseRow:
    """A step of the sweep has changed the case, and the next ones run from there."""
    row = chased(stage)
    tick(stage, "2026-03-20 09:00")
    tick(stage, "2026-03-30 09:00")
    return stage.row(row.reference)


def merged(stage: Scene) -> CaseRow:
    first = stage.raised()
    second = stage.raised(raiser=replace(RAISER, name="Quarry Road Parents", person="Tess Okoro"))
    assert stage.officer.staff_id
    why = statement("Another group told us of the same survey.")
    return stage.act(second.reference, Merge(stage.officer.staff_id, first.case_id, why)).row


def taken_in(stage: Scene) -> CaseRow:
    merged(stage)
    return stage.row("GC-2026-0001")


def told_apart_again(stage: Scene) -> CaseRow:
    row = merged(stage)
    return stage.at("2026-02-26 10:00").act(row.reference, Unmerge(statement("They differ after all."))).row


def closed(stage: Scene) -> CaseRow:
    row = matched_later(stage)
    stage.at("2026-03-02 09:30").accept(row.reference)
    tick(stage, "2026-03-09 09:00")
    stage.at("2026-03-12 11:00").reply(row)
    stage.at("2026-03-13 10:00").release(row.reference)
    stage.at("2026-03-16 19:00").decide(row)
    ending = Close("resolved early", statement("Two weeks more."))
    return stage.at("2026-03-18 12:00").act(row.reference, ending).row


COURSES: tuple[Course, ...] = (
    *(just_raised, confidential, anonymous, not_on_the_register, matched_later, matched_twice, one_of_two),
    *(another_body_than_was_chosen, with_a_code_that_is_not_held, paused, resumed, handled, chased),
    *(without_a_reply, merged, taken_in, told_apart_again, closed),
)


# --- what is kept beside the log --------------------------------------------------------------------------


def everything_beside_the_log(stage: Scene) -> dict[str, list[Any]]:
    return {
        "case_words": list(stage.query("SELECT case_id, is_open, words FROM case_words ORDER BY case_id")),
        "obligations": list(stage.query("SELECT * FROM obligations ORDER BY case_id, name, item, cycle")),
        "case_summaries": list(stage.query("SELECT * FROM case_summaries ORDER BY case_id")),
    }


def lose(stage: Scene, row: CaseRow, *tables: str) -> None:
    with stage.premises.engine.begin() as conn:
        for table in tables:
            conn.execute(text(f"DELETE FROM {table} WHERE case_id = :case"), {"case": row.case_id})


def found(stage: Scene, row: CaseRow, words: str) -> bool:
    """Whether an officer's search finds the case where it belongs."""
    filters = Filters(words=words, closed=row.closed_at is not None)
    with stage.premises.engine.connect() as conn:
        listed = case_list.rows(conn, filters, stage.officer.staff_id, stage.clock.today())
    return row.reference in {one.reference for one in listed}


LOSSES = (
    ("case_summaries", "case_words"),
    ("case_summaries",),
    ("case_words",),
    ("obligations",),
    ("case_summaries", "case_words", "obligations"),
)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.__name__)
def test_what_was_lost_is_made_again_as_it_was(stage: Scene, course: Course) -> None:
    row = course(stage)
    assert integrity.rebuild(stage.premises, check=True).faults == ()
    before = everything_beside_the_log(stage)
    for lost in LOSSES:
        lose(stage, row, *lost)
        harmed = everything_beside_the_log(stage)
        named = integrity.rebuild(stage.premises, check=True).faults
        assert {one.case for one in named} == {row.reference}, lost
        assert everything_beside_the_log(stage) == harmed, lost
        integrity.rebuild(stage.premises)
        again = stage.row(row.reference)
        differs = [one.name for one in fields(CaseRow) if getattr(again, one.name) != getattr(row, one.name)]
        assert differs == [], lost
        assert everything_beside_the_log(stage) == before, lost
    assert integrity.rebuild(stage.premises, check=True).faults == ()
    assert integrity.verify(stage.premises).faults == ()


@pytest.mark.parametrize(
    ("course", "words"),
    [
        (just_raised, ["elmfield", "northvale county", "questionnaire thursday"]),
        (confidential, ["elmfield", "northvale county"]),
        (anonymous, ["northvale county", "questionnaire"]),
        (not_on_the_register, ["shire hall"]),
        (matched_later, ["shire hall", "northvale county council"]),
        (matched_twice, ["shire hall", "little rissing", "northvale county council"]),
        (merged, ["quarry road"]),
        (closed, ["shire hall", "northvale county council", "elmfield"]),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_search_finds_it_again(stage: Scene, course: Course, words: list[str]) -> None:
    row = course(stage)
    asked = [row.reference, *words]
    assert [found(stage, row, one) for one in asked] == [True] * len(asked)
    lose(stage, row, "case_summaries", "case_words")
    assert not any(found(stage, row, one) for one in asked)
    integrity.rebuild(stage.premises)
    assert [found(stage, row, one) for one in asked] == [True] * len(asked)


@pytest.mark.parametrize("lost", ["obligations", "case_summaries"])
@pytest.mark.parametrize(
    ("course", "later"), [(chased, "2026-03-18 12:00"), (without_a_reply, "2026-03-30 12:00")]
)
def test_after_a_rebuild_the_sweep_tells_nobody_twice(
    stage: Scene, lost: str, course: Course, later: str
) -> None:
    row = course(stage)
    before = stage.query("SELECT count(*) FROM letters"), stage.query("SELECT count(*) FROM ledger")
    lose(stage, row, lost)
    integrity.rebuild(stage.premises)
    swept = tick(stage, later)
    assert (swept.reminders, swept.escalations, swept.effects) == (0, 0, 0)
    assert (stage.query("SELECT count(*) FROM letters"), stage.query("SELECT count(*) FROM ledger")) == before


def test_how_far_the_sweep_has_come_is_held_to_the_ledger(stage: Scene) -> None:
    row = chased(stage)
    before = everything_beside_the_log(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(text("UPDATE obligations SET handled_to = NULL WHERE name = 'reply'"))
    (fault,) = integrity.rebuild(stage.premises, check=True).faults
    assert (fault.case, "ledger" in fault.sentence) == (row.reference, True)
    integrity.rebuild(stage.premises)
    assert everything_beside_the_log(stage) == before


def test_an_obligation_that_no_log_knows_is_named_and_taken_out(stage: Scene) -> None:
    row = just_raised(stage)
    before = everything_beside_the_log(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(
            text(
                "INSERT INTO obligations (case_id, name, item, cycle, owner, owed_to, opened_at, started_on,"
                " limit_days, due) SELECT case_id, 'reply', '', 1, 'respondent/champion', 'raiser/named',"
                " opened_at, started_on, limit_days, due FROM obligations"
            )
        )
    (fault,) = integrity.rebuild(stage.premises, check=True).faults
    assert (fault.case, "reply" in fault.sentence) == (row.reference, True)
    integrity.rebuild(stage.premises)
    assert everything_beside_the_log(stage) == before


def test_a_text_that_was_erased_is_not_searched_for_again(stage: Scene) -> None:
    row = just_raised(stage)
    with stage.premises.engine.begin() as conn:
        conn.execute(
            text("INSERT INTO erasures SELECT id, 'on request', at FROM statements WHERE kind = 'account'")
        )
        conn.execute(text("DELETE FROM statements WHERE kind = 'account'"))
    lose(stage, row, "case_summaries", "case_words")
    integrity.rebuild(stage.premises)
    assert found(stage, row, "elmfield")
    assert not found(stage, row, "questionnaire")


def written_by_hand(stage: Scene, row: CaseRow, event: Event) -> None:
    """No act leads here: the log goes on with an event of our own making, with a chain that holds."""
    editions = (row.procedure_edition, row.calendar_edition)
    signature = Signature(Seat.SYSTEM.value, None, None, new_id(), stage.clock.now(), *editions)
    with stage.premises.engine.begin() as conn:
        event_log.append_many(conn, [Append(row.case_id, row.position, row.head, [event], signature)])


def test_a_log_that_owes_twice_is_named_and_keeps_no_other_from_being_mended(stage: Scene) -> None:
    first, second = stage.raised(), stage.raised()
    written_by_hand(stage, first, Unmerged(second.case_id, sealed(), now("2026-02-24 10:00").term("answer")))
    lose(stage, second, "obligations")
    before = stage.row(first.reference)
    for check in (True, False):
        found = {one.case: one.sentence for one in integrity.rebuild(stage.premises, check=check).faults}
        assert found.keys() == {first.reference, second.reference}
        assert found[first.reference] == "This log cannot be folded: acknowledge is owed twice."
    assert stage.row(first.reference) == before
    (left,) = integrity.rebuild(stage.premises, check=True).faults
    assert left.case == first.reference


def test_a_name_in_a_log_that_this_version_does_not_know_stops_no_other_case(stage: Scene) -> None:
    first, second = stage.raised(), stage.raised()
    with stage.premises.engine.begin() as conn:
        conn.execute(text("ALTER TABLE case_events DISABLE TRIGGER ALL"))
        unknown = "UPDATE case_events SET name = 'sung' WHERE case_id = :case AND position = 2"
        conn.execute(text(unknown), {"case": first.case_id})
    lose(stage, second, "obligations", "case_summaries")
    found = {one.case: one.sentence for one in integrity.rebuild(stage.premises).faults}
    assert "'sung'" in found[first.reference]
    assert stage.row(second.reference) == second


def test_a_case_that_would_owe_twice_is_set_aside_by_the_sweep_and_the_others_go_on(stage: Scene) -> None:
    first, second = (stage.raised() for _ in range(2))
    for one in (first, second):
        stage.at("2026-02-27 09:30").accept(one.reference)
    released = ReplyReleased(0, None, now("2026-03-02 10:00").term("decide"))
    written_by_hand(stage, stage.row(first.reference), released)  # so the raiser decides beside the reply
    integrity.rebuild(stage.premises)
    swept = tick(stage, "2026-03-23 09:00")
    assert swept.skipped["could not be carried out"] == 1
    assert stage.row(second.reference).stage == "raiser-decides"
    assert stage.query("SELECT kind FROM tasks WHERE case_id = :c AND kind = 'stuck'", c=first.case_id)
    assert tick(stage, "2026-03-23 09:05").cases == 0  # looked at again in an hour, and not before
