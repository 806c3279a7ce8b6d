"""The key of a mediation room: none of its words stand in clear, and without its salt nothing opens them."""

from dataclasses import replace
from datetime import date

from compact_cases.office.identity import new_id
from compact_cases.office.room import locks
from compact_cases.records import rooms
from compact_cases.records.rooms import RoomRow
from compact_cases.rules.room import DRAFT, MEDIATOR, MESSAGE, Draft, DraftTerm, Entry
from tests.builders import local
from tests.office.staging import Scene

AT = local("2026-03-09 10:05")
TERM = DraftTerm("respondent", "Marigold is painted again.", date(2026, 5, 4), "Both sides look at it.")


def entry(place: int, words: str = "", draft: Draft | None = None) -> Entry:
    return Entry(place, DRAFT if draft else MESSAGE, "raiser", MEDIATOR, new_id(), AT, words, draft)


def kept(stage: Scene, *entries: Entry) -> RoomRow:
    room = RoomRow(new_id(), new_id(), 1, locks.new_salt())
    with stage.premises.engine.begin() as conn:
        rooms.add(conn, room)
        for one in entries:
            rooms.add_entry(conn, room.id, one.place, locks.kept(stage.premises, room, one))
    return room


def read(stage: Scene, room: RoomRow) -> tuple[Entry, ...]:
    with stage.premises.engine.connect() as conn:
        return locks.entries_of(stage.premises, conn, room)


def test_what_was_put_in_comes_out_again(stage: Scene) -> None:
    entries = (entry(1, "Zebra crossing – ‘yes’\nor no"), entry(2, draft=Draft((TERM,), settles=False)))
    assert read(stage, kept(stage, *entries)) == entries


def test_a_row_says_neither_words_nor_writer_nor_reader_nor_when(stage: Scene) -> None:
    kept(stage, entry(1, "zebra"), entry(2, draft=Draft((TERM,), settles=True)))
    rows = stage.query("SELECT convert_from(kept, 'utf-8') FROM room_entries")
    for word in ("zebra", "Marigold", "raiser", MEDIATOR, "respondent", "2026"):
        assert word not in repr(rows)


def test_a_short_word_and_a_long_one_are_kept_alike(stage: Scene) -> None:
    room = kept(stage, entry(1, "No."), entry(2, "We might, if they too, and not before the summer is over."))
    assert room is not None
    assert len(stage.query("SELECT DISTINCT length(kept) FROM room_entries")) == 1


def test_with_another_salt_room_or_place_nothing_is_read(stage: Scene) -> None:
    room = kept(stage, entry(1, "zebra"), entry(2, "yak"))
    assert read(stage, replace(room, salt=locks.new_salt())) == ()
    with stage.premises.engine.begin() as conn:  # somebody puts one row in the place of another
        (_, first), _ = rooms.entries(conn, room.id)
        other = RoomRow(new_id(), new_id(), 1, room.salt)
        rooms.add(conn, other)
        rooms.add_entry(conn, other.id, 1, first)
        rooms.add_entry(conn, room.id, 3, first)
    assert read(stage, other) == ()
    assert [one.words for one in read(stage, room)] == ["zebra", "yak"]


def test_with_another_secret_key_nothing_is_read_and_nothing_breaks(stage: Scene) -> None:
    room = kept(stage, entry(1, "zebra"))
    other = replace(stage.premises, settings=replace(stage.premises.settings, secret_key="x" * 40))
    with stage.premises.engine.connect() as conn:
        assert locks.entries_of(other, conn, room) == ()


def test_a_room_goes_on_its_day_with_all_that_was_in_it(stage: Scene) -> None:
    room, stays = kept(stage, entry(1, "zebra")), kept(stage, entry(1, "yak"))
    with stage.premises.engine.begin() as conn:
        rooms.visited(conn, room.id, new_id(), 1)
        rooms.goes_on(conn, room.id, date(2026, 4, 9))
        assert rooms.remove_gone(conn, date(2026, 4, 8)) == 0
        assert rooms.remove_gone(conn, date(2026, 4, 9)) == 1
        assert [one.id for one in rooms.every(conn)] == [stays.id]
    assert stage.query("SELECT DISTINCT room_id FROM room_entries") == [(stays.id,)]
    assert stage.query("SELECT count(*) FROM room_visits") == [(0,)]
