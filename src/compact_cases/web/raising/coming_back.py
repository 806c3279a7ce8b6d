"""Coming back to a concern that is being written or was sent: the saved page, its letter, the receipt."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template

from compact_cases.office.accounts import attempts
from compact_cases.office.premises import Premises
from compact_cases.office.reception import drafting, receipts
from compact_cases.records.drafts import Draft
from compact_cases.web.frame.forms import Form

Fields = dict[str, str | list[str]]
LETTERS_AN_HOUR = 5  # of the link to a draft, to one address: nobody is to be flooded through this form
TOO_MANY_LETTERS = "We have sent this address several links already. Please look there, or try in an hour."


@get("/drafts/{secret:str}/saved", sync_to_thread=True)
def saved(premises: NamedDependency[Premises], secret: FromPath[str]) -> Template | Redirect:
    """Save and come back later: the address, by e-mail if wanted; or forget it all."""
    draft = drafting.find(premises, secret)
    if draft.sent_concern:
        return receipt_of(premises, draft)
    return _saved(
        premises, secret, draft, Form({"email": draft.email or draft.answers.get("raiser-email", [])})
    )


@post("/drafts/{secret:str}/saved", sync_to_thread=True)
def mail_link(
    premises: NamedDependency[Premises], secret: FromPath[str], data: URLEncodedBody[Fields]
) -> Template | Redirect:
    draft, form = drafting.find(premises, secret), Form(data)
    if draft.sent_concern:
        return receipt_of(premises, draft)
    email = form.email("email", required="Please give the e-mail address to send the link to.")
    if form.is_good and attempts.too_many(premises, "draft-letter", email.casefold(), LETTERS_AN_HOUR):
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


def receipt_of(premises: Premises, draft: Draft) -> Redirect:
    return Redirect(f"/concerns/receipts/{drafting.receipt_secret_of(premises, draft)}", status_code=303)


def mail_link_once(premises: Premises, draft: Draft, secret: str, email: str) -> None:
    """Giving an e-mail address is enough to be able to come back; an officer's own work needs no letter."""
    if not email or email == draft.email or draft.filled_by:
        return
    if not attempts.too_many(premises, "draft-letter", email.casefold(), LETTERS_AN_HOUR):
        drafting.mail_link(premises, draft, secret, email)


def _saved(premises: Premises, secret: str, draft: Draft, form: Form, sent_to: str = "") -> Template:
    context = {
        "secret": secret,
        "draft": draft,
        "form": form,
        "sent_to": sent_to,
        "address": f"{premises.settings.base_url}/concerns/drafts/{secret}",
    }
    return Template("raising/saved.html", context=context, status_code=422 if form.problems else 200)
