"""Letters for whoever has no e-mail: named in human words, posted once, and over when their matter is."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from compact_cases.office import attention
from compact_cases.office.identity import new_id, statement
from compact_cases.records import letters, people, tasks
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.letters import LetterRow
from compact_cases.records.tasks import Task
from compact_cases.rules.acts import NOTICES
from compact_cases.rules.closing import Close, Withdraw
from compact_cases.rules.intake import AnswerQuestion, AskForMore
from compact_cases.rules.notices import in_words
from tests.office.casework.ticking import no_faults, tick
from tests.office.staging import RAISER, Scene

POST = "The Old Forge\n4 Elm Road\nStroud"
BY_POST, BY_PHONE = replace(RAISER, email="", post=POST), replace(RAISER, email="", phone="01453 555 019")


@pytest.fixture
def row(stage: Scene) -> CaseRow:
    """Raised by a group without e-mail, on Monday 23 February 2026."""
    return stage.raised(raiser=BY_POST)


def letter(stage: Scene, row: CaseRow, notice: str) -> LetterRow:
    with stage.premises.engine.connect() as conn:
        return [one for one in letters.of_case(conn, row.case_id) if one.notice == notice][-1]


def task_of(stage: Scene, row: CaseRow, notice: str) -> Task:
    subject = letter(stage, row, notice).id
    with stage.premises.engine.connect() as conn:
        [found] = [one for one in tasks.of_case(conn, row.case_id) if one.subject_id == subject]
    return found


def waiting(stage: Scene, row: CaseRow) -> list[str]:
    with stage.premises.engine.connect() as conn:
        return [one.sentence for one in tasks.of_case(conn, row.case_id) if one.done_at is None]


def states(stage: Scene, row: CaseRow) -> dict[str, str]:
    with stage.premises.engine.connect() as conn:
        return {one.notice: one.state for one in letters.of_case(conn, row.case_id) if one.seat[0] == "r"}


def to_the_champion_by_phone(stage: Scene) -> None:
    at: datetime = stage.clock.now()
    with stage.premises.engine.begin() as conn:
        for point in people.points_of(conn, [stage.champion])[stage.champion]:
            people.refuse(conn, point.id, "gone", at)
        people.add_contact_point(conn, new_id(), stage.champion, "phone", "01452 555 123", at)


@pytest.mark.parametrize("notice", NOTICES)
def test_every_letter_has_words_that_people_use(notice: str) -> None:
    words = in_words(notice)
    assert words != notice.replace("-", " ") or notice in ("last-letter", "reminder")
    assert "-" not in words.replace("no-one", "")


def test_the_task_names_the_letter_in_human_words(stage: Scene, row: CaseRow) -> None:
    assert waiting(stage, row) == [
        f"Post the letter “we have your concern” to the raiser in {row.reference}."
    ]
    rung = stage.raised(raiser=BY_PHONE)
    assert waiting(stage, rung) == [f"Ring the raiser in {rung.reference} about “we have your concern”."]


@pytest.mark.parametrize(("raiser", "state"), [(BY_POST, "posted"), (BY_PHONE, "rung")])
def test_done_is_the_posting_and_keeps_what_was_posted(stage: Scene, raiser: Any, state: str) -> None:
    row = stage.raised(raiser=raiser)
    task = task_of(stage, row, "receipt")
    stage.at("2026-02-24 11:00")
    assert attention.task_done(stage.premises, task.id, stage.officer)
    assert not attention.task_done(stage.premises, task.id, stage.second)
    posted = letter(stage, row, "receipt")
    assert (posted.state, posted.sent_at) == (state, stage.clock.now())
    with stage.premises.engine.connect() as conn:
        kept = letters.text_of(conn, posted.id)
    assert kept is not None
    assert kept.address == (POST if state == "posted" else "01453 555 019")
    assert kept.subject == f"{row.reference}: we have your concern"
    assert "Monday 2 March 2026 (in 4 working days)" in " ".join(kept.text.split())
    assert "/return" in kept.text
    assert "/links/" not in kept.text
    assert waiting(stage, row) == []
    stage.accept(row.reference)  # what is posted is posted
    assert letter(stage, row, "receipt").state == state


def test_a_letter_is_over_when_what_it_speaks_of_is_done(stage: Scene, row: CaseRow) -> None:
    receipt = task_of(stage, row, "receipt")
    stage.at("2026-03-02 09:30").accept(row.reference)
    assert states(stage, row)["receipt"] == "withdrawn"
    with stage.premises.engine.connect() as conn:
        [over] = [one for one in tasks.of_case(conn, row.case_id) if one.id == receipt.id]
    assert (over.done_at, over.done_by) == (stage.clock.now(), None)
    assert len(waiting(stage, row)) == 1  # that it goes on
    stage.at("2026-03-10 09:30").reply(row)
    assert waiting(stage, row) == []
    stage.at("2026-03-11 09:30").release(row.reference)
    [task] = waiting(stage, row)
    assert "“a reply to read”" in task
    stage.at("2026-03-12 09:30").decide(row, "settled")
    assert states(stage, row)["reply-released"] == "withdrawn"
    no_faults(stage)


def test_closing_ends_every_letter_but_those_that_tell_of_it(stage: Scene, row: CaseRow) -> None:
    stage.at("2026-03-02 09:30").accept(row.reference)
    stage.at("2026-03-10 09:30").reply(row)
    stage.at("2026-03-11 09:30").release(row.reference)
    stage.at("2026-03-12 09:30").decide(row, "settled")
    stage.at("2026-03-13 09:30").act(row.reference, Close("resolved early", statement("They run it again.")))
    assert [one for one in waiting(stage, row) if "Post" in one] == [
        f"Post the letter “the case is closed” to the raiser in {row.reference}."
    ]
    early = stage.raised(raiser=BY_POST)
    stage.act(early.reference, Withdraw(sure=True))
    assert waiting(stage, early) == [
        f"Post the letter “the concern is withdrawn” to the raiser in {early.reference}."
    ]


def test_a_question_is_over_when_it_is_answered_and_not_when_its_time_ran_out(
    stage: Scene, row: CaseRow
) -> None:
    stage.at("2026-02-24 09:30").act(row.reference, AskForMore(statement("On which day?")))
    tick(stage, "2026-03-11 09:30")  # the pause has ended; an answer is still taken
    assert any("“a question”" in one for one in waiting(stage, row))
    stage.act(row.reference, AnswerQuestion(statement("On the ninth.")))
    assert not any("“a question”" in one for one in waiting(stage, row))


def test_whoever_was_not_told_of_a_concern_is_still_to_be_told_after_no_reply(stage: Scene) -> None:
    to_the_champion_by_phone(stage)
    row = stage.raised()
    stage.at("2026-03-02 09:30").accept(row.reference)
    ring = f"Ring the champion in {row.reference} about “a concern, and a reply is asked for”."
    assert waiting(stage, row) == [ring]
    tick(stage, "2026-03-09 09:30")
    assert len(waiting(stage, row)) == 2  # and a reminder
    tick(stage, "2026-03-23 09:30")  # no reply is recorded
    left = waiting(stage, row)
    assert ring in left
    assert not any("reminder" in one or "date has passed" in one for one in left)
    stage.reply(row)
    assert ring not in waiting(stage, row)
    no_faults(stage)


def test_nobody_is_rung_about_a_decision_that_has_been_made(stage: Scene) -> None:
    row = stage.raised(raiser=replace(RAISER, phone="01453 555 019"))
    stage.at("2026-03-02 09:30").accept(row.reference)
    stage.at("2026-03-03 09:30").reply(row)
    stage.at("2026-03-04 09:30").release(row.reference)
    for day in range(5, 32):
        tick(stage, f"2026-03-{day:02} 09:30")
    tick(stage, "2026-04-02 09:30")
    assert any(one.startswith(f"Ring the raiser in {row.reference}") for one in waiting(stage, row))
    stage.decide(row, "settled")
    assert not any(one.startswith("Ring") for one in waiting(stage, row))


def test_a_newer_reminder_takes_the_place_of_one_that_nobody_has_posted(stage: Scene, row: CaseRow) -> None:
    stage.at("2026-02-24 09:30").accept(row.reference)
    stage.at("2026-02-25 09:30").reply(row)
    stage.at("2026-02-26 09:30").release(row.reference)
    attention.task_done(stage.premises, task_of(stage, row, "reply-released").id, stage.officer)
    for moment in ("2026-03-09 09:30", "2026-03-12 09:30", "2026-03-16 09:30"):  # the last is the due day
        tick(stage, moment)
        assert sum("“a reminder”" in one for one in waiting(stage, row)) == 1
    tick(stage, "2026-03-30 09:30")
    left = waiting(stage, row)
    assert f"Post the letter “our last letter” to the raiser in {row.reference}." in left
    assert not any("“a reminder”" in one for one in left)
    no_faults(stage)
