"""Heads leave the house: each day to the archive, each month to the chair; one that fails goes again."""

from dataclasses import replace

import pytest

from compact_cases.office.post import post_room
from compact_cases.office.proof import heads, standing
from compact_cases.records import heads as records
from compact_cases.settings import Office
from tests.office.proof.conftest import ARCHIVE, head_of, received
from tests.office.staging import Scene
from tests.sink import Sink

CHAIR = "ruth@office.example"


def not_out(stage: Scene) -> list[int]:
    with stage.premises.engine.connect() as conn:
        return records.not_out(conn, records.ARCHIVE)


def test_each_day_s_head_goes_to_the_archive_as_it_is(stage: Scene, smtp_sink: Sink) -> None:
    made = [head_of(stage, f"2026-03-0{day} 18:00") for day in (2, 3, 4)]
    assert received(smtp_sink) == made
    assert not_out(stage) == []
    [first, *_] = smtp_sink.to(ARCHIVE)
    assert first.subject == "The day's proof of the record, head 1 of Monday 2 March 2026"
    assert (first.body("plain") or "").startswith("Hello,\r\n\r\nPlease keep this letter")


def test_a_letter_that_failed_is_sent_again_and_till_then_its_head_has_not_gone(
    stage: Scene, smtp_sink: Sink
) -> None:
    smtp_sink.answers[ARCHIVE] = "550 5.1.1 No such user"
    made = [head_of(stage, f"2026-03-0{day} 18:00") for day in (2, 3)]
    for hour in (19, 20, 21):  # not again and again on one day
        heads.keep_day(stage.at(f"2026-03-03 {hour}:00").premises)
        post_room.send_waiting(stage.premises)
    assert not_out(stage) == [1, 2]
    assert stage.query("SELECT state FROM letters WHERE person_kind = 'archive'") == [("failed",)] * 2
    tasks = stage.query("SELECT sentence FROM tasks WHERE kind = 'undeliverable' ORDER BY opened_at")
    assert ("A letter to the archive could not be delivered.",) in tasks
    assert received(smtp_sink) == []

    del smtp_sink.answers[ARCHIVE]
    made.append(head_of(stage, "2026-03-04 18:00"))
    assert received(smtp_sink) == made
    assert not_out(stage) == []


def test_while_the_server_is_away_a_head_waits_in_its_letter(stage: Scene, smtp_sink: Sink) -> None:
    smtp_sink.answers["RCPT"] = "451 4.7.1 Try later"
    made = [head_of(stage, f"2026-03-0{day} 18:00") for day in (2, 3)]
    assert not_out(stage) == [1, 2]
    smtp_sink.answers.clear()
    post_room.send_waiting(stage.at("2026-03-03 20:00").premises)
    assert sorted(received(smtp_sink), key=lambda one: one.number) == made


def test_the_chair_has_one_a_month(stage: Scene, smtp_sink: Sink) -> None:
    days = ("2026-03-02", "2026-03-03", "2026-03-31", "2026-04-01", "2026-04-02")
    made = [head_of(stage, f"{day} 18:00") for day in days]
    assert received(smtp_sink, CHAIR) == [made[0], made[3]]
    assert (smtp_sink.to(CHAIR)[0].body("plain") or "").startswith("Dear Ruth,")


def test_what_was_only_counted_as_sent_has_not_gone(stage: Scene) -> None:
    from compact_cases.office.post import outbox

    head_of(stage, "2026-03-02 18:00", post=False)
    assert outbox.count_as_sent(stage.premises, stage.at("2026-03-03 09:00").clock.now())
    assert not_out(stage) == [1]


def test_without_an_archive_heads_are_made_and_stay_in_the_house(stage: Scene, smtp_sink: Sink) -> None:
    settings = replace(stage.premises.settings, office=Office(window_every_day=True))
    alone = replace(stage, premises=replace(stage.premises, settings=settings))
    head_of(alone, "2026-03-02 18:00")
    assert received(smtp_sink) == []
    [advice] = [one.advice for one in standing.of(alone.premises) if one.subject == "Archive"]
    assert "archive" in advice
    assert "taken out" in advice


@pytest.mark.parametrize(
    ("moment", "words"), [("2026-03-04 12:00", ""), ("2026-03-06 12:00", "heads 1 to 2 have not gone out")]
)
def test_the_doctor_says_when_none_has_gone_for_days(
    stage: Scene, smtp_sink: Sink, moment: str, words: str
) -> None:
    smtp_sink.answers[ARCHIVE] = "550 5.1.1 No such user"
    for day in ("2026-03-02", "2026-03-03"):
        head_of(stage, f"{day} 18:00")
    found = standing.of(stage.at(moment).premises)
    assert words in " ".join(f"{one.state} {one.advice}" for one in found)
    assert any(one.advice for one in found if one.subject == "Heads") is bool(words)
