"""An officer takes on a case that was kept on paper so far, with its days."""

import pytest

from compact_cases.records import letters as records
from tests.web.case_players import PlayedCase, Players, visible


@pytest.fixture
def case(players: Players) -> PlayedCase:
    """Filled in by an officer from paper, on Monday 2 March 2026."""
    return players.raised(channel="paper")


def boxes(name: str, day: str) -> dict[str, str]:
    return {
        f"{name}-{part}": value for part, value in zip(("day", "month", "year"), day.split(), strict=True)
    }


TYPED = {"decision": "accept", "restated": "You say so.", "wording": "Ten days.", "fear_considered": "yes"}


def test_it_has_its_true_dates_and_says_that_it_was_kept_on_paper(case: PlayedCase) -> None:
    with case.players.as_officer() as browser:
        assert "This case was kept on paper so far" in visible(
            browser.get(f"{case.path}/acknowledgement").text
        )
        days = {**boxes("received_on", "9 2 2026"), **boxes("told_on", "23 2 2026")}
        case.done(browser, "acknowledgement", **TYPED, **days)
        words = visible(browser.get(case.path).text)
    assert "owes a reply by Monday 9 March" in words
    assert "received on Monday 9 February 2026, and both sides were told on Monday 23 February 2026" in words
    with case.as_champion() as browser:
        theirs = visible(browser.get(case.path).text)
    assert "You were told of it on Monday 23 February 2026." in theirs
    assert "9 February" not in theirs


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (boxes("received_on", "9 2 2026"), "told_on"),
        (boxes("told_on", "9 2 2026"), "received_on"),
        ({**boxes("received_on", "9 2 2026"), **boxes("told_on", "3 3 2026")}, "told_on"),
    ],
)
def test_a_past_that_cannot_be_is_refused_and_what_was_typed_stays(
    case: PlayedCase, days: dict[str, str], field: str
) -> None:
    with case.players.as_officer() as browser:
        answer = case.post(browser, "acknowledgement", **TYPED, **days)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "Ten days." in answer.text
    assert "<details open>" in answer.text


def test_a_concern_that_was_raised_here_is_not_asked_about_paper(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        assert "told_on" not in browser.get(f"{case.path}/acknowledgement").text


def test_what_followed_on_paper_is_entered_with_its_days_and_no_letter(case: PlayedCase) -> None:
    days = {**boxes("received_on", "5 1 2026"), **boxes("told_on", "12 1 2026")}
    with case.players.as_officer() as browser:
        case.done(browser, "acknowledgement", **TYPED, **days)
        told = len(letters(case))
        came = {**boxes("came_on", "21 1 2026"), "came_by": "paper"}
        case.done(browser, "reply", **case.a_reply(), **came)
        page = visible(browser.get(f"{case.path}/release").text)
        assert "Not later than Monday 2 March 2026, when it was taken over." in page
        late = case.post(browser, "release", looked="yes", **boxes("done_on", "20 1 2026"))
        assert late.status_code == 422
        assert 'id="done_on-error"' in late.text
        assert "It cannot have been done before Wednesday 21 January 2026" in visible(late.text)
        case.done(browser, "release", looked="yes", **boxes("done_on", "23 1 2026"))
        words = visible(browser.get(case.path).text)
    assert "Entered later from paper: the reply was released on Friday 23 January 2026." in words
    assert len(letters(case)) == told
    with case.as_raiser() as browser:
        assert "Entered later from paper: the reply came on" in visible(browser.get(case.path).text)


def test_a_past_day_is_asked_in_no_other_case(players: Players) -> None:
    case = players.raised().accepted().replied()
    with players.as_officer() as browser:
        assert "done_on" not in browser.get(f"{case.path}/release").text
        refused = case.post(browser, "release", looked="yes", **boxes("done_on", "2 3 2026"))
    assert refused.status_code == 422
    assert "Only what was done while a case was kept on paper has a day of its own." in visible(refused.text)


def letters(case: PlayedCase) -> list[str]:
    with case.players.desk.premises.engine.connect() as conn:
        return [one.notice for one in records.of_case(conn, case.row.case_id)]
