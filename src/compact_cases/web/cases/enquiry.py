"""Enquiry: the respondent replies, an officer releases the reply, the raiser decides."""

from collections.abc import Iterator
from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from sqlalchemy import Connection

from compact_cases.office.casework import reply_drafts
from compact_cases.office.identity import statement, statement_if
from compact_cases.office.premises import Premises
from compact_cases.records import statements
from compact_cases.reports import parties
from compact_cases.reports.names import marked, missing
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.concern import Problem
from compact_cases.rules.enquiry import ANSWERS, Answer, Decide, ReleaseReply, SendReply, WaitForReply
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.pages import opened, page_again
from compact_cases.web.frame.forms import Form, places_of
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Choice, Day, Line, Lines, Parts, Takes, Text, Tick, Values

# --- the reply --------------------------------------------------------------------------------------------

REPLY = Takes(
    Parts("answers", Takes(Line("clause", 200), Choice("answer", ANSWERS), Text("words", LONGEST))),
    Text("offer", LONGEST),
    Line("signed", 300, required="Please give the name and post of the person who replies."),
)


def _reply(values: Values, desk: Desk) -> SendReply:
    """Send the respondent's reply: an answer to each undertaking it was asked about, an offer, who signs."""
    answers = tuple(
        Answer(one["clause"], one["answer"], statement_if(one["words"])) for one in values["answers"]
    )
    signed = statement(values["signed"])
    return SendReply(answers, statement_if(values["offer"]), desk.visitor.person_id, signed)


def _unanswered(values: Values, desk: Desk) -> Iterator[Problem]:
    given = {one["clause"]: one for one in values["answers"]}
    numbers = {clause: one.number for clause, one in given.items()}
    for clause, place in places_of("answers", numbers, desk.case.clauses_to_answer).items():
        title, one = title_of(clause, "", desk.rulebook.codes), given.get(clause)
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
    checks=_unanswered,
    viewpoints=("officer", "respondent"),
)


@post("/cases/{ref:str}/reply-draft", opt={"permission": Permission.RESPONDENT}, sync_to_thread=True)
def keep_reply(
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
    form: NamedDependency[Form],
) -> Response[Any]:
    """The second button of the reply's form: nothing of it need be finished, and nobody else reads it."""
    view = opened(premises, ref, visitor)
    values = REPLY.unfinished().read(form)
    if not form.is_good:
        return page_again(SENDING, view.reference, premises, visitor, form)
    typed = {name: values[name] for name in ("offer", "signed")}
    for one in values["answers"]:
        if one["answer"] or one["words"]:
            typed |= {f"answers.{one.number}.{name}": text for name, text in one.items()}
    reply_drafts.keep(premises, view.reference, typed, by=visitor)
    return Redirect(f"/cases/{view.reference}?kept=1#reply", status_code=303)


# --- its release ------------------------------------------------------------------------------------------

LOOK = "Please look for names that must not be there, and tick that you did."
RELEASE = Takes(Tick("looked", required=LOOK), Lines("hidden", LONGEST))


def _release(values: Values, desk: Desk) -> ReleaseReply:
    """Let the raiser read the reply that waits, without the phrases in `hidden`."""
    return ReleaseReply(values["looked"], statement_if("\n".join(values["hidden"])))


def _reply_to_read(conn: Connection, desk: Desk, sent: Sent) -> Known:
    """The texts of the reply that waits; None where no reply does."""
    number = desk.case.reply_to_release
    if number is None:
        return {"texts": None}
    reply = desk.case.replies[number]
    said = [*(one.words for one in reply.answers), reply.offer, reply.signed]
    kept = statements.get(conn, [one.statement for one in said if one])
    return {"texts": [one.text for one in kept.values()]}


def _nowhere(values: Values, desk: Desk) -> Iterator[Problem]:
    texts = desk.known["texts"]
    if texts is None:
        return
    for phrase in missing("\n".join(texts), values["hidden"])[:1]:
        yield Problem(
            "hidden", f"“{phrase[:80]}” does not stand in the reply. Please copy it as it stands there."
        )


def _raisers_words(conn: Connection, desk: Desk, form: Form) -> Known:
    """The same texts in pieces, with the raiser's words marked."""
    telling = parties.telling_words_of(conn, desk.case.raiser)
    pieces = {text: marked(text, telling) for text in desk.known["texts"] or ()}
    return {
        "marked_texts": pieces,
        "names": any(tells for one in pieces.values() for _, tells in one),
    }


# --- the raiser's decision --------------------------------------------------------------------------------

OTHERS = ("settled", "partly", "not", "go-on", "stop")
UNTIL = "Please say until which day you want to wait."
ENOUGH = "Please say whether this is enough to close the case, or whether you want to go on."
DECISION = Takes(
    Choice("decision", (*OTHERS, "wait"), required="Please choose one of the answers."),
    Choice("then", ("close", "go-on"), required=ENOUGH, when=("decision", "partly")),
    Day("until", required=UNTIL, when=("decision", "wait")),
    Text("words", LONGEST, when=("decision", *OTHERS)),
)


def _decision(values: Values, desk: Desk) -> Decide | WaitForReply:
    """What the raiser says to a reply: `settled`, `partly`, `not`; to no reply: `go-on`, `wait`, `stop`."""
    decision = values["decision"]
    if decision == "wait":
        return WaitForReply(values["until"])
    words = statement_if(values["words"])
    return Decide("not" if decision == "go-on" else decision, values["then"], words)


READERS = (
    SENDING,
    Reader(
        "release",
        RELEASE,
        _release,
        "enquiry/release.html",
        looks_up=_reply_to_read,
        checks=_nowhere,
        shows=_raisers_words,
    ),
    Reader(
        "decision",
        DECISION,
        _decision,
        "enquiry/decision.html",
        viewpoints=("officer", "raiser"),
        aliases={"wait": {"decision": "wait"}},
    ),
)
routes = [keep_reply]
