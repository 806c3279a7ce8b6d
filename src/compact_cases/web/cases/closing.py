"""Closing: an officer closes a case with its outcome or merges it into another one, a raiser withdraws."""

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.casework.casebook import may_open
from compact_cases.office.identity import statement, statement_if
from compact_cases.records import case_summaries
from compact_cases.reports import merged
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.closing import Close, Merge, Unmerge, Withdraw, outcomes
from compact_cases.rules.names import found_in
from compact_cases.rules.references import normalise
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.coming import CAME, arrived, half_said
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Choice, Takes, Text, Tick, Values
from compact_cases.web.frame.templating import short_day

# --- an ending --------------------------------------------------------------------------------------------


def _outcomes(desk: Desk) -> tuple[str, ...] | None:
    """None while something is still open in the case."""
    return outcomes(desk.case, desk.now)["outcome"] or None


CLOSING = Takes(
    Choice("outcome", _outcomes, required="Please choose how the case ended."),
    Text("summary", LONGEST, required=needed(Close, "summary")),
    Tick("words_may_stay"),
)
WITHDRAWAL = Takes(Tick("sure", required="Please confirm the withdrawal."), Text("words", LONGEST), *CAME)


def _close(values: Values, desk: Desk) -> Close:
    """Close the case with its outcome and a summary that both sides read."""
    return Close(values["outcome"], statement(values["summary"]), values["words_may_stay"])


def _telling(conn: Connection, desk: Desk, form: Form) -> Known:
    """The words of the summary by which a hidden raiser could be known."""
    part = desk.case.intake
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    return {"found": found_in(form.one("summary"), telling)}


def _likeliest(conn: Connection, desk: Desk) -> dict[str, str]:
    found = _outcomes(desk)
    return {"outcome": found[0]} if found else {}


def _withdraw(values: Values, desk: Desk) -> Withdraw:
    """Withdraw the concern, which closes the case. No reason is asked."""
    return Withdraw(values["sure"], statement_if(values["words"]), arrived(values))


# --- merge and its undoing --------------------------------------------------------------------------------

OTHER = "other"  # on the page: none of the cases offered, but the one whose reference is written below them
INTO = "Please choose into which case this concern is merged."
WRITTEN = "Please write the reference of the other case, as its page shows it."
MERGE = Takes(
    Choice("into", lambda desk: (*desk.known["named"], OTHER), required=INTO),
    Choice(
        "into", lambda desk: desk.known["named"], required=WRITTEN, when=("into", OTHER), control="reference"
    ),
    Text("explanation", LONGEST, required=needed(Merge, "explanation")),
    Tick("words_may_stay"),
)
UNMERGE = Takes(Text("reason", LONGEST, required=needed(Unmerge, "reason")))


def _merge(values: Values, desk: Desk) -> Merge:
    """Merge the concern into another case about the same body; this case closes as merged."""
    into, why = desk.known["target"].case_id, statement(values["explanation"])
    return Merge(desk.officer, into, why, values["words_may_stay"])


def _target(conn: Connection, desk: Desk, sent: Sent) -> Known:
    """The case that was named."""
    named = sent.one("reference") if sent.one("into") == OTHER else sent.one("into")
    reference = normalise(named, desk.row.reference.partition("-")[0])
    found = case_summaries.find(conn, reference) if reference else None
    target = found if found and may_open(desk.visitor, found) else None
    return {"target": target, "named": (named,) if target else ()}


def _others(conn: Connection, desk: Desk, form: Form) -> Known:
    """The cases to choose from, and the words of the explanation that tell who raised the chosen one."""
    target, raiser = desk.known["target"], desk.case.intake.raiser
    theirs, ours = (needs.telling_of(conn, one) for one in (target.raiser_id if target else None, raiser))
    found = merged.candidates(conn, desk.row, desk.visitor)
    named = [merged.the_one(conn, target)] if target and target.case_id != desk.row.case_id else []
    options = [(one.reference, f"{one.reference}: {one.raiser}", _about(one, desk.rulebook)) for one in found]
    return {
        "found": found_in(form.one("explanation"), theirs - ours),
        "candidates": found,
        "theirs": [*found, *(one for one in named if one not in found)],
        "options": [*options, (OTHER, "Another one", "Write its reference below.")],
    }


def _about(one: merged.Candidate, rulebook: Rulebook) -> str:
    titles = [title_of(clause, "", rulebook.codes) for clause in one.clauses[:3]]
    stage = rulebook.procedure.stages[one.stage]
    came = short_day(one.received_at)
    return f"{', '.join(titles) or 'No undertaking yet'}. Came in on {came}. Stage: {stage}."


def _unmerge(values: Values, desk: Desk) -> Unmerge:
    """Undo the merge: this case is open again, by itself."""
    return Unmerge(statement(values["reason"]))


READERS = (
    Reader("closing", CLOSING, _close, "closing/closing.html", shows=_telling, fills=_likeliest),
    Reader(
        "withdrawal",
        WITHDRAWAL,
        _withdraw,
        "closing/withdrawal.html",
        checks=half_said,
        apart=True,
    ),
    Reader("merge", MERGE, _merge, "closing/merge.html", looks_up=_target, shows=_others),
    Reader("unmerge", UNMERGE, _unmerge, "closing/unmerge.html"),
)
