"""Relations: an officer links two cases, or undoes a link."""

from collections.abc import Iterator

from sqlalchemy import Connection

from compact_cases.office.casework.casebook import may_open
from compact_cases.office.identity import statement
from compact_cases.records import case_summaries
from compact_cases.records.case_summaries import CaseRow
from compact_cases.rules.concern import Problem
from compact_cases.rules.references import normalise
from compact_cases.rules.relations import KINDS, LinkCases, UndoLink
from compact_cases.rules.statements import needed
from compact_cases.web.cases.acts import LONGEST, Desk, Known, Reader
from compact_cases.web.frame.sent import Sent
from compact_cases.web.frame.takes import Choice, Line, Takes, Text, Tick, Values

NO_SUCH_CASE = "There is no case of this reference. Please write it as its page shows it."
LINKS = Takes(
    Line("other", 60, required="Please write the reference of the other case."),
    Choice("kind", KINDS, required="Please choose in which way the two are linked."),
    Tick("undo"),
    Text("reason", LONGEST, required=needed(LinkCases, "reason")),
)


def named_case(conn: Connection, named: str, desk: Desk) -> CaseRow | None:
    reference = normalise(named, desk.row.reference.partition("-")[0]) if named.strip() else None
    found = case_summaries.find(conn, reference) if reference else None
    return found if found and may_open(desk.visitor, found) else None


def other_case(conn: Connection, desk: Desk, sent: Sent) -> Known:
    return {"other": named_case(conn, sent.one("other"), desk)}


def there_is_none(values: Values, desk: Desk) -> Iterator[Problem]:
    if values["other"] and desk.known["other"] is None:
        yield Problem("other", NO_SUCH_CASE)


def _links(values: Values, desk: Desk) -> LinkCases | UndoLink:
    """Link the case to another one, saying what it is to that one; or undo such a link."""
    other, reason = desk.known["other"].case_id, statement(values["reason"])
    return (
        UndoLink(other, values["kind"], reason)
        if values["undo"]
        else LinkCases(other, values["kind"], reason)
    )


READERS = (Reader("links", LINKS, _links, "relations/links.html", looks_up=other_case, checks=there_is_none),)
