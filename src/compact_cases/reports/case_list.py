"""The officer's list of cases: one statement for the rows, one for the numbers above them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from compact_cases.records.ready import fetched
from compact_cases.rules.bodies import folded
from compact_cases.settings import OFFICE_ZONE

PAGE = 50
MOST_COUNTED = 200  # a number above the list says "200+" from here on, so that it costs the same at any size
MOST_SEARCHED = 500  # of a search's matches: with more, the page asks for another word
NO_DATE = "none"


@dataclass(frozen=True)
class Filters:
    """What the address of a list asks for. ``waiting``: an officer's own steps and nobody's."""

    stage: str = ""
    overdue: bool = False
    today: bool = False
    clause: str = ""
    body: str = ""
    officer: UUID | None = None
    waiting: bool = False
    closed: bool = False
    words: str = ""
    after: str = ""
    limit: int = PAGE

    @property
    def narrows(self) -> bool:
        return any((self.stage, self.overdue, self.today, self.clause, self.body, self.officer, self.waiting))


class ListRow(msgspec.Struct, frozen=True):
    """A line of the list: only what it shows. (A struct is made ten times as fast as a frozen dataclass.)"""

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
    among: int = 0  # of a search: how many cases it found, MOST_SEARCHED at most


@dataclass(frozen=True)
class Numbers:
    """What stands above the list, counted up to MOST_COUNTED; the officers to choose from.

    ``in_force``: the editions of the procedure and of the calendar, for which the days were asked.
    """

    overdue: int
    today: int
    waiting: int
    tasks: int
    officers: list[tuple[str, str]]
    in_force: tuple[str | None, str | None]


# A confidential raiser stands in the list as the other side reads it: lists are read in open offices.
# The columns stand in the order of ListRow's fields.
COLUMNS = """c.reference, CASE WHEN c.confidentiality = 'open' THEN c.raiser_label ELSE c.raiser_shown END,
 c.respondent_label, c.stage, c.outcome, c.next_name, c.next_owner, c.next_due, c.closed_at,
 (SELECT s.name FROM staff s WHERE s.id = c.officer_id), c.clauses, c.procedure_edition, c.calendar_edition"""
KEYS = "c.case_id, c.next_due, c.closed_at, c.reference"
# Each count walks an index in its order and stops early: it costs the same however many cases are stored.
NUMBERS = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM case_summaries WHERE closed_at IS NULL
          AND coalesce(next_due, 'infinity'::date) < %(today)s
          ORDER BY coalesce(next_due, 'infinity'::date), reference LIMIT %(most)s) a),
       (SELECT count(*) FROM (SELECT 1 FROM case_summaries WHERE closed_at IS NULL
          AND coalesce(next_due, 'infinity'::date) = %(today)s
          ORDER BY coalesce(next_due, 'infinity'::date), reference LIMIT %(most)s) b),
       (SELECT count(*) FROM (SELECT 1 FROM case_summaries WHERE closed_at IS NULL
          AND next_owner = 'officer' AND officer_id = %(me)s LIMIT %(most)s) c)
       + (SELECT count(*) FROM (SELECT 1 FROM case_summaries WHERE closed_at IS NULL
          AND next_owner = 'officer' AND officer_id IS NULL LIMIT %(most)s) d),
       (SELECT count(*) FROM (SELECT 1 FROM tasks WHERE done_at IS NULL LIMIT %(most)s) e),
       ARRAY(SELECT id || ' ' || name FROM staff WHERE ended_at IS NULL AND role IN ('officer', 'secretary')
             ORDER BY list_position),
       (SELECT id FROM procedure_editions ORDER BY position DESC LIMIT 1),
       (SELECT id FROM calendar_editions ORDER BY position DESC LIMIT 1)
"""


def rows(conn: Connection, filters: Filters, me: UUID | None, today: date) -> list[ListRow]:
    """One more than ``limit`` when there is a next page."""
    query, values = _query(filters, me, today)
    return [ListRow(*row) for row in fetched(conn, query, values)]


def numbers(conn: Connection, me: UUID | None, today: date) -> Numbers:
    values = {"today": today, "me": me, "most": MOST_COUNTED}
    ((overdue, due_today, waiting, tasks, officers, procedure, calendar),) = fetched(conn, NUMBERS, values)
    named = [(one[:36], one[37:]) for one in officers]
    return Numbers(overdue, due_today, min(waiting, MOST_COUNTED), tasks, named, (procedure, calendar))


