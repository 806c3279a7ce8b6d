"""The officer's acts on a case: what each leads to, what each refuses, and that what was typed stays."""

import pytest

from compact_cases.office.identity import new_id, new_salt
from compact_cases.records import letter_states, letters
from compact_cases.records.letters import TextAsSent
from compact_cases.rules.concern import CitedClause, Confidentiality, RespondentNamed
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import ACCOUNT, WAY_IN, Players, visible

NOT_ON_THE_REGISTER = RespondentNamed(None, "Northvle county counsil", "public-sector")
SUPPORTING = {"drop": "no", "clause": "community-groups/5.4", "role": "supporting", "reason": "Why."}
NOT_MET = {"drop": "no", "clause": "Community Groups 8.2", "role": "not-met", "reason": "It fits."}


def test_any_spelling_of_a_reference_leads_to_the_case(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        for spelling in ("gc 2026 1", "2026-1", "GC20260001", "gc-2026-0001"):
            assert browser.get(f"/cases/{spelling}").headers["location"] == case.path
        assert browser.get("/cases?q=gc+2026+1").headers["location"] == case.path
        assert browser.get("/cases/nonsense").status_code == 404
        assert browser.get("/cases/GC-2026-0099").status_code == 404


def test_the_case_says_what_is_next_by_when_and_why(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        page = browser.get(case.path)
    seen = visible(page.text)
    assert page.headers["cache-control"] == "no-store"
    assert "This concern is to be acknowledged by Monday 9 March, in 5 working days" in seen
    assert "Working day 5. The limit ends at the end of this day." in seen
    assert "Strive to take account of the different timescales" in seen
    assert "Only the raiser and the Compact officers can read this" in seen
    assert "rose@elmfield.example" in seen
    assert "Letter “we have your concern” to Rose Raiser, raiser: waits to be sent" in seen


# --- acknowledgement --------------------------------------------------------------------------------------


def test_the_wording_starts_from_an_open_raiser_s_own_words(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/acknowledgement").text
    assert '<textarea class="control" id="wording" name="wording" rows="10"' in page
    assert ACCOUNT in page[page.index('id="wording"') :]


@pytest.mark.parametrize("way", [Confidentiality.CONFIDENTIAL, Confidentiality.ANONYMOUS])
def test_of_a_hidden_raiser_no_word_is_carried_into_the_wording(
    players: Players, way: Confidentiality
) -> None:
    case = players.hidden_one(way)
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/acknowledgement").text
    box = page[page.index('id="wording"') :]
    assert box[box.index(">") + 1 : box.index("</textarea>")].strip() == ""
    assert "words identify too" in page


def test_words_that_could_tell_who_it_is_need_a_second_look(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL)
    typed = {
        "decision": "accept",
        "restated": "You say so.",
        "wording": "Rose's club in Stroud had no time.",
    }
    with players.as_officer() as browser:
        answer = case.post(browser, "acknowledgement", **typed)
        assert answer.status_code == 422
        assert "who raised it: Rose&#39;s, Stroud." in answer.text
        assert "club in Stroud had no time." in answer.text
        assert not case.row.had_notice
        case.done(browser, "acknowledgement", **typed, words_may_stay="yes")
    assert case.row.had_notice


def test_accepting_puts_it_to_the_respondent_in_one_act(players: Players) -> None:
    case = players.raised().accepted()
    row = case.row
    assert (row.stage, row.next_name, row.next_owner) == ("early-resolution", "reply", "respondent/champion")
    assert row.officer_id == players.officer.id
    with players.as_officer() as browser:
        seen = visible(browser.get(case.path).text)
    assert "Northvale County Council owes a reply by Monday 16 March, in 10 working days" in seen


def test_a_volunteer_run_body_has_twenty_days_for_its_reply(players: Players) -> None:
    from compact_cases.records import people
    from compact_cases.records.people import Person
    from compact_cases.rules.bodies import BodyKind

    body = players.add_body(new_id(), "Dell Volunteers", BodyKind.VCS_ORGANISATION, volunteer_run=True)
    with players.desk.premises.engine.begin() as conn:
        people.add(conn, Person(new_id(), "champion", body_id=body, name="Vi"), players.desk.clock.now())
    case = players.raised(respondents=(RespondentNamed(body),)).accepted()
    assert str(case.row.next_due) == "2026-03-30"


def test_what_is_missing_is_said_all_at_once_and_what_was_typed_stays(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        nothing = case.post(browser, "acknowledgement")
        answer = case.post(browser, "acknowledgement", decision="accept", wording="Kept words.")
        declined = case.post(browser, "acknowledgement", decision="decline", explanation="Kept reason.")
    assert nothing.status_code == answer.status_code == declined.status_code == 422
    assert "Please choose whether you take this concern on." in nothing.text
    assert "Please restate the concern" in answer.text
    assert 'href="#restated"' in answer.text
    assert "Kept words." in answer.text
    assert "Please choose one of the reasons." in declined.text
    assert "Kept reason." in declined.text
    assert case.row.position == 5


def test_without_a_body_or_a_champion_no_notice_goes(players: Players) -> None:
    unmatched = players.raised(respondents=(NOT_ON_THE_REGISTER,))
    bare = players.raised(respondents=(RespondentNamed(players.add_body(new_id(), "Bare Parish Council")),))
    typed = {"decision": "accept", "restated": "You say so.", "wording": "It was too short."}
    with players.as_officer() as browser:
        first = case_answer = unmatched.post(browser, "acknowledgement", **typed)
        second = bare.post(browser, "acknowledgement", **typed)
    assert first.status_code == second.status_code == 422
    assert "Please say first which body on the register" in case_answer.text
    assert "no named contact (champion) yet" in second.text
    assert "It was too short." in second.text


def test_declining_closes_with_the_reason_and_where_else_to_turn(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        hidden = fields(browser.get(f"{case.path}/acknowledgement").text)
        case.done(
            browser,
            "acknowledgement",
            decision="decline",
            reason="another route fits",
            explanation="Ask the council's complaints team.",
        )
        again = browser.post(f"{case.path}/acknowledgement", data={**hidden, "decision": "decline"})
        seen = visible(browser.get(case.path).text)
    assert (case.row.stage, case.row.outcome) == ("closed", "referred elsewhere")
    assert "Ask the council's complaints team." in seen
    assert again.status_code == 409
    assert "The case was closed: referred elsewhere." in visible(again.text)


# --- questions, the respondent, undertakings, who handles it -----------------------------------------------


def test_a_question_pauses_and_its_answer_resumes_with_the_pause_in_the_proof(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        assert case.post(browser, "question").status_code == 422
        case.done(browser, "question", question="On which day did it open?")
        paused = visible(browser.get(case.path).text)
    players.desk.pass_time(days=2)
    with players.as_officer() as browser:
        case.done(browser, "answer", answer="On 1 February.")
        seen = visible(browser.get(case.path).text)
    assert "paused since Monday 2 March, waiting for the raiser: 5 working days left" in paused
    assert "by itself after Monday 16 March" in paused
    assert "Not counted: paused, waiting for the raiser." in seen
    assert "to be acknowledged by Wednesday 11 March, in 5 working days" in seen
    assert "Ann Officer, for the raiser" in seen


def test_a_body_typed_freely_is_matched_to_the_register(players: Players) -> None:
    case = players.raised(respondents=(NOT_ON_THE_REGISTER,))
    with players.as_officer() as browser:
        assert "Northvale County Council" in browser.get(f"{case.path}/respondent").text
        assert "No body on the register" in browser.get(f"{case.path}/respondent?name=Zzyzx").text
        assert case.post(browser, "respondent", body="x").status_code == 422
        case.done(browser, "respondent", body=str(players.council))
        found = visible(browser.get("/cases?q=northvale").text)
    assert case.row.respondent_id == players.council
    assert "Elmfield Tenants about Northvale County Council" in found


def test_undertakings_are_added_and_taken_out_with_a_reason(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        wrong = case.post(browser, "clauses", drop="no", clause="5.3", role="not-met", reason="It fits.")
        case.done(browser, "clauses", **NOT_MET)
        warned = visible(browser.get(case.path).text)
        case.done(browser, "clauses", drop="yes", held="community-groups/8.2", reason="It is not theirs.")
        unreasoned = case.post(browser, "clauses", drop="yes", held=WAY_IN)
    assert wrong.status_code == unreasoned.status_code == 422
    assert "Numbers repeat across Codes" in wrong.text
    assert 'value="5.3"' in wrong.text
    assert "Please give a reason" in unreasoned.text
    assert "promised by voluntary and community sector partners" in warned
    assert "Northvale County Council is a public body" in warned
    assert case.row.clauses == (WAY_IN,)


# --- release and closing ----------------------------------------------------------------------------------


def test_a_reply_is_released_after_a_look_without_the_words_taken_out(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL).accepted("Ten days were too short.")
    case.replied("We know that the Elmfield  Tenants wrote this.")
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/release").text
        unlooked = case.post(browser, "release", hidden="Elmfield Tenants")
        slip = case.post(browser, "release", looked="yes", hidden="Elmfeld Tenants")
        case.done(browser, "release", looked="yes", hidden="elmfield tenants\n")
        officers = visible(browser.get(case.path).text)
    assert "<mark>Elmfield</mark>" in page
    assert unlooked.status_code == slip.status_code == 422
    assert "does not stand in the reply" in slip.text
    assert "Elmfeld Tenants" in slip.text
    assert "We know that the Elmfield Tenants wrote this." in officers
    with case.as_raiser() as browser:
        seen = visible(browser.get(case.path).text)
    assert "We know that the [removed] wrote this." in seen


def test_closing_needs_an_outcome_that_fits_and_a_summary(players: Players) -> None:
    case = players.raised().accepted().replied().released().decided()
    with players.as_officer() as browser:
        wrong = case.post(browser, "closing", outcome="withdrawn", summary="Kept summary.")
        empty = case.post(browser, "closing", outcome="resolved early")
    assert wrong.status_code == empty.status_code == 422
    assert "Kept summary." in wrong.text
    case.closed()
    assert (case.row.stage, case.row.outcome) == ("closed", "resolved early")
    with players.as_officer() as browser:
        seen = visible(browser.get(case.path).text)
    assert "This case is closed. It was resolved early." in seen
    assert "Other things you can do" not in seen


def test_a_party_s_act_on_paper_is_recorded_for_them(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "reply", **case.a_reply())
        case.done(browser, "release", looked="yes")
        case.done(browser, "decision", decision="partly", then="go-on", words="They said so on the phone.")
        seen = visible(browser.get(case.path).text)
    assert "Ann Officer, for the respondent" in seen
    assert "Ann Officer, for the raiser" in seen
    assert "The raiser wants to go on" in seen
    assert case.row.next_name == "next-step"


# --- two at once ------------------------------------------------------------------------------------------


def test_a_page_that_is_too_old_says_what_is_new_and_keeps_what_was_typed(players: Players) -> None:
    case = players.raised()
    typed = {"decision": "accept", "restated": "You say so.", "wording": "Words of the slower officer."}
    with players.as_officer() as slow, players.as_officer() as quick:
        page = slow.get(f"{case.path}/acknowledgement").text
        case.done(quick, "clauses", **SUPPORTING)
        answer = slow.post(f"{case.path}/acknowledgement", data={**fields(page), **typed})
        assert answer.status_code == 409
        assert "This case has changed since you opened the page." in answer.text
        assert "Community Groups 5.4 was cited, to support the concern." in visible(answer.text)
        assert "Words of the slower officer." in answer.text
        assert not case.row.had_notice
        ticked = {"clauses.0.cite": "yes", "clauses.0.role": "not-met"}
        ticked |= {"clauses.1.cite": "yes", "clauses.1.role": "supporting"}
        again = slow.post(f"{case.path}/acknowledgement", data={**fields(answer.text), **ticked, **typed})
    assert again.status_code == 303
    assert case.row.had_notice


def test_a_form_without_its_place_in_the_log_is_too_old(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        token = fields(browser.get(case.path + "/question").text)["csrf_token"]
        for seen in ("", "x", "9" * 30):
            sent = {"csrf_token": token, "seen": seen, "question": "Kept?"}
            answer = browser.post(f"{case.path}/question", data=sent)
            assert answer.status_code == 409
            assert "Kept?" in answer.text


# --- what needs attention ---------------------------------------------------------------------------------


def test_a_task_stands_until_it_is_done(players: Players) -> None:
    players.hidden_one(Confidentiality.ANONYMOUS, clauses=(CitedClause(WAY_IN),)).accepted("Too short.")
    with players.as_officer() as browser:
        page = browser.get("/office/attention")
        assert "is anonymous: what is new is on the return page" in page.text
        assert "1 thing needs" in browser.get("/cases").text
        task = page.text.split("/office/tasks/")[1].split("/")[0]
        token = fields(page.text)["csrf_token"]
        assert browser.post(f"/office/tasks/{task}/done", data={"csrf_token": token}).status_code == 303
        assert browser.post(f"/office/tasks/{task}/done", data={"csrf_token": token}).status_code == 303
        assert "Nothing needs you here now." in browser.get("/office/attention").text


def test_a_letter_opens_as_it_was_sent_for_officers_only(players: Players) -> None:
    case = players.raised()
    as_sent = TextAsSent(
        "rose@elmfield.example", "GC-2026-0001: received", "Dear Rose,", "<p>Dear Rose,</p>", new_salt()
    )
    with players.desk.premises.engine.begin() as conn:
        receipt = next(one for one in letters.of_case(conn, case.row.case_id) if one.notice == "receipt")
        letter_states.sent(conn, receipt, as_sent, players.desk.clock.now())
    with players.as_officer() as browser:
        page = browser.get(case.path).text
        address = f"{case.path}/letters/{receipt.id}"
        assert f'href="{address}"' in page
        assert "to Rose Raiser, raiser: sent." in visible(page)
        letter = visible(browser.get(address).text)
        assert browser.get(f"{case.path}/letters/{new_id()}").status_code == 404
    assert (
        "GC-2026-0001: received To rose@elmfield.example, raiser, sent Monday 2 March 2026 at 09:30."
        in letter
    )
    assert "Dear Rose," in letter
    with case.as_raiser() as browser:
        assert browser.get(address).status_code == 403


def test_an_administrator_finds_the_register_and_no_task(players: Players) -> None:
    players.hidden_one(Confidentiality.ANONYMOUS).accepted("Too short.")
    with players.as_staff(Seat.ADMINISTRATOR) as browser:
        page = browser.get("/office")
        token = {"csrf_token": page.text.split('name="csrf_token" value="')[1].split('"')[0]}
        refused = browser.post(f"/office/tasks/{new_id()}/done", data=token)
    assert "The register of bodies" in page.text
    assert "What needs attention" not in page.text
    assert "GC-2026" not in page.text
    assert refused.status_code == 403
