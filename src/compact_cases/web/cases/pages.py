"""The pages of every act: open the case, show the form, read it, carry it out, or show it to be mended."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy import Connection

from compact_cases.office.accounts import unsent
from compact_cases.office.accounts.attempts import has_used_up, too_many
from compact_cases.office.casework.casebook import Done, may_open
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.reading import reading
from compact_cases.reports import case_view, ground, over
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.just_done import JustDone
from compact_cases.rules.concern import Problem
from compact_cases.rules.events.intake import RaiserSucceeded
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NO_CASE, NotAllowed, NotFound, OutOfDate, Refused
from compact_cases.rules.seats import CASE_STAFF, Seat
from compact_cases.web.cases.acts import Desk, Reader, carried_out, desk_of
from compact_cases.web.frame.forms import Form

DECLARES = "conflict"  # the act that an officer may give before they have said that they have no conflict
ACTS_AN_HOUR = 12  # of one side in one case: each is a letter to somebody
MANY_ACTS = (
    "You have sent us something in this case twelve times within the hour. Please put the rest together and"
    " send it in an hour, or ring us."
)
LOOKS = "look"  # the button of a search inside a form: the page again, with what was typed and was found
NOT_NOW = "This cannot be done in this case at the moment. It may have been done already."


def pages_of(reader: Reader) -> list[Any]:
    """The two routes of an act: its page, and ``POST /cases/{ref}/{name}``."""
    officers = reader.by <= CASE_STAFF | {Seat.ADMINISTRATOR}  # who has pages beside the case
    permission = Permission.OFFICER if officers else Permission.PARTY_OR_OFFICER
    opt = {"permission": permission, "act": reader.name, "before_declaring": reader.name == DECLARES}
    path = f"/cases/{{ref:str}}/{reader.name}"

    @get(path, opt=opt, sync_to_thread=True)
    def show(
        request: Request[Any, Any, Any],
        ref: FromPath[str],
        premises: NamedDependency[Premises],
        visitor: NamedDependency[Visitor],
    ) -> Response[Any]:
        return page(reader, ref, premises, visitor, request.query_params.get("name", ""))

    @post(path, opt=opt, sync_to_thread=True)
    def do(
        ref: FromPath[str],
        premises: NamedDependency[Premises],
        visitor: NamedDependency[Visitor],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        return take(reader, ref, premises, visitor, form)

    @get(f"{path}/unsent/{{form_id:uuid}}", opt=opt, sync_to_thread=True)
    def show_unsent(
        ref: FromPath[str],
        form_id: FromPath[UUID],
        premises: NamedDependency[Premises],
        visitor: NamedDependency[Visitor],
    ) -> Response[Any]:
        return unsent_page(reader, ref, form_id, premises, visitor)

    return [show, do, show_unsent]


def opened(premises: Premises, ref: str, visitor: Visitor) -> CaseView:
    """The case as this visitor may see it, over one read-only connection. Raises NotFound."""
    return opened_since(premises, ref, visitor, "")[0]


def opened_since(
    premises: Premises, ref: str, visitor: Visitor, since: str
) -> tuple[CaseView, JustDone | None]:
    """The same, and what they have just done: ``since`` is where the log stood before it."""
    with reading(premises.engine) as conn:
        return _seen_by(conn, premises, ref, visitor, _position(since))[1:]


def page(reader: Reader, ref: str, premises: Premises, visitor: Visitor, name: str = "") -> Response[Any]:
    """The form of an act; most of a party's acts stand on the case's own page. ``name`` is looked up."""
    if away := respelt(premises, ref, f"/{reader.name}"):
        return away
    form = Form({"name": name})
    with reading(premises.engine) as conn:
        row, view, _ = _seen_by(conn, premises, ref, visitor)
        if not view.may(reader.name):
            return Redirect(f"/cases/{view.reference}", status_code=303)
        desk = desk_of(reader, conn, premises, row, visitor, form)
        if reader.fills:
            first = reader.fills(conn, desk).items()
            form.typed |= {field: [words] if isinstance(words, str) else [*words] for field, words in first}
        return _shown(reader, conn, desk, view, form, 200)


def take(reader: Reader, ref: str, premises: Premises, visitor: Visitor, form: Form) -> Response[Any]:
    """Carry an act out: back to the case, or the same page with what was typed and what is to be mended."""
    with reading(premises.engine) as conn:
        row, view, _ = _seen_by(conn, premises, ref, visitor)
        reader.hold_to(visitor)
        desk = desk_of(reader, conn, premises, row, visitor, form)
    status = 422
    try:
        desk.hold_to(_seen(form), reader.name)
        if not view.may(reader.name):
            raise Refused(next((one.why for one in view.refused if one.resource == reader.name), NOT_NOW))
        if form.one(LOOKS):
            return page_again(reader, ref, premises, visitor, form, 200)
        if not visitor.is_staff and has_used_up(premises, *_share(row, visitor)):
            raise Refused(MANY_ACTS)
        if done := carried_out(reader, desk, form):
            if not visitor.is_staff:
                too_many(premises, *_share(row, visitor))
            return Redirect(_onward(done, visitor), status_code=303)
    except (NotAllowed, NotFound):
        raise
    except OutOfDate as refused:
        form.problems.insert(0, Problem("news", refused.sentence))
        status = 409
    except Refused as refused:
        form.refuse(refused.field or "", refused.sentence)
    return page_again(reader, ref, premises, visitor, form, status)


def _onward(done: Done, visitor: Visitor) -> str:
    """To the case and what was just done; who gave it to another to speak for has it open no more."""
    if not visitor.is_staff and any(isinstance(event, RaiserSucceeded) for event in done.events):
        return "/return?given=yes"
    if visitor.is_barred(done.row.barred):  # they have just said so, and see nothing of it from now on
        is_chair = visitor.is_chair or visitor.case_id is not None
        return f"{'/office/overdue' if is_chair else '/cases'}?done=barred"
    return f"/cases/{done.row.reference}?since={done.row.position - len(done.events)}"


def _share(row: CaseRow, visitor: Visitor) -> tuple[str, str, int]:
    return "act by case", f"{row.case_id}:{visitor.seat.value}", ACTS_AN_HOUR


def unsent_page(
    reader: Reader, ref: str, form_id: UUID, premises: Premises, visitor: Visitor
) -> Response[Any]:
    """The page of an act with what was typed when a session ended, for whoever typed it and nobody else."""
    found = unsent.find(premises, visitor, form_id)
    if found is None or found[0].act != reader.name or found[0].reference != _reference(premises, ref):
        raise NotFound(NO_CASE)
    form = Form({**found[1], "kept": [str(form_id)]})
    form.kept_at = found[0].kept_at
    return page_again(reader, ref, premises, visitor, form, 200)


def page_again(
    reader: Reader, ref: str, premises: Premises, visitor: Visitor, form: Form, status: int = 422
) -> Response[Any]:
    """The page of an act with what was typed and what is to be mended."""
    with reading(premises.engine) as conn:
        row, view, _ = _seen_by(conn, premises, ref, visitor)
        desk = desk_of(reader, conn, premises, row, visitor, form)
        if not view.may(reader.name) and visitor.is_to_declare:
            return Redirect(f"/cases/{view.reference}", status_code=303)
        if not view.may(reader.name):
            return _over(reader, conn, desk, view, form)
        return _shown(reader, conn, desk, view, form, status)


def respelt(premises: Premises, ref: str, rest: str = "") -> Redirect | None:
    """To the stored spelling of a reference; None when it is spelt so. Raises NotFound for no reference."""
    reference = normalise(ref, premises.settings.office.prefix)
    if reference is None:
        raise NotFound(NO_CASE)
    return None if reference == ref else Redirect(f"/cases/{quote(reference)}{rest}", status_code=303)


def page_of(view: CaseView, visitor: Visitor) -> str:
    """The template of a case for this visitor: senior leads and chief officers have one made for them."""
    if view.viewpoint == "mediator":
        return "cases/mediator.html"
    leads = visitor.seat in case_view.ESCALATED and view.review.review != "none"
    return "cases/lead.html" if leads else f"cases/{view.viewpoint}.html"


def _shown(reader: Reader, conn: Connection, desk: Desk, view: CaseView, form: Form, status: int) -> Template:
    """An officer's act has a page of its own; a party reads the whole case beside the form."""
    own = view.viewpoint == "officer" or reader.apart
    is_late = (status == 409 or form.kept_at) and not desk.visitor.is_to_declare
    context = {
        "form": form,
        "view": view,
        "act": reader,
        "news": view.news_since(_seen(form)) if is_late else (),
        "address": f"{desk.premises.settings.base_url}/cases/{view.reference}",
        **desk.known,
        **reader.shows(conn, desk, form),
    }
    return Template(
        reader.template if own else page_of(view, desk.visitor), context=context, status_code=status
    )


