"""The officer's list: numbers, filters, search, pages of it, and what it says when it is empty."""

from compact_cases.office.identity import new_id
from compact_cases.records.reading import reading
from compact_cases.reports import case_list
from compact_cases.reports.case_list import Filters
from compact_cases.rules.concern import CitedClause, Confidentiality, Raiser, RespondentNamed
from tests.web.case_players import Browser, PlayedCase, Players, visible


def by(name: str) -> Raiser:
    return Raiser(name=name, kind="community-group", person="Jo", email="jo@group.example")


def listed(browser: Browser, query: str = "") -> list[str]:
    """The references on a page of the list, in their order."""
    page = browser.get(f"/cases{query}")
    assert page.status_code == 200
    return [part[:12] for part in page.text.split('class="reference" href="/cases/')[1:]]


def test_an_empty_list_says_what_will_stand_here(players: Players) -> None:
    with players.as_officer() as browser:
        empty = visible(browser.get("/cases").text)
        nothing = visible(browser.get("/cases?q=nothing").text)
        odd = browser.get("/cases?stage=x&officer=y&after=z&due=w&closed=v&waiting=u")
    assert "There are no open cases." in empty
    assert "0 overdue 0 due today 0 waiting for you" in empty
    assert "No case fits this." in nothing
    assert odd.status_code == 200


def test_the_numbers_are_links_to_what_they_count(players: Players) -> None:
    late = players.raised()
    asked_of_council = players.raised().accepted()
    players.desk.pass_time(days=8)  # Tuesday 10 March: what was due on Monday is late
    today = players.raised()
    players.desk.pass_time(days=7)  # due today
    with players.as_officer() as browser:
        seen = visible(browser.get("/cases").text)
        assert listed(browser, "?due=overdue") == [late.reference, asked_of_council.reference]
        assert listed(browser, "?due=today") == [today.reference]
        assert listed(browser, "?waiting=me") == [late.reference, today.reference]
    assert "2 overdue 1 due today 2 waiting for you" in seen
    assert "Reply: Northvale County Council" in seen
    assert "overdue by 6 working days" in seen


def test_a_row_says_who_about_whom_the_step_whose_it_is_and_by_when(players: Players) -> None:
    players.raised()
    with players.as_officer() as browser:
        seen = visible(browser.get("/cases").text)
    assert "GC-2026-0001 Elmfield Tenants about Northvale County Council Acknowledge: Officer" in seen
    assert "9 Mar 2026 in 5 working days Community Groups 5.3" in seen


def test_filters_by_stage_clause_body_officer_and_closed(players: Players) -> None:
    dell = players.add_body(new_id(), "Dell District Council")
    new = players.raised(respondents=(RespondentNamed(dell),), clauses=(CitedClause("community-groups/5.4"),))
    put = players.raised().accepted()
    closed = players.raised().accepted().replied().released().decided().closed()
    with players.as_officer() as browser:
        assert listed(browser, "?stage=early-resolution") == [put.reference]
        assert listed(browser, "?clause=community-groups/5.4") == [new.reference]
        assert listed(browser, "?body=dell") == [new.reference]
        assert listed(browser, "?body=Northvale+County+Council") == [put.reference]
        assert listed(browser, "?body=%25") == []
        assert listed(browser, f"?officer={players.officer.id}") == [put.reference]
        assert listed(browser, "?closed=yes") == listed(browser, "?stage=closed") == [closed.reference]
        assert "Resolved early" in visible(browser.get("/cases?closed=yes").text)
        page = browser.get("/cases?body=dell&stage=received").text
    assert 'value="dell"' in page
    assert '<option value="received" selected>' in page


def test_search_needs_every_word_and_takes_the_last_as_a_beginning(players: Players) -> None:
    bus = players.raised(raiser=by("Élan Valley Walkers"), account="They cut our bus.")
    players.raised(raiser=by("Dell Choir"), account="They cut our grant.")
    with players.as_officer() as browser:
        assert listed(browser, "?q=cut+bus") == [bus.reference]
        assert listed(browser, "?q=ELAN+walk") == [bus.reference]
        assert listed(browser, "?q=wal+elan") == []
        assert len(listed(browser, "?q=they+cut")) == 2
        for query in ("'", "%26", "a+%7C+b", "%3A*", "%5C", "!", "()", "x%27%3B+DROP", "é" * 300):
            assert browser.get(f"/cases?q={query}").status_code == 200


def test_pages_follow_one_another_without_loss_or_repeat(players: Players) -> None:
    made = [players.raised(raiser=by(f"Group {number}")).reference for number in range(5)]
    paused = players.raised()
    with players.as_officer() as browser:
        paused.done(browser, "question", question="When?")
    found: list[str] = []
    after = ""
    with reading(players.desk.premises.engine) as conn:
        for _ in range(4):
            filters = Filters(limit=2, after=after)
            rows = case_list.rows(conn, filters, None, players.desk.clock.now().date())
            found += [row.reference for row in rows[:2]]
            if len(rows) <= 2:
                break
            after = case_list.cursor(rows[1])
    assert found == [*made, paused.reference]


def test_closed_cases_page_from_the_latest(players: Players) -> None:
    closed = []
    for _ in range(3):
        players.desk.pass_time(minutes=5)
        case = players.raised()
        with players.as_officer() as browser:
            case.done(browser, "withdrawal", sure="yes")
        closed.append(case.reference)
    with reading(players.desk.premises.engine) as conn:
        today = players.desk.clock.now().date()
        first = case_list.rows(conn, Filters(closed=True, limit=2), None, today)
        after = case_list.cursor(first[1])
        second = case_list.rows(conn, Filters(closed=True, limit=2, after=after), None, today)
    assert [row.reference for row in (*first[:2], *second)] == closed[::-1]


def test_the_next_page_keeps_the_filters(players: Players) -> None:
    cases = [players.raised(raiser=by(f"Group {number}")) for number in range(52)]
    with players.as_officer() as browser:
        page = browser.get("/cases?stage=received").text
        later = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        assert "stage=received" in later
        assert listed(browser, later.removeprefix("/cases")) == [one.reference for one in cases[50:]]


def test_a_hidden_raiser_is_listed_as_the_other_side_reads_it(players: Players) -> None:
    hidden: PlayedCase = players.hidden_one(Confidentiality.CONFIDENTIAL)
    with players.as_officer() as browser:
        page = browser.get("/cases").text
    assert hidden.reference in page
    assert "Somebody in Gloucestershire about" in visible(page)
    assert "Elmfield" not in page


def test_markup_in_a_name_stays_a_name_in_each_cell(players: Players) -> None:
    """The cells of the list are escaped in one go, so each kind of cell is looked at here."""
    body = players.add_body(new_id(), "<b>Parks</b> & Sons")
    asked = players.raised(raiser=by("<i>Us</i>"), respondents=(RespondentNamed(body),))
    with players.as_officer() as browser:
        page = browser.get("/cases").text
        asked.done(browser, "withdrawal", sure="yes")
        closed = browser.get("/cases?closed=yes").text
    assert "&lt;i&gt;Us&lt;/i&gt; about &lt;b&gt;Parks&lt;/b&gt; &amp; Sons" in page
    for each in (page, closed):
        assert asked.reference in each
        assert "<i>Us" not in each
        assert "<b>Parks" not in each
