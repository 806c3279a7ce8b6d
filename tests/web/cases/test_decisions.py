"""A raiser’s decision on its pages: asked about, changed, made after silence; a waiting reply goes first."""

import re

from compact_cases.office.accounts import accounts
from tests.web.case_players import Players, visible


def test_this_settles_it_together_with_going_on_is_asked_about(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with case.as_raiser() as browser:
        both = case.post(browser, "decision", decision="settled", then="go-on")
    assert both.status_code == 422
    assert "Which of the two is it?" in both.text
    assert case.row.next_name == "decide"


def test_a_decision_may_be_changed_until_the_case_is_closed(players: Players) -> None:
    case = players.raised().accepted().replied().released().decided()
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        slip = case.post(browser, "decision", decision="partly")
        case.done(browser, "decision", decision="not")
        after = visible(browser.get(case.path).text)
    assert "You decided This settles it." in page
    assert "You can change this until the case is closed." in page
    assert slip.status_code == 422
    assert "<details open" in slip.text
    assert "This does not settle it." in after
    assert case.row.next_name == "next-step"
    case.decided().closed()
    with case.as_raiser() as browser:
        assert "You can change this" not in visible(browser.get(case.path).text)
        assert browser.get(f"{case.path}/decision").status_code == 303


def test_waiting_is_offered_once(players: Players) -> None:
    case = players.raised().accepted().no_reply()
    typed = {"until-day": "11", "until-month": "3", "until-year": "2026"}
    with case.as_raiser() as browser:
        case.done(browser, "decision", decision="wait", **typed)
        page = browser.get(case.path).text
        again = case.post(browser, "decision", decision="wait", **typed)
    assert 'value="wait"' not in page
    assert 'value="go-on"' in page
    assert again.status_code == 422
    assert "once already" in again.text


def test_after_silence_the_raiser_still_decides(players: Players) -> None:
    case = players.raised().accepted().replied().released().unheard()
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        case.done(browser, "decision", decision="not")
    assert "You can still tell us what you would like to do, until the case is closed." in page
    assert "You have decided" not in page
    assert case.row.next_name == "next-step"


def test_while_a_reply_waits_the_case_is_not_closed(players: Players) -> None:
    case = players.raised().accepted().no_reply().decided("stop").replied()
    with players.as_officer() as browser:
        closing = browser.get(f"{case.path}/closing")
        page = visible(browser.get(case.path).text)
    assert closing.status_code == 303
    assert "waits to be released" in page


def offered(page: str) -> list[str]:
    return re.findall(r'<input[^>]*name="decision"[^>]*value="([^"]*)"', page)


def test_page_and_api_offer_what_the_rule_says_and_no_more(players: Players) -> None:
    token = accounts.add_token(players.desk.premises, players.officer.email, "a caller")
    silent, replied = players.raised().accepted().no_reply(), players.raised().accepted().replied().released()
    over = players.raised().accepted().no_reply().decided("stop")
    over.closed("withdrawn")
    for case, choices in (
        (silent, ["go-on", "wait", "stop"]),
        (replied, ["settled", "partly", "not"]),
        (over, []),
    ):
        with case.as_raiser() as browser:
            page = browser.get(case.path).text
        with players.browser() as browser:
            answer = browser.get(f"/api{case.path}", headers={"Authorization": f"Bearer {token}"})
        assert (offered(page), answer.json()["decisions"]) == (choices, choices)


def test_everybody_in_a_case_reads_the_whole_way_with_where_it_is(players: Players) -> None:
    case = players.raised().accepted().no_reply()
    # the officer's stands in the head, and for phones once more under a fold
    for come_in, times in ((case.as_raiser, 1), (case.as_champion, 1), (players.as_officer, 2)):
        with come_in() as browser:
            page = browser.get(case.path).text
        assert page.count('<ol class="ladder"') == times
        assert re.search(
            r'aria-current="step">The raiser decides<span class="hidden">, the case is here', page
        )
        assert "Senior review, if the raiser goes on" in page
