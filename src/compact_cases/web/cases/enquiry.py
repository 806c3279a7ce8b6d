"""Enquiry on its pages: the respondent replies, an officer releases the reply, the raiser decides."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy import Connection

from compact_cases.office.casework import reply_drafts
from compact_cases.office.identity import statement, statement_if
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries
from compact_cases.reports import parties
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.enquiry import ReplyShown
from compact_cases.reports.names import marked, missing
from compact_cases.rules.decide import Command
from compact_cases.rules.enquiry import ANSWERS, Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.rulebook import Rulebook
from compact_cases.web.cases.acts import Desk, Known, PageAct, opened, page_again, routes_of
from compact_cases.web.frame.forms import Form

LONGEST = 20_000
WHO_SIGNS = "Please give the name and post of the person who replies."


# --- the reply --------------------------------------------------------------------------------------------


def _reply(form: Form, desk: Desk) -> SendReply:
    """``answer-{clause}`` and ``words-{clause}`` for each undertaking; ``offer``; ``signed``."""
    answers = tuple(_answer(form, one.clause, one.title) for one in desk.view.intake.to_answer)
    offer = form.text("offer", most=LONGEST, lines=True)
    signed = form.text("signed", required=WHO_SIGNS, most=300)
    return SendReply(answers, statement_if(offer), desk.visitor.person_id, statement(signed))


def _answer(form: Form, clause: str, title: str) -> Answer:
    answer = form.choice(f"answer-{clause}", ANSWERS, required=f"Please choose an answer to {title}.")
    words = form.text(f"words-{clause}", most=LONGEST, lines=True)
    if answer and answer != "accept" and not words:
        whose = "Please say whose it is" if answer == "not-ours" else "Please say why"
        form.refuse(f"words-{clause}", f"{whose}, in a sentence or more, for {title}.")
    return Answer(clause, answer, statement_if(words))


REPLY = PageAct("reply", "enquiry/reply.html", _reply, viewpoints=("officer", "respondent"))


@post("/cases/{ref:str}/reply-draft", opt={"permission": Permission.RESPONDENT}, sync_to_thread=True)
def keep_reply(
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """The second button of the reply's form: nothing of it need be finished, and nobody else reads it."""
    view = opened(premises, ref, visitor)
    typed = {
        f"answer-{one.clause}": form.choice(f"answer-{one.clause}", ANSWERS) for one in view.intake.to_answer
    }
    for one in view.intake.to_answer:
        typed[f"words-{one.clause}"] = form.text(f"words-{one.clause}", most=LONGEST, lines=True)
    typed["offer"] = form.text("offer", most=LONGEST, lines=True)
    typed["signed"] = form.text("signed", most=300)
    if not form.is_good:
        return page_again(REPLY, view.reference, premises, visitor, form)
    reply_drafts.keep(premises, view.reference, typed, by=visitor)
    return Redirect(f"/cases/{view.reference}?kept=1#reply", status_code=303)


# --- its release ------------------------------------------------------------------------------------------


def _release(form: Form, desk: Desk) -> ReleaseReply:
    looked = bool(form.one("looked"))
    if not looked:
        form.refuse("looked", "Please look for names that must not be there, and tick that you did.")
    hidden = form.text("hidden", most=LONGEST, lines=True)
    text = "\n".join(_texts(desk.known["reply"]))
    if nowhere := missing(text, hidden.splitlines()):
        phrase = nowhere[0].strip()[:80]
        form.refuse("hidden", f"“{phrase}” does not stand in the reply. Please copy it as it stands there.")
    return ReleaseReply(looked, statement_if(hidden))


def _reply_to_read(conn: Connection, rulebook: Rulebook, view: CaseView, form: Form) -> Known:
    """The reply that waits, its texts in pieces with the raiser's words marked."""
    reply = next((one for one in view.enquiry.replies if one.released_at is None), None)
    row = case_summaries.find(conn, view.reference)
    telling = parties.telling_words_of(conn, row.raiser_id if row else None)
    pieces = {text: marked(text, telling) for text in _texts(reply)}
    return {
        "reply": reply,
        "marked_texts": pieces,
        "names": any(tells for one in pieces.values() for _, tells in one),
    }


def _texts(reply: ReplyShown | None) -> list[str]:
    if reply is None:
        return []
    said = [*(one.words for one in reply.answers), reply.offer, reply.signed]
    return [one.text for one in said if one is not None and one.text]


RELEASE = PageAct("release", "enquiry/release.html", _release, _reply_to_read)


# --- the raiser's decision --------------------------------------------------------------------------------


def _decision(form: Form, desk: Desk) -> Command | None:
    """settled, partly, not, after a reply; go-on, wait, stop, when none came."""
    replied = any(one.released_at for one in desk.view.enquiry.replies)
    choices = ("settled", "partly", "not") if replied else ("go-on", "wait", "stop")
    decision = form.choice("decision", choices, required="Please choose one of the answers.")
    if decision == "wait":
        until = form.date("until", required="Please say until which day you want to wait.")
        return WaitForReply(until) if until else None
    words = statement_if(form.text("words", most=LONGEST, lines=True))
    then = ""
    if decision == "partly":
        enough = "Please say whether this is enough to close the case, or whether you want to go on."
        then = form.choice("then", ("close", "go-on"), required=enough)
    return Decide("not" if decision == "go-on" else decision, then, words) if decision else None


DECISION = PageAct("decision", "enquiry/decision.html", _decision, viewpoints=("officer", "raiser"))

routes = [
    *routes_of(REPLY, Permission.PARTY_OR_OFFICER),
    keep_reply,
    *routes_of(RELEASE, Permission.OFFICER),
    *routes_of(DECISION, Permission.PARTY_OR_OFFICER),
]
