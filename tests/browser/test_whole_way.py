"""One concern all the way, in a browser without JavaScript, its letters read and their links followed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Letters, link_in
from tests.browser.person import ACCOUNT, Person
from tests.parts.running import Up, bare_environment, run

pytestmark = [pytest.mark.browser, pytest.mark.processes]
OFFICER, CHAMPION = "officer@office.example", "priya.raman@northvale.example"
SENIOR_LEAD, RAISER = "david.okoro@northvale.example", "rosa@hillside.example"


@pytest.fixture
def people(browser: Browser, service: Up) -> Iterator[tuple[Person, Person, Person]]:
    """A raiser on a phone, an officer at a desk, a champion; axe has looked at every page they saw."""
    complaints: list[str] = []
    widths = (320, 1280, 1280)
    raiser, officer, champion = (Person(browser, service.places["web"], w, complaints) for w in widths)
    yield raiser, officer, champion
    for person in (raiser, officer, champion):
        person.close()
    assert complaints == []


def signed_in(officer: Person, letters: Letters) -> Person:
    old = {one["message_id"] for one in letters.to(OFFICER, "sign-in")}
    officer.go("/sign-in").put(email=OFFICER).press("Send|Sign|Mail")
    letter = letters.wait_for_more(OFFICER, "sign-in", old)
    return officer.go(link_in(letter)).press("Sign in")


def taken_on(officer: Person, reference: str) -> None:
    officer.go(f"/cases/{reference}").follow("Take it on")
    officer.put(decision="accept", restated="You say that eight days were too few to answer.")
    officer.press("Send this decision")


def test_a_concern_from_the_web_form_to_its_closing(
    people: tuple[Person, Person, Person], letters: Letters
) -> None:
    raiser, officer, champion = people
    reference = raiser.raise_concern()
    code = re.search(r"\b[0-9A-Z]{4}([ -][0-9A-Z]{4}){3}\b", raiser.words)
    assert code
    receipt = letters.wait(RAISER, reference)
    assert code[0] not in receipt["text"] + receipt["html"]
    assert ACCOUNT[:30] not in receipt["text"] + receipt["html"]
    raiser.press("I have written it down")
    assert code[0] not in raiser.words

    signed_in(officer, letters).go("/cases").follow(reference)
    assert officer.heading == "Hillside Tenants about Northvale County Council"
    assert ACCOUNT[:30] in officer.words
    taken_on(officer, reference)
    assert "Northvale County Council owes a reply by" in officer.words

    notice = letters.wait(CHAMPION, reference)
    assert "Hillside" not in notice["subject"] + notice["text"] + notice["html"]
    assert "Rosa" not in notice["text"] + notice["html"]
    link = letters.link(CHAMPION, reference)
    for _ in range(5):  # a mail scanner opens it again and again, and nothing happens
        champion.go(link)
    champion.press("Open|Go|See")
    assert ACCOUNT[:30] in champion.words
    champion.put(
        **{
            "answers.0.answer": "in-part",
            "answers.0.words": "Eight days was short for a committee.",
            "offer": "Two more weeks.",
            "signed": "Ann Lee, policy manager",
        }
    ).press("Send the reply")

    raiser.go("/return").put(reference=reference.lower().replace("-", " "), code=code[0]).press("Open|Go|See")
    assert "Two more weeks." not in raiser.words
    officer.go(f"/cases/{reference}").follow("Read the reply").put(looked="yes").press("Release the reply")
    raiser.go(letters.link(RAISER, f"{reference}.*repl")).press("Open|Go|See")
    assert "Two more weeks." in raiser.words
    raiser.put(decision="settled").press("Send my decision")
    officer.go(f"/cases/{reference}").follow("Close")
    officer.put(outcome="resolved early", summary="The council gave two more weeks.").press("Close the case")
    raiser.go(f"/cases/{reference}")
    assert "The council gave two more weeks." in raiser.words
    assert letters.wait(RAISER, f"{reference}.*closed")
    assert letters.wait(CHAMPION, f"{reference}.*closed")


def test_a_second_concern_about_the_same_goes_on_with_the_first(
    people: tuple[Person, Person, Person], letters: Letters
) -> None:
    raiser, officer, _ = people
    reference = raiser.raise_concern()
    signed_in(officer, letters).go(f"/cases/{reference}/merge").press("Merge the concern")
    assert "Please choose into which case this concern is merged." in officer.words
    first = officer.page.locator('main [name="into"]').first.get_attribute("value")
    assert first
    officer.put(into=first, explanation="Another group told us of the same bus.").press("Merge the concern")
    assert f"It goes on in {first}." in officer.words
    raiser.go(letters.link(RAISER, f"{reference}.*another")).press("Open|Go|See")
    assert "Your concern is looked at together with another one" in raiser.words
    assert "Another group told us of the same bus." in raiser.words
    assert first not in raiser.page.content()
    officer.go(f"/cases/{first}").go(f"/cases/{reference}").follow("Undo the merge")
    officer.put(reason="They differ.").press("Undo the merge")
    assert "This concern is to be acknowledged" in officer.words
    raiser.go(letters.link(RAISER, f"{reference}.*by itself")).press("Open|Go|See")
    assert "A Compact officer reads your concern and writes to you by" in raiser.words


def test_every_page_of_the_office_is_looked_at(
    people: tuple[Person, Person, Person], letters: Letters
) -> None:
    """Axe and the width of a phone: the pages that no concern leads through, empty, full and in error."""
    narrow, wide, _ = people
    for officer in (narrow, wide):
        signed_in(officer, letters)
        for address in ("", "/people", "/people/new", "/overdue", "/bodies", "/bodies/new", "/sessions"):
            officer.go(f"/office{address}")
        officer.go("/office/people/new").press("Add this person")
        assert "Please give the person" in officer.words
        officer.go("/office/people").follow("Asha Verma").press("End their access")
        assert "Please tick that this person has left." in officer.words
        officer.go("/office/bodies").follow("Northvale County Council").follow("Say who is away")
        officer.press("Keep this")
        assert "Please say who is away, or back." in officer.words


def test_time_passes_and_each_reminder_comes_once(
    people: tuple[Person, Person, Person], letters: Letters, service: Up
) -> None:
    raiser, officer, _ = people
    clock(service, "2027-03-01T09:00")
    reference = raiser.raise_concern()
    taken_on(signed_in(officer, letters), reference)
    letters.wait(CHAMPION, f"{reference}.*")
    due = "2027-03-15"
    for moment, address, words in (
        ("2027-03-08T09:00", CHAMPION, "due by"),
        ("2027-03-11T09:00", CHAMPION, "due by"),
        (f"{due}T09:00", CHAMPION, "due today"),
        ("2027-03-16T09:00", CHAMPION, "no reply is recorded"),
        ("2027-03-18T09:00", SENIOR_LEAD, "no reply is recorded"),
    ):
        before = {one["message_id"] for one in letters.to(address, reference)}
        clock(service, moment)
        found = letters.wait_for_more(address, reference, before)
        assert re.search(words, found["subject"]), (moment, found["subject"])
    assert asked(service, "sweep")
    chasing = letters.to(CHAMPION, reference)
    subjects = [one["subject"] for one in chasing]
    assert len({one["message_id"] for one in chasing}) == len(chasing), subjects
    assert len(letters.to(SENIOR_LEAD, reference)) == 1
    assert len(chasing) == 6, subjects  # the notice, three reminders, the nudge, a copy of the escalation
    signed_in(officer, letters).go(f"/cases/{reference}")
    assert "senior lead" in officer.words.lower()
    assert "whole" in asked(service, "verify")
    assert "is as its log says" in asked(service, "rebuild", "--check")


def clock(service: Up, instant: str) -> None:
    asked(service, "clock", "set", instant)


def asked(service: Up, *words: str) -> str:
    """What a command on the running service's data folder prints."""
    environment = bare_environment(DATA_DIR=service.places["data"], ENVIRONMENT="development")
    done = run(*words, environment=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout
