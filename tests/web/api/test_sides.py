"""Seats over the API: the one word that has always stood there, and the side beside it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.rules.seats import BY_WORD
from tests.builders import local
from tests.web.case_players import PlayedCase, Players

Get = Callable[..., Any]
# What clients compare with today. Written out: a word or a side that changes is seen here.
SIDES = {
    "raiser": "raiser",
    "champion": "respondent",
    "senior-lead": "respondent",
    "officer": "office",
    "co-officer": "office",
    "chair": "office",
    "system": "none",
}


@pytest.fixture
def get(players: Players) -> Iterator[Get]:
    token = accounts.add_token(players.desk.premises, players.officer.email)
    with players.browser() as browser:

        def get(path: str) -> Any:
            answer = browser.get(f"/api{path}", headers={"authorization": f"Bearer {token}"})
            assert answer.status_code == 200, answer.text
            return answer.json()

        yield get


def owed(get: Get, case: PlayedCase) -> list[tuple[str, str, str, str, str]]:
    names = ("name", "owner", "owner_side", "to", "to_side")
    return [tuple(one[name] for name in names) for one in get(f"{case.path}/obligations")["obligations"]]


def chased(players: Players) -> PlayedCase:
    """Escalated to the senior lead by the sweep, and within the office before."""
    case = players.raised()
    for moment in ("2026-03-10 09:00", "2026-03-12 09:00"):
        players.desk.clock.move(local(moment))
        reminders.sweep(players.desk.premises)
    case.accepted()
    for moment in ("2026-03-27 09:00", "2026-03-31 09:00"):
        players.desk.clock.move(local(moment))
        reminders.sweep(players.desk.premises)
    return case


def test_an_obligation_says_who_owes_whom_and_on_which_side_each_sits(players: Players, get: Get) -> None:
    case = players.raised()
    officers, raisers = ("officer", "office"), ("raiser", "raiser")
    assert owed(get, case) == [("acknowledge", *officers, *raisers)]
    with players.as_officer() as browser:
        case.done(browser, "question", question="On which day did it open?")
    assert owed(get, case) == [("answer", *raisers, *officers), ("acknowledge", *officers, *raisers)]
    case.accepted()
    assert owed(get, case) == [("reply", "champion", "respondent", *raisers)]
    case.replied()
    assert owed(get, case) == [("release", *officers, *raisers)]
    case.released()
    assert owed(get, case) == [("decide", *raisers, *officers)]
    case.decided()
    assert owed(get, case) == [("close", *officers, *raisers)]


def test_an_event_says_by_whom_and_from_which_side(players: Players, get: Get) -> None:
    case = chased(players).replied().released().decided()
    own = get(f"{case.path}/events")["events"]
    fed = [one["data"] for one in get("/events?limit=200")["events"] if one["subject"] == case.reference]
    assert own == fed
    by = {one["name"]: (one["by"], one["by_side"]) for one in own}
    assert by["concern-received"] == ("raiser", "raiser")
    assert by["put-to-respondent"] == ("officer", "office")
    assert by["escalated"] == ("system", "none")
    assert by["reply-sent"] == ("champion", "respondent")
    assert by["raiser-decided"] == ("raiser", "raiser")
    assert all(SIDES[one["by"]] == one["by_side"] for one in own)


def test_a_letter_says_to_whom_and_on_which_side_they_sit(players: Players, get: Get) -> None:
    case = chased(players)
    found = {(one["to"]["role"], one["to"]["side"]) for one in get(f"{case.path}/letters")["letters"]}
    assert {
        ("raiser", "raiser"),
        ("officer", "office"),
        ("champion", "respondent"),
        ("senior-lead", "respondent"),
    } <= found
    assert all(SIDES[role] == side for role, side in found)


def test_a_line_of_the_list_says_whose_the_next_step_is(players: Players, get: Get) -> None:
    players.raised()
    players.raised().accepted()
    players.raised().accepted().no_reply()
    players.raised().accepted().replied().released().decided().closed()
    found = {
        one["reference"]: (one["next_owner"], one["next_owner_side"])
        for asked in ("/cases", "/cases?stage=closed")
        for one in get(asked)["cases"]
    }
    assert found == {
        "GC-2026-0001": ("officer", "office"),
        "GC-2026-0002": ("champion", "respondent"),
        "GC-2026-0003": ("raiser", "raiser"),
        "GC-2026-0004": (None, None),
    }


def test_no_answer_about_owners_and_addressees_shows_a_seat_as_it_is_stored(
    players: Players, get: Get
) -> None:
    """``respondent/champion`` is for the records; clients were told ``champion``."""
    case = chased(players)
    stored = {seat.value for seat in BY_WORD.values()}
    answers = [
        get(case.path),
        get("/cases"),
        *(get(f"{case.path}/{one}") for one in ("obligations", "letters")),
    ]
    for answer in answers:
        assert not stored & set(words_in(answer))


def words_in(answer: Any) -> Iterator[str]:
    """Every word that stands alone in an answer, however deep."""
    if isinstance(answer, str):
        yield answer
    for one in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from words_in(one)
