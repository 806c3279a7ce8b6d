"""Two steps at once: a late reply waits for release while the raiser's decision is owed too."""

from datetime import date

import pytest

from compact_cases.office.casework import integrity
from compact_cases.records.reading import reading
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters, ListRow, Numbers
from compact_cases.rules.seats import Seat
from tests.builders import local
from tests.web.case_players import Browser, PlayedCase, Players, visible

DECIDE, RELEASE = (
    ("decide", "raiser/named", date(2026, 4, 8)),
    ("release", "office/officer", date(2026, 4, 9)),
)


@pytest.fixture
def late(players: Players) -> PlayedCase:
    """Put to the council on Monday 2 March, silent until Tuesday 7 April: release by 9 April, decide by 8."""
    case = players.raised().accepted()
    players.desk.clock.move(local("2026-03-23 08:00"))
    case.no_reply()
    players.desk.clock.move(local("2026-04-07 12:00"))
    return case.replied()


def asked(players: Players, **asked: bool) -> list[ListRow]:
    today = players.desk.clock.now().date()
    with reading(players.desk.premises.engine) as conn:
        return case_list.rows(conn, Filters(**asked), players.officer.id, today)  # type: ignore[arg-type]


def steps(players: Players, **filters: bool) -> list[tuple[str | None, str | None, date | None]]:
    return [(one.next_name, one.next_owner, one.next_due) for one in asked(players, **filters)]


def numbers(players: Players) -> tuple[int, int, int]:
    with reading(players.desk.premises.engine) as conn:
        today = players.desk.clock.now().date()
        found: Numbers = case_list.page(conn, Filters(), players.officer.id, today)[1]
    return found.overdue, found.today, found.waiting


def test_it_waits_for_both_and_the_row_shows_the_step_that_was_asked_for(
    players: Players, late: PlayedCase
) -> None:
    assert late.row.owners == ("office/officer", "raiser/named")
    assert steps(players) == [DECIDE]
    assert steps(players, waiting=True) == [RELEASE]
    assert asked(players, waiting=True)[0].first_due == DECIDE[2]
    assert numbers(players) == (0, 0, 1)
    with players.as_officer() as browser:
        assert "Release the reply: Officer" in listed(browser, "?waiting=me")
        assert "Decide: The raiser" in listed(browser, "")


def test_a_later_date_counts_too_when_an_earlier_one_has_passed(players: Players, late: PlayedCase) -> None:
    players.desk.clock.move(local("2026-04-09 09:00"))
    assert numbers(players) == (1, 1, 1)
    assert steps(players, today=True) == [RELEASE]
    assert steps(players, overdue=True) == [DECIDE]
    assert steps(players, waiting=True, overdue=True) == []
    assert steps(players, waiting=True, today=True) == [RELEASE]
    with players.as_officer() as browser:
        assert late.reference in listed(browser, "?due=today&q=elmfield")
        assert late.reference not in listed(browser, "?due=overdue&waiting=me&q=elmfield")


def test_what_is_overdue_has_a_row_for_each_of_them(players: Players, late: PlayedCase) -> None:
    players.desk.clock.move(local("2026-04-10 09:00"))
    assert steps(players, waiting=True, overdue=True) == [RELEASE]
    with players.as_staff(Seat.CHAIR) as browser:
        seen = visible(browser.get("/office/overdue").text)
    assert "1 with the officers, 1 with raisers." in seen
    rows = ("Decide Raiser Wednesday 8 April", "Release the reply Officer Thursday 9 April")
    assert 0 < seen.find(rows[0]) < seen.find(rows[1])


def test_it_stands_once_in_each_list_and_pages_follow(players: Players, late: PlayedCase) -> None:
    cases = [players.raised().reference for _ in range(3)]  # acknowledged by 14 April
    for filters in (Filters(waiting=True), Filters(today=True), Filters()):
        players.desk.clock.move(local("2026-04-14 09:00"))
        with players.desk.premises.engine.begin() as conn:
            conn.exec_driver_sql("UPDATE obligations SET due = '2026-04-14' WHERE name = 'release'")
        assert pages(players, filters) == [late.reference, *cases]


def pages(players: Players, filters: Filters) -> list[str]:
    """The references of all pages of two."""
    found: list[str] = []
    after = ""
    with reading(players.desk.premises.engine) as conn:
        while True:
            page = Filters(today=filters.today, waiting=filters.waiting, limit=2, after=after)
            rows = case_list.rows(conn, page, players.officer.id, players.desk.clock.now().date())
            found += [row.reference for row in rows[:2]]
            if len(rows) <= 2:
                return found
            after = case_list.cursor(rows[1])


def test_when_one_is_settled_the_other_stays(players: Players, late: PlayedCase) -> None:
    late.released()
    assert late.row.owners == ("raiser/named",)
    assert numbers(players) == (0, 0, 0)
    assert integrity.rebuild(players.desk.premises, check=True).faults == ()


def listed(browser: Browser, query: str) -> str:
    return visible(browser.get(f"/cases{query}").text)
