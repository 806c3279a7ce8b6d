"""Coming back to a concern that is being written or was sent: the saved page, its letter, the receipt."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from compact_cases.office.accounts.allowance import may_cause
from compact_cases.office.premises import Premises
from compact_cases.office.reception import drafting, receipts
from compact_cases.records.drafts import Draft
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.errors import failed
from compact_cases.web.frame.forms import Form

Fields = dict[str, str | list[str]]
TOO_MANY_LETTERS = (
    "We have sent several links already, to this address or from where you are. "
    "Please look there, keep the address further down, or try again in an hour."
)


@get("/drafts/{secret:str}/saved", sync_to_thread=True)
def saved(premises: NamedDependency[Premises], secret: FromPath[str]) -> Template:
    """Save and come back later: the address, by e-mail if wanted; or forget it all."""
    draft = drafting.find(premises, secret)
    known = [] if drafting.is_anonymous(draft.answers) else draft.answers.get("raiser-email", [])
    return _saved(premises, secret, draft, Form({"email": draft.email or known}))


@post("/drafts/{secret:str}/saved", sync_to_thread=True)
def mail_link(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    secret: FromPath[str],
    data: URLEncodedBody[Fields],
) -> Template:
    draft, form = drafting.find(premises, secret), Form(data)
    email = form.email("email", required="Please give the e-mail address to send the link to.")
    if drafting.is_anonymous(draft.answers) and form.one("knows") != "yes":
        form.refuse("knows", "Please tick the box to say that you have read this, or keep the address below.")
    if form.is_good and not _may_mail(request, premises, draft, email):
        form.refuse("email", TOO_MANY_LETTERS)
    if form.is_good:
        drafting.mail_link(premises, draft, secret, email)
    return _saved(premises, secret, draft, form, sent_to=email if form.is_good else "")


@post("/drafts/{secret:str}/forgotten", sync_to_thread=True)
def forget(premises: NamedDependency[Premises], secret: FromPath[str]) -> Template:
    drafting.forget(premises, drafting.find(premises, secret))
    return Template("raising/forgotten.html")


@get("/receipts/{secret:str}", sync_to_thread=True)
def receipt(premises: NamedDependency[Premises], secret: FromPath[str]) -> Template:
    """The references, and the return code for as long as it may be shown."""
    view = receipts.receipt(premises, secret)
    if view is None:
        raise NotFoundException("There is no such receipt. Check the address.")
    return Template("raising/receipt.html", context={"receipt": view, "secret": secret})


@post("/receipts/{secret:str}/written-down", sync_to_thread=True)
def written_down(premises: NamedDependency[Premises], secret: FromPath[str]) -> Redirect:
    receipts.code_written_down(premises, secret)
    return Redirect(f"/concerns/receipts/{secret}", status_code=303)


def to_page(secret: str, page: str, *, change: str = "") -> Redirect:
    query = "?change=1" if change and page != "check" else ""
    return Redirect(f"/concerns/drafts/{secret}/{page}{query}", status_code=303)


def to_receipt(receipt_secret: str) -> Redirect:
    return Redirect(f"/concerns/receipts/{receipt_secret}", status_code=303)


def was_sent(request: Request[Any, Any, Any], _: drafting.WasSent) -> Response[Any]:
    """An old link or page of a draft that was sent: never on to the receipt, where the return code stands."""
    return failed(request, 410, drafting.SENT, context={"sent": True})


def mail_link_once(
    request: Request[Any, Any, Any], premises: Premises, draft: Draft, secret: str, email: str
) -> None:
    """Giving an e-mail address is enough to be able to come back; an officer's own work needs no letter."""
    if not email or email == draft.email or draft.filled_by:
        return
    if _may_mail(request, premises, draft, email):
        drafting.mail_link(premises, draft, secret, email)


def has_no_link(draft: Draft) -> bool:
    """Whether an address was given to which no link went: there were too many letters within the hour."""
    email = next(iter(draft.answers.get("raiser-email", ())), "").strip()
    return email not in ("", draft.email) and not draft.filled_by and not drafting.is_anonymous(draft.answers)


def _may_mail(request: Request[Any, Any, Any], premises: Premises, draft: Draft, email: str) -> bool:
    sender = "" if draft.filled_by else address_of(dict(request.scope))
    return may_cause(premises, "draft link", sender=sender, matter=str(draft.id), mailbox=email)


def _saved(premises: Premises, secret: str, draft: Draft, form: Form, sent_to: str = "") -> Template:
    context = {
        "secret": secret,
        "draft": draft,
        "anonymous": drafting.is_anonymous(draft.answers),
        "form": form,
        "sent_to": sent_to,
        "address": f"{premises.settings.base_url}/concerns/drafts/{secret}",
    }
    return Template("raising/saved.html", context=context, status_code=422 if form.problems else 200)
