"""Other words in a mediation room change no byte of anything that anybody outside it sees.

One office is played to the point where something is written. Then its database is copied, once for each thing
that might be written, and every page, call, file and letter of everybody outside is compared, byte by byte.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, replace

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text
from sqlalchemy.engine import make_url

from compact_cases.clock import HandClock
from compact_cases.office import upkeep
from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.office.post import morning, post_room
from compact_cases.office.premises import open_premises
from compact_cases.parts.postgres import Postgres
from compact_cases.rules.seats import Seat
from compact_cases.settings import Settings
from tests.conftest import clone_of
from tests.desk import Desk
from tests.sink import Sink
from tests.web import walking
from tests.web.case_players import PlayedCase, Players, set_the_table
from tests.web.room.mediating import Mediated, in_mediation
from tests.web.walking import Seen

Browser = TestClient[Litestar]
STAFF = (Seat.OFFICER, Seat.CHAIR, Seat.SECRETARY, Seat.ADMINISTRATOR)
SEARCHED = ("zebra", "crossing", "yak", "mediation")
LOGGED = re.compile(rb" ms=[0-9.]+|^\S+ \S+ ", re.MULTILINE)


@dataclass
class Base:
    """An office before something is written; the sessions of everybody, which open every copy of it."""

    settings: Settings
    now: HandClock
    mediation: Mediated
    cookies: dict[str, dict[str, str]]
    token: str


@pytest.fixture
def base(settings: Settings) -> Base:
    players = set_the_table(settings)
    mediation = in_mediation(players)
    with mediation.as_mediator() as mediator:
        mediation.says(mediator, "Welcome.")
    stranger = players.raised().accepted()
    token = accounts.add_token(players.desk.premises, players.officer.email)
    cookies = {}
    with ExitStack() as stack:
        for name, way in _ways_in(players, mediation.case, stranger):
            browser: Browser = stack.enter_context(way())
            cookies[name] = dict(browser.cookies)
        for role in STAFF:
            browser = stack.enter_context(players.as_staff(role))
            cookies[role.word] = dict(browser.cookies)
        cookies["mediator"] = dict(stack.enter_context(mediation.as_mediator()).cookies)
    players.desk.premises.engine.dispose()
    return Base(settings, players.desk.clock, mediation, cookies, token)


def _ways_in(
    players: Players, case: PlayedCase, stranger: PlayedCase
) -> list[tuple[str, Callable[[], AbstractContextManager[Browser]]]]:
    return [
        ("raiser", case.as_raiser),
        ("champion", case.as_champion),
        ("senior lead", lambda: case.as_party(players.senior)),
        ("another raiser", stranger.as_raiser),
        ("another case", stranger.as_champion),
    ]


@contextmanager
def copied(base: Base, postgres: Postgres, name: str) -> Iterator[Desk]:
    """The same office at the same instant, in a database of its own."""
    template = make_url(base.settings.database_url or "").database or ""
    with clone_of(postgres, template, f"{template}_{name}") as url:
        clock = HandClock(base.now.now())
        desk = Desk(open_premises(replace(base.settings, database_url=url), clock=clock), clock)
        yield desk
        desk.premises.engine.dispose()


@contextmanager
def signed_in(base: Base, desk: Desk, name: str) -> Iterator[Browser]:
    with desk.browser(base.settings.base_url) as browser:
        for key, value in base.cookies[name].items():
            browser.cookies.set(key, value)
        yield browser


def everything(base: Base, desk: Desk, name: str, but: tuple[str, ...] = ()) -> Seen:
    headers = {"authorization": f"Bearer {base.token}"} if name == Seat.OFFICER.word else {}
    with signed_in(base, desk, name) as browser:
        return walking.everything(browser, desk.app, base.mediation.case.reference, SEARCHED, headers, but)


def letters_of(desk: Desk, sink: Sink, insiders: tuple[str, ...]) -> Seen:
    """What goes out until the next forenoon to everybody else: reminders, digest, and what waits."""
    desk.pass_time(hours=24.5)
    before = len(sink.letters)
    reminders.sweep_until_done(desk.premises)
    morning.write_digests(desk.premises)
    upkeep.keep_house(desk.premises)
    post_room.send_waiting(desk.premises)
    sent = sink.letters[before:]
    return {f"{one.to} {one.subject}": one.raw for one in sent if one.to[0] not in insiders}


def write(base: Base, desk: Desk, words: str, to: str, name: str = "raiser") -> None:
    players = copy(base.mediation.players)  # made anew it would hire its officer again
    players.desk = desk
    case = replace(base.mediation.case, players=players)
    mediation = replace(base.mediation, players=players, case=case)
    with signed_in(base, desk, name) as browser:
        mediation.says(browser, words, to)


def nothing(base: Base, desk: Desk) -> None:
    """Nobody writes."""


def one_thing(base: Base, desk: Desk) -> None:
    write(base, desk, "Zebra: a crossing would do.", "all")
    write(base, desk, "Zebra, and no more.", "mediator")


def another(base: Base, desk: Desk) -> None:
    write(base, desk, f"Yak. {'We will not. ' * 300}", "all", "champion")
    write(base, desk, "Yak: they may.", "raiser", "mediator")
    write(base, desk, "No.", "mediator")


def in_private(base: Base, desk: Desk) -> None:
    write(base, desk, "Zebra, and no more.", "mediator")


def in_private_at_length(base: Base, desk: Desk) -> None:
    write(base, desk, "Yak: they may.", "raiser", "mediator")
    write(base, desk, f"Yak. {'We will not. ' * 300}", "mediator")
    write(base, desk, "And no.", "mediator")


@pytest.mark.parametrize(
    "name", ["senior lead", "another raiser", "another case", *(one.word for one in STAFF)]
)
def test_for_nobody_outside_a_byte_changes(
    base: Base, postgres: Postgres, smtp_sink: Sink, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    found = []
    for number, deed in enumerate((nothing, one_thing, another)):
        with copied(base, postgres, str(number)) as desk:
            deed(base, desk)
            capfd.readouterr()
            seen = everything(base, desk, name)
            logged = LOGGED.sub(b"", capfd.readouterr().out.encode())
            insiders = ("rose@elmfield.example", "chris@northvale.example")
            found.append(seen | {"the log": logged} | letters_of(desk, smtp_sink, insiders))
    assert len(found[0]) > 20
    for other in found[1:]:
        assert other.keys() == found[0].keys()
        assert [path for path in other if other[path] != found[0][path]] == []


def test_for_the_other_side_what_is_private_changes_no_byte(
    base: Base, postgres: Postgres, smtp_sink: Sink
) -> None:
    found = []
    for number, deed in enumerate((nothing, in_private, in_private_at_length)):
        with copied(base, postgres, str(number)) as desk:
            deed(base, desk)
            write(base, desk, "To all of you.", "all", "mediator")  # before which there was more, or was not
            seen = everything(base, desk, "champion")
            assert any("To all of you." in page.decode() for page in seen.values())
            found.append(seen)
    for other in found[1:]:
        assert other.keys() == found[0].keys()
        assert [path for path in other if other[path] != found[0][path]] == []


def test_those_in_it_do_read_something_else(base: Base, postgres: Postgres) -> None:
    """Or else the tests above would compare nothing."""
    found = []
    for number, deed in enumerate((nothing, one_thing)):
        with copied(base, postgres, str(number)) as desk:
            deed(base, desk)
            found.append(everything(base, desk, "champion"))
    changed = [path for path in found[0] if found[0][path] != found[1].get(path)]
    assert base.mediation.path in changed


def test_what_the_tables_outside_the_room_hold_is_the_same_whatever_was_said(
    base: Base, postgres: Postgres
) -> None:
    """But for ids and instants of the letters that say that there is something."""
    found = []
    for number, deed in enumerate((one_thing, another)):
        with copied(base, postgres, str(number)) as desk:
            deed(base, desk)
            with desk.premises.engine.connect() as conn:
                names = conn.execute(
                    text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
                ).scalars()
                tables = sorted(
                    set(names) - {"rooms", "room_entries", "room_visits", "letters", "sessions", "attempts"}
                )
                found.append(
                    {one: sorted(map(repr, conn.execute(text(f'SELECT * FROM "{one}"')))) for one in tables}
                )
                facts = conn.execute(
                    text("SELECT DISTINCT facts FROM letters WHERE notice = 'room-news'")
                ).scalars()
                assert all(re.fullmatch(r'\{"place":\d+\}', one.replace(" ", "")) for one in facts)
    assert [one for one in found[0] if found[0][one] != found[1][one]] == []
