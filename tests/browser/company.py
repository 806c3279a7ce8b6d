"""The people of one case at their browsers: each comes by the link of their own letter, or signs in."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.browser.conftest import Letters, link_in
from tests.browser.person import Person

PHONE, DESK = 320, 1280


@dataclass
class Company:
    """The people of one case, by their addresses, and the letters that they have read."""

    people: dict[str, Person]
    letters: Letters
    reference: str = ""

    def __getitem__(self, address: str) -> Person:
        return self.people[address]

    def comes(self, address: str, words: str) -> Person:
        """By the link of their newest letter that says it."""
        letter = self.letters.wait(address, f"{self.reference}.*{words}")
        return self.people[address].go(link_in(letter)).press("Open|Go|See")

    def signs_in(self, address: str) -> Person:
        known = {one["message_id"] for one in self.letters.to(address, "sign-in")}
        self.people[address].go("/sign-in").put(email=address).press("Send|Sign|Mail")
        letter = self.letters.wait_for_more(address, "sign-in", known)
        return self.people[address].go(link_in(letter)).press("Sign in")

    def at_the_case(self, address: str, page: str = "") -> Person:
        return self.people[address].go(f"/cases/{self.reference}{page}")


@contextmanager
def gathered(
    browser: Browser, letters: Letters, addresses: Collection[str], at_a_phone: str
) -> Iterator[Company]:
    """One of them at a phone, the others at desks. Axe looks at every page that they see."""
    complaints: list[str] = []
    web, looked = letters.service.places["web"], set[tuple[int, str, tuple[str, ...]]]()
    people = {
        one: Person(browser, web, PHONE if one == at_a_phone else DESK, complaints, looked)
        for one in addresses
    }
    yield Company(people, letters)
    for person in people.values():
        person.close()
    assert complaints == []
