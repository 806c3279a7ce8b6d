"""A conflict of interest, who takes over, and another office, over the real doors."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import casebook
from compact_cases.office.identity import statement
from compact_cases.office.post import morning
from compact_cases.rules.closing import Unmerge
from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import Browser, PlayedCase, Players, visible
from tests.web.cases.test_merging import merged, second


def declared(players: Players, case: PlayedCase, **also: str) -> None:
    """The players' officer says so, and is led away from what they may not see."""
    with players.as_officer() as browser:
        answer = case.post(browser, "conflict", reason="I sit on their committee.", **also)
        assert answer.headers["location"] == "/cases?done=barred", visible(answer.text)
        assert "You see nothing more of that case." in visible(browser.get("/cases?done=barred").text)
        assert browser.get(case.path).status_code == 404


def answered(case: PlayedCase, chair: Browser, conflict: str) -> str:
    """What the board chair reads before she says whether she has one; then she has."""
    page = chair.get(f"{case.path}/chair-declaration").text
    sent = {**fields(page), "conflict": conflict}
    answer = chair.post(f"{case.path}/chair-declaration", data=sent)
    assert answer.status_code == 303, visible(answer.text)
    return visible(page)


def test_the_only_officer_declares_a_conflict_and_a_new_one_takes_over(players: Players) -> None:
    case = players.raised().accepted()
    declared(players, case)
    assert tasks(players) == 1
    for way in (case.as_raiser, case.as_champion):
        with way() as browser:
            page = visible(browser.get(case.path).text)
            assert "has declared a conflict of interest" in page
            assert "I sit on their committee." not in page
    other = accounts.add_officer(players.desk.premises, "new@office.example", "New Officer", Seat.OFFICER)
    with players.browser() as browser:
        players.desk.signed_in(browser, other)
        assert "Its officer has a conflict of interest" in visible(browser.get(case.path).text)
        case.done(browser, "assignment", conflict="no", officer=str(other.id))
    assert tasks(players) == 0
    assert case.row.officer_id == other.id
    with case.as_raiser() as browser:
        assert "handles this case from now on" in visible(browser.get(case.path).text)