def cursor(row: ListRow) -> str:
    """The place after a row, for the address of the next page."""
    if row.closed_at is not None:
        return f"{row.closed_at.astimezone(OFFICE_ZONE).isoformat()}~{row.reference}"
    return f"{row.next_due.isoformat() if row.next_due else NO_DATE}~{row.reference}"


def search_words(typed: str) -> str:
    """A query of all the words, the last one as the beginning of a word; empty where there are none."""
    found = folded(typed).split()[:10]
    return " & ".join([*found[:-1], f"{found[-1]}:*"]) if found else ""


def _query(filters: Filters, me: UUID | None, today: date) -> tuple[str, dict[str, object]]:
    conditions, values = _conditions(filters, me, today)
    wanted = " AND ".join(conditions)
    page, order = _page(filters, values)
    values["limit"] = filters.limit + 1
    if "query" not in values:
        source = f"case_summaries c WHERE {wanted}{page} ORDER BY {order} LIMIT %(limit)s"
        return f"SELECT {COLUMNS}, 0 FROM {source}", values
    values["searched"] = MOST_SEARCHED
    # The keys are sorted first, and only the rows of this page are read whole.
    found = f"SELECT {KEYS} FROM case_summaries c WHERE {wanted} LIMIT %(searched)s"
    first = f"SELECT c.case_id, count(*) OVER () AS among FROM ({found}) c WHERE true{page} ORDER BY {order}"
    source = f"({first} LIMIT %(limit)s) f JOIN case_summaries c ON c.case_id = f.case_id ORDER BY {order}"
    return f"SELECT {COLUMNS}, f.among FROM {source}", values


def _conditions(filters: Filters, me: UUID | None, today: date) -> tuple[list[str], dict[str, object]]:
    values: dict[str, object] = {}
    found = ["c.closed_at IS NOT NULL" if filters.closed else "c.closed_at IS NULL"]
    for condition, name, value in _asked(filters, me, today):
        found.append(condition)
        if name:
            values[name] = value
    return found, values


def _asked(filters: Filters, me: UUID | None, today: date) -> Iterator[tuple[str, str, object]]:
    if filters.stage:
        yield "c.stage = %(stage)s", "stage", filters.stage
    if filters.overdue:
        yield "coalesce(c.next_due, 'infinity'::date) < %(today)s", "today", today
    elif filters.today:
        yield "coalesce(c.next_due, 'infinity'::date) = %(today)s", "today", today
    if filters.clause:
        yield "c.clauses @> CAST(ARRAY[%(clause)s] AS text[])", "clause", filters.clause
    if filters.body:
        named = "SELECT id FROM bodies WHERE folded LIKE %(body)s"
        begins = folded(filters.body)  # letters and digits only: nothing in it means anything to LIKE
        yield (f"c.respondent_id IN ({named})", "body", f"{begins}%") if begins else ("false", "", None)
    if filters.officer:
        yield "c.officer_id = %(officer)s", "officer", filters.officer
    if filters.waiting:
        yield "c.next_owner = 'officer' AND (c.officer_id = %(me)s OR c.officer_id IS NULL)", "me", me
    if query := search_words(filters.words):
        yield "c.words @@ to_tsquery('simple', %(query)s)", "query", query


def _page(filters: Filters, values: dict[str, object]) -> tuple[str, str]:
    """The condition for what comes after the cursor, and the order."""
    mark, _, reference = filters.after.partition("~")
    values["reference"] = reference
    if filters.closed:
        order = "c.closed_at DESC, c.reference"
        if (instant := _instant(mark)) is None:
            values.pop("reference")
            return "", order
        values["mark"] = instant
        return (
            " AND (c.closed_at < %(mark)s OR c.closed_at = %(mark)s AND c.reference > %(reference)s)",
            order,
        )
    order = "coalesce(c.next_due, 'infinity'::date), c.reference"
    day = "infinity" if mark == NO_DATE else _day(mark)
    if day is None:
        values.pop("reference")
        return "", order
    values["mark"] = day
    return f" AND ({order}) > (CAST(CAST(%(mark)s AS text) AS date), %(reference)s)", order


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
