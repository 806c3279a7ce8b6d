"""The list of cases, and a case as its officer, its raiser and its respondent see it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from compact_cases.office import library
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, staff
from compact_cases.records.reading import reading
from compact_cases.reports import case_list, timeline
from compact_cases.reports.case_list import Filters, ListRow
from compact_cases.reports.owed import SHORT, days_left, whose
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.audience import CASE_STAFF, Role
from compact_cases.rules.case import Stage
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NotFound
from compact_cases.rules.rulebook import Rulebook
from compact_cases.web.case_acts import NO_CASE, opened, respelt
from compact_cases.web.forms import Form

Asked = Request[Any, Any, Any]
STAGES = tuple(stage.value for stage in Stage)


@get("/cases", opt={"permission": Permission.OFFICER}, sync_to_thread=True)
def all_cases(
    request: Asked, premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    asked = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
    words, today = asked.get("q", ""), premises.clock.today()
    filters = filters_of(asked, visitor)
    with reading(premises.engine) as conn:
        reference = normalise(words, premises.settings.office.prefix) if words else None
        if reference and case_summaries.find(conn, reference):
            return Redirect(f"/cases/{reference}", status_code=303)
        found = case_list.rows(conn, filters, visitor.staff_id, today)
        numbers = case_list.numbers(conn, visitor.staff_id, today)
        officers = [one for one in staff.in_list_order(conn) if one.role in CASE_STAFF]
        editions = (found[0].procedure_edition, found[0].calendar_edition) if found else None
        rulebook = library.rulebook(conn, *editions) if editions else library.current_rulebook(conn)
    shown = found[: filters.limit]
    lines = [_line(row, rulebook, today) for row in shown]
    later = ""
    if len(found) > filters.limit:
        later = "/cases?" + urlencode({**asked, "after": case_list.cursor(shown[-1])})
    context: dict[str, Any] = {
        "lines": lines,
        "filters": filters,
        "form": Form(asked),
        "numbers": numbers,
        "officers": [(str(one.id), one.name) for one in officers],
        "stages": [(name, rulebook.procedure.stages[name]) for name in STAGES],
        "later": later,
        "first": "/cases?" + urlencode({**asked, "after": ""}) if filters.after else "",
        "most": case_list.MOST_COUNTED,
    }
    return Template("cases/list.html", context=context)


def filters_of(asked: dict[str, str], visitor: Visitor) -> Filters:
    """What the address asks for; what it cannot mean is left out."""
    stage = asked.get("stage", "")
    return Filters(
        stage=stage if stage in STAGES else "",
        overdue=asked.get("overdue") == "yes" or asked.get("due") == "overdue",
        today=asked.get("due") == "today",
        clause=asked.get("clause", "")[:80],
        body=asked.get("body", "")[:200],
        officer=_id(asked.get("officer", "")),
        waiting=asked.get("waiting") in ("me", "yes"),
        closed=asked.get("closed") == "yes" or stage == Stage.CLOSED.value,
        words=asked.get("q", "")[:200],
        after=asked.get("after", "")[:100],
    )


@get("/cases/{ref:str}", opt={"permission": Permission.PARTY_OR_OFFICER}, sync_to_thread=True)
def one_case(
    request: Asked,
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Response[Any]:
    if away := respelt(premises, ref):
        return away
    view = opened(premises, ref, visitor)
    context: dict[str, Any] = {
        "view": view,
        "form": Form(),
        "news": [],
        "oldest_first": request.query_params.get("order") == "oldest",
        "address": f"{premises.settings.base_url}/cases/{view.reference}",
    }
    return Template(f"cases/{view.viewpoint}.html", context=context)


@get("/cases/{ref:str}/letters/{letter:uuid}", opt={"permission": Permission.OFFICER}, sync_to_thread=True)
def one_letter(
    ref: FromPath[str],
    letter: FromPath[UUID],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Template:
    """A letter as it was sent; the tokens of its links were cut out when it was kept."""
    reference = normalise(ref, premises.settings.office.prefix)
    with reading(premises.engine) as conn:
        row = case_summaries.find(conn, reference) if reference else None
        found = timeline.letter_as_sent(conn, row.case_id, letter) if row else None
    if row is None or found is None:
        raise NotFound(NO_CASE)
    return Template("cases/letter.html", context={"letter": found, "reference": row.reference})


def _line(row: ListRow, rulebook: Rulebook, today: date) -> dict[str, Any]:
    """One line of the list, in words."""
    left = days_left(rulebook.calendar, today, row.next_due)
    owner = Role(row.next_owner) if row.next_owner else None
    return {
        "row": row,
        "stage": rulebook.procedure.stages.get(row.stage, row.stage),
        "step": SHORT.get(row.next_name or "", (row.next_name or "").replace("-", " ").capitalize()),
        "whose": whose(owner, row.respondent) if owner else "",
        "left": left,
        "late": left is not None and left < 0,
        "soon": left is not None and 0 <= left <= 2,
        "clauses": [title_of(clause, "", rulebook.codes) for clause in row.clauses[:3]],
        "more": max(0, len(row.clauses) - 3),
    }


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


routes = [all_cases, one_case, one_letter]
