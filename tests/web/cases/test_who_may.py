"""The access matrix of acts: who may do what in a case, by hand from the procedure, over the real doors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.office.accounts import accounts
from compact_cases.office.identity import new_id
from compact_cases.records import people
from compact_cases.records.people import Person
from compact_cases.records.staff import StaffMember
from compact_cases.rules.concern import RespondentNamed
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible
from tests.web.frame.test_frame import handlers

Browser = TestClient[Litestar]
# Written out, not made from the acts, so that a slip in one is seen here. Source: the procedure, section 6.
#
#   raiser    the raiser of this case             champion  the respondent's champion
#   stranger  the raiser of another case          elsewhere the champion of another body
#   lead      the respondent's senior lead, to whom nothing was escalated
#   told      the same one, once the case was escalated to them
#   admin     the administrator, who reads no case
MATRIX = """
                  nobody raiser stranger champion lead told elsewhere officer secretary chair admin
acknowledgement   no     no     no       no       no   no   no        yes     yes       no    no
question          no     no     no       no       no   no   no        yes     yes       no    no
answer            no     yes    no       no       no   no   no        yes     yes       no    no
addition          no     yes    no       no       no   no   no        yes     yes       no    no
respondent        no     no     no       no       no   no   no        yes     yes       no    no
clauses           no     no     no       no       no   no   no        yes     yes       no    no
assignment        no     no     no       no       no   no   no        yes     yes       no    no
hand-over         no     no     no       no       no   no   no        yes     yes       no    no
reply             no     no     no       yes      no   yes  no        yes     yes       no    no
reply-draft       no     no     no       yes      no   yes  no        no      no        no    no
release           no     no     no       no       no   no   no        yes     yes       no    no
date-passed       no     yes    no       yes      no   yes  no        yes     yes       no    no
talk              no     yes    no       yes      no   yes  no        yes     yes       no    no
hold-answer       no     no     no       yes      no   yes  no        yes     yes       no    no
hold-release      no     no     no       no       no   no   no        yes     yes       no    no
decision          no     yes    no       no       no   no   no        yes     yes       no    no
wait              no     yes    no       no       no   no   no        yes     yes       no    no
next-step         no     no     no       no       no   no   no        yes     yes       no    no
convening         no     no     no       no       no   no   no        yes     yes       no    no
meeting-answer    no     yes    no       yes      no   yes  no        yes     yes       no    no
meeting           no     no     no       no       no   no   no        yes     yes       no    no
note              no     no     no       no       no   no   no        yes     yes       no    no
comment           no     yes    no       yes      no   yes  no        yes     yes       no    no
text-release      no     no     no       no       no   no   no        yes     yes       no    no
panel             no     no     no       no       no   no   no        yes     yes       no    no
panel-refusal     no     yes    no       no       no   no   no        yes     yes       no    no
panel-declaration no     no     no       no       no   no   no        yes     yes       no    no
panel-member      no     no     no       no       no   no   no        yes     yes       no    no
hearing-day       no     no     no       no       no   no   no        yes     yes       no    no
panel-again       no     no     no       no       no   no   no        yes     yes       no    no
panel-statement   no     yes    no       yes      no   yes  no        yes     yes       no    no
panel-release     no     no     no       no       no   no   no        yes     yes       no    no
papers            no     no     no       no       no   no   no        yes     yes       no    no
hearing           no     no     no       no       no   no   no        yes     yes       no    no
findings          no     no     no       no       no   no   no        yes     yes       no    no
findings-correction no   no     no       no       no   no   no        yes     yes       no    no
panel-referral    no     no     no       no       no   no   no        yes     yes       no    no
panel-answer      no     yes    no       yes      no   yes  no        yes     yes       no    no
discussed         no     no     no       no       no   no   no        yes     yes       no    no
mediation         no     yes    no       yes      no   yes  no        yes     yes       no    no
mediation-consent no     yes    no       yes      no   yes  no        yes     yes       no    no
mediation-together no    no     no       no       no   no   no        yes     yes       no    no
mediation-going-on no    yes    no       yes      no   yes  no        yes     yes       no    no
mediation-offer   no     yes    no       yes      no   yes  no        yes     yes       no    no
mediator          no     no     no       no       no   no   no        yes     yes       no    no
mediator-name     no     yes    no       yes      no   yes  no        yes     yes       no    no
declaration       no     no     no       no       no   no   no        no      no        no    no
mediator-change   no     no     no       no       no   no   no        yes     yes       no    no
session-days      no     no     no       no       no   no   no        no      no        no    no
session-answer    no     yes    no       yes      no   yes  no        yes     yes       no    no
session           no     no     no       no       no   no   no        no      no        no    no
mediation-end     no     no     no       no       no   no   no        no      no        no    no
mediation-time    no     no     no       no       no   no   no        no      no        no    no
mediation-leaving no     yes    no       yes      no   yes  no        yes     yes       no    no
merge             no     no     no       no       no   no   no        yes     yes       no    no
unmerge           no     no     no       no       no   no   no        yes     yes       no    no
pause             no     no     no       no       no   no   no        yes     yes       yes   no
pause-request     no     no     no       no       no   no   no        yes     yes       no    no
pause-answer      no     no     no       no       no   no   no        no      no        yes   no
recorded-in-error no     no     no       no       no   no   no        yes     yes       no    no
adjustment        no     no     no       no       no   no   no        yes     yes       no    no
extension         no     yes    no       yes      no   yes  no        yes     yes       no    no
extension-answer  no     yes    no       yes      no   yes  no        yes     yes       yes   no
timetable         no     yes    no       yes      no   yes  no        yes     yes       no    no
timetable-answer  no     yes    no       yes      no   yes  no        yes     yes       no    no
timetable-back    no     yes    no       yes      no   yes  no        yes     yes       no    no
timetable-end     no     yes    no       yes      no   yes  no        yes     yes       no    no
resumption        no     no     no       no       no   no   no        yes     yes       no    no
closing           no     no     no       no       no   no   no        yes     yes       no    no
withdrawal        no     yes    no       no       no   no   no        yes     yes       no    no
reopening         no     yes    no       yes      no   yes  no        yes     yes       no    no
conflict          no     no     no       no       no   no   no        yes     yes       no    no
no-conflict       no     no     no       no       no   no   no        yes     yes       no    no
chair-declaration no     no     no       no       no   no   no        no      no        yes   no
referral          no     no     no       no       no   no   no        yes     yes       no    no
links             no     no     no       no       no   no   no        yes     yes       no    no
lesson            no     yes    no       yes      no   yes  no        yes     yes       no    no
reopening-answer  no     no     no       no       no   no   no        yes     yes       no    no
appeal            no     yes    no       yes      no   yes  no        yes     yes       no    no
appeal-answer     no     no     no       no       no   no   no        yes     yes       yes   no
agreement         no     no     no       no       no   no   no        yes     yes       no    no
acceptance        no     yes    no       yes      no   yes  no        yes     yes       no    no
reflection        no     yes    no       yes      no   yes  no        yes     yes       no    no
action-done       no     yes    no       yes      no   yes  no        yes     yes       no    no
action-release    no     no     no       no       no   no   no        yes     yes       no    no
action-confirmed  no     yes    no       yes      no   yes  no        yes     yes       no    no
action-disputed   no     yes    no       yes      no   yes  no        yes     yes       no    no
action-waived     no     yes    no       yes      no   yes  no        yes     yes       no    no
check-in          no     yes    no       yes      no   yes  no        yes     yes       no    no
successor         no     no     no       no       no   no   no        yes     yes       no    no
group-ended       no     no     no       no       no   no   no        yes     yes       no    no
taking-over       no     yes    no       no       no   no   no        yes     yes       no    no
posting           no     no     no       no       no   no   no        yes     yes       no    no
contact           no     no     no       no       no   no   no        yes     yes       no    no
private-note      no     no     no       no       no   no   no        yes     yes       no    no
return-code       no     no     no       no       no   no   no        yes     yes       no    no
room/messages     no     yes    no       yes      no   no   no        no      no        no    no
room/drafts       no     yes    no       yes      no   no   no        no      no        no    no
room/answers      no     yes    no       yes      no   no   no        no      no        no    no
"""
SEATS, *ROWS = (line.split() for line in MATRIX.strip().splitlines())
MAY = {name: dict(zip(SEATS, answers, strict=True)) for name, *answers in ROWS}
STAFF = {
    "officer": Seat.OFFICER,
    "secretary": Seat.SECRETARY,
    "chair": Seat.CHAIR,
    "admin": Seat.ADMINISTRATOR,
}
IN_A_ROOM = {"room/messages", "room/drafts", "room/answers"}
BY_CALL_ONLY, BY_PAGE_ONLY = {"wait", "hand-over"}, {"reply-draft", "return-code", *IN_A_ROOM}
# How the door says no to each, on pages: whoever cannot open the case is not told that there is one.
REFUSED = {
    "nobody": {303, 403},
    "stranger": {403, 404},
    "lead": {403, 404},
    "elsewhere": {403, 404},
}


def addresses_of(app: Litestar, start: str) -> set[str]:
    """What can be sent to a case, as the application serves it."""
    posts = [path for path, handler in handlers(app) if "POST" in handler.http_methods]
    found = {path.removeprefix(start) for path in posts if path.startswith(start)}
    return {one for one in found if not one.startswith("{")}


@contextmanager
def coming_in(players: Players, case: PlayedCase, seat: str) -> Iterator[Browser]:
    """A browser in which this seat is signed in, by the way that it comes in."""
    if seat == "nobody":
        way = players.browser()
    elif seat in STAFF:
        with players.browser() as browser:
            players.desk.signed_in(browser, member(players, seat))
            yield browser
        return
    elif seat == "raiser":
        way = case.as_raiser()
    elif seat == "stranger":
        way = players.raised().accepted().as_raiser()
    elif seat == "elsewhere":
        way = elsewhere(players)
    else:
        way = case.as_party(players.champion if seat == "champion" else players.senior)
    with way as browser:
        yield browser


def elsewhere(players: Players) -> Any:
    """The champion of another body, in the case that is theirs."""
    body, champion = players.add_body(new_id(), "Dell Parish Council"), new_id()
    with players.desk.premises.engine.begin() as conn:
        people.add(conn, Person(champion, "champion", body_id=body, name="Di"), players.desk.clock.now())
    return players.raised(respondents=(RespondentNamed(body),)).accepted().as_party(champion)


def member(players: Players, seat: str) -> StaffMember:
    return accounts.add_officer(players.desk.premises, f"{seat}@office.example", "Kim Other", STAFF[seat])


def a_case(players: Players, seat: str) -> PlayedCase:
    """Put to the respondent, so that both sides may open it."""
    case = players.raised().accepted()
    return case.escalated() if seat == "told" else case


def test_every_address_of_a_case_has_a_row_and_every_row_an_address(players: Players) -> None:
    pages = addresses_of(players.desk.app, "/cases/{ref:str}/")
    calls = addresses_of(players.desk.app, "/api/cases/{ref:str}/")
    assert pages == set(MAY) - BY_CALL_ONLY
    assert calls == set(MAY) - BY_PAGE_ONLY
    assert {answer for row in MAY.values() for answer in row.values()} == {"yes", "no"}


@pytest.mark.parametrize("seat", SEATS)
def test_on_its_pages_an_act_is_for_those_who_may_and_for_nobody_else(players: Players, seat: str) -> None:
    case = a_case(players, seat)
    with coming_in(players, case, seat) as browser:
        token = fields(browser.get("/return").text)["csrf_token"]
        for name in MAY.keys() - BY_CALL_ONLY:
            events, row = players.desk.count("case_events"), case.row
            sent = {"csrf_token": token, "seen": str(row.position)}
            answer = browser.post(f"{case.path}/{name}", data=sent)
            where = answer.headers.get("location", "")
            if MAY[name][seat] == "yes":
                shown_once = {200} if name == "return-code" else set()
                assert answer.status_code in {303, 409, 422} | shown_once, (name, visible(answer.text))
                assert where != "/sign-in", name
                continue
            assert answer.status_code in REFUSED.get(seat, {403}), (name, answer.status_code)
            assert answer.status_code != 303 or where == "/sign-in", (name, where)
            assert players.desk.count("case_events") == events, name
            assert case.row == row, name
            if name not in BY_PAGE_ONLY:
                assert browser.get(f"{case.path}/{name}").status_code != 200, name


@pytest.mark.parametrize("seat", ["nobody", *STAFF])
def test_by_call_an_act_is_for_those_of_the_office_who_may(players: Players, seat: str) -> None:
    case, headers = a_case(players, seat), {}
    if seat in STAFF:
        token = accounts.add_token(players.desk.premises, member(players, seat).email)
        headers["authorization"] = f"Bearer {token}"
    with players.browser() as browser:
        for name in MAY.keys() - BY_PAGE_ONLY:
            events, row = players.desk.count("case_events"), case.row
            seen = {"if-match": f'"{row.position}"'}
            answer = browser.post(f"/api{case.path}/{name}", json={}, headers=headers | seen)
            if MAY[name][seat] == "yes":
                assert answer.status_code in (200, 409, 422), (name, answer.text)
                continue
            assert answer.status_code == (401 if seat == "nobody" else 403), (name, answer.text)
            assert players.desk.count("case_events") == events, name
            assert case.row == row, name


@pytest.mark.parametrize("seat", ["raiser", "champion"])
def test_the_session_of_a_party_opens_no_call(players: Players, seat: str) -> None:
    case = a_case(players, seat)
    with coming_in(players, case, seat) as browser:
        events = players.desk.count("case_events")
        for name in MAY.keys() - BY_PAGE_ONLY:
            seen = {"if-match": f'"{case.row.position}"'}
            assert browser.post(f"/api{case.path}/{name}", json={}, headers=seen).status_code == 401, name
    assert players.desk.count("case_events") == events
