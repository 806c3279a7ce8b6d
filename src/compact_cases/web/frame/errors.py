"""Every way a request can fail, as a page or as problem+json: a plain sentence, never a traceback."""

import traceback
from typing import Any

import psycopg
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap
from litestar.utils.scope.state import ScopeState
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from compact_cases.office.casework.first_look import Question
from compact_cases.parts.revisions import WrongSchema
from compact_cases.records.unavailable import LOST, TOO_MANY, why_not
from compact_cases.rules.refusals import NotAllowed, NotFound, OutOfDate, Refused
from compact_cases.web.frame import asked_page
from compact_cases.web.frame.access_log import ClientLeft
from compact_cases.web.frame.log_lines import log
from compact_cases.web.frame.threads import TooBusy

TITLES = {
    400: "We could not read that",
    401: "Please sign in",
    403: "This is not open to you",
    404: "There is no such page",
    405: "This page does not do that",
    409: "This has changed since you opened it",
    410: "This has been sent",
    413: "That is too much at once",
    415: "We could not read that",
    422: "Something needs another look",
    428: "Say which version you have seen",
    429: "Too many tries",
    500: "Something went wrong on our side",
    503: "We cannot do this just now",
}
SENTENCES = {
    400: "What was sent is broken or incomplete. Go back, and send it again.",
    401: "This call needs a token of a member of staff.",
    403: "You may not open this page or do this.",
    404: "Check the address. If you followed a link, it may be old.",
    405: "The address is right, but it cannot be used in this way.",
    413: "What was sent is larger than we take. Please send less text at once.",
    415: "What was sent is of a kind that we cannot read.",
    422: "Part of what was sent cannot be used. Go back and check it.",
    429: "There have been too many tries. Please wait an hour and try again.",
    500: "It is not your fault, and nothing was stored. Please try again in a few minutes.",
}
TRY_AGAIN = "Nothing was stored. Please try again in a minute."
LOOK_FIRST = (
    "If you were sending something, look first whether it is there. If it is not, please send it again."
)
NOT_YOURS = (
    "This page is for the people of a case. Open the link in our letter, or use your return code. "
    "Compact officers sign in first."
)
BEFORE = "An officer says first whether they have a conflict of interest. You are asked once in each case."
DECLARE = (
    "Say first whether you have a conflict of interest in {ref}, between {sides}. If you have none, POST"
    " /api/cases/{ref}/no-conflict; if you have one, POST /api/cases/{ref}/conflict with this ETag."
)
UNSTORABLE = "The text has characters in it that cannot be stored. Please take them out and send it again."


class SignInNeeded(Exception):
    """The page is for members of staff and nobody is signed in."""


class PartyNeeded(Exception):
    """The page is of one case, for its parties and for officers, and nobody we know is asking."""


class Undeclared(Exception):
    """An officer has not said yet whether they have a conflict of interest in the case that they ask for."""

    def __init__(self, asked: Question) -> None:
        super().__init__(asked.reference)
        self.asked = asked


