"""Calls, visits and private notes: on their pages, over the API, and to nobody but officers."""

import re
from contextlib import ExitStack

from sqlalchemy import text

from compact_cases.office.accounts import accounts
from tests.desk import fields
from tests.web.case_players import PlayedCase, Players, visible

SAID = "He said that the minutes are with the clerk."
NOTE = "She sounded frightened of losing the grant."
WHEN = {"on-day": "2", "on-month": "3", "on-year": "2026"}


def rows(case: PlayedCase, sql: str) -> int:
    with case.players.desk.premises.engine.connect() as conn:
        return int(conn.scalar(text(sql)) or 0)


def test_a_call_is_written_down_and_only_officers_read_of_it(players: Players) -> None:
    case = players.raised().accepted()
    letters = rows(case, "SELECT count(*) FROM letters")
    with players.as_officer() as browser:
        page = visible(browser.get(f"{case.path}/contact").text)
        assert "written down as the act itself" in page
        assert f'href="{case.path}/reply"' in browser.get(f"{case.path}/contact").text
        case.done(browser, "contact", **WHEN, whom="champion", said=SAID)
        shown = visible(browser.get(case.path).text)
    assert "Calls and visits Monday 2 March 2026, with the champion" in shown
    assert f"{SAID} Only the Compact officers can read this" in shown
    assert "A call or visit of Monday 2 March 2026, with the champion, was written down." in shown
    assert rows(case, "SELECT count(*) FROM letters") == letters
    for way in (case.as_raiser(), case.as_champion()):
        with way as browser:
            theirs = visible(browser.get(case.path).text)
            assert SAID not in theirs
            assert "was written down" not in theirs


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(players: Players) -> None:
    case = players.raised().accepted()
    with players.as_officer() as browser:
        before = case.row
        answer = case.post(browser, "contact", **{**WHEN, "on-year": "2031"}, whom="", said=SAID)
        page = visible(answer.text)
        assert answer.status_code == 422
        assert "Please choose with whom it was." in page
        assert SAID in answer.text
        later = case.post(browser, "contact", **{**WHEN, "on-year": "2031"}, whom="raiser", said=SAID)
        assert "This day has not come yet." in visible(later.text)
        assert 'value="2031"' in later.text
        empty = case.post(browser, "private-note", note=" ")
        assert (empty.status_code, "Please write the note." in visible(empty.text)) == (422, True)
        assert case.row == before


def test_a_private_note_is_unlike_a_letter_and_can_be_written_when_the_case_is_closed(
    players: Players,
) -> None:
    case = players.raised().accepted().replied().released().decided().closed()
    with players.as_officer() as browser:
        form = browser.get(f"{case.path}/private-note").text
        assert "Only Compact officers read this. Nobody is told, and it goes to nobody." in visible(form)
        assert "Send" not in visible(form).split("Write a private note", 1)[1].split("Back to the case")[0]
        case.done(browser, "private-note", note=NOTE)
        page = browser.get(case.path).text
    [section] = re.findall(r'<section class="private-notes.*?</section>', page, re.DOTALL)
    assert "Only Compact officers read this; nobody is told." in visible(section)
    assert NOTE in visible(section)
    assert page.count(NOTE) == 1  # not on the timeline, where letters stand
    assert "A private note was written." in visible(page)


def test_a_script_writes_both_over_the_api_and_reads_them_there(players: Players) -> None:
    case = players.raised()
    token = accounts.add_token(players.desk.premises, players.officer.email, "a caller")
    headers = {"Authorization": f"Bearer {token}"}
    with players.browser() as browser:
        call = {"on": "2026-03-02", "whom": "public", "said": SAID}
        for name, body in (("contact", call), ("private-note", {"note": NOTE})):
            seen = {"If-Match": f'"{case.row.position}"'}
            assert (
                browser.post(f"/api{case.path}/{name}", json=body, headers=headers | seen).status_code == 200
            )
        wrong = browser.post(
            f"/api{case.path}/contact",
            json={"on": "2026-03-02", "whom": "Sue Barlow", "said": SAID},
            headers=headers | {"If-Match": f'"{case.row.position}"'},
        )
        shown = browser.get(f"/api{case.path}", headers=headers).json()
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "whom")
    assert [(one["on"], one["whom"], one["said"]["text"]) for one in shown["contacts"]] == [
        ("2026-03-02", "", SAID)
    ]
    assert [one["note"]["text"] for one in shown["private_notes"]] == [NOTE]


