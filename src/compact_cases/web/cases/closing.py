"""Closing on its pages: an officer closes a case with its outcome or merges it, a raiser withdraws."""

from sqlalchemy import Connection

from compact_cases.office.identity import statement, statement_if
from compact_cases.records import case_summaries
from compact_cases.reports import merged, parties
from compact_cases.reports.case_view import CaseView
from compact_cases.reports.names import found_in
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.closing import Close, Merge, Unmerge, Withdraw
from compact_cases.rules.permissions import Permission
from compact_cases.rules.references import normalise
from compact_cases.rules.rulebook import Rulebook
from compact_cases.web.cases.acts import Desk, Known, PageAct, routes_of
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.templating import short_day

LONGEST = 20_000
OTHER = "other"
INTO = "Please choose into which case this concern is merged."
WHY_MERGED = "Please tell the raiser why their concern goes on with another one."
REASON = "Please give a reason; it is kept with the case and only officers read it."


def _close(form: Form, desk: Desk) -> Close:
    outcome = form.choice("outcome", desk.view.closing.outcomes, required="Please choose how the case ended.")
    summary = form.text(
        "summary",
        required="Please say in a few sentences how it ended and who does what.",
        most=LONGEST,
        lines=True,
    )
    return Close(outcome, statement(summary))


def _likeliest(desk: Desk) -> dict[str, str]:
    return {"outcome": desk.view.closing.outcomes[0]} if desk.view.closing.outcomes else {}


def _withdraw(form: Form, desk: Desk) -> Withdraw:
    """The page with this button is the confirming step; an officer also ticks that the raiser said so."""
    sure = bool(form.one("sure"))
    if not sure:
        form.refuse("sure", "Please confirm the withdrawal.")
    return Withdraw(sure, statement_if(form.text("words", most=LONGEST, lines=True)))


# --- merge and its undoing --------------------------------------------------------------------------------


def _merge(form: Form, desk: Desk) -> Merge | None:
    chosen = form.choice("into", [one[0] for one in desk.known["options"]], required=INTO)
    target = desk.known["target"]
    if chosen == OTHER and target is None:
        form.refuse("reference", "Please write the reference of the other case, as its page shows it.")
    explanation = form.text("explanation", required=WHY_MERGED, most=LONGEST, lines=True)
    if desk.known["found"] and not form.one("words_may_stay"):
        form.refuse(
            "explanation",
            f"These words could tell who raised the other one: {', '.join(desk.known['found'])}. "
            "Take them out, or tick the box below to say that they may stay.",
        )
    officer = desk.visitor.staff_id
    if target is None or officer is None:
        return None
    return Merge(officer, target.case_id, statement(explanation))


def _others(conn: Connection, rulebook: Rulebook, view: CaseView, form: Form) -> Known:
    """The cases to choose from; the chosen one, and the words of the explanation that tell its raiser."""
    row = case_summaries.find(conn, view.reference)
    candidates = merged.candidates(conn, row) if row else []
    named = form.one("reference") if form.one("into") == OTHER else form.one("into")
    reference = normalise(named, view.reference.partition("-")[0]) if named else None
    target = case_summaries.find(conn, reference) if reference else None
    theirs = parties.telling_words_of(conn, target.raiser_id if target else None)
    ours = parties.telling_words_of(conn, row.raiser_id if row else None)
    options = [(one.reference, f"{one.reference}: {one.raiser}", _about(one, rulebook)) for one in candidates]
    return {
        "candidates": candidates,
        "options": [*options, (OTHER, "Another one", "Write its reference below.")],
        "target": target,
        "found": found_in(form.one("explanation"), theirs - ours),
    }


def _about(one: merged.Candidate, rulebook: Rulebook) -> str:
    titles = [title_of(clause, "", rulebook.codes) for clause in one.clauses[:3]]
    stage = rulebook.procedure.stages[one.stage]
    came = short_day(one.received_at)
    return f"{', '.join(titles) or 'No undertaking yet'}. Came in on {came}. Stage: {stage}."


def _unmerge(form: Form, desk: Desk) -> Unmerge:
    return Unmerge(statement(form.text("reason", required=REASON, most=LONGEST, lines=True)))


CLOSING = PageAct("closing", "closing/closing.html", _close, fills=_likeliest)
WITHDRAWAL = PageAct("withdrawal", "closing/withdrawal.html", _withdraw, viewpoints=("officer", "raiser"))
MERGE = PageAct("merge", "closing/merge.html", _merge, _others)
UNMERGE = PageAct("unmerge", "closing/unmerge.html", _unmerge)

routes = [
    *routes_of(CLOSING, Permission.OFFICER),
    *routes_of(WITHDRAWAL, Permission.PARTY_OR_OFFICER),
    *routes_of(MERGE, Permission.OFFICER),
    *routes_of(UNMERGE, Permission.OFFICER),
]
