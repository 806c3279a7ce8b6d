"""What a member of staff had typed beside cases when their session ended: to read, and to send again."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office.accounts import unsent
from compact_cases.office.premises import Premises
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.refusals import NotFound
from compact_cases.web.frame.ended import in_words

NOT_THERE = "There is nothing of yours here. What was typed is kept for a day, until it is sent."


@get("/office/unsent/{form_id:uuid}", opt={"permission": Permission.STAFF}, sync_to_thread=True)
def one_form(
    form_id: FromPath[UUID], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Template:
    """Sent from here it meets the same checks as from its own page, which then shows what is to be mended."""
    found = unsent.find(premises, visitor, form_id)
    if found is None or found[0].reference is not None:
        raise NotFound(NOT_THERE)
    form, typed = found
    lines = [(name, one) for name, each in typed.items() if name != "seen" for one in each]
    return Template(
        "office/unsent.html", context={"kept": form, "typed": lines, "words": in_words(form, visitor)}
    )


routes = [one_form]
