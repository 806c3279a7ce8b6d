"""A merge on its pages: the officer's form, what each raiser reads, and that neither learns of the other."""

from typing import Any

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.rules.concern import CitedClause, Confidentiality, Raiser, RespondentNamed
from tests.web.case_players import WAY_IN, PlayedCase, Players, visible

WHY = "Another group told us of the same buses, so we look at both at once."
SECOND = Raiser(
    name="Quarry Road Parents",
    kind="community-group",
    area="Stroud",
    person="Tess Okoro",
    email="tess@quarry.example",
)
OF_THE_FIRST = ("Elmfield", "Rose Raiser", "rose@", "We meet once a month", "We wrote to them twice")
OF_THE_SECOND = ("Quarry Road", "Tess Okoro", "tess@", "Our school run depends on it")


def second(players: Players, **changes: Any) -> PlayedCase:
    return players.raised(
        **{"raiser": SECOND, "account": "Our school run depends on it.", "tried": "", **changes}
    )


def merged(players: Players, case: PlayedCase, into: PlayedCase) -> PlayedCase:
    with players.as_officer() as browser:
        case.done(browser, "merge", into=into.reference, explanation=WHY)
    return case


def raisers_page(case: PlayedCase) -> str:
    with case.as_raiser() as browser:
        return browser.get(case.path).text


def test_an_officer_merges_and_undoes_it(players: Players) -> None:
    first, other = players.raised(), second(players)
    with players.as_officer() as browser:
        assert "Merge it into another case" in browser.get(other.path).text
        form = browser.get(f"{other.path}/merge").text
        assert f"{first.reference}: Elmfield Tenants" in form
        assert "Community Groups 5.3. Came in on 2 Mar 2026. Stage: Received." in visible(form)
        other.done(browser, "merge", into=first.reference, explanation=WHY)
        officers, going_on = (visible(browser.get(one.path).text) for one in (other, first))
        assert f"It goes on in {first.reference}. Stage: Received." in officers
        assert WHY in officers
        assert f"Merged into this one {other.reference}, raised by Quarry Road Parents" in going_on
        assert f"{other.reference} was merged into this case." in going_on
        assert "Change the undertakings" not in officers
        unreasoned = other.post(browser, "unmerge")
        assert unreasoned.status_code == 422
        assert "Please give a reason" in unreasoned.text
        other.done(browser, "unmerge", reason="They differ after all.")
        officers, going_on = (visible(browser.get(one.path).text) for one in (other, first))
        assert f"The merge into {first.reference} was undone. They differ after all." in officers
        assert "This concern is to be acknowledged" in officers
        assert f"The merge of {other.reference} into this case was undone." in going_on
        assert "Merged into this one" not in going_on
        assert browser.get(f"{other.path}/unmerge").status_code == 303
    assert "They differ after all." not in raisers_page(other)


def test_the_merged_raiser_keeps_their_page_and_reads_where_it_stands(players: Players) -> None:
    first, other = players.raised(), second(players)
    merged(players, other, first)
    new = visible(raisers_page(other))
    assert "Your concern is looked at together with another one about the same matter." in new
    assert "A Compact officer reads both concerns by Monday 9 March" in new
    assert WHY in new
    first.accepted().replied()
    assert "A reply has come, and a Compact officer reads it" in visible(raisers_page(other))
    first.released().decided().closed()
    ended = visible(raisers_page(other))
    assert "It was resolved early." in ended
    assert "Your own concern can be taken up again, by itself." in ended


def test_neither_raiser_nor_the_respondent_learns_of_the_other(players: Players) -> None:
    """The pages of the first raiser and of the champion stay as they were, but for the form's own place."""
    first, other = players.raised().accepted(), second(players)
    before = raisers_page(first)
    merged(players, other, first)
    theirs, ours = raisers_page(other), raisers_page(first)
    with first.as_champion() as browser:
        champions = browser.get(first.path).text
    assert visible(ours) == visible(before)
    assert not [word for word in (*OF_THE_FIRST, first.reference) if word in theirs]
    for page in (ours, champions):
        assert not [word for word in (*OF_THE_SECOND, other.reference) if word in page]
    first.replied().released().decided().closed()
    ended = raisers_page(other)
    assert not [word for word in (*OF_THE_FIRST, "twelve weeks") if word in ended]
    with first.as_raiser() as browser:
        assert browser.get(other.path).status_code == 404


def test_that_the_other_raiser_withdrew_is_not_told(players: Players) -> None:
    first, other = players.raised(), second(players)
    merged(players, other, first)
    with first.as_raiser() as browser:
        first.done(browser, "withdrawal", sure="yes")
    page = visible(raisers_page(other))
    assert "It ended without an answer. Yours can be taken up by itself." in page
    assert "withdrew" not in page.casefold()
    assert "withdrawn" not in page.casefold()
    with players.as_officer() as browser:
        office = visible(browser.get("/office/attention").text)
        assert "A merged concern may go on alone" in office
        assert f"{other.reference} was merged into it" in office
        assert "It was withdrawn by its raiser." in visible(browser.get(other.path).text)


