"""Reopening: a side asks for a closed case to be opened again, and an officer answers."""

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement, statement_if
from compact_cases.rules.names import found_in
from compact_cases.rules.reopening import (
    COME_BACK,
    ERROR,
    NEW_EVIDENCE,
    WHY,
    AskToReopen,
    DeclineReopening,
    Reopen,
    RespondentAsksToReopen,
    raisers_reasons,
    stages,
)
from compact_cases.rules.seats import Side
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Takes, Text, Tick, Values

# --- a request --------------------------------------------------------------------------------------------

SIDES = (Side.RAISER.value, Side.RESPONDENT.value)


def _sides(desk: Desk) -> tuple[str, ...] | None:
    """A party asks for itself, and is not asked whose wish it is."""
    return SIDES if desk.visitor.is_officer else None


def _own_side(desk: Desk) -> str:
    return Side.RESPONDENT.value if desk.visitor.is_respondent else Side.RAISER.value


REOPENING = Takes(
    Choice("side", _sides, required="Please say whose wish it is.", default=_own_side),
    Choice("why", (NEW_EVIDENCE, ERROR, COME_BACK), required="Please choose one of the reasons."),
    Text("words", LONGEST, required=WHY, when=("why", NEW_EVIDENCE, ERROR)),
    Text("words", LONGEST, when=("why", COME_BACK)),
)


def _ask(values: Values, desk: Desk) -> AskToReopen | RespondentAsksToReopen:
    """Write down that a side asks for the closed case to be opened again, and why."""
    words = statement_if(values["words"])
    side = values["side"] if desk.visitor.is_officer else _own_side(desk)
    if side == Side.RESPONDENT.value:
        return RespondentAsksToReopen(values["why"], words)
    return AskToReopen(values["why"], words)


def _reasons(conn: Connection, desk: Desk, form: Form) -> Known:
    """A raiser who left only comes back; an officer may write down a respondent's wish beside that."""
    theirs = () if desk.visitor.is_respondent else raisers_reasons(desk.case, desk.now)["why"]
    both = theirs if desk.visitor.is_raiser else (*theirs, NEW_EVIDENCE, ERROR)
    return {"reasons": tuple(dict.fromkeys(both))}


def _only_one(conn: Connection, desk: Desk) -> dict[str, str]:
    reasons = raisers_reasons(desk.case, desk.now)["why"]
    return {"why": reasons[0]} if len(reasons) == 1 and not desk.visitor.is_respondent else {}


# --- its answer -------------------------------------------------------------------------------------------

OPEN, DECLINE = "open", "decline"


def _stages(desk: Desk) -> tuple[str, ...]:
    return stages(desk.case, desk.now)["stage"]


ANSWER = Takes(
    Choice("answer", (OPEN, DECLINE), required="Please say whether the case is opened again."),
    Choice("stage", _stages, required="Please choose where the case goes on.", when=("answer", OPEN)),
    Text("wording", LONGEST, when=("answer", OPEN)),
    Text("explanation", LONGEST, required=needed(DeclineReopening, "explanation")),
    Tick("words_may_stay"),
)


def _answer(values: Values, desk: Desk) -> Reopen | DeclineReopening:
    """Open the case again, at the stage that the new matter concerns; or say why it stays closed."""
    explanation, may_stay = statement(values["explanation"]), values["words_may_stay"]
    if values["answer"] == DECLINE:
        return DeclineReopening(desk.officer, explanation, may_stay)
    return Reopen(desk.officer, values["stage"], explanation, statement_if(values["wording"]), may_stay)


def _telling(conn: Connection, desk: Desk, form: Form) -> Known:
    """The words by which a hidden raiser could be known; and what stages are called."""
    part, names = desk.case.intake, desk.rulebook.procedure.stages
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    written = "\n".join((form.one("explanation"), form.one("wording")))
    return {"found": found_in(written, telling), "stages": [(one, names[one]) for one in _stages(desk)]}


def _only_stage(conn: Connection, desk: Desk) -> dict[str, str]:
    found = _stages(desk)
    return {"stage": found[0]} if len(found) == 1 else {}


READERS = (
    Reader(
        "reopening",
        REOPENING,
        _ask,
        "reopening/reopening.html",
        shows=_reasons,
        fills=_only_one,
        apart=True,
    ),
    Reader(
        "reopening-answer",
        ANSWER,
        _answer,
        "reopening/answer.html",
        shows=_telling,
        fills=_only_stage,
    ),
)
