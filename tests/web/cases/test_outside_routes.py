"""On the page of a closed case stands where else its raiser can turn, for them and for the officer."""

from compact_cases.office.identity import new_id
from compact_cases.rules.bodies import BodyKind
from compact_cases.rules.concern import CitedClause, Raiser, RespondentNamed
from tests.web.case_players import Players, visible

WHERE = "Where else you can turn"
COUNCIL = Raiser(name="Dell Council", kind="public-body", person="Di", email="di@dell.example")


def test_a_group_reads_the_ombudsman_when_its_case_is_closed_and_not_before(players: Players) -> None:
    case = players.raised().accepted().replied().released().decided()
    with case.as_raiser() as browser:
        assert WHERE not in visible(browser.get(case.path).text)
        case.closed()
        seen = visible(browser.get(case.path).text)
    assert WHERE in seen
    assert "Local Government and Social Care Ombudsman" in seen
    assert "Time limit: within 12 months" in seen
    assert "does not stop the time limits of any of these" in seen
    assert "Charity Commission" not in seen
    with players.as_officer() as browser:
        seen = visible(browser.get(case.path).text)
    assert "Where else the raiser reads that they can turn" in seen
    with case.as_champion() as browser:
        assert "can turn" not in visible(browser.get(case.path).text)


def test_who_is_told_no_reads_it_as_the_letter_says(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        page = browser.get(f"{case.path}/acknowledgement").text
        reason = page.split('name="reason" value="')[1].split('"')[0]
        case.done(browser, "acknowledgement", decision="decline", reason=reason, explanation="Because.")
    with case.as_raiser() as browser:
        assert WHERE in visible(browser.get(case.path).text)


def test_about_a_charity_no_ombudsman_is_named(players: Players) -> None:
    charity = players.add_body(new_id(), "Elm Trust", BodyKind.VCS_ORGANISATION)
    case = players.raised(
        raiser=COUNCIL,
        respondents=(RespondentNamed(charity),),
        clauses=(CitedClause("community-groups/8.2"),),
    )
    with case.as_raiser() as browser:
        case.done(browser, "withdrawal", sure="yes")
        seen = visible(browser.get(case.path).text)
    assert "trustees" in seen
    assert "Ombudsman" not in seen
