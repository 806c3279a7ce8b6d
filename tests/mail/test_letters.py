"""Every letter in every role: there is one, it is short and plain, and it says the same in text and HTML."""

import html as markup
import re
from datetime import date
from typing import Any

import pytest

from compact_cases.mail.letters import Item, Occasion, Rendered, message, rendered
from compact_cases.rules.acts import NOTICES
from compact_cases.settings import Office
from compact_cases.shipped import templates_folder
from tests.builders import local, rulebook
from tests.mail.letters_of_all_kinds import LATE, LETTERS, LINK, OVERDUE, TODAY
from tests.mail.letters_of_mediation_and_panel import OWED

WITHOUT_A_CASE = ("draft-saved", "draft-ends-soon", "sign-in", "head", "digest")


def letter(notice: str, role: str, facts: dict[str, Any], name: str = "Maria Brown") -> Rendered:
    of_case = notice not in WITHOUT_A_CASE
    occasion = Occasion(
        notice,
        role,
        name,
        LINK,
        facts,
        TODAY,
        rulebook().calendar,
        "GC-2026-0042" if of_case else "",
        "Early resolution" if of_case else "",
    )
    return rendered(occasion, Office())


def words_of(page: str) -> list[str]:
    """What a reader of the HTML part sees, as words."""
    body = page[page.index("<body") :]
    return markup.unescape(re.sub(r"<[^>]+>", " ", body)).split()


def test_there_is_a_folder_for_each_notice_and_no_other() -> None:
    folders = {one.name for one in (templates_folder() / "mail").iterdir() if one.is_dir()}
    assert folders == set(NOTICES)
    for folder in folders:
        files = {one.name for one in (templates_folder() / "mail" / folder).iterdir()}
        assert files == {"subject.txt", "body.txt", "body.html"}


def test_every_notice_is_read_here() -> None:
    assert {notice for notice, _, _ in LETTERS} == set(NOTICES)


@pytest.mark.parametrize(("notice", "role", "facts"), LETTERS)
def test_a_letter_is_short_has_one_link_and_says_whom_to_ring(
    notice: str, role: str, facts: dict[str, Any]
) -> None:
    one = letter(notice, role, facts)
    assert len(one.text.split()) <= 120
    assert one.text.startswith("Dear Maria Brown,")
    assert one.text.count("http") == one.html.count("href=") == 1
    assert LINK in one.text
    assert f'href="{LINK}"' in one.html
    assert Office().phone in one.text
    assert Office().name in one.text
    if notice not in WITHOUT_A_CASE:
        assert one.subject.startswith("GC-2026-0042: ")
        assert "stage: Early resolution" in one.text
    assert len(one.subject) <= 80
    assert max(map(len, one.text.splitlines())) <= 72


def test_that_somebody_else_was_told_is_said_only_where_somebody_was() -> None:
    late = {**LATE, "obligation": "acknowledge"}
    assert "told" not in letter("delay", "raiser", {"items": [late]}).text
    assert "Somebody else in the office has been told" in " ".join(
        letter("delay", "raiser", {"items": [{**late, "told": "co-officer"}]}).text.split()
    )
    assert "told" not in letter("escalation", "champion", {**OVERDUE, "copy": True}).text


@pytest.mark.parametrize(
    ("notice", "role", "facts"), [one for one in LETTERS if one[1] in ("raiser", "champion")]
)
def test_on_paper_a_letter_has_no_secret_link_and_says_how_to_answer(
    notice: str, role: str, facts: dict[str, Any]
) -> None:
    if notice in WITHOUT_A_CASE:
        return
    page, calendar = "https://cases.example/return", rulebook().calendar
    occasion = Occasion(notice, role, "Maria Brown", page, facts, TODAY, calendar, "GC-2026-0042", "", True)
    paper = rendered(occasion, Office())
    assert paper.html == ""
    assert paper.subject == letter(notice, role, facts).subject
    assert ("https://cases.example/return" in paper.text) is (role == "raiser")
    assert ("your return code" in paper.text) is (role == "raiser")
    assert paper.text.count("ring us on 01452 555 010") == 1
    assert len(paper.text.split()) <= 150
    assert "\n\n\n" not in paper.text


@pytest.mark.parametrize(("notice", "role", "facts"), LETTERS)
def test_text_and_html_say_the_same(notice: str, role: str, facts: dict[str, Any]) -> None:
    one = letter(notice, role, facts)
    plain = one.text.replace(f":\n{LINK}", "").split()
    assert words_of(one.html) == plain


