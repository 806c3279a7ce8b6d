"""One case from the form through a mediation that settles a part to a panel, its answers and its closing.

Everybody has a session and letters of their own. What each of them must not read is looked for on the way.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.company import Company, gathered
from tests.browser.conftest import Letters
from tests.browser.test_whole_way import clock, taken_on
from tests.parts.running import Up

pytestmark = [pytest.mark.browser, pytest.mark.processes]
RAISER, CHAMPION = "rosa@hillside.example", "priya.raman@northvale.example"
CHIEF_OFFICER = "helen.marsh@northvale.example"
OFFICER, BOARD_CHAIR = "officer@office.example", "chair@office.example"
MEDIATOR = "mara.quill@mediators.example"
LEAD, MEMBER = "bilal.shah@panel.example", "ann.reeve@panel.example"
ADDRESSES = (RAISER, CHAMPION, CHIEF_OFFICER, OFFICER, BOARD_CHAIR, MEDIATOR, LEAD, MEMBER)
REPLY = {
    "answers.0.answer": "dispute",
    "answers.0.words": "Eight days are what the law asks for.",
    "signed": "Ann Lee, policy manager",
}
PRIVATELY = "Between us: six weeks would do."
DRAFT = {
    "terms.0.side": "respondent",
    "terms.0.what": "Tell the tenants of the next questionnaire a month before.",
    "terms.0.by-day": "30",
    "terms.0.by-month": "4",
    "terms.0.by-year": "2027",
    "terms.0.known_by": "The letter has come.",
    "settles": "no",
    "to": "all",
}
HEARING = {
    "on-day": "6",
    "on-month": "4",
    "on-year": "2027",
    "time": "10:00",
    "online": "no",
    "place": "Stroud library, the large room",
}
STATEMENT = "A committee that meets once a month cannot answer in eight days."
ADDRESSEES = {
    "recommendations.0.to": "Northvale County Council",
    "recommendations.1.to": "The board of the Compact",
}
FINDINGS = {
    "findings.0.finding": "partly-met",
    "findings.0.reasons": "They asked, and too late for a committee.",
    "recommendations.0.what": "Ask again about the bus, for six weeks.",
    "recommendations.0.known_by": "The questions stand on the website.",
    "recommendations.1.what": "Write to all bodies about small committees.",
    "recommendations.1.known_by": "The letter has gone.",
}
ANSWER = {
    "answer": "in-part",
    "words": "Four weeks, since the contract is let in June.",
    "by-day": "30",
    "by-month": "6",
    "by-year": "2027",
}


@pytest.fixture
def company(browser: Browser, letters: Letters) -> Iterator[Company]:
    with gathered(browser, letters, ADDRESSES, RAISER) as company:
        yield company


def test_a_case_from_the_form_through_mediation_and_a_panel_to_its_closing(
    company: Company, service: Up
) -> None:
    clock(service, "2027-03-01T09:00")
    replied(company)
    a_mediator_found(company)
    settled_in_part(company, service)
    a_panel_named(company)
    clock(service, "2027-03-08T09:00")
    papers_sent(company)
    clock(service, "2027-04-06T15:00")
    heard_and_found(company)
    answered_and_closed(company)


def replied(company: Company) -> None:
    company.reference = company[RAISER].raise_concern()
    taken_on(company.signs_in(OFFICER), company.reference)
    company.comes(CHAMPION, "").put(**REPLY).press("Send the reply")
    company.at_the_case(OFFICER).do("Read the reply").put(looked="yes").press("Release the reply")
    raiser = company.comes(RAISER, "a reply for you")
    assert "Eight days are what the law asks for." in raiser.words


def a_mediator_found(company: Company) -> None:
    """Asked for by one, wanted by both; each says yes to the name, and the mediator declares first."""
    raiser = company[RAISER].follow("Ask for mediation").put(papers="yes").press("Ask for mediation")
    assert "It takes place only if everybody wants it." in raiser.words
    champion = company.comes(CHAMPION, "would you like mediation").follow("Say whether you want it")
    champion.put(yes="yes", papers="yes").press("Send my answer")
    officer = company.at_the_case(OFFICER).do("Propose a mediator").choose("Mara Quill").put(pays="both")
    officer.press("Propose this mediator")
    for address in (RAISER, CHAMPION):
        party = company.comes(address, "a mediator is proposed")
        assert "Mara Quill" in party.words
        party.follow("right for you").put(accepted="yes").press("Send my answer")
    mediator = company.comes(MEDIATOR, "could you mediate")
    assert "Your first step" in mediator.words
    assert "Eight days" not in mediator.words
    mediator.follow("Answer").put(conflict="no").press("Send my answer")
    assert "Both sides agree that you read this." in mediator.words
    assert "Eight days are what the law asks for." in mediator.words


def settled_in_part(company: Company, service: Up) -> None:
    """In the room: words to all, words for one alone, a version to which both say yes, and so its end."""
    mediator = company[MEDIATOR].follow("Go into the room")
    mediator.put(words="Welcome to you both.", to="all").press("Send it into the room")
    raiser = company.comes(RAISER, "the mediator is appointed").follow("Go into the room")
    assert "Welcome to you both." in raiser.words
    raiser.put(words=PRIVATELY, to="mediator").press("Send it into the room")
    clock(service, "2027-03-01T09:40")
    champion = company.comes(CHAMPION, "something new in the mediation room").follow("Go into the room")
    assert "Welcome to you both." in champion.words
    assert PRIVATELY not in champion.words
    champion.follow("Write a draft").put(**DRAFT).press("Put it into the room")
    champion.press("Say yes to this version")
    mediator.go(f"/cases/{company.reference}/room")
    assert PRIVATELY in mediator.words
    assert "Yes to this version: Northvale County Council" in mediator.words
    has_no_room(company, OFFICER)
    raiser = company.at_the_case(RAISER, "/room").press("Say yes to this version")
    assert "The mediation ended on" in raiser.words
    assert "Tell the tenants of the next questionnaire a month before." in company.at_the_case(OFFICER).words
    assert PRIVATELY not in company[OFFICER].page.content()
    mediator = company.comes(MEDIATOR, "the mediation is over")
    assert "There is nothing left for you to do." in mediator.words
    raiser = company.comes(RAISER, "the mediation is over")
    raiser.put(decision="partly", then="go-on").press("Send my decision")
    officer = company.at_the_case(OFFICER).do("Open the next step").put(stage="panel")
    officer.press("Open the next step")


def has_no_room(company: Company, address: str) -> None:
    page = company.at_the_case(address, "/room")
    assert "Welcome to you both." not in page.page.content()
    assert page.heading != "The mediation room"


def a_panel_named(company: Company) -> None:
    officer = company.at_the_case(OFFICER).do("Name the panel and the day")
    for name in ("Ann Reeve", "Bilal Shah", "Carys Penn"):
        officer.choose(name)
    officer.pick(lead="Bilal Shah").put(**HEARING).press("Show these names to both sides")
    for address in (RAISER, CHAMPION):
        assert "Bilal Shah" in company.comes(address, "who sits on the panel").words


def papers_sent(company: Company) -> None:
    """Each member declares before they read; one side writes, and all read it once it is released."""
    for address in (LEAD, MEMBER):
        member = company.comes(address, "you are asked to sit on a panel")
        assert "Eight days" not in member.words
        member.follow("Say yes or no").put(conflict="no").press("Send my answer")
        assert "Eight days are what the law asks for." in member.words
        assert "mediation" not in member.page.content().lower()
        has_no_room(company, address)
    raiser = company.comes(RAISER, "who sits on the panel").follow("Write a statement for the panel")
    raiser.put(words=STATEMENT).press("Send it")
    champion = company.comes(CHAMPION, "who sits on the panel").follow("Write a statement for the panel")
    champion.put(words="We keep to the law.").press("Send it")
    company.signs_in(OFFICER)
    assert STATEMENT not in company.at_the_case(CHAMPION).words
    for _ in range(2):
        officer = company.at_the_case(OFFICER).do("Read what was written for the panel")
        officer.put(looked="yes").press("Release it")
    assert STATEMENT in company.comes(CHAMPION, "a statement to read").words
    officer = company.at_the_case(OFFICER).do("Write down what a member").choose("Carys Penn")
    officer.put(conflict="no").press("Record it")
    company.at_the_case(OFFICER).do("Send the papers").put(looked="yes").press("Send the papers")
    assert STATEMENT in company.comes(MEMBER, "the papers of the panel").words


def heard_and_found(company: Company) -> None:
    company.signs_in(OFFICER)
    officer = company.at_the_case(OFFICER).do("Say that it was heard")
    officer.choose("The raiser’s side").choose("Northvale County Council").press("Record the hearing")
    member = company.comes(MEMBER, "the papers of the panel")
    assert "The lead panellist sends the findings" in member.words
    lead = company.comes(LEAD, "the papers of the panel").follow("Write the findings")
    lead.press("Make room for one more").pick(**ADDRESSEES).put(**FINDINGS).press("Send the findings")
    assert "The findings are sent." in lead.words
    for address in (RAISER, CHAMPION, CHIEF_OFFICER):
        party = company.comes(address, "what the panel has found")
        assert "They asked, and too late for a committee." in party.words
    company.signs_in(BOARD_CHAIR)
    chair = company.at_the_case(BOARD_CHAIR)
    assert "A panel has sent its findings" in chair.words
    for word in ("Hillside", "Northvale", "too late for a committee", PRIVATELY):
        assert word not in chair.page.content()


def answered_and_closed(company: Company) -> None:
    """Each answers what is recommended to it; the mediator's way into the case is shut by then."""
    chief = company.comes(CHIEF_OFFICER, "what the panel has found").follow("Answer what the panel")
    chief.put(**ANSWER).press("Send my answer")
    officer = company.at_the_case(OFFICER).do("Read what was written for the panel")
    officer.put(looked="yes").press("Release it")
    assert "Four weeks" in company.comes(RAISER, "an answer to what the panel recommends").words
    officer = company.at_the_case(OFFICER).do("Write down an answer to a recommendation")
    officer.put(answer="accepted").press("Record the answer")
    officer = company.at_the_case(OFFICER).do("Close the case")
    officer.put(outcome="panel findings", summary="The panel found it partly met.").press("Close the case")
    for address in (RAISER, CHAMPION):
        party = company.comes(address, "the case is closed")
        assert "The panel found it partly met." in party.words
        assert "Four weeks" in party.words
    assert "Four weeks" not in company.at_the_case(MEDIATOR).page.content()
