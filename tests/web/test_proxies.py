"""Whose word about a visitor's address counts: that of the networks in a setting, and of nobody else."""

import json

import pytest

from compact_cases.clock import Clock
from compact_cases.office.premises import open_premises
from compact_cases.settings import Settings
from compact_cases.web.frame.access_log import client_of_the_day
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
        header = [f"X-Forwarded-For: {said}"] if said else []
        assert line.ask("GET", "/codes", *header).status == 200
        [entry] = wait_for(lambda: web.logged("/codes"), "its line in the log")
        premises = open_premises(settings, pool=1, clock=Clock())
        if counts is not None:
            assert json.loads(entry)["client"] == client_of_the_day(premises, counts)
        assert line.ask("GET", "/metrics", *header).status == (404 if header else 200)


def test_who_is_not_believed_cannot_say_that_a_page_came_over_tls(settings: Settings) -> None:
    with served(settings) as web:
        forged = web.line().ask("GET", "/sign-in", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.org")
        assert forged.status == 200
        assert "evil.org" not in forged.text
