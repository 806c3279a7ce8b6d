"""Signing in and out, the links of letters, and coming back by reference and return code."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.background_tasks import BackgroundTask
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from compact_cases.office.accounts import accounts, party_access, sessions
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import hashed
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.seats import Seat
from compact_cases.web.frame import asked_page
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.done import done
from compact_cases.web.frame.errors import Failure, note_fault
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.guards import session_cookie
from compact_cases.web.frame.limits import limited
from compact_cases.web.frame.threads import afterwards

Asked = Request[Any, Any, Any]

PUBLIC = {"permission": Permission.PUBLIC}
STAFF = {"permission": Permission.STAFF}
# A form that starts a session: another site must not be able to sign somebody in as somebody else.
STARTS_SESSION = {"permission": Permission.PUBLIC, "starts_session": True}

FRESH_LINKS_AN_HOUR = 10  # for one network address, of whatever cases
NO_SUCH_LINK = "We do not know this link. Check that you copied all of it."
# The first that is found counts: a browser names those it resembles too.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)
NO_ENTRY = (
    "We could not open a case with that reference and return code. Please check both. "
    "After ten wrong tries you need to wait an hour, or ring us."
)
TOO_MANY = (
    "There were many wrong tries from your network address, so wrong ones now have to wait an hour. "
    "A right reference and return code open the case all the same. Please check both, or ring us."
)
TOO_MANY_LETTERS = "Your network address has asked for many links. Please wait an hour, or ring the office."


@get("/sign-in", opt=PUBLIC, sync_to_thread=False)
def sign_in_page() -> Template:
    return Template("accounts/sign-in.html", context={"form": Form()})


@post("/sign-in", opt=PUBLIC, sync_to_thread=True, status_code=200)
def ask_for_link(
    request: Asked, premises: NamedDependency[Premises], form: NamedDependency[Form]
) -> Response[Any]:
    """The same answer, and as quick, for an address we know and one we do not: what differs comes after."""
    email = form.email("email", required="Please give your work e-mail address.")
    if not form.is_good:
        return Template("accounts/sign-in.html", context={"form": form}, status_code=422)
    address = address_of(dict(request.scope))
    if not accounts.may_ask_to_sign_in(premises, address):
        form.refuse("email", TOO_MANY_LETTERS)
        return Template("accounts/sign-in.html", context={"form": form}, status_code=429)
    task = BackgroundTask(afterwards, _mail_link, premises, email)
    return Template("accounts/sign-in-sent.html", background=task)


@get("/sign-in/{token:str}", opt=STARTS_SESSION, sync_to_thread=True)
def sign_in_button(token: FromPath[str], premises: NamedDependency[Premises]) -> Template:
    """Looks only: a mail scanner that opens the link spends nothing."""
    good = accounts.sign_in_link_is_good(premises, token)
    return Template("accounts/sign-in-button.html", context={"good": good}, status_code=200 if good else 410)


@post("/sign-in/{token:str}", opt=STARTS_SESSION, sync_to_thread=True)
def sign_in(request: Asked, token: FromPath[str], premises: NamedDependency[Premises]) -> Response[Any]:
    entered = accounts.sign_in(
        premises,
        token,
        device=device_in_words(request.headers.get("user-agent", "")),
        instead_of=_cookie(request, premises),
    )
    if entered is None:
        return Template("accounts/sign-in-button.html", context={"good": False}, status_code=410)
    cookie = _session_cookie(premises, entered.token, sessions.STAFF_SESSION)
    page = asked_page.recall(request, premises, entered.role) or _first_page(entered.role)
    return Redirect(page, status_code=303, cookies=[cookie, asked_page.forgotten(premises)])


@post("/sign-out", opt=PUBLIC, sync_to_thread=True)
def sign_out(request: Asked, premises: NamedDependency[Premises]) -> Redirect:
    if token := _cookie(request, premises):
        sessions.sign_out(premises, token)
    return Redirect("/", status_code=303, cookies=[_session_cookie(premises, "", None)])


@get("/return", opt=STARTS_SESSION, sync_to_thread=False)
def return_page(request: Asked) -> Template:
    """Also where somebody is led who has just given a case to another to speak for."""
    given = request.query_params.get("given") == "yes"
    return Template("accounts/return.html", context={"form": Form(), "given": given})


@post("/return", opt=STARTS_SESSION, sync_to_thread=True)
def come_back(
    request: Asked, premises: NamedDependency[Premises], form: NamedDependency[Form]
) -> Response[Any]:
    reference = form.text("reference", required="Please give the reference, like GC-2026-0042.", most=40)
    code = form.text("code", required="Please give the return code.", most=60)
    if not form.is_good:
        return Template("accounts/return.html", context={"form": form}, status_code=422)
    address, status = address_of(dict(request.scope)), 422
    try:
        entry = party_access.open_by_return_code(
            premises, reference, code, address, instead_of=_cookie(request, premises)
        )
    except party_access.TooManyTries:
        entry, status = None, 429
    if entry is None:
        form.refuse("reference", NO_ENTRY if status == 422 else TOO_MANY)
        return Template("accounts/return.html", context={"form": form}, status_code=status)
    return _enter_case(premises, entry)


@get("/links/{token:str}", opt=STARTS_SESSION, sync_to_thread=True)
def link_page(token: FromPath[str], premises: NamedDependency[Premises]) -> Template:
    """Looks only, however often it is opened."""
    return _link_page(premises, token)


@post("/links/{token:str}", opt=STARTS_SESSION, sync_to_thread=True)
def open_link(request: Asked, token: FromPath[str], premises: NamedDependency[Premises]) -> Response[Any]:
    entry = party_access.open_link(premises, token, instead_of=_cookie(request, premises))
    return _enter_case(premises, entry) if entry else _link_page(premises, token)


@post(
    "/links/{token:str}/fresh",
    opt=PUBLIC,
    sync_to_thread=True,
    status_code=200,
    guards=[limited("fresh link by sender", FRESH_LINKS_AN_HOUR)],
)
def ask_fresh_link(token: FromPath[str], premises: NamedDependency[Premises]) -> Template:
    """The answer never says whom we know or where the letter goes."""
    party_access.ask_fresh_link(premises, token)
    return Template("accounts/fresh-link-sent.html")


@get("/office/sessions", opt=STAFF, sync_to_thread=True)
def my_sessions(
    request: Asked, premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Template:
    assert visitor.staff_id is not None  # noqa: S101 (the route is for staff)
    return Template(
        "accounts/sessions.html",
        context={
            "sessions": sessions.sessions_of(premises, visitor.staff_id),
            "this": hashed(_cookie(request, premises) or ""),
        },
    )


@post("/office/sessions/{session_id:uuid}/end", opt=STAFF, sync_to_thread=True)
def end_session(
    session_id: FromPath[UUID], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Redirect:
    assert visitor.staff_id is not None  # noqa: S101 (the route is for staff)
    if not sessions.end_session(premises, visitor.staff_id, session_id):
        raise Failure(404, "This session has ended already, or it is not yours.")
    return done("/office/sessions", "session-ended")


def _link_page(premises: Premises, token: str) -> Template:
    found = party_access.find_link(premises, token)
    if found is None:
        raise Failure(404, NO_SUCH_LINK)
    context = {
        "usable": found.usable,
        "may_have_fresh": not found.link.gone,
        "reference": found.link.reference,
        "token": token,
    }
    return Template("accounts/link.html", context=context, status_code=200 if found.usable else 410)


def _enter_case(premises: Premises, entry: party_access.Entry) -> Redirect:
    cookie = _session_cookie(premises, entry.token, sessions.PARTY_SESSION)
    return Redirect(f"/cases/{entry.reference}", status_code=303, cookies=[cookie])


def _mail_link(premises: Premises, email: str) -> None:
    try:
        accounts.mail_sign_in_link(premises, email)
    except Exception as fault:  # the answer has gone; the log must not hold the address
        note_fault(fault)


def device_in_words(agent: str) -> str:
    """``Firefox on Windows``: enough for somebody to know their own device by, and no more is kept."""
    browser = next((words for sign, words in BROWSERS if sign in agent), "A browser")
    system = next((words for sign, words in SYSTEMS if sign in agent), "")
    return f"{browser} on {system}" if system else browser


def _first_page(role: Seat) -> str:
    if role in (Seat.OFFICER, Seat.SECRETARY):
        return "/cases"
    return "/office" if role is Seat.ADMINISTRATOR else "/office/overdue"


def _cookie(request: Asked, premises: Premises) -> str | None:
    return request.cookies.get(session_cookie(premises))


def _session_cookie(premises: Premises, token: str, longest: timedelta | None) -> Cookie:
    """It outlives its session, so that whose page it was is known when it is sent too late."""
    return Cookie(
        session_cookie(premises),
        value=token,
        max_age=int((longest + sessions.KNOWN_AFTER).total_seconds()) if longest else 0,
        httponly=True,
        samesite="lax",
        secure=premises.settings.base_url.startswith("https://"),
    )


routes = [
    sign_in_page,
    ask_for_link,
    sign_in_button,
    sign_in,
    sign_out,
    return_page,
    come_back,
    link_page,
    open_link,
    ask_fresh_link,
    my_sessions,
    end_session,
]
