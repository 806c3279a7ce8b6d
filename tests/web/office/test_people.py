"""The office's own people on their pages, absences, what the chair sees, and the page asked for first."""

from datetime import date

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.office.identity import new_id
from compact_cases.office.post.addressees import Addressees
from compact_cases.office.registry import registry
from compact_cases.records import people, staff
from compact_cases.records.people import Person
from compact_cases.records.staff import StaffMember
from compact_cases.rules.seats import Seat
from tests.desk import fields, path_of
from tests.web.case_players import Browser, PlayedCase, Players, visible

BOB = "bob@office.example"


def send(browser: Browser, page: str, to: str, **typed: str) -> tuple[int, str]:
    answer = browser.post(to, data={**fields(browser.get(page).text), **typed})
    return answer.status_code, visible(answer.text)


def until(day: str) -> dict[str, str]:
    return {"away": "yes", "until-day": day, "until-month": "3", "until-year": "2026"}


HERE = {"away": "no"}


def to_whom(players: Players, case: PlayedCase, role: Seat) -> str:
    """Who gets a letter to this role of a case today."""
    with players.desk.premises.engine.connect() as conn:
        found = Addressees(conn, [case.row], players.desk.clock.now().date()).find(case.row, role)
    return found.name if found else ""


def member(players: Players, email: str) -> StaffMember:
    with players.desk.premises.engine.connect() as conn:
        found = staff.by_email(conn, email)
    assert found is not None
    return found


# --- the office's list ------------------------------------------------------------------------------------


def test_an_officer_adds_somebody_who_is_away_and_has_left(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        assert (
            send(browser, "/office/people/new", "/office/people", name="Bob", email=BOB, role="officer")[0]
            == 303
        )
        own, bob = players.officer, member(players, BOB)
        page = f"/office/people/{own.id}"
        assert "Have they left?" not in visible(browser.get(page).text)
        assert send(browser, page, page, co_officer=str(bob.id), **until("4"))[0] == 303
        listed = visible(browser.get("/office/people").text)
        assert "until 4 Mar 2026" in listed
        assert to_whom(players, case, Seat.OFFICER) == "Bob"
        assert '"4"' in browser.get(page).text
        assert send(browser, page, page, co_officer=str(bob.id), **HERE)[0] == 303
        assert to_whom(players, case, Seat.OFFICER) == "Ann Officer"
        page = f"/office/people/{bob.id}"
        assert send(browser, page, f"{page}/end", left="yes")[0] == 303
        assert "Bob" not in visible(browser.get("/office/people").text)
        assert browser.get(page).status_code == 409
    accounts.add_officer(players.desk.premises, BOB, "Bob Again", Seat.SECRETARY)
    again = member(players, BOB)
    assert (again.id, again.name, again.role, again.ended_at) == (bob.id, "Bob Again", Seat.SECRETARY, None)


def test_who_has_left_with_open_cases_is_said(players: Players) -> None:
    bob = accounts.add_officer(players.desk.premises, BOB, "Bob")
    case = players.raised()
    with players.as_officer() as browser:
        case.done(browser, "assignment", officer=str(bob.id), conflict="no")
        assert "They handle 1 open case." in visible(browser.get(f"/office/people/{bob.id}").text)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "email": BOB, "role": "officer"}, "Please give the person’s name."),
        ({"name": "Kept name", "email": "bob", "role": "officer"}, "Please give the whole e-mail address"),
        ({"name": "Kept name", "email": BOB, "role": "king"}, "Please choose what they do."),
        ({"name": "Kept name", "email": "ann@office.example", "role": "officer"}, "is already in the office"),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed(players: Players, typed: dict[str, str], sentence: str) -> None:
    with players.as_officer() as browser:
        answer = browser.post(
            "/office/people", data={**fields(browser.get("/office/people/new").text), **typed}
        )
    assert answer.status_code == 422
    assert sentence in visible(answer.text)
    assert typed["name"] in answer.text


def test_what_cannot_be_is_refused(players: Players) -> None:
    bob = accounts.add_officer(players.desk.premises, BOB, "Bob")
    chair = accounts.add_officer(players.desk.premises, "cat@office.example", "Cat", Seat.CHAIR)
    own = f"/office/people/{players.officer.id}"
    with players.as_officer() as browser:
        assert "This day has passed." in send(browser, own, own, **until("1"))[1]
        refused = send(browser, own, own, co_officer=str(chair.id), **HERE)[1]
        assert "Please choose one of the answers" in refused
        assert "You cannot end yourself." in send(browser, own, f"{own}/end", left="yes")[1]
        theirs = f"/office/people/{bob.id}"
        assert "Please tick that this person has left." in send(browser, theirs, f"{theirs}/end")[1]
        assert send(browser, theirs, f"{theirs}/end", left="yes")[0] == 303
    with pytest.raises(Exception, match="only officer"):
        accounts.end_officer(players.desk.premises, players.officer.id)


