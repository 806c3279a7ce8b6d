"""Nothing typed is lost, in a real browser without JavaScript: a session that ends while somebody writes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Letters
from tests.browser.person import Person
from tests.browser.test_whole_way import CHAMPION, clock, signed_in
from tests.parts.running import Up

pytestmark = [pytest.mark.browser, pytest.mark.processes]
WORDS = "Eight days was short for a committee, and we say so."


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What axe finds on any page on the way."""
    found: list[str] = []
    yield found
    assert found == []


def test_a_champion_and_an_officer_write_for_longer_than_their_session_lasts(
    browser: Browser, service: Up, letters: Letters, complaints: list[str]
) -> None:
    raiser, officer, champion = (
        Person(browser, service.places["web"], width, complaints) for width in (1280, 1280, 320)
    )
    clock(service, "2027-03-01T09:00")
    reference = raiser.raise_concern()
    signed_in(officer, letters)
    officer.go(f"/cases/{reference}").follow("Take it on")
    officer.put(decision="accept", restated="You say that eight days were too few.")
    clock(service, "2027-03-01T21:30")
    officer.press("Send this decision")
    assert "You were away for 12 hours, so you were signed out" in officer.words
    assert "You say that eight days were too few." not in officer.words
    signed_in(officer, letters).follow("Take it on, or say why not")
    officer.press("Send this decision")
    assert "Northvale County Council owes a reply by" in officer.words

    clock(service, "2027-03-02T09:00")
    link = letters.link(CHAMPION, reference)
    champion.go(link)
    assert "two hours" in champion.words
    champion.press("Open the case")
    reply = {"answers.0.answer": "in-part", "answers.0.words": WORDS, "offer": "Two more weeks."}
    champion.put(**reply, signed="Ann Lee, policy manager")
    clock(service, "2027-03-02T11:30")
    champion.press("Send the reply")
    assert "nothing was opened or sent here for two hours" in champion.words
    assert WORDS not in champion.page.content()
    champion.go(link).press("Open the case")
    assert "What you typed was kept" in champion.words
    assert WORDS not in champion.page.content()
    champion.follow("Send a reply")
    assert champion.page.locator('[name="answers.0.words"]').input_value() == WORDS
    assert champion.page.locator('[name="answers.0.answer"][value="in-part"]').is_checked()
    champion.press("Send the reply")
    assert "What you typed was kept" not in champion.words
    assert WORDS in champion.words
    for person in (raiser, officer, champion):
        person.close()


def test_two_tabs_of_one_draft_show_both_answers(
    browser: Browser, service: Up, complaints: list[str]
) -> None:
    raiser = Person(browser, service.places["web"], 320, complaints)
    raiser.go("/").follow("Raise a concern").press("Start|Begin")
    address = raiser.where.rsplit("/", 1)[0]
    other = raiser.context.new_page()
    raiser.go(f"{address}/account")
    other.goto(f"{service.places['web']}{address}/account")
    other.locator('[name="account"]').fill("The newer words.")
    with other.expect_navigation():
        other.get_by_role("button", name="Save and continue").click()
    raiser.put(account="The older words.").press("Save and continue")
    assert "This answer was changed in another tab or window" in raiser.words
    assert "The newer words." in raiser.words
    assert raiser.page.locator('[name="account"]').input_value() == "The older words."
    other.goto(f"{service.places['web']}{address}/account")
    assert other.locator('[name="account"]').input_value() == "The newer words."
    raiser.follow("keep what was saved there")
    assert raiser.where == f"{address}/when"
    raiser.go(f"{address}/account")
    assert raiser.page.locator('[name="account"]').input_value() == "The newer words."
    raiser.put(account="Both, put together.").press("Save and continue")
    assert raiser.where == f"{address}/when"
    raiser.close()
