"""Whatever is sent to the API, no call ends in a fault: by its description, then by bodies of all kinds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from compact_cases.clock import HandClock
from compact_cases.office.accounts import accounts
from compact_cases.office.premises import open_premises
from compact_cases.parts.postgres import Postgres
from compact_cases.settings import Settings
from compact_cases.web.app import all_readers, create_app
from compact_cases.web.cases.acts import addresses
from tests.builders import local
from tests.conftest import OFFICE, SHIPPED, clone_of
from tests.desk import all_declare
from tests.office.staging import Scene, scene

AS_DESCRIBED = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
bounded = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@dataclass
class Counter:
    """An office with a case in each of several stages, and its API with an officer's token."""

    stage: Scene
    app: Litestar
    client: TestClient[Litestar]
    officer: dict[str, str]
    references: list[str] = field(default_factory=list)

    def try_as_described(self, case: Any, headers: dict[str, str]) -> None:
        answer = case.call(headers=headers)
        self.look(answer)
        case.validate_response(answer, checks=AS_DESCRIBED)

    def look(self, answer: Any) -> None:
        """Never a fault; what is refused is refused in a sentence."""
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert "application/problem+json" in str(answer.headers["content-type"])
            assert answer.json()["detail"].endswith((".", "?")), answer.text


@pytest.fixture(scope="module")
def counter(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    folder: Path = tmp_path_factory.mktemp("junk")
    with clone_of(postgres, SHIPPED, "junk") as url:
        settings = Settings(environment="development", database_url=url, data_dir=folder, office=OFFICE)
        clock = HandClock(local("2026-02-23 10:00"))
        stage = scene(open_premises(settings, pool=4, clock=clock), clock)
        app = create_app(settings, premises=stage.premises)
        token = accounts.add_token(stage.premises, "morgan@office.example", "junk")
        with TestClient(app, raise_server_exceptions=False) as client:
            yield Counter(stage, app, client, {"Authorization": f"Bearer {token}"}, some_cases(stage))


def some_cases(stage: Scene) -> list[str]:
    """Just received, put to the respondent, replied, released, decided."""
    rows = [stage.raised() for _ in range(5)]
    for row in rows[1:]:
        stage.accept(row.reference)
    for row in rows[2:]:
        stage.reply(row)
    for row in rows[3:]:
        stage.release(row.reference)
    stage.decide(rows[4])
    all_declare(stage.premises)
    return [row.reference for row in rows]


def test_every_answer_is_one_of_those_described(counter: Counter) -> None:
    """To arguments as they are described, and to wrong ones where not every text will do."""
    description = schemathesis.openapi.from_asgi("/api/openapi.json", counter.app)
    calls = [found.ok() for found in description.get_all_operations() if isinstance(found, Ok)]
    assert {call.path for call in calls} >= {f"/api/cases/{{ref}}/{act}" for act in FIELDS}
    for call in calls:
        try_call(counter, call.as_strategy())
        if call.path in ("/api/cases", "/api/events"):
            try_call(counter, call.as_strategy(generation_mode=GenerationMode.NEGATIVE))


WHOLE_WAY: dict[str, dict[str, Any]] = {
    "acknowledgement": {"restated": "You say so.", "wording": "It was too short."},
    "reply": {"answers": [{"clause": "community-groups/5.3", "answer": "accept"}], "signed": "Ann Lee"},
    "release": {"looked": True},
    "decision": {"decision": "settled", "words": "Thank you."},
    "closing": {"outcome": "resolved early", "summary": "They accepted it."},
}


def test_what_is_done_is_answered_as_described(counter: Counter) -> None:
    description = schemathesis.openapi.from_asgi("/api/openapi.json", counter.app)

    def call(method: str, path: str, body: Any = NOT_SET, seen: str = "", **where: str) -> Any:
        case = description[path][method].Case(path_parameters=where, body=body)
        headers = {**counter.officer, "If-Match": seen}
        all_declare(counter.stage.premises)
        answer = case.call_and_validate(headers=headers, checks=AS_DESCRIBED)
        assert answer.status_code in (200, 201), answer.text
        return answer

    raised = {
        "respondents": [{"body": str(counter.stage.council)}],
        "account": "Eight days.",
        "clauses": [{"clause": "community-groups/5.3"}],
        "confidentiality": "anonymous",
    }
    (ref,) = call("POST", "/api/concerns", raised).json()["cases"]
    for act, body in WHOLE_WAY.items():
        seen = call("GET", "/api/cases/{ref}", ref=ref).headers["etag"][0]
        call("POST", f"/api/cases/{{ref}}/{act}", body, seen, ref=ref)
    for part in ("", "/events", "/obligations", "/letters"):
        call("GET", f"/api/cases/{{ref}}{part}", ref=ref)
    for path in ("/api/cases", "/api/events", "/api/codes"):
        call("GET", path)
    call("GET", "/api/codes/{slug}", slug="community-groups")
    call("GET", "/api/codes/{slug}/{number}", slug="community-groups", number="5.3")


def try_call(counter: Counter, cases: st.SearchStrategy[Any]) -> None:
    @given(case=cases, ref=st.sampled_from(counter.references))
    @bounded
    def tried(case: Any, ref: str) -> None:
        counter.try_as_described(case, counter.officer)
        counter.try_as_described(case, {"Authorization": "Bearer nobody's"})
        if "ref" in case.path_parameters:
            case.path_parameters["ref"] = ref
            seen = counter.client.get(f"/api/cases/{ref}", headers=counter.officer).headers["etag"]
            for version in (seen, '"1"'):
                counter.try_as_described(case, {**counter.officer, "If-Match": version})

    tried()


# --- bodies, which the description leaves open ------------------------------------------------------------

WORDS = st.one_of(
    st.text(st.characters(exclude_categories=[]), max_size=30),  # lone surrogates and NUL are among them
    st.sampled_from(
        ["", " ", "\x00", "\ud800", "a" * 20_000, "community-groups/5.3", "5.3", "community-groups/9.99"]
    ),
    st.sampled_from(["accept", "decline", "settled", "in-part", "supporting", "resolved early", "close"]),
    st.sampled_from(
        ["2026-05-05", "0001-01-01", "9999-12-31", "2026-W10-1", "00000000-0000-0000-0000-000000000000"]
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=6,
)
FIELDS = {
    name: tuple(dict.fromkeys(one.partition(".")[0] for one in takes.names()))
    for name, (_, takes) in addresses(all_readers()).items()
}
RAISED = ("raiser", "respondents", "account", "confidentiality", "when", "closes_on", "clauses", "tried")
RAISER = ("name", "kind", "area", "person", "role", "email", "phone", "post")


def bodies(names: tuple[str, ...], value: st.SearchStrategy[Any] = VALUES) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, value))


