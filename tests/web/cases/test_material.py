"""Beside each form stands what an officer decides it by; a fear is asked about before notice goes."""

import pytest

from compact_cases.rules.concern import Confidentiality, Raiser
from tests.web.case_players import PlayedCase, Players, visible

FEAR = "They cut the grant of the last group that spoke up."
AFRAID = {
    "afraid": "yes",
    "afraid_text": FEAR,
    "adjustments": "Large print, please.",
    "remedy_text": "Ask us again in the spring.",
}
TAKEN_ON = {"decision": "accept", "restated": "You say so.", "wording": "Ten days were too short."}


def form_of(players: Players, case: PlayedCase, act: str) -> str:
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/{act}")
        assert page.status_code == 200
        return visible(page.text)


def test_acknowledging_shows_fear_adjustments_remedies_and_undertakings(players: Players) -> None:
    seen = form_of(players, players.raised(**AFRAID), "acknowledgement")
    for told in (FEAR, "Large print, please.", "Ask us again in the spring.", "An apology"):
        assert told in seen
    assert "We wrote to them twice." in seen
    assert "Strive to take account of the different timescales" in seen


def test_acknowledging_shows_the_answer_just_given(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        case.done(browser, "question", question="Which buses?")
    with case.as_raiser() as browser:
        case.done(browser, "answer", answer="The 63 and the 64.")
    seen = form_of(players, case, "acknowledgement")
    assert "Which buses?" in seen
    assert "The 63 and the 64." in seen


@pytest.mark.parametrize("way", list(Confidentiality))
@pytest.mark.parametrize("how_much", ["yes", "a-little"])
def test_a_fear_is_asked_about_before_the_other_side_has_notice(
    players: Players, way: Confidentiality, how_much: str
) -> None:
    case = players.hidden_one(way, **{**AFRAID, "afraid": how_much})
    with players.as_officer() as browser:
        answer = case.post(browser, "acknowledgement", **TAKEN_ON)
        assert answer.status_code == 422
        assert "This raiser is afraid of what may follow" in visible(answer.text)
        assert "Ten days were too short." in answer.text
        assert not case.row.had_notice
        case.done(browser, "acknowledgement", **TAKEN_ON, fear_considered="yes")
    assert case.row.had_notice


def test_who_is_not_afraid_is_not_asked_about(players: Players) -> None:
    case = players.raised(afraid="no")
    assert "afraid of what may follow" not in form_of(players, case, "acknowledgement")
    with players.as_officer() as browser:
        case.done(browser, "acknowledgement", **TAKEN_ON)


def test_declining_asks_nothing_about_a_fear(players: Players) -> None:
    case = players.raised(**AFRAID)
    with players.as_officer() as browser:
        case.done(browser, "acknowledgement", decision="decline", reason="repeat", explanation="Ring us.")
    assert case.row.outcome == "not accepted"


def test_closing_shows_the_reply_and_the_decision(players: Players) -> None:
    case = players.raised().accepted().replied("We meant no harm.").released().decided(words="Thank you.")
    seen = form_of(players, case, "closing")
    assert "We meant no harm." in seen
    assert "A new consultation of twelve weeks." in seen
    assert "The raiser decided: this settles it" in seen
    assert "Thank you." in seen


def test_writing_down_a_decision_shows_the_reply(players: Players) -> None:
    case = players.raised().accepted().replied("We meant no harm.").released()
    seen = form_of(players, case, "decision")
    assert "We meant no harm." in seen
    assert "A new consultation of twelve weeks." in seen


def test_writing_down_an_answer_or_a_reply_shows_what_it_is_about(players: Players) -> None:
    case = players.raised().accepted("Ten days for buses.")
    assert "Ten days for buses." in form_of(players, case, "reply")


def test_merging_shows_the_words_of_each(players: Players) -> None:
    players.raised()
    raiser = Raiser(
        name="Quarry Road Parents", kind="community-group", person="Tess Okoro", email="t@q.example"
    )
    other = players.raised(raiser=raiser, account="Our school run depends on it.")
    seen = form_of(players, other, "merge")
    assert "We meet once a month, so we could not answer." in seen
    assert "Our school run depends on it." in seen


def test_merging_into_one_that_was_written_shows_its_words(players: Players) -> None:
    first = players.raised()
    other = players.raised(account="Our school run depends on it.")
    with players.as_officer() as browser:
        again = case_again(other, browser, first)
    assert "We meet once a month, so we could not answer." in again


def case_again(case: PlayedCase, browser: object, into: PlayedCase) -> str:
    answer = case.post(browser, "merge", into="other", reference=into.reference, explanation="")  # type: ignore[arg-type]
    assert answer.status_code == 422
    return visible(answer.text)


def test_nothing_of_the_material_reaches_the_other_side(players: Players) -> None:
    case = players.raised(**AFRAID)
    with players.as_officer() as browser:
        case.done(browser, "acknowledgement", **TAKEN_ON, fear_considered="yes")
    with case.as_champion() as browser:
        page = browser.get(case.path).text
    assert FEAR not in page
    assert "Large print" not in page
    assert "afraid" not in page.lower()