def test_an_administrator_looks_and_changes_nothing(players: Players) -> None:
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        assert "Ann Officer" in browser.get("/office/people").text
        assert browser.get("/office/people/new").status_code == 403
        assert browser.get(f"/office/people/{players.officer.id}").status_code == 403


UNCLEAR: list[tuple[dict[str, str], str]] = [
    ({"away": "yes"}, "Please give the last day on which they are away."),
    ({}, "Please say whether they are away."),
    ({"until-day": "4", "until-month": "3", "until-year": "2026"}, "Please say whether they are away."),
    ({**until("4"), "away": "no"}, "You say that they are here, and give a day until which they are away."),
    ({**until("4"), "until-year": ""}, "Please give the year too."),
]


@pytest.mark.parametrize(("typed", "sentence"), UNCLEAR)
@pytest.mark.parametrize("whose", ["the office", "a body"])
def test_an_absence_without_its_date_is_refused_and_changes_nothing(
    players: Players, typed: dict[str, str], sentence: str, whose: str
) -> None:
    accounts.set_absence(players.desk.premises, players.officer.id, date(2026, 3, 6), None)
    registry.set_absence(players.desk.premises, players.council, players.champion, date(2026, 3, 6))
    page, more = f"/office/people/{players.officer.id}", {}
    if whose == "a body":
        page, more = f"/office/bodies/{players.council}/absence", {"person": str(players.champion)}
    with players.as_officer() as browser:
        status, seen = send(browser, page, page, **more, **typed)
    assert (status, sentence in seen) == (422, True), seen
    assert member(players, players.officer.email).absent_until == date(2026, 3, 6)
    with players.desk.premises.engine.connect() as conn:
        champion = next(one for one in people.of_bodies(conn, [players.council]) if one.role == "champion")
    assert champion.absent_until == date(2026, 3, 6)


def test_an_absence_that_is_over_is_over(players: Players) -> None:
    accounts.set_absence(players.desk.premises, players.officer.id, date(2026, 3, 3), None)
    registry.set_absence(players.desk.premises, players.council, players.champion, date(2026, 3, 3))
    players.desk.pass_time(days=3)
    page = f"/office/people/{players.officer.id}"
    with players.as_officer() as browser:
        assert "until 3 Mar" not in visible(browser.get("/office/people").text)
        assert "Chris Champion, until" not in visible(browser.get(f"/office/bodies/{players.council}").text)
        form = browser.get(page).text
        assert 'value="no" checked' in form
        assert 'name="until-day" value=""' in form


# --- the contacts of a body -------------------------------------------------------------------------------


def test_while_a_champion_is_away_letters_go_to_the_deputy(players: Players) -> None:
    case, at, deputy = players.raised().accepted(), players.desk.clock.now(), new_id()
    with players.desk.premises.engine.begin() as conn:
        row = Person(
            deputy, "champion", body_id=players.council, deputy_of=players.champion, name="Dee Deputy"
        )
        people.add(conn, row, at)
        people.add_contact_point(conn, new_id(), deputy, "email", "dee@northvale.example", at)
    page = f"/office/bodies/{players.council}/absence"
    with players.as_officer() as browser:
        assert "Please say who is away, or back." in send(browser, page, page, **until("6"))[1]
        assert (
            "This day has passed." in send(browser, page, page, person=str(players.champion), **until("1"))[1]
        )
        assert send(browser, page, page, person=str(players.champion), **until("6"))[0] == 303
        assert "Away until 6 Mar 2026." in visible(browser.get(page).text)
        assert "Chris Champion, until Friday 6 March 2026" in visible(browser.get(page[:-8]).text)
        assert "Away until 6 Mar 2026." in visible(browser.get(case.path).text)
        assert to_whom(players, case, Seat.CHAMPION) == "Dee Deputy"
        assert send(browser, page, page, person=str(players.champion), **HERE)[0] == 303
        assert "Away until" not in visible(browser.get(page).text)
        assert browser.get(f"/office/bodies/{new_id()}/absence").status_code == 404
        assert send(browser, page, page, person=str(players.champion), **until("6"))[0] == 303
    players.desk.pass_time(days=5)
    assert to_whom(players, case, Seat.CHAMPION) == "Chris Champion"


# --- the chair --------------------------------------------------------------------------------------------


