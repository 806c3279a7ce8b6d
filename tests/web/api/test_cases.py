"""The API end to end on real PostgreSQL: raise, read, act, conflicts, idempotency, every error."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from compact_cases.clock import HandClock
from compact_cases.office.accounts import accounts
from compact_cases.office.casework import reminders
from compact_cases.office.premises import open_premises
from compact_cases.records import restores
from compact_cases.settings import Settings
from tests.builders import local
from tests.desk import application, before_a_case
from tests.office.staging import Scene, scene

Client = TestClient[Litestar]
ACCOUNT = "The questionnaire came out on a Thursday and was wanted back in eight days."


@pytest.fixture
def stage(settings: Settings) -> Iterator[Scene]:
    clock = HandClock(local("2026-02-23 10:00"))
    premises = open_premises(settings, pool=4, clock=clock)
    yield scene(premises, clock)
    premises.engine.dispose()


@pytest.fixture
def client(stage: Scene) -> Iterator[Client]:
    with TestClient(application(stage.premises)) as client:
        before_a_case(client, stage.premises)
        yield client


@pytest.fixture
def officer(stage: Scene, client: Client) -> dict[str, str]:
    return {"Authorization": f"Bearer {accounts.add_token(stage.premises, 'morgan@office.example', 'test')}"}


def concern(stage: Scene, **changes: object) -> dict[str, Any]:
    body: dict[str, Any] = {
        "raiser": {
            "name": "Elmfield Tenants",
            "kind": "community-group",
            "person": "Sue Barlow",
            "email": "sue@elmfield.example",
        },
        "respondents": [{"body": str(stage.council)}],
        "account": ACCOUNT,
        "clauses": [{"clause": "community-groups/5.3"}, {"clause": "8.2", "role": "supporting"}],
    }
    body["clauses"][1]["clause"] = "community-groups/8.2"
    return body | changes


def test_a_concern_goes_all_the_way_by_api(stage: Scene, client: Client, officer: dict[str, str]) -> None:
    raised = client.post("/api/concerns", json=concern(stage))
    assert raised.status_code == 201, raised.text
    (ref,) = raised.json()["cases"]
    assert len(raised.json()["return_code"].replace("-", "").replace(" ", "")) == 16

    def act(resource: str, **body: object) -> None:
        seen = client.get(f"/api/cases/{ref}", headers=officer).headers["etag"]
        answer = client.post(f"/api/cases/{ref}/{resource}", json=body, headers=officer | {"If-Match": seen})
        assert answer.status_code == 200, answer.text

    act("acknowledgement", decision="accept", restated="You say it was too short.", wording="A group says …")
    answers = [{"clause": "community-groups/5.3", "answer": "accept"}]
    act("reply", answers=answers, offer="Two weeks.", signed="Ann Lee")
    act("release", looked=True)
    act("decision", decision="settled")
    act("closing", outcome="resolved early", summary="Two more weeks were given.")

    case = client.get(f"/api/cases/{ref.lower().replace('-', ' ')}", headers=officer).json()
    assert (case["stage"], case["outcome"]) == ("closed", "resolved early")
    events = client.get(f"/api/cases/{ref}/events", headers=officer).json()["events"]
    assert [one["position"] for one in events] == list(range(1, len(events) + 1))
    letters = client.get(f"/api/cases/{ref}/letters", headers=officer).json()["letters"]
    assert {"receipt", "notice", "closed"} <= {one["notice"] for one in letters}
    assert {one["state"] for one in letters} == {"waiting"}
    page = client.get("/api/events?limit=3", headers=officer).json()
    assert page["events"][0]["type"] == "compact-cases.concern-received"
    rest = client.get(f"/api/events?after={page['next']}", headers=officer).json()
    assert len(page["events"]) + len(rest["events"]) == len(events)
    assert client.get(f"/api/events?after={rest['next']}", headers=officer).json()["events"] == []


def test_obligations_come_with_their_proof(stage: Scene, client: Client, officer: dict[str, str]) -> None:
    (ref,) = client.post("/api/concerns", json=concern(stage)).json()["cases"]
    (owed,) = client.get(f"/api/cases/{ref}/obligations", headers=officer).json()["obligations"]
    assert (owed["name"], owed["due"], owed["paused"]) == ("acknowledge", "2026-03-02", False)
    assert [day["counts"] for day in owed["proof"]] == [0, 1, 2, 3, 4, None, None, 5]


def test_the_list_pages_and_filters(stage: Scene, client: Client, officer: dict[str, str]) -> None:
    for _ in range(3):
        client.post("/api/concerns", json=concern(stage), headers=officer)
    first = client.get("/api/cases?limit=2", headers=officer).json()
    assert len(first["cases"]) == 2
    second = client.get("/api/cases", params={"limit": 2, "after": first["next"]}, headers=officer).json()
    assert len(second["cases"]) == 1
    assert second["next"] is None
    found = client.get("/api/cases?q=questionnaire+thurs&clause=community-groups/5.3", headers=officer)
    assert len(found.json()["cases"]) == 3
    assert client.get("/api/cases?stage=closed", headers=officer).json()["cases"] == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"overdu": "true"}, "overdu"),
        ({"stage": "early"}, "stage"),
        ({"after": "zzz"}, "after"),
        ({"after": "2026-03-09~GC-2026-0001", "stage": "closed"}, "after"),
    ],
)
def test_a_filter_or_a_place_that_is_none_is_not_the_whole_list(
    client: Client, officer: dict[str, str], asked: dict[str, str], field: str
) -> None:
    answer = client.get("/api/cases", params=asked, headers=officer)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("path", ["", "/GC-2026-0001", "/GC-2026-0001/events", "/GC-2026-0001/letters"])
def test_cases_are_for_officers_with_a_token(client: Client, path: str) -> None:
    answer = client.get(f"/api/cases{path}")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_stale_version_is_told_what_is_new(stage: Scene, client: Client, officer: dict[str, str]) -> None:
    (ref,) = client.post("/api/concerns", json=concern(stage)).json()["cases"]
    path: str = f"/api/cases/{ref}/assignment"
    body: dict[str, str] = {}
    assert client.post(path, json=body, headers=officer).status_code == 428
    assert client.post(path, json=body, headers=officer | {"If-Match": '"x"'}).status_code == 422
    seen = client.get(f"/api/cases/{ref}", headers=officer).headers["etag"]
    assert client.post(path, json=body, headers=officer | {"If-Match": seen}).status_code == 200
    stale = client.post(
        f"/api/cases/{ref}/withdrawal", json={"sure": True}, headers=officer | {"If-Match": seen}
    )
    assert stale.status_code == 409
    assert "officer-assigned" in stale.json()["errors"][0]["detail"]


def test_a_refusal_is_a_sentence(stage: Scene, client: Client, officer: dict[str, str]) -> None:
    (ref,) = client.post("/api/concerns", json=concern(stage)).json()["cases"]
    headers = officer | {"If-Match": client.get(f"/api/cases/{ref}", headers=officer).headers["etag"]}
    answer = client.post(f"/api/cases/{ref}/closing", json={"outcome": "x", "summary": "y"}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["detail"] == "This case cannot be closed yet, because something is still open in it."
    answer = client.post(f"/api/cases/{ref}/question", json={"qestion": "Which?"}, headers=headers)
    assert answer.json()["errors"] == [
        {"field": "question", "detail": "Please write the question for the raiser."},
        {"field": "qestion", "detail": "“qestion” is not a field of this call."},
    ]
    assert client.post(f"/api/cases/{ref}/nonsense", json={}, headers=headers).status_code == 404


def test_every_wrong_field_is_named_at_once_and_nothing_is_stored(stage: Scene, client: Client) -> None:
    wrong = concern(
        stage,
        account="",
        closes_on="soon",
        respondents=[{"name": ""}],
        raiser={"name": "", "kind": "club", "person": 7, "email": "nobody"},
        remedies="apology",
        clauses=[{"clause": "community-groups/99.1"}],
    )
    answer = client.post("/api/concerns", json=wrong)
    assert answer.status_code == 422
    shape = {one["field"] for one in answer.json()["errors"]}
    assert {"closes_on", "raiser.person", "remedies"} <= shape
    right_shape = wrong | {"closes_on": None, "remedies": [], "raiser": wrong["raiser"] | {"person": "Sue"}}
    answer = client.post("/api/concerns", json=right_shape)
    fields = {one["field"] for one in answer.json()["errors"]}
    assert {"account", "raiser.name", "raiser.kind", "raiser.email", "respondents.0.name"} <= fields
    assert any(one.startswith("clauses") for one in fields)
    assert stage.query("SELECT 1 FROM concerns") == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000])
def test_what_is_no_json_object_is_said(client: Client, body: bytes) -> None:
    answer = client.post("/api/concerns", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"].endswith(".")


def test_the_same_key_answers_the_same_and_another_body_is_refused(stage: Scene, client: Client) -> None:
    key = {"Idempotency-Key": "abc-1"}
    first = client.post("/api/concerns", json=concern(stage), headers=key)
    again = client.post("/api/concerns", json=concern(stage), headers=key)
    assert first.json() == again.json()
    other = client.post("/api/concerns", json=concern(stage, account="Other words."), headers=key)
    assert other.status_code == 422
    assert len(stage.query("SELECT 1 FROM concerns")) == 1


def test_an_anonymous_concern_leaves_the_raiser_out(stage: Scene, client: Client) -> None:
    body = concern(stage, confidentiality="anonymous")
    assert client.post("/api/concerns", json=body).status_code == 422
    del body["raiser"]
    assert client.post("/api/concerns", json=body).status_code == 201


def test_a_cursor_from_before_a_restore_is_told_to_begin_again(
    stage: Scene, client: Client, officer: dict[str, str]
) -> None:
    stage.raised()
    reminders.sweep(stage.premises)  # the service runs
    before = client.get("/api/events", headers=officer).json()["next"]
    with stage.premises.engine.begin() as conn:
        restores.add(conn, "the cluster of now", stage.clock.now())
    answer = client.get(f"/api/events?after={before}", headers=officer)
    assert answer.status_code == 410
    assert "Begin again without “after”" in answer.json()["detail"]
    again = client.get("/api/events", headers=officer).json()
    assert again["events"]
    assert client.get(f"/api/events?after={again['next']}", headers=officer).json()["events"] == []


def test_the_list_says_what_an_officer_must_see_at_once(
    stage: Scene, client: Client, officer: dict[str, str]
) -> None:
    told = {"closes_on": "2026-02-25", "adjustments": "Large print."}
    assert client.post("/api/concerns", json=concern(stage, **told)).status_code == 201
    (listed,) = client.get("/api/cases", headers=officer).json()["cases"]
    assert (listed["closes_on"], listed["first_due"]) == ("2026-02-25", "2026-02-24")
    assert (listed["tags"], listed["raised_for"]) == (["fast-track", "adjustment"], None)


def test_the_list_is_asked_and_answered_in_words(
    stage: Scene, client: Client, officer: dict[str, str]
) -> None:
    assert client.post("/api/concerns", json=concern(stage)).status_code == 201
    reference = client.get("/api/cases", headers=officer).json()["cases"][0]["reference"]
    by_words = {"q": reference.replace("-", "–").replace("00", ""), "clause": "Community Groups 5.3"}
    for asked in ({"q": "sue@elmfield.example"}, {"q": "Sue Barlow"}, by_words):
        answer = client.get("/api/cases", params=asked, headers=officer).json()
        assert [one["reference"] for one in answer["cases"]] == [reference]
    assert answer["in_words"].startswith("1 open case citing Community Groups 5.3, with “GC–2026–")
    nothing = client.get("/api/cases", params={"q": "%"}, headers=officer).json()
    assert (nothing["cases"], nothing["in_words"]) == ([], "No open case with “%”.")
