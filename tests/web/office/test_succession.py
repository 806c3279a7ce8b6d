"""A body ends: who takes over is said on the register, and its cases go over on that day and not before."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from compact_cases.office import upkeep
from compact_cases.office.identity import new_id
from compact_cases.records import people
from compact_cases.records.people import Person
from tests.desk import fields
from tests.web.case_players import Browser, Players, visible


def test_the_council_is_replaced_on_a_day(players: Players) -> None:
    case, closed = players.raised().accepted(), players.raised()
    with closed.as_raiser() as browser:
        closed.done(browser, "withdrawal", sure="yes")
    heir, champion = _an_heir(players), new_id()
    _speaks(players, champion, heir)
    day = players.desk.clock.today() + timedelta(days=3)
    with players.as_officer() as browser:
        assert _said(browser, players, "Severn Council", day).status_code == 303
        page = visible(browser.get(f"/office/bodies/{players.council}").text)
        assert "Severn Council takes over from it on" in page
    upkeep.keep_house(players.desk.premises)
    assert case.row.respondent_id == players.council
    players.desk.pass_time(days=3)
    upkeep.keep_house(players.desk.premises)
    upkeep.keep_house(players.desk.premises)
    assert (case.row.respondent_id, case.row.respondent_label) == (heir, "Severn Council")
    assert closed.row.respondent_id == players.council
    with case.as_party(champion) as browser:
        page = visible(browser.get(case.path).text)
        assert "A concern about Severn Council" in page
        assert "Send the reply" in page
    with case.as_raiser() as browser:
        assert "From now on Severn Council answers in this case" in visible(browser.get(case.path).text)
    with players.as_officer() as browser:
        assert "Northvale County Council" not in visible(browser.get("/office/bodies").text)


def test_of_a_council_that_is_divided_an_officer_chooses_for_each_case(players: Players) -> None:
    case = players.raised().accepted()
    heirs = [_an_heir(players), players.add_body(new_id(), "Vale Council")]
    champions = [new_id(), new_id()]
    for champion, heir in zip(champions, heirs, strict=True):
        _speaks(players, champion, heir)
    day = players.desk.clock.today() + timedelta(days=1)
    with players.as_officer() as browser:
        twice = _said(browser, players, "Severn Council", day, "Severn Council")
        assert "the same body twice" in visible(twice.text)
        assert _said(browser, players, "Severn Council", day, "Vale Council").status_code == 303
        page = visible(browser.get(f"/office/bodies/{players.council}").text)
        assert "Severn Council and Vale Council take over from it on" in page
    players.desk.pass_time(days=1)
    upkeep.keep_house(players.desk.premises)
    upkeep.keep_house(players.desk.premises)
    assert case.row.respondent_id == players.council
    with case.as_raiser() as browser:
        assert "Vale Council" not in visible(browser.get(case.path).text)
    with players.as_officer() as browser:
        assert f"Say in {case.reference} which of the two bodies" in visible(
            browser.get("/office/attention").text
        )
        form = visible(browser.get(f"{case.path}/successor").text)
        assert "Severn Council" in form
        wrong = case.post(browser, "successor", body=str(players.council), reason="Ours.")
        assert wrong.status_code == 422
        assert "Ours." in wrong.text
        case.done(browser, "successor", body=str(heirs[1]), reason="The buses went to the Vale.")
        assert f"Say in {case.reference}" not in visible(browser.get("/office/attention").text)
    assert (case.row.respondent_id, case.row.respondent_label) == (heirs[1], "Vale Council")
    with case.as_party(champions[1]) as browser:
        seen = visible(browser.get(case.path).text)
        assert "Send the reply" in seen
        assert "The buses went" not in seen
    upkeep.keep_house(players.desk.premises)
    with players.as_officer() as browser:
        assert "Northvale County Council" not in visible(browser.get("/office/bodies").text)


def test_what_cannot_be_said_is_refused_with_a_sentence_and_kept(players: Players) -> None:
    heir, day = _an_heir(players), players.desk.clock.today()
    with players.as_officer() as browser:
        for named, sentence in (
            ("Nowhere Council", "no body"),
            ("Northvale County Council", "does not succeed itself"),
            ("Severn Council", "no champion"),
            ("", "Please give the name"),
        ):
            answer = _said(browser, players, named, day)
            assert answer.status_code == 422
            assert sentence in visible(answer.text)
            assert named in answer.text
        _speaks(players, new_id(), heir)
        assert _said(browser, players, "Severn Council", day).status_code == 303
        assert "has ended already" in visible(_said(browser, players, "Severn Council", day).text)


def _an_heir(players: Players) -> UUID:
    return players.add_body(new_id(), "Severn Council")


def _speaks(players: Players, person: UUID, body: UUID) -> None:
    with players.desk.premises.engine.begin() as conn:
        people.add(conn, Person(person, "champion", body_id=body, name="Di"), players.desk.clock.now())


def _said(browser: Browser, players: Players, named: str, day: date, second: str = "") -> Any:
    address = f"/office/bodies/{players.council}/succession"
    parts = {f"from_day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    token = fields(browser.get(address).text)["csrf_token"]
    return browser.post(address, data={"csrf_token": token, "successor": named, "second": second, **parts})
