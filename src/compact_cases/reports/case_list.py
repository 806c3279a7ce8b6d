"""The officer's list of cases: one statement for the rows, one for the numbers above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from compact_cases.records import case_words, list_views
from compact_cases.records.list_views import ListView
from compact_cases.records.obligations import IS_OWED
from compact_cases.records.ready import fetched, fetched_at_once
from compact_cases.rules.bodies import folded
from compact_cases.rules.seats import Seat
from compact_cases.settings import OFFICE_ZONE

PAGE = 50
MOST_COUNTED = 200  # a number above the list says "200+" from here on, so that it costs the same at any size
MOST_SEARCHED = 500  # of a search's matches: with more, the page asks for another word
NO_DATE = "none"
OFFICER = Seat.OFFICER.value  # the owner whose steps wait for the office, as it is stored


@dataclass(frozen=True)
class Filters:
    """What the address of a list asks for. ``waiting``: an officer's own steps and nobody's, in closed cases
    too.

    ``overdue``, ``today`` and ``waiting`` together ask for one open obligation that is all of them. ``todo``:
    closed cases in which something that was agreed is still to be done. ``bodies``: those of whoever asks,
    who sees no case about them; nor, ever, one in which they declared a conflict of interest.
    """

    stage: str = ""
    overdue: bool = False
    today: bool = False
    clause: str = ""
    body: str = ""
    officer: UUID | None = None
    waiting: bool = False
    closed: bool = False
    todo: bool = False
    fast: bool = False
    words: str = ""
    after: str = ""
    limit: int = PAGE
    bodies: frozenset[UUID] = frozenset()

    def interests(self, me: UUID | None) -> list[UUID]:
        return [*self.bodies, *([me] if me else ())]

    @property
    def narrows(self) -> bool:
        steps = self.overdue, self.today, self.waiting, self.todo, self.fast
        return any((self.stage, self.clause, self.body, self.officer, *steps))

    @property
    def of_both(self) -> bool:
        """Open cases and closed ones: an officer is waited for in either."""
        return self.waiting and not (self.closed or self.todo)

    @property
    def by_ending(self) -> bool:
        """Closed cases stand by when they were closed; those with things to do by their dates."""
        return self.closed and not self.todo


class ListRow(msgspec.Struct, frozen=True):
    """A line of the list. (A struct is made ten times as fast as a frozen dataclass.)

    ``next_...`` is the step that was asked for, else the earliest one of the case.
    """

    reference: str
    raiser: str
    respondent: str
    stage: str
    outcome: str | None
    next_name: str | None
    next_owner: str | None
    next_due: date | None
    closed_at: datetime | None
    officer: str | None
    clauses: Sequence[str]
    procedure_edition: str
    calendar_edition: str
    first_due: date | None  # the earlier of due and closing date, by which lists are ordered
    closes_on: date | None = None
    tags: Sequence[str] = ()  # see rules.concern.tags_of
    raised_for: str | None = None  # by name, unless the raiser is hidden
    among: int = 0  # of a search: how many cases it found, MOST_SEARCHED at most


@dataclass(frozen=True)
class Numbers:
    """What stands above the list, counted up to MOST_COUNTED; the officers and the views to choose from.

    ``in_force``: the editions of the procedure and of the calendar, for which the days were asked.
    """

    overdue: int
    today: int
    waiting: int
    todo: int
    tasks: int
    officers: list[tuple[str, str]]
    in_force: tuple[str | None, str | None]
    views: list[ListView]


# A confidential raiser stands in the list as the other side reads it: lists are read in open offices.
# The columns stand in the order of ListRow's fields.
COLUMNS = """c.reference, CASE WHEN c.confidentiality = 'open' THEN c.raiser_label ELSE c.raiser_shown END,
 c.respondent_label, c.stage, c.outcome, {step}, c.closed_at,
 (SELECT s.name FROM staff s WHERE s.id = c.officer_id), c.clauses, c.procedure_edition, c.calendar_edition,
 c.first_on, c.closes_on, c.tags,
 CASE WHEN c.confidentiality = 'open' AND 'for-another' = ANY(c.tags)
   THEN (SELECT p.details::json->>'on_behalf_of' FROM people p WHERE p.id = c.raiser_id) END"""
EARLIEST, ASKED_FOR = "c.next_name, c.next_owner, c.next_due", "o.name, o.owner, o.due"
KEYS = "c.case_id, c.first_on, c.closed_at, c.reference"
FIRST = "coalesce(c.first_on, 'infinity'::date)"
# No date stands after the first one: what is found by that is then asked for its own. An index has both.
LATE = f"{FIRST} < %(today)s AND c.next_due < %(today)s"
DUE_BY_TODAY = f"{FIRST} <= %(today)s AND c.next_due <= %(today)s"
OPEN, TO_DO = "c.closed_at IS NULL", "c.closed_at IS NOT NULL AND c.next_name IS NOT NULL"
# Closed cases too: what a side wrote about an agreed action is to be read, a request to be answered.
WAITS = f"c.owners @> ARRAY['{OFFICER}']"
NOBODY = "'00000000-0000-0000-0000-000000000000'::uuid"  # a value, for NULL is in no order of an index
MINE, NOBODYS = (f"coalesce(c.officer_id, {NOBODY}) = {whose}" for whose in ("%(me)s", NOBODY))
# An office has few members who are barred from anything: it is asked of the rows that are found.
MAY_SEE = "NOT c.barred && %(mine)s::uuid[]"
# Each count walks an index in its order and stops early: it costs the same however many cases are stored.
# PostgreSQL guesses that half of the closed cases have things to do, and then reads them all, or plans all of
# this anew each time. Of an equality that it cannot see through, true of any name, it expects few.
FEW = "c.next_name = c.next_name || ''"
# In a closed case only what was agreed is owed: a number of its own, and a list.
NUMBERS = f"""
SELECT (SELECT count(*) FROM (SELECT 1 FROM case_summaries c WHERE c.closed_at IS NULL
          AND {LATE} AND {MAY_SEE} ORDER BY {FIRST}, c.reference LIMIT %(most)s) a),
       (SELECT count(*) FROM (SELECT DISTINCT case_id FROM obligations o
          WHERE ended_at IS NULL AND due = %(today)s AND {IS_OWED}
          AND EXISTS (SELECT 1 FROM case_summaries c WHERE c.case_id = o.case_id AND {OPEN} AND {MAY_SEE})
          ORDER BY case_id LIMIT %(most)s) b),
       (SELECT count(*) FROM (SELECT 1 FROM case_summaries c WHERE {WAITS} AND {MINE}
          AND {MAY_SEE} LIMIT %(most)s) d)
       + (SELECT count(*) FROM (SELECT 1 FROM case_summaries c WHERE {WAITS} AND {NOBODYS}
          AND {MAY_SEE} LIMIT %(most)s) e),
       (SELECT count(*) FROM (SELECT 1 FROM case_summaries c WHERE {TO_DO} AND {FEW}
          AND {MAY_SEE} LIMIT %(most)s) g),
       (SELECT count(*) FROM (SELECT 1 FROM tasks t WHERE done_at IS NULL AND NOT EXISTS (SELECT 1
          FROM case_summaries c WHERE c.case_id = t.case_id AND NOT ({MAY_SEE})) LIMIT %(most)s) f),
       ARRAY(SELECT id || ' ' || name FROM staff WHERE ended_at IS NULL AND role IN ('officer', 'secretary')
             ORDER BY list_position),
       (SELECT id FROM procedure_editions ORDER BY position DESC LIMIT 1),
       (SELECT id FROM calendar_editions ORDER BY position DESC LIMIT 1)
