"""Intake on its pages: a concern is taken on or not, asked about, matched, linked, given to an officer."""

from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import statement
from compact_cases.records import bodies, case_summaries, staff
from compact_cases.reports import parties
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.names import found_in, marked
from compact_cases.rules.audience import CASE_STAFF
from compact_cases.rules.concern import Confidentiality, LinkRole
from compact_cases.rules.decide import Command
from compact_cases.rules.intake import (
    DECLINE_REASONS,
    Accept,
    AnswerQuestion,
    AskForMore,
    Assign,
    CiteClause,
    Decline,
    DropClause,
    HandOver,
    MatchRespondent,
)
from compact_cases.rules.permissions import Permission
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.web.cases.acts import Desk, Known, PageAct, routes_of
from compact_cases.web.frame.forms import Form

LONGEST = 20_000
REASON = "Please give a reason; it is kept with the case and only officers read it."
CHOOSE = "Please choose an officer."
WHY_NOT = [
    ("no undertaking engaged", "No undertaking is engaged"),
    ("not a partner", "The body is not a partner of the Compact"),
    ("over 12 months old", "It is over 12 months old"),
    ("personal grievance", "It is a personal grievance"),
    ("repeat", "It has been looked at before"),
    ("another route fits", "Another route fits it better"),
    ("not enough information", "There is not enough information"),
]


# --- acknowledgement --------------------------------------------------------------------------------------


def _acknowledgement(form: Form, desk: Desk) -> Command | None:
    decision = form.choice(
        "decision", ("accept", "decline"), required="Please choose whether you take this concern on."
    )
    if decision == "decline":
        return _decline(form, desk)
    return _accept(form, desk) if decision == "accept" else None


def _accept(form: Form, desk: Desk) -> Accept | None:
    restated = form.text(
        "restated",
        required="Please restate the concern to its raiser in a sentence or two.",
        most=LONGEST,
        lines=True,
    )
    wording = form.text(
        "wording", required="Please write the text that the respondent will read.", most=LONGEST, lines=True
    )
    words = found_in(wording, desk.known["telling"])
    hides = desk.view.confidentiality != Confidentiality.OPEN
    if words and hides and not form.one("words_may_stay"):
        form.refuse(
            "wording",
            f"These words could tell the respondent who raised it: {', '.join(words)}. "
            "Take them out, or tick the box below to say that they may stay.",
        )

    officer = desk.visitor.staff_id
    return Accept(officer, statement(restated), statement(wording)) if officer and form.is_good else None


def _decline(form: Form, desk: Desk) -> Decline | None:
    reason = form.choice("reason", DECLINE_REASONS, required="Please choose one of the reasons.")
    explanation = form.text(
        "explanation",
        required="Please explain why, and where else the raiser can turn.",
        most=LONGEST,
        lines=True,
    )
    officer = desk.visitor.staff_id
    return Decline(officer, reason, statement(explanation)) if officer and form.is_good else None


def _raisers_words(conn: Connection, rulebook: Rulebook, view: CaseView, form: Form) -> Known:
    row = case_summaries.find(conn, view.reference)
    telling = parties.telling_words_of(conn, row.raiser_id if row else None)
    account = view.intake.account.text if view.intake.account else None
    hides = view.confidentiality != Confidentiality.OPEN
    return {
        "telling": telling,
        "found": found_in(form.one("wording"), telling) if hides else (),
        "account": marked(account or "", telling if hides else frozenset()),
        "hides": hides,
        "reasons": WHY_NOT,
    }


def _first_words(desk: Desk) -> dict[str, str]:
    """An open raiser's own words are a start; of others no word is carried over by itself."""
    account = desk.view.intake.account.text if desk.view.intake.account else None
    opens = desk.view.confidentiality == Confidentiality.OPEN
    return {"wording": account or ""} if opens else {}


ACKNOWLEDGEMENT = PageAct(
    "acknowledgement", "intake/acknowledgement.html", _acknowledgement, _raisers_words, _first_words
)


# --- question and answer ----------------------------------------------------------------------------------


def _question(form: Form, desk: Desk) -> AskForMore:
    text = form.text(
        "question", required="Please write the question for the raiser.", most=LONGEST, lines=True
    )
    return AskForMore(statement(text))


