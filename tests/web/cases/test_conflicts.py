"""A conflict of interest and another office, over the real doors."""

from sqlalchemy import text

from compact_cases.office.accounts import accounts
from compact_cases.rules.seats import Seat
from tests.web.case_players import Players, visible


def test_the_only_officer_declares_a_conflict_and_a_new_one_takes_over(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "conflict", reason="I sit on their committee.")
        page = visible(browser.get(case.path).text)
        assert "Its officer has a conflict of interest" in page
        events = players.desk.count("case_events")
        answer = case.post(
            browser, "clauses", drop="no", clause="community-groups/5.8", role="not-met", reason="x"
        )
        assert answer.status_code == 403
        assert players.desk.count("case_events") == events
    assert _tasks(players) == 1
    for way in (case.as_raiser, case.as_champion):
        with way() as browser:
            page = visible(browser.get(case.path).text)
            assert "has declared a conflict of interest" in page
            assert "I sit on their committee." not in page
    other = accounts.add_officer(players.desk.premises, "new@office.example", "New Officer", Seat.OFFICER)
    with players.as_officer() as browser:
        case.done(browser, "assignment", conflict="no", officer=str(other.id))
    assert _tasks(players) == 0
    assert case.row.officer_id == other.id


def test_it_is_handed_on_and_both_sides_read_to_whom(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        case.done(browser, "referral", office="The Dell Compact office, 01453 555 000", sent="All, by post.")
        assert "All, by post." in visible(browser.get(case.path).text)
    for way in (case.as_raiser, case.as_champion):
        with way() as browser:
            page = visible(browser.get(case.path).text)
            assert "The Dell Compact office, 01453 555 000" in page
            assert "All, by post." not in page
            assert "handed on to another office" in page
            assert "open it again" not in page


def _tasks(players: Players) -> int:
    with players.desk.premises.engine.connect() as conn:
        waiting = text("SELECT count(*) FROM tasks WHERE kind = 'conflict' AND done_at IS NULL")
        return int(conn.execute(waiting).scalar_one())
