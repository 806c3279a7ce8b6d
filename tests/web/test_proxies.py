"""Whose word about a visitor's address counts: that of the networks in a setting, and of nobody else."""

import json

import pytest

from compact_cases.settings import Settings
from tests.serving import served
from tests.waiting import wait_for

pytestmark = pytest.mark.processes
SENDER = "127.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "said", "counts"),
    [
        (None, "203.0.113.9", SENDER),  # nobody is believed by default
        ("192.0.2.0/24", "203.0.113.9", SENDER),
        (SENDER, "203.0.113.9", "203.0.113.9"),
        ("127.0.0.0/8", "203.0.113.9", "203.0.113.9"),
        (
            "127.0.0.0/8",
            "198.51.100.4, 203.0.113.9",
            "203.0.113.9",
        ),  # the last that is no proxy; before it is forged
        ("127.0.0.0/8, 192.0.2.0/24", "198.51.100.4, 203.0.113.9, 192.0.2.7", "203.0.113.9"),
        ("127.0.0.0/8", "not an address", None),
        ("127.0.0.0/8", "", SENDER),
    ],
)
def test_whose_address_counts(settings: Settings, proxies: str | None, said: str, counts: str | None) -> None:
    with served(settings, PROXIES=proxies or "") as web:
        line = web.line()
        asked = [f"X-Forwarded-For: {said}"] if said else []
        alone = [] if counts in (None, SENDER) else [f"X-Forwarded-For: {counts}"]
        for header in (asked, alone):
            assert line.ask("GET", "/codes", *header).status == 200
        wait_for(lambda: len(web.logged("/codes")) == 2, "two lines in the log")
        first, second = (json.loads(entry)["client"] for entry in web.logged("/codes"))
        assert (first == second) is (counts is not None)
        assert line.ask("GET", "/metrics", *asked).status == (404 if asked else 200)


def test_who_is_not_believed_cannot_say_that_a_page_came_over_tls(settings: Settings) -> None:
    with served(settings) as web:
        forged = web.line().ask("GET", "/sign-in", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.org")
        assert forged.status == 200
        assert "evil.org" not in forged.text
