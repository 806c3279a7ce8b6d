"""After every act one line: what was done, and who gets a letter."""

from urllib.parse import urlsplit

from compact_cases.office.accounts import accounts
from compact_cases.rules.concern import Raiser
from compact_cases.rules.seats import Seat
from tests.web.case_players import Browser, PlayedCase, Players, visible

SILENT = Raiser(name="Dell Choir", kind="community-group", person="Di", post="1 Dell Lane, Stroud")


def after(browser: Browser, case: PlayedCase, act: str, **typed: object) -> tuple[str, str]:
    """The address to which an act leads, and the line that stands there."""
    case.players.desk.pass_time(minutes=1)  # the letters of what came before are older
    answer = case.post(browser, act, **typed)
    assert answer.status_code == 303, visible(answer.text)
    address = answer.headers["location"]
    assert urlsplit(address).path == case.path
    return address, line_on(browser.get(address).text)


def line_on(page: str) -> str:
    if 'aria-label="Done"' not in page:
        return ""
    return visible(page.split('aria-label="Done">')[1].split("</section>")[0])


ACCEPT = {"decision": "accept", "restated": "You say so.", "wording": "They say so."}


def test_an_officer_reads_what_was_done_and_who_is_told(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        address, line = after(browser, case, "acknowledgement", **ACCEPT)
        assert "The concern was acknowledged. The concern was put to Northvale County Council." in line
        assert "Letters go to Rose Raiser (raiser) and Chris Champion (champion)." in line
        assert line_on(browser.get(address).text) == line  # a page that is loaded again says it again
        assert line_on(browser.get(case.path).text) == ""
        players.desk.pass_time(minutes=31)
        assert line_on(browser.get(address).text) == ""


def test_it_is_for_whoever_did_it(players: Players) -> None:
    case = players.raised()
    other = accounts.add_officer(players.desk.premises, "kim@office.example", "Kim", Seat.OFFICER)
    with players.as_officer() as browser:
        address, _ = after(browser, case, "acknowledgement", **ACCEPT)
    with players.browser() as browser:
        players.desk.signed_in(browser, other)
        assert line_on(browser.get(address).text) == ""
        for odd in ("x", "-1", "9" * 40, "²"):
            assert browser.get(f"{case.path}?since={odd}").status_code == 200


def test_what_is_to_be_posted_is_said(players: Players) -> None:
    case = players.raised(raiser=SILENT)
    with players.as_officer() as browser:
        line = after(browser, case, "acknowledgement", **ACCEPT)[1]
    assert "A letter goes to Chris Champion (champion)." in line
    assert "One for Di (raiser) is for you to post or to read out; it stands below." in line


def test_where_nobody_is_told_it_says_so(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        line = after(browser, case, "assignment", officer=str(players.officer.id), conflict="no")[1]
    assert "Nobody gets a letter about it." in line


def test_a_champion_and_a_raiser_read_it_too_and_no_names(players: Players) -> None:
    case = players.raised().accepted()
    reply = {
        "answers.0.clause": "community-groups/5.3",
        "answers.0.answer": "accept",
        "signed": "Chris, head",
    }
    with case.as_party(players.champion) as browser:
        line = after(browser, case, "reply", **reply)[1]
    assert line.startswith("Your reply reached us. An officer is to release it by")
    assert line.endswith("Letters go to you and the Compact officers.")
    case.released()
    with case.as_raiser() as browser:
        line = after(browser, case, "decision", decision="settled")[1]
    assert line.startswith("You decided: this settles it.")
    assert "Chris" not in line
    assert line.endswith("Letters go to Northvale County Council and the Compact officers.")
