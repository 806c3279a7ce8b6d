"""Other words where somebody may not read change no byte of what a panel and a mediator are given.

The case has been mediated and is before a panel, so that there is somebody of every kind. The words are
changed where they lie, and every page, call and file of everybody who may not read them is compared.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from compact_cases.office.room import locks
from compact_cases.records import rooms
from compact_cases.records.rooms import room_entries
from compact_cases.rules.constituting import DeclareForPanel
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.web import walking
from tests.web.case_players import PlayedCase, Players, set_the_table
from tests.web.cases.test_panel import named, on_the_register
from tests.web.room.mediating import Mediated, in_mediation

Browser = TestClient[Litestar]
NOTE = "Private: they were rude on the phone."
STATEMENT = "For the panel: ten days are too few."
OTHER = "Quite different, and a good deal longer than what stood there before."
SEARCHED = ("different", "rude", "mediation")


@dataclass
class Gathered:
    """Everybody's browser, by who they are; each has looked at everything once."""

    players: Players
    case: PlayedCase
    browsers: dict[str, Browser]

    def seen(self, *names: str) -> dict[str, walking.Seen]:
        app = self.players.desk.app
        return {
            name: walking.everything(self.browsers[name], app, self.case.reference, SEARCHED)
            for name in names
        }


def to_the_panel(mediation: Mediated) -> list[UUID]:
    """All within one case: a room with words in it, then a panel of which one has not declared yet."""
    players, case = mediation.players, mediation.case
    with case.as_raiser() as raiser, mediation.as_mediator() as mediator:
        mediation.says(mediator, "Welcome.")
        mediation.says(raiser, "Between us.", "mediator")
        mediation.drafts(mediator)
        case.done(mediator, "mediation-end", ending="not settled")
    with players.as_officer() as browser:
        case.done(browser, "private-note", note=NOTE)
        case.done(browser, "decision", decision="not", stage="panel")
        case.done(browser, "next-step", stage="panel")
    who = on_the_register(players)
    named(players, case, who)
    for one in who[:2]:
        case.act(DeclareForPanel(conflict=False, member=one))
    with case.as_raiser() as raiser:
        case.done(raiser, "panel-statement", words=STATEMENT)
    return who


@pytest.fixture
def gathered(settings: Settings) -> Iterator[Gathered]:
    players = set_the_table(settings)
    mediation = in_mediation(players)
    who, case = to_the_panel(mediation), mediation.case
    ways = {
        "lead panellist": case.as_party(who[0]),
        "panellist": case.as_party(who[1]),
        "not declared": case.as_party(who[2]),
        "mediator": mediation.as_mediator(),
        "champion": case.as_champion(),
        "officer": players.as_officer(),
        **{one.word: players.as_staff(one) for one in (Seat.SECRETARY, Seat.CHAIR)},
    }
    with ExitStack() as stack:
        made = Gathered(players, case, {name: stack.enter_context(way) for name, way in ways.items()})
        made.seen(*made.browsers)  # whoever comes back finds another page than at the first time
        yield made
    players.desk.premises.engine.dispose()


def in_the_room(gathered: Gathered) -> None:
    premises = gathered.players.desk.premises
    with premises.engine.begin() as conn:
        [room] = rooms.every(conn)
        for entry in locks.entries_of(premises, conn, room):
            draft = entry.draft and replace(entry.draft, settles=False)
            words = OTHER if entry.words else ""
            changed = locks.kept(premises, room, replace(entry, words=words, draft=draft))
            conn.execute(room_entries.update().where(room_entries.c.place == entry.place), {"kept": changed})


def stored(words: str) -> Callable[[Gathered], None]:
    def change(gathered: Gathered) -> None:
        with gathered.players.desk.premises.engine.begin() as conn:
            told = {"other": OTHER, "words": words}
            done = conn.execute(text("UPDATE statements SET text = :other WHERE text = :words"), told)
            assert done.rowcount == 1

    return change


PANEL = ("lead panellist", "panellist", "not declared")
CASES = {
    "in the room": (in_the_room, (*PANEL, "officer", "secretary", "chair"), "mediator"),
    "an officer's private note": (stored(NOTE), (*PANEL, "mediator", "champion", "chair"), "officer"),
    "a statement that is not released": (
        stored(STATEMENT),
        (*PANEL, "mediator", "champion", "chair"),
        "officer",
    ),
}


def test_other_words_change_no_byte_for_a_panel_or_a_mediator_who_may_not_read_them(
    gathered: Gathered,
) -> None:
    for what, (change, others, reader) in CASES.items():
        before, read = gathered.seen(*others), gathered.seen(reader)
        change(gathered)
        after = gathered.seen(*others)
        for name in others:
            assert len(after[name]) > 15, name
            assert after[name].keys() == before[name].keys()
            changed = [path for path in after[name] if after[name][path] != before[name][path]]
            assert changed == [], (what, name)
        assert gathered.seen(reader) != read, what  # or it would compare nothing
