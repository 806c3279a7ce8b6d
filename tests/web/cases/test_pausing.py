"""Pausing a case from its page: both sides read it, nobody is chased, and it goes on by its own end."""

from compact_cases.office.casework import reminders
from compact_cases.rules.working_days import LONDON
from tests.web.case_players import Players, visible


def test_an_officer_pauses_a_case_and_ends_the_pause(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "pause", reason="waiting for a third party", asked_by="raiser")
        seen = visible(browser.get(case.path).text)
        assert "paused since" in seen
        assert "Asked for by the raiser, granted by an officer" in seen
    with case.as_champion() as browser:
        champions = visible(browser.get(case.path).text)
    assert "This is paused since Monday 2 March, waiting for a third party: 10 working days left" in champions
    players.desk.pass_time(days=1)
    with players.as_officer() as browser:
        case.done(browser, "resumption")
        assert "The pause ended: ended before its last day." in visible(browser.get(case.path).text)


def test_nobody_is_reminded_while_it_is_paused(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "pause", reason="other proceedings", asked_by="officer")
    before = players.desk.count("letters")
    for _ in range(19):
        players.desk.pass_time(days=1)
        reminders.sweep_until_done(players.desk.premises)
    assert players.desk.count("letters") == before
    players.desk.pass_time(days=20)
    reminders.sweep_until_done(players.desk.premises)
    row = case.row
    assert row.next_due is not None
    assert not row.paused
    assert row.next_due > players.desk.clock.now().astimezone(LONDON).date() or row.next_name != "reply"


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(players: Players) -> None:
    case = players.raised().accepted()
    events = players.desk.count("case_events")
    with players.as_officer() as browser:
        answer = case.post(
            browser,
            "pause",
            reason="waiting for a third party",
            asked_by="champion",
            **{"ends-day": "3", "ends-month": "6", "ends-year": "2026"},
        )
    assert answer.status_code == 422
    assert "A respondent cannot pause its own clock." in visible(answer.text)
    assert 'name="ends-year" value="2026"' in answer.text
    assert players.desk.count("case_events") == events


def test_an_adjustment_reads_as_a_longer_limit_to_everybody_else(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "pause", reason="adjustment", asked_by="raiser")
        assert "adjustment" in visible(browser.get(case.path).text)
    with case.as_champion() as browser:
        champions = visible(browser.get(case.path).text)
    assert "adjustment" not in champions
    assert "a longer limit applies" in champions
