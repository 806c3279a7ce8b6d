"""An officer's answer, before a case opens to them, that they have no conflict of interest in it."""

import re
from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from compact_cases.office.casework import first_look
from compact_cases.office.premises import Premises
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.web.frame.forms import Form

WANTED = re.compile(r"/cases/[A-Za-z0-9][A-Za-z0-9./_-]*(?:\?[A-Za-z0-9=&_.-]*)?")


@post(
    "/cases/{ref:str}/no-conflict",
    opt={"permission": Permission.OFFICER, "before_declaring": True},
    sync_to_thread=True,
)
def say_no(
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """``wanted``: the page that they asked for; an address of another site is never followed."""
    reference = first_look.say_no(premises, visitor, ref)
    wanted = form.one("wanted")
    return Redirect(wanted if WANTED.fullmatch(wanted) else f"/cases/{reference}", status_code=303)


routes = [say_no]
