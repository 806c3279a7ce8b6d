"""Characters that nobody sees, at every door: nothing is stored, and a sentence says why."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import replace
from typing import Any

import pytest

from compact_cases.cli.failures import failure
from compact_cases.office.accounts import accounts
from compact_cases.office.identity import statement
from compact_cases.office.reception import reception
from compact_cases.office.registry import register_file
from compact_cases.office.registry.registry import EntryRefused, add_body
from compact_cases.rules.bodies import BodyEntry, ContactEntry
from compact_cases.rules.intake import AddToConcern
from compact_cases.rules.refusals import Refused
from tests.desk import fields
from tests.web.case_players import Players

HIDING = ["\x1b", "\x9b", "\u200b", "\u202e", "\ufeff"]  # one of each kind; the rule knows them all
WORDS = "hidden characters"

Door = Callable[[Players, str], str]
"""Goes through a door with a text, and gives what is said to it."""
DOORS: dict[str, Door] = {}


def door(way_in: Door) -> Door:
    DOORS[way_in.__name__.replace("_", " ")] = way_in
    return way_in


@contextmanager
def refusing() -> Iterator[io.StringIO]:
    """What a command would print."""
    said = io.StringIO()
    with redirect_stderr(said):
        try:
            yield said
        except (Refused, EntryRefused) as problem:
            said.write(failure(problem)[0])


@door
def a_page_of_an_act(players: Players, sign: str) -> str:
    case = players.raised()
    with players.as_officer() as browser:
        return str(case.post(browser, "question", question=f"On which{sign} day?").text)


@door
def a_line_of_an_act(players: Players, sign: str) -> str:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        return str(case.post(browser, "reply", **case.a_reply(signed=f"Jo{sign} Field")).text)


@door
def half_a_reply(players: Players, sign: str) -> str:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        page = fields(browser.get(case.path).text)
        sent = {**page, **case.a_reply(offer=f"A new{sign} one")}
        return str(browser.post(f"{case.path}/reply-draft", data=sent).text)


@door
def a_call(players: Players, sign: str) -> str:
    case = players.raised()
    token = accounts.add_token(players.desk.premises, players.officer.email)
    headers = {"authorization": f"Bearer {token}", "if-match": f'"{case.row.position}"'}
    with players.browser() as browser:
        return str(
            browser.post(
                f"/api{case.path}/question", json={"question": f"Which{sign}?"}, headers=headers
            ).text
        )


@door
def a_concern_by_call(players: Players, sign: str) -> str:
    body: dict[str, Any] = {
        "raiser": {
            "name": f"Elmfield{sign} Tenants",
            "kind": "community-group",
            "person": "Rose",
            "email": "rose@elmfield.example",
        },
        "respondents": [{"body": str(players.council)}],
        "account": "It was too short.",
    }
    with players.browser() as browser:
        return str(browser.post("/api/concerns", json=body).text)


@door
def a_question_of_the_form(players: Players, sign: str) -> str:
    with players.browser() as browser:
        start = browser.post("/concerns/new", data=fields(browser.get("/concerns/new").text))
        page = start.headers["location"].rpartition("/")[0] + "/account"
        answers = {**fields(browser.get(page).text), "account": f"It was{sign} short."}
        return str(browser.post(page, data=answers).text)


@door
def the_reception(players: Players, sign: str) -> str:
    raiser = players.concern().raiser
    assert raiser is not None
    with refusing() as said:
        concern = players.concern(raiser=replace(raiser, second_name=f"Jo{sign} Field"))
        reception.raise_concern(players.desk.premises, concern)
    return said.getvalue()


@door
def an_address_of_a_raiser(players: Players, sign: str) -> str:
    raiser = players.concern().raiser
    assert raiser is not None
    with refusing() as said:
        concern = players.concern(raiser=replace(raiser, email=f"rose@elm{sign}field.example"))
        reception.raise_concern(players.desk.premises, concern)
    return said.getvalue()


@door
def an_act_from_within(players: Players, sign: str) -> str:
    """Whoever comes by no page: the rule itself says no."""
    case = players.raised()
    with refusing() as said:
        case.act(AddToConcern(statement(f"And{sign} more.")))
    return said.getvalue()


@door
def the_register_of_bodies(players: Players, sign: str) -> str:
    with players.as_officer() as browser:
        page = fields(browser.get("/office/bodies/new").text)
        sent = {**page, "body": "Dell Parish", "kind": "public-body", "champion_name": f"Di{sign} Dell"}
        return str(browser.post("/office/bodies", data={**sent, "champion_email": "di@dell.example"}).text)


@door
def an_entry_of_the_register(players: Players, sign: str) -> str:
    contact = ContactEntry("champion", "Di Dell", f"di@de{sign}ll.example")
    with refusing() as said:
        add_body(players.desk.premises, BodyEntry("Dell Parish", "public-body", contacts=(contact,)))
    return said.getvalue()


@door
def a_file_of_bodies(players: Players, sign: str) -> str:
    with refusing() as said:
        document = f"body,kind,area\nDell Parish,public-body,St{sign}roud\n"
        register_file.import_bodies(players.desk.premises, document)
    return said.getvalue()


@door
def the_head_of_a_file_of_bodies(players: Players, sign: str) -> str:
    with refusing() as said:
        register_file.import_bodies(players.desk.premises, f"body,kind,ar{sign}ea\nDell,public-body,\n")
    return said.getvalue()


@door
def a_new_officer_s_name(players: Players, sign: str) -> str:
    with refusing() as said:
        accounts.add_officer(players.desk.premises, "kim@office.example", f"Kim{sign} Lee")
    return said.getvalue()


@door
def a_new_officer_s_address(players: Players, sign: str) -> str:
    with refusing() as said:
        accounts.add_officer(players.desk.premises, f"kim@off{sign}ice.example", "Kim Lee")
    return said.getvalue()


@door
def the_name_of_a_token(players: Players, sign: str) -> str:
    with refusing() as said:
        accounts.add_token(players.desk.premises, players.officer.email, f"coun{sign}ty")
    return said.getvalue()


@door
def a_sign_in(players: Players, sign: str) -> str:
    with players.browser() as browser:
        page = fields(browser.get("/sign-in").text)
        return str(browser.post("/sign-in", data={**page, "email": f"ann@off{sign}ice.example"}).text)


@door
def a_person_of_the_office(players: Players, sign: str) -> str:
    with players.as_officer() as browser:
        page = fields(browser.get("/office/people/new").text)
        sent = {**page, "name": f"Kim{sign} Lee", "email": "kim@office.example", "role": "officer"}
        return str(browser.post("/office/people", data=sent).text)


KEPT = ("case_events", "statements", "people", "contact_points", "bodies", "staff", "letters", "api_tokens")


@pytest.mark.parametrize("sign", HIDING, ids=[f"U+{ord(sign):04X}" for sign in HIDING])
@pytest.mark.parametrize("way_in", DOORS.values(), ids=DOORS)
def test_no_door_lets_it_in(players: Players, way_in: Door, sign: str) -> None:
    said = way_in(players, sign)
    assert WORDS in said
    with players.desk.premises.engine.connect() as conn:
        for table in KEPT:
            rows = conn.exec_driver_sql(f"SELECT t::text FROM {table} t")
            assert all(sign not in row for (row,) in rows), table
        drafts = conn.exec_driver_sql("SELECT answers FROM drafts")
        assert all(f"{ord(sign):04x}" not in row and sign not in row for (row,) in drafts)


@pytest.mark.parametrize("end", ["\n", "\u2028", "\x85"])
def test_a_line_that_is_two_is_refused_where_one_is_asked(players: Players, end: str) -> None:
    for way_in in ("a concern by call", "the reception", "a file of bodies", "a new officer s name"):
        said = DOORS[way_in](players, f'"{end}"' if "file" in way_in else end)
        assert "on one line" in said or WORDS in said or "not CSV" in said, way_in
    assert players.desk.count("case_events") == 0
    with players.desk.premises.engine.connect() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM staff").scalar_one() == 1
