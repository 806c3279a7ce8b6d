"""Who handles a case from now on: one page with one question, for good or because of a conflict."""

from compact_cases.office.accounts import accounts
from compact_cases.rules.seats import Seat
from tests.web.case_players import Players, visible


def test_a_case_is_given_and_handed_over(players: Players) -> None:
    other = accounts.add_officer(players.desk.premises, "bob@office.example", "Bob Officer")
    chair = accounts.add_officer(players.desk.premises, "cat@office.example", "Cat Chair", Seat.CHAIR)
    case = players.raised()
    with players.as_officer() as browser:
        first = visible(browser.get(f"{case.path}/assignment").text)
        case.done(browser, "assignment", officer=str(players.officer.id), conflict="no")
        page = visible(browser.get(f"{case.path}/assignment").text)
        conflict = {"conflict": "yes", "reason": "I know them."}
        no_officer = case.post(browser, "assignment", officer=str(chair.id), **conflict)
        same = case.post(browser, "assignment", officer=str(players.officer.id), **conflict)
        nothing = case.post(browser, "assignment")
        unsaid = case.post(browser, "assignment", officer=str(other.id), reason="I know them.")
        unreasoned = case.post(browser, "assignment", officer=str(other.id), conflict="yes")
        case.done(browser, "assignment", officer=str(other.id), **conflict)
        seen = visible(browser.get(case.path).text)
        case.done(browser, "assignment", officer=str(players.officer.id), conflict="no")
    assert "Who handles this case from now on?" in first
    assert "a conflict of interest" not in first  # nobody has it, so nobody gives it away
    assert "Ann Officer handles it now." in page
    assert "a conflict of interest, or because Ann Officer cannot go on" in page
    assert "Hand over" not in seen
    assert no_officer.status_code == same.status_code == 422
    assert "Please choose an officer." in nothing.text
    assert "Please say why it changes hands." in nothing.text
    assert unsaid.status_code == unreasoned.status_code == 422
    assert "Please say why it changes hands." in unsaid.text
    assert "Please give a reason" in unreasoned.text
    assert "has the case already" in same.text
    assert "I know them." in same.text
    assert "I know them." in seen
    assert case.row.officer_id == players.officer.id


def test_where_nobody_else_can_take_it_the_page_says_so(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        case.done(browser, "assignment", officer=str(players.officer.id), conflict="no")
        page = browser.get(f"{case.path}/assignment").text
    assert "Nobody else in the office’s list works on cases." in visible(page)
    assert 'href="/office/people/new"' in page
    assert "Give the case" not in visible(page)


def test_a_review_is_given_only_to_somebody_new_to_the_case(players: Players) -> None:
    premises = players.desk.premises
    convenor = accounts.add_officer(premises, "bob@office.example", "Bob Officer")
    case = players.raised().accepted().replied().released()
    case.decided("not")
    with players.as_officer() as browser:
        case.done(browser, "next-step", officer=str(convenor.id))
        alone = visible(browser.get(f"{case.path}/assignment").text)
        accounts.add_officer(premises, "dee@office.example", "Dee Officer")
        page = visible(browser.get(f"{case.path}/assignment").text)
        back = case.post(browser, "assignment", officer=str(players.officer.id), conflict="no")
    assert "Nobody else here is new to this case" in alone
    assert "Dee Officer" in page
    assert "Whoever handled this case before its senior review cannot convene it." in page
    assert back.status_code == 422
    assert "This officer handled the case before its senior review" in visible(back.text)
    assert case.row.officer_id == convenor.id
