"""The page of what needs attention: each thing with its safe next act, and what would stand there."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import text

from compact_cases.office.identity import new_id, statement
from compact_cases.records import letter_states, letters, people, tasks
from compact_cases.records.reading import reading
from compact_cases.records.tasks import Task
from compact_cases.reports import attention
from compact_cases.reports.attention import HEADINGS, RunsOut
from compact_cases.rules.intake import AskForMore
from compact_cases.rules.seats import Seat
from tests.builders import rulebook
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible

PAGE = "/office/attention"


def opened(case: PlayedCase, kind: str, sentence: str, subject: object = None) -> Task:
    row, now = case.row, case.players.desk.clock.now()
    task = Task(new_id(), row.case_id, kind, subject or row.case_id, now.date(), sentence, now)  # type: ignore[arg-type]
    with case.players.desk.premises.engine.begin() as conn:
        tasks.open_all(conn, [task])
    return task


def section(page: str, name: str) -> str:
    [found] = re.findall(rf'<section class="flow" aria-labelledby="{name}">.*?</section>', page, re.DOTALL)
    return str(found)


def test_when_nothing_needs_anybody_it_says_what_would_stand_there(players: Players) -> None:
    with players.as_officer() as browser:
        page = visible(browser.get(PAGE).text)
        home = browser.get("/office").text
    assert "Nothing needs you here now." in page
    for heading, _ in HEADINGS.values():
        assert heading in page
    assert f'href="{PAGE}"' in home
    assert "Nothing needs you here now." in visible(home)


def test_each_thing_stands_under_its_heading_with_its_safe_next_act(players: Players) -> None:
    case = players.raised().accepted()
    opened(case, "undeliverable", "A letter to the champion could not be delivered.", players.champion)
    opened(case, "no-contact", "There is no senior lead to write to.")
    opened(case, "stuck", "A step could not be carried out.")
    opened(case, "phone", "Ring the raiser.")
    opened(case, "undeliverable", "A letter to an officer could not be delivered.", players.officer.id)
    with players.as_officer() as browser:
        page = browser.get(PAGE).text
        home = visible(browser.get("/office").text)
    champion, office = section(page, "undelivered").split("</li>")[:2]
    register = f'href="/office/bodies/{players.council}?case={case.reference}"'
    assert register in champion
    assert f'href="/office/people/{players.officer.id}"' in office
    assert register in section(page, "nobody")
    assert f'href="{case.path}">Look at the case' in section(page, "stuck")
    assert "Ring the raiser." in section(page, "by-hand")
    assert f'href="{case.path}/contact">Write down the call' in section(page, "by-hand")
    for words in ("Letters that did not arrive: 2", "Nobody to reach: 1", "Stuck work: 1", "by phone: 1"):
        assert words in home
        assert words in visible(page)


def test_a_letter_to_post_has_its_paper_and_its_button(players: Players) -> None:
    raiser = players.concern().raiser
    assert raiser is not None
    players.raised(raiser=replace(raiser, email="", phone="", post="1 High Street"))
    with players.as_officer() as browser:
        page = section(browser.get(PAGE).text, "by-hand")
        assert "Read and print the letter" in page
        assert ">Posted<" in page


def test_a_pause_about_to_end_stands_there_with_its_day(players: Players) -> None:
    case = players.raised()  # Monday 2 March 2026
    case.act(AskForMore(statement("On which day?")))
    with players.as_officer() as browser:
        assert "Pauses about to end: 1" not in visible(browser.get(PAGE).text)
    players.desk.clock.move(players.desk.clock.now().replace(day=10))
    with players.as_officer() as browser:
        page = visible(section(browser.get(PAGE).text, "pauses"))
    assert page.startswith(f"Pauses about to end {case.reference} Paused since Monday 2 March")
    assert "waiting for the raiser. It goes on by itself after Monday 16 March, in 4 working days." in page


def test_letters_that_failed_can_go_again_from_there(players: Players) -> None:
    case = players.raised()
    with players.desk.premises.engine.begin() as conn:
        receipt = next(one for one in letters.of_case(conn, case.row.case_id) if one.notice == "receipt")
        letter_states.ended(conn, receipt.id, "failed", {}, "550 5.7.1 no")
    with players.as_officer() as browser:
        assert "Letters that can be sent again: 1" in visible(browser.get("/office").text)
        page = browser.get(PAGE).text
        assert "A letter of the last 30 days could not be delivered." in section(page, "undelivered")
        assert "Nothing needs you here now." not in page
        token = re.findall(r'name="csrf_token" value="([^"]*)"', page)[0]
        answer = browser.post("/office/letters/again", data={"csrf_token": token})
    assert answer.headers["location"] == f"{PAGE}?done=letters-again"


def test_a_list_of_holidays_that_ends_too_soon_stands_there(players: Players) -> None:
    calendar = rulebook().calendar  # to 31 December 2027
    near = RunsOut.of(calendar, [date(2025, 12, 29)], date(2027, 3, 2))
    assert near == RunsOut(date(2027, 12, 31), date(2025, 12, 29))
    assert RunsOut.of(calendar, [date(2026, 12, 29)], date(2025, 12, 1)) == RunsOut(None, None)
    with reading(players.desk.premises.engine) as conn:
        found, _ = attention.sections(conn, calendar, near, date(2026, 3, 2))
        assert ("holidays", "Holidays that run out", 2) in attention.counts(
            conn, calendar, near, date(2026, 3, 2)
        )
    [holidays] = [one for one in found if one.name == "holidays"]
    assert holidays.count == 2
    with players.desk.premises.engine.begin() as conn:
        conn.execute(text("UPDATE calendar_editions SET last_day = '2026-12-31'"))
    with players.as_officer() as browser:
        page = visible(browser.get(PAGE).text)
    assert "The calendar knows them until Thursday 31 December 2026" in page


def test_it_is_for_officers(players: Players) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        assert browser.get(PAGE).status_code == 403
    with players.browser() as browser:
        assert browser.get(PAGE).headers["location"] == "/sign-in"


def failed(case: PlayedCase) -> UUID:
    with case.players.desk.premises.engine.begin() as conn:
        receipt = next(one for one in letters.of_case(conn, case.row.case_id) if one.notice == "receipt")
        letter_states.ended(conn, receipt.id, "failed", {}, "550 5.7.1 no")
    return receipt.id


def test_a_board_chair_has_there_what_concerns_the_case_that_she_looks_after_and_no_other(
    players: Players,
) -> None:
    hers, another = players.raised().accepted(), players.raised().accepted()
    chair = players.desk.officer("chair@office.example", Seat.CHAIR)
    with players.as_officer() as browser:
        hers.post(browser, "conflict", reason="I sit on their committee.")
    task = opened(hers, "stuck", "A step of hers could not be carried out.")
    opened(hers, "undeliverable", "A letter to the champion could not be delivered.", players.champion)
    opened(hers, "undeliverable", "A letter to an officer could not be delivered.", players.officer.id)
    not_hers = opened(another, "stuck", "A step of another could not be carried out.")
    of_no_case = Task(
        new_id(), None, "mail", new_id(), not_hers.day, "No letter goes out.", not_hers.opened_at
    )
    with players.desk.premises.engine.begin() as conn:
        tasks.open_all(conn, [of_no_case])
    again, stays = failed(hers), failed(another)
    with players.browser() as browser:
        players.desk.signed_in(browser, chair)
        assert hers.reference not in browser.get(PAGE).text  # nobody has asked her yet
        assert f'href="{PAGE}"' not in browser.get("/office/overdue").text
        hers.done(browser, "chair-declaration", conflict="no")
        assert f'href="{PAGE}"' in browser.get("/office/overdue").text
        page = browser.get(PAGE).text
        assert "A step of hers" in page
        for not_for_her in (another.reference, "A step of another", "No letter goes out", "/office/bodies/"):
            assert not_for_her not in page
        assert "ask an administrator to put it right on the register" in page
        assert "ask an officer to put it right in the office’s list" in page
        for address in set(re.findall(r'href="(/[^"#]*)"', page)) - {"/sign-out"}:
            assert browser.get(address).status_code == 200, address
        token = {"csrf_token": fields(page)["csrf_token"]}
        for one in (not_hers, of_no_case):
            assert browser.post(f"/office/tasks/{one.id}/done", data=token).status_code in (403, 404)
        answer = browser.post(f"/office/tasks/{task.id}/done", data=token)
        assert answer.headers["location"] == f"{PAGE}?done=task-done"
        assert "A step of hers" not in browser.get(PAGE).text
        assert "A letter of the last 30 days" in browser.get(PAGE).text
        browser.post("/office/letters/again", data=token)
    with reading(players.desk.premises.engine) as conn:
        waiting = {one.id for one in tasks.waiting(conn)}
        states = [row.state if (row := letters.get(conn, key)) else "" for key in (again, stays)]
    assert {not_hers.id, of_no_case.id} <= waiting
    assert states == ["waiting", "failed"]


def test_a_letter_to_post_in_her_case_is_the_board_chairs_to_post(players: Players) -> None:
    raiser = players.concern().raiser
    assert raiser is not None
    case = players.raised(raiser=replace(raiser, email="", phone="", post="1 High Street"))
    with players.as_officer() as browser:
        case.post(browser, "conflict", reason="I sit on their committee.")
    with players.as_staff(Seat.CHAIR) as browser:
        case.done(browser, "chair-declaration", conflict="no")
        page = section(browser.get(PAGE).text, "by-hand")
        [task] = re.findall(r"/office/tasks/([^/]*)/done", page)[:1]
        [paper] = re.findall(r'href="(/cases/[^"]*/letters/[^"]*)"', page)[:1]
        assert browser.get(paper).status_code == 200
        posted = browser.post(f"/office/tasks/{task}/done", data=fields(browser.get(PAGE).text))
        assert posted.headers["location"] == f"{PAGE}?done=task-done"
        assert paper not in browser.get(PAGE).text


def test_a_contact_who_is_gone_leads_to_the_body_that_they_were_of(players: Players) -> None:
    case = players.raised().accepted()
    opened(case, "no-contact", "No working address is known for the champion.", players.champion)
    with players.desk.premises.engine.begin() as conn:
        people.end(conn, players.champion, players.desk.clock.now())
    with players.as_officer() as browser:
        page = section(browser.get(PAGE).text, "nobody")
    assert f"/office/bodies/{players.council}?case={case.reference}" in page
