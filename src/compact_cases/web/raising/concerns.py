"""Raising a concern: its start, its question pages, the check of the answers, and sending."""

from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter, URLEncodedBody
from litestar.response import Redirect, Template

from compact_cases.mail import addresses
from compact_cases.office.accounts.allowance import may_have_receipts
from compact_cases.office.accounts.attempts import network_of, too_many
from compact_cases.office.opened import mark_of
from compact_cases.office.premises import Premises
from compact_cases.office.reception import drafting
from compact_cases.records.drafts import Draft
from compact_cases.rules import concern as said
from compact_cases.rules.concern import CHANNELS, Problem
from compact_cases.rules.permissions import NOBODY, Permission, Visitor
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.web.frame.access_log import address_of
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.limits import limited
from compact_cases.web.raising import answers_shown, looking_up
from compact_cases.web.raising.coming_back import (
    Fields,
    forget,
    has_no_link,
    mail_link,
    mail_link_once,
    receipt,
    saved,
    to_page,
    to_receipt,
    was_sent,
    written_down,
)
from compact_cases.web.raising.equality import equality_answers, equality_questions
from compact_cases.web.raising.questions import (
    BY_NAME,
    Question,
    after,
    asked,
    before,
    concern_of,
    field_of,
    gaps,
    kept_of,
    place_of,
    question_of,
)

DRAFTS_AN_HOUR = 40  # begun from one address; a library or a hall may have one address for many
SENT_AN_HOUR = 40  # from one address: each is a letter to every officer
TOO_MANY_SENT = (
    "Your network address has sent forty concerns within the hour. Nothing you typed is lost: please send"
    " this one in an hour, or ring us."
)
FOR_SOMEONE = ("phone", "meeting", "paper")
DECLARE = "Please tick the box to say that this is true as far as you know."


@get("/new", sync_to_thread=True)
def start(
    visitor: NamedDependency[Visitor], channel: Annotated[str, QueryParameter(name="for")] = ""
) -> Template:
    """What the form asks and what happens to it, before anything is stored."""
    ways = [(way, CHANNELS[way]) for way in FOR_SOMEONE] if visitor.is_officer else []
    return Template("raising/start.html", context={"ways": ways, "chosen": channel})


@post("/new", sync_to_thread=True, guards=[limited("draft", DRAFTS_AN_HOUR)])
def begin(
    premises: NamedDependency[Premises], visitor: NamedDependency[Visitor], data: URLEncodedBody[Fields]
) -> Redirect:
    """A new draft. Only an officer can fill it in for someone, and the record will say so."""
    channel = Form(data).one("for")
    for_someone = visitor.is_officer and channel in FOR_SOMEONE
    secret = drafting.begin(
        premises, channel if for_someone else "web", visitor.staff_id if for_someone else None
    )
    return to_page(secret, asked({})[0].name)


@get("/drafts/{secret:str}", sync_to_thread=True)
def resume_button(premises: NamedDependency[Premises], secret: FromPath[str]) -> Template:
    """The link of a letter: a button, and nothing of what was written, for mail scanners open links."""
    draft = drafting.find(premises, secret)
    return Template("raising/resume.html", context={"secret": secret, "draft": draft})


@post("/drafts/{secret:str}", sync_to_thread=True)
def resume(premises: NamedDependency[Premises], secret: FromPath[str]) -> Redirect:
    """On to where the raiser stopped."""
    draft = drafting.find(premises, secret)
    return to_page(secret, draft.step or asked(draft.answers)[0].name)


@get("/drafts/{secret:str}/{page:str}", sync_to_thread=True)
def question_page(
    premises: NamedDependency[Premises],
    secret: FromPath[str],
    page: FromPath[str],
    change: FromQuery[str] = "",
) -> Template | Redirect:
    draft = drafting.find(premises, secret)
    question = BY_NAME.get(page)
    if question is None:
        raise NotFoundException("There is no such question.")
    if question not in asked(draft.answers):
        following = after(question, draft.answers)
        return to_page(secret, following.name if following else "check")
    opened = mark_of(draft.answers, question.fields)
    return _asked(premises, secret, draft, question, Form(draft.answers), change, opened)


