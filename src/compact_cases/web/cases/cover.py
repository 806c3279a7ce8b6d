"""The covering page of a case, for an officer who stands in: on a screen, and as a PDF."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from compact_cases.mail.letters import in_words
from compact_cases.mail.paper import Sheet
from compact_cases.office.premises import Premises
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.cover import cover
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.web.cases.letters import as_pdf
from compact_cases.web.cases.pages import opened, respelt

OFFICERS = {"permission": Permission.OFFICER}


@get("/cases/{ref:str}/cover", opt=OFFICERS, sync_to_thread=True)
def covering_page(
    ref: FromPath[str], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    if away := respelt(premises, ref, "/cover"):
        return away
    view = opened(premises, ref, visitor)
    context = {"view": view, "pieces": cover(view), "heading": _title(view)}
    return Template("cases/cover.html", context=context)


@get("/cases/{ref:str}/cover/pdf", opt=OFFICERS, sync_to_thread=True)
def covering_page_as_pdf(
    ref: FromPath[str], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    view = opened(premises, ref, visitor)
    office, day = premises.settings.office.name, f"As of {in_words(premises.clock.today())}."
    sheet = Sheet(_title(view), office, view.reference, day=day, pieces=cover(view))
    return as_pdf(sheet, "cover", f"{view.reference}-cover")


def _title(view: CaseView) -> str:
    """Of a hidden raiser the words by which the other side knows them."""
    return f"{view.reference}: {view.title}"


routes = [covering_page, covering_page_as_pdf]
