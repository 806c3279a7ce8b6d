"""A session that ended while somebody wrote: what is kept, what they are told, how they find it again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Request, Response
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.response import Redirect
from litestar.types import ExceptionHandlersMap, Message, Scope

from compact_cases.office.accounts import sessions, unsent
from compact_cases.office.accounts.sessions import FoundSession
from compact_cases.office.accounts.unsent import Unsent
from compact_cases.office.premises import Premises
from compact_cases.rules.acts import at_address
from compact_cases.rules.permissions import Permission, Visitor, may_enter
from compact_cases.rules.references import normalise
from compact_cases.web.frame import asked_page
from compact_cases.web.frame.errors import OF_EVERY_FORM, Failure, failed, note_fault

Connection = ASGIConnection[Any, Any, Any, Any]
Fields = Mapping[str, Any]
Fits = Callable[[str], bool]
"""Whether the form's token is that of a session with this secret."""

OF_A_CASE = {Permission.PARTY_OR_OFFICER, Permission.RAISER, Permission.RESPONDENT, Permission.ROOM}
STALE_FORM = "This page is too old to be sent. Go back, open the page again and send it once more."
NOT_IN = "Nobody is signed in here, and no case is open on this device. So it was not sent."
LENGTHS = {
    sessions.STAFF_IDLE: "12 hours",
    sessions.LINK_IDLE: "two hours",
    sessions.CODE_IDLE: "thirty minutes",
}
BESIDE_CASES = {"/office/people": "People of the office", "/office/bodies": "The register of bodies"}


@dataclass(frozen=True)
class Waiting:
    """A line about something that was kept: what it is, where it is found, until when."""

    words: str
    address: str
    kept_at: datetime
    until: datetime


class SessionEnded(Exception):
    """Whoever asks was in until a while ago; with what is kept of what they sent, or what could not be."""

    def __init__(self, was: FoundSession, kept: Unsent | None, typed: dict[str, list[str]]) -> None:
        super().__init__()
        self.was, self.kept, self.typed = was, kept, typed


class NotSent(Exception):
    """Nobody knows for whom to keep it, so it is given back on the page, to be copied."""

    def __init__(self, sentence: str, typed: dict[str, list[str]]) -> None:
        super().__init__()
        self.sentence, self.typed = sentence, typed


class FoundAgain(Exception):
    """What came from a page of an earlier session of the same person is kept, and stands at this address."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address


async def nobody_is_in(
    connection: Connection, handler: BaseRouteHandler, sent: Fields, was: FoundSession | None, fits: Fits
) -> None:
    """At a door that opens for nobody unknown. Raises SessionEnded or NotSent; nothing where neither fits."""
    typed, permission = _typed(sent), Permission(handler.opt["permission"])
    if was is not None and not may_enter(was.visitor, permission):
        was = None
    if was is None:
        if typed:
            raise NotSent(NOT_IN, typed)
    elif typed:
        kept = None
        if fits(was.csrf_secret):
            kept = await _keep(connection, handler, sent, was)
        raise SessionEnded(was, kept, typed)
    elif permission in OF_A_CASE and not was.visitor.is_staff:
        raise SessionEnded(was, None, {})


async def old_page(request: Request[Any, Any, Any], visitor: Visitor, sent: Fields, fits: Fits) -> None:
    """A form whose token is not that of the session: kept where it is of an earlier one of the same holder.

    Always raises: FoundAgain, NotSent, or Failure where nothing was typed.
    """
    handler: BaseRouteHandler = request.route_handler
    typed = _typed(sent)
    if not typed or handler.opt.get("starts_session"):
        raise Failure(403, STALE_FORM)
    for one in await sync_to_thread(sessions.replaced_by, request.app.state.premises, visitor):
        if fits(one.csrf_secret):
            was = FoundSession(visitor, one.csrf_secret, one, one.ends_at)
            if kept := await _keep(request, handler, sent, was):
                raise FoundAgain(address_of(kept))
            break
    raise NotSent(STALE_FORM, typed)


async def waiting_for(premises: Premises, visitor: Visitor) -> list[Waiting]:
    """What stands at the top of every page of somebody for whom something is kept."""
    found = await sync_to_thread(unsent.waiting, premises, visitor)
    return [Waiting(in_words(one, visitor), address_of(one), one.kept_at, one.until) for one in found]


def in_words(one: Unsent, visitor: Visitor) -> str:
    if one.reference is None:
        return next((words for path, words in BESIDE_CASES.items() if one.act.startswith(path)), "The office")
    act = at_address(one.act)[0]
    return f"{act.words if visitor.is_staff else act.party_words or act.words}, {one.reference}"


def address_of(one: Unsent) -> str:
    where = f"/cases/{one.reference}/{one.act}" if one.reference else "/office"
    return f"{where}/unsent/{one.id}"


async def forget_what_was_sent(message: Message, scope: Scope) -> None:
    """The hook that lets go of what was kept, once the form that it was found in has been taken."""
    kept = scope.get("state", {}).get("kept")
    if kept and message["type"] == "http.response.start" and message["status"] == 303:
        premises: Premises = scope["litestar_app"].state.premises
        try:
            await sync_to_thread(unsent.was_sent, premises, scope["state"]["visitor"], kept)
        except Exception as fault:  # it was sent, and they are to hear so; this one goes within a day
            note_fault(fault)


def ended_handlers() -> ExceptionHandlersMap:
    return {
        SessionEnded: _say_what_happened,
        NotSent: lambda request, no: failed(
            request,
            403,
            no.sentence,
            context={"typed": _lines(no.typed), "may_sign_in": no.sentence == NOT_IN},
        ),
        FoundAgain: lambda request, found: Redirect(found.address, status_code=303),
    }


async def _keep(
    connection: Connection, handler: BaseRouteHandler, sent: Fields, was: FoundSession
) -> Unsent | None:
    premises: Premises = connection.app.state.premises
    path, act, named = connection.scope["path"], handler.opt.get("act"), connection.path_params.get("ref")
    reference = normalise(str(named), premises.settings.office.prefix) if named else None
    if act is None and path.startswith("/office/"):
        act = path
    elif not (act and reference):
        return None
    page = {name: [str(sent[name])] for name in ("seen", "opened") if name in sent}
    fields = {**_typed(sent), **page}
    return await sync_to_thread(unsent.keep, premises, was, reference, act, fields, str(sent.get("kept", "")))


def _typed(sent: Fields) -> dict[str, list[str]]:
    """What somebody may have typed; empty where nothing was but what stands in every form."""
    fields = {
        name: [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
        for name, value in sent.items()
        if name not in OF_EVERY_FORM
    }
    return fields if any(one.strip() for each in fields.values() for one in each) else {}


def _lines(typed: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, one) for name, each in typed.items() for one in each]


def _say_what_happened(request: Request[Any, Any, Any], ended: SessionEnded) -> Response[Any]:
    was = ended.was
    context = {
        "way": "staff" if was.visitor.is_staff else "code" if was.visitor.concern_id else "link",
        "idle": LENGTHS[was.idle] if was.was_left_idle else "",
        "kept": ended.kept,
        "typed": _lines(ended.typed),
    }
    answer = failed(request, 403, template="accounts/ended.html", context=context)
    for cookie in asked_page.remember(request):
        answer.set_cookie(cookie)
    return answer
