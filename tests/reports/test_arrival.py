"""The timeline says in one line what arrived, and what comes later by itself."""

from datetime import date

import pytest

from compact_cases.settings import Settings
from tests.web.case_players import Players, set_the_table, visible


@pytest.fixture
def players(settings: Settings) -> Players:
    return set_the_table(settings)


def timeline(page: str) -> str:
    return visible(page[page.rindex('class="timeline"') :])


def test_what_arrived_is_one_line(players: Players) -> None:
    case = players.raised(
        happened="In May.",
        afraid="yes",
        afraid_text="Our grant.",
        adjustments="Large print.",
        closes_on=date(2026, 4, 1),
    )
    with players.as_officer() as browser:
        seen = timeline(browser.get(case.path).text)
    assert "Another question" not in seen
    assert "was ticked" not in seen
    assert seen.count("the raiser") - seen.count("to the raiser") <= 2
    assert (
        "The concern arrived, about Northvale County Council, citing Community Groups 5.3. "
        "Something closes or is decided on Wednesday 1 April 2026. "
        "The form also says: what would put it right, when it happened, what they have tried, "
        "whether and why they are afraid, what to do differently for them."
    ) in seen
    assert "It is to be acknowledged by Monday 9 March 2026." in seen


def test_a_bare_concern_is_a_short_line(players: Players) -> None:
    case = players.raised(clauses=(), remedies=(), tried="")
    with players.as_officer() as browser:
        seen = timeline(browser.get(case.path).text)
    assert "The concern arrived, about Northvale County Council. It is to be acknowledged" in seen
    assert "The form also says" not in seen


def test_a_raiser_reads_one_line_too(players: Players) -> None:
    case = players.raised(afraid="yes")
    with case.as_raiser() as browser:
        seen = timeline(browser.get(case.path).text)
    assert "The concern arrived, about Northvale County Council, citing Community Groups 5.3." in seen
    assert seen.count("Community Groups 5.3") == 1


def test_what_is_cited_later_stands_by_itself(players: Players) -> None:
    case = players.raised()
    typed = {"drop": "no", "clause": "community-groups/5.4", "role": "supporting", "reason": "It fits."}
    with players.as_officer() as browser:
        case.done(browser, "clauses", **typed)
        seen = timeline(browser.get(case.path).text)
    assert "Community Groups 5.4 was cited, to support the concern." in seen