class Failure(Exception):
    """A failure with its own status and sentence, for handlers that want no page of their own."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


class AlreadyDone(Exception):
    """What a stale page asks for is over: who did it, and where to go on."""

    def __init__(self, sentence: str, back: str) -> None:
        super().__init__(sentence)
        self.sentence, self.back = sentence, back


OF_EVERY_FORM = {"csrf_token", "seen", "kept", "opened"}  # nobody types them
OURS = {TooBusy: TOO_MANY, WrongSchema: "This service is being brought to another version."}


def exception_handlers() -> ExceptionHandlersMap:
    return {
        SignInNeeded: _to_sign_in,
        PartyNeeded: _to_a_case,
        Undeclared: _to_the_question,
        Failure: lambda request, failure: failed(request, failure.status, failure.sentence),
        AlreadyDone: lambda request, over: failed(
            request, 409, over.sentence, context={"back": over.back, "title": "This is done already"}
        ),
        OutOfDate: lambda request, refused: failed(request, 409, refused.sentence),
        NotFound: lambda request, refused: failed(request, 404, refused.sentence),
        NotAllowed: lambda request, refused: failed(request, 403, refused.sentence),
        Refused: _refused,
        HTTPException: _http,
        DataError: lambda request, _: failed(request, 422, UNSTORABLE),
        UnicodeEncodeError: lambda request, _: failed(request, 422, UNSTORABLE),
        ClientLeft: lambda request, _: Response(b"", status_code=400),
        DBAPIError: _unavailable,
        psycopg.Error: _unavailable,
        PoolTimeout: _unavailable,
        TooBusy: _unavailable,
        WrongSchema: _unavailable,
        Exception: _fault,
    }


def failed(
    request: Request[Any, Any, Any],
    status: int,
    sentence: str | None = None,
    *,
    fields: list[dict[str, str]] | None = None,
    headers: dict[str, str] | None = None,
    context: dict[str, Any] | None = None,
    template: str = "error.html",
) -> Response[Any]:
    """The page or, under ``/api``, the problem document of a failure."""
    sentence = sentence or SENTENCES.get(status, SENTENCES[400])
    title = TITLES.get(status, TITLES[400])
    if request.scope["path"].startswith("/api"):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
        return Response(
            {**problem, "errors": fields} if fields else problem,
            status_code=status,
            media_type="application/problem+json",
            headers=headers,
        )
    context = {"title": title, **(context or {}), "sentence": sentence, "status": status}
    if request.method != "GET" and not _starts_session(request):
        typed = [(name, one) for name, one in _typed(request) if name not in OF_EVERY_FORM and one.strip()]
        context.setdefault("typed", typed)  # whatever went wrong, nobody has to type it again
    try:
        # Rendered here, so that a fault in the page itself still ends in a plain answer.
        engine = request.app.template_engine
        assert engine is not None  # noqa: S101
        page = engine.get_template(template).render(request=request, **context)
    except Exception as fault:
        note_fault(fault)
        page = (
            f"<!doctype html><html lang=en><title>{title}</title><h1>{title}</h1><p>Please try again later."
        )
    return Response(page, status_code=status, media_type="text/html", headers=headers)


def note_fault(fault: BaseException) -> None:
    """Log where it happened and its kind. Its message may quote what somebody typed, so that is left out."""
    frames = traceback.extract_tb(fault.__traceback__)[-8:]
    where = [f"{frame.filename.rsplit('site-packages/')[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    log.error("fault", kind=type(fault).__name__, where=where)


def _to_sign_in(request: Request[Any, Any, Any], _: SignInNeeded) -> Response[Any]:
    if request.scope["path"].startswith("/api"):
        return failed(request, 401, headers={"WWW-Authenticate": "Bearer"})
    return Redirect("/sign-in", status_code=303, cookies=asked_page.remember(request))


def _to_a_case(request: Request[Any, Any, Any], _: PartyNeeded) -> Response[Any]:
    answer = failed(request, 403, NOT_YOURS, context={"may_sign_in": True})
    for cookie in asked_page.remember(request):
        answer.set_cookie(cookie)
    return answer


def _to_the_question(request: Request[Any, Any, Any], found: Undeclared) -> Response[Any]:
    """In place of whatever of the case was asked for; a page that was to be read is opened after a no."""
    asked = found.asked
    if request.scope["path"].startswith("/api"):
        sentence = DECLARE.format(ref=asked.reference, sides=" and ".join(asked.sides))
        return failed(request, 403, sentence, headers={"ETag": f'"{asked.seen}"'})
    wanted = request.scope["path"] if request.method == "GET" else ""
    query = request.url.query
    context = {
        "title": "Before you open this case",
        "asked": asked,
        "wanted": f"{wanted}?{query}" if wanted and query else wanted,
    }
    return failed(request, 403, BEFORE, context=context, template="handling/first-look.html")


def _refused(request: Request[Any, Any, Any], refused: Refused) -> Response[Any]:
    fields = [{"field": refused.field, "detail": refused.sentence}] if refused.field else None
    return failed(request, 422, refused.sentence, fields=fields)


def _http(request: Request[Any, Any, Any], problem: HTTPException) -> Response[Any]:
    if problem.status_code >= 500:
        note_fault(problem)
    fields = None
    if isinstance(problem.extra, list):
        found = [item for item in problem.extra if isinstance(item, dict)]
        fields = [
            {"field": str(item.get("key", "")), "detail": str(item.get("message", ""))} for item in found
        ] or None
    status = 422 if fields else problem.status_code
    return failed(request, status, fields=fields, headers=problem.headers)


def _unavailable(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    """The database, or this process, has no time or no room for it; with what was typed, to be sent again."""
    why = OURS.get(type(fault)) or why_not(fault)
    if why is None:
        return _fault(request, fault)
    if not isinstance(fault, TooBusy):
        note_fault(fault)
    sentence = f"{why} {LOOK_FIRST if why == LOST else TRY_AGAIN}"
    again = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
    context = {"typed": _typed(request), "again": again}
    return failed(request, 503, sentence, headers={"Retry-After": "60"}, context=context)


def _typed(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    """The fields of the form that was sent; none for a page that was only opened."""
    form = ScopeState.from_scope(request.scope).form
    fields = form if isinstance(form, dict) else {}
    return [
        (name, one)
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
        if isinstance(one, str)
    ]


def _starts_session(request: Request[Any, Any, Any]) -> bool:
    """A return code is not shown again."""
    handler = request.scope.get("route_handler")
    return bool(handler and handler.opt.get("starts_session"))


def _fault(request: Request[Any, Any, Any], fault: Exception) -> Response[Any]:
    note_fault(fault)
    return failed(request, 500)
