"""Intake: a concern is taken on or not, asked about, matched, linked, given to an officer."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement, statement_if
from compact_cases.records import bodies, staff, statements
from compact_cases.rules.bodies import folded
from compact_cases.rules.concern import LinkRole, Problem
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AddToConcern,
    AnswerQuestion,
    AskForMore,
    Decline,
)
from compact_cases.rules.names import found_in, marked
from compact_cases.rules.particulars import Assign, CiteClause, DropClause, HandOver, MatchRespondent
from compact_cases.rules.past import Past
from compact_cases.rules.refusals import Refused
from compact_cases.rules.review import who_may_handle
from compact_cases.rules.statements import needed
from compact_cases.rules.talk import AFRAID_TO_TALK, TalkFirst, may_talk
from compact_cases.web.cases import linking
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.coming import CAME, arrived, half_said
from compact_cases.web.cases.relations import NO_SUCH_CASE, named_case
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Choice, Day, Id, Line, Parts, Takes, Text, Tick, Values, YesOrNo
from compact_cases.web.frame.templating import short_day

# --- acknowledgement --------------------------------------------------------------------------------------

WHY_NOT = [
    ("no undertaking engaged", "No undertaking is engaged"),
    ("not a partner", "The body is not a partner of the Compact"),
    ("over 12 months old", "It is over 12 months old"),
    ("personal grievance", "It is a personal grievance"),
    ("repeat", "It has been looked at before"),
    ("another route fits", "Another route fits it better"),
    ("not enough information", "There is not enough information"),
]
TAKE_ON = "Please choose whether you take this concern on."
ACCEPTS, DECLINES = ("decision", "accept"), ("decision", "decline")
TALKS, WRITES = ("decision", "talk-first"), ("decision", "accept", "talk-first")
ACKNOWLEDGEMENT = Takes(
    Choice("decision", ("accept", "talk-first", "decline"), required=TAKE_ON, default="accept"),
    Text("restated", LONGEST, required=needed(Accept, "restated"), when=WRITES),
    Text("wording", LONGEST, required=needed(Accept, "wording"), when=WRITES),
    Parts("clauses", linking.LINK, when=ACCEPTS),
    Text("why", LONGEST, when=ACCEPTS),
    Tick("words_may_stay", when=ACCEPTS),
    Tick("fear_considered", when=ACCEPTS),
    Tick("harm", when=ACCEPTS),
    Day("closes_on", when=ACCEPTS),
    Tick("hold", when=ACCEPTS),
    Tick("agreed", when=TALKS),
    Day("received_on", when=ACCEPTS),
    Day("told_on", when=ACCEPTS),
    Choice("reason", DECLINE_REASONS, required="Please choose one of the reasons.", when=DECLINES),
    Line("repeats", 60, when=("reason", "repeat")),
    Text("explanation", LONGEST, required=needed(Decline, "explanation"), when=DECLINES),
)


def _acknowledgement(values: Values, desk: Desk) -> Accept | TalkFirst | Decline:
    """Take a concern on, put both sides in touch first, or say why not, which closes the case."""
    if values["decision"] == "talk-first":
        restated, wording = statement(values["restated"]), statement(values["wording"])
        return TalkFirst(desk.officer, restated, wording, values["agreed"])
    if values["decision"] == "accept":
        wording, may_stay = statement(values["wording"]), values["words_may_stay"]
        restated, feared = statement(values["restated"]), values["fear_considered"]
        changes = linking.changes(values, desk)
        why = statement_if(values["why"]) if changes else None
        urgent = values["harm"], values["closes_on"], values["hold"]
        return Accept(desk.officer, restated, wording, may_stay, feared, changes, why, *urgent, _past(values))
    repeats = desk.known["repeats"].case_id if values["repeats"] else None
    return Decline(desk.officer, values["reason"], statement(values["explanation"]), repeats)


def _looked_at_before(conn: Connection, desk: Desk, sent: Sent) -> Known:
    """The case that this concern repeats, where one is named."""
    return {"repeats": named_case(conn, sent.one("repeats"), desk)}


def _past(values: Values) -> Past | None:
    received, told = values["received_on"], values["told_on"]
    return Past(received, told) if received and told else None


def _wrong(values: Values, desk: Desk) -> Iterator[Problem]:
    """The undertakings; a case that is repeated and not there; of a past on paper both days or neither."""
    if values["repeats"] and desk.known["repeats"] is None:
        yield Problem("repeats", NO_SUCH_CASE)
    yield from linking.wrong(values, desk)
    if bool(values["received_on"]) is not bool(values["told_on"]):
        missing = "told_on" if values["received_on"] else "received_on"
        yield Problem(missing, "Please give both days, or neither: it was kept on paper, or it was not.")


def _account_marked(conn: Connection, desk: Desk, form: Form) -> Known:
    """What a hidden raiser said, with the words marked by which they could be known; those in the wording."""
    part = desk.case.intake
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    return {
        "hides": part.is_hidden,
        "afraid": needs.is_afraid(conn, desk.case),
        "found": found_in(form.one("wording"), telling),
        "account": marked(_account(conn, desk), telling),
        "reasons": WHY_NOT,
        "no_talk": _why_no_talk(conn, desk),
        **linking.rows(conn, desk, form),
    }


def _why_no_talk(conn: Connection, desk: Desk) -> str:
    """Why the two cannot be put in touch; empty where they can."""
    try:
        may_talk(desk.case)
    except Refused as refused:
        return refused.sentence
    return AFRAID_TO_TALK if needs.is_afraid(conn, desk.case) else ""


def _first_words(conn: Connection, desk: Desk) -> dict[str, str]:
    """An open raiser's own words are a start; of others no word is carried over by itself."""
    return {} if desk.case.intake.is_hidden else {"wording": _account(conn, desk)}


