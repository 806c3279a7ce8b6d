"""What another edition would do to the open cases: which dates and reminders move, read in bulk.

No log is replayed: the open obligations are rows, and the rule that moves a case needs no more of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.casework.needs import sides_that_are_small
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import bodies, case_summaries, people
from compact_cases.records import obligations as obligation_rows
from compact_cases.records.bodies import Body
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.obligations import ObligationRow
from compact_cases.records.reading import reading
from compact_cases.rules.concern import FAST_TRACK
from compact_cases.rules.course import WATCHED, Stage
from compact_cases.rules.moving import Standing, going
from compact_cases.rules.obligations import waiting_steps
from compact_cases.rules.procedure import Procedure
from compact_cases.rules.procedure_comparison import in_words
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.terms import Going
from compact_cases.rules.working_days import Calendar

SLICE = 1000  # cases read together
Progress = Callable[[int, int], None]
Steps = tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Target:
    """To what open cases would be moved; None: each keeps its own. Neither need be held yet."""

    procedure: Procedure | None = None
    calendar: Calendar | None = None

    def onto(self, before: Rulebook) -> Rulebook:
        return replace(
            before,
            procedure=self.procedure or before.procedure,
            calendar=self.calendar or before.calendar,
        )


@dataclass(frozen=True)
class Line:
    """One obligation before and after, with the reminders and other steps that wait for it."""

    name: str
    item: str
    owner: str
    before: date
    after: date
    steps_before: Steps
    steps_after: Steps

    @property
    def of(self) -> str:
        return f"{self.name} {self.item}".strip()

    @property
    def moves(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class CaseMove:
    """One open case: why it stays, or what of it changes; nothing where only its edition would."""

    reference: str
    stage: str
    stays: str
    lines: tuple[Line, ...]

    @property
    def moves(self) -> bool:
        return any(line.moves for line in self.lines)


@dataclass(frozen=True)
class Preview:
    """``cases`` are all open ones, ``there`` those that go by these editions already; ``changed`` those of
    which something changes, and those that stay."""

    cases: int
    there: int
    changed: tuple[CaseMove, ...]

    @property
    def moving(self) -> tuple[CaseMove, ...]:
        return tuple(one for one in self.changed if one.moves)

    @property
    def reminders_only(self) -> tuple[CaseMove, ...]:
        return tuple(one for one in self.changed if one.lines and not one.moves)

    @property
    def staying(self) -> tuple[CaseMove, ...]:
        return tuple(one for one in self.changed if one.stays)

    @property
    def expected(self) -> dict[str, dict[str, str]]:
        """The new dates, as a move keeps them to say afterwards what came otherwise."""
        return {
            one.reference: {line.of: line.after.isoformat() for line in one.lines if line.moves}
            for one in self.moving
        }

    @property
    def by_name(self) -> tuple[tuple[str, int, int], ...]:
        """Of each obligation how many dates come later, and how many earlier."""
        counts: dict[str, list[int]] = {}
        for line in (line for one in self.changed for line in one.lines if line.moves):
            counts.setdefault(line.name, [0, 0])[line.after < line.before] += 1
        return tuple((name, later, earlier) for name, (later, earlier) in sorted(counts.items()))


def preview(premises: Premises, target: Target, progress: Progress | None = None) -> Preview:
    """What a move of all open cases would change today. Nothing is written."""
    day, found, there, seen = premises.clock.today(), [], 0, 0
    with reading(premises.engine) as conn:
        total = case_summaries.count_open(conn)
        pairs: dict[tuple[str, str], tuple[Rulebook, Rulebook]] = {}
        for rows in _slices(conn):
            owed, kinds = obligation_rows.open_of(conn, [row.case_id for row in rows]), _kinds(conn, rows)
            parties = {body for row in rows for body in (row.raiser_body_id, row.respondent_id) if body}
            register = bodies.get_many(conn, parties)
            for row in rows:
                before, after = _rulebooks(conn, pairs, row, target)
                if (before.procedure, before.calendar) == (after.procedure, after.calendar):
                    there += 1
                    continue
                one = _case(row, owed.get(row.case_id, []), before, after, kinds, register, day)
                if one.stays or one.lines:
                    found.append(one)
            seen += len(rows)
            if progress:
                progress(seen, total)
    return Preview(seen, there, tuple(sorted(found, key=lambda one: one.reference)))


def _slices(conn: Connection) -> Iterator[list[CaseRow]]:
    last: UUID | None = None
    while rows := case_summaries.open_after(conn, last, SLICE):
        yield rows
        last = rows[-1].case_id


def _kinds(conn: Connection, rows: Sequence[CaseRow]) -> dict[UUID, str | None]:
    raisers = people.get(conn, [row.raiser_id for row in rows if row.raiser_id])
    return {one.id: one.organisation_kind for one in raisers.values()}


def _rulebooks(
    conn: Connection,
    known: dict[tuple[str, str], tuple[Rulebook, Rulebook]],
    row: CaseRow,
    target: Target,
) -> tuple[Rulebook, Rulebook]:
    editions = row.procedure_edition, row.calendar_edition
    if editions not in known:
        before = library.rulebook(conn, *editions)
        known[editions] = before, target.onto(before)
    return known[editions]


def _case(
    row: CaseRow,
    owed: Sequence[ObligationRow],
    before: Rulebook,
    after: Rulebook,
    kinds: Mapping[UUID, str | None],
    register: Mapping[UUID, Body],
    day: date,
) -> CaseMove:
    body = register.get(row.respondent_id) if row.respondent_id else None
    parties = row.raiser_id, row.raiser_body_id, row.respondent_id
    standing = Standing(
        Stage(row.stage),
        tuple(one.obligation for one in owed if one.obligation.name not in WATCHED),
        FAST_TRACK in row.tags,
        frozenset(sides_that_are_small(*parties, kinds, register)),
        body is not None and body.volunteer_run and body.ended_on is None,
        row.mediated_with is not None,
    )
    try:
        moved = {(one.name, one.item): one for one in going(standing, before, after, day)}
    except Refused as stays:
        return CaseMove(row.reference, row.stage, stays.sentence, ())
    lines = (_line(one, moved.get(one.obligation.key[:2]), before, after) for one in owed)
    return CaseMove(row.reference, row.stage, "", tuple(line for line in lines if line))


def _line(row: ObligationRow, moved: Going | None, before: Rulebook, after: Rulebook) -> Line | None:
    one = row.obligation
    if one.due is None or one.name in WATCHED:
        return None
    if moved is None and before.step_days(one.name, one.due) == after.step_days(one.name, one.due):
        return None
    then = replace(one, term=moved.term, due=moved.term.due) if moved else one
    assert then.due is not None  # noqa: S101 (one that stands still is no line)
    steps_before = waiting_steps(one, row.handled_to, before)
    steps_after = waiting_steps(then, None if moved else row.handled_to, after)
    if then.due == one.due and steps_before == steps_after:
        return None
    return Line(
        one.name,
        one.item,
        one.owner.spoken,
        one.due,
        then.due,
        tuple((on, in_words(step)) for step, on in steps_before),
        tuple((on, in_words(step)) for step, on in steps_after),
    )
