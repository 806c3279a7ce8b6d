"""One line for each request, without anything personal: no query, no secret of a path, no plain address."""

import hashlib
import hmac
import re
import secrets
from typing import Any

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from compact_cases.clock import machine_seconds
from compact_cases.office.premises import Premises
from compact_cases.rules.references import normalise
from compact_cases.web.frame.log_lines import log

SECRET_PARAMETERS = {"secret", "token", "code"}
CLIENT_LEFT = 499  # as nginx writes it; it is sent to nobody
_KEY = secrets.token_bytes(32)
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


class ClientLeft(Exception):
    """Whoever asked has gone before all of the request was here; nobody reads what we say."""


class AccessLog:
    """Wraps the application: logs each answer with its time, and answers HEAD as GET without its body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        asked, method, started, status = scope["path"], str(scope["method"]), machine_seconds(), 0
        waits, left = any(name == b"expect" for name, _ in scope["headers"]), False
        if method == "HEAD":  # in a scope of our own: the server looks into its own whether a body follows
            scope = {**scope, "method": HttpMethod.GET}

        async def noting_receive() -> Any:
            nonlocal waits, left
            message = await receive()
            waits = False  # the server has told them to go on
            if left := message["type"] == "http.disconnect":
                raise ClientLeft
            return message

        async def noting_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if waits:  # whatever they send next could as well be the body that we did not ask for
                    message["headers"] = [*message["headers"], (b"connection", b"close")]
            elif message["type"] == "http.response.body" and method == "HEAD":
                message["body"] = b""
            await send(message)

        try:
            await self._app(scope, noting_receive, noting_send)
        finally:
            premises = scope["litestar_app"].state.premises
            log.info(
                "request",
                method=method,
                path=shown_path(dict(scope), asked),
                status=CLIENT_LEFT if left else status or 500,
                ms=round((machine_seconds() - started) * 1000, 1),
                client=client_of_the_day(premises, address_of(dict(scope)), _case_of(premises, dict(scope))),
            )


def shown_path(scope: dict[str, Any], asked: str) -> str:
    """The route with its parameters filled in, secrets masked; ``-`` for a path that is none of ours."""
    template: str | None = scope.get("path_template")
    if not template:
        return "-"
    if template in ("/static", "/"):
        return asked if template == "/" else "/static"
    values = scope.get("path_params", {})

    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        text = "…" if name in SECRET_PARAMETERS and _is_secret(template, name) else str(values.get(name, "…"))
        return text if len(text) <= 60 else "…"

    return _PARAMETER.sub(fill, template)


def _is_secret(template: str, name: str) -> bool:
    """A ``{code}`` under ``/codes`` is the name of a Code of Practice, not a return code."""
    return name != "code" or "/codes" not in template


def address_of(scope: dict[str, Any]) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


def client_of_the_day(premises: Premises, address: str, case: str = "") -> str:
    """The same for one address and one case through one day, and of no use on the next.

    Another for each case, so that nobody's cases stand together by it; and the key is this process's own, for
    whoever has the secret key could try every address there is.
    """
    words = f"{premises.clock.today().isoformat()}:{case}:{address}"
    return hmac.new(_KEY, words.encode(), hashlib.sha256).hexdigest()[:12]


def _case_of(premises: Premises, scope: dict[str, Any]) -> str:
    """The case that the path names, however it is spelled; as it was asked for where it is none."""
    asked = str(scope.get("path_params", {}).get("ref", ""))
    return normalise(asked, premises.settings.office.prefix) or asked