def test_the_chair_sees_what_is_overdue_and_no_name(players: Players) -> None:
    late = players.raised().accepted()
    with players.as_officer() as browser:
        assert "Nothing is overdue." in visible(browser.get("/office/overdue").text)
    players.desk.pass_time(days=15)
    with players.as_staff(Seat.CHAIR) as browser:
        page = browser.get("/office/overdue").text
        assert browser.get("/office").status_code == 403
        assert 'href="/office"' not in page
        assert 'href="/office/overdue"' in page
        assert f'href="{late.path}"' in page
        assert 'href="/cases"' not in page
        hers = visible(browser.get(late.path).text)
        assert "For the board chair" in hers
        assert "The respondent owes a reply" in hers
    seen = visible(page)
    assert f"{late.reference} The oldest Early resolution Reply Respondent" in seen
    assert "1 with respondents. The longest overdue stands first." in seen
    assert "overdue by 1 working day" in seen
    assert not [name for name in ("Elmfield", "Northvale", "Chris", "Rose") if name in seen + hers]
    with players.as_officer() as browser:
        assert f'href="{late.path}"' in browser.get("/office/overdue").text
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        assert browser.get("/office/overdue").status_code == 403


def test_the_chair_reads_who_handles_it_which_is_the_oldest_and_what_came_to_them(players: Players) -> None:
    chair = accounts.add_officer(players.desk.premises, "cat@office.example", "Cat Chair", Seat.CHAIR)
    bob = accounts.add_officer(players.desk.premises, BOB, "Bob Leaver")
    oldest = players.raised()
    with players.as_officer() as browser:
        oldest.done(browser, "assignment", officer=str(bob.id), conflict="no")
    players.desk.pass_time(days=14)
    reminders.sweep(players.desk.premises)  # +3 of the acknowledgement has come: the chair is told
    accounts.end_officer(players.desk.premises, bob.id)
    newer, nobodys = players.raised().accepted(), players.raised()
    players.desk.pass_time(days=21)
    with players.browser() as browser:
        players.desk.signed_in(browser, chair)
        seen = visible(browser.get("/office/overdue").text)
    assert f"The oldest is {oldest.reference}, with Bob Leaver, who has left" in seen
    assert "1 was escalated to you" in seen
    row, rest = seen.partition(f"{newer.reference} Early")[::2]
    assert f"{oldest.reference} The oldest Escalated to you Received Acknowledge Officer" in row
    assert "Bob Leaver, who has left" in row
    assert "Ann Officer" in rest
    assert "Escalated" not in rest
    assert "Nobody yet" in seen[seen.index(f"{nobodys.reference} Received") :]
    with players.as_officer() as browser:
        assert "Escalated to the board chair" in visible(browser.get("/office/overdue").text)


# --- the page asked for before signing in -----------------------------------------------------------------


def test_signing_in_leads_to_the_page_that_was_asked_for(players: Players) -> None:
    case = players.raised()
    with players.browser() as browser:
        asked = browser.get(case.path)
        assert asked.status_code == 403
        assert "Are you a Compact officer? Sign in ; you then come to this page." in visible(asked.text)
        assert sign_in(players, browser, players.officer) == case.path
        assert sign_in(players, browser, players.officer) == "/cases"
    with players.browser() as browser:
        assert browser.get("/office/bodies").headers["location"] == "/sign-in"
        assert sign_in(players, browser, players.officer) == "/office/bodies"


@pytest.mark.parametrize(
    "path", ["//elsewhere.example/cases", "https://elsewhere.example", "/sign-out", "/cases/../x"]
)
def test_no_other_address_is_followed_after_signing_in(players: Players, path: str) -> None:
    with players.browser() as browser:
        browser.cookies.set("asked", path)
        assert sign_in(players, browser, players.officer) == "/cases"


def test_a_chair_who_followed_a_case_comes_to_the_overdue_page(players: Players) -> None:
    chair = accounts.add_officer(players.desk.premises, "cat@office.example", "Cat", Seat.CHAIR)
    with players.browser() as browser:
        assert browser.get(players.raised().path).status_code == 403
        assert sign_in(players, browser, chair) == "/office/overdue"


def sign_in(players: Players, browser: Browser, who: StaffMember) -> str:
    link = path_of(accounts.sign_in_link(players.desk.premises, who.id))
    answer = browser.post(link, data=fields(browser.get(link).text))
    assert answer.status_code == 303
    to: str = answer.headers["location"]
    return to


def test_dates_of_absence_are_read_as_local_days(players: Players) -> None:
    accounts.set_absence(players.desk.premises, players.officer.id, date(2026, 3, 2), None)
    assert member(players, players.officer.email).absent_until == date(2026, 3, 2)
