"""Two concerns about the same matter on real PostgreSQL: merged, and told apart again."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from compact_cases.clock import HandClock
from compact_cases.office.casework import integrity
from compact_cases.office.identity import statement
from compact_cases.office.premises import open_premises
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.closing import Close, Merge, Unmerge, Withdraw
from compact_cases.rules.concern import RespondentNamed
from compact_cases.rules.intake import Decline
from compact_cases.rules.refusals import NotAllowed, NotFound, OutOfDate, Refused
from compact_cases.settings import Settings
from tests.builders import local
from tests.office.staging import RAISER, Scene, scene

SECOND_RAISER = replace(RAISER, name="Quarry Road Parents", person="Tess Okoro", email="tess@quarry.example")


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=6, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


@pytest.fixture
def pair(stage: Scene) -> tuple[CaseRow, CaseRow]:
    """The case that goes on, and a second group's concern about the same survey."""
    first = stage.raised()
    return first, stage.raised(raiser=SECOND_RAISER)


def merged(stage: Scene, second: CaseRow, first: CaseRow, seen: int | None = None) -> CaseRow:
    officer = stage.officer.staff_id
    assert officer is not None
    explanation = statement("Another group told us of the same survey.")
    return stage.act(second.reference, Merge(officer, first.case_id, explanation), seen=seen).row


def unmerged(stage: Scene, second: CaseRow) -> CaseRow:
    return stage.act(second.reference, Unmerge(statement("They differ after all."))).row


def letters_of(stage: Scene, row: CaseRow) -> list[tuple[str, str]]:
    sql = "SELECT notice, seat FROM letters WHERE case_id = :case ORDER BY queued_at, notice"
    return [(one[0], one[1]) for one in stage.query(sql, case=row.case_id)]  # type: ignore[index]


