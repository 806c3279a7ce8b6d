"""One way for every act on a case's pages: open the case, read the form, give the command, mend the form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy import Connection

from compact_cases.office.casework import casebook
from compact_cases.office.casework.casebook import may_open
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records.reading import reading
from compact_cases.reports import case_view, ground
from compact_cases.reports.case_view import CaseView
from compact_cases.rules.concern import Problem
from compact_cases.rules.decide import Command
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NotAllowed, NotFound, OutOfDate, Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.web.frame.forms import Form

NO_CASE = "There is no such case, or it is not yours to see."
NOT_NOW = "This cannot be done in this case at the moment. It may have been done already."

Known = Mapping[str, Any]


@dataclass(frozen=True)
class Desk:
    """What an act is made from: who asks, the case as they see it, and what else its page has looked up."""

    premises: Premises
    visitor: Visitor
    view: CaseView
    known: Known


LookUp = Callable[[Connection, Rulebook, CaseView, Form], Known]


def nothing_more(conn: Connection, rulebook: Rulebook, view: CaseView, form: Form) -> Known:
    return {}


@dataclass(frozen=True)
class PageAct:
    """An act of the pages. ``read`` makes the command, or collects problems in the form.

    ``fills`` puts first words into an empty form; ``looks_up`` reads what only this page needs.
    """

    resource: str
    template: str
    read: Callable[[Form, Desk], Command | None]
    looks_up: LookUp = nothing_more
    fills: Callable[[Desk], dict[str, str]] | None = None
    viewpoints: tuple[str, ...] = ("officer",)


def routes_of(act: PageAct, permission: Permission) -> list[Any]:
    """The two routes of an act: its page, and ``POST /cases/{ref}/{resource}``."""
    path, opt = f"/cases/{{ref:str}}/{act.resource}", {"permission": permission}

    @get(path, opt=opt, sync_to_thread=True)
    def show(
        request: Request[Any, Any, Any],
        ref: FromPath[str],
        premises: NamedDependency[Premises],
        visitor: NamedDependency[Visitor],
    ) -> Response[Any]:
        return page(act, ref, premises, visitor, request.query_params.get("name", ""))

    @post(path, opt=opt, sync_to_thread=True)
    def do(
        ref: FromPath[str],
        premises: NamedDependency[Premises],
        visitor: NamedDependency[Visitor],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        return take(act, ref, premises, visitor, form)

    return [show, do]


def opened(premises: Premises, ref: str, visitor: Visitor) -> CaseView:
    """The case as this visitor may see it, over one read-only connection. Raises NotFound."""
    with reading(premises.engine) as conn:
        return _view(conn, premises, ref, visitor)[0]


def page(act: PageAct, ref: str, premises: Premises, visitor: Visitor, name: str = "") -> Response[Any]:
    """The form of an act; most of a party's acts stand on the case's own page. ``name`` is looked up."""
    if away := respelt(premises, ref, f"/{act.resource}"):
        return away
    form = Form({"name": name})
    desk = _desk(act, ref, premises, visitor, form)
    if desk.view.viewpoint not in act.viewpoints or not desk.view.may(act.resource):
        return Redirect(f"/cases/{desk.view.reference}", status_code=303)
    if act.fills:
        form.typed |= {field: [words] for field, words in act.fills(desk).items()}
    return _shown(act, desk, form, 200)


def take(act: PageAct, ref: str, premises: Premises, visitor: Visitor, form: Form) -> Response[Any]:
    """Carry an act out: back to the case, or the same page with what was typed and what is to be mended."""
    desk = _desk(act, ref, premises, visitor, form)
    if desk.view.viewpoint not in act.viewpoints:
        raise NotAllowed("This is not for you to do in this case.")
    status = 422
    try:
        seen = _seen(form)
        if seen != desk.view.seen:
            raise OutOfDate(seen, desk.view.seen)
        if not desk.view.may(act.resource):
            raise Refused(NOT_NOW)
        command = act.read(form, desk)
        if form.is_good and command is not None:
            casebook.carry_out(premises, desk.view.reference, command, by=visitor, seen=seen)
            return Redirect(f"/cases/{desk.view.reference}", status_code=303)
    except (NotAllowed, NotFound):
        raise
    except OutOfDate as refused:
        form.problems.insert(0, _problem(refused))
        status = 409
    except Refused as refused:
        form.refuse(refused.field or "", refused.sentence)
    return page_again(act, ref, premises, visitor, form, status)


def page_again(
    act: PageAct, ref: str, premises: Premises, visitor: Visitor, form: Form, status: int = 422
) -> Response[Any]:
    """The page of an act with what was typed and what is to be mended."""
    return _shown(act, _desk(act, ref, premises, visitor, form), form, status)


def respelt(premises: Premises, ref: str, rest: str = "") -> Redirect | None:
    """To the stored spelling of a reference; None when it is spelt so. Raises NotFound for no reference."""
    reference = normalise(ref, premises.settings.office.prefix)
    if reference is None:
        raise NotFound(NO_CASE)
    return None if reference == ref else Redirect(f"/cases/{quote(reference)}{rest}", status_code=303)


def _desk(act: PageAct, ref: str, premises: Premises, visitor: Visitor, form: Form) -> Desk:
    with reading(premises.engine) as conn:
        view, rulebook = _view(conn, premises, ref, visitor)
        known = act.looks_up(conn, rulebook, view, form) if view.viewpoint in act.viewpoints else {}
    return Desk(premises, visitor, view, known)


def _view(conn: Connection, premises: Premises, ref: str, visitor: Visitor) -> tuple[CaseView, Rulebook]:
    reference = normalise(ref, premises.settings.office.prefix)
    siblings = ground.with_siblings(conn, reference) if reference else []
    row = next((one for one in siblings if one.reference == reference), None)
    if row is None or not may_open(visitor, row):
        raise NotFound(NO_CASE)
    rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
    return case_view.view(conn, rulebook, row, visitor, premises.clock.now(), siblings), rulebook


def _shown(act: PageAct, desk: Desk, form: Form, status: int) -> Template:
    """An officer's act has a page of its own; a party reads the whole case beside the form."""
    viewpoint = desk.view.viewpoint
    own = viewpoint == "officer" or act.template.startswith("closing/withdrawal")
    context = {"form": form, "view": desk.view, "act": act, "news": _news(desk, form, status), **desk.known}
    address = f"{desk.premises.settings.base_url}/cases/{desk.view.reference}"
    return Template(
        act.template if own else f"cases/{viewpoint}.html",
        context={**context, "address": address},
        status_code=status,
    )


def _news(desk: Desk, form: Form, status: int) -> list[Any]:
    return list(desk.view.news_since(_seen(form))) if status == 409 else []


def _seen(form: Form) -> int:
    """The position that the page was made from; 0, which is always behind, when it does not say."""
    text = form.one("seen")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _problem(refused: OutOfDate) -> Problem:
    return Problem("news", refused.sentence)