@post("/drafts/{secret:str}/{page:str}", sync_to_thread=True)
def answer(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    secret: FromPath[str],
    page: FromPath[str],
    data: URLEncodedBody[Fields],
    change: FromQuery[str] = "",
) -> Template | Redirect:
    """Keep what was typed, whatever it is; then say what is wrong with it, or go on."""
    draft = drafting.find(premises, secret)
    if (question := BY_NAME.get(page)) is None:
        raise NotFoundException("There is no such question.")
    typed = Form(data)
    typed.refuse_hidden()
    form = Form({**draft.answers, **{name: typed.all(name) for name in question.fields}}, typed.problems)
    clear = looking_up.is_clear(premises, question.name, form)
    act = typed.one("act")
    form.problems = [
        problem for problem in _problems(premises, form, draft) if problem.field in question.fields
    ]
    stays = act == "search" or not clear or (form.problems and act != "later")
    following = after(question, form.typed)
    onward = "check" if change or following is None else following.name
    step = question.name if stays or act == "later" else onward
    kept = kept_of(question, form)
    try:
        drafting.keep(premises, draft, kept, step, typed.one("opened"))
    except drafting.ChangedMeanwhile as changed:
        return _both(premises, secret, changed.now, question, form, change)
    except Refused as refused:
        form.refuse(question.fields[0], refused.sentence)
        opened = mark_of(draft.answers, question.fields)
        return _asked(premises, secret, draft, question, form, change, opened)
    if act == "later":
        return to_page(secret, "saved")
    if act == "search" or (not clear and not form.problems):
        return to_page(secret, question.name, change=change)
    if form.problems:
        return _asked(premises, secret, draft, question, form, change, mark_of(kept))
    if question.name == "reach":
        mail_link_once(request, premises, draft, secret, form.one("raiser-email").strip())
    return to_page(secret, onward)


@get("/drafts/{secret:str}/check", sync_to_thread=True)
def check(premises: NamedDependency[Premises], secret: FromPath[str]) -> Template | Redirect:
    draft = drafting.find(premises, secret)
    return _checked(premises, secret, draft, Form(draft.answers))


@post("/drafts/{secret:str}/check", sync_to_thread=True)
def send(
    request: Request[Any, Any, Any],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    secret: FromPath[str],
    data: URLEncodedBody[Fields],
) -> Template | Redirect:
    """Raise it. A second press of the same button leads to the same receipt; nothing else does."""
    page = Form(data).one("page")
    try:
        draft = drafting.find(premises, secret)
    except drafting.WasSent:
        if receipt_secret := drafting.receipt_of(premises, secret, page):
            return to_receipt(receipt_secret)
        raise
    declared = Form(data).one("declared") == "yes"
    form = Form({**draft.answers, "declared": ["yes"] if declared else [], "page": [page]})
    if (shown := Form(data).one("opened")) and shown != mark_of(draft.answers):
        return _checked(premises, secret, draft, form, changed=True)
    form.problems = _problems(premises, form, draft)
    if not declared:
        form.refuse("declared", DECLARE)
    if form.problems:
        return _checked(premises, secret, draft, form)
    sender = "" if visitor.is_officer else address_of(dict(request.scope))
    if sender and too_many(
        premises, "concern by sender", network_of(sender), SENT_AN_HOUR, beside_a_concern=True
    ):
        form.refuse("declared", TOO_MANY_SENT)
        return _checked(premises, secret, draft, form, status=429)
    concern, by = concern_of(form, draft), _by(draft, visitor)
    by_mail = may_have_receipts(premises, concern, sender)
    try:
        return to_receipt(drafting.send(premises, draft, secret, concern, by, page, by_mail=by_mail))
    except drafting.WasSent:
        raise
    except Refused as refused:
        form.refuse(field_of(Problem(refused.field or "", refused.sentence)), refused.sentence)
    return _checked(premises, secret, draft, form)


# --- what the handlers above share ------------------------------------------------------------------------


def _by(draft: Draft, visitor: Visitor) -> Visitor:
    """An officer who fills in for someone acts as an officer, were their session over by now; who raises
    their own concern does not.
    """
    if not draft.filled_by or visitor.is_officer:
        return visitor if draft.filled_by else NOBODY
    return Visitor(Seat.OFFICER, staff_id=draft.filled_by)