def test_both_logs_hold_their_half_and_the_whole_house_is_sound(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    first, second = pair
    after = merged(stage, second, first)
    assert (after.stage, after.outcome, after.next_name, after.next_tick) == ("closed", "merged", None, None)
    names = "SELECT name FROM case_events WHERE case_id = :case ORDER BY position DESC LIMIT 1"
    assert stage.query(names, case=first.case_id) == [("took-in",)]
    assert stage.query(names, case=second.case_id) == [("closed",)]
    assert ("merged", "raiser/named") in letters_of(stage, second)
    assert ("merged", "raiser/named") not in letters_of(stage, first)
    assert integrity.verify(stage.premises).faults == ()
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_the_case_that_goes_on_tells_the_merged_concern_how_it_ended(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    first, second = pair
    merged(stage, second, first)
    stage.at("2026-03-02 09:30").accept(first.reference)
    stage.at("2026-03-12 11:00").reply(first)
    stage.at("2026-03-13 10:00").release(first.reference)
    stage.at("2026-03-16 12:00").decide(first)
    stage.at("2026-03-18 12:00").act(first.reference, Close("resolved early", statement("Two weeks more.")))
    assert [one[0] for one in letters_of(stage, second)] == [
        "merged",
        "new-concern",
        "new-concern",
        "receipt",
        "merged-ended",
    ]
    assert stage.query("SELECT 1 FROM tasks WHERE kind = 'merged'") == []


def test_a_withdrawal_elsewhere_leaves_the_merged_concern_to_a_person(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    first, second = pair
    merged(stage, second, first)
    stage.act(first.reference, Withdraw(sure=True), stage.raiser_of(first))
    assert ("merged-ended", "raiser/named") in letters_of(stage, second)
    (task,) = stage.query("SELECT sentence || ' ' || case_id FROM tasks WHERE kind = 'merged'")
    said = task[0]  # type: ignore[index]
    assert all(word in said for word in (first.reference, second.reference, str(second.case_id)))
    again = unmerged(stage.at("2026-03-09 10:00"), second)
    assert (again.stage, again.next_name, str(again.next_due)) == ("received", "acknowledge", "2026-03-16")
    assert letters_of(stage, second)[-1] == ("unmerged", "raiser/named")
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_a_merged_raiser_withdraws_and_nobody_else_is_told(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    first, second = pair
    merged(stage, second, first)
    before = letters_of(stage, first)
    done = stage.act(second.reference, Withdraw(sure=True), stage.raiser_of(second))
    assert (done.row.stage, done.row.outcome) == ("closed", "withdrawn")
    last = (
        "SELECT name, actor_kind, actor FROM case_events WHERE case_id = :case ORDER BY position DESC LIMIT 1"
    )
    # the other log tells neither who nor what: an officer reads it on this case
    assert stage.query(last, case=first.case_id) == [("gave-back", "none/system", None)]
    assert letters_of(stage, first) == before
    told = sorted(one for one in letters_of(stage, second) if one[0] == "withdrawn")
    assert told == [("withdrawn", "office/officer")]  # whoever withdrew knows it
    stage.act(first.reference, Withdraw(sure=True), stage.raiser_of(first))
    assert ("merged-ended", "raiser/named") not in letters_of(stage, second)
    assert integrity.verify(stage.premises).faults == ()
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_an_officer_writes_down_the_withdrawal_of_a_merged_raiser(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    first, second = pair
    merged(stage, second, first)
    stage.act(second.reference, Withdraw(sure=True))
    last = "SELECT name, actor_kind FROM case_events WHERE case_id = :case ORDER BY position DESC LIMIT 1"
    assert stage.query(last, case=first.case_id) == [("gave-back", "office/officer")]
    assert stage.row(second.reference).outcome == "withdrawn"


def test_a_withdrawal_that_is_refused_gives_nothing_back(stage: Scene, pair: tuple[CaseRow, CaseRow]) -> None:
    first, second = pair
    merged(stage, second, first)
    with pytest.raises(Refused, match="confirm"):
        stage.act(second.reference, Withdraw(sure=False), stage.raiser_of(second))
    with pytest.raises(NotFound):
        stage.act(second.reference, Withdraw(sure=True), stage.raiser_of(first))
    assert stage.row(second.reference).outcome == "merged"
    last = "SELECT name FROM case_events WHERE case_id = :case ORDER BY position DESC LIMIT 1"
    assert stage.query(last, case=first.case_id) == [("took-in",)]


def test_a_decline_of_the_case_that_goes_on_is_a_task_for_each_merged_concern(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    first, second = pair
    merged(stage, second, first)
    officer = stage.officer.staff_id
    assert officer is not None
    stage.act(first.reference, Decline(officer, "not a partner", statement("It never signed.")))
    (task,) = stage.query("SELECT sentence FROM tasks WHERE kind = 'merged'")
    assert "ended as “not accepted”" in task[0]  # type: ignore[index]
    assert ("merged-ended", "raiser/named") in letters_of(stage, second)
    assert ("declined", "raiser/named") not in letters_of(stage, second)


def test_an_undone_merge_goes_on_by_itself_and_can_be_merged_again(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    first, second = pair
    merged(stage, second, first)
    unmerged(stage, second)
    merged(stage, second, first)
    unmerged(stage, second)
    accepted = stage.accept(second.reference).row
    assert (accepted.stage, accepted.had_notice) == ("early-resolution", True)
    assert integrity.verify(stage.premises).faults == ()
    assert integrity.rebuild(stage.premises, check=True).faults == ()


def test_what_is_refused_changes_neither_case(stage: Scene, pair: tuple[CaseRow, CaseRow]) -> None:
    first, second = pair
    other_body = stage.raised(respondents=(RespondentNamed(name="A town council", sector="public-sector"),))
    events = "SELECT count(*) FROM case_events"
    before = stage.query(events), stage.query("SELECT count(*) FROM letters")
    with pytest.raises(Refused, match="into itself"):
        merged(stage, second, second)
    with pytest.raises(Refused, match="another body"):
        merged(stage, second, other_body)
    with pytest.raises(OutOfDate):
        merged(stage, second, first, seen=1)
    with pytest.raises(Refused, match="not merged"):
        unmerged(stage, second)
    explanation = statement("I would like this.")
    with pytest.raises(NotAllowed):
        stage.act(second.reference, Merge(stage.council, first.case_id, explanation), stage.raiser_of(second))
    with pytest.raises(NotFound):
        stage.act(
            second.reference, Merge(stage.council, stage.council, explanation), stage.champion_of(first)
        )
    assert (stage.query(events), stage.query("SELECT count(*) FROM letters")) == before


def test_two_merges_across_each_other_neither_block_nor_both_succeed(
    stage: Scene, pair: tuple[CaseRow, CaseRow]
) -> None:
    """Both rows are taken in id order; a deadlock would end one of them with an error of PostgreSQL."""
    first, second = pair
    together, ends = threading.Barrier(2), []

    def one(from_: CaseRow, into: CaseRow) -> None:
        together.wait()
        try:
            merged(stage, from_, into)
            ends.append("merged")
        except Refused:
            ends.append("refused")

    threads = [threading.Thread(target=one, args=both) for both in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(ends) == ["merged", "refused"]
    assert integrity.rebuild(stage.premises, check=True).faults == ()