"""


def page(conn: Connection, filters: Filters, me: UUID | None, today: date) -> tuple[list[ListRow], Numbers]:
    """The rows and what stands above them, asked in one go."""
    mine = filters.interests(me)
    counting = NUMBERS, {"today": today, "me": me, "most": MOST_COUNTED, "mine": mine}
    asked = (counting, query(filters, me, today), list_views.asking(me))
    counted, found, views = fetched_at_once(conn, asked)
    return [ListRow(*row) for row in found], _numbers(counted[0], [ListView(*row) for row in views])


def rows(conn: Connection, filters: Filters, me: UUID | None, today: date) -> list[ListRow]:
    """One more than ``limit`` when there is a next page."""
    return [ListRow(*row) for row in fetched(conn, *query(filters, me, today))]


def query(filters: Filters, me: UUID | None, today: date) -> tuple[str, dict[str, object]]:
    """The statement behind a list, and its values."""
    values: dict[str, object] = {
        "stage": filters.stage,
        "today": today,
        "clause": filters.clause,
        "body": f"%{folded(filters.body)}%",  # letters and digits only: nothing in it means anything to LIKE
        "officer": filters.officer,
        "me": me,
        "mine": filters.interests(me),
        "query": case_words.query_of(filters.words),
        "searched": MOST_SEARCHED,
        "limit": filters.limit + 1,
    }
    page, order = _page(filters, values)
    return (_searched if values["query"] else _walked)(filters, page, order), values


def _numbers(row: tuple[Any, ...], views: list[ListView]) -> Numbers:
    """From the row of NUMBERS."""
    overdue, due_today, waiting, todo, tasks, officers, procedure, calendar = row
    named = [(one[:36], one[37:]) for one in officers]
    waits = min(waiting, MOST_COUNTED)
    return Numbers(overdue, due_today, waits, todo, tasks, named, (procedure, calendar), views)


def cursor(row: ListRow, by_due: bool = False) -> str:
    """The place after a row, for the address of the next page; ``by_due``: of closed cases by dates."""
    if row.closed_at is not None and not by_due:
        return f"{row.closed_at.astimezone(OFFICE_ZONE).isoformat()}~{row.reference}"
    return f"{row.first_due.isoformat() if row.first_due else NO_DATE}~{row.reference}"


def _walked(filters: Filters, page: str, order: str) -> str:
    """Along an index in the list's order, until the page is full."""
    wanted, end = " AND ".join(_asked(filters)), f"{page} ORDER BY {order} LIMIT %(limit)s"
    if filters.waiting:  # each in its order, then the two as one
        mine, nobodys = (
            f"(SELECT {KEYS} FROM case_summaries c WHERE {wanted} AND {of}{end})" for of in (MINE, NOBODYS)
        )
        keys = f"SELECT case_id FROM ({mine} UNION ALL {nobodys}) c ORDER BY {order} LIMIT %(limit)s"
    elif filters.today:
        due = f"SELECT DISTINCT case_id FROM {_owed(filters)}"
        keys = f"SELECT case_id FROM ({due}) o JOIN case_summaries c USING (case_id) WHERE {wanted}{end}"
    elif filters.overdue:
        keys = f"SELECT case_id FROM case_summaries c WHERE {wanted}{end}"
    else:
        return f"SELECT {COLUMNS.format(step=EARLIEST)}, 0 FROM case_summaries c WHERE {wanted}{end}"
    return _shown(filters, f"SELECT case_id, 0 AS among FROM ({keys}) k", order)