def test_what_was_kept_unsent_of_a_case_is_not_there_for_whoever_is_barred(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        typed = {**fields(browser.get(f"{case.path}/private-note").text), "note": "They rang me twice."}
        players.desk.pass_time(hours=12, minutes=5)
        assert browser.post(f"{case.path}/private-note", data=typed).status_code == 403
    with players.as_officer() as browser:
        assert f"{case.path}/private-note/unsent/" in browser.get("/cases").text
    declared(players, case)
    with players.as_officer() as browser:
        assert case.reference not in browser.get("/cases").text


def test_the_board_chair_takes_it_over_as_its_officer_and_is_let_into_no_other(players: Players) -> None:
    case, another = players.raised().accepted(), players.raised()
    declared(players, case)
    with players.as_staff(Seat.CHAIR) as chair:
        assert case.reference in visible(chair.get("/office/overdue").text)
        page = answered(case, chair, "no")
        assert "Elmfield Tenants" in page
        assert "Northvale County Council" in page
        assert "ten-day consultation" in visible(chair.get(case.path).text)
        seen = chair.get(case.path).text
        assert 'href="/cases"' not in seen  # every way that is shown to her leads where she is let in
        assert "/office/bodies/" not in seen
        assert 'href="/office/overdue"' in seen
        assert "Leave this case" not in seen
        assert "You look after this case" in visible(chair.get("/office/overdue").text)
        case.done(chair, "private-note", note="I rang them.")
        links = case.post(chair, "links", other=another.reference, kind="related", reason="They may be.")
        assert "There is no case of this reference" in visible(links.text)
        refused = case.post(chair, "chair-declaration", conflict="no")
        assert refused.status_code == 403  # she is its officer now
        assert "ten-day consultation" not in visible(chair.get(another.path).text)
        for resource in ("letters/01890a5d-ac96-774b-bcce-b302099a8057", "private-note", "return-code"):
            assert chair.get(f"{another.path}/{resource}").status_code in (303, 403, 404), resource
        for page in ("/cases", "/cases.csv", "/office"):
            assert chair.get(page).status_code == 403, page
    assert tasks(players) == 0
    hers = case.row.officer_id
    assert hers is not None
    with players.desk.premises.engine.connect() as conn:  # the reply was due on the 16th
        (late,) = morning.waits_for(conn, hers, date(2026, 3, 23), Seat.CHAIR)
    assert (late["name"], [one["reference"] for one in late["lines"]]) == ("no-reply", [case.reference])
    with case.as_champion() as browser:
        assert "The board chair has declared" in visible(browser.get(case.path).text)


def test_a_board_chair_with_a_conflict_leaves_it_to_an_administrator_who_sees_no_case(
    players: Players,
) -> None:
    case = players.raised().accepted()
    declared(players, case)
    with players.as_staff(Seat.CHAIR) as chair:
        assert "Nobody handles it at the moment" in visible(chair.get(case.path).text)
        answered(case, chair, "yes")
        assert chair.get(case.path).status_code == 404
        assert case.reference not in visible(chair.get("/office/overdue").text)
    for side in (case.as_raiser, case.as_champion):
        with side() as browser:  # whoever is barred is no person to ring about it
            page = visible(browser.get(case.path).text)
            assert "Nobody in our office handles this case at the moment" in page
            assert "ing a Compact officer on" not in page
    players.desk.pass_time(days=1)
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        assert digests(players) == {"administrator"}
        assert browser.get(case.path).status_code == 403
        page = browser.get("/office/nobody-left").text
        assert case.reference in page
        assert "Elmfield" not in page
        address = f"/office/nobody-left/{case.reference}"
        form = browser.get(address).text
        assert "Elmfield" not in form
        sent = {
            **fields(form),
            "office": "Dell, 01453 555 000\n3 High Street",
            "sent": "By post.\nAll of it.",
        }
        empty = browser.post(address, data={**sent, "office": ""})
        assert (empty.status_code, "By post." in empty.text) == (422, True)
        assert browser.post(address, data=sent).headers["location"] == "/office/nobody-left?done=handed-on"
        assert browser.post(address, data=sent).status_code == 404
    assert case.row.outcome == "referred elsewhere"
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "Dell, 01453 555 000" in page
        assert "Nobody in our office" not in page
        assert "Please tell that office" in page


def test_what_took_in_another_is_taken_apart_by_the_administrator_and_then_handed_on(
    players: Players,
) -> None:
    case = players.raised().accepted()
    other = merged(players, second(players), case)
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        undo = Unmerge(statement("I am curious."))
        admin = Visitor(Seat.ADMINISTRATOR, staff_id=players.officer.id)
        with pytest.raises(Refused, match="Somebody of this office can handle the other case"):
            casebook.carry_out(players.desk.premises, other.reference, undo, by=admin)
        declared(players, case)
        address = f"/office/nobody-left/{case.reference}"
        form = browser.get(address).text
        assert f"{other.reference} was merged into this one." in visible(form)
        assert "Quarry Road" not in form
        token = fields(form)
        wanted = {**token, "office": "Dell, 01453 555 000", "sent": "By post."}
        assert "Undo that merge" in visible(browser.post(address, data=wanted).text)
        assert browser.post(f"{address}/apart", data={**token, "reason": " "}).status_code == 422
        apart = browser.post(f"{address}/apart", data={**token, "reason": "It goes elsewhere."})
        assert apart.headers["location"] == f"{address}?done=taken-apart"
        assert "merged into this one" not in visible(browser.get(address).text)
        assert browser.post(address, data=wanted).headers["location"].endswith("done=handed-on")
    assert (case.row.outcome, other.row.outcome, other.row.stage) == ("referred elsewhere", None, "received")
    with players.as_officer() as browser:
        assert browser.get(other.path).status_code == 200  # the conflict was with the other raiser


def test_whoever_works_for_a_party_is_barred_at_once_and_their_cases_go_to_the_next(players: Players) -> None:
    other = accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    mine, new = players.raised().accepted(), players.raised()
    with players.browser() as browser:
        players.desk.signed_in(browser, other)
        typed = {"away": "no", "until-day": "", "employer": "Nowhere Council"}
        address = f"/office/people/{players.officer.id}"
        sent = {**fields(browser.get(address).text), **typed}
        wrong = browser.post(address, data=sent)
        assert "No body on the register has this name, so it bars nobody." in wrong.text
        assert "Nowhere Council" in wrong.text
        assert browser.post(address, data={**sent, "employer": "northvale county council"}).status_code == 303
        assert 'value="Northvale County Council"' in browser.get(address).text
        assert mine.row.officer_id == other.id
        assert "works for one of the parties" in visible(browser.get(mine.path).text)
    with players.as_officer() as browser:
        assert browser.get(mine.path).status_code == browser.get(new.path).status_code == 404
        assert new.reference not in visible(browser.get("/cases").text)


def test_an_employer_that_is_not_on_the_register_bars_once_it_is(players: Players) -> None:
    other = accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    typed = {"away": "no", "until-day": "", "employer": "dell parish council", "unlisted": "yes"}
    address = f"/office/people/{players.officer.id}"
    with players.browser() as browser:
        players.desk.signed_in(browser, other)
        kept = browser.post(address, data={**fields(browser.get(address).text), **typed})
        assert kept.headers["location"] == "/office/people?done=employer-waits"
        assert "bars them from no case yet" in visible(browser.get("/office/people?done=employer-waits").text)
        page = browser.get(address).text
        assert 'value="dell parish council"' in page
        assert "This body is not on the register" in page
        new = {"body": "Dell Parish Council", "kind": "public-body"}
        added = browser.post("/office/bodies", data={**fields(browser.get("/office/bodies/new").text), **new})
        assert added.status_code == 303, visible(added.text)
        assert 'value="Dell Parish Council"' in browser.get(address).text
        assert "This body is not on the register" not in browser.get(address).text
    with players.desk.premises.engine.connect() as conn:
        found = conn.execute(text("SELECT body_id, employer FROM staff WHERE body_id IS NOT NULL")).all()
    assert [(one.employer, str(one.body_id) in added.headers["location"]) for one in found] == [(None, True)]


def test_who_finds_out_by_an_act_of_their_own_is_barred_with_it(players: Players) -> None:
    """They work for a body, and match a case that was raised about another one to it."""
    body = players.add_body(UUID(int=5), "Dell Parish Council")
    case = players.raised()
    with players.desk.premises.engine.begin() as conn:
        conn.execute(text("UPDATE staff SET body_id = :body"), {"body": body})
    with players.as_officer() as browser:
        case.done(browser, "assignment", officer=str(players.officer.id), conflict="no")
        answer = case.post(browser, "respondent", body=str(body))
        assert answer.headers["location"] == "/cases?done=barred", visible(answer.text)
        assert browser.get(case.path).status_code == 404
    assert tasks(players) == 1


def test_it_is_handed_on_and_both_sides_read_to_whom(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "referral", office="The Dell Compact office, 01453 555 000", sent="All, by post.")
        assert "All, by post." in visible(browser.get(case.path).text)
    for way in (case.as_raiser, case.as_champion):
        with way() as browser:
            page = visible(browser.get(case.path).text)
            assert "The Dell Compact office, 01453 555 000" in page
            assert "All, by post." not in page
            assert "handed on to another office" in page
            assert "open it again" not in page


def test_whoever_takes_a_case_on_says_with_it_that_they_have_no_conflict(players: Players) -> None:
    case = players.raised()
    hidden = players.hidden_one(Confidentiality.CONFIDENTIAL)
    with players.as_officer() as browser:
        taking = visible(browser.get(f"{case.path}/acknowledgement").text)
        unnamed = visible(browser.get(f"{hidden.path}/acknowledgement").text)
        case.done(browser, "assignment", officer=str(players.officer.id), conflict="no")
    assert "With this you say that you have no conflict of interest here" in taking
    assert "belongs to Elmfield" not in unnamed


def digests(players: Players) -> set[str]:
    """Whose morning letters are filed now."""
    morning.write_digests(players.desk.premises)
    with players.desk.premises.engine.connect() as conn:
        seats = conn.scalars(text("SELECT seat FROM letters WHERE notice = 'digest'"))
        return {seat.partition("/")[2] for seat in seats}


def tasks(players: Players) -> int:
    with players.desk.premises.engine.connect() as conn:
        waiting = text("SELECT count(*) FROM tasks WHERE kind = 'conflict' AND done_at IS NULL")
        return int(conn.execute(waiting).scalar_one())
