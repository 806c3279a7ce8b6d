"""More time, asked for on one's own page; a further request is answered, at last by the board chair."""

from datetime import date
from typing import Any

from compact_cases.rules.seats import Seat
from tests.web.case_players import ACCOUNT, PlayedCase, Players, visible

ASKING: dict[str, Any] = {
    "obligation": "reply",
    "days": "5",
    "because": "people are away",
    "reason": "On leave.",
}


def asked_twice(players: Players) -> PlayedCase:
    case = players.raised().accepted()
    for _ in range(2):
        with case.as_champion() as browser:
            case.done(browser, "extension", **ASKING)
    return case


def test_a_champion_finds_the_way_to_more_time_and_has_it_at_once(players: Players) -> None:
    case = players.raised().accepted()
    before = case.row.next_due
    with case.as_champion() as browser:
        page = browser.get(case.path).text
        assert f'href="{case.path}/extension"' in page
        assert "Do you need more time?" in page
        assert "The first request counts at once" in visible(browser.get(f"{case.path}/extension").text)
        case.done(browser, "extension", **ASKING)
        seen = visible(browser.get(case.path).text)
    assert (before, case.row.next_due) == (date(2026, 3, 16), date(2026, 3, 23))
    assert "Your reply is due by Monday 23 March" in seen
    assert "5 working days added: more time was asked for." in seen
    assert "On leave." not in seen  # who asked knows it; it is kept for the officers
    with case.as_raiser() as browser:
        theirs = visible(browser.get(case.path).text)
    assert "The respondent asked for more time. The date is now Monday 23 March" in theirs
    assert "people are away" not in theirs
    assert "Where else you can turn" in theirs
    with players.as_officer() as browser:
        assert "On leave." in visible(browser.get(case.path).text)


def test_a_further_request_waits_for_the_other_side(players: Players) -> None:
    case = asked_twice(players)
    with case.as_raiser() as browser:
        assert "Say whether there may be more time" in visible(browser.get(case.path).text)
        form = visible(browser.get(f"{case.path}/extension-answer").text)
        assert "5 more working days are asked for: reply, due by Monday 23 March" in form
        assert "On leave." not in form
        case.done(browser, "extension-answer", granted="yes")
    assert case.row.next_due == date(2026, 3, 30)


def test_the_board_chair_reads_what_she_is_asked_and_nothing_of_the_case(players: Players) -> None:
    with players.as_staff(Seat.CHAIR) as browser:
        case = asked_twice(players)
        with case.as_raiser() as theirs:
            case.done(theirs, "extension-answer", granted="no")
        page = browser.get(case.path).text
        seen = visible(page)
        assert "You are asked" in seen
        form = browser.get(f"{case.path}/extension-answer").text
        assert "The reason: people are away." in visible(form)
        for text in (page, form, browser.get(f"{case.path}/pause").text):
            for hidden in ("Elmfield", "Northvale", "Rose", "Chris", "On leave", "bus cuts", ACCOUNT[:20]):
                assert hidden not in text, hidden
            assert "community-groups" not in text
        case.done(browser, "extension-answer", granted="yes")
        assert "This is recorded" in visible(browser.get(f"{case.path}?since={case.row.position - 2}").text)
    assert case.row.next_due == date(2026, 3, 30)


def test_the_chair_opens_no_other_act_of_a_case_and_no_case_by_call(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_staff(Seat.CHAIR) as browser:
        assert browser.get(f"{case.path}/resumption").status_code == 403
        assert browser.get(f"{case.path}/extension").status_code == 303
        assert browser.get("/cases").status_code == 403


def test_what_is_wrong_is_said_and_what_was_typed_stays(players: Players) -> None:
    case = players.raised().accepted()
    events = players.desk.count("case_events")
    with case.as_champion() as browser:
        for wrong, words in (
            ({"days": "40"}, "from 1 to 10"),
            ({"days": "five"}, "in digits"),
            ({"days": ""}, "how many working days"),
            ({"because": ""}, "choose a reason"),
            ({"reason": ""}, "in a sentence"),
        ):
            answer = case.post(browser, "extension", **{**ASKING, **wrong})
            assert answer.status_code == 422, wrong
            assert words in visible(answer.text)
            assert wrong.get("reason", "On leave.") in answer.text
    assert players.desk.count("case_events") == events


def test_a_community_group_need_not_say_why(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with case.as_raiser() as browser:
        case.done(browser, "extension", obligation="decide", days="3")
        again = case.post(browser, "extension", obligation="decide", days="3")
    assert again.status_code == 422
    assert "choose a reason" in visible(again.text)


def test_an_officer_writes_down_what_came_by_phone(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "extension", **ASKING)
        assert "The respondent asked for more time (people are away)" in visible(browser.get(case.path).text)
