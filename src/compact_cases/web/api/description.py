"""What all calls of the API share: their description at ``/api/openapi.json``, and one kind of refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from litestar import Request, Response, Router
from litestar.datastructures import ResponseHeader
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    OpenAPIMediaType,
    Operation,
    RequestBody,
    SecurityRequirement,
    SecurityScheme,
)

from compact_cases.rules.concern import Problem
from compact_cases.rules.permissions import Permission
from compact_cases.web.frame.errors import failed
from compact_cases.web.frame.takes import Takes

VERSION = "1.0"
BEARER: list[SecurityRequirement] = [{"bearer": []}]
"""For a call that needs an officer's token: ``security=BEARER``."""
ETAG = ResponseHeader(name="ETag", documentation_only=True, description="The version of the case.")
ANSWERS = {
    400: "The body is not JSON that we can read.",
    401: "No token, or one that is not ours.",
    403: "The token's owner may not do this.",
    404: "There is no such thing, or it is not yours to see.",
    409: "The case has changed since the version in If-Match; `errors` says what is new.",
    410: "The database was restored since the answer that `after` is from: begin again without it.",
    413: "The body is larger than we take.",
    422: "The rules say no, or fields are wrong: `errors` names every one.",
    428: "If-Match is missing.",
    429: "Too many tries from one address.",
    503: "The database is away or busy, or too many ask at once: `Retry-After` says when to try again.",
}


class FieldProblem(TypedDict):
    field: str
    detail: str


class ProblemDocument(TypedDict):
    """RFC 9457, with every field's error."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[FieldProblem]]


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """How a call describes the refusals it may answer with; that we cannot answer now, any of them may."""
    return {
        status: ResponseSpec(
            ProblemDocument,
            description=ANSWERS[status],
            media_type="application/problem+json",
            generate_examples=False,
        )
        for status in (*statuses, 503)
    }


@dataclass
class TakesNothing(Operation):
    """A call without a body. Litestar describes a refusal for it, in a form of its own, that never comes."""

    def __post_init__(self) -> None:
        (self.responses or {}).pop("400", None)


def takes_json(takes: Takes) -> type[Operation]:
    """The description of a call whose body is read by ``takes``."""
    schema: Any = takes.schema()

    @dataclass
    class TakesJson(Operation):
        def __post_init__(self) -> None:
            content = {"application/json": OpenAPIMediaType(schema=schema)}
            self.request_body = RequestBody(content=content, required="required" in schema)

    return TakesJson


def refusal(request: Request[Any, Any, Any], found: Sequence[Problem]) -> Response[Any]:
    """422 with every field's error."""
    fields = [{"field": one.field, "detail": one.sentence} for one in found]
    return failed(request, 422, found[0].sentence, fields=fields)


def openapi_config(office: str) -> OpenAPIConfig:
    return OpenAPIConfig(
        title=f"{office}: cases",
        version=VERSION,
        description=(
            "Raise a concern about an undertaking of the Compact, and follow its case. "
            "Errors are application/problem+json, with every field's error under `errors`."
        ),
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", description="An officer's token")
            }
        ),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        openapi_router=Router(
            "/api",
            route_handlers=[],
            include_in_schema=False,
            opt={"permission": Permission.PUBLIC},
            after_request=_no_such_call,
        ),
    )


def _no_such_call(response: Response[Any]) -> Response[Any]:
    """Litestar answers unknown addresses beside the description with a page of its own; ours is a problem."""
    if response.status_code == 404:
        raise NotFoundException
    return response
