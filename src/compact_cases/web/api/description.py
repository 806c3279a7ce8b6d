"""What all calls of the API share: their description at ``/api/openapi.json``, and one kind of refusal."""

from typing import Any

from litestar import Response, Router
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityRequirement, SecurityScheme

from compact_cases.rules.permissions import Permission
from compact_cases.settings import Settings

VERSION = "1.0"
BEARER: list[SecurityRequirement] = [{"bearer": []}]
"""For a call that needs an officer's token: ``security=BEARER``."""


def openapi_config(settings: Settings) -> OpenAPIConfig:
    return OpenAPIConfig(
        title=f"{settings.office.name}: cases",
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
