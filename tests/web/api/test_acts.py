"""Acts by API are held to what holds on the pages: the same questions, the same second looks."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.identity import new_id
from compact_cases.records import event_log
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.concern import Confidentiality, RespondentNamed
from compact_cases.web.cases.enquiry import ELSEWHERE, TWICE
from tests.web.case_players import WAY_IN, PlayedCase, Players

Act = Callable[..., Any]
IN_PART = {"clause": WAY_IN, "answer": "in-part", "words": "We will run it again."}
TELLING = {"restated": "You say so.", "wording": "Rose's club in Stroud had no time."}


@pytest.fixture
def act(players: Players) -> Iterator[Act]:
    token = accounts.add_token(players.desk.premises, players.officer.email)
    with players.browser() as browser:

        def act(case: PlayedCase, name: str, **sent: Any) -> Any:
            headers = {"authorization": f"Bearer {token}", "if-match": f'"{case.row.position}"'}
            return browser.post(f"/api{case.path}/{name}", json=sent, headers=headers)

        def shown(case: PlayedCase) -> Any:
            headers = {"authorization": f"Bearer {token}"}
            return browser.get(f"/api{case.path}", headers=headers).json()

        act.shown = shown  # type: ignore[attr-defined]
        yield act


def wrong(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["detail"] for one in answer.json()["errors"]}


def test_words_that_tell_who_a_hidden_raiser_is_need_a_second_look(players: Players, act: Act) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL)
    assert "who raised it: Rose's, Stroud." in wrong(act(case, "acknowledgement", **TELLING))["wording"]
    assert act(case, "acknowledgement", **TELLING, words_may_stay=True).status_code == 200
    other = players.raised()
    assert act(other, "acknowledgement", **TELLING).status_code == 200  # nobody is hidden there


def test_words_that_tell_who_raised_the_other_one_need_a_second_look(players: Players, act: Act) -> None:
    first, other = players.raised(), players.raised(raiser=None, confidentiality=Confidentiality.ANONYMOUS)
    told = {"into": first.reference.lower(), "explanation": "Elmfield told us of it."}
    assert "Elmfield" in wrong(act(other, "merge", **told))["explanation"]
    assert act(other, "merge", **told, words_may_stay=True).status_code == 200


def test_a_released_reply_that_tells_who_a_hidden_raiser_is_needs_a_second_look(
    players: Players, act: Act
) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL).accepted().replied("We know Rose of Stroud.")
    found = wrong(act(case, "release", looked=True, hidden=["Rose"]))["hidden"]
    assert "could tell others who raised it: Stroud." in found
    assert act(case, "release", looked=True, hidden=["Rose", "Stroud"]).status_code == 200
    case = players.raised().accepted().replied("We know Rose of Stroud.")
    assert act(case, "release", looked=True).status_code == 200  # nobody is hidden there


def test_a_phrase_that_is_nowhere_in_the_reply_is_a_slip(players: Players, act: Act) -> None:
    case = players.raised().accepted().replied("We know the Elmfield Tenants.")
    slip = wrong(act(case, "release", looked=True, hidden=["Elmfeld Tenants"]))
    assert slip["hidden"].startswith("“Elmfeld Tenants” does not stand in the reply.")
    assert act(case, "release", looked=True, hidden=["Elmfield Tenants"]).status_code == 200


def test_an_officer_is_one_who_handles_cases(players: Players, act: Act) -> None:
    case = players.raised()
    nobody = wrong(act(case, "assignment", officer="00000000-0000-0000-0000-000000000000"))
    assert nobody == {"officer": "Please choose an officer."}


def test_a_case_is_given_and_handed_over_by_either_name(players: Players, act: Act) -> None:
    bob = str(accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer").id)
    case, ann = players.raised(), str(players.officer.id)
    assert act(case, "assignment").status_code == 200
    assert case.row.officer_id == players.officer.id
    assert wrong(act(case, "hand-over", reason="I know them.")) == {"officer": "Please choose an officer."}
    assert "reason" in wrong(act(case, "hand-over", officer=bob))
    assert act(case, "hand-over", officer=bob, reason="I know them.").status_code == 200
    assert "reason" in wrong(act(case, "assignment", officer=ann, conflict=True))
    assert "reason" in wrong(act(case, "assignment", officer=ann, reason="For good, so why?"))
    assert act(case, "assignment", officer=ann, conflict=True, reason="He knows them.").status_code == 200
    assert case.row.officer_id == players.officer.id
    with players.desk.premises.engine.connect() as conn:
        kept = [one.name for one in event_log.read(conn, case.row.case_id)]
    assert kept[-3:] == ["officer-assigned", "handed-over", "handed-over"]


def test_each_undertaking_is_answered_and_each_gap_named(players: Players, act: Act) -> None:
    case = players.raised().accepted()
    gaps = wrong(act(case, "reply", answers=[{**IN_PART, "words": " "}]))
    assert list(gaps) == ["answers.0.words", "signed"]
    gaps = wrong(act(case, "reply", answers=[{"clause": "community-groups/5.4"}], signed="Jo"))
    assert gaps == {"answers.1.answer": "Please choose an answer to Community Groups 5.3."}
    assert act(case, "reply", answers=[IN_PART], signed="Jo").status_code == 200


def test_after_no_reply_not_and_go_on_are_the_same_and_wait_has_its_own_address(
    players: Players, act: Act
) -> None:
    case, other, last = (players.raised().accepted().no_reply() for _ in range(3))
    settled = act(case, "decision", decision="settled", then="")
    assert settled.json()["detail"].startswith("No reply has reached you yet, so please choose to go on,")
    assert act(case, "decision", decision="not").status_code == 200
    assert act(other, "decision", decision="go-on").status_code == 200
    assert case.row.next_name == other.row.next_name == "next-step"
    assert wrong(act(last, "wait", decision="wait", until="2026-03-11")).keys() == {"decision"}
    assert act(last, "wait", until="2026-03-11").status_code == 200
    again = act(last, "decision", decision="wait", until="2026-03-12")
    assert again.status_code == 422
    assert "once already" in again.json()["detail"]
    assert act(last, "decision", decision="go-on").status_code == 200
    assert act(last, "decision", decision="stop").status_code == 200
    assert last.row.next_name == "close"


def test_a_decision_that_says_two_things_is_asked_about(players: Players, act: Act) -> None:
    case = players.raised().accepted().replied().released()
    both = wrong(act(case, "decision", decision="settled", then="go-on"))
    assert "Which of the two is it?" in both["then"]
    both = wrong(act(case, "decision", decision="not", then="close"))
    assert "Which of the two is it?" in both["then"]
    assert act(case, "decision", decision="settled", then="close").status_code == 200
    assert act(case, "decision", decision="not", then="go-on").status_code == 200
    assert case.row.next_name == "next-step"


@pytest.mark.parametrize("hidden", ["\x00", "\x1b[31m", "\u202e", "\u200b"])
def test_hidden_characters_are_refused_and_not_stored(players: Players, act: Act, hidden: str) -> None:
    case = players.raised()
    said = wrong(act(case, "question", question=f"On which{hidden} day?"))
    assert said == {"question": "This has hidden characters in it. Please type it again without them."}
    assert act(case, "question", question="On which day,\r\nplease?").status_code == 200
    with players.as_officer() as browser:
        assert "On which day,\nplease?" in browser.get(case.path).text


def test_the_raisers_own_body_is_no_respondent_at_either_door(players: Players, act: Act) -> None:
    hall = players.add_body(new_id(), "Elmfield Hall", BodyKind.COMMUNITY_GROUP)
    raiser = replace(players.concern().raiser, body_id=hall)  # type: ignore[type-var]
    case = players.raised(raiser=raiser, respondents=(RespondentNamed(name="Elmfield Hall"),))
    assert "own body" in wrong(act(case, "respondent", body=str(hall)))["body"]
    with players.as_officer() as browser:
        page = case.post(browser, "respondent", body=str(hall))
    assert page.status_code == 422
    assert "own body" in page.text
    assert case.row.respondent_id is None


def test_an_answer_that_would_be_left_out_of_a_reply_is_named(players: Players, act: Act) -> None:
    case, words = players.raised().accepted(), {"answer": "dispute", "words": "We saw it otherwise."}
    other = {"clause": "community-groups/99.9", **words}
    found = wrong(act(case, "reply", answers=[IN_PART, other], signed="Ann Hale"))
    assert found == {"answers.1.clause": ELSEWHERE}
    found = wrong(act(case, "reply", answers=[IN_PART, {**IN_PART, **words}], signed="Ann Hale"))
    assert found == {"answers.1.clause": TWICE}
    assert act(case, "reply", answers=[IN_PART], signed="Ann Hale").status_code == 200


def test_a_case_handed_to_whoever_has_the_conflict_is_refused_with_a_sentence(
    players: Players, act: Act
) -> None:
    found = wrong(act(players.raised(), "conflict", officer=str(players.officer.id), reason="A cousin."))
    assert found == {"officer": "Please choose somebody else, or nobody: this one cannot be chosen here."}


def test_the_case_names_its_pauses_by_the_number_that_ends_them(players: Players, act: Act) -> None:
    case = players.raised().accepted()
    assert act(case, "pause", reason="waiting for a third party").status_code == 200
    (pause,) = act.shown(case)["running_pauses"]  # type: ignore[attr-defined]
    assert pause["reason"] == "waiting for a third party"
    assert act(case, "resumption", pause=pause["number"] + 1).status_code == 422
    assert act(case, "resumption", pause=pause["number"]).status_code == 200
    assert act.shown(case)["running_pauses"] == []  # type: ignore[attr-defined]
