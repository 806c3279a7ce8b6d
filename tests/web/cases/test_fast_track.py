"""Fast track on pages: a word and a filter in the list, the hold request, its answer and who reads what."""

from datetime import date

from sqlalchemy import text

from compact_cases.office.casework import casebook
from compact_cases.rules.date_passes import RecordDatePassed
from compact_cases.rules.fast_track import RecordNoHoldAnswer
from compact_cases.rules.permissions import SYSTEM
from tests.web.case_players import PlayedCase, Players, visible
from tests.web.cases.test_listed import listed

SOON = date(2026, 3, 6)  # the Friday of the week in which these cases begin
ASKS = {"restated": "You say it is too soon.", "wording": "It closes on Friday.", "hold": "yes"}


def held(players: Players, **more: object) -> PlayedCase:
    case = players.raised(closes_on=SOON, **more)
    with players.as_officer() as browser:
        case.done(browser, "acknowledgement", decision="accept", **ASKS)
    return case


def tasks_of(players: Players) -> list[str]:
    with players.desk.premises.engine.connect() as conn:
        found = conn.execute(text("SELECT sentence FROM tasks WHERE kind = 'phone' AND done_at IS NULL"))
        return [str(one[0]) for one in found]


def letters_of(players: Players, notice: str) -> list[str]:
    with players.desk.premises.engine.connect() as conn:
        found = conn.execute(text("SELECT seat FROM letters WHERE notice = :n ORDER BY seat"), {"n": notice})
        return [str(one[0]) for one in found]


def test_it_is_a_word_on_list_and_case_and_a_filter(players: Players) -> None:
    slow, fast = players.raised(), players.raised(closes_on=SOON)
    with players.as_officer() as browser:
        assert "Fast track" in visible(browser.get(fast.path).text)
        assert "Fast track" not in visible(browser.get(slow.path).text)
        assert listed(browser, "?fast=yes") == [fast.reference]
        page = visible(browser.get("/cases?fast=yes").text)
    assert "1 open case on the fast track." in page
    with fast.as_raiser() as browser:
        assert "Your concern is on the fast track" in visible(browser.get(fast.path).text)


def test_a_receipt_in_the_evening_gives_words_to_send_oneself(players: Players) -> None:
    players.desk.pass_time(hours=9)  # 18:30, and it closes before anybody is back
    case = players.raised(closes_on=date(2026, 3, 2))
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
    assert "before an officer is here again on Tuesday 3 March" in page
    assert "Please extend it or pause it until the concern has been looked at, or tell us why not." in page


def test_champion_and_senior_lead_are_asked_and_either_may_answer(players: Players) -> None:
    case = held(players)
    assert letters_of(players, "hold-request") == ["respondent/champion", "respondent/senior-lead"]
    assert tasks_of(players) == []
    with case.as_party(players.senior) as browser:
        page = visible(browser.get(case.path).text)
        assert "Please extend it, pause it, or say why not by Wednesday 4 March" in page
        nothing = case.post(browser, "hold-answer", answer="no")
        assert nothing.status_code == 422
        assert "Please say why not, in a sentence or more." in visible(nothing.text)
        case.done(browser, "hold-answer", answer="no", words="The law gives us no choice.")
    with case.as_raiser() as browser:
        page = visible(browser.get(case.path).text)
        assert "it is neither extended nor put on hold" in page
        assert "The law gives us no choice." not in page
    with players.as_officer() as browser:
        release = visible(browser.get(f"{case.path}/hold-release").text)
        assert "The law gives us no choice." in release
        case.done(browser, "hold-release", looked="yes", hidden="no choice")
    with case.as_raiser() as browser:
        assert "The law gives us [removed]." in visible(browser.get(case.path).text)


def test_an_extended_date_is_the_date_of_the_case(players: Players) -> None:
    case = held(players)
    with case.as_champion() as browser:
        wrong = {"until-day": "6", "until-month": "3", "until-year": "2026"}
        refused = case.post(browser, "hold-answer", answer="extended", **wrong)
        assert "it comes after Friday 6 March 2026" in visible(refused.text)
        right = wrong | {"until-day": "27"}
        case.done(browser, "hold-answer", answer="extended", **right)
    assert case.row.closes_on == date(2026, 3, 27)
    assert case.row.next_due == date(2026, 3, 16)


def test_nobody_answers_and_somebody_rings(players: Players) -> None:
    case = held(players)
    players.desk.pass_time(days=3)
    command = RecordNoHoldAnswer(date(2026, 3, 5))
    casebook.carry_out(players.desk.premises, case.reference, command, by=SYSTEM)
    (task,) = tasks_of(players)
    assert task.startswith(f"Ring Northvale County Council about {case.reference}")
    with case.as_raiser() as browser:
        assert "No answer is recorded." in visible(browser.get(case.path).text)
    with case.as_champion() as browser:
        case.done(browser, "hold-answer", answer="paused")
    assert tasks_of(players) == []
    assert case.row.closes_on is None


def test_where_no_working_day_is_left_somebody_rings_at_once(players: Players) -> None:
    case = players.raised(closes_on=date(2026, 3, 2))
    with players.as_officer() as browser:
        case.done(browser, "acknowledgement", decision="accept", **ASKS)
    assert len(tasks_of(players)) == 1


def test_a_hold_is_refused_beside_its_box_where_nothing_closes(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        refused = case.post(browser, "acknowledgement", decision="accept", **ASKS)
        assert refused.status_code == 422
        assert "Only on the fast track a body is asked" in visible(refused.text)
        assert "It closes on Friday." in refused.text
    assert case.row.stage == "received"


def test_an_answer_where_nothing_was_asked_is_refused(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as browser:
        answer = case.post(browser, "hold-answer", answer="paused")
    assert answer.status_code == 409


def test_when_the_date_is_over_each_side_says_what_followed_to_the_officers(players: Players) -> None:
    case = held(players)
    players.desk.pass_time(days=7)
    over = RecordDatePassed(date(2026, 3, 9))
    casebook.carry_out(players.desk.premises, case.reference, over, by=SYSTEM)
    assert not case.row.closed_at
    with case.as_raiser() as browser:
        assert "Friday 6 March 2026 is over. This does not close the case." in visible(
            browser.get(case.path).text
        )
        nothing = case.post(browser, "date-passed", side="raiser", words="No bus.")
        assert nothing.status_code == 422
        assert "Please say whether it was extended." in visible(nothing.text)
        assert case.post(browser, "date-passed", side="respondent", extended="no").status_code == 422
        case.done(browser, "date-passed", side="raiser", extended="no", words="No bus since then.")
    with case.as_champion() as browser:
        page = visible(browser.get(case.path).text)
        assert "No bus since then." not in page
        case.done(browser, "date-passed", side="respondent", extended="not-sure")
    with players.as_officer() as browser:
        assert "No bus since then." in visible(browser.get(case.path).text)


def test_a_day_that_is_past_when_it_is_raised_goes_the_ordinary_way_with_two_questions(
    players: Players,
) -> None:
    past = {"closes_on": date(2026, 2, 20), "closes_since": "Not extended. The bus is gone."}
    case = players.raised(**past)
    assert "fast-track" not in case.row.tags
    assert case.row.next_due == date(2026, 3, 9)
    with players.as_officer() as browser:
        assert "Not extended. The bus is gone." in visible(browser.get(f"{case.path}/acknowledgement").text)
    case.accepted()
    assert letters_of(players, "date-passed") == ["respondent/champion"]  # each is asked once