def _account(conn: Connection, desk: Desk) -> str:
    """What the raiser said; empty when it was removed on request."""
    account = desk.case.intake.account
    ids = [account.statement] if account else []
    return "".join(one.text for one in statements.get(conn, ids).values())


# --- question and answer ----------------------------------------------------------------------------------

QUESTION = Takes(Text("question", LONGEST, required=needed(AskForMore, "question")))
ANSWER = Takes(Text("answer", LONGEST, required=needed(AnswerQuestion, "answer")), *CAME)


def _question(values: Values, desk: Desk) -> AskForMore:
    """Ask the raiser for more. The date for the acknowledgement stands still meanwhile."""
    return AskForMore(statement(values["question"]))


def _answer(values: Values, desk: Desk) -> AnswerQuestion:
    """Write down the raiser's answer to our question."""
    return AnswerQuestion(statement(values["answer"]), arrived(values))


# --- something added --------------------------------------------------------------------------------------

ADDITION = Takes(Text("addition", LONGEST, required=needed(AddToConcern, "addition")), *CAME)


def _addition(values: Values, desk: Desk) -> AddToConcern:
    """Add something to the concern. Only its raiser and the officers read it."""
    return AddToConcern(statement(values["addition"]), arrived(values))


# --- the respondent ---------------------------------------------------------------------------------------

BODY = "Please choose a body from the register, or look for another name."
RESPONDENT = Takes(Id("body", required=BODY))


def _respondent(values: Values, desk: Desk) -> MatchRespondent:
    """Say which body on the register the concern is about."""
    return MatchRespondent(values["body"])


def _bodies_like(conn: Connection, desk: Desk, form: Form) -> Known:
    words = form.one("name").strip() or desk.row.respondent_label
    matches = bodies.search(conn, words, 8)
    same = [one for one in matches if folded(one.name) == folded(words)]
    if len(same) == 1 and not form.all("body"):
        form.typed["body"] = [str(same[0].id)]
    return {"words": words, "matches": matches}


# --- the undertakings -------------------------------------------------------------------------------------


def _cited(desk: Desk) -> list[str]:
    part = desk.case.intake
    return [name for link in part.links for name in (part.name_of(link), str(link.id))]


