"""Reopening: a side asks for a closed case to be opened again, and an officer answers."""

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement, statement_if
from compact_cases.rules.course import Stage
from compact_cases.rules.names import found_in
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reopening import (
    ACTION_NOT_KEPT,
    COME_BACK,
    ERROR,
    NEW_EVIDENCE,
    WHY,
    AskToReopen,
    DeclineReopening,
    Reopen,
    RespondentAsksToReopen,
    raiser_can_ask,
    raisers_reasons,
    respondent_can_ask,
    respondents_reasons,
    stages,
)
from compact_cases.rules.seats import Side
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.cases.review import who_may
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Id, Line, Takes, Text, Tick, Values

# --- a request --------------------------------------------------------------------------------------------

CAN_ASK = {Side.RAISER.value: raiser_can_ask, Side.RESPONDENT.value: respondent_can_ask}


def _may(side: str, desk: Desk) -> bool:
    try:
        CAN_ASK[side](desk.case, desk.now)
    except Refused:
        return False
    return True


def _sides(desk: Desk) -> tuple[str, ...] | None:
    """A party asks for itself, and is not asked whose wish it is. None: the rules say why neither can."""
    sides = tuple(side for side in CAN_ASK if _may(side, desk))
    return (sides or None) if desk.visitor.is_officer else None


def _own_side(desk: Desk) -> str:
    return Side.RESPONDENT.value if desk.visitor.is_respondent else Side.RAISER.value


EXPLAINED = (NEW_EVIDENCE, ERROR, ACTION_NOT_KEPT)
REOPENING = Takes(
    Choice("side", _sides, required="Please say whose wish it is.", default=_own_side),
    Choice("why", (*EXPLAINED, COME_BACK), required="Please choose one of the reasons."),
    Text("words", LONGEST, required=WHY, when=("why", *EXPLAINED)),
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
    sides = (_sides(desk) or ()) if desk.visitor.is_officer else (_own_side(desk),)
    reasons = raisers_reasons(desk.case, desk.now)["why"] if Side.RAISER.value in sides else ()
    if Side.RESPONDENT.value in sides:
        reasons = (*reasons, *respondents_reasons(desk.case, desk.now)["why"])
    return {"sides": sides, "reasons": tuple(dict.fromkeys(reasons))}


def _only_one(conn: Connection, desk: Desk) -> dict[str, str]:
    sides = _sides(desk) or (_own_side(desk),)
    reasons = raisers_reasons(desk.case, desk.now)["why"]
    return {"why": reasons[0]} if sides == (Side.RAISER.value,) and len(reasons) == 1 else {}


# --- its answer -------------------------------------------------------------------------------------------

OPEN, DECLINE = "open", "decline"


def _stages(desk: Desk) -> tuple[str, ...]:
    return stages(desk.case, desk.now)["stage"]


ANSWER = Takes(
    Choice("answer", (OPEN, DECLINE), required="Please say whether the case is opened again."),
    Choice("stage", _stages, required="Please choose where the case goes on.", when=("answer", OPEN)),
    Text("wording", LONGEST, when=("answer", OPEN)),
    Id("convenor", when=("answer", OPEN)),
    Line("elsewhere", 300, when=("answer", OPEN)),
    Text("explanation", LONGEST, required=needed(DeclineReopening, "explanation")),
    Tick("words_may_stay"),
)


def _answer(values: Values, desk: Desk) -> Reopen | DeclineReopening:
    """Open the case again, at the stage that the new matter concerns; or say why it stays closed."""
    explanation, may_stay = statement(values["explanation"]), values["words_may_stay"]
    if values["answer"] == DECLINE:
        return DeclineReopening(desk.officer, explanation, may_stay)
    return Reopen(
        desk.officer,
        values["stage"],
        explanation,
        statement_if(values["wording"]),
        may_stay,
        values["convenor"],
        statement_if(values["elsewhere"]),
    )


def _telling(conn: Connection, desk: Desk, form: Form) -> Known:
    """The words by which a hidden raiser could be known; and what stages are called."""
    part, names = desk.case.intake, desk.rulebook.procedure.stages
    telling = needs.telling_of(conn, part.raiser) if part.is_hidden else frozenset()
    written = "\n".join((form.one("explanation"), form.one("wording")))
    found = _stages(desk)
    review = who_may(conn, desk) if Stage.SENIOR_REVIEW.value in found else {"convenors": {}}
    return {**review, "found": found_in(written, telling), "stages": [(one, names[one]) for one in found]}


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