def _problems(premises: Premises, form: Form, draft: Draft) -> list[Problem]:
    """Everything wrong with the whole draft, under the names of the form's boxes, the first of each box."""
    concern = concern_of(form, draft)
    with premises.engine.connect() as conn:
        clauses, codes = looking_up.known(conn)
    found = said.problems(concern, premises.clock.today(), clauses, codes, addresses.problem_with)
    found = [Problem(field_of(problem), problem.sentence) for problem in found]
    together = {problem.field: problem for problem in reversed([*form.problems, *gaps(form), *found])}
    return sorted(together.values(), key=lambda problem: place_of(problem.field))


def _both(
    premises: Premises, secret: str, now: Draft, question: Question, form: Form, change: str
) -> Template:
    """The page again, with what was typed here and what another tab has saved since it was opened."""
    form.problems = []
    following = after(question, now.answers)
    with premises.engine.connect() as conn:
        saved = answers_shown.rows(conn, Form(now.answers), now)
    others: dict[str, Any] = {
        "saved": next((row.lines for row in saved if row.page == question.name), []),
        "saved_at": now.changed_at,
        "onward": "check" if change or following is None else following.name,
    }
    opened = mark_of(now.answers, question.fields)
    return _asked(premises, secret, now, question, form, change, opened, others)


def _asked(
    premises: Premises,
    secret: str,
    draft: Draft,
    question: Question,
    form: Form,
    change: str,
    opened: str,
    others: Mapping[str, Any] | None = None,
) -> Template:
    """The page of a question, with what was typed and with what is wrong.

    ``opened`` is the mark of what is stored; ``others`` what another tab has stored meanwhile.
    """
    questions = asked(form.typed) if question in asked(form.typed) else asked(draft.answers)
    earlier = before(question, draft.answers)
    context: dict[str, Any] = {
        "question": question,
        "number": questions.index(question) + 1,
        "of": len(questions),
        "form": form,
        "secret": secret,
        "change": change,
        "draft": draft,
        "back": "check" if change else (earlier.name if earlier else ""),
        "said": said,
        "no_link": earlier is not None and earlier.name == "reach" and has_no_link(draft),
        "opened": opened,
        **(others or {}),
    }
    with premises.engine.connect() as conn:
        if prefix := looking_up.BODIES_ASKED_ON.get(question.name):
            matches = looking_up.matches_for(conn, form, prefix)
            context |= {
                "prefix": prefix,
                "matches": matches,
                "asks": not looking_up.settled(form, prefix, matches),
            }
        if question.name == "undertakings":
            plain = premises.settings.office.compact.plain_words
            context["undertakings"] = looking_up.undertakings(conn, form, plain)
    return Template(
        f"raising/questions/{question.name}.html",
        context=context,
        status_code=409 if others else 422 if form.problems else 200,
    )


def _checked(
    premises: Premises, secret: str, draft: Draft, form: Form, status: int = 422, *, changed: bool = False
) -> Template:
    """``changed``: another tab has changed an answer since the page was opened; it is read once more."""
    with premises.engine.connect() as conn:
        rows = answers_shown.rows(conn, form, draft)
    wrong = [
        (problem, None if problem.field == "declared" else question_of(problem.field))
        for problem in form.problems
    ]
    context = {"rows": rows, "wrong": wrong, "form": form, "secret": secret, "draft": draft}
    context["page"] = form.one("page") or drafting.new_page()
    context["last"] = asked(form.typed)[-1].name
    context |= {"no_link": has_no_link(draft), "opened": mark_of(draft.answers), "changed": changed}
    code = 409 if changed else status if form.problems else 200
    return Template("raising/check.html", context=context, status_code=code)


routes = Router(
    "/concerns",
    route_handlers=[
        start,
        begin,
        resume_button,
        resume,
        question_page,
        answer,
        check,
        send,
        saved,
        mail_link,
        forget,
        receipt,
        written_down,
        equality_questions,
        equality_answers,
    ],
    opt={"permission": Permission.PUBLIC},
    exception_handlers={drafting.WasSent: was_sent},
)
