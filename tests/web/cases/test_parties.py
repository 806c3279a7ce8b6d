"""A case for its raiser and its respondent: what they read, what they do, and what stays away from them."""

from datetime import date

import pytest
from sqlalchemy import text

from compact_cases.office.casework import reminders
from compact_cases.office.identity import new_id
from compact_cases.records import people
from compact_cases.records.people import Person
from compact_cases.rules.concern import Confidentiality, Raiser, RespondentNamed
from compact_cases.rules.seats import Seat
from tests.builders import local
from tests.desk import fields
from tests.web.case_players import ACCOUNT, Players, visible

# --- the raiser -------------------------------------------------------------------------------------------


def test_a_raiser_reads_where_it_stands_what_is_next_and_whom_to_ring(players: Players) -> None:
    case = players.raised()
    with case.as_raiser() as browser:
        new = visible(browser.get(case.path).text)
        case.accepted()
        waiting = visible(browser.get(case.path).text)
        case.replied()
        replied = visible(browser.get(case.path).text)
    assert "We have received your concern." in new
    assert "A Compact officer reads your concern and writes to you by Monday 9 March" in new
    assert "01452 555 010" in new
    assert "Northvale County Council owes you a reply by Monday 16 March" in waiting
    assert "You say that ten days were too short." in waiting
    assert "has sent a reply, and an officer is reading it" in replied
    assert "We will run it again." not in replied
    assert "Chris Champion" not in new + waiting + replied


def test_the_mailed_link_opens_the_same_page(players: Players) -> None:
    case = players.raised()
    raiser = case.row.raiser_id
    assert raiser
    with case.as_party(raiser) as browser:
        assert "We have received your concern." in browser.get(case.path).text


