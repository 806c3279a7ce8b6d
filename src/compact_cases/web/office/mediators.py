"""The register of mediators on its page: who is on it, and somebody new."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.office.premises import Premises
from compact_cases.office.registry import mediators as register
from compact_cases.records import bodies, mediators
from compact_cases.records.reading import reading
from compact_cases.rules.concern import Problem
from compact_cases.rules.permissions import Permission
from compact_cases.rules.refusals import Refused
from compact_cases.web.frame.done import done
from compact_cases.web.frame.forms import Form

LOOK, KEEP = {"permission": Permission.REGISTER}, {"permission": Permission.OFFICER}


@get("/office/mediators", opt=LOOK, sync_to_thread=True)
def everybody(premises: NamedDependency[Premises]) -> Template:
    return _page(premises, Form({}))


@post("/office/mediators", opt=KEEP, sync_to_thread=True)
def add_mediator(premises: NamedDependency[Premises], form: NamedDependency[Form]) -> Response[Any]:
    name = form.text("name", required="Please give the mediator’s name.")
    email = form.email("email", required="Please give an e-mail address that letters can go to.")
    known = {str(one) for one, _ in _bodies(premises)}
    conflicts = [UUID(one) for one in form.all("conflicts") if one in known]
    if form.is_good:
        try:
            register.add(
                premises,
                name,
                email,
                areas=form.text("areas"),
                languages=form.text("languages"),
                terms=form.text("terms"),
                conflicts=conflicts,
            )
            return done("/office/mediators", "mediator-added")
        except Refused as refused:
            form.refuse(refused.field or "name", refused.sentence)
    return _page(premises, form, status=422)


@post("/office/mediators/{person_id:uuid}/removal", opt=KEEP, sync_to_thread=True)
def take_off(premises: NamedDependency[Premises], person_id: FromPath[UUID]) -> Response[Any]:
    """Refused, the sentence stands beside the entry, with the cases in which they are at work."""
    try:
        register.take_off(premises, person_id)
    except Refused as refused:
        return _page(premises, Form(problems=[Problem(f"m-{person_id}", refused.sentence)]), status=422)
    return done("/office/mediators", "mediator-gone")


def _bodies(premises: Premises) -> list[tuple[UUID, str]]:
    with reading(premises.engine) as conn:
        return [(one.id, one.name) for one in bodies.listed(conn) if one.ended_on is None]


def _page(premises: Premises, form: Form, status: int = 200) -> Template:
    known = _bodies(premises)
    with reading(premises.engine) as conn:
        listed = mediators.every(conn)
    context = {"mediators": listed, "bodies": known, "names": dict(known), "form": form}
    return Template("office/mediators.html", context=context, status_code=status)


routes = [everybody, add_mediator, take_off]
