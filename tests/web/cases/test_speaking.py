"""A group that ended, over the real doors: who is asked, who takes over, and that an officer closes it."""

import re
from datetime import timedelta

from sqlalchemy import text

from compact_cases.office.casework import reminders
from compact_cases.records import people
from tests.desk import fields
from tests.web.case_players import Browser, PlayedCase, Players, visible

SAM = {
    "who": "another",
    "name": "Sam Hill",
    "email": "sam.hill@hub.example",
    "organisation": "The Hub",
    "capacity": "proxy",
    "authority": "The last committee asked us.",
}


def a_group_that_ended(players: Players) -> PlayedCase:
    case = players.raised().accepted().replied().released()
    with players.as_officer() as browser:
        case.done(browser, "group-ended", words="Their treasurer rang.", **_day(players))
    return case


def _day(players: Players) -> dict[str, str]:
    today = players.desk.clock.today()
    return {
        "ended_on-day": str(today.day),
        "ended_on-month": str(today.month),
        "ended_on-year": str(today.year),
    }


def test_the_raiser_is_asked_kindly_and_the_other_side_reads_nothing_of_why(players: Players) -> None:
    case = a_group_that_ended(players)
    with case.as_raiser() as browser:
        seen = visible(browser.get(case.path).text)
        assert "We heard that your group has ended" in seen
        assert "your side needs time" in seen
        assert "It goes on by itself" not in seen
        assert "Please tell us who speaks for the group now by" in seen
        assert "Their treasurer rang" not in seen
    with case.as_champion() as browser:
        seen = visible(browser.get(case.path).text)
        assert "who speaks for the group" not in seen
        assert "the group has ended" not in seen
        assert browser.get(f"{case.path}/taking-over").status_code == 303
    with players.as_officer() as browser:
        assert "Their treasurer rang." in visible(browser.get(case.path).text)


def test_somebody_new_takes_over_by_the_page_and_has_a_letter_and_a_link(players: Players) -> None:
    case = a_group_that_ended(players)
    before = case.row.raiser_id
    with case.as_raiser() as browser:
        for wrong, words in (
            ({"name": ""}, "their name"),
            ({"email": "sam at hub"}, "no e-mail address"),
            ({"email": ""}, "an e-mail address, a telephone number or a postal address"),
            ({"authority": ""}, "who agreed"),
        ):
            answer = case.post(browser, "taking-over", **{**SAM, **wrong})
            assert answer.status_code == 422, wrong
            assert words in visible(answer.text)
        assert case.post(browser, "taking-over", **SAM).headers["location"] == "/return?given=yes"
    row = case.row
    assert row.raiser_id != before
    with players.desk.premises.engine.connect() as conn:
        assert row.raiser_id is not None
        (new,) = people.get(conn, [row.raiser_id]).values()
        (point,) = people.points_of(conn, [row.raiser_id])[row.raiser_id]
    assert (new.name, new.role, new.organisation) == ("Sam Hill", "proxy", "The Hub")
    assert point.address == "sam.hill@hub.example"
    with players.as_officer() as browser:
        seen = visible(browser.get(case.path).text)
        assert "A proxy speaks for it now." in seen
        assert "Sam Hill" in seen
    with case.as_champion() as browser:
        seen = visible(browser.get(case.path).text)
        assert "Sam Hill" not in seen
        assert "The last committee" not in seen


def test_whoever_spoke_before_is_signed_out_and_their_return_code_ends(players: Players) -> None:
    case = a_group_that_ended(players)
    before = case.row.raiser_id
    assert before
    with case.as_party(before) as by_link, case.as_raiser() as by_code, case.as_champion() as champion:
        given = case.post(by_code, "taking-over", **SAM)
        assert "Somebody else speaks for the group now." in visible(
            by_code.get(given.headers["location"]).text
        )
        for gone in (by_link, by_code):
            assert gone.get(case.path).status_code == 403
        assert champion.get(case.path).status_code == 200
    with players.browser() as browser:
        assert not entered(browser, case, case.return_code)
    with players.as_officer() as browser:
        assert "Offer a new return code" in visible(browser.get("/office/attention").text)
        path = f"{case.path}/return-code"
        made = browser.post(path, data=fields(browser.get(path).text)).text
        assert "Offer a new return code" not in visible(browser.get("/office/attention").text)
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", made)
    assert code
    with players.browser() as browser:
        assert entered(browser, case, code[0])
        assert "A proxy speaks for it now." in visible(browser.get(case.path).text)


def entered(browser: Browser, case: PlayedCase, code: str) -> bool:
    typed = {"reference": case.reference, "code": code}
    answer = browser.post("/return", data={**fields(browser.get("/return").text), **typed})
    return answer.status_code == 303


def test_where_the_same_person_goes_on_nothing_of_theirs_ends(players: Players) -> None:
    case = a_group_that_ended(players)
    with case.as_raiser() as browser:
        case.done(browser, "taking-over", who="same", capacity="member", authority="We met.")
        assert "Somebody who belonged to it speaks for it now." in visible(browser.get(case.path).text)
    with players.browser() as browser:
        assert entered(browser, case, case.return_code)


def test_nobody_takes_over_and_an_officer_closes_it_with_a_sentence_of_its_own(players: Players) -> None:
    case = a_group_that_ended(players)
    players.desk.clock.move(players.desk.clock.now() + timedelta(days=45))
    reminders.sweep_until_done(players.desk.premises)
    assert case.row.closed_at is None
    with players.as_officer() as browser:
        assert "This case is to be closed by" in visible(browser.get(case.path).text)
        case.done(browser, "closing", outcome="no further contact", summary="Nobody goes on with it.")
    with case.as_raiser() as browser:
        seen = visible(browser.get(case.path).text)
        assert "The group that raised it has ended, and we did not hear from anybody" in seen
    with players.as_officer() as browser:
        seen = visible(browser.get(case.path).text)
        assert "as “the group ended, and nobody spoke for it”" in seen
        assert "The case was closed: the group ended, and nobody spoke for it." in seen
    with case.as_champion() as browser:
        assert "group" not in visible(browser.get(case.path).text).replace("community group", "")
    with players.desk.premises.engine.connect() as conn:
        told = conn.execute(text("SELECT seat, facts FROM letters WHERE notice = 'closed'"))
        assert {row.seat: "group_ended" in row.facts for row in told} == {
            "raiser/named": True,
            "respondent/champion": False,
        }


def test_a_day_ahead_is_refused_and_what_was_typed_stays(players: Players) -> None:
    case = players.raised().accepted()
    events = players.desk.count("case_events")
    with players.as_officer() as browser:
        ahead = {**_day(players), "ended_on-year": "2031"}
        answer = case.post(browser, "group-ended", words="Their treasurer rang.", **ahead)
    assert answer.status_code == 422
    assert "a day that has passed" in visible(answer.text)
    assert "Their treasurer rang." in answer.text
    assert players.desk.count("case_events") == events
