"""The champion's page: what would put it right and by when; on later visits the form before the lesson."""

from datetime import date

from compact_cases.rules.concern import Confidentiality
from tests.web.case_players import Players, visible


def test_a_champion_reads_what_would_put_it_right_and_by_when(players: Players) -> None:
    case = players.raised(closes_on=date(2026, 4, 1), remedy_text="Ask us again.", tried="").accepted()
    with case.as_champion() as browser:
        seen = visible(browser.get(case.path).text)
    assert "What would put it right" in seen
    assert "A consultation to be made longer or run again" in seen
    assert "An apology" in seen
    assert "Something closes or is decided on Wednesday 1 April" in seen
    assert "Ask us again." not in seen  # words of the raiser cross only in the wording


def test_of_a_hidden_raiser_too_for_it_is_ticked_and_not_written(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL).accepted()
    with case.as_champion() as browser:
        assert "An apology" in visible(browser.get(case.path).text)


def test_that_nothing_is_sought_is_said_as_well(players: Players) -> None:
    case = players.raised(remedies=("none",)).accepted()
    with case.as_champion() as browser:
        seen = visible(browser.get(case.path).text)
    assert "They ask for nothing, and want it to be known." in seen


def test_nothing_stands_where_nothing_was_ticked(players: Players) -> None:
    case = players.raised(remedies=()).accepted()
    with case.as_champion() as browser:
        assert "What would put it right" not in browser.get(case.path).text


def test_on_a_later_visit_the_form_stands_before_the_lesson(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        browser.get(case.path)
        first = browser.get(case.path).text  # who reads it again at once has not come back
    assert first.index('id="compact"') < first.index('id="reply"')
    with case.as_champion() as browser:  # another link, on another day
        again = browser.get(case.path).text
    assert again.index('id="reply"') < again.index('id="compact"')


def test_a_half_written_reply_stands_before_the_lesson(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        case.post(browser, "reply-draft", **case.a_reply())
    with case.as_champion() as browser:
        page = browser.get(case.path).text
    assert page.index('id="reply"') < page.index('id="compact"')


def test_a_party_is_not_asked_to_raise_a_concern(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        head = browser.get(case.path).text
        head = head[: head.index("<main")]
        assert "Raise a concern" not in head
        assert "Undertakings" in head
        codes = browser.get("/codes").text
        assert "Raise a concern" not in codes[: codes.index("<main")]
    with players.browser() as browser:
        assert "Raise a concern" in browser.get("/codes").text