QUESTION = PageAct("question", "intake/question.html", _question)


def _answer(form: Form, desk: Desk) -> AnswerQuestion:
    text = form.text("answer", required="Please write the answer.", most=LONGEST, lines=True)
    return AnswerQuestion(statement(text))


ANSWER = PageAct("answer", "intake/answer.html", _answer, viewpoints=("officer", "raiser"))


# --- the respondent ---------------------------------------------------------------------------------------


def _respondent(form: Form, desk: Desk) -> Command | None:
    chosen = form.choice(
        "body",
        [str(body.id) for body in desk.known["matches"]],
        required="Please choose a body from the register, or look for another name.",
    )

    return MatchRespondent(UUID(chosen)) if chosen else None


def _bodies_like(conn: Connection, rulebook: Rulebook, view: CaseView, form: Form) -> Known:
    words = form.one("name").strip() or view.respondent
    return {"words": words, "matches": bodies.search(conn, words, 8)}


RESPONDENT = PageAct("respondent", "intake/respondent.html", _respondent, _bodies_like)


# --- the undertakings -------------------------------------------------------------------------------------


def _clauses(form: Form, desk: Desk) -> Command | None:
    doing = form.choice("doing", ("cite", "drop"), required="Please say what is to change.")
    reason = form.text("reason", required=REASON, most=LONGEST, lines=True)
    if doing == "drop":
        held = [one.clause for one in desk.view.intake.clauses]
        clause = form.choice("drop", held, required="Please choose the undertaking to take out.")
        return DropClause(clause, statement(reason)) if clause else None
    return _cite(form, desk, reason) if doing == "cite" else None


def _cite(form: Form, desk: Desk, reason: str) -> CiteClause | None:
    roles = [role.value for role in LinkRole]
    role = form.choice("role", roles, required="Please say in which way it is cited.")
    typed = form.text("clause", required="Please write which undertaking, like community-groups/5.3.")
    if not (typed and role):
        return None
    codes = desk.known["codes"]
    try:
        clause = codes.cite(typed)
    except Refused as unknown:
        form.refuse("clause", unknown.sentence)
        return None
    return CiteClause(clause.id, codes.code(clause.code).newest.id, LinkRole(role), statement(reason))


def _codes(conn: Connection, rulebook: Rulebook, view: CaseView, form: Form) -> Known:
    return {"codes": rulebook.codes, "held": rulebook.codes.held()}


CLAUSES = PageAct("clauses", "intake/clauses.html", _clauses, _codes)


# --- who handles it ---------------------------------------------------------------------------------------


def _officers(conn: Connection, rulebook: Rulebook, view: CaseView, form: Form) -> Known:
    listed = [one for one in staff.in_list_order(conn) if one.role in CASE_STAFF]
    return {"officers": [(str(one.id), one.name) for one in listed]}


def _assign(form: Form, desk: Desk) -> Assign | None:
    officer = form.choice("officer", [one[0] for one in desk.known["officers"]], required=CHOOSE)
    return Assign(UUID(officer)) if officer else None


def _hand_over(form: Form, desk: Desk) -> HandOver | None:
    officer = form.choice("officer", [one[0] for one in desk.known["officers"]], required=CHOOSE)
    reason = form.text("reason", required=REASON, most=LONGEST, lines=True)
    return HandOver(UUID(officer), statement(reason)) if officer else None


def _me_first(desk: Desk) -> dict[str, str]:
    return {"officer": str(desk.view.officer_id or desk.visitor.staff_id)}


ASSIGNMENT = PageAct("assignment", "intake/assignment.html", _assign, _officers, _me_first)
HAND_OVER = PageAct("hand-over", "intake/hand-over.html", _hand_over, _officers)

routes = [
    *routes_of(ACKNOWLEDGEMENT, Permission.OFFICER),
    *routes_of(QUESTION, Permission.OFFICER),
    *routes_of(ANSWER, Permission.PARTY_OR_OFFICER),
    *routes_of(RESPONDENT, Permission.OFFICER),
    *routes_of(CLAUSES, Permission.OFFICER),
    *routes_of(ASSIGNMENT, Permission.OFFICER),
    *routes_of(HAND_OVER, Permission.OFFICER),
]