ANSWERS = st.lists(bodies(("clause", "answer", "words"), WORDS), max_size=3)
CONCERNS = st.one_of(
    bodies((*RAISED, "remedies", "adjustments", "nonsense")),
    st.fixed_dictionaries(
        {
            "raiser": st.one_of(st.none(), bodies(RAISER, WORDS)),
            "respondents": st.lists(bodies(("body", "name", "sector"), WORDS), max_size=2),
            "account": WORDS,
        },
        optional={
            "clauses": st.lists(bodies(("clause", "role", "code", "paragraph"), WORDS), max_size=2),
            "confidentiality": st.sampled_from(["open", "confidential", "anonymous", "secret"]),
            "closes_on": WORDS,
            "remedies": st.lists(WORDS, max_size=2),
            "when": WORDS,
            "tried": WORDS,
        },
    ),
)


def sent_as(body: Any) -> bytes:
    return json.dumps(body).encode()


@pytest.mark.parametrize("resource", FIELDS)
@given(data=st.data())
@bounded
def test_no_body_of_a_command_ends_in_a_fault(counter: Counter, resource: str, data: st.DataObject) -> None:
    known = bodies(FIELDS[resource], st.one_of(WORDS, st.just(True), ANSWERS))
    body = data.draw(st.one_of(known, bodies((*FIELDS[resource], "nonsense")), VALUES))
    ref = data.draw(st.sampled_from(counter.references))
    seen = counter.client.get(f"/api/cases/{ref}", headers=counter.officer).headers["etag"]
    counter.look(
        counter.client.post(
            f"/api/cases/{ref}/{resource}",
            content=sent_as(body),
            headers={**counter.officer, "If-Match": seen},
        )
    )


@given(body=st.one_of(CONCERNS, VALUES))
@bounded
def test_no_concern_ends_in_a_fault(counter: Counter, body: Any) -> None:
    counter.look(counter.client.post("/api/concerns", content=sent_as(body), headers=counter.officer))


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"account": ' + b"9" * 5000 + b"}",
        b"\xff",
        b"NaN",
        b'{"a": 1, "a": 2}',
        b'{"\\ud800": 1}',
    ],
    ids=["deep", "a long number", "not UTF-8", "NaN", "twice", "half a character in a name"],
)
def test_what_is_hardly_json_is_refused_in_a_sentence(counter: Counter, body: bytes) -> None:
    answer = counter.client.post("/api/concerns", content=body, headers=counter.officer)
    counter.look(answer)
    assert answer.status_code in (400, 422)
