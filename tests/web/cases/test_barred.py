"""Whoever has a conflict of interest sees nothing of the case: no page, no act, no call, no list."""

from collections.abc import Callable

import pytest
from litestar import Litestar
from sqlalchemy import Connection, text

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.office.casework.needs import folded
from compact_cases.office.identity import statement
from compact_cases.office.post import morning
from compact_cases.office.post.addressees import Addressees
from compact_cases.records import letters, tasks
from compact_cases.records.tasks import Task
from compact_cases.rules.handling import DeclareConflict
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import NotFound
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import Browser, PlayedCase, Players
from tests.web.cases.test_who_may import BY_CALL_ONLY, BY_PAGE_ONLY, MAY
from tests.web.frame.test_frame import handlers

LISTS = (
    *("/cases", "/cases?waiting=me", "/cases?q=bus", "/cases?due=overdue", "/cases?closed=yes", "/cases.csv"),
    *("/cases.ods", "/office", "/office/attention", "/office/overdue", "/office/board"),
    *("/api/cases", "/api/cases?q=bus", "/api/cases?overdue=true", "/api/events"),
)


def by_declaring(players: Players, case: PlayedCase) -> None:
    officer = players.officer
    by = Visitor(Seat.OFFICER, staff_id=officer.id, name=officer.name)
    other = accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    declares = DeclareConflict(officer.id, other.id, statement("My sister works there."))
    casebook.carry_out(players.desk.premises, case.reference, declares, by=by)


def by_their_body(players: Players, case: PlayedCase) -> None:
    accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    with players.desk.premises.engine.begin() as conn:
        conn.execute(
            text("UPDATE staff SET body_id = :body WHERE id = :who"),
            {"body": players.council, "who": players.officer.id},
        )


def overdue_case(players: Players) -> PlayedCase:
    """With a task, letters, a step that is overdue and something to do today: in every list there is."""
    case = players.raised().accepted()
    with players.desk.premises.engine.begin() as conn:
        conn.execute(
            text("UPDATE obligations SET due = '2026-02-20', owner = 'office/officer' WHERE ended_at IS NULL")
        )
        conn.execute(text("UPDATE case_summaries SET next_due = '2026-02-20', first_on = '2026-02-20'"))
        conn.execute(
            text(
                "INSERT INTO tasks (id, case_id, kind, subject_id, day, sentence, opened_at) SELECT case_id,"
                " case_id, 'phone', case_id, '2026-03-02', 'Ring about ' || reference, changed_at"
                " FROM case_summaries"
            )
        )
    return case


def signed_in(players: Players, browser: Browser) -> dict[str, str]:
    players.desk.signed_in(browser, players.officer)
    token = accounts.add_token(players.desk.premises, players.officer.email)
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize("barred", [by_declaring, by_their_body])
def test_no_page_no_act_and_no_call_of_the_case_opens(
    players: Players, barred: Callable[[Players, PlayedCase], None]
) -> None:
    case = players.raised().accepted()
    with players.browser() as browser:
        headers = signed_in(players, browser)
        token = fields(browser.get("/return").text)["csrf_token"]
        assert browser.get(case.path).status_code == 200
        barred(players, case)
        events = players.desk.count("case_events")
        for path in read_by_get(players.desk.app):
            address = path.replace("{ref:str}", case.reference)
            answer = browser.get(address, headers=headers if address.startswith("/api") else {})
            # a mediation room is shut to everybody of the office, at its door
            assert answer.status_code == (403 if "/room" in path else 404), (path, answer.status_code)
            assert "Elmfield" not in answer.text, path
        for name in MAY.keys() - BY_CALL_ONLY:
            sent = {"csrf_token": token, "seen": str(case.row.position)}
            answer = browser.post(f"{case.path}/{name}", data=sent)
            assert answer.status_code in (403, 404), (name, answer.status_code)
        for name in MAY.keys() - BY_PAGE_ONLY:
            seen = {"if-match": f'"{case.row.position}"'}
            answer = browser.post(f"/api{case.path}/{name}", json={}, headers=headers | seen)
            assert answer.status_code in (403, 404), (name, answer.status_code)
        assert players.desk.count("case_events") == events