@pytest.mark.parametrize(("notice", "role", "facts"), LETTERS)
def test_a_letter_blames_nobody(notice: str, role: str, facts: dict[str, Any]) -> None:
    text = letter(notice, role, facts).text.casefold()
    for word in (
        "breach",
        "allegation",
        "complain",
        "failed",
        "failure",
        "must ",
        "ignored",
        "guilty",
        "late reply",
    ):
        if word == "must " and role == "officer":
            continue  # "names that must not be there"
        assert word not in text, word


@pytest.mark.parametrize(("notice", "role", "facts"), LETTERS)
def test_paragraphs_stand_apart(notice: str, role: str, facts: dict[str, Any]) -> None:
    one = letter(notice, role, facts)
    assert one.html.count("<p") - 4 + ("stage" not in one.text) <= one.text.count("\n\n")
    assert "\n\n\n" not in one.text
    blocks = {" ".join(block.split()) for block in one.text.split("\n\n")}
    for paragraph in re.findall(r"<p[ >].*?</p>", one.html, re.DOTALL):
        words = " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", paragraph)).split())
        assert words in blocks or "<a " in paragraph or not words.endswith("."), words


def test_a_stage_that_took_no_day_is_no_line_of_what_took_the_time() -> None:
    took = [{"kind": "stage", "of": of, "days": days} for of, days in (("received", 62), ("closing", 0))]
    facts = {"days": 62, "since": "2026-01-02", "paused": 0, "took": took}
    text = letter("long-time", "raiser", facts).text
    assert "Received: 62 working days." in text
    assert "0 working days." not in text


def test_dates_are_in_words_with_working_days() -> None:
    def item(day: date, today: date = TODAY) -> str:
        one = Item("reply", day, today, rulebook().calendar)
        return one.due + one.in_brackets

    assert item(date(2026, 3, 16)) == "Monday 16 March 2026 (in 4 working days)"
    assert item(date(2026, 3, 11)) == "Wednesday 11 March 2026 (in 1 working day)"
    assert item(TODAY) == "Tuesday 10 March 2026 (today)"
    assert item(date(2026, 3, 5)) == "Thursday 5 March 2026 (3 working days ago)"
    assert item(date(2026, 3, 13), date(2026, 3, 14)) == "Friday 13 March 2026"
    assert item(date(2040, 3, 13)) == "Tuesday 13 March 2040"  # further than the calendar knows


def test_two_steps_of_a_day_are_one_letter() -> None:
    owed = [
        {"obligation": "acknowledge", "due": "2026-03-16"},
        {"obligation": "release", "due": "2026-03-10"},
    ]
    one = letter("reminder", "officer", {"items": owed})
    assert "waiting to be acknowledged" in one.text
    assert "waiting to be released" in one.text
    assert len(one.text.split()) <= 120


def test_a_recipient_without_a_name_is_greeted_too() -> None:
    assert letter("receipt", "raiser", OWED, name="").text.startswith("Hello,")


def test_markup_in_a_name_stays_a_name() -> None:
    one = letter("receipt", "raiser", OWED, name="<b>Jo & Co</b>")
    assert "<b>" not in one.html
    assert "&lt;b&gt;Jo &amp; Co" in one.html
    assert "Dear <b>Jo & Co</b>," in one.text


def test_styles_stand_in_each_element_and_dark_mode_in_the_sheet() -> None:
    one = letter("receipt", "raiser", OWED)
    assert re.search(r"<p style=\"[^\"]*margin", one.html)
    assert "prefers-color-scheme: dark" in one.html
    assert "<img" not in one.html


def test_the_message_is_two_parts_to_one_address() -> None:
    mail = message(
        letter("receipt", "raiser", OWED, name="Zoë Ó"),
        sender="Compact office <compact@office.example>",
        reply_to="compact@office.example",
        to="zoe@elmfield.example",
        message_id="<abc@office.example>",
        thread="<thread@office.example>",
        at=local("2026-03-10 09:00"),
    )
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail["To"] == "zoe@elmfield.example"
    (subject,) = [line for line in mail.as_bytes().split(b"\r\n") if line.startswith(b"Subject:")]
    assert subject.decode() == f"Subject: {mail['Subject']}"  # on one line, however long
    assert (mail["Cc"], mail["Bcc"]) == (None, None)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["References"] == "<thread@office.example>"
    assert "Zoë" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    raw = mail.as_bytes()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_the_last_letter_says_of_which_day_it_is_and_from_when_an_officer_may_close() -> None:
    facts = {"obligation": "decide", "due": "2026-03-17", "written": "2026-03-10"}
    letter = rendered(
        Occasion("last-letter", "raiser", "Sue", LINK, facts, date(2026, 3, 11), reference="GC-2026-0001"),
        Office(),
    )
    said = " ".join(letter.text.split())
    assert "This letter is of Tuesday 10 March 2026." in said
    assert "from Tuesday 17 March 2026 on" in said