CITES, DROPS = ("drop", False), ("drop", True)
HELD = "Please choose the undertaking to take out."
CLAUSES = Takes(
    YesOrNo("drop", required="Please say what is to change.", default=False),
    Line("clause", 200, required=linking.WHICH, when=CITES),
    Choice("role", list(LinkRole), required=linking.WAY, when=CITES, default=LinkRole.NOT_MET.value),
    Choice("clause", _cited, required=HELD, when=DROPS, control="held"),
    Text("reason", LONGEST, required=needed(CiteClause, "reason")),
)


def _clauses(values: Values, desk: Desk) -> CiteClause | DropClause:
    """Cite an undertaking, change in which way it is cited, or take it out."""
    reason = statement(values["reason"])
    if values["drop"]:
        link = desk.case.intake.named(values["clause"])
        return DropClause(link.id if link else 0, reason)
    clause = desk.rulebook.codes.cite(values["clause"])
    code = desk.rulebook.codes.code(clause.code)
    edition = code.in_force.id if code and code.in_force else ""
    return CiteClause(clause.id, edition, LinkRole(values["role"]), reason)


# --- who handles it ---------------------------------------------------------------------------------------

CHOOSE = "Please choose an officer."
FOR_GOOD, FOR_CONFLICT = ("conflict", False, None), ("conflict", True)  # None: a form where neither is said
ASSIGNMENT = Takes(
    YesOrNo("conflict", required="Please say why it changes hands.", default=False),
    Id(
        "officer",
        lambda desk: desk.known["on_staff"],
        required=CHOOSE,
        when=FOR_GOOD,
        default=lambda desk: desk.officer,
    ),
    Id("officer", lambda desk: desk.known["on_staff"], required=CHOOSE, when=FOR_CONFLICT),
    Text("reason", LONGEST, required=needed(HandOver, "reason"), when=FOR_CONFLICT),
)


def _assign(values: Values, desk: Desk) -> Assign | HandOver:
    """Say who handles the case from now on: you, where you name nobody. With a conflict say why."""
    if values["conflict"]:
        return HandOver(values["officer"], statement(values["reason"]))
    return Assign(values["officer"])


def _officers(conn: Connection, desk: Desk, sent: Sent) -> Known:
    may = who_may_handle(desk.case, replace(desk.now, **needs.on_staff(conn, desk.case)))
    listed, today = staff.in_list_order(conn), desk.at.date()
    others = [one for one in listed if one.id in may and one.id != desk.case.intake.officer]
    away = {one.id: one.absent_until for one in others if one.absent_until and one.absent_until >= today}
    return {
        "on_staff": [one.id for one in listed if one.works_on_cases or one.id in may],
        "options": [
            (str(one.id), one.name, f"Away until {short_day(away[one.id])}." if one.id in away else "")
            for one in others
        ],
    }


def _me_first(conn: Connection, desk: Desk) -> dict[str, str]:
    """Whoever takes what nobody has takes it themselves, most of the time."""
    return {} if desk.case.intake.officer else {"officer": str(desk.officer)}


READERS = (
    Reader(
        "acknowledgement",
        ACKNOWLEDGEMENT,
        _acknowledgement,
        "intake/acknowledgement.html",
        looks_up=_looked_at_before,
        checks=_wrong,
        shows=_account_marked,
        fills=_first_words,
    ),
    Reader("question", QUESTION, _question, "intake/question.html"),
    Reader("answer", ANSWER, _answer, "intake/answer.html", checks=half_said),
    Reader("addition", ADDITION, _addition, "intake/addition.html", checks=half_said, apart=True),
    Reader("respondent", RESPONDENT, _respondent, "intake/respondent.html", shows=_bodies_like),
    Reader("clauses", CLAUSES, _clauses, "intake/clauses.html", shows=linking.choices),
    Reader(
        "assignment",
        ASSIGNMENT,
        _assign,
        "intake/assignment.html",
        looks_up=_officers,
        fills=_me_first,
        aliases={"hand-over": {"conflict": True}},
    ),
)
