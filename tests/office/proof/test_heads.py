"""A head covers what no earlier one does, whenever that was committed and whatever the clock said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from compact_cases.office.casework import reminders
from compact_cases.office.identity import new_id
from compact_cases.office.post import post_room
from compact_cases.office.proof import heads, signing, verification
from compact_cases.records import heads as records
from compact_cases.rules.heads import NOTHING_BEFORE, Head
from compact_cases.rules.merkle import root_of
from tests.office.proof.conftest import head_of
from tests.office.staging import Scene
from tests.sink import Sink


def entries(stage: Scene, number: int) -> list[tuple[str, str, int]]:
    """Kind, subject and position of what a head covers, editions left out."""
    with stage.premises.engine.connect() as conn:
        found = [one for _, one in records.entries(conn, number, 0, 10_000)]
    editions = ("code", "procedure", "calendar")
    return [(one.kind, one.subject, one.position) for one in found if one.kind not in editions]


def whole(stage: Scene) -> None:
    assert verification.verify(stage.premises).faults == ()


def test_the_first_covers_all_there_is_and_each_next_what_is_new(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    other = stage.raised()
    post_room.send_waiting(stage.premises)
    first = head_of(stage, "2026-03-02 18:00")
    position = stage.row(row.reference).position
    covered = entries(stage, 1)
    letters = stage.query("SELECT id FROM letters WHERE state = 'sent' AND case_id IS NOT NULL")
    assert letters
    assert {one for one in covered if one[0] == "case"} == {
        ("case", str(row.case_id), position),
        ("case", str(other.case_id), other.position),
    }
    assert {one[1] for one in covered if one[0] == "letter"} == {str(one) for (one,) in letters}  # type: ignore[misc, has-type]
    with stage.premises.engine.connect() as conn:
        kinds = records.count_by_kind(conn, 1)
        leaves = [one.leaf for _, one in records.entries(conn, 1, 0, 10_000)]
    assert {"code": 2, "procedure": 1, "calendar": 1}.items() <= kinds.items()
    assert (first.number, first.before, first.entries) == (1, NOTHING_BEFORE, len(leaves))
    assert first.root == root_of(leaves)

    assert head_of(stage, "2026-03-03 07:00").entries == 0  # a quiet day
    reminders.sweep(stage.at("2026-03-09 09:00").premises)
    post_room.send_waiting(stage.premises)
    third = head_of(stage, "2026-03-09 09:30")
    assert {one[0] for one in entries(stage, 3)} == {"ledger", "letter"}
    assert (third.number, third.before) == (3, head(stage, 2).digest)
    stage.at("2026-03-10 09:00").reply(stage.row(row.reference))
    head_of(stage, "2026-03-10 09:30", post=False)
    assert entries(stage, 4) == [("case", str(row.case_id), stage.row(row.reference).position)]
    whole(stage)


def head(stage: Scene, number: int) -> Head:
    with stage.premises.engine.connect() as conn:
        found = records.get(conn, number)
    assert found is not None
    return found


def test_there_is_one_a_day_and_a_day_without_one_is_a_gap(stage: Scene) -> None:
    head_of(stage, "2026-03-02 09:30")
    assert heads.keep_day(stage.at("2026-03-02 23:30").premises) is None
    assert head_of(stage, "2026-03-20 09:30").number == 2
    whole(stage)


def test_what_commits_late_stands_in_the_next(stage: Scene) -> None:
    """An older transaction number than that of rows which the head covers, and an older date too."""
    row = stage.raised()
    erased = new_id()
    erase = "INSERT INTO erasures VALUES (:id, 'on request', '2026-03-02 09:31+00')"
    with stage.premises.engine.connect() as slow:
        slow.execute(text(erase), {"id": erased})
        stage.accept(row.reference)
        head_of(stage, "2026-03-02 18:00", post=False)
        slow.commit()
    head_of(stage, "2026-03-03 18:00", post=False)
    assert ("erasure", str(erased), 0) not in entries(stage, 1)
    assert entries(stage, 2) == [("erasure", str(erased), 0)]
    whole(stage)


def test_two_that_make_it_at_once_make_one(stage: Scene) -> None:
    with stage.premises.engine.begin() as conn:
        records.one_at_a_time(conn)
        with stage.premises.engine.begin() as other:
            other.execute(text("SET LOCAL lock_timeout = '200ms'"))
            with pytest.raises(DBAPIError, match="lock timeout"):
                records.one_at_a_time(other)
    head_of(stage, "2026-03-02 18:00", post=False)
    assert heads.keep_day(stage.premises) is None


def test_a_clock_that_stood_wrong_makes_no_later_event_look_dated_back(stage: Scene) -> None:
    stage.raised()
    head_of(stage, "2026-03-02 18:00", post=False)
    head_of(stage, "2027-01-01 09:00", post=False)  # ten months ahead, for a while
    stage.at("2026-03-03 10:00").raised()
    whole(stage)
    head_of(stage, "2026-03-03 18:00", post=False)
    stage.at("2026-03-04 10:00").raised()
    head_of(stage, "2026-03-04 18:00", post=False)
    whole(stage)


@pytest.mark.parametrize("days", [1, 2])
def test_an_event_dated_more_than_a_day_before_the_head_before_its_own_is_named(
    stage: Scene, days: int
) -> None:
    """A transaction that began before a head may commit after it; a day is more than any of them lasts."""
    stage.raised()
    head_of(stage, "2026-03-09 18:00", post=False)
    stage.clock.move(stage.clock.now() - timedelta(days=days, hours=1))
    late = stage.raised()
    stage.at("2026-03-10 10:00")
    for number in (None, 2):  # before a head covers it, and after
        if number:
            head_of(stage, "2026-03-10 18:00", post=False)
        faults = verification.verify(stage.premises).faults
        assert {one.case for one in faults} == ({late.reference} if days > 1 else set())
        assert all("dated 7 March 2026" in one.sentence for one in faults)


def test_nothing_that_proves_can_be_changed(stage: Scene) -> None:
    stage.raised()
    head_of(stage, "2026-03-02 18:00", post=False)
    for sql in (
        "UPDATE heads SET day = day + 1",
        "DELETE FROM heads",
        "TRUNCATE heads",
        "UPDATE head_entries SET position = 9",
        "DELETE FROM head_entries",
        "TRUNCATE head_entries",
    ):
        with pytest.raises(DBAPIError, match="never changed"), stage.premises.engine.begin() as conn:
            conn.execute(text(sql))


def test_no_text_no_address_and_no_name_is_in_it(stage: Scene, smtp_sink: Sink) -> None:
    row = stage.raised()
    stage.accept(row.reference)
    post_room.send_waiting(stage.premises)
    head_of(stage, "2026-03-02 18:00")
    said = " ".join(str(one) for one in stage.query("SELECT e::text FROM head_entries e"))
    said += head(stage, 1).words
    for word in ("questionnaire", "sue", "elmfield", "champion", "@", "Barlow", "GC-2026"):
        assert word.casefold() not in said.casefold()


def test_what_is_forgotten_with_a_record_of_it_breaks_nothing(stage: Scene) -> None:
    stage.raised()
    post_room.send_waiting(stage.premises)
    head_of(stage, "2026-03-02 18:00", post=False)
    for table, key in (("statements", "id"), ("letter_texts", "letter_id")):
        with stage.premises.engine.begin() as conn:
            conn.execute(
                text(f"INSERT INTO erasures SELECT {key}, 'on request', :at FROM {table}"),
                {"at": stage.clock.now()},
            )
            conn.execute(text(f"DELETE FROM {table}"))
    whole(stage)
    head_of(stage, "2026-03-03 18:00", post=False)
    whole(stage)


# --- the key ----------------------------------------------------------------------------------------------


def with_secret(stage: Scene, secret: str, old: str | None = None) -> Scene:
    settings = replace(stage.premises.settings, secret_key=secret, old_secret_key=old)
    return replace(stage, premises=replace(stage.premises, settings=settings))


def test_a_new_key_comes_in_by_a_head_that_both_have_signed(stage: Scene) -> None:
    first = head_of(stage, "2026-03-02 18:00", post=False)
    old, new = stage.premises.settings.secret_key, "another secret of the same office, 2026"
    changed = with_secret(stage, new)
    assert (
        heads.keep_day(changed.at("2026-03-03 18:00").premises) is None
    )  # nobody could tell it from a stranger's
    [fault] = verification.verify(changed.premises).faults
    assert "secret key" in fault.sentence

    both = with_secret(stage, new, old)
    whole(both)
    second = head_of(both, "2026-03-03 18:00", post=False)
    assert second.key == signing.public_key(new) != first.key
    assert signing.is_signed(second, first.key, second.old_signature)
    whole(both)
    head_of(changed, "2026-03-04 18:00", post=False)  # from now on the new one is enough
    whole(changed)


def test_a_key_that_is_lost_is_replaced_and_named_for_ever(stage: Scene) -> None:
    head_of(stage, "2026-03-02 18:00", post=False)
    lost = with_secret(stage, "another secret of the same office, 2026", "lost")
    head_of(lost, "2026-03-03 18:00", post=False)
    head_of(lost, "2026-03-04 18:00", post=False)
    [fault] = verification.verify(lost.premises).faults
    assert fault.case == "Head 2 of 3 March 2026"
    assert fault.sentence == "It brings in a new key, and the one before has not signed that."


def test_a_command_that_was_not_told_the_secret_key_accuses_nobody(stage: Scene) -> None:
    head_of(with_secret(stage, "a secret of an office in production"), "2026-03-02 18:00", post=False)
    settings = replace(stage.premises.settings, environment="production")
    assert signing.known_keys(settings) is None
    assert verification.verify(replace(stage.premises, settings=settings)).faults == ()


def test_the_key_is_made_for_this_purpose_and_no_other(stage: Scene) -> None:
    keys = {signing.public_key(secret) for secret in ("one", "two", "one")}
    assert len(keys) == 2
    made = head_of(stage, "2026-03-02 18:00", post=False)
    assert signing.is_signed(made, signing.public_key(stage.premises.settings.secret_key), made.signature)
    assert not signing.is_signed(replace(made, day=date(2026, 3, 3)), made.key, made.signature)
