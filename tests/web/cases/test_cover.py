"""The page for an officer who stands in: all of it on one sheet, and nobody on it who is hidden."""

import io

import pytest
from pypdf import PdfReader

from compact_cases.rules.concern import Confidentiality
from tests.mail.test_paper import text_of
from tests.web.case_players import Players, visible
from tests.web.cases.test_letters_by_post import READS, SEATS
from tests.web.cases.test_who_may import a_case, coming_in


def test_it_says_where_the_case_stands_who_owes_what_and_whom_to_ring(players: Players) -> None:
    case = players.raised().accepted().replied("We gave ten days.", offer="We will run it again in May.")
    with players.as_officer() as browser:
        assert f'href="{case.path}/cover"' in browser.get(case.path).text
        words = visible(browser.get(f"{case.path}/cover").text)
        answer = browser.get(f"{case.path}/cover/pdf")
    assert answer.headers["content-disposition"] == f'attachment; filename="{case.reference}-cover.pdf"'
    reader = PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 1
    for page in (words, text_of(reader)):
        assert "The reply is to be read and released by Wednesday 4 March 2026." in page
        assert "offers (not released yet): We will run it again in May." in page
        assert "nothing of the reply: it has come, and is not released yet" in page
        assert "Chris Champion" in page
        assert "Rose Raiser" in page


def test_a_hidden_raiser_is_not_on_the_paper_and_it_says_what_not_to_say(players: Players) -> None:
    case = players.hidden_one(Confidentiality.CONFIDENTIAL).accepted()
    case.replied("We know.", offer="We will ring Rose of Elmfield.")
    with players.as_officer() as browser:
        answers = [browser.get(f"{case.path}/cover{rest}") for rest in ("", "/pdf")]
    reader = PdfReader(io.BytesIO(answers[1].content))
    everything = f"{text_of(reader)} {reader.metadata}"
    for page in (visible(answers[0].text), everything):
        assert "does not know who raised this, and must not learn it" in page
        assert "Name and telephone stand on the page of the case, not on paper" in page
        for hidden in ("Rose", "Elmfield", "rose@"):
            assert hidden not in page


@pytest.mark.parametrize("seat", SEATS)
def test_it_is_for_officers(players: Players, seat: str) -> None:
    case = a_case(players, seat)
    with coming_in(players, case, seat) as browser:
        for rest in ("", "/pdf"):
            answer = browser.get(f"{case.path}/cover{rest}")
            assert (answer.status_code == 200) is (READS[seat] == "yes")
            if answer.status_code != 200:
                assert answer.status_code in (303, 403, 404)