def _searched(filters: Filters, page: str, order: str) -> str:
    """The keys of what has the words are sorted first, and only the rows of this page are read whole."""
    has_words = "w.words @@ %(query)s::tsquery"
    are_open, are_closed = f"w.is_open AND {has_words}", f"NOT w.is_open AND {has_words}"
    among = are_closed if filters.closed or filters.todo else are_open
    if filters.of_both:
        among = f"({are_open} OR {are_closed})"  # each half has its index
    wanted = " AND ".join((*_asked(filters), among))
    source = f"case_words w JOIN case_summaries c USING (case_id) WHERE {wanted} LIMIT %(searched)s"
    found = f"SELECT case_id, count(*) OVER () AS among FROM (SELECT {KEYS} FROM {source}) c WHERE true"
    return _shown(filters, f"{found}{page} ORDER BY {order} LIMIT %(limit)s", order)


def _shown(filters: Filters, keys: str, order: str) -> str:
    """The lines for these keys, each with the step that was asked for."""
    step, source = EARLIEST, f"({keys}) k JOIN case_summaries c USING (case_id)"
    if filters.overdue or filters.today or filters.waiting:
        fits = f"{_owed(filters)} AND o.case_id = c.case_id ORDER BY o.due, o.name LIMIT 1"
        step, source = ASKED_FOR, f"{source} CROSS JOIN LATERAL (SELECT {ASKED_FOR} FROM {fits}) o"
    return f"SELECT {COLUMNS.format(step=step)}, k.among FROM {source} ORDER BY {order}"


