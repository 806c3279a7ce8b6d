"""Clocks: an officer pauses the clocks of a case, or ends a pause."""

import re

from sqlalchemy import Connection

from compact_cases.reports.owed import SHORT, whose
from compact_cases.rules.pauses import ASKERS, REASONS, PauseClocks, ResumeClocks, name_of, running_pauses
from compact_cases.rules.pausing import OVERDUE_TOO, can_be_stopped
from compact_cases.web.cases.acts import Desk, Known, Reader
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.takes import Choice, Day, Several, Takes, Tick, Values

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
RESUMPTION = Takes(
    Choice("pause", lambda desk: [str(one.number) for one in running_pauses(desk.case)] or None)
)


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
    respondent = desk.row.respondent_label
    running = can_be_stopped(desk.case, desk.now, min(OVERDUE_TOO))
    return {
        "running": [
            (name_of(one), SHORT.get(one.name, one.name), whose(one.owner, respondent), one.due)
            for one in running
        ]
    }


def _resumption(values: Values, desk: Desk) -> ResumeClocks:
    """End a pause before its last day, because what was awaited has come."""
    number = values["pause"] or "0"
    return ResumeClocks(int(number) if re.fullmatch("[0-9]{1,6}", number) else -1)


def _pauses(conn: Connection, desk: Desk, form: Form) -> Known:
    return {"pauses": running_pauses(desk.case)}


READERS = (
    Reader("pause", PAUSE, _pause, "clocks/pause.html", shows=_what_runs),
    Reader("resumption", RESUMPTION, _resumption, "clocks/resumption.html", shows=_pauses),
)
