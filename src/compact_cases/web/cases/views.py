"""The views of the list that an officer keeps: saved from the list, taken away there."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from compact_cases.office.accounts import views
from compact_cases.office.premises import Premises
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.refusals import Refused
from compact_cases.web.cases.asked import as_query, in_query
from compact_cases.web.cases.listed import list_page
from compact_cases.web.frame.done import done
from compact_cases.web.frame.forms import Form

FOR_OFFICERS: dict[str, Any] = {"opt": {"permission": Permission.OFFICER}, "sync_to_thread": True}


@post("/office/views", **FOR_OFFICERS)
def keep(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], form: NamedDependency[Form]
) -> Response[Any]:
    """``asked``: the query of the list that is looked at."""
    asked = in_query(form.one("asked"))
    name = form.text("name", required="Please give this view a name.", most=views.LONGEST_NAME)
    if not asked:
        form.refuse("name", "This is the whole list. Choose what to show first, and then keep that.")
    if form.is_good and visitor.staff_id:
        try:
            views.keep(premises, visitor.staff_id, name, as_query(asked))
            return done(f"/cases?{as_query(asked)}", "view-kept")
        except Refused as refused:
            form.refuse(refused.field or "name", refused.sentence)
    return list_page(premises, visitor, asked, naming=form, status=422)


@post("/office/views/{view:uuid}/removal", **FOR_OFFICERS)
def take_away(
    view: FromPath[UUID], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    if visitor.staff_id:
        views.take_away(premises, visitor.staff_id, view)
    return done("/cases", "view-gone")


routes = [keep, take_away]
