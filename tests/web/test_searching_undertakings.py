"""What pages offer as words to search for finds something right: read from the pages, so that none drifts."""

import re
from dataclasses import replace
from html import unescape

import pytest

from compact_cases.office.registry import library
from compact_cases.rules.compact import read_compact
from compact_cases.rules.refusals import Refused
from compact_cases.settings import Settings
from tests.desk import open_desk
from tests.web.case_players import Browser, Players
from tests.web.form_filler import FormFiller

# What a person means by it, from reading the Codes; the first one found must be one of these.
RIGHT = {
    "time to answer": {"community-groups/5.3"},
    "grants": {"community-groups/6.4"},
    "small groups": {"community-groups/5.5", "community-groups/6.4"},
    "funding": {"community-groups/6.4", "multi-sector-partnerships/7.3"},
    "timescales": {"community-groups/5.3"},
    "costs": {"community-groups/5.8"},
}


def quoted(words: str) -> list[str]:
    return re.findall("“([^”]+)”", unescape(words))


def hint_of(page: str) -> str:
    found = re.search(r'<p class="hint" id="q-hint">(.*?)</p>', page)
    assert found, "the page of undertakings gives no example"
    return found[1]


def found_first(page: str) -> str:
    """The first undertaking that a look brought, in the form or on the page of the Codes."""
    ticks = page.partition('id="found"')[2].partition("</fieldset>")[0]
    found = re.search(r'(?:name="clauses" value="|href="/codes/)([a-z-]+/[\d.]+)"', ticks)
    return found[1] if found else ""


def at_the_form(browser: Browser) -> FormFiller:
    person = FormFiller(browser)
    person.begin()
    return person


def looked_for(person: FormFiller, words: str) -> str:
    assert person.put("undertakings", act="search", q=words, clauses=[]).status_code == 303
    return person.see("undertakings")


def test_the_three_examples_of_the_form_find_something_right(players: Players) -> None:
    with players.browser() as browser:
        person = at_the_form(browser)
        examples = quoted(hint_of(person.see("undertakings")))
        assert len(examples) == 3
        assert set(examples) <= set(RIGHT), "say here what a person means by the new example"
        for example in examples:
            assert found_first(looked_for(person, example)) in RIGHT[example], example


def test_time_to_answer_finds_what_groups_are_asked_in(players: Players) -> None:
    with players.browser() as browser:
        found = looked_for(at_the_form(browser), "time to answer")
    assert found_first(found) == "community-groups/5.3"


def test_what_pages_say_after_an_empty_look_finds_something_too(players: Players) -> None:
    with players.browser() as browser:
        nothing = looked_for(at_the_form(browser), "zebra")
        offered = quoted(re.findall(r"We found none.*?</p>", nothing)[0])
        nothing = browser.get("/codes", params={"q": "zebra"}).text
        offered += quoted(re.findall(r"Try one word.*?You", nothing)[0])
        assert len(offered) == 3
        for example in offered:
            looked = browser.get("/codes", params={"q": example})
            assert found_first(looked.text) in RIGHT[example], example


def test_an_office_with_other_codes_gives_its_own_words() -> None:
    theirs = {"shipped_codes": False, "plain_words": {"funding/3.1": ["grants", "time to answer"]}}
    assert read_compact(theirs, "Northvale").plain_words == {"funding/3.1": ("grants", "time to answer")}
    assert read_compact({"shipped_codes": False}, "Northvale").plain_words == {}
    ours = read_compact({"plain_words": {"community-groups/5.3": ["haste"]}}, "Northvale").plain_words
    assert ours["community-groups/5.3"][-1] == "haste"
    assert len(ours["community-groups/5.3"]) > 1


@pytest.mark.parametrize("wrong", [{"5.3": ["x"]}, {"community-groups/5.3": "x"}, ["x"], {"a/5.3": [""]}])
def test_words_that_cannot_be_read_are_refused(wrong: object) -> None:
    with pytest.raises(Refused, match=r"'compact\.plain_words"):
        read_compact({"plain_words": wrong}, "Northvale")


def test_where_they_would_find_nothing_no_examples_are_given(settings: Settings) -> None:
    office = replace(settings.office, compact=read_compact({"shipped_codes": False}, "Northvale"))
    desk = open_desk(replace(settings, office=office))
    library.ensure_shipped(desk.premises)
    with desk.browser() as browser:
        page = at_the_form(browser).see("undertakings")
    assert 'id="q-hint"' not in page
    desk.premises.engine.dispose()