def _over(reader: Reader, conn: Connection, desk: Desk, view: CaseView, form: Form) -> Template:
    """The act cannot be done any more: who ended it, what was typed, and the way back, without a button."""
    seen = _seen(form)
    found = over.over(conn, desk.rulebook, desk.row, desk.visitor, desk.at, view, reader.name, seen)
    context = {
        "view": view,
        "over": found,
        "news": [one for one in view.news_since(seen) if one is not found.ended],
        "typed": reader.takes.texts_in(form),
        "address": f"{desk.premises.settings.base_url}/cases/{view.reference}",
    }
    return Template("cases/over.html", context=context, status_code=409)


def _seen_by(
    conn: Connection, premises: Premises, ref: str, visitor: Visitor, since: int | None = None
) -> tuple[CaseRow, CaseView, JustDone | None]:
    reference = _reference(premises, ref)
    siblings = ground.with_siblings(conn, reference) if reference else []
    row = next((one for one in siblings if one.reference == reference), None)
    if row is None or not may_open(visitor, row):
        raise NotFound(NO_CASE)
    rulebook = library.rulebook(conn, row.procedure_edition, row.calendar_edition)
    now = premises.clock.now()
    return row, *case_view.view_since(conn, rulebook, row, visitor, now, siblings, since)


def _reference(premises: Premises, ref: str) -> str | None:
    return normalise(ref, premises.settings.office.prefix)


def _seen(form: Form) -> int:
    """The position that the page was made from; 0, which is always behind, when it does not say."""
    return _position(form.one("seen")) or 0


def _position(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
