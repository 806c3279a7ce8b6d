"""After what an officer does outside a case, a line says that it was done; nothing else puts one there."""

import re
from pathlib import Path

import compact_cases.web
from compact_cases.web.frame.done import LINES
from tests.web.case_players import Players, visible

SAYS_SO = re.compile(r"return done\(.*, (.+)\)$", re.MULTILINE)


def test_every_line_is_said_somewhere_and_every_word_has_a_line() -> None:
    pages = Path(compact_cases.web.__file__).parent.rglob("*.py")
    texts = [page.read_text(encoding="utf-8") for page in pages]
    calls = [call for text in texts for call in SAYS_SO.findall(text)]
    by_address = {word for text in texts for word in re.findall(r"\?done=([a-z-]+)", text)}
    assert {word for call in calls for word in re.findall('"([a-z-]+)"', call)} | by_address == set(LINES)


def test_an_address_with_another_word_says_nothing(players: Players) -> None:
    with players.as_officer() as browser:
        assert LINES["task-done"] in visible(browser.get("/office?done=task-done").text)
        assert 'class="panel done said"' not in browser.get("/office?done=<b>x</b>").text


def test_each_act_leads_to_its_line(players: Players) -> None:
    new = {"name": "Kim New", "email": "kim@office.example", "role": "officer"}
    with players.as_officer() as browser:
        page = browser.get("/office/people/new").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        answer = browser.post("/office/people", data={"csrf_token": token, **new})
        assert answer.headers["location"] == "/office/people?done=member-added"
        assert LINES["member-added"] in visible(browser.get(answer.headers["location"]).text)
