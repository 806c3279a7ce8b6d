"""Senior review: the next step is opened, the leads meet, and what came of it is written down."""

from dataclasses import replace

from sqlalchemy import Connection

from compact_cases.office.casework import needs
from compact_cases.office.identity import statement_if
from compact_cases.records import staff
from compact_cases.rules.onward import OpenNextStep, next_steps
from compact_cases.rules.review import who_may_convene
from compact_cases.web.cases.acts import Desk, Known, Reader
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Choice, Id, Line, Takes, Values

# --- the next step ----------------------------------------------------------------------------------------

NEXT_STEP = Takes(
    Choice("stage", lambda desk: next_steps(desk.case, desk.now)["stage"] or None),
    Id("officer"),
    Line("elsewhere", 300),
)


def _next_step(values: Values, desk: Desk) -> OpenNextStep:
    """Open the stage to which the raiser wants to go on, and say who convenes it."""
    convenors = list(desk.known["convenors"])
    only = convenors[0] if len(convenors) == 1 and not values["elsewhere"] else None
    return OpenNextStep(values["stage"], values["officer"] or only, statement_if(values["elsewhere"]))


def _who_may(conn: Connection, desk: Desk, sent: Sent) -> Known:
    now = replace(desk.now, **needs.on_staff(conn))
    may, names = who_may_convene(desk.case, now), {one.id: one.name for one in staff.in_list_order(conn)}
    stages = next_steps(desk.case, desk.now)["stage"]
    return {
        "convenors": {one: name for one, name in names.items() if one in may},
        "by_the_chair": now.chair in may,
        "stages": [(one, desk.rulebook.procedure.stages[one]) for one in stages],
    }


READERS = (Reader("next-step", NEXT_STEP, _next_step, "review/next_step.html", looks_up=_who_may),)
