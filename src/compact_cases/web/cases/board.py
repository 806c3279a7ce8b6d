"""Board: what the board chair is asked, and how she answers: a longer pause, and an appeal."""

from sqlalchemy import Connection

from compact_cases.rules.appeals import STANDS, UPHELD, WHY, AnswerAppeal, AppealRefusal, choices
from compact_cases.rules.asked_pauses import AnswerPause, AskForPause
from compact_cases.rules.asked_pauses import reasons as pause_reasons
from compact_cases.rules.pauses import ASKERS
from compact_cases.web.cases.acts import Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Number, Takes, Tick, Values, YesOrNo

# --- a pause ----------------------------------------------------------------------------------------------


def _reasons(desk: Desk) -> tuple[str, ...]:
    return pause_reasons(desk.case, desk.now)


PAUSE_REQUEST = Takes(
    Choice("reason", _reasons, required="Please choose why the clocks are to stand still."),
    Number("days", required="Please say for how many working days."),
    Choice("asked_by", tuple(ASKERS), required="Please say who asks for the pause.", default="officer"),
    Tick("agreed"),
)
PAUSE_ANSWER = Takes(YesOrNo("granted", required="Please say yes or no."))


def _ask_for_pause(values: Values, desk: Desk) -> AskForPause:
    """Ask the board chair for a pause, once the case has had twenty working days of them."""
    return AskForPause(values["reason"], values["days"] or 0, values["asked_by"], values["agreed"])


def _shown_reasons(conn: Connection, desk: Desk, form: Form) -> Known:
    return {"reasons": _reasons(desk)}


def _answer_pause(values: Values, desk: Desk) -> AnswerPause:
    """Of the board chair: say whether there may be the pause that was asked for."""
    return AnswerPause(bool(values["granted"]))


# --- an appeal --------------------------------------------------------------------------------------------


def _stages(desk: Desk) -> tuple[str, ...]:
    return choices(desk.case, desk.now)["stage"]


APPEAL = Takes(
    Choice("because", WHY, required="Please choose why you do not agree with the answer."),
    Choice("stage", _stages, required="Please choose where the case is to go on."),
)
APPEAL_ANSWER = Takes(
    YesOrNo("upheld", required="Please say whether the case is opened again."),
    Choice("because", (*UPHELD, *STANDS), required="Please choose a reason."),
)


def _appeal(values: Values, desk: Desk) -> AppealRefusal:
    """Ask the board chair to look at the answer that a case stays closed; once, within ten working days."""
    return AppealRefusal(values["because"], values["stage"])


def _named_stages(conn: Connection, desk: Desk, form: Form) -> Known:
    names = desk.rulebook.procedure.stages
    return {"why": WHY, "stages": [(one, names[one]) for one in _stages(desk)]}


def _only_stage(conn: Connection, desk: Desk) -> dict[str, str]:
    found = _stages(desk)
    return {"stage": found[0]} if len(found) == 1 else {}


def _answer_appeal(values: Values, desk: Desk) -> AnswerAppeal:
    """Answer an appeal: the case is opened again, or the answer stands for good."""
    return AnswerAppeal(desk.officer, bool(values["upheld"]), values["because"])


def _lists(conn: Connection, desk: Desk, form: Form) -> Known:
    return {"upheld_why": UPHELD, "stands_why": STANDS}


READERS = (
    Reader("pause-request", PAUSE_REQUEST, _ask_for_pause, "board/pause-request.html", shows=_shown_reasons),
    Reader("pause-answer", PAUSE_ANSWER, _answer_pause, "board/pause-answer.html", apart=True),
    Reader(
        "appeal", APPEAL, _appeal, "board/appeal.html", shows=_named_stages, fills=_only_stage, apart=True
    ),
    Reader(
        "appeal-answer", APPEAL_ANSWER, _answer_appeal, "board/appeal-answer.html", shows=_lists, apart=True
    ),
)
