"""The door of every route: where a request comes from, who asks, what the route permits, the form's token."""

import hashlib
import hmac
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

import psycopg
from litestar import Request
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Scope
from litestar.utils.scope.state import ScopeState
from sqlalchemy.exc import SQLAlchemyError

from compact_cases.office.accounts import sessions
from compact_cases.office.casework import first_look, in_charge
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import new_secret
from compact_cases.parts.revisions import WrongSchema
from compact_cases.rules.permissions import NOBODY, Permission, Visitor, may_enter
from compact_cases.rules.seats import Seat
from compact_cases.web.frame import ended
from compact_cases.web.frame.errors import NOT_YOURS, Failure, PartyNeeded, SignInNeeded, Undeclared
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.threads import TooBusy

Found = TypeVar("Found")
READING = ("GET", "HEAD", "OPTIONS")
MOST_FIELDS = 1000
STAFF_DOORS = {
    Permission.STAFF,
    Permission.OFFICER,
    Permission.OVERDUE,
    Permission.REGISTER,
    Permission.TOKEN,
    Permission.TOKEN_OR_CHAIR,
}
FORM = "application/x-www-form-urlencoded"

ELSEWHERE = "This came from another site, so we did nothing with it. Open our page and send it from there."
BROKEN_FORM = "What was sent is broken or incomplete. Go back, and send it again."
TOO_MANY_FIELDS = "This form has more fields than any of ours. Go back, and send it again."


async def door(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Runs before anything of the body is read, but what somebody sends whose session is over. Raises
    SignInNeeded, PartyNeeded, Failure, Undeclared, or what is said to whoever was in until a while ago."""
    state = connection.scope["state"]
    state["visitor"], state["csrf_token"] = NOBODY, ""
    if "\x00" in connection.scope["path"] or b"%00" in connection.scope["query_string"]:
        raise Failure(404, "There is no such page. Check the address.")
    method = str(connection.scope.get("method", ""))
    if method == "OPTIONS":
        return
    premises: Premises = connection.app.state.premises
    asks_api = connection.scope["path"].startswith("/api")
    if not asks_api and method not in READING:
        check_origin(connection)
    visitor = await (_bearer(connection, premises) if asks_api else _session(connection, premises))
    if visitor.seat is Seat.CHAIR and "ref" in connection.path_params:
        visitor = await looked_up(
            connection, in_charge.in_this_case, premises, visitor, connection.path_params["ref"]
        )
    state["visitor"] = visitor
    if handler.opt.get("starts_session") and not state["csrf_token"]:
        _hold_to_form_cookie(connection, premises)
    permission = permission_of(handler)
    if may_enter(visitor, permission):
        await _ask_first(connection, handler, premises, visitor)
        return
    if visitor is NOBODY and not asks_api:
        await _who_was_in(connection, handler, premises)
    if visitor is NOBODY and permission in STAFF_DOORS:
        raise SignInNeeded
    if visitor is NOBODY and permission in (Permission.PARTY_OR_OFFICER, Permission.ROOM):
        raise PartyNeeded
    raise Failure(403, NOT_YOURS if permission not in STAFF_DOORS else "Your role does not open this page.")


async def _ask_first(
    connection: Any,
    handler: BaseRouteHandler,
    premises: Premises,
    visitor: Visitor,
) -> None:
    """An officer says that they have no conflict of interest in a case before any address of it opens, but
    for those on which they say so."""
    ref = connection.path_params.get("ref")
    if ref is None or not visitor.is_to_declare or handler.opt.get("before_declaring"):
        return
    if asked := await looked_up(connection, first_look.question, premises, visitor, ref):
        if connection.method not in READING and connection.content_type[0] == FORM:
            await _read_form(connection)  # what was typed is given back
        raise Undeclared(asked)


def permission_of(handler: BaseRouteHandler) -> Permission:
    """What the route declares with ``opt={"permission": ...}``; a route without one does not open at all."""
    if (declared := handler.opt.get("permission")) is None:
        raise ImproperlyConfiguredException(f"{handler} declares no permission")
    return Permission(declared)


def check_origin(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Refuse what another site sends. A browser that says nothing of itself is held to the form's token.

    With ``Referrer-Policy: no-referrer`` a browser sends ``Origin: null`` for its own forms, so that word
    alone proves nothing; ``Sec-Fetch-Site``, where it is sent, does.
    """
    headers = connection.headers
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise Failure(403, ELSEWHERE)
        return
    origin = headers.get("origin")
    if origin not in (None, "null") and _host_of(origin) != headers.get("host"):
        raise Failure(403, ELSEWHERE)


def _host_of(origin: str) -> str | None:
    """None for what is no address at all, such as ``http://[::1``."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def shown_without_origin(request: Request[Any, Any, Any]) -> bool:
    """The browser hides where its form comes from; forms that start a session then need a second proof."""
    return request.headers.get("sec-fetch-site") is None and request.headers.get("origin") == "null"


async def check_form(request: Request[Any, Any, Any]) -> None:
    """Before each handler: read a form within bounds, and hold it to the session's token."""
    if request.method in READING or request.scope["path"].startswith("/api"):
        return
    sent = await _read_form(request)
    expected = request.scope["state"]["csrf_token"]
    given = sent.get("csrf_token") or request.headers.get("x-csrf-token", "")
    visitor = request.scope["state"]["visitor"]
    if visitor is NOBODY and not shown_without_origin(request):
        return
    # What stands behind a secret is no session's: one that began or ended meanwhile refuses no answer.
    if expected and "secret" not in request.path_params and not _is(given, expected):
        premises: Premises = request.app.state.premises
        await ended.old_page(request, visitor, sent, lambda secret: _is(given, form_token(premises, secret)))
    request.scope["state"]["kept"] = sent.get("kept")


def _is(given: object, expected: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), expected.encode())


