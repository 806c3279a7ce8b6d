"""The pages of a mediation room: who comes in, who reads what, what is refused, and nothing typed is lost."""

import pytest

from compact_cases.rules.concern import Confidentiality
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import Players, visible
from tests.web.room.mediating import Mediated, a_draft, in_mediation

WORDS = "Zebra: we might accept a crossing, if they ask for it."


# --- who comes in -----------------------------------------------------------------------------------------


def test_the_room_says_who_is_in_it_and_who_is_not(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as browser:
        page = mediation.read(browser)
    assert "You, Elmfield Tenants Northvale County Council Morgan Lee (mediator)" in page
    assert "no Compact officer, no board chair, no panel" in page
    assert "own notes" not in page


def test_a_mediator_reads_that_there_is_no_place_for_notes(mediation: Mediated) -> None:
    with mediation.as_mediator() as browser:
        assert "Your own notes are not kept here." in mediation.read(browser)


@pytest.mark.parametrize("role", [Seat.OFFICER, Seat.SECRETARY, Seat.CHAIR, Seat.ADMINISTRATOR])
def test_nobody_of_the_office_comes_in_or_writes(mediation: Mediated, role: Seat) -> None:
    with mediation.players.as_staff(role) as browser:
        token = {"csrf_token": fields(browser.get("/return").text)["csrf_token"]}
        assert browser.get(mediation.path).status_code == 403
        assert browser.get(f"{mediation.path}/drafts").status_code == 403
        for resource in ("messages", "drafts", "answers"):
            answer = browser.post(f"{mediation.path}/{resource}", data={**token, "words": WORDS, "to": "all"})
            assert answer.status_code == 403
    assert mediation.players.desk.count("room_entries") == 0


def test_a_senior_lead_and_somebody_elses_raiser_are_not_in_it(mediation: Mediated) -> None:
    with mediation.case.as_party(mediation.players.senior) as browser:
        assert browser.get(mediation.path).status_code == 403
    with mediation.players.raised().accepted().as_raiser() as browser:
        assert browser.get(mediation.path).status_code == 404


def test_the_page_of_the_case_leads_those_into_it_who_are_in_it(mediation: Mediated) -> None:
    address = f'href="{mediation.path}"'
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        with mediation.players.as_officer() as officer:
            assert address not in officer.get(mediation.case.path).text
        assert address in raiser.get(mediation.case.path).text
        assert address in champion.get(mediation.case.path).text
        mediation.left("respondent")
        assert address not in champion.get(mediation.case.path).text
        mediation.ended()
        assert "what was written there until Wednesday 1 April" in visible(
            raiser.get(mediation.case.path).text
        )
    mediation.players.desk.pass_time(days=31)
    with mediation.case.as_raiser() as raiser:
        assert address not in raiser.get(mediation.case.path).text


def test_where_nobody_mediates_the_address_leads_to_the_case(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        assert browser.get(f"{case.path}/room").headers["location"] == case.path


# --- who reads what ---------------------------------------------------------------------------------------


def test_what_is_for_all_is_read_by_all_with_who_wrote_it(mediation: Mediated) -> None:
    with mediation.case.as_champion() as champion:
        mediation.says(champion, WORDS)
        assert f"You {WORDS} Everybody in the mediation can read this." in mediation.read(champion)
    with mediation.case.as_raiser() as raiser, mediation.as_mediator() as mediator:
        for browser in (raiser, mediator):
            assert f"Northvale County Council {WORDS} Everybody in" in mediation.read(browser)


def test_to_the_mediator_alone_is_read_by_that_person_alone(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.says(raiser, WORDS, "mediator")
        assert "Only you and Morgan Lee (mediator) can read this" in mediation.read(raiser)
        assert "Zebra" not in mediation.read(champion)
        with mediation.as_mediator() as mediator:
            assert f"{WORDS} Only you and Elmfield Tenants can read this" in mediation.read(mediator)
            mediation.says(mediator, "Yak: would a path do?", "raiser")
        assert "Yak" in mediation.read(raiser)
        assert "Yak" not in mediation.read(champion)
        mediation.replaced()
        with mediation.as_mediator(mediation.robin) as successor:
            page = mediation.read(successor)
            assert "Zebra" not in page
            assert "Yak" not in page
        assert "Yak: would a path do? Only you and Morgan Lee (mediator) can read this" in mediation.read(
            raiser
        )
        with mediation.as_mediator() as replaced:
            assert replaced.get(mediation.path).status_code in (403, 404)


def test_whoever_left_reads_nothing_at_once_not_even_in_an_open_window(mediation: Mediated) -> None:
    with mediation.case.as_champion() as champion:
        mediation.says(champion, WORDS)
        page = fields(champion.get(mediation.path).text)
        mediation.left("respondent")
        assert champion.get(mediation.path).status_code == 403
        answer = champion.post(f"{mediation.path}/messages", data={**page, "words": "More.", "to": "all"})
        assert answer.status_code == 403
        assert "Zebra" not in answer.text
        assert "More." in answer.text  # nobody has to type it again


def test_where_they_never_meet_all_sign_by_role(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL).accepted("Ten days were too short.").replied()
    mediation = in_mediation(players, case.released(), joint=False)
    with mediation.as_mediator() as mediator, mediation.case.as_champion() as champion:
        with mediation.case.as_raiser() as raiser:
            mediation.says(raiser, "We would like a path.")
        page = mediation.read(champion)
        assert "The raiser We would like a path." in page
        assert "Elmfield" not in page
        assert "The respondent alone" in mediation.read(mediator)


def test_a_hidden_raisers_own_words_are_looked_for_before_the_respondent_reads_them(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL).accepted("Ten days were too short.").replied()
    mediation = in_mediation(players, case.released(), joint=False)
    told = "We of Elmfield would like a path."
    with mediation.case.as_raiser() as raiser:
        answer = mediation.send(raiser, words=told, to="all")
        assert answer.status_code == 422
        assert "Elmfield" in visible(answer.text)
        mediation.says(raiser, told, "mediator")
        again = mediation.send(raiser, words=told, to="all", may_stay="yes")
        assert again.status_code == 303
    with mediation.case.as_champion() as champion:  # to them a look would tell whether a guess is right
        mediation.says(champion, "Is it Elmfield?")


# --- writing ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": "  ", "to": "all"}, "Please write something."),
        ({"words": "Gnu.", "to": ""}, "Please say who is to read it."),
        ({"words": "Gnu.", "to": "respondent"}, "Please say who is to read it."),
        ({"words": "Gnu. " * 5000, "to": "all"}, "Please shorten it to 20,000"),
        ({"words": "Gnu\u202e.", "to": "all"}, "hidden characters"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field_and_kept_on_the_page(
    mediation: Mediated, typed: dict[str, str], sentence: str
) -> None:
    with mediation.case.as_raiser() as browser:
        answer = mediation.send(browser, **typed)
    assert answer.status_code == 422
    assert sentence in visible(answer.text)
    assert ("Gnu" in answer.text) is ("Gnu" in typed["words"])
    assert mediation.players.desk.count("room_entries") == 0


def test_pressed_twice_it_is_one_and_said_twice_it_is_two(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as browser:
        page = fields(browser.get(mediation.path).text)
        for _ in range(2):
            sent = browser.post(f"{mediation.path}/messages", data={**page, "words": "Yes.", "to": "all"})
            assert sent.status_code == 303
        assert mediation.players.desk.count("room_entries") == 1
        mediation.says(browser, "Yes.")
    assert mediation.players.desk.count("room_entries") == 2


def test_nobody_floods_a_room(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as browser:
        page = fields(browser.get(mediation.path).text)
        for number in range(61):
            typed = {**page, "words": f"Number {number}.", "to": "all"}
            answer = browser.post(f"{mediation.path}/messages", data=typed)
        assert answer.status_code == 422
        assert "sixty things here within the hour" in visible(answer.text)
        assert "Number 60." in answer.text
    with mediation.case.as_champion() as other:
        mediation.says(other, "It does not keep us from writing.")


def test_words_to_the_mediator_reach_no_successor_whom_the_page_did_not_name(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as browser:
        page = fields(browser.get(mediation.path).text)
        mediation.replaced()
        sent = {"words": WORDS, "to": "mediator"}
        answer = browser.post(f"{mediation.path}/messages", data={**page, **sent})
        assert answer.status_code == 409
        assert "Who reads it has changed" in visible(answer.text)
        assert "Only Robin Fox (mediator) can read it." in visible(answer.text)
        assert WORDS in answer.text
        assert mediation.players.desk.count("room_entries") == 0
        again = {**fields(answer.text), **sent}
        assert browser.post(f"{mediation.path}/messages", data=again).status_code == 303


def test_after_the_end_they_read_and_nobody_writes_and_then_it_is_gone(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as browser:
        mediation.says(browser, WORDS)
        page = fields(browser.get(mediation.path).text)
        mediation.ended()
        answer = browser.post(f"{mediation.path}/messages", data={**page, "words": "Too late.", "to": "all"})
        assert answer.status_code in (409, 422)
        assert "Your words are kept nowhere, so copy them" in visible(answer.text)
        assert "Too late." in answer.text
        assert "until Wednesday 1 April 2026" in visible(browser.get(mediation.path).text)
        assert WORDS in browser.get(mediation.path).text
        assert 'action="' + mediation.path not in browser.get(mediation.path).text
    mediation.players.desk.pass_time(days=30)
    with mediation.case.as_raiser() as browser:
        assert WORDS in browser.get(mediation.path).text
    mediation.players.desk.pass_time(days=1)
    with mediation.case.as_raiser() as browser:
        gone = browser.get(mediation.path)
        assert gone.status_code == 404
        assert "All that was in its room is removed" in visible(gone.text)


def test_what_was_typed_when_a_session_ended_is_given_back_and_kept_nowhere(mediation: Mediated) -> None:
    with mediation.case.as_champion() as browser:
        page = browser.get(mediation.path)
        assert "What you type on this page is kept nowhere until you send it" in visible(page.text)
        mediation.players.desk.pass_time(hours=3)
        sent = {**fields(page.text), "words": WORDS, "to": "mediator"}
        answer = browser.post(f"{mediation.path}/messages", data=sent)
    assert answer.status_code == 403
    assert WORDS in answer.text
    assert mediation.players.desk.count("unsent_forms") == 0
    assert mediation.players.desk.count("room_entries") == 0


# --- drafts -----------------------------------------------------------------------------------------------


def test_a_draft_lies_before_all_until_another_takes_its_place(mediation: Mediated) -> None:
    with mediation.as_mediator() as mediator, mediation.case.as_raiser() as raiser:
        mediation.drafts(mediator, "The bus runs on Mondays.")
        page = mediation.read(raiser)
        assert "The draft before everybody From Morgan Lee (mediator)." in page
        assert "Northvale County Council, by Monday 18 May 2026: The bus runs on Mondays." in page
        mediation.drafts(raiser, "The bus runs daily.")
        page = mediation.read(mediator)
        assert page.index("The bus runs daily.") < page.index("The bus runs on Mondays.")
        assert "This draft, replaced since" in page


def test_a_draft_for_the_mediator_alone_can_be_gone_on_from(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.drafts(raiser, "The bus runs daily.", "mediator")
        assert "The bus runs daily." not in mediation.read(champion)
        filled = raiser.get(f"{mediation.path}/drafts?from=1")
        assert "The bus runs daily." in filled.text
        assert "The bus runs daily." not in champion.get(f"{mediation.path}/drafts?from=1").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"terms.0.side": ""}, "Please say who does it."),
        ({"terms.0.by-month": "14"}, "There is no such date."),
        ({"terms.0.by-year": "2025"}, "Please choose a day after today."),
        ({"terms.0.by-day": "17"}, "17 May 2026 is not a working day"),
        ({"terms.0.known_by": ""}, "how all will know"),
        ({"settles": ""}, "whether this settles everything"),
        ({"to": ""}, "who is to read it"),
        ({"terms.0.what": "Gnu " * 6000}, "Please shorten it"),
    ],
)
def test_an_unfinished_draft_is_not_stored_and_stays_on_the_page(
    mediation: Mediated, changed: dict[str, str], sentence: str
) -> None:
    with mediation.case.as_raiser() as browser:
        answer = mediation.send(browser, "drafts", **{**a_draft("Gnu"), "to": "all", **changed})
    assert answer.status_code == 422
    assert sentence in visible(answer.text)
    assert "Gnu" in answer.text
    assert mediation.players.desk.count("room_entries") == 0


def test_who_writes_a_draft_from_an_older_page_is_told_of_the_newer_one(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        page = fields(raiser.get(f"{mediation.path}/drafts").text)
        mediation.drafts(champion, "The bus runs weekly.")
        sent = {**page, **a_draft("The bus runs daily."), "to": "all"}
        answer = raiser.post(f"{mediation.path}/drafts", data=sent)
        assert answer.status_code == 409
        assert "newer version before everybody" in visible(answer.text)
        assert "The bus runs daily." in answer.text
        again = {**fields(answer.text), **a_draft("The bus runs daily."), "to": "all"}
        assert raiser.post(f"{mediation.path}/drafts", data=again).status_code == 303


def test_a_yes_from_an_older_page_is_not_said_to_the_newer_version(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.drafts(champion, "The bus runs weekly.")
        page = fields(raiser.get(mediation.path).text)
        mediation.drafts(champion, "The bus runs monthly.")
        answer = raiser.post(f"{mediation.path}/answers", data={**page, "answer": "yes"})
        assert answer.status_code == 409
        assert "There is a newer version of the draft" in visible(answer.text)
        assert "Yes to this version" not in visible(answer.text)


def test_a_yes_can_be_taken_back_until_the_other_side_says_it(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.drafts(champion)
        assert mediation.answers(raiser).status_code == 303
        assert "Yes to this version: Elmfield Tenants." in mediation.read(champion)
        assert mediation.answers(raiser).status_code == 422
        assert mediation.answers(raiser, "back").status_code == 303
        assert "Yes to this version" not in mediation.read(champion)
    with mediation.as_mediator() as mediator:
        assert mediation.answers(mediator).status_code == 422


def test_with_both_yeses_its_text_becomes_the_agreement_and_the_mediation_ends(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.says(raiser, WORDS)
        mediation.drafts(champion, "The bus runs weekly.")
        assert mediation.players.desk.count("statements") == (
            before := mediation.players.desk.count("statements")
        )
        assert mediation.answers(raiser).headers["location"] == f"{mediation.path}#draft"
        assert mediation.players.desk.count("statements") == before
        assert mediation.answers(champion).headers["location"] == mediation.case.path
        assert "The mediation ended on Monday 2 March 2026" in mediation.read(raiser)
    with mediation.players.as_officer() as officer:
        page = visible(officer.get(mediation.case.path).text)
        assert "The bus runs weekly." in page
        assert "Zebra" not in page


@pytest.mark.parametrize("settles", ["yes", "no"])
def test_the_raiser_decides_without_an_agreement_only_where_it_settles_everything(
    mediation: Mediated, settles: str
) -> None:
    with mediation.case.as_raiser() as raiser, mediation.case.as_champion() as champion:
        mediation.drafts(raiser, settles=settles)
        for side in (raiser, champion):
            mediation.answers(side)
        page = visible(raiser.get(mediation.case.path).text)
    assert ("Decide without the agreement" in page) is (settles == "yes")
    assert ("To your decision" in page) is (settles == "no")


def test_a_day_that_has_come_meanwhile_keeps_a_draft_from_being_agreed(mediation: Mediated) -> None:
    with mediation.case.as_raiser() as raiser:
        mediation.drafts(raiser, **{"terms.0.by-day": "3", "terms.0.by-month": "3"})
        mediation.answers(raiser)
    mediation.players.desk.pass_time(days=1)
    with mediation.case.as_champion() as champion:
        answer = mediation.answers(champion)
        assert answer.status_code == 422
        assert "cannot become the agreement as it is. Action 1: Please choose a day" in visible(answer.text)
        assert "Yes to this version: Elmfield Tenants." in mediation.read(champion)
