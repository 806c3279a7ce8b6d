"""A real Chromium, and the whole service as people run it, for the tests of this folder."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.parts.running import Up
from tests.waiting import wait_for

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder in the temporary one itself, which ``nobody`` may pass."""
    path = Path(tempfile.mkdtemp(prefix="compact-cases-way-"))
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def service(folder: Path) -> Iterator[Up]:
    """``compact-cases up --sample``, in being until the test is over."""
    up = Up(folder, "--sample")
    yield up
    up.end()
    assert up.left_behind() == []


class Letters:
    """The mail catcher's letters: found by address and words of the subject, their links followed."""

    def __init__(self, service: Up) -> None:
        self.service = service

    def to(self, address: str, words: str = "") -> list[dict[str, Any]]:
        found = self.service.letters(f"?to={address}")
        return [one for one in found if re.search(words, one["subject"])]

    def wait(self, address: str, words: str) -> dict[str, Any]:
        """The newest such letter, as soon as there is one."""
        found = wait_for(lambda: self.to(address, words), f"a letter to {address} that says {words!r}")
        return max(found, key=lambda one: str(one["received_at"]))

    def wait_for_more(self, address: str, words: str, known: set[str]) -> dict[str, Any]:
        """The first such letter whose Message-ID is not among those known."""

        def new() -> list[dict[str, Any]]:
            return [one for one in self.to(address, words) if one["message_id"] not in known]

        return wait_for(new, f"a further letter to {address} about {words}")[0]

    def link(self, address: str, words: str) -> str:
        return link_in(self.wait(address, words))


def link_in(letter: dict[str, Any]) -> str:
    """The one link of a letter."""
    found = re.search(r"https?://\S+", letter["text"])
    assert found
    return found[0]


@pytest.fixture
def letters(service: Up) -> Letters:
    return Letters(service)
