"""One row per case, folded from its log: lists, filters, ``next_tick``; the row that is locked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    cast,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from compact_cases.records.ready import Ask, Ready, fetched
from compact_cases.records.rows import OF_IDS, id_list, insert_rows, update_rows
from compact_cases.records.tables import metadata

INSTANT = DateTime(timezone=True)

case_summaries = Table(
    "case_summaries",
    metadata,
    Column("case_id", Uuid, primary_key=True),
    Column("reference", Text),
    Column("concern_id", Uuid),
    Column("position", Integer),
    Column("head", LargeBinary),
    Column("stage", Text),
    Column("received_at", INSTANT),
    Column("changed_at", INSTANT),
    Column("closed_at", INSTANT),
    Column("outcome", Text),
    Column("confidentiality", Text),
    Column("raiser_id", Uuid),
    Column("raiser_label", Text),
    Column("raiser_shown", Text),
    Column("respondent_id", Uuid),
    Column("respondent_label", Text),
    Column("officer_id", Uuid),
    Column("had_notice", Boolean),
    Column("next_name", Text),
    Column("next_owner", Text),
    Column("next_due", Date),
    Column("owners", ARRAY(Text)),
    Column("paused", Boolean),
    Column("clauses", ARRAY(Text)),
    Column("procedure_edition", Text),
    Column("calendar_edition", Text),
    Column("next_tick", INSTANT),
    Column("first_on", Date),
    Column("closes_on", Date),
    Column("tags", ARRAY(Text)),
    Column("raiser_body_id", Uuid),
    Column("mediator_id", Uuid),
    Column("mediated_with", Uuid),
    Column("barred", ARRAY(Uuid)),
)


@dataclass(frozen=True)
class CaseRow:
    """A row of case_summaries. ``raiser_shown`` is what the other side may read.

    ``first_on`` is the earlier of ``next_due`` and ``closes_on``, by which lists are ordered; ``tags`` are
    what must be seen at once: see ``rules.concern.tags_of``. ``barred``: the officers who declared a conflict
    of interest, and the bodies of its two sides, whose own people are presumed to have one; in order.
    """

    case_id: UUID
    reference: str
    concern_id: UUID
    position: int
    head: bytes
    stage: str
    received_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    outcome: str | None
    confidentiality: str
    raiser_id: UUID | None
    raiser_label: str
    raiser_shown: str
    respondent_id: UUID | None
    respondent_label: str
    officer_id: UUID | None
    had_notice: bool
    next_name: str | None
    next_owner: str | None
    next_due: date | None
    owners: tuple[str, ...]
    paused: bool
    clauses: tuple[str, ...]
    procedure_edition: str
    calendar_edition: str
    next_tick: datetime | None
    first_on: date | None = None
    closes_on: date | None = None
    tags: tuple[str, ...] = ()
    raiser_body_id: UUID | None = None  # where it is on the register
    mediator_id: UUID | None = None  # who is asked, or appointed
    mediated_with: UUID | None = None  # the other case that one mediation serves too
    barred: tuple[UUID, ...] = ()

    @classmethod
    def blank(
        cls,
        case_id: UUID,
        reference: str,
        concern_id: UUID,
        labels: tuple[str, str, str],
        editions: tuple[str, str],
        at: datetime,
    ) -> "CaseRow":
        """Before a fold fills it. ``labels``: the raiser's own, as shown to others, the respondent's."""
        known = {
            "case_id": case_id,
            "reference": reference,
            "concern_id": concern_id,
            "raiser_label": labels[0],
            "raiser_shown": labels[1],
            "respondent_label": labels[2],
            "procedure_edition": editions[0],
            "calendar_edition": editions[1],
            "received_at": at,
            "changed_at": at,
            "head": bytes(32),
            "stage": "received",
            "confidentiality": "open",
            "position": 0,
            "had_notice": False,
            "paused": False,
            "clauses": (),
            "tags": (),
            "barred": (),
        }
        return cls(**{one.name: known.get(one.name) for one in fields(cls)})  # type: ignore[arg-type]


COLUMNS = [case_summaries.c[one.name] for one in fields(CaseRow)]
_NAMES = [one.name for one in fields(CaseRow)]
_ARRAYS = tuple(_NAMES.index(name) for name in ("owners", "clauses", "tags", "barred"))


def row_of(row: Sequence[Any]) -> CaseRow:
    """From a result of exactly ``COLUMNS``: by place, which is three times as fast as by name."""
    values: list[Any] = list(row)
    for place in _ARRAYS:
        values[place] = tuple(values[place])
    return CaseRow(*values)


_NUMBERS = Ready(text("SELECT nextval('case_numbers') FROM generate_series(1, :count)"))


def next_numbers(conn: Connection, count: int) -> list[int]:
    """Numbers never given before. Gaps are harmless; a lock on a counter would not be."""
    return [number for (number,) in _NUMBERS.rows(conn, count=count)]


def add(conn: Connection, row: CaseRow) -> None:
    insert_rows(conn, case_summaries, [row])


def save_all(conn: Connection, rows: Sequence[CaseRow]) -> None:
    """Many cases in one statement."""
    update_rows(conn, case_summaries, ("case_id",), rows)


def find(conn: Connection, case: UUID | str, *, locked: bool = False) -> CaseRow | None:
    """By id or by reference (in its stored spelling); ``locked`` holds the row till the transaction ends."""
    known = case_summaries.c.case_id if isinstance(case, UUID) else case_summaries.c.reference
    query = select(*COLUMNS).where(known == case)
    row = conn.execute(query.with_for_update() if locked else query).one_or_none()
    return row_of(row) if row else None


def lock(conn: Connection, case_ids: Iterable[UUID]) -> None:
    """Hold several rows till the transaction ends, taken in id order so that two such acts never block."""
    held = select(case_summaries.c.case_id).where(case_summaries.c.case_id.in_(list(case_ids)))
    conn.execute(held.order_by(case_summaries.c.case_id).with_for_update()).all()


def lock_with_partner(conn: Connection, case: UUID | str) -> list[UUID]:
    """A case and the one that is mediated together with it, held till the transaction ends, in id order."""
    table = case_summaries
    known = table.c.case_id if isinstance(case, UUID) else table.c.reference
    asked = select(table.c.case_id).where(known == case).scalar_subquery()
    both = select(table.c.case_id).where((known == case) | (table.c.mediated_with == asked))
    return list(conn.scalars(both.order_by(table.c.case_id).with_for_update(of=table)))


def mediated_together(conn: Connection) -> list[tuple[UUID, UUID]]:
    """Each case of such a mediation, with the other one."""
    table = case_summaries
    held = select(table.c.case_id, table.c.mediated_with).where(table.c.mediated_with.is_not(None))
    return [(one, other) for one, other in conn.execute(held.order_by(table.c.case_id))]


def of_concern(conn: Connection, concern_id: UUID) -> list[CaseRow]:
    query = select(*COLUMNS).where(case_summaries.c.concern_id == concern_id)
    return [row_of(row) for row in conn.execute(query.order_by(case_summaries.c.reference))]


def references(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, str]:
    query = select(case_summaries.c.case_id, case_summaries.c.reference)
    rows = conn.execute(query.where(case_summaries.c.case_id.in_(list(case_ids))))
    return {row.case_id: row.reference for row in rows}


def open_about(conn: Connection, body_id: UUID) -> list[CaseRow]:
    """The cases about a body that has had notice, open ones and those closed with something to do."""
    table = case_summaries
    lives = table.c.closed_at.is_(None) | table.c.next_name.is_not(None)
    query = select(*COLUMNS).where(table.c.respondent_id == body_id, lives, table.c.had_notice)
    return [row_of(row) for row in conn.execute(query.order_by(table.c.case_id))]


def open_after(conn: Connection, after: UUID | None, most: int) -> list[CaseRow]:
    """The next open cases in the order of their ids."""
    query = select(*COLUMNS).where(case_summaries.c.closed_at.is_(None))
    if after:
        query = query.where(case_summaries.c.case_id > after)
    return [row_of(row) for row in conn.execute(query.order_by(case_summaries.c.case_id).limit(most))]


def count_open(conn: Connection) -> int:
    held = select(func.count()).select_from(case_summaries).where(case_summaries.c.closed_at.is_(None))
    return conn.scalar(held) or 0


def count_open_of(conn: Connection, officer_id: UUID) -> int:
    table = case_summaries
    held = select(func.count()).where(table.c.officer_id == officer_id, table.c.closed_at.is_(None))
    return conn.scalar(held) or 0


def open_of(conn: Connection, officer_id: UUID) -> list[CaseRow]:
    table = case_summaries
    query = select(*COLUMNS).where(table.c.officer_id == officer_id, table.c.closed_at.is_(None))
    return [row_of(row) for row in conn.execute(query.order_by(table.c.reference))]


def handled_by(conn: Connection, officer_id: UUID) -> list[CaseRow]:
    """Open and closed ones."""
    query = select(*COLUMNS).where(case_summaries.c.officer_id == officer_id)
    return [row_of(row) for row in conn.execute(query.order_by(case_summaries.c.reference))]


def barring(conn: Connection, interests: Iterable[UUID]) -> list[CaseRow]:
    """The open cases that bar any of these."""
    table = case_summaries
    bars = table.c.barred.overlap(cast(list(interests), ARRAY(Uuid)))
    query = select(*COLUMNS).where(bars, table.c.closed_at.is_(None))
    return [row_of(row) for row in conn.execute(query.order_by(table.c.reference))]


def any_there(conn: Connection) -> bool:
    return conn.execute(select(case_summaries.c.case_id).limit(1)).first() is not None


def every(conn: Connection) -> list[CaseRow]:
    return [row_of(row) for row in conn.execute(select(*COLUMNS))]


def between(conn: Connection, after: UUID | None, to: UUID | None) -> dict[UUID, CaseRow]:
    """Those with ids after one and up to another, which may both be left open."""
    query = select(*COLUMNS)
    if after:
        query = query.where(case_summaries.c.case_id > after)
    if to:
        query = query.where(case_summaries.c.case_id <= to)
    return {one.case_id: one for one in map(row_of, conn.execute(query))}


def by_ids(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, CaseRow]:
    found = map(row_of, fetched(conn, *asking(case_ids)))
    return {one.case_id: one for one in found}


def asking(case_ids: Iterable[UUID]) -> Ask:
    """The statement behind ``by_ids``; its rows are what ``row_of`` takes."""
    return _BY_IDS.asking(ids=id_list(case_ids))


_BY_IDS = Ready(select(*COLUMNS).where(case_summaries.c.case_id == OF_IDS))


def due_for_sweep(
    conn: Connection, now: datetime, limit: int, *, locked: bool = True, only: UUID | None = None
) -> list[CaseRow]:
    """Cases whose ``next_tick`` has come, earliest first; what another worker holds is passed over."""
    query = (
        select(*COLUMNS)
        .where(case_summaries.c.next_tick <= now)
        .order_by(case_summaries.c.next_tick)
        .limit(limit)
    )
    if only is not None:
        query = query.where(case_summaries.c.case_id == only)
    found = conn.execute(query.with_for_update(skip_locked=True) if locked else query)
    return [row_of(row) for row in found.all()]


def due_ids(conn: Connection, now: datetime, limit: int) -> list[UUID]:
    """The same, by id alone, held by whomever: what can be read of any row."""
    due = case_summaries.c.next_tick <= now
    query = select(case_summaries.c.case_id).where(due).order_by(case_summaries.c.next_tick).limit(limit)
    return list(conn.scalars(query))


def look_again(conn: Connection, case_id: UUID, at: datetime) -> None:
    """The sweep passes over a case until then."""
    conn.execute(update(case_summaries).where(case_summaries.c.case_id == case_id).values(next_tick=at))


@dataclass(frozen=True)
class Swept:
    """What a sweep changes in a row: the log's end, where it appended to it, its first date, when to look."""

    case_id: UUID
    position: int
    head: bytes
    changed_at: datetime
    first_on: date | None
    next_tick: datetime | None


def set_swept(conn: Connection, rows: Sequence[Swept]) -> None:
    update_rows(conn, case_summaries, ("case_id",), rows)


def give_back(conn: Connection, case_id: UUID, reference: str) -> None:
    """Another case that has this one's reference is called by its id until its own is found again."""
    taken = (case_summaries.c.reference == reference) & (case_summaries.c.case_id != case_id)
    nameless = cast(case_summaries.c.case_id, Text)
    conn.execute(update(case_summaries).where(taken).values(reference=nameless))


def look_at(conn: Connection, case_ids: Iterable[UUID], now: datetime) -> None:
    """The sweep looks at these at once."""
    ids = list(case_ids)
    conn.execute(update(case_summaries).where(case_summaries.c.case_id.in_(ids)).values(next_tick=now))