def _asked(filters: Filters) -> Iterator[str]:
    """What a case must be. It also says of steps what its own row says: an index is found by that."""
    yield MAY_SEE
    if not filters.of_both:
        yield TO_DO if filters.todo else "c.closed_at IS NOT NULL" if filters.closed else OPEN
    if filters.stage:
        yield "c.stage = %(stage)s"
    if filters.clause:
        yield "c.clauses @> CAST(ARRAY[%(clause)s] AS text[])"
    if filters.fast:
        yield "'fast-track' = ANY(c.tags)"
    if filters.body:
        named = "c.respondent_id IN (SELECT id FROM bodies WHERE folded LIKE %(body)s)"
        yield named if folded(filters.body) else "false"
    if filters.words and not case_words.query_of(filters.words):
        yield "false"  # signs alone are no words: nothing has them
    if filters.officer:
        yield "c.officer_id = %(officer)s"
    if filters.overdue:
        yield LATE
    if filters.today:
        yield DUE_BY_TODAY
    if filters.waiting:
        yield f"{WAITS} AND ({MINE} OR {NOBODYS})"
    if (filters.today and filters.words) or filters.overdue + filters.today + filters.waiting > 1:
        yield f"EXISTS (SELECT 1 FROM {_owed(filters)} AND o.case_id = c.case_id)"


def _owed(filters: Filters) -> str:
    """Open obligations that are all of what was asked for."""
    found = f"obligations o WHERE o.ended_at IS NULL AND {IS_OWED}"
    found += " AND o.due < %(today)s" if filters.overdue else ""
    found += " AND o.due = %(today)s" if filters.today else ""
    return found + (f" AND o.owner = '{OFFICER}'" if filters.waiting else "")


def _page(filters: Filters, values: dict[str, object]) -> tuple[str, str]:
    """The condition for what comes after the cursor, and the order."""
    mark, _, values["reference"] = filters.after.partition("~")
    values["mark"] = _instant(mark) if filters.by_ending else "infinity" if mark == NO_DATE else _day(mark)
    if filters.by_ending:
        after = "(c.closed_at < %(mark)s OR c.closed_at = %(mark)s AND c.reference > %(reference)s)"
        order = "c.closed_at DESC, c.reference"
    elif filters.today and not filters.waiting:  # one date for all: in the order in which they came in
        after = "case_id > (SELECT n.case_id FROM case_summaries n WHERE n.reference = %(reference)s)"
        order = "case_id"
    else:
        order = f"{FIRST}, c.reference"
        after = f"({order}) > (CAST(CAST(%(mark)s AS text) AS date), %(reference)s)"
    return f" AND {after}" if values["mark"] else "", order


def leads_on(filters: Filters) -> bool:
    """Whether ``after`` is a place in this list; what is none would be its beginning again, for ever."""
    return not filters.after or bool(_page(filters, {})[0])


def _day(mark: str) -> str | None:
    try:
        return date.fromisoformat(mark).isoformat()
    except ValueError:
        return None


def _instant(mark: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(mark)
    except ValueError:
        return None
    return instant if instant.tzinfo else None
