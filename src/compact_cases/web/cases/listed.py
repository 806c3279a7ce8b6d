"""The list of cases, and a case as its officer, its raiser and its respondent see it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from weakref import WeakKeyDictionary

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from markupsafe import Markup, escape
from sqlalchemy import Connection, Engine

from compact_cases.office.accounts import party_access
from compact_cases.office.casework import reply_drafts
from compact_cases.office.casework.casebook import may_open
from compact_cases.office.opened import mark_of
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import case_summaries
from compact_cases.records.reading import reading
from compact_cases.reports import case_list, list_file
from compact_cases.reports.asked_in_words import in_words
from compact_cases.reports.case_list import Filters, ListRow, Numbers
from compact_cases.reports.owed import SHORT, days_left, whose
from compact_cases.reports.standing import at_first_sight, ended_as
from compact_cases.reports.undertakings import title_of
from compact_cases.rules.permissions import Permission, Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.web.cases.asked import STAGES, as_query, asked_of, filters_of, with_clause
from compact_cases.web.cases.pages import opened_since, page_of, respelt
from compact_cases.web.frame.forms import Form
from compact_cases.web.frame.templating import escaped, short_day

Asked = Request[Any, Any, Any]


@get("/cases", opt={"permission": Permission.OFFICER}, sync_to_thread=True)
def all_cases(
    request: Asked, premises: NamedDependency[Premises], visitor: NamedDependency[Visitor]
) -> Response[Any]:
    return list_page(premises, visitor, asked_of(request))


def list_page(
    premises: Premises,
    visitor: Visitor,
    asked: dict[str, str],
    naming: Form | None = None,
    status: int = 200,
) -> Response[Any]:
    """The list as it is asked for; ``naming``: the name for a view of it, where it could not be kept."""
    words, today = asked.get("q", ""), premises.clock.today()
    with reading(premises.engine) as conn:
        filters = with_clause(conn, filters_of(asked, visitor))
        reference = normalise(words, premises.settings.office.prefix) if words else None
        named = case_summaries.find(conn, reference) if reference and naming is None else None
        if named and may_open(visitor, named):
            return Redirect(f"/cases/{reference}", status_code=303)
        found, numbers, current = _page(conn, filters, visitor, today)
        rulebook = _rulebook_of(conn, found) if found else current
    people = {UUID(one): name for one, name in numbers.officers}
    context = {
        "form": Form(asked),
        "naming": naming or Form(),
        "numbers": numbers,
        "stages": [(name, rulebook.procedure.stages[name]) for name in STAGES],
        "in_words": in_words(filters, found, current.codes, rulebook.procedure, people),
        **_rows_shown(found, filters, asked, _Words(rulebook, today)),
        **_addresses(asked, numbers),
    }
    return Template("cases/list.html", context=context, status_code=status)


@get("/cases/{ref:str}", opt={"permission": Permission.PARTY_OR_OFFICER}, sync_to_thread=True)
def one_case(
    request: Asked,
    ref: FromPath[str],
    premises: NamedDependency[Premises],
    visitor: NamedDependency[Visitor],
) -> Response[Any]:
    if away := respelt(premises, ref):
        return away
    view, just_done = opened_since(premises, ref, visitor, request.query_params.get("since", ""))
    saved = reply_drafts.found(premises, view.reference, visitor) if view.viewpoint == "respondent" else {}
    context: dict[str, Any] = {
        "view": view,
        "form": Form(saved),
        "half_opened": mark_of(saved),
        "kept": bool(saved) and request.query_params.get("kept") == "1",
        "news": [],
        "just_done": just_done,
        "came_before": view.may("reply") and party_access.came_before(premises, visitor),
        "oldest_first": request.query_params.get("order") == "oldest",
        "address": f"{premises.settings.base_url}/cases/{view.reference}",
    }
    return Template(page_of(view, visitor), context=context)


def _rows_shown(
    found: list[ListRow], filters: Filters, asked: Mapping[str, str], words: "_Words"
) -> dict[str, Any]:
    """The lines of this page, and the way to the pages before and after it."""
    shown, more = found[: filters.limit], len(found) > filters.limit
    return {
        "filters": filters,
        "lines": _as_html([_line(row, words, filters.by_ending) for row in shown]),
        "later": _page_after(asked, case_list.cursor(shown[-1], not filters.by_ending)) if more else "",
        "first": _page_after(asked, "") if filters.after else "",
        "most": case_list.MOST_COUNTED,
        "crowded": bool(found) and found[0].among >= case_list.MOST_SEARCHED,
    }


def _page_after(asked: Mapping[str, str], place: str) -> str:
    return "/cases?" + urlencode({**asked, "after": place})


def _addresses(asked: Mapping[str, str], numbers: Numbers) -> dict[str, Any]:
    """What the whole of this list is called: for its files, and for a view of it."""
    whole = as_query(asked)
    return {
        "asked": whole,
        "this_view": next((one for one in numbers.views if one.asked == whole), None),
        "most_in_a_file": list_file.MOST,
    }


Line = tuple[str, str, str, str, str, Markup, Markup, Markup]
"""A line of the list: its reference, who about whom, the step, whose, where; by when, undertakings, tags."""
TEXTS = 5  # of a line; the others are HTML already


def _as_html(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    cells = escaped([text for line in lines for text in line[:TEXTS]])
    return [(*cells[n * TEXTS : (n + 1) * TEXTS], *map(str, line[TEXTS:])) for n, line in enumerate(lines)]


class _Words:
    """Dates and undertakings in words, each worked out once a page: it has fifty lines and few of them."""

    def __init__(self, rulebook: Rulebook, today: date) -> None:
        self.stages = rulebook.procedure.stages
        self._rulebook, self._today = rulebook, today
        self._dates: dict[date | None, Markup] = {}
        self._clauses: dict[tuple[str, ...], Markup] = {}

    def by(self, due: date | None) -> Markup:
        if due not in self._dates:
            self._dates[due] = self._by(due) if due else Markup("Paused")
        return self._dates[due]

    def clauses(self, cited: Sequence[str]) -> Markup:
        known = tuple(cited)
        if known not in self._clauses:
            titles = [title_of(clause, "", self._rulebook.codes) for clause in known[:3]] or ["None yet"]
            more = [f"and {len(known) - 3} more"] if len(known) > 3 else []
            self._clauses[known] = Markup("").join(CLAUSE.format(one) for one in (*titles, *more))
        return self._clauses[known]

    def tags(self, row: ListRow) -> Markup:
        if not row.tags and not row.closes_on:
            return NOTHING
        closes_on = None if row.closed_at else row.closes_on
        found = at_first_sight(row.tags, row.raised_for, closes_on, self._today)
        return Markup(" ").join(TAG.format(meaning, words) for words, meaning in found)

    def _by(self, due: date) -> Markup:
        left = days_left(self._rulebook.calendar, self._today, due)
        words = "" if left is None else PASSED if left == 0 and due < self._today else _left_in_words(left)
        meaning = "" if left is None or left > 2 else (" overdue" if left < 0 else " soon")
        return Markup(
            '<span class="due{}"><time datetime="{}">{}</time> <span class="sub">{}</span></span>'
        ).format(meaning, due.isoformat(), short_day(due), words)


PASSED = "its day has passed"  # on a day that does not work: overdue starts on the next one that does


def _left_in_words(left: int) -> str:
    days = "1 working day" if abs(left) == 1 else f"{abs(left)} working days"
    return "today" if left == 0 else (f"in {days}" if left > 0 else f"overdue by {days}")


def _line(row: ListRow, words: _Words, closed: bool) -> Line:
    stage = words.stages.get(row.stage, row.stage)
    step = (
        ended_as(row.outcome).capitalize() if closed else SHORT.get(row.next_name or "", row.next_name or "")
    )
    return (
        row.reference,
        f"{row.raiser} about {row.respondent}",
        step,
        whose(Seat(row.next_owner), row.respondent) if row.next_owner else "",
        f"{stage}, {row.officer}" if row.officer else stage,
        escape(short_day(row.closed_at)) if closed and row.closed_at else words.by(row.next_due),
        words.clauses(row.clauses),
        words.tags(row),
    )


NOTHING = Markup("")
TAG = Markup('<span class="tag {}">{}</span>')
CLAUSE = Markup('<span class="clause">{}</span>')
_current: WeakKeyDictionary[Engine, Rulebook] = WeakKeyDictionary()
_rulebooks: WeakKeyDictionary[Engine, dict[tuple[str, str], Rulebook]] = WeakKeyDictionary()


def _page(
    conn: Connection, filters: Filters, visitor: Visitor, today: date
) -> tuple[list[ListRow], Numbers, Rulebook]:
    """By the calendar in force, which is asked for with the numbers: it hardly ever is another one."""
    known = _current.get(conn.engine) or library.current_rulebook(conn)
    while True:
        day = known.calendar.last_working(today)
        found, numbers = case_list.page(conn, filters, visitor.staff_id, day)
        if (known.procedure.edition, known.calendar.edition) == numbers.in_force:
            _current[conn.engine] = known
            return found, numbers, known
        known = library.current_rulebook(conn)


def _rulebook_of(conn: Connection, found: list[ListRow]) -> Rulebook:
    """The calendar and the names of stages by which a page of the list is read: those of its first case.

    Editions never change, so a process asks for each once.
    """
    editions = (found[0].procedure_edition, found[0].calendar_edition)
    known = _rulebooks.setdefault(conn.engine, {})
    if editions not in known:
        known[editions] = library.rulebook(conn, *editions)
    return known[editions]


routes = [all_cases, one_case]
