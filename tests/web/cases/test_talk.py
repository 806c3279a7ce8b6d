"""Talk first on pages: who each reads of, who may end it, and what nobody else is shown."""

import pytest

from compact_cases.rules.concern import Confidentiality
from tests.web.case_players import PlayedCase, Players, visible

BOXES = {"restated": "You say ten days were too short.", "wording": "Ten days were too short for them."}


def in_touch(players: Players) -> PlayedCase:
    case = players.raised()
    with players.as_officer() as browser:
        case.done(browser, "acknowledgement", decision="talk-first", agreed="yes", **BOXES)
    return case


def test_each_reads_how_to_reach_the_other_until_it_ends(players: Players) -> None:
    case = in_touch(players)
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "You and Northvale County Council talk first." in page
        assert "Chris Champion" in page
        assert "chris@northvale.example" in page
        assert "sam@northvale.example" not in page
    with case.as_champion() as browser:
        page = visible(browser.get(case.path).text)
        assert "Ten days were too short for them." in page
        assert "You say ten days" not in page
        assert "Rose Raiser" in page
        assert "rose@elmfield.example" in page
        assert case.post(browser, "reply", signed="Jo").status_code in (409, 422)
        case.done(browser, "talk", ends="go-on")
        page = visible(browser.get(case.path).text)
        assert "rose@elmfield.example" not in page
        assert "A Compact officer looks at this concern again" in page
    with case.as_raiser() as browser:
        assert "chris@northvale.example" not in visible(browser.get(case.path).text)
    assert (case.row.stage, case.row.next_name) == ("received", "acknowledge")


def test_the_raiser_says_that_it_is_put_right(players: Players) -> None:
    case = in_touch(players)
    with case.as_champion() as browser:
        assert case.post(browser, "talk", ends="put-right").status_code == 422
    with case.as_raiser() as browser:
        nothing = case.post(browser, "talk")
        assert nothing.status_code == 422
        assert "Please say whether it is put right" in visible(nothing.text)
        case.done(browser, "talk", ends="put-right")
        assert "Both sides put it right between them." in visible(browser.get(case.path).text)
    assert case.row.outcome == "resolved directly"


def test_an_officer_is_told_why_they_cannot_talk_first(players: Players) -> None:
    hidden = players.hidden_one(Confidentiality.CONFIDENTIAL)
    afraid = players.raised(afraid="yes")
    with players.as_officer() as browser:
        for case, why in ((hidden, "is not to be known"), (afraid, "is afraid of what may follow")):
            assert why in visible(browser.get(f"{case.path}/acknowledgement").text)
            refused = case.post(browser, "acknowledgement", decision="talk-first", agreed="yes", **BOXES)
            assert refused.status_code == 422
            assert why in visible(refused.text)
            assert case.row.stage == "received"
            assert not case.row.had_notice


@pytest.mark.parametrize("ends", ["put-right", "go-on"])
def test_an_officer_writes_it_down_for_them(players: Players, ends: str) -> None:
    case = in_touch(players)
    with players.as_officer() as browser:
        assert "They talk first" in visible(browser.get(case.path).text)
        case.done(browser, "talk", ends=ends)
        assert case.post(browser, "acknowledgement", decision="talk-first").status_code in (403, 422)
