"""Two tabs of one draft: the older one overwrites nothing of the newer without a word; both are shown."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from compact_cases.office.identity import new_id
from compact_cases.records import bodies
from compact_cases.records.bodies import Body
from compact_cases.rules.bodies import BodyKind
from compact_cases.settings import Settings
from tests.desk import Desk, fields, open_desk
from tests.web.case_players import visible
from tests.web.form_filler import FormFiller

NEWER, OLDER = "The newer words, from the second tab.", "The older words, from the first tab."


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    desk = open_desk(settings)
    with desk.premises.engine.begin() as conn:
        council = Body(new_id(), "Northvale County Council", BodyKind.PUBLIC_BODY)
        bodies.add(conn, council, desk.clock.now())
    yield desk
    desk.premises.engine.dispose()


def tab(person: FormFiller, page: str) -> dict[str, str]:
    """A page as one tab has it open: its hidden fields."""
    return fields(person.client.get(f"{person.address}/{page}").text)


def send(person: FormFiller, page: str, opened: dict[str, str], act: str = "continue", **typed: Any) -> Any:
    """The button of a page that was opened before; what was typed takes the place of what stood there."""
    return person.client.post(f"{person.address}/{page}", data={**opened, "act": act, **typed})


@pytest.mark.parametrize("act", ["continue", "later"])
def test_an_older_tab_does_not_overwrite_a_newer_answer_and_shows_both(person: FormFiller, act: str) -> None:
    person.put("account", account="As it was when both were opened.")
    first, second = tab(person, "account"), tab(person, "account")
    assert send(person, "account", second, account=NEWER).status_code == 303
    late = send(person, "account", first, act, account=OLDER)
    assert late.status_code == 409
    seen = visible(late.text)
    assert "This answer was changed in another tab or window" in seen
    assert seen.index(NEWER) < late.text.index("<textarea")
    assert OLDER in late.text[late.text.index("<textarea") :]
    assert NEWER in person.see("account")
    assert OLDER not in person.see("account")
    chosen = send(person, "account", fields(late.text), act, account=OLDER)
    assert chosen.status_code == 303
    assert OLDER in person.see("account")


def test_what_was_saved_in_the_other_tab_can_be_kept(person: FormFiller) -> None:
    first, second = tab(person, "account"), tab(person, "account")
    send(person, "account", second, account=NEWER)
    late = send(person, "account", first, account=OLDER)
    keep = f'href="{person.address}/when"'
    assert keep in late.text
    assert person.client.get(f"{person.address}/when").status_code == 200
    assert NEWER in person.see("account")


def test_a_choice_is_not_turned_back_either(person: FormFiller) -> None:
    person.put("privacy", confidentiality="open")
    first, second = tab(person, "privacy"), tab(person, "privacy")
    assert send(person, "privacy", second, confidentiality="anonymous").status_code == 303
    late = send(person, "privacy", first, confidentiality="open")
    assert late.status_code == 409
    assert "Anonymous: nobody knows who you are" in visible(late.text)
    assert 'value="anonymous" checked' in person.see("privacy")


def test_ticks_and_names_that_were_looked_up_are_compared_too(person: FormFiller) -> None:
    person.fill()
    pages: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
        ("remedy", {"remedies": ["apology"]}, {"remedies": ["rerun-consultation"]}),
        ("group", {"raiser-name": "Hillside Tenants"}, {"raiser-name": "Elmfield Tenants and Friends"}),
    )
    for page, newer, older in pages:
        kind: dict[str, Any] = {"raiser-kind": "community-group"} if page == "group" else {}
        first, second = tab(person, page), tab(person, page)
        assert send(person, page, second, **kind, **newer).status_code == 303
        assert send(person, page, first, **kind, **older).status_code == 409, page


@pytest.mark.parametrize("page", ["privacy", "group", "about", "second", "undertakings", "closes", "remedy"])
def test_one_tab_alone_never_meets_it(person: FormFiller, page: str) -> None:
    """Back and again, and with something to be mended or looked up in between."""
    person.fill()
    answers: dict[str, Any] = dict(person.answers[page])
    for _ in range(2):
        assert send(person, page, tab(person, page), **answers).status_code == 303
    looked = send(person, page, tab(person, page), "search", **answers)
    assert looked.status_code == 303
    again = fields(person.client.get(looked.headers["location"]).text)
    assert send(person, page, again, **answers).status_code == 303


def test_what_is_to_be_mended_is_no_other_tab(person: FormFiller) -> None:
    wrong = send(person, "account", tab(person, "account"), account="")
    assert wrong.status_code == 422
    assert send(person, "account", fields(wrong.text), account=NEWER).status_code == 303


def test_the_same_words_in_both_are_no_matter(person: FormFiller) -> None:
    first, second = tab(person, "account"), tab(person, "account")
    assert send(person, "account", second, account=NEWER).status_code == 303
    assert send(person, "account", first, account=NEWER).status_code == 303


def test_other_questions_of_the_draft_are_no_matter(person: FormFiller) -> None:
    first, second = tab(person, "account"), tab(person, "tried")
    assert send(person, "tried", second, tried=NEWER).status_code == 303
    assert send(person, "account", first, account=OLDER).status_code == 303


def test_what_is_sent_is_what_the_page_showed(person: FormFiller) -> None:
    person.fill()
    shown = fields(person.client.get(f"{person.address}/check").text)
    person.put("account", account=NEWER)
    late = person.client.post(f"{person.address}/check", data={**shown, "declared": "yes"})
    assert late.status_code == 409
    seen = visible(unescape(late.text))
    assert "An answer was changed in another tab or window after this page was opened" in seen
    assert NEWER in seen
    again = {**fields(late.text), "declared": "yes"}
    assert person.client.post(f"{person.address}/check", data=again).status_code == 303
