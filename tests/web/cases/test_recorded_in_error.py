"""What was recorded in error: struck through on the timeline of everybody who was told, and put right."""

from tests.web.case_players import Players, visible


def test_a_reply_for_another_case_is_struck_and_owed_again(players: Players) -> None:
    case = players.raised().accepted().replied()
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/recorded-in-error").text
        assert "The reply that waits to be released" in visible(page)
        case.done(
            browser, "recorded-in-error", position=str(case.row.position), reason="It was another case."
        )
        seen = browser.get(case.path).text
    assert "<s>" in seen
    assert "This was recorded in error." in visible(seen)
    assert "It was another case." in visible(seen)
    assert case.row.next_name == "reply"
    with case.as_champion() as browser:
        theirs = visible(browser.get(case.path).text)
    assert "This was recorded in error." in theirs
    assert "It was another case." not in theirs


def test_what_cannot_be_marked_is_refused_with_what_was_typed(players: Players) -> None:
    case = players.raised().accepted().replied()
    events = players.desk.count("case_events")
    with players.as_officer() as browser:
        answer = case.post(browser, "recorded-in-error", position="1", reason="It was another case.")
    assert answer.status_code == 422
    assert "Please choose what is shown." in visible(answer.text)
    assert "It was another case." in answer.text
    assert players.desk.count("case_events") == events
