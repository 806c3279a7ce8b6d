"""An agreement by calls alone, as docs/api.md says them: written, answered, done, disputed, confirmed."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from tests.builders import local
from tests.web.case_players import WAY_IN, PlayedCase, Players

Call = Callable[..., Any]
TERMS = [
    {
        "side": "respondent",
        "what": "Ask again, for six weeks.",
        "by": "2026-05-06",
        "known_by": "It stands on the website.",
        "clause": WAY_IN,
    },
    {"side": "raiser", "what": "Send the dates.", "by": "2026-04-20", "known_by": "The list has come."},
]


@pytest.fixture
def call(players: Players) -> Iterator[Call]:
    token = accounts.add_token(players.desk.premises, players.officer.email)
    headers = {"authorization": f"Bearer {token}"}
    with players.browser() as browser:

        def call(case: PlayedCase, name: str = "", **sent: Any) -> Any:
            if not name:
                return browser.get(f"/api{case.path}", headers=headers).json()
            seen = {"if-match": f'"{case.row.position}"'}
            return browser.post(f"/api{case.path}/{name}", json=sent, headers=headers | seen)

        yield call


def done(answer: Any) -> None:
    assert answer.status_code == 200, answer.text


def wrong(answer: Any) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    return {one["field"]: one["detail"] for one in answer.json()["errors"]}


def test_a_whole_agreement_by_calls(players: Players, call: Call) -> None:
    case = players.raised().accepted()
    done(call(case, "agreement", terms=TERMS, settles=False))
    for side in ("raiser", "respondent"):
        done(call(case, "acceptance", side=side, answer="yes"))
    for side in ("raiser", "respondent"):
        done(call(case, "reflection", side=side, sure=True))
    shown = call(case)
    assert [one["state"] for one in shown["agreed_actions"]] == ["to-do", "to-do"]
    assert shown["stage"] == "early-resolution"  # something stays open
    done(call(case, "action-done", item="1", proof="It stands there."))
    done(call(case, "action-release", item="1", looked=True))
    done(call(case, "action-disputed", item="1", reason="It does not."))
    done(call(case, "action-release", item="1", looked=True, hidden=["not"]))
    assert call(case)["agreed_actions"][0]["due"] == "2026-03-16"  # ten days from Monday 2 March
    done(call(case, "action-confirmed", item="1"))
    done(call(case, "action-waived", item="2", sure=True))
    assert [one["state"] for one in call(case)["agreed_actions"]] == ["confirmed", "waived"]
    assert call(case)["to_do"] == 0
    players.desk.clock.move(local("2026-06-02 09:00"))
    done(call(case, "check-in", item="3-raiser", answer="It holds."))
    assert call(case)["check_ins"][0]["answer"]["text"] == "It holds."


def test_what_is_wrong_is_said_at_its_field(players: Players, call: Call) -> None:
    case = players.raised().accepted()
    assert set(wrong(call(case, "agreement", terms=[{"side": "raiser"}], settles=True))) == {
        *("terms.0.what", "terms.0.by", "terms.0.known_by"),
    }
    past = [{**TERMS[0], "by": "2026-03-02"}]
    assert "after today" in wrong(call(case, "agreement", terms=past, settles=True))["terms.0.by"]
    done(call(case, "agreement", terms=TERMS, settles=True))
    assert set(wrong(call(case, "acceptance", answer="yes"))) == {"side"}
    refused = call(case, "action-done", item="1", proof="It stands there.")
    assert refused.status_code == 422
    assert "no agreed action to be done" in refused.text
    assert "Nobody is asked" in call(case, "check-in", item="3-raiser", answer="It holds.").text


def test_what_nobody_answers_passes_by_itself(players: Players, call: Call) -> None:
    case = players.raised().accepted()
    done(call(case, "agreement", terms=TERMS, settles=True))
    players.desk.clock.move(local("2026-03-10 08:05"))
    reminders.sweep_until_done(players.desk.premises)
    (one,) = call(case)["agreement"]["answers"]  # the council's days are over, the group has ten
    assert (one["side"], one["answer"]) == ("respondent", "silent")