def test_a_form_that_is_sent_twice_is_one_note(players: Players) -> None:
    case = players.raised()
    with players.as_officer() as browser:
        page = fields(browser.get(f"{case.path}/private-note").text)
        sent = {name: page[name] for name in ("csrf_token", "seen")} | {"note": NOTE}
        answers = [browser.post(f"{case.path}/private-note", data=sent).status_code for _ in range(2)]
    assert answers == [303, 409]
    assert rows(case, "SELECT count(*) FROM case_events WHERE name = 'private-note-written'") == 1


def test_a_note_meanwhile_stops_no_reply_that_is_being_written(players: Players) -> None:
    case = players.raised().accepted()
    with case.as_champion() as champion, players.as_officer() as officer:
        page = fields(champion.get(case.path).text)
        case.done(officer, "private-note", note=NOTE)
        sent = {name: page[name] for name in ("csrf_token", "seen")}
        words = {
            "answers.0.clause": page["answers.0.clause"],
            "answers.0.answer": "accept",
            "signed": "Jo Field",
        }
        answer = champion.post(f"{case.path}/reply", data=sent | words)
    assert answer.status_code == 303, visible(answer.text)


# --- non-interference -------------------------------------------------------------------------------------


def what_others_read(players: Players, case: PlayedCase) -> list[bytes]:
    """Everything that a raiser, a champion, a senior lead, the chair and nobody are given of this case."""
    found: list[bytes] = []
    with ExitStack() as stack:
        for way in (case.as_raiser, case.as_champion, lambda: case.as_party(players.senior)):
            browser = stack.enter_context(way())
            for path in (case.path, f"{case.path}/addition", f"{case.path}?order=oldest", "/cases", "/"):
                found.append(without_tokens(browser.get(path).content))
    with players.browser() as browser:
        found += [without_tokens(browser.get(path).content) for path in ("/", case.path, "/codes")]
    with players.desk.premises.engine.connect() as conn:
        found += [
            str(tuple(row)).encode() for row in conn.execute(text("SELECT subject, text FROM letter_texts"))
        ]
        found += [
            str(tuple(row)).encode() for row in conn.execute(text("SELECT * FROM case_words ORDER BY 1"))
        ]
    return found


def without_tokens(page: bytes) -> bytes:
    return re.sub(rb'(name="csrf_token" value=")[^"]*', rb"\1", page)


def test_another_text_in_a_note_or_call_changes_no_byte_for_anybody_else(
    players: Players,
) -> None:
    case = players.raised().accepted().escalated()
    with players.as_officer() as browser:
        case.done(browser, "private-note", note=NOTE)
        case.done(browser, "contact", **WHEN, whom="raiser", said=SAID)
    what_others_read(players, case)  # whoever comes back finds another order than at the first time
    first = what_others_read(players, case)
    assert len(first) > 15
    with players.desk.premises.engine.begin() as conn:
        changed = conn.execute(
            text("UPDATE statements SET text = 'quite different' WHERE text IN (:note, :said)"),
            {"note": NOTE, "said": SAID},
        )
    assert changed.rowcount == 2
    for before, after in zip(first, what_others_read(players, case), strict=True):
        assert after.splitlines() == before.splitlines()
    with players.as_officer() as browser:
        assert visible(browser.get(case.path).text).count("quite different") == 2