def read_by_get(app: Litestar) -> list[str]:
    """Every address of a case that is read, with an id where one is asked for."""
    found = []
    for path, handler in handlers(app):
        if "GET" in handler.http_methods and "/cases/{ref:str}" in path:
            for name in ("letter", "form_id"):
                path = path.replace(f"{{{name}:uuid}}", "01890a5d-ac96-774b-bcce-b302099a8057")
            found.append(path)
    return found


@pytest.mark.parametrize("barred", [by_declaring, by_their_body])
def test_no_list_no_file_no_feed_and_no_number_knows_of_it(
    players: Players, barred: Callable[[Players, PlayedCase], None]
) -> None:
    case = overdue_case(players)
    with players.browser() as browser:
        headers = signed_in(players, browser)

        def found_in() -> set[str]:
            answers = {
                one: browser.get(one, headers=headers if one.startswith("/api") else {}) for one in LISTS
            }
            assert {answer.status_code for answer in answers.values()} <= {200, 303}
            return {one for one, answer in answers.items() if case.reference in answer.text}

        before = found_in()
        assert {"/cases", "/cases.csv", "/office/attention", "/office/overdue", "/api/events"} <= before
        numbered = browser.get("/office").text
        assert "Letters to post" in numbered or "by-hand" in numbered
        jump = browser.get("/cases", params={"q": case.reference})
        assert jump.status_code == 303
        barred(players, case)
        assert found_in() == set()
        assert "#by-hand" not in browser.get("/office").text
        assert browser.get("/cases", params={"q": case.reference}).status_code == 200
        with players.desk.premises.engine.connect() as conn:
            (task,) = [one.id for one in tasks_of(conn) if one.kind == "phone"]
        token = fields(browser.get("/office/attention").text).get("csrf_token", "")
        browser.post(f"/office/tasks/{task}/done", data={"csrf_token": token})
        with players.desk.premises.engine.connect() as conn:
            kept = tasks.get(conn, task)
            assert kept is not None
            assert kept.done_at is None


def tasks_of(conn: Connection) -> list[Task]:
    ids = conn.scalars(text("SELECT id FROM tasks")).all()
    return [found for one in ids if (found := tasks.get(conn, one))]


@pytest.mark.parametrize("barred", [by_declaring, by_their_body])
def test_no_letter_and_no_line_of_a_digest_goes_to_them(
    players: Players, barred: Callable[[Players, PlayedCase], None]
) -> None:
    case = overdue_case(players)
    today = players.desk.clock.today()
    premises = players.desk.premises
    with premises.engine.connect() as conn:
        assert morning.waits_for(conn, players.officer.id, today)
        book = Addressees(conn, [case.row], today)
        assert book.find(case.row, Seat.OFFICER).person_id == players.officer.id  # type: ignore[union-attr]
    barred(players, case)
    with premises.engine.connect() as conn:
        assert morning.waits_for(conn, players.officer.id, today) == []
        row, book = case.row, Addressees(conn, [case.row], today)
        for seat in (Seat.OFFICER, Seat.CO_OFFICER, Seat.SECRETARY):
            who = book.find(row, seat)
            assert (who.name if who else None) == (None if seat is Seat.CO_OFFICER else "Bob Officer"), seat
        assert [one.name for one in book.officers(row)] == ["Bob Officer"]
        assert book.person("staff", players.officer.id, Seat.OFFICER, row) is None
        line = book.up_the_line(row, Seat.CO_OFFICER, book.find(row, Seat.OFFICER))
        assert line.who is None
        assert ("conflict", players.officer.id) in [(one.why, one.person_id) for one in line.passed]


def test_the_office_refuses_it_too_whatever_the_door(players: Players) -> None:
    case = players.raised().accepted()
    by_declaring(players, case)
    officer = players.officer
    by = Visitor(Seat.OFFICER, staff_id=officer.id, name=officer.name)
    with players.desk.premises.engine.connect() as conn:
        assert officer.id in folded(conn, case.row.case_id).handling.conflicted
        assert letters.of_case(conn, case.row.case_id)
    again = DeclareConflict(officer.id, None, statement("Again."))
    with pytest.raises(NotFound):
        casebook.carry_out(players.desk.premises, case.reference, again, by=by)
