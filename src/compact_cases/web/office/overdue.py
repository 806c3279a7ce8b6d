"""What is overdue, for officers and for the chair, whose page of a case has no content."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template

from compact_cases.office.premises import Premises
from compact_cases.office.registry import conflicts, library
from compact_cases.records import case_summaries
from compact_cases.records.reading import reading
from compact_cases.reports import overdue
from compact_cases.reports.overdue import MOST
from compact_cases.reports.owed import SHORT, days_left
from compact_cases.rules.permissions import Permission, Visitor


@get("/office/overdue", opt={"permission": Permission.OVERDUE}, sync_to_thread=True)
def overdue_page(premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]) -> Template:
    today = premises.clock.today()
    with reading(premises.engine) as conn:
        rulebook = library.current_rulebook(conn)
        day = rulebook.calendar.last_working(today)
        rows = overdue.overdue(conn, day, visitor.interests)
        chair = visitor.staff_id if visitor.is_chair else None
        waiting = [one.reference for one in conflicts.waiting_for(conn, chair)] if chair else []
        held = [one.reference for one in case_summaries.open_of(conn, chair)] if chair else []
    stages = rulebook.procedure.stages
    lines = [
        {
            "reference": row.reference,
            "stage": stages.get(row.stage, row.stage),
            "step": SHORT.get(row.name, row.name),
            "owner": row.owner,
            "due": row.due,
            "days": days_left(rulebook.calendar, today, row.due),
            "handler": row.handler or "Nobody yet",
            "escalated": row.escalated,
        }
        for row in rows[:MOST]
    ]
    context = {"lines": lines, "more": len(rows) > MOST, "owners": overdue.by_owner(rows[:MOST])}
    context |= {"waiting": waiting, "held": held}
    return Template("office/overdue.html", context=context)


routes = [overdue_page]