def test_a_raiser_answers_our_question(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        case.done(browser, "question", question="On which day did it open?")
    with case.as_raiser() as browser:
        assert "Please answer our question by Monday 16 March" in visible(browser.get(case.path).text)
        empty = case.post(browser, "answer", answer=" ")
        case.done(browser, "answer", answer="On 1 February.")
        seen = visible(browser.get(case.path).text)
    assert empty.status_code == 422
    assert "Please write the answer." in empty.text
    assert "On 1 February." in seen
    assert case.row.next_name == "acknowledge"


def test_a_raiser_reads_the_released_reply_and_decides(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        nothing = case.post(browser, "decision", words="Kept words.")
        half = case.post(browser, "decision", decision="partly")
        case.done(browser, "decision", decision="partly", then="close")
        after = visible(browser.get(case.path).text)
    assert "Community Groups 5.3: accepted in part" in page
    assert "A new consultation of twelve weeks." in page
    assert "by Jo Field, Head of Transport" in page
    assert nothing.status_code == half.status_code == 422
    assert "Please choose one of the answers." in nothing.text
    assert "Kept words." in nothing.text
    assert "whether this is enough to close the case" in half.text
    assert "You have decided, and the case is being closed." in after
    assert case.row.next_name == "close"


def test_after_no_reply_a_raiser_goes_on_waits_or_closes(players: Players) -> None:
    case = players.raised().accepted().no_reply()
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        undated = case.post(browser, "decision", decision="wait")
        typed = {"until-day": "30", "until-month": "3", "until-year": "2026"}
        far = case.post(browser, "decision", decision="wait", **typed)
        typed = {"until-day": "11", "until-month": "3", "until-year": "2026"}
        case.done(browser, "decision", decision="wait", **typed)
        assert case.row.next_due == date(2026, 3, 11)
        case.done(browser, "decision", decision="go-on")
    assert "The last day you can choose is Monday 16 March 2026." in page
    assert undated.status_code == far.status_code == 422
    assert "until which day to wait" in undated.text
    assert "not later than Monday 16 March 2026" in far.text
    assert 'value="30"' in far.text
    assert case.row.next_name == "next-step"


def test_withdrawing_has_a_confirming_page_and_asks_no_reason(players: Players) -> None:
    case = players.raised()
    with case.as_raiser() as browser:
        assert f'href="{case.path}/withdrawal"' in browser.get(case.path).text
        page = visible(browser.get(f"{case.path}/withdrawal").text)
        unsure = case.post(browser, "withdrawal", words="Kept words.")
        case.done(browser, "withdrawal", sure="yes")
        after = visible(browser.get(case.path).text)
    assert "has not been told of the concern, and will not hear of it from us" in page
    assert unsure.status_code == 422
    assert "Kept words." in unsure.text
    assert "This case is closed. It was withdrawn by its raiser." in after
    assert case.row.outcome == "withdrawn"


def test_the_return_code_shows_both_cases_of_a_concern_and_a_link_names_the_other(players: Players) -> None:
    other = players.add_body(new_id(), "Dell District Council")
    case = players.raised(respondents=(RespondentNamed(players.council), RespondentNamed(other)))
    second = f"/cases/{case.references[1]}"
    with case.as_raiser() as browser:
        assert f'<a href="{second}">' in browser.get(case.path).text
        assert "Your concern about Dell District Council" in browser.get(second).text
    raiser = case.row.raiser_id
    assert raiser
    with case.as_party(raiser) as browser:
        assert "your return code opens it" in browser.get(case.path).text
        assert browser.get(second).status_code == 404


# --- the respondent ---------------------------------------------------------------------------------------


def test_a_champion_reads_the_wording_and_answers_each_undertaking(players: Players) -> None:
    case = players.raised().accepted("Ten days were too short for them.")
    with case.as_champion() as browser:
        page = visible(browser.get(case.path).text)
        nothing = case.post(browser, "reply", offer="Kept offer.")
        unsaid = case.post(browser, "reply", **case.a_reply(words="", **{"answers.0.answer": "not-ours"}))
        case.done(browser, "reply", **case.a_reply())
        after = visible(browser.get(case.path).text)
        again = case.post(browser, "reply", **case.a_reply())
    assert "Your reply is due by Monday 16 March, in 10 working days" in page
    assert "signed it on Tuesday 4 May 2021" in page
    assert "Ten days were too short for them." in page
    assert "By Elmfield Tenants." in page
    assert "Who will read it: a Compact officer first, then Elmfield Tenants." in page
    assert nothing.status_code == unsaid.status_code == 422
    assert "Please choose an answer to Community Groups 5.3." in nothing.text
    assert 'href="#answers.0.answer"' in nothing.text
    assert 'id="answers.0.answer"' in nothing.text
    links = [nothing.text.index(f'href="#{name}"') for name in ("answers.0.answer", "signed")]
    assert links == sorted(links)  # what is to be mended is listed as it stands on the page
    assert "Please give the name and post" in nothing.text
    assert "Kept offer." in nothing.text
    assert "Please say whose it is, in a sentence or more" in unsaid.text
    assert "Your reply has reached us, and an officer is reading it." in after
    assert "A Compact officer reads your reply and passes it on by Wednesday 4 March" in after
    assert again.status_code == 409
    assert case.row.next_name == "release"


def test_a_late_reply_is_taken_until_the_case_is_closed(players: Players) -> None:
    case = players.raised().accepted().no_reply()
    with case.as_champion() as browser:
        assert "No reply is recorded yet. You can still send one." in browser.get(case.path).text
    case.replied().released()
    with case.as_raiser() as browser:
        assert "We will run it again." in browser.get(case.path).text


def test_the_senior_lead_comes_in_with_the_escalation_and_may_reply(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_party(players.senior) as browser:
        assert browser.get(case.path).status_code == 404
        case.escalated()
        assert "so the senior lead now sees it too" in visible(browser.get(case.path).text)
        case.done(browser, "reply", **case.a_reply())
    assert case.row.next_name == "release"


def test_a_reply_that_was_passed_over_by_another_keeps_what_was_typed(players: Players) -> None:
    case = players.raised().accepted().escalated()
    with case.as_champion() as slow:
        page = fields(slow.get(case.path).text)
        with players.as_officer() as browser:
            clause = {"clause": "community-groups/5.4", "role": "supporting", "reason": "Why."}
            case.done(browser, "clauses", drop="no", **clause)
        sent = slow.post(f"{case.path}/reply", data={**page, **case.a_reply("Kept by the slower one.")})
    assert sent.status_code == 409
    assert "New since you opened this page" in sent.text
    assert "Kept by the slower one." in sent.text


def test_erased_texts_say_so(players: Players) -> None:
    case = players.raised().accepted("Ten days were too short.")
    with players.desk.premises.engine.begin() as conn:
        for kind in ("account", "wording", "restated"):
            conn.execute(text("DELETE FROM statements WHERE kind = :kind"), {"kind": kind})
    with case.as_champion() as browser:
        champion = visible(browser.get(case.path).text)
    with case.as_raiser() as browser:
        raiser = visible(browser.get(case.path).text)
    assert "This was removed on request." in champion
    assert "This was removed on request." in raiser
    assert "Ten days" not in champion


# --- nobody in, nothing out -------------------------------------------------------------------------------

MARKED = Raiser(
    name="Zorgname Tenants",
    kind="community-group",
    area="Zorgarea",
    person="Zorgperson Raiser",
    role="Zorgrole",
    authority="Zorgauthority",
    email="zorgmail@zorghost.example",
    phone="01453 777777",
    post="Zorgstreet 1",
    best_times="Zorgtimes",
    second_name="Zorgsecond",
    second_reach="Zorgreach",
    on_behalf_of="Zorgbehalf",
)


@pytest.mark.parametrize("way", [Confidentiality.CONFIDENTIAL, Confidentiality.ANONYMOUS])
def test_nothing_that_names_a_hidden_raiser_reaches_the_other_side(
    players: Players, way: Confidentiality
) -> None:
    told = {
        "raiser": MARKED,
        "account": "Zorgaccount happened.",
        "happened": "Zorghappened",
        "closes_what": "Zorgcloses",
        "tried": "Zorgtried",
        "remedy_text": "Zorgremedy",
        "papers": "Zorgpapers",
        "afraid": "yes",
        "afraid_text": "Zorgafraid",
        "adjustments": "Zorgadjust",
        "other_routes": "Zorgroutes",
    }
    case = players.hidden_one(way, **told)
    with players.as_officer() as browser:
        case.done(browser, "question", question="Zorgquestion?")
        case.done(browser, "answer", answer="Zorganswer.")
        reason = {"clause": "community-groups/5.4", "role": "supporting", "reason": "Zorgreason"}
        case.done(browser, "clauses", drop="no", **reason)
        accepted = {"decision": "accept", "restated": "Zorgrestated", "wording": "Ten days were too short."}
        case.done(browser, "acknowledgement", **accepted, fear_considered="yes")
    with case.as_champion() as browser:
        answers = [
            browser.get(case.path),
            case.post(browser, "reply"),
            browser.get(f"{case.path}/withdrawal"),
        ]
        case.escalated().replied().released("twelve weeks")
        answers.append(browser.get(case.path))
        with case.as_raiser() as theirs:
            case.done(theirs, "decision", decision="settled", words="Zorgwords")
        answers.append(browser.get(case.path))
        case.closed()
        answers.append(browser.get(case.path))
    with case.as_party(players.senior) as browser:
        answers.append(browser.get(case.path))
    for answer in answers:
        everything = (answer.text + repr(answer.headers)).casefold()
        assert "zorg" not in everything, everything[everything.index("zorg") - 200 :][:300]
        assert "777777" not in everything
    assert "Ten days were too short." in answers[-1].text
    assert "Somebody in Gloucestershire" in answers[-1].text


def test_a_hidden_raiser_is_in_no_heading_or_title_for_officers_either(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL)
    with players.as_officer() as browser:
        page, listed = browser.get(case.path).text, browser.get("/cases").text
        found = browser.get("/cases?q=elmfield").text
    assert "Elmfield" not in page[: page.index("</h1>")]
    assert "Elmfield" not in listed
    assert case.reference in found  # officers find it by its name all the same


def test_everybody_else_gets_the_one_same_answer(players: Players) -> None:
    case, other = players.raised().accepted(), players.raised()
    stranger = new_id()
    with players.desk.premises.engine.begin() as conn:
        at = players.desk.clock.now()
        people.add(conn, Person(stranger, "champion", body_id=new_id(), name="Else"), at)
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        assert browser.get(case.path).status_code == 403
    with players.as_staff(Seat.CHAIR) as browser:  # a page made for her, without content
        assert "Elmfield" not in browser.get(case.path).text
        assert browser.get("/cases").status_code == 403
    with players.browser() as nobody:
        assert nobody.get(case.path).status_code == 403
        assert nobody.get("/cases").headers["location"] == "/sign-in"
    with other.as_raiser() as browser:
        unknown = browser.get("/cases/GC-2026-0999")
        theirs = browser.get(case.path)
        assert (unknown.status_code, visible(unknown.text)) == (theirs.status_code, visible(theirs.text))
        assert theirs.status_code == 404
        token = fields(browser.get(other.path + "/withdrawal").text)
        for resource in ("answer", "decision", "withdrawal", "reply"):
            sent = browser.post(f"{case.path}/{resource}", data={**token, "sure": "yes"})
            assert sent.status_code == 404
        for resource in ("acknowledgement", "release", "closing", "clauses", "assignment"):
            assert browser.post(f"{other.path}/{resource}", data=token).status_code == 403
    with other.as_party(stranger) as browser:
        assert browser.get(other.path).status_code == 404  # no notice yet: nothing to see
        assert browser.get(case.path).status_code == 404
    with case.as_champion() as browser:
        token = fields(browser.get(case.path).text)
        for resource in ("decision", "withdrawal", "answer"):
            assert browser.post(f"{case.path}/{resource}", data=token).status_code == 403
    assert ACCOUNT not in theirs.text


def test_what_the_sweep_did_is_read_on_the_case(players: Players) -> None:
    case = players.raised().accepted()
    for moment in ("2026-03-17 09:00", "2026-03-20 09:00"):
        players.desk.clock.move(local(moment))
        reminders.sweep(players.desk.premises)
    with players.as_officer() as browser:
        page = browser.get(case.path)
    assert page.status_code == 200
    assert "the senior lead now sees it too" in visible(page.text)


def test_a_letter_about_one_s_own_act_says_so(players: Players) -> None:
    case = players.raised().accepted().replied()
    with case.as_champion() as browser:
        assert "A letter to you: your reply has reached us" in visible(browser.get(case.path).text)
    case.released()
    with players.as_officer() as browser:  # told on the telephone
        case.done(browser, "decision", decision="settled")
    with case.as_raiser() as browser:
        assert "A letter to you: your decision is recorded" in visible(browser.get(case.path).text)
    with players.as_officer() as browser:
        assert "Letter “a reply has come” to Chris Champion" in visible(browser.get(case.path).text)
