"""An officer writes down what came earlier: the two fields, what the timeline says, and what is refused."""

import pytest

from tests.web.case_players import PlayedCase, Players, visible
from tests.web.cases.test_posting import day


@pytest.fixture
def case(players: Players) -> PlayedCase:
    return players.raised().accepted()


def came(text: str, way: str) -> dict[str, str]:
    boxes = {name.replace("on-", "came_on-"): value for name, value in day(text).items()}
    return {**boxes, "came_by": way} if way else boxes


def test_a_reply_on_paper_is_shown_with_the_day_on_which_it_came(case: PlayedCase) -> None:
    case.players.desk.pass_time(days=3)
    with case.players.as_officer() as browser:
        case.done(browser, "reply", **case.a_reply(), **came("4 3 2026", "paper"))
        words = visible(browser.get(case.path).text)
    assert "It came on paper on Wednesday 4 March 2026, in time." in words
    with case.as_champion() as browser:
        assert "It came on paper on Wednesday 4 March 2026, in time." in visible(browser.get(case.path).text)


@pytest.mark.parametrize(
    ("typed", "words", "field"),
    [
        (came("4 3 2026", ""), "by phone or on paper", "came_by"),
        (came("4 4 2026", "phone"), "has not come yet", "came_on"),
        (came("1 3 2026", "phone"), "It cannot have come before Monday 2 March 2026", "came_on"),
        ({"came_by": "paper"}, "Please give the day on which it came", "came_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_all_of_it_stays(
    case: PlayedCase, typed: dict[str, str], words: str, field: str
) -> None:
    case.players.desk.pass_time(days=3)
    before = case.row.position
    with case.players.as_officer() as browser:
        answer = case.post(browser, "addition", addition="They rang again.", **typed)
    assert answer.status_code == 422
    assert words in visible(answer.text)
    assert f'id="{field}-error"' in answer.text
    assert "They rang again." in answer.text
    assert case.row.position == before


def test_a_party_is_asked_for_no_day_and_may_give_none(case: PlayedCase) -> None:
    with case.as_raiser() as browser:
        assert "came_on" not in browser.get(f"{case.path}/addition").text
        answer = case.post(browser, "addition", addition="One more thing.", **came("2 3 2026", "phone"))
    assert answer.status_code == 422
    assert "Only a Compact officer writes down on which day something came." in visible(answer.text)
