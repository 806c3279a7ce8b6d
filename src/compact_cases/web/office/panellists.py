"""The register of panellists on its page: who may sit on a panel, for which sector, and of which body."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office.premises import Premises
from compact_cases.office.registry import panel_register
from compact_cases.records import bodies
from compact_cases.records.panellists import SECTORS
from compact_cases.records.reading import reading
from compact_cases.rules.concern import Problem
from compact_cases.rules.permissions import Permission
from compact_cases.rules.refusals import Refused
from compact_cases.web.frame.done import done
from compact_cases.web.frame.forms import Form

LOOK, KEEP = {"permission": Permission.REGISTER}, {"permission": Permission.OFFICER}
PANELLISTS = "/office/panellists"


@get(PANELLISTS, opt=LOOK, sync_to_thread=True)
def everybody(premises: NamedDependency[Premises]) -> Template:
    return _page(premises, Form({}))


@post(PANELLISTS, opt=KEEP, sync_to_thread=True)
def add(premises: NamedDependency[Premises], form: NamedDependency[Form]) -> Response[Any]:
    name = form.text("name", required="Please give the name of the panellist.", most=300)
    email = form.email("email", required="Please give their e-mail address.")
    sector = form.choice("sector", SECTORS, required="Please say for which sector they sit.")
    organisation = form.text("organisation", most=300)
    body = form.id("body")
    if form.is_good:
        try:
            panel_register.add(
                premises,
                name=name,
                email=email,
                sector=sector,
                organisation=organisation,
                body_id=body,
                standing=not form.tick("for_one_case"),
            )
            return done(PANELLISTS, "panellist-added")
        except Refused as refused:
            form.refuse(refused.field or "name", refused.sentence)
    return _page(premises, form, 422)


@post(f"{PANELLISTS}/{{person:uuid}}/removal", opt=KEEP, sync_to_thread=True)
def take_off(person: FromPath[UUID], premises: NamedDependency[Premises]) -> Response[Any]:
    """Refused, the sentence stands beside the entry, with the cases in which they sit."""
    try:
        panel_register.take_off(premises, person)
    except Refused as refused:
        return _page(premises, Form(problems=[Problem(f"p-{person}", refused.sentence)]), 422)
    return done(PANELLISTS, "panellist-gone")


def _page(premises: Premises, form: Form, status: int = 200) -> Template:
    with reading(premises.engine) as conn:
        on_register = [(str(one.id), one.name) for one in bodies.listed(conn)]
    context = {"form": form, "panellists": panel_register.listed(premises), "bodies": on_register}
    return Template("office/panellists.html", context=context, status_code=status)


routes = [everybody, add, take_off]
