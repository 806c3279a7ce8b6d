"""The page on which an officer writes down when a letter was posted."""

from dataclasses import replace

import pytest

from tests.web.case_players import PlayedCase, Players, visible
from tests.web.cases.test_letters_by_post import POST, letter_of


@pytest.fixture
def case(players: Players) -> PlayedCase:
    raiser = players.concern().raiser
    assert raiser is not None
    return (
        players.raised(raiser=replace(raiser, email="", phone="", post=POST)).accepted().replied().released()
    )


def day(text: str) -> dict[str, str]:
    return dict(zip(("on-day", "on-month", "on-year"), text.split(), strict=True))


def test_the_day_of_the_posting_sets_the_date_and_every_day_of_it_is_shown(case: PlayedCase) -> None:
    with case.players.as_officer() as browser:
        page = visible(browser.get(f"{case.path}/posting").text)
        assert "A reply to read, to Rose Raiser" in page
        case.done(browser, "posting", letter=str(letter_of(case, "reply-released")), **day("2 3 2026"))
        words = visible(browser.get(case.path).text)
    assert "The letter to the raiser “a reply to read” was posted on Monday 2 March 2026." in words
    assert "the last day is Wednesday 18 March 2026" in words
    with case.as_raiser() as browser:
        theirs = visible(browser.get(case.path).text)
        assert "by Wednesday 18 March" in theirs
        assert "Posted on this day; a letter takes two working days." in theirs
    with case.as_champion() as browser:
        assert "posted" not in visible(browser.get(case.path).text)


def test_a_day_that_cannot_be_is_refused_at_its_field_and_what_was_typed_stays(case: PlayedCase) -> None:
    with case.players.as_officer() as browser:
        letter = str(letter_of(case, "reply-released"))
        answer = case.post(browser, "posting", letter=letter, **day("3 3 2026"))
    assert answer.status_code == 422
    assert "this one has not come yet" in visible(answer.text)
    assert 'id="on-error"' in answer.text
    assert f'value="{letter}" checked' in answer.text
    assert 'name="on-day" value="3"' in answer.text


def test_it_is_offered_only_where_a_letter_waits(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        words = visible(browser.get(case.path).text)
        assert "No letter of this case waits to be posted or read out." in words
        assert browser.get(f"{case.path}/posting").status_code == 303
