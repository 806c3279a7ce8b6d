"""The register of bodies: organisations of either sector, found by name however it is spelled."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Row,
    Select,
    Table,
    Text,
    Uuid,
    and_,
    func,
    insert,
    select,
    update,
)

from compact_cases.records.ready import Ask, fetched
from compact_cases.records.rows import id_list
from compact_cases.records.tables import metadata
from compact_cases.rules.bodies import BodyKind, folded, sectors_of
from compact_cases.rules.codes import Edition, OwedBy

LIKE_ENOUGH = 0.72  # of difflib's ratio: "Nortvale Conty Council" is 0.93, another council 0.6 to 0.7

bodies = Table(
    "bodies",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text),
    Column("folded", Text),
    Column("kind", Text),
    Column("lead_body_id", Uuid),
    Column("area", Text),
    Column("volunteer_run", Boolean),
    Column("signed_on", Date),
    Column("ended_on", Date),
    Column("created_at", DateTime(timezone=True)),
)
_lead = bodies.alias("lead")


@dataclass(frozen=True)
class Body:
    """A row of the register. ``lead_kind`` is read with it and never stored."""

    id: UUID
    name: str
    kind: BodyKind
    area: str = ""
    volunteer_run: bool = False
    signed_on: date | None = None
    ended_on: date | None = None
    lead_body_id: UUID | None = None
    lead_kind: BodyKind | None = None

    def sectors(self, edition: Edition | None = None) -> frozenset[OwedBy]:
        """Whose promises this body made in an edition of a Code; empty for a partnership without a lead."""
        return sectors_of(self.kind, edition, self.lead_kind)


def add(conn: Connection, body: Body, at: datetime) -> None:
    conn.execute(insert(bodies).values(**_values(body), created_at=at))


def change(conn: Connection, body: Body) -> None:
    conn.execute(update(bodies).where(bodies.c.id == body.id).values(**_values(body)))


def get(conn: Connection, body_id: UUID) -> Body | None:
    return get_many(conn, [body_id]).get(body_id)


def get_many(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, Body]:
    """Ended ones too: cases stay with the body they are about."""
    return from_rows(fetched(conn, *asking(ids)))


def asking(ids: Iterable[UUID]) -> Ask:
    return _BY_IDS, {"ids": id_list(ids)}


def from_rows(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, Body]:
    found = {}
    for body_id, name, kind, *more in rows:
        more[-1] = BodyKind(more[-1]) if more[-1] else None  # of the body that leads it
        found[body_id] = Body(body_id, name, BodyKind(kind), *more)
    return found


_BY_IDS = (
    "SELECT b.id, b.name, b.kind, b.area, b.volunteer_run, b.signed_on, b.ended_on, b.lead_body_id, l.kind"
    " FROM bodies b LEFT JOIN bodies l ON l.id = b.lead_body_id WHERE b.id = ANY(CAST(%(ids)s AS uuid[]))"
)


def named(conn: Connection, name: str) -> Body | None:
    """The one body on the register with this name, however it is spelled."""
    query = _query().where(bodies.c.folded == folded(name), bodies.c.ended_on.is_(None))
    return next(iter(_read(conn, query)), None)


def listed(
    conn: Connection, *, kind: BodyKind | None = None, after: str = "", limit: int | None = None
) -> list[Body]:
    """Those on the register by name; ``after`` is the folded name of the last one seen."""
    query = _query().where(bodies.c.ended_on.is_(None), bodies.c.folded > after)
    if kind:
        query = query.where(bodies.c.kind == kind)
    return _read(conn, query.order_by(bodies.c.folded).limit(limit))


def search(conn: Connection, words: str, most: int = 10) -> list[Body]:
    """Bodies whose names hold all the words, those that begin with them first; else the most alike."""
    typed = folded(words)
    if not typed:
        return []
    holds = and_(*(bodies.c.folded.contains(word, autoescape=True) for word in typed.split()[:8]))
    begins = bodies.c.folded.startswith(typed, autoescape=True)
    query = _query().where(bodies.c.ended_on.is_(None), holds)
    found = _read(
        conn, query.order_by(begins.desc(), func.length(bodies.c.folded), bodies.c.folded).limit(most)
    )
    return found or _spelled_alike(conn, typed, most)


def areas_of(
    conn: Connection, kinds: Collection[str], but: Collection[UUID], but_named: Collection[str]
) -> list[str]:
    """The area of each body of these kinds on the register, as it stands there, without some of them."""
    these = (bodies.c.kind.in_(kinds), bodies.c.ended_on.is_(None), bodies.c.id.not_in(but))
    without = bodies.c.folded.not_in([folded(name) for name in but_named])
    return list(conn.scalars(select(bodies.c.area).where(*these, without)))


def _spelled_alike(conn: Connection, typed: str, most: int) -> list[Body]:
    rows = conn.execute(select(bodies.c.id, bodies.c.folded).where(bodies.c.ended_on.is_(None)))
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed[:200])
    scored = []
    for row in rows:
        matcher.set_seq1(row.folded)
        if matcher.real_quick_ratio() > LIKE_ENOUGH and matcher.quick_ratio() > LIKE_ENOUGH:
            scored.append((matcher.ratio(), row.id))
    ids = [body_id for ratio, body_id in sorted(scored, reverse=True)[:most] if ratio > LIKE_ENOUGH]
    found = get_many(conn, ids)
    return [found[body_id] for body_id in ids]


def _query() -> Select[tuple[object, ...]]:
    return select(*bodies.c, _lead.c.kind.label("lead_kind")).outerjoin_from(
        bodies, _lead, _lead.c.id == bodies.c.lead_body_id
    )


def _read(conn: Connection, query: Select[tuple[object, ...]]) -> list[Body]:
    return [_body(row) for row in conn.execute(query)]


def _body(row: Row[tuple[object, ...]]) -> Body:
    values = {name: getattr(row, name) for name in Body.__dataclass_fields__}
    lead_kind = BodyKind(row.lead_kind) if row.lead_kind else None
    return Body(**{**values, "kind": BodyKind(row.kind), "lead_kind": lead_kind})


def _values(body: Body) -> dict[str, object]:
    own = {name: getattr(body, name) for name in Body.__dataclass_fields__ if name != "lead_kind"}
    return {**own, "folded": folded(body.name)}