async def _who_was_in(connection: Any, handler: BaseRouteHandler, premises: Premises) -> None:
    """Nobody passes this door; perhaps somebody could until a while ago, and wrote meanwhile."""
    token = connection.cookies.get(session_cookie(premises))
    was = await looked_up(connection, sessions.find_ended, premises, token) if token else None
    sent: dict[str, Any] = {}
    if connection.method not in READING and connection.content_type[0] == FORM:
        sent = await _read_form(connection)
    given = sent.get("csrf_token")
    await ended.nobody_is_in(
        connection, handler, sent, was, lambda secret: _is(given, form_token(premises, secret))
    )


async def _read_form(request: Request[Any, Any, Any]) -> Any:
    """Parsed here: Litestar's own reading has no bound on fields and keeps what it read in a cache."""
    if request.content_type[0] != FORM:
        return await request.form()
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        raise Failure(400, BROKEN_FORM) from None
    except ValueError:
        raise Failure(413, TOO_MANY_FIELDS) from None
    fields: dict[str, Any] = {}
    for name, value in pairs:
        if name in fields:
            earlier = fields[name]
            fields[name] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
        else:
            fields[name] = value
    ScopeState.from_scope(request.scope).form = fields
    return fields


async def looked_up(connection: Any, question: Callable[..., Found], *words: Any) -> Found:
    """What is asked before the body is read. Where it cannot be, a form is read all the same, so that the
    answer can give back what was typed. Raises what it raises, and TooBusy."""
    try:
        return await sync_to_thread(question, *words)
    except (SQLAlchemyError, psycopg.Error, TooBusy, WrongSchema):
        if connection.method not in READING and connection.content_type[0] == FORM:
            with suppress(Failure):
                await _read_form(connection)
        raise


def form_token(premises: Premises, secret: str) -> str:
    """The hidden field's value, bound to a session (its ``csrf_secret``) or to a cookie of the form."""
    key = premises.settings.secret_key.encode()
    return hmac.new(key, b"form:" + secret.encode(), hashlib.sha256).hexdigest()


def session_cookie(premises: Premises) -> str:
    return _cookie_name(premises, "session")


def _cookie_name(premises: Premises, name: str) -> str:
    """``__Host-`` binds the cookie to this host and to https; plain http cannot set such a name."""
    return f"__Host-{name}" if premises.settings.base_url.startswith("https://") else name


def _hold_to_form_cookie(connection: ASGIConnection[Any, Any, Any, Any], premises: Premises) -> None:
    """A form that starts a session is bound to a cookie of its own, as there is no session yet to bind to."""
    name = _cookie_name(premises, "form")
    secret = connection.cookies.get(name)
    if not secret:
        secret = new_secret()
        secure = premises.settings.base_url.startswith("https://")
        cookie = Cookie(name, value=secret, httponly=True, samesite="lax", secure=secure)
        connection.scope["state"]["new_cookie"] = cookie.to_encoded_header()
    connection.scope["state"]["csrf_token"] = form_token(premises, secret)


async def _session(connection: ASGIConnection[Any, Any, Any, Any], premises: Premises) -> Visitor:
    token = connection.cookies.get(session_cookie(premises))
    if not token:
        return NOBODY
    found = await looked_up(connection, sessions.find_session, premises, token, _ref(connection))
    if found is None:
        return NOBODY
    state = connection.scope["state"]
    state["csrf_token"] = form_token(premises, found.csrf_secret)
    state["open_until"] = found.open_until
    if found.has_unsent:
        state["unsent"] = await ended.waiting_for(premises, found.visitor)
    return found.visitor


async def _bearer(connection: ASGIConnection[Any, Any, Any, Any], premises: Premises) -> Visitor:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        return NOBODY
    visitor = await looked_up(connection, sessions.find_bearer, premises, token.strip(), _ref(connection))
    if visitor is None:
        raise SignInNeeded
    return visitor


def _ref(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The case that is asked for; empty for other addresses."""
    return str(connection.path_params.get("ref", ""))


def premises_of(scope: Scope) -> Premises:
    """Those of the application that was asked."""
    premises: Premises = scope["litestar_app"].state.premises
    return premises


async def visitor_of(request: Request[Any, Any, Any], premises: NamedDependency[Premises]) -> Visitor:
    """Asks for ``premises`` only to come after it: Litestar gives dependencies of one rank a task each, which
    takes ten times as long as all that they do."""
    visitor: Visitor = request.scope["state"]["visitor"]
    return visitor


async def form_of(request: Request[Any, Any, Any], visitor: NamedDependency[Visitor]) -> Form:
    """What a form sent, for a handler's ``form``; empty for a page that is only opened. Comes last."""
    sent = ScopeState.from_scope(request.scope).form
    typed = sent if isinstance(sent, dict) else {}
    return Form({name: value for name, value in typed.items() if isinstance(value, str | list)})
