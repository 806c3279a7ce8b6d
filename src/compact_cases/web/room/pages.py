"""The mediation room: reading it, writing in it, saying yes to a draft. Nothing typed here is kept unsent."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from compact_cases.office.premises import Premises
from compact_cases.office.room import writing
from compact_cases.office.room.inside import NoRoom, look, note_reading
from compact_cases.office.room.writing import Page
from compact_cases.rules.concern import Problem
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.refusals import NotAllowed, NotFound, Refused
from compact_cases.rules.room import CHANGED, NEWER, NEWER_BEFORE
from compact_cases.web.frame.forms import Form
from compact_cases.web.room import drafts
from compact_cases.web.room.shown import shown

FOR_THE_ROOM: dict[str, Any] = {"opt": {"permission": Permission.ROOM}, "sync_to_thread": True}
LONGEST = 20_000
STALE = {CHANGED, NEWER, NEWER_BEFORE}
"""What is said to somebody whose page is older than the room."""


@get("/cases/{ref:str}/room", **FOR_THE_ROOM)
def show(
    ref: FromPath[str], premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    return _room(ref, premises, visitor, Form())


@post("/cases/{ref:str}/room/messages", **FOR_THE_ROOM)
def say(
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    words = form.text("words", required="Please write something.", most=LONGEST, lines=True)
    to = form.text("to", required="Please say who is to read it.")
    stay = form.tick("may_stay")
    status = 422
    if form.is_good:
        try:
            writing.say(premises, ref, to, words, by=visitor, page=page_of(form), may_stay=stay)
            return Redirect(f"/cases/{ref}/room#write", status_code=303)
        except Refused as refused:
            status = refused_in(form, refused)
    return _room(ref, premises, visitor, form, status)


@get("/cases/{ref:str}/room/drafts", **FOR_THE_ROOM)
def draft(
    request: Request[Any, Any, Any],
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Response[Any]:
    """An empty form, or one filled from a version that they may read."""
    try:
        inside = look(premises, ref, visitor)
    except NoRoom:
        return Redirect(f"/cases/{ref}", status_code=303)
    if not shown(inside).to:
        return Redirect(f"/cases/{ref}/room", status_code=303)
    before = drafts.readable(inside, request.query_params.get("from", ""))
    return drafts.page(inside, Form(drafts.typed(before) if before else {}))


@post("/cases/{ref:str}/room/drafts", **FOR_THE_ROOM)
def put(
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    status = 200 if form.one(drafts.LOOKS) else 422
    if status != 200 and (read := drafts.read(form)):
        try:
            to, version = read
            stay = form.tick("may_stay")
            writing.put(premises, ref, to, version, by=visitor, page=page_of(form), may_stay=stay)
            return Redirect(f"/cases/{ref}/room#draft", status_code=303)
        except Refused as refused:
            status = refused_in(form, refused)
    inside = look(premises, ref, visitor)
    if not shown(inside).to:
        return _room(ref, premises, visitor, form, 409, drafts.texts_in(form))
    return drafts.page(inside, form, status)


@post("/cases/{ref:str}/room/answers", **FOR_THE_ROOM)
def answer(
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """With the last yes the mediation is over, and they come to the case with what was agreed."""
    number = form.number_in("draft", required="Please say to which version this is.")
    said = form.choice("answer", ("yes", "back"), required="Please say yes, or take your yes back.")
    status = 422
    if form.is_good and number is not None:
        try:
            agreed = writing.answer(premises, ref, number, by=visitor, back=said == "back")
            return Redirect(f"/cases/{ref}" if agreed else f"/cases/{ref}/room#draft", status_code=303)
        except Refused as refused:
            status = refused_in(form, refused, "draft")
    return _room(ref, premises, visitor, form, status)


def page_of(form: Form) -> Page:
    """What the page showed, as it says itself; one that does not say has shown nobody and nothing."""
    seen = form.one("seen")
    return Page(form.one("room"), int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0)


def refused_in(form: Form, refused: Refused, field: str = "") -> int:
    """The sentence at its field, and the status. Raises again what no form can mend."""
    if isinstance(refused, NotAllowed | NotFound | NoRoom):
        raise refused
    form.problems.append(Problem(field or refused.field or "", refused.sentence))
    return 409 if refused.sentence in STALE else 422


def _room(
    ref: str,
    premises: Premises,
    visitor: Visitor,
    form: Form,
    status: int = 200,
    unsent: list[str] | None = None,
) -> Response[Any]:
    try:
        inside = look(premises, ref, visitor)
    except NoRoom:
        if status != 200:
            raise
        return Redirect(f"/cases/{ref}", status_code=303)
    if inside.row.reference != ref and status == 200:
        return Redirect(f"/cases/{inside.row.reference}/room", status_code=303)
    note_reading(premises, inside)
    room = shown(inside)
    if not room.to and unsent is None:  # it is over, or nobody mediates: what was typed can be copied
        unsent = [text for text in form.all("words") if text.strip()]
    context = {"room": room, "form": form, "unsent_words": unsent or []}
    return Template("room/room.html", context=context, status_code=status)


routes = [show, say, draft, put, answer]
