"""One case from the form through senior review to a kept and a disputed action, without JavaScript.

Everybody has a session and letters of their own, and comes to the case by the link of the letter that asks.
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
SENIOR_LEAD = "david.okoro@northvale.example"
OFFICER, SECOND_OFFICER = "officer@office.example", "second.officer@office.example"
ADDRESSES = (RAISER, CHAMPION, SENIOR_LEAD, OFFICER, SECOND_OFFICER)
REPLY = {
    "answers.0.answer": "in-part",
    "answers.0.words": "Eight days was short for a committee.",
    "signed": "Ann Lee, policy manager",
}
MEETING = {
    "on-day": "3",
    "on-month": "3",
    "on-year": "2027",
    "time": "14:00",
    "online": "no",
    "place": "Stroud library, the small room",
}
NOTE = {"agreed": "The county asks again, for six weeks.", "open": "Nothing."}
TERMS = {
    "terms.0.side": "respondent",
    "terms.0.what": "Ask about the bus again, for six weeks.",
    "terms.0.by-day": "30",
    "terms.0.by-month": "4",
    "terms.0.by-year": "2027",
    "terms.0.known_by": "The questions stand on the council's website.",
}
ONE_MORE = {
    "terms.1.side": "raiser",
    "terms.1.what": "Send the dates of the committee's meetings.",
    "terms.1.by-day": "31",
    "terms.1.by-month": "3",
    "terms.1.by-year": "2027",
    "terms.1.known_by": "The council has the list.",
    "settles": "yes",
}


@pytest.fixture
def company(browser: Browser, letters: Letters) -> Iterator[Company]:
    with gathered(browser, letters, ADDRESSES, RAISER) as company:
        yield company


def test_a_case_from_the_form_to_a_kept_and_a_disputed_action(company: Company, service: Up) -> None:
    clock(service, "2027-03-01T09:00")
    does_not_settle(company)
    senior_review(company, service)
    agreed_and_closed(company)
    kept_and_disputed(company)


def does_not_settle(company: Company) -> None:
    """A concern, a reply, and a raiser whom that does not settle."""
    company.reference = company[RAISER].raise_concern()
    taken_on(company.signs_in(OFFICER), company.reference)
    champion = company.comes(CHAMPION, "")
    champion.put(**REPLY).press("Send the reply")
    company.at_the_case(OFFICER).do("Read the reply").put(looked="yes").press("Release the reply")
    raiser = company.comes(RAISER, "a reply for you")
    raiser.put(decision="not").press("Send my decision")
    assert "You want to go on to the next step." in raiser.words


def senior_review(company: Company, service: Up) -> None:
    """An officer who is new to the case convenes it; both leads come, and comment on its note."""
    officer = company.at_the_case(OFFICER).do("Open the next step")
    officer.put(stage="senior-review").choose("Asha Verma").press("Open the next step")
    company.signs_in(SECOND_OFFICER)
    convenor = company.at_the_case(SECOND_OFFICER).do("Set a day")
    convenor.put(**MEETING).press("Send the invitations")
    for address in (RAISER, SENIOR_LEAD):
        lead = company.comes(address, "meeting of the senior leads")
        assert "Stroud library" in lead.words
        lead.follow("Say whether you come").put(comes="yes").press("Send")
    assert company.letters.wait(SECOND_OFFICER, f"{company.reference}.*answer about the meeting")

    clock(service, "2027-03-03T16:00")
    company.signs_in(SECOND_OFFICER)
    company.at_the_case(SECOND_OFFICER).do("meeting took place").put(held="yes").press("Record it")
    company.at_the_case(SECOND_OFFICER).do("Write what is agreed").put(**NOTE).press("Send the note")
    lead = company.comes(SENIOR_LEAD, "the note of the senior review").follow("Comment on the note")
    lead.put(words="As we heard it.").press("Send")
    convenor = company.at_the_case(SECOND_OFFICER).do("release it").put(looked="yes")
    convenor.press("Release it")
    raiser = company.comes(RAISER, "a comment to read")
    assert "As we heard it." in raiser.words
    raiser.follow("Comment on the note").press("Send")


def agreed_and_closed(company: Company) -> None:
    """Two actions, one of each side, accepted by both, who need no days to reflect."""
    convenor = company.at_the_case(SECOND_OFFICER).do("Write down an agreement")
    convenor.put(**TERMS).press("Make room for one more").put(**ONE_MORE).press("Put it before both sides")
    for address in (RAISER, CHAMPION):
        party = company.comes(address, "an agreement to read")
        party.follow("Say whether you accept it").put(answer="yes").press("Send my answer")
    for address in (RAISER, CHAMPION):
        party = company.comes(address, "both sides have accepted")
        party.follow("no more days to reflect").put(sure="yes").press("no more days")
    assert company.letters.wait(RAISER, f"{company.reference}.*the agreement stands")
    convenor = company.at_the_case(SECOND_OFFICER).do("Close the case")
    convenor.put(outcome="agreed at senior review", summary="The county asks again.").press("Close the case")
    raiser = company.comes(RAISER, "the case is closed")
    assert "two things to do" in raiser.words


def kept_and_disputed(company: Company) -> None:
    """Each side says that its own is done; one is confirmed, the other is not done yet."""
    for address, proof in ((CHAMPION, "It stands there since today."), (RAISER, "I sent the list.")):
        party = company.comes(address, "the case is closed")
        party.follow("^It is done").put(proof=proof).press("Say that it is done")
        convenor = company.at_the_case(SECOND_OFFICER).do("about an action").put(looked="yes")
        convenor.press("Pass it on")
    raiser = company.comes(RAISER, "action 1 is said to be done")
    assert "It stands there since today." in raiser.words
    raiser.follow("^Confirm").press("Yes, it is done")
    champion = company.comes(CHAMPION, "action 2 is said to be done")
    champion.follow("^It is not done").put(reason="It went to an old address.")
    champion.press("Say that it is not done")
    company.at_the_case(SECOND_OFFICER).do("about an action").put(looked="yes").press("Pass it on")
    raiser = company.comes(RAISER, "action 2 is still to be done")
    assert "It went to an old address." in raiser.words
