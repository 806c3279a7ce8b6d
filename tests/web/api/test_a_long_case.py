"""One case from its concern to answered recommendations, each act with the credentials of whose it is.

What an officer or the secretary does goes over the API with their own tokens; parties, mediator and
panellists have no API, and come in by their own links.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.clock import HandClock
from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.office.identity import new_id
from compact_cases.office.registry import library, mediators, panel_register
from compact_cases.records import people
from compact_cases.records.people import Person
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE, Settings
from tests.web.case_players import WAY_IN, PlayedCase, Players, set_the_table

NEW = {
    "raiser": {
        "name": "Elmfield Tenants",
        "kind": "vcs-organisation",
        "person": "Rose Raiser",
        "email": "rose@elmfield.example",
    },
    "account": "Ten days for a consultation on bus cuts were too short.",
    "clauses": [{"clause": WAY_IN}],
}
SETTING = {"time": "10:00", "place": "The library, room 2"}


@pytest.fixture
def players(settings: Settings) -> Iterator[Players]:
    players = set_the_table(settings)
    yield players
    players.desk.premises.engine.dispose()


class Script:
    """What a script holds: a token for each member of staff, and the reference of one case."""

    def __init__(self, players: Players, browser: TestClient[Litestar]) -> None:
        self.players, self.browser, self.path = players, browser, ""
        self.tokens: dict[UUID, str] = {}

    def member(self, name: str, role: Seat = Seat.OFFICER) -> UUID:
        premises = self.players.desk.premises
        email = f"{name.lower()}@office.example"
        member = accounts.add_officer(premises, email, f"{name} Office", role)
        self.tokens[member.id] = accounts.add_token(premises, email)
        return member.id

    def shown(self, who: UUID) -> Any:
        return self.asked(who).json()

    def asked(self, who: UUID) -> Any:
        token = {"authorization": f"Bearer {self.tokens[who]}"}
        answer = self.browser.get(f"/api{self.path}", headers=token)
        if answer.status_code == 403:
            assert f"/api{self.path}/no-conflict" in answer.json()["detail"]
            assert self.browser.post(f"/api{self.path}/no-conflict", headers=token).status_code == 200
            answer = self.browser.get(f"/api{self.path}", headers=token)
        assert answer.status_code == 200, answer.text
        return answer

    def does(self, who: UUID, act: str, **sent: Any) -> str:
        """Only what the case says can be done is done; the answer is the stage that follows."""
        seen = self.asked(who)
        assert act in {one["resource"] for one in seen.json()["acts"]}, seen.json()["refused"]
        headers = {"authorization": f"Bearer {self.tokens[who]}", "if-match": seen.headers["etag"]}
        answer = self.browser.post(f"/api{self.path}/{act}", json=sent, headers=headers)
        assert answer.status_code == 200, answer.text
        again = self.browser.post(f"/api{self.path}/{act}", json=sent, headers=headers)
        assert again.status_code == 409  # sent twice, it is done once
        stage: str = answer.json()["stage"]
        return stage

    def in_days(self, days: int) -> date:
        with self.players.desk.premises.engine.connect() as conn:
            calendar = library.current_rulebook(conn).calendar
        return calendar.plus(calendar.start_day(self.players.desk.clock.now()), days)

    def on(self, day: date) -> None:
        clock: HandClock = self.players.desk.clock
        clock.move(datetime.combine(day, time(12), OFFICE_ZONE))
        reminders.sweep(self.players.desk.premises)


def typed(day: date, field: str) -> dict[str, str]:
    return {f"{field}-day": str(day.day), f"{field}-month": str(day.month), f"{field}-year": str(day.year)}


def chief_of(players: Players) -> UUID:
    chief, at = new_id(), players.desk.clock.now()
    with players.desk.premises.engine.begin() as conn:
        people.add(conn, Person(chief, "chief-officer", body_id=players.council, name="Cleo Chief"), at)
        people.add_contact_point(conn, new_id(), chief, "email", "cleo@northvale.example", at)
    return chief


def on_a_panel(players: Players) -> list[UUID]:
    group = (("Ann Reeve", "public-sector"), ("Bilal Shah", "vcs"), ("Carys Penn", "vcs"))
    return [
        panel_register.add(
            players.desk.premises,
            name=name,
            email=f"{name.split()[0].lower()}@panel.example",
            sector=sector,
            organisation=f"The office of {name}",
        )
        for name, sector in group
    ]


def raised(script: Script) -> PlayedCase:
    answer = script.browser.post(
        "/api/concerns", json={**NEW, "respondents": [{"body": str(script.players.council)}]}
    )
    assert answer.status_code == 201, answer.text
    case = PlayedCase(script.players, answer.json()["cases"][0], answer.json()["return_code"])
    script.path = case.path
    return case


def replied_to(script: Script, case: PlayedCase, first: UUID) -> None:
    assert script.does(first, "acknowledgement", restated="It was short.", wording="Ten days.") == (
        "early-resolution"
    )
    case.replied("We saw it otherwise.")
    assert script.does(first, "release", looked=True) == "raiser-decides"
    assert [way for way, _ in script.shown(first)["ways"]] == ["senior-review", "mediation"]
    case.decided("not", stage="senior-review")


def reviewed(script: Script, case: PlayedCase, first: UUID, second: UUID) -> None:
    assert script.does(first, "next-step", officer=str(second)) == "senior-review"
    day = script.in_days(3)
    script.does(second, "convening", on=str(day), **SETTING)
    for person in (case.as_raiser(), case.as_party(script.players.senior)):
        with person as browser:
            case.done(browser, "meeting-answer", comes="yes")
    script.on(day)
    script.does(second, "meeting", held=True)
    script.does(second, "note", agreed="Dates are told in time.", open="The buses.")
    for person in (case.as_raiser(), case.as_party(script.players.senior)):
        with person as browser:
            case.done(browser, "comment", words="As it was.")
    while any(one["resource"] == "text-release" for one in script.shown(second)["acts"]):
        script.does(second, "text-release", looked=True)
    assert script.shown(second)["stage"] == "raiser-decides"


def mediated(script: Script, case: PlayedCase, second: UUID) -> None:
    mara = mediators.add(script.players.desk.premises, "Mara Quill", "mara@mediators.example").person_id
    with case.as_raiser() as browser:
        case.done(browser, "mediation", papers="yes")
    with case.as_champion() as browser:
        case.done(browser, "mediation-consent", yes="yes", papers="yes")
    assert script.does(second, "mediator", mediator=str(mara), pays="both") == "mediation"
    for person in (case.as_raiser(), case.as_champion()):
        with person as browser:
            case.done(browser, "mediator-name", accepted="yes")
    with case.as_party(mara) as browser:
        case.done(browser, "declaration", conflict="no")
        days = typed(script.in_days(3), "days.0.on") | {"days.0.time": "10:00"}
        case.done(browser, "session-days", with_="both", **days)
    with case.as_raiser() as browser:
        case.done(browser, "session-answer", can="1")
    script.does(second, "session-answer", party="respondent", can=["1"])
    with case.as_party(mara) as browser:
        case.done(browser, "mediation-end", ending="not settled")
    assert script.shown(second)["mediation"] == "over"


def heard(script: Script, case: PlayedCase, secretary: UUID, panel: list[UUID]) -> None:
    day = script.in_days(25)
    members = [str(one) for one in panel]
    script.does(secretary, "panel", members=members, lead=members[0], on=str(day), **SETTING)
    script.on(script.in_days(4))
    for one in panel:
        with case.as_party(one) as browser:
            case.done(browser, "panel-declaration", conflict="no")
    for person in (case.as_raiser(), case.as_party(script.players.senior)):
        with person as browser:
            case.done(browser, "panel-statement", words="We say it as before.")
        script.does(secretary, "panel-release", looked=True)
    script.does(secretary, "papers", looked=True)
    script.on(day)
    script.does(secretary, "hearing", came=["raiser", "respondent"])


def found(script: Script, secretary: UUID) -> None:
    headers = {
        "authorization": f"Bearer {script.tokens[secretary]}",
        "if-match": script.asked(secretary).headers["etag"],
    }
    finding = {"clause": WAY_IN, "finding": "partly-met", "reasons": "It was short."}
    twice = {"findings": [finding, finding, {**finding, "clause": "community-groups/99.9"}]}
    twice["recommendations"] = [
        {"to": "board", "what": "Tell all.", "known_by": "A letter.", "clause": "nothing/1"}
    ]
    refused = script.browser.post(f"/api{script.path}/findings", json=twice, headers=headers)
    assert [one["field"] for one in refused.json()["errors"]] == [
        "findings.1.clause",
        "findings.2.clause",
        "recommendations.0.clause",
    ]
    made = [
        {"to": to, "what": "Agree on a calendar.", "known_by": "It is on the site."}
        for to in ("raiser", "respondent")
    ]
    sent = {"findings": [finding], "recommendations": made}
    assert script.does(secretary, "findings", **sent) == "answer-to-panel"


def test_a_case_goes_through_review_mediation_and_panel_to_answers(players: Players) -> None:
    with ExitStack() as stack:
        script = Script(players, stack.enter_context(players.browser()))
        first, second, third = (script.member(name) for name in ("Bea", "Cal", "Dee"))
        secretary, chief, panel = script.member("Eve", Seat.SECRETARY), chief_of(players), on_a_panel(players)
        case = raised(script)
        replied_to(script, case, first)
        reviewed(script, case, first, second)
        mediated(script, case, second)
        case.decided("not", stage="panel")
        assert script.does(second, "next-step", stage="panel") == "panel"
        heard(script, case, secretary, panel)
        found(script, secretary)
        by = typed(script.in_days(20), "by")
        with case.as_raiser() as browser:
            case.done(browser, "panel-answer", item="1", answer="accepted", **by)
        with case.as_party(chief) as browser:
            case.done(browser, "panel-answer", item="2", answer="in-part", words="By half.", **by)
        while any(one["resource"] == "panel-release" for one in script.shown(secretary)["acts"]):
            script.does(secretary, "panel-release", looked=True)
        ready = script.shown(third)
        assert [one["answer"] for one in ready["recommendations"]] == ["accepted", "in-part"]
        assert ready["stage"] == "closing"
        assert script.does(third, "closing", outcome=ready["outcomes"][0], summary="As found.") == "closed"
        assert len(script.shown(third)["agreed_actions"]) == 2
