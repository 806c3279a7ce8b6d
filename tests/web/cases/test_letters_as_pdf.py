"""A letter for the post as a PDF: what it says, what may go with it, for whom it is, whom it names."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from compact_cases.rules.concern import Confidentiality
from tests.desk import fields
from tests.mail.test_paper import text_of
from tests.web.case_players import PlayedCase, Players, visible
from tests.web.cases.test_letters_by_post import POST, READS, SEATS, letter_of
from tests.web.cases.test_who_may import Browser, a_case, coming_in

MARKUP = 'They wrote #panic("x") and *eight* days, $8$ in all.'


@pytest.fixture
def case(players: Players) -> PlayedCase:
    """Hidden, by a group that has only a postal address, in words that typst would take for its own."""
    raiser = players.concern().raiser
    assert raiser is not None
    raiser = replace(raiser, email="", phone="", post=POST)
    return players.raised(raiser=raiser, confidentiality=Confidentiality.CONFIDENTIAL, account=MARKUP)


def pdf_of(browser: Browser, case: PlayedCase, notice: str, asked: str = "") -> PdfReader:
    answer = browser.get(f"{case.path}/letters/{letter_of(case, notice)}/pdf{asked}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.content))


def test_the_officer_downloads_the_letter_in_either_print(case: PlayedCase) -> None:
    with case.players.as_officer() as browser:
        page = browser.get(f"{case.path}/letters/{letter_of(case)}").text
        assert "Download the PDF" in visible(page)
        reader = pdf_of(browser, case, "receipt")
        large = pdf_of(browser, case, "receipt", "?large=yes")
    words = text_of(reader)
    assert "Rose Raiser The Old Forge 4 Elm Road Stroud GL5 1AA Monday 2 March 2026" in words
    assert "Your concern has reached the Compact office." in words
    assert "They wrote" not in words
    assert len(large.pages) >= len(reader.pages)
    assert case.return_code.replace(" ", "") not in words.replace(" ", "")


def test_their_page_goes_with_it_once_the_officer_has_looked(case: PlayedCase) -> None:
    case.accepted().replied("We will *run* it again.").released()
    with case.players.as_officer() as browser:
        page = visible(browser.get(f"{case.path}/letters/{letter_of(case, 'reply-released')}").text)
        assert "What their page says today" in page
        assert "We will *run* it again." in page
        alone = text_of(pdf_of(browser, case, "reply-released"))
        enclosed = text_of(pdf_of(browser, case, "reply-released", "?enclosed=yes&large=yes"))
    assert "run" not in alone
    for words in (MARKUP, "We will *run* it again.", f"{case.reference}: what your page says"):
        assert words in enclosed
    # posting moves the date, so that the letter alone gives one
    assert "Please tell us what you would like to do by the date in our letter." in enclosed
    assert "by Wednesday 18 March 2026" in alone
    assert "16 March" not in enclosed


def test_nothing_of_a_hidden_raiser_is_in_what_the_other_side_is_posted(case: PlayedCase) -> None:
    with case.players.desk.premises.engine.begin() as conn:
        conn.exec_driver_sql(
            "UPDATE contact_points SET kind = 'post', address = 'Shire Hall' WHERE person_id = %(p)s",
            {"p": case.players.champion},
        )
    case.accepted()
    with case.players.as_officer() as browser:
        reader = pdf_of(browser, case, "notice", "?enclosed=yes")
        path = f"{case.path}/letters/{letter_of(case, 'notice')}/pdf"
        name = browser.get(path).headers["content-disposition"]
    words = text_of(reader)
    assert "Shire Hall" in words
    assert "What the concern is A consultation of ten days was too short for us." in words
    xmp = reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    everywhere = f"{words} {reader.metadata} {xmp} {name}"
    for hidden in ("Rose", "Elmfield", "Elm Road", "panic"):
        assert hidden not in everywhere
    assert name == f'attachment; filename="{case.reference}-letter.pdf"'


def test_a_posted_letter_can_be_printed_again_as_it_was(case: PlayedCase) -> None:
    task = f"SELECT id FROM tasks WHERE subject_id = '{letter_of(case)}'"
    with case.players.desk.premises.engine.connect() as conn:
        [(task_id,)] = conn.exec_driver_sql(task).all()
    with case.players.as_officer() as browser:
        page = browser.get(f"{case.path}/letters/{letter_of(case)}").text
        before = text_of(pdf_of(browser, case, "receipt"))
        browser.post(f"/office/tasks/{task_id}/done", data=fields(page))
    case.players.desk.pass_time(days=3)
    with case.players.as_officer() as browser:
        after = text_of(pdf_of(browser, case, "receipt"))
    assert after == before.removeprefix("Rose Raiser ")  # its address is kept, and its words name them


@pytest.mark.parametrize("seat", SEATS)
def test_the_pdf_of_a_letter_is_for_officers(players: Players, seat: str) -> None:
    case = a_case(players, seat)
    with players.desk.premises.engine.begin() as conn:
        conn.exec_driver_sql("UPDATE letters SET state = 'to-post' WHERE state = 'waiting'")
    with coming_in(players, case, seat) as browser:
        answer = browser.get(f"{case.path}/letters/{letter_of(case, 'notice')}/pdf?enclosed=yes")
        assert (answer.headers["content-type"] == "application/pdf") is (READS[seat] == "yes")
        assert answer.status_code in ((200,) if READS[seat] == "yes" else (303, 403, 404))
