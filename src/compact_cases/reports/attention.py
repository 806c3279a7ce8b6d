"""What needs an officer's attention: tasks, pauses about to end, holidays that run out; each with an act."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text

from compact_cases.rules.tasks import ALSO, group_of, in_words
from compact_cases.rules.working_days import Calendar
from compact_cases.settings import OFFICE_ZONE

HEADINGS = {
    "undelivered": ("Letters that did not arrive", "A letter that a mail server refuses"),
    "nobody": ("Nobody to reach", "A seat that nobody holds, or whose addresses do not work"),
    "by-hand": ("To post, or to say by phone", "A letter for somebody without e-mail"),
    "pauses": ("Pauses about to end", "A pause that ends by itself within five working days"),
    "stuck": ("Stuck work", "What is tried again and again without success"),
    "holidays": ("Holidays that run out", "A list of holidays or closing days that ends too soon"),
    ALSO: ("Also for you", "A merged concern that may go on alone, or wrong return codes that were tried"),
}
"""Each heading in the order of the page, and what would stand below it."""
PAUSES_WITHIN = 5  # working days
CALENDAR_AHEAD = timedelta(days=365)  # an action may be agreed for a year from now
MOST = 100

TASKS = text("""
SELECT t.id, t.kind, t.sentence, t.opened_at, c.reference, l.id AS letter,
       coalesce(p.body_id, CASE WHEN t.subject_id = t.case_id THEN c.respondent_id END) AS body,
       s.id AS member
FROM tasks t LEFT JOIN case_summaries c ON c.case_id = t.case_id
LEFT JOIN letters l ON l.id = t.subject_id AND t.kind IN ('post', 'phone', 'unposted')
LEFT JOIN people p ON p.id = t.subject_id LEFT JOIN staff s ON s.id = t.subject_id
WHERE t.done_at IS NULL AND (c.case_id IS NULL OR NOT c.barred && CAST(:mine AS uuid[]))
  AND (CAST(:hers AS uuid) IS NULL OR c.officer_id = CAST(:hers AS uuid))
ORDER BY t.opened_at, t.id LIMIT :limit
""")
COUNTS = text("""
SELECT t.kind, count(*) FROM tasks t LEFT JOIN case_summaries c ON c.case_id = t.case_id
WHERE t.done_at IS NULL AND (c.case_id IS NULL OR NOT c.barred && CAST(:mine AS uuid[])) GROUP BY t.kind
""")
PAUSES = text("""
SELECT c.reference, o.pause_reason, o.paused_since, max(o.pause_ends) AS ends
FROM obligations o JOIN case_summaries c USING (case_id)
WHERE o.ended_at IS NULL AND o.due IS NULL AND o.pause_ends <= :soon
  AND NOT c.barred && CAST(:mine AS uuid[])
  AND (CAST(:hers AS uuid) IS NULL OR c.officer_id = CAST(:hers AS uuid))
GROUP BY c.reference, o.pause_reason, o.paused_since ORDER BY ends, c.reference LIMIT :limit
""")


@dataclass(frozen=True)
class AttentionRow:
    """A task with the case and the letter that it is about, if it is about one.

    ``body`` and ``member``: on whose page of the register, or of the office's list, it can be put right.
    """

    id: UUID
    kind: str
    words: str
    sentence: str
    opened_at: datetime
    reference: str | None
    letter: UUID | None
    body: UUID | None = None
    member: UUID | None = None


@dataclass(frozen=True)
class PauseRow:
    """A pause that ends by itself soon; ``days_left``: working days until its last day is over."""

    reference: str
    reason: str
    since: date
    ends: date
    days_left: int


@dataclass(frozen=True)
class RunsOut:
    """``calendar``: the last day that it knows, where that is too near. ``closed``: the last closing day that
    the office gave, where none lies ahead."""

    calendar: date | None
    closed: date | None

    @property
    def count(self) -> int:
        return (self.calendar is not None) + (self.closed is not None)

    @classmethod
    def of(cls, calendar: Calendar, closing_days: Iterable[date], today: date) -> "RunsOut":
        last = max(closing_days, default=None)
        return cls(
            calendar.last if calendar.last < today + CALENDAR_AHEAD else None,
            last if last and last < today else None,
        )


@dataclass(frozen=True)
class Section:
    """What stands under one heading; ``empty`` is what would."""

    name: str
    heading: str
    empty: str
    tasks: tuple[AttentionRow, ...] = ()
    pauses: tuple[PauseRow, ...] = ()
    runs_out: "RunsOut | None" = None

    @property
    def count(self) -> int:
        return len(self.tasks) + len(self.pauses) + (self.runs_out.count if self.runs_out else 0)


def sections(
    conn: Connection,
    calendar: Calendar,
    runs_out: RunsOut,
    today: date,
    mine: Collection[UUID] = (),
    hers: UUID | None = None,
) -> tuple[list[Section], bool]:
    """Every heading with what stands below it, and whether there are more tasks than are shown.

    ``mine``: what bars whoever looks from a case; nothing of such a case is shown or counted. ``hers``: the
    board chair who looks, to whom only what concerns the cases that she looks after is shown.
    """
    rows = waiting(conn, MOST + 1, mine, hers)
    pauses = tuple(_pauses(conn, calendar, today, mine, hers))
    found = [
        Section(
            name,
            heading,
            empty,
            tuple(one for one in rows[:MOST] if group_of(one.kind) == name),
            pauses if name == "pauses" else (),
            runs_out if name == "holidays" else None,
        )
        for name, (heading, empty) in HEADINGS.items()
        if hers is None or name != "holidays"  # the whole office's
    ]
    return found, len(rows) > MOST


def counts(
    conn: Connection, calendar: Calendar, runs_out: RunsOut, today: date, mine: Collection[UUID] = ()
) -> list[tuple[str, str, int]]:
    """Name, heading and number of each heading that has something below it."""
    numbers = dict.fromkeys(HEADINGS, 0)
    for kind, count in conn.execute(COUNTS, {"mine": list(mine)}):
        numbers[group_of(kind)] += count
    numbers["pauses"] = len(list(_pauses(conn, calendar, today, mine)))
    numbers["holidays"] = runs_out.count
    return [(name, HEADINGS[name][0], number) for name, number in numbers.items() if number]


def waiting(
    conn: Connection, limit: int = 100, mine: Collection[UUID] = (), hers: UUID | None = None
) -> list[AttentionRow]:
    """The tasks that nobody has done yet, oldest first."""
    return [
        AttentionRow(
            row.id,
            row.kind,
            in_words(row.kind),
            row.sentence,
            row.opened_at.astimezone(OFFICE_ZONE),
            row.reference,
            row.letter,
            row.body,
            row.member,
        )
        for row in conn.execute(TASKS, {"limit": limit, "mine": list(mine), "hers": hers})
    ]


def _pauses(
    conn: Connection, calendar: Calendar, today: date, mine: Collection[UUID], hers: UUID | None = None
) -> Iterator[PauseRow]:
    soon = calendar.plus(today, PAUSES_WITHIN)
    values = {"soon": soon, "limit": MOST, "mine": list(mine), "hers": hers}
    for row in conn.execute(PAUSES, values):
        left = calendar.working_days_between(today, row.ends)
        yield PauseRow(row.reference, row.pause_reason, row.paused_since, row.ends, left)