def test_an_explanation_that_names_the_other_raiser_needs_a_second_look(players: Players) -> None:
    first, other = players.raised(), second(players)
    typed = {"into": first.reference, "explanation": "The Elmfield tenants told us of it in Stroud."}
    with players.as_officer() as browser:
        answer = other.post(browser, "merge", **typed)
        assert answer.status_code == 422
        assert "These words could tell who raised the other one: Elmfield, tenants." in visible(answer.text)
        assert typed["explanation"] in visible(answer.text)
        assert other.row.stage == "received"
        other.done(browser, "merge", **typed, words_may_stay="yes")
    assert other.row.outcome == "merged"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Please choose into which case this concern is merged."),
        ({"into": "other"}, "Please write the reference of the other case"),
        ({"into": "other", "reference": "no such thing"}, "Please write the reference of the other case"),
        ({"into": "other", "reference": "GC-2026-0999"}, "Please write the reference of the other case"),
        ({"into": "GC-2026-0999"}, "Please choose into which case this concern is merged."),
    ],
)
def test_a_merge_without_a_case_to_go_into_keeps_what_was_typed(
    players: Players, typed: dict[str, str], sentence: str
) -> None:
    players.raised()
    other = second(players)
    with players.as_officer() as browser:
        answer = other.post(browser, "merge", **typed, explanation="Kept words.")
    assert answer.status_code == 422
    assert sentence in visible(answer.text)
    assert "Kept words." in answer.text
    assert other.row.stage == "received"


def test_any_spelling_of_a_reference_will_do_and_a_case_of_another_body_will_not(players: Players) -> None:
    about_us = second(players)
    itself = about_us.reference.lower().replace("-", " ")
    elsewhere = players.raised(respondents=(RespondentNamed(name="A town council", sector="public-sector"),))
    with players.as_officer() as browser:
        assert "There is no other open case about" in visible(browser.get(f"{about_us.path}/merge").text)
        for reference, sentence in (
            (itself, "cannot be merged into itself"),
            (elsewhere.reference, "That case is about another body."),
        ):
            answer = about_us.post(browser, "merge", into="other", reference=reference, explanation=WHY)
            assert answer.status_code == 422
            assert sentence in visible(answer.text)
        assert browser.get(f"{elsewhere.path}/merge").status_code == 303


def test_those_that_cite_the_same_undertaking_stand_first(players: Players) -> None:
    alike = players.raised()
    players.raised(clauses=(CitedClause("community-groups/5.8"),))
    hidden = players.hidden_one(Confidentiality.CONFIDENTIAL)
    other = second(players)
    with players.as_officer() as browser:
        page = visible(browser.get(f"{other.path}/merge").text)
    assert page.index(hidden.reference) < page.index("5.8")
    assert page.index(alike.reference) < page.index("5.8")
    # the open ones, each as a choice and above its words; the confidential one stands without its name
    assert page.count("Elmfield Tenants") == 4


def test_a_merge_by_api(players: Players) -> None:
    first, other = players.raised(), second(players)
    token = accounts.add_token(players.desk.premises, players.officer.email)
    headers = {"authorization": f"Bearer {token}"}

    def post(resource: str, **sent: str) -> Any:
        seen = browser.get(f"/api{other.path}", headers=headers).headers["etag"]
        return browser.post(f"/api{other.path}/{resource}", json=sent, headers={**headers, "if-match": seen})

    with players.browser() as browser:
        wrong = post("merge", into="GC-2026-0999", explanation=WHY)
        sentence = "Please choose into which case this concern is merged."
        assert (wrong.status_code, wrong.json()["detail"]) == (422, sentence)
        assert post("merge", into=first.reference).status_code == 422
        done = post("merge", into=first.reference, explanation=WHY)
        assert (done.status_code, done.json()["stage"]) == (200, "closed")
        view = browser.get(f"/api{other.path}", headers=headers).json()
        assert (view["outcome"], view["together"]["reference"]) == ("merged", first.reference)
        held = browser.get(f"/api{first.path}", headers=headers).json()["merged_here"]
        assert held == [{"reference": other.reference, "raiser": "Quarry Road Parents"}]
        again = post("unmerge", reason="They differ after all.")
        assert (again.status_code, again.json()["stage"]) == (200, "received")
    assert other.row.clauses == (WAY_IN,)


def test_a_merged_raiser_withdraws_on_their_page(players: Players) -> None:
    first, other = players.raised(), second(players)
    merged(players, other, into=first)
    with other.as_raiser() as browser:
        assert f'href="{other.path}/withdrawal"' in browser.get(other.path).text
        other.done(browser, "withdrawal", sure="yes")
        seen = visible(browser.get(other.path).text)
    assert "This case is closed. It was withdrawn by its raiser." in seen
    assert WHY not in seen
    assert (other.row.outcome, first.row.stage) == ("withdrawn", "received")
    with players.as_officer() as browser:
        going_on = visible(browser.get(first.path).text)
    assert "Merged into this one" not in going_on
    assert not any(words in raisers_page(first) for words in OF_THE_SECOND)
