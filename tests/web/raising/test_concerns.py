"""Raising a concern by the form, on the real application and database."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape

import pytest
from sqlalchemy import text

from compact_cases.office.accounts.attempts import mark_of
from compact_cases.office.identity import new_id
from compact_cases.records import bodies
from compact_cases.records.bodies import Body
from compact_cases.rules.bodies import BodyKind
from compact_cases.settings import Settings
from tests.desk import Desk, open_desk
from tests.web.form_filler import ACCOUNT, FormFiller


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = open_desk(settings)
    with desk.premises.engine.begin() as conn:
        for name, kind in (
            ("Northvale County Council", BodyKind.PUBLIC_BODY),
            ("Northvale District Council", BodyKind.PUBLIC_BODY),
            ("Northvale Voluntary Action", BodyKind.INFRASTRUCTURE_ORGANISATION),
        ):
            body = Body(new_id(), name, kind, area="Northvale", signed_on=date(2013, 5, 1))
            bodies.add(conn, body, desk.clock.now())
    yield desk
    desk.premises.engine.dispose()


def rows(desk: Desk, query: str) -> list[tuple[object, ...]]:
    with desk.premises.engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(query))]


def test_the_whole_form_ends_in_a_receipt_with_reference_and_code(desk: Desk, person: FormFiller) -> None:
    assert person.fill() == "check"
    page = person.see("check")
    for said in (
        "Elmfield Tenants",
        "Rosa Field",
        "Northvale County Council",
        ACCOUNT,
        "Community Groups 5.3",
    ):
        assert said in page
    sent = person.send()
    assert sent.status_code == 303
    receipt = person.client.get(sent.headers["location"]).text
    assert "GC-2026-0001" in receipt
    assert "Your return code" in receipt
    assert "Monday 9 March" in receipt  # five working days after Monday 2 March
    [(confidentiality, respondent, clauses)] = rows(
        desk, "SELECT confidentiality, respondent_label, clauses FROM case_summaries"
    )
    assert (confidentiality, respondent) == ("open", "Northvale County Council")
    assert clauses == ["community-groups/5.3"]


def test_it_counts_the_questions_in_words(person: FormFiller) -> None:
    assert "Question 1 of 16" in person.see("privacy")
    assert "Question 16 of 16" in person.see("routes")


def test_the_code_is_shown_again_until_it_is_written_down(desk: Desk, person: FormFiller) -> None:
    person.fill()
    address = person.send().headers["location"]
    first = person.client.get(address).text
    code = first.split('class="big-code">')[1].split("<")[0]
    assert code in person.client.get(address).text
    assert person.client.post(f"{address}/written-down").status_code == 303
    assert code not in person.client.get(address).text
    assert "GC-2026-0001" in person.client.get(address).text


def test_the_code_is_gone_after_a_day(desk: Desk, person: FormFiller) -> None:
    person.fill()
    address = person.send().headers["location"]
    desk.pass_time(hours=25)
    assert "big-code" not in person.client.get(address).text


def test_sending_twice_opens_one_case_and_leads_to_the_same_receipt(desk: Desk, person: FormFiller) -> None:
    person.fill()
    page = person.page()
    with ThreadPoolExecutor(4) as presses:
        answers = list(presses.map(lambda _: person.send(page), range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert desk.count("case_summaries") == 1
    assert desk.count("concerns") == 1


def test_the_link_of_a_sent_draft_says_so_and_never_leads_to_the_return_code(
    desk: Desk, person: FormFiller
) -> None:
    person.fill()
    page = person.page()
    receipt = person.send(page).headers["location"]
    answers = [
        *(person.client.get(person.address + page) for page in ("", "/account", "/check", "/saved")),
        person.client.post(person.address),
        person.put("account"),
        person.client.post(f"{person.address}/saved", data={"email": "rosa@elmfield.example"}),
        person.send("0" * 32),
        person.send(""),
    ]
    for answer in answers:
        assert (answer.status_code, "location" in answer.headers) == (410, False)
        assert "This concern has been sent" in answer.text
        assert 'href="/return"' in answer.text
        assert receipt not in answer.text
    assert person.send(page).headers["location"] == receipt  # the same button again
    assert desk.count("drafts") == 0
    assert desk.count("concerns") == 1


def test_a_drafts_link_stands_behind_a_button_and_shows_nothing_of_it(person: FormFiller) -> None:
    person.put("account")
    shown = person.client.get(person.address)
    assert shown.status_code == 200
    assert "Go on with your concern" in shown.text
    assert "questionnaire" not in shown.text
    assert f'action="{person.address}"' in shown.text
    assert 'href="/concerns/drafts/' not in shown.text  # nothing that a mail scanner could follow
    opened = person.client.post(person.address)
    assert (opened.status_code, opened.headers["location"]) == (303, f"{person.address}/when")


def test_every_error_of_a_page_is_told_at_once_and_what_was_typed_stays(
    desk: Desk, person: FormFiller
) -> None:
    person.answers["reach"] = {"raiser-email": "rosa@", "raiser-phone": "12", "raiser-post": "1 High Street"}
    answer = person.put("reach")
    assert answer.status_code == 422
    assert "Please look at these 2 things again" in answer.text
    assert 'href="#raiser-email"' in answer.text
    assert 'href="#raiser-phone"' in answer.text
    for typed in ('value="rosa@"', 'value="12"', "1 High Street"):
        assert typed in answer.text
        assert typed in person.see("reach")  # kept on the server too
    assert "<title>Error: How can we reach you?" in answer.text
    assert desk.count("letters") == 0


def test_going_back_loses_nothing(person: FormFiller) -> None:
    person.fill()
    assert 'value="Rosa Field"' in person.see("person")
    assert ACCOUNT in person.see("account")
    assert 'value="apology" checked' in person.see("remedy")


def test_change_leads_back_to_the_check(person: FormFiller) -> None:
    person.fill()
    changed = person.put("tried", query="?change=1", tried="We also rang.")
    assert changed.headers["location"].endswith("/check")
    assert "We also rang." in person.see("check")


def test_what_is_missing_is_told_on_the_check_with_a_way_there(desk: Desk, person: FormFiller) -> None:
    person.put("privacy")
    answer = person.send()
    page = unescape(answer.text)
    assert answer.status_code == 422
    for link in (
        "group?change=1#raiser-name",
        "about?change=1#respondents-0-name",
        "account?change=1#account",
    ):
        assert link in page
    assert "Please tell us what happened, in your own words." in page
    assert desk.count("case_summaries") == 0


def test_the_declaration_is_asked_for(desk: Desk, person: FormFiller) -> None:
    person.fill()
    answer = person.client.post(f"{person.address}/check", data={})
    assert answer.status_code == 422
    assert "Please tick the box" in answer.text
    assert desk.count("case_summaries") == 0


def test_the_anonymous_are_asked_nothing_that_names_them_and_nothing_typed_is_sent(
    desk: Desk, person: FormFiller
) -> None:
    person.fill()
    person.answers["privacy"] = {"confidentiality": "anonymous"}
    person.put("privacy", query="?change=1")
    assert "Rosa Field" not in person.see("check")
    assert "Question 2 of 12" in person.see("about")
    assert person.client.get(f"{person.address}/person").headers["location"].endswith("/about")
    assert person.send().status_code == 303
    assert rows(desk, "SELECT raiser_id, raiser_shown FROM case_summaries")[0][0] is None
    assert desk.count("people") == 0
    assert desk.count("contact_points") == 0
    tables = ("case_summaries", "statements", "case_events", "drafts", "concerns")
    everything = json.dumps([rows(desk, f"SELECT * FROM {table}") for table in tables], default=str)
    for word in ("Rosa", "Elmfield", "rosa@"):
        assert word not in everything


def test_two_bodies_open_two_cases_with_one_code(desk: Desk, person: FormFiller) -> None:
    person.answers["second"] = {
        "respondents-1-name": "Zebra Trust",
        "respondents-1-asked": "Zebra Trust",
        "respondents-1-pick": "typed",
        "respondents-1-sector": "vcs",
    }
    person.fill()
    page = person.client.get(person.send().headers["location"]).text
    assert "GC-2026-0001" in page
    assert "GC-2026-0002" in page
    assert page.count("big-code") == 1
    assert len({row[0] for row in rows(desk, "SELECT concern_id FROM case_summaries")}) == 1


def test_a_body_is_looked_up_by_a_few_words_and_chosen(person: FormFiller) -> None:
    person.answers["about"] = {"respondents-0-name": "northvale coun"}
    assert person.put("about").headers["location"].endswith("/about")
    page = person.see("about")
    assert "Northvale County Council" in page
    assert "Northvale District Council" in page
    assert "None of these: use “northvale coun”" in page
    asked = {"respondents-0-asked": "northvale coun"}
    again = person.put("about", **asked)
    assert again.status_code == 422
    assert "Please choose one of these" in again.text
    district = page.split("Northvale District Council")[0].rsplit('value="', 1)[1].split('"')[0]
    assert person.put("about", **asked, **{"respondents-0-pick": district}).status_code == 303
    assert "Northvale District Council" in person.see("check")


def test_a_body_that_is_on_no_list_is_taken_as_typed(desk: Desk, person: FormFiller) -> None:
    person.answers["about"] = {"respondents-0-name": "Zebra Trust"}
    person.put("about")
    page = person.see("about")
    assert "“Zebra Trust” is not on our list yet" in page
    person.answers["about"] |= {"respondents-0-asked": "Zebra Trust", "respondents-0-pick": "typed"}
    assert person.fill() == "check"
    assert person.send().status_code == 303
    assert rows(desk, "SELECT respondent_label, respondent_id FROM case_summaries") == [("Zebra Trust", None)]


def test_undertakings_are_found_by_words_and_ticked_once(person: FormFiller) -> None:
    person.answers["undertakings"] = {"q": "timescales consultation"}
    assert person.put("undertakings", act="search").headers["location"].endswith("/undertakings")
    page = person.see("undertakings")
    assert 'value="community-groups/5.3"' in page.split('id="found"')[1].split("</fieldset>")[0]
    assert page.count('value="community-groups/5.3"') == 1
    assert "I am not sure" in page
    six = [f"community-groups/5.{number}" for number in range(1, 7)]
    answer = person.put("undertakings", clauses=six)
    assert answer.status_code == 422
    assert "at most 5" in answer.text


def test_a_code_whose_text_is_not_held_can_be_named(desk: Desk, person: FormFiller) -> None:
    person.answers["undertakings"] = {"code": "consultation", "paragraph": "the one about twelve weeks"}
    person.fill()
    assert "Consultation: the one about twelve weeks" in person.see("check")
    assert person.send().status_code == 303


@pytest.mark.parametrize(
    ("page", "field", "value", "sentence"),
    [
        (
            "account",
            "account",
            "x" * 20_001,
            "This has 20,001 characters. Please shorten it to 20,000 or fewer.",
        ),
        ("account", "account", "one\u202etwo", "hidden characters"),
        ("account", "account", "   \n ", "Please tell us what happened"),
        ("tried", "tried", "nul\x00byte", "hidden characters"),
        ("undertakings", "clauses", "community-groups/99.9", "is not an undertaking"),
        ("remedy", "remedies", "revenge", "Please choose from the answers shown."),
        ("privacy", "confidentiality", "secret", "Please choose who may see your name."),
        ("behalf", "behalf", "other", "Please name the group that you are writing for."),
    ],
)
def test_bad_input_gets_a_sentence(
    person: FormFiller, page: str, field: str, value: str, sentence: str
) -> None:
    answer = person.put(page, **{field: value})
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)


def test_hidden_characters_are_taken_out_and_the_second_press_goes_on(person: FormFiller) -> None:
    assert "onetwo" in person.put("account", account="one\u202etwo").text
    assert person.put("account", account="onetwo").status_code == 303


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("31", "2", "2026", "There is no such date."),
        ("", "3", "2026", "Please give the day too."),
        ("9", "3", "2206", "Please check the year of this date."),
        ("nine", "3", "2026", "There is no such date."),
    ],
)
def test_a_wrong_date_is_told_and_kept(
    person: FormFiller, day: str, month: str, year: str, sentence: str
) -> None:
    parts = {"closes_on-day": day, "closes_on-month": month, "closes_on-year": year}
    answer = person.put("closes", **{"closes": "yes", **parts})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{month}"' in person.see("closes")


def test_a_month_may_be_a_word(person: FormFiller) -> None:
    parts = {"closes_on-day": "9", "closes_on-month": "March", "closes_on-year": "26"}
    assert person.put("closes", **{"closes": "yes", **parts}).status_code == 303
    assert "Yes, on Monday 9 March 2026" in person.see("check")


def test_nobody_reads_what_is_behind_another_secret(person: FormFiller) -> None:
    for path in ("/concerns/drafts/" + "0" * 32, "/concerns/drafts/x/account", "/concerns/receipts/none"):
        assert person.client.get(path).status_code == 404
    assert person.client.get(f"{person.address}/nothing").status_code == 404


def test_no_count_of_an_anonymous_concern_leads_to_where_it_came_from(desk: Desk, person: FormFiller) -> None:
    person.answers["privacy"] = {"confidentiality": "anonymous"}
    person.fill()
    with desk.premises.engine.begin() as conn:
        conn.execute(text("DELETE FROM attempts"))
    assert person.send().status_code == 303
    for what, who in rows(desk, "SELECT what, who FROM attempts"):
        assert bytes(who) != mark_of(desk.premises, str(what), "testclient")  # type: ignore[call-overload]
