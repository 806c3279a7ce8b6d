"""Clocks: pauses and their ends, more time and the answer to a further request for it."""

from sqlalchemy import Connection

from compact_cases.office.identity import statement, statement_if
from compact_cases.reports.owed import SHORT, whose
from compact_cases.rules.adjustments import SIDES, RecordAdjustment
from compact_cases.rules.errors import MarkInError, can_be_marked
from compact_cases.rules.extensions import WHY, AnswerTime, AskForTime, can_be_extended
from compact_cases.rules.pauses import ASKERS, REASONS, PauseClocks, ResumeClocks, name_of, running_pauses
from compact_cases.rules.pausing import OVERDUE_TOO, can_be_stopped
from compact_cases.rules.seats import Seat
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import (
    Choice,
    Day,
    Line,
    Number,
    Several,
    Takes,
    Text,
    Tick,
    Values,
    YesOrNo,
)

# --- a pause ----------------------------------------------------------------------------------------------


def _stoppable(desk: Desk) -> tuple[str, ...]:
    """By the widest of the reasons: the rule says which of them this reason stops."""
    return tuple(name_of(one) for one in can_be_stopped(desk.case, desk.now, min(OVERDUE_TOO)))


PAUSE = Takes(
    Choice("reason", REASONS, required="Please choose why the clocks stand still."),
    Choice("asked_by", tuple(ASKERS), required="Please say who asks for the pause.", default="officer"),
    Day("on"),
    Day("ends"),
    Several("only", _stoppable),
    Tick("agreed"),
)
RESUMPTION = Takes(Number("pause"))


def _pause(values: Values, desk: Desk) -> PauseClocks:
    """Pause the limits of the case, all that a pause can stop or those named in `only`."""
    return PauseClocks(
        values["reason"],
        values["asked_by"],
        values["on"],
        values["ends"],
        tuple(values["only"]),
        values["agreed"],
    )


def _what_runs(conn: Connection, desk: Desk, form: Form) -> Known:
    respondent = "The respondent" if desk.visitor.seat is Seat.CHAIR else desk.row.respondent_label
    running = can_be_stopped(desk.case, desk.now, min(OVERDUE_TOO))
    return {
        "running": [
            (name_of(one), SHORT.get(one.name, one.name), whose(one.owner, respondent), one.due)
            for one in running
        ]
    }


def _resumption(values: Values, desk: Desk) -> ResumeClocks:
    """End a pause before its last day, because what was awaited has come."""
    return ResumeClocks(values["pause"] or 0)


def _pauses(conn: Connection, desk: Desk, form: Form) -> Known:
    return {"pauses": running_pauses(desk.case)}


# --- more time --------------------------------------------------------------------------------------------

EXTENSION = Takes(
    Line("obligation", 200),
    Number("days", required="Please say how many working days you need."),
    Choice("because", WHY),
    Text("reason", LONGEST),
)
EXTENSION_ANSWER = Takes(YesOrNo("granted", required="Please say yes or no."))


def _extension(values: Values, desk: Desk) -> AskForTime:
    """Ask for more time before a date has passed, for whoever owes it. The days count from the old date."""
    reason = statement_if(values["reason"])
    return AskForTime(values["days"] or 0, values["obligation"], values["because"], reason)


def _soonest(conn: Connection, desk: Desk) -> dict[str, str]:
    found = can_be_extended(desk.case, desk.now)
    return {"obligation": name_of(found[0])} if found else {}


def _answer(values: Values, desk: Desk) -> AnswerTime:
    """Say yes or no to a further request for more time. After the other side's no the chair is asked."""
    return AnswerTime(bool(values["granted"]))


# --- a longer limit ---------------------------------------------------------------------------------------

ADJUSTMENT = Takes(
    Choice("side", tuple(SIDES), required="Please say whose limits are to be longer."),
    Number("days", required="Please say by how many working days."),
    Text("words", LONGEST),
)


def _adjustment(values: Values, desk: Desk) -> RecordAdjustment:
    """Make every limit of one side longer, from now on. The others read only that a longer limit applies."""
    return RecordAdjustment(values["side"], values["days"], statement_if(values["words"]))


# --- recorded in error ------------------------------------------------------------------------------------

IN_ERROR = Takes(
    Number("position", required="Please choose what was recorded in error."),
    Text("reason", LONGEST, required=needed(MarkInError, "reason")),
)


def _in_error(values: Values, desk: Desk) -> MarkInError:
    """Mark a pause that runs, or a reply that is not released yet, as recorded in error."""
    return MarkInError(values["position"], statement(values["reason"]))


def _markable(conn: Connection, desk: Desk, form: Form) -> Known:
    return {"markable": [(str(position), words) for position, words in can_be_marked(desk.case)]}


READERS = (
    Reader("pause", PAUSE, _pause, "clocks/pause.html", shows=_what_runs, apart=True),
    Reader("resumption", RESUMPTION, _resumption, "clocks/resumption.html", shows=_pauses),
    Reader("extension", EXTENSION, _extension, "clocks/extension.html", fills=_soonest, apart=True),
    Reader("adjustment", ADJUSTMENT, _adjustment, "clocks/adjustment.html"),
    Reader("recorded-in-error", IN_ERROR, _in_error, "clocks/in-error.html", shows=_markable),
    Reader("extension-answer", EXTENSION_ANSWER, _answer, "clocks/extension-answer.html", apart=True),
)
