"""Enquiry: the respondent replies, an officer releases the reply, the raiser decides."""

from collections.abc import Iterator
from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy import Connection

from compact_cases.office.casework import needs, reply_drafts
from compact_cases.office.identity import statement, statement_if
from compact_cases.office.opened import mark_of
from compact_cases.office.premises import Premises
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.concern import Problem
from compact_cases.rules.enquiry import ANSWERS, Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.events.intake import Intake
from compact_cases.rules.names import found_in, marked, without
from compact_cases.rules.onward import WAYS
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.coming import CAME, DONE, arrived, half_said
from compact_cases.web.cases.pages import opened, page_again
from compact_cases.web.frame.forms import Form, places_of
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Choice, Day, Line, Lines, Named, Parts, Takes, Text, Tick, Values

# --- the reply --------------------------------------------------------------------------------------------

REPLY = Takes(
    Parts("answers", Takes(Named("clause", 200), Choice("answer", ANSWERS), Text("words", LONGEST))),
    Text("offer", LONGEST),
    Line("signed", 300, required=needed(SendReply, "signed")),
    *CAME,
)
TWICE = "There are two answers to this undertaking. Please leave one of them out."
ELSEWHERE = "This case asks for no answer to that. Please answer the undertakings that it names."


def _reply(values: Values, desk: Desk) -> SendReply:
    """Send the respondent's reply: an answer to each undertaking it was asked about, an offer, who signs."""
    part = desk.case.intake
    answers = tuple(
        Answer(link.id, one["answer"], statement_if(one["words"]))
        for one in values["answers"]
        if (link := part.named(one["clause"]))
    )
    signed = statement(values["signed"])
    offer, came = statement_if(values["offer"]), arrived(values)
    return SendReply(answers, offer, desk.visitor.person_id, signed, came)


def _name(part: Intake, typed: str) -> str:
    """The name of the link that is meant; what names none stays as it was typed."""
    link = part.named(typed)
    return part.name_of(link) if link else typed


def _half_of(conn: Connection, desk: Desk, sent: Sent) -> Known:
    """Half a reply that is kept, where it is another one than a contact's page showed; calls know none."""
    if not desk.visitor.is_respondent:
        return {}
    kept = reply_drafts.kept_of(conn, desk.row.case_id)
    moved = reply_drafts.moved_on(kept, sent.one("opened"))
    return {"half": kept if moved else {}, "half_opened": mark_of(kept)}


def _to_mend(values: Values, desk: Desk) -> Iterator[Problem]:
    if desk.known.get("half"):
        raise reply_drafts.SavedMeanwhile
    yield from _not_asked(values, desk)
    yield from _unanswered(values, desk)
    yield from half_said(values, desk)


def _not_asked(values: Values, desk: Desk) -> Iterator[Problem]:
    """What would be left out in silence: an answer to something else, or a second one to the same."""
    part, given = desk.case.intake, set[str]()
    to_answer = {part.name_of(link) for link in part.to_answer}
    for one in values["answers"]:
        name = _name(part, one["clause"])
        if name in given:
            yield Problem(f"answers.{one.number}.clause", TWICE)
        elif name not in to_answer and (one["answer"] or one["words"]):
            yield Problem(f"answers.{one.number}.clause", ELSEWHERE)
        given.add(name)


def _unanswered(values: Values, desk: Desk) -> Iterator[Problem]:
    part = desk.case.intake
    to_answer = {part.name_of(link): link for link in part.to_answer}
    given = {_name(part, one["clause"]): one for one in values["answers"]}
    numbers = {name: one.number for name, one in given.items()}
    for name, place in places_of("answers", numbers, to_answer).items():
        title, one = title_of(to_answer[name].clause, "", desk.rulebook.codes), given.get(name)
        if one is None or not one["answer"]:
            yield Problem(f"{place}answer", f"Please choose an answer to {title}.")
        elif one["answer"] != "accept" and not one["words"]:
            whose = "Please say whose it is" if one["answer"] == "not-ours" else "Please say why"
            yield Problem(f"{place}words", f"{whose}, in a sentence or more, for {title}.")


