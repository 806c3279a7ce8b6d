"""Saved views of the list: kept under a name by one officer, for that officer alone."""

from compact_cases.office.accounts import accounts
from compact_cases.rules.seats import Seat
from tests.desk import fields
from tests.web.case_players import Browser, Players, visible


def keep(browser: Browser, query: str, name: str) -> tuple[int, str]:
    """Save what a list shows; the status and the page that answers."""
    page = browser.get("/cases?stage=closed")
    typed = {**fields(page.text), "asked": query, "name": name}
    answer = browser.post("/office/views", data=typed, follow_redirects=True)
    return answer.status_code, answer.text


def views_of(page: str) -> str:
    return visible(page.split('aria-label="Your views">')[1].split("</nav>")[0])


def test_a_view_is_saved_found_again_and_taken_away(players: Players) -> None:
    players.raised().accepted()
    with players.as_officer() as browser:
        assert "Keep this view" not in visible(browser.get("/cases").text)  # nothing is narrowed
        status, page = keep(browser, "stage=early-resolution&after=x", "With the council")
        assert status == 200
        assert "This view is kept with your views, above the list." in visible(page)
        assert views_of(browser.get("/cases").text) == "With the council"
        assert 'href="/cases?stage=early-resolution">With the council' in browser.get("/cases").text
        there = browser.get("/cases?stage=early-resolution").text
        assert 'aria-current="page" href="/cases?stage=early-resolution"' in there
        assert "Keep this view" not in visible(there)
        address = there.split('action="/office/views/')[1].split('"')[0]
        gone = browser.post(f"/office/views/{address}", data=fields(there), follow_redirects=True)
        assert "Your views" not in gone.text
        assert "The view is taken away. No case is touched by that." in visible(gone.text)


def test_it_belongs_to_one_officer(players: Players) -> None:
    other = accounts.add_officer(players.desk.premises, "kim@office.example", "Kim", Seat.OFFICER)
    with players.as_officer() as browser:
        keep(browser, "due=overdue", "Late ones")
        page = browser.get("/cases?due=overdue").text
        address = page.split('action="/office/views/')[1].split('"')[0]
    with players.browser() as browser:
        players.desk.signed_in(browser, other)
        seen = browser.get("/cases?due=overdue").text
        assert "Late ones" not in seen
        assert browser.post(f"/office/views/{address}", data=fields(seen)).status_code == 404
    with players.as_officer() as browser:
        assert "Late ones" in browser.get("/cases").text


def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(players: Players) -> None:
    with players.as_officer() as browser:
        status, page = keep(browser, "due=overdue", "")
        assert status == 422
        assert "Please give this view a name." in visible(page)
        status, page = keep(browser, "due=overdue", "x" * 61)
        assert status == 422
        assert "x" * 61 in page
        assert keep(browser, "after=x&foo=bar", "Nothing")[0] == 422
        assert keep(browser, "due=overdue", "Late")[0] == 200
        status, page = keep(browser, "due=today", "late")
        assert status == 422
        assert "You have a view of this name already." in visible(page)
        for number in range(19):
            assert keep(browser, f"q={number}", f"Number {number}")[0] == 200
        status, page = keep(browser, "q=more", "One more")
        assert status == 422
        assert "You have 20 views. Take one away first." in visible(page)


def test_the_views_of_somebody_who_leaves_go_with_them(players: Players) -> None:
    other = accounts.add_officer(players.desk.premises, "kim@office.example", "Kim", Seat.OFFICER)
    with players.browser() as browser:
        players.desk.signed_in(browser, other)
        keep(browser, "q=ng", "About Mrs Ng")
    accounts.end_officer(players.desk.premises, other.id)
    with players.desk.premises.engine.connect() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM list_views").scalar() == 0
