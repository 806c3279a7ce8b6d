"""Sentences that were wrong where they stand."""

from tests.web.case_players import Players, visible


def test_a_raiser_is_not_asked_to_say_what_happens_next_under_that_heading(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with case.as_raiser() as browser:
        seen = visible(browser.get(case.path).text)
    assert "What happens next Please tell us what you would like to do by " in seen


def test_a_raiser_reads_a_word_of_regret_when_the_office_is_late(players: Players) -> None:
    case = players.raised()
    with case.as_raiser() as browser:
        assert "We are sorry" not in browser.get(case.path).text
    players.desk.pass_time(days=30)
    with case.as_raiser() as browser:
        assert "We are sorry that this is late." in visible(browser.get(case.path).text)


def test_an_officer_is_not_asked_what_they_want(players: Players) -> None:
    case = players.raised().accepted().replied().released()
    with players.as_officer() as browser:
        seen = visible(case.post(browser, "decision", decision="partly").text)
    assert "or whether it is to go on." in seen
    assert "whether you want" not in seen


def test_going_on_without_a_reply_is_never_called_not_settling_it(players: Players) -> None:
    case = players.raised().accepted().no_reply().decided("go-on")
    with players.as_officer() as officer, case.as_raiser() as raiser, case.as_champion() as champion:
        pages = [visible(browser.get(case.path).text) for browser in (officer, raiser, champion)]
    for page in pages:
        assert "does not settle" not in page
        assert "to go on without a reply" in page