SENDING = Reader(
    "reply",
    REPLY,
    _reply,
    "enquiry/reply.html",
    looks_up=_half_of,
    checks=_to_mend,
)


HALF: dict[str, Any] = {"permission": Permission.RESPONDENT, "act": "reply"}


@post("/cases/{ref:str}/reply-draft", opt=HALF, sync_to_thread=True)
def keep_reply(
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """The second button of the reply's form: nothing of it need be finished, and nobody else reads it."""
    view = opened(premises, ref, visitor)
    values = REPLY.unfinished().read(form)
    if not form.is_good or not view.may(SENDING.name):
        return page_again(SENDING, view.reference, premises, visitor, form)
    typed = {name: values[name] for name in ("offer", "signed")}
    for one in values["answers"]:
        if one["answer"] or one["words"]:
            typed |= {f"answers.{one.number}.{name}": text for name, text in one.items()}
    try:
        reply_drafts.keep(premises, view.reference, typed, by=visitor, opened=form.one("opened"))
    except reply_drafts.SavedMeanwhile as meanwhile:
        form.problems.insert(0, Problem("half", meanwhile.sentence))
        return page_again(SENDING, view.reference, premises, visitor, form, 409)
    return Redirect(f"/cases/{view.reference}?kept=1#reply", status_code=303)


# --- its release ------------------------------------------------------------------------------------------

LOOK = "Please look for names that must not be there, and tick that you did."
RELEASE = Takes(Tick("looked", required=LOOK), Lines("hidden", LONGEST), Tick("words_may_stay"), DONE)


def _release(values: Values, desk: Desk) -> ReleaseReply:
    """Let the raiser read the reply that waits, without the phrases in `hidden`."""
    hidden = statement_if("\n".join(values["hidden"]))
    return ReleaseReply(values["looked"], hidden, values["words_may_stay"], done_on=values["done_on"])


def _raisers_words(conn: Connection, desk: Desk, form: Form) -> Known:
    """The texts of the reply that waits, in pieces with the raiser's words marked."""
    part = desk.case.intake
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    pieces = {text: marked(text, telling) for text in needs.waiting_texts(conn, desk.case)}
    return {
        "marked_texts": pieces,
        "names": any(tells for one in pieces.values() for _, tells in one),
        "found": found_in(without("\n".join(pieces), form.one("hidden").splitlines()), telling),
    }


# --- the raiser's decision --------------------------------------------------------------------------------

OTHERS = ("settled", "partly", "not", "go-on", "stop")
UNTIL = "Please say until which day to wait."
ENOUGH = "Please say whether this is enough to close the case, or whether it is to go on."
DECISION = Takes(
    Choice("decision", (*OTHERS, "wait"), required="Please choose one of the answers."),
    Choice("then", ("close", "go-on"), required=ENOUGH, when=("decision", "partly")),
    Choice("then", ("close", "go-on"), when=("decision", *(one for one in OTHERS if one != "partly"))),
    Choice("stage", [one.value for one in WAYS], when=("decision", *OTHERS)),
    Day("until", required=UNTIL, when=("decision", "wait")),
    Text("words", LONGEST, when=("decision", *OTHERS)),
    *CAME,
)


def _decision(values: Values, desk: Desk) -> Decide | WaitForReply:
    """What the raiser says to a reply: `settled`, `partly`, `not`; to no reply: `go-on`, `wait`, `stop`."""
    decision = values["decision"]
    if decision == "wait":
        return WaitForReply(values["until"], arrived(values))
    words = statement_if(values["words"])
    return Decide(
        "not" if decision == "go-on" else decision, values["then"], words, values["stage"], arrived(values)
    )


READERS = (
    SENDING,
    Reader(
        "release",
        RELEASE,
        _release,
        "enquiry/release.html",
        shows=_raisers_words,
    ),
    Reader(
        "decision",
        DECISION,
        _decision,
        "enquiry/decision.html",
        checks=half_said,
        aliases={"wait": {"decision": "wait"}},
    ),
)
routes = [keep_reply]
