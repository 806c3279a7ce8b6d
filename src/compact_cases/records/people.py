"""People that letters reach and their contact points: a concern's raiser, a body's contacts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Table,
    Text,
    Uuid,
    and_,
    insert,
    select,
    text,
    update,
)

from compact_cases.records.ready import Ready, fetched_at_once
from compact_cases.records.rows import OF_IDS, id_list, insert_rows
from compact_cases.records.tables import metadata

INSTANT = DateTime(timezone=True)
SECOND_CONTACT = "second-contact"  # whom to ask where a raiser cannot be reached

people = Table(
    "people",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("role", Text),
    Column("concern_id", Uuid),
    Column("body_id", Uuid),
    Column("deputy_of", Uuid),
    Column("name", Text),
    Column("post_title", Text),
    Column("organisation", Text),
    Column("organisation_kind", Text),
    Column("area", Text),
    Column("shown_as", Text),
    Column("details", Text),
    Column("absent_until", Date),
    Column("created_at", INSTANT),
    Column("ended_at", INSTANT),
)

contact_points = Table(
    "contact_points",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("person_id", Uuid),
    Column("kind", Text),
    Column("address", Text),
    Column("refused_at", INSTANT),
    Column("refusal", Text),
    Column("confirmed_at", INSTANT),
    Column("added_at", INSTANT),
    Column("ended_at", INSTANT),
)


@dataclass(frozen=True)
class Person:
    """A row of people. ``shown_as`` is what the other side may read instead of the organisation's name."""

    id: UUID
    role: str
    concern_id: UUID | None = None
    body_id: UUID | None = None
    deputy_of: UUID | None = None
    name: str = ""
    post_title: str = ""
    organisation: str = ""
    organisation_kind: str = ""
    area: str = ""
    shown_as: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    absent_until: date | None = None


@dataclass(frozen=True)
class ContactPoint:
    """One way to reach a person; never overwritten, a new address is a new row."""

    id: UUID
    person_id: UUID
    kind: str  # email, phone, post
    address: str
    refused_at: datetime | None = None
    refusal: str | None = None
    confirmed_at: datetime | None = None  # the link of a letter that went there was opened


def add(conn: Connection, person: Person, at: datetime) -> None:
    values = {name: getattr(person, name) for name in Person.__dataclass_fields__ if name != "details"}
    row = {**values, "details": json.dumps(dict(person.details)), "created_at": at}
    insert_rows(conn, people, [row])


def add_first_points(conn: Connection, points: Iterable[ContactPoint], at: datetime) -> None:
    """Ways to reach somebody who has none yet."""
    names = ("id", "person_id", "kind", "address")
    rows = [{**{name: getattr(one, name) for name in names}, "added_at": at} for one in points]
    insert_rows(conn, contact_points, rows)


def hold(conn: Connection, person_id: UUID) -> None:
    """Wait for whoever names this person just now, and let nobody else do so before this is over."""
    conn.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())


def end(conn: Connection, person_id: UUID, at: datetime) -> None:
    """This person is a contact no longer; what was written stays."""
    conn.execute(update(people).where(people.c.id == person_id).values(ended_at=at))


def stand_behind(conn: Connection, before: UUID, now: UUID) -> None:
    """Somebody speaks instead of another, who is known by them from now on; a second contact too."""
    theirs = (people.c.id == before) | (people.c.deputy_of == before)
    conn.execute(update(people).where(theirs).values(deputy_of=now))


def behind(conn: Connection, person_id: UUID) -> list[UUID]:
    """Those who stand behind somebody: their second contact, and whoever spoke before them."""
    return list(conn.scalars(select(people.c.id).where(people.c.deputy_of == person_id)))


def set_absence(conn: Connection, person_id: UUID, until: date | None) -> None:
    """The last day on which somebody is away; None: they are here."""
    conn.execute(update(people).where(people.c.id == person_id).values(absent_until=until))


def add_contact_point(
    conn: Connection, id: UUID, person_id: UUID, kind: str, address: str, at: datetime
) -> None:
    """A new address ends the person's earlier one of the same kind."""
    earlier = and_(
        contact_points.c.person_id == person_id,
        contact_points.c.kind == kind,
        contact_points.c.ended_at.is_(None),
    )
    conn.execute(update(contact_points).where(earlier).values(ended_at=at))
    conn.execute(
        insert(contact_points).values(id=id, person_id=person_id, kind=kind, address=address, added_at=at)
    )


def refuse(conn: Connection, point_id: UUID, why: str, at: datetime) -> None:
    """Mail to this address was refused for good; it is kept, marked, and not used again."""
    conn.execute(
        update(contact_points).where(contact_points.c.id == point_id).values(refused_at=at, refusal=why)
    )


def confirm(conn: Connection, token_hash: bytes, at: datetime) -> None:
    """The address to which the letter with this link went is read by whoever it is for."""
    conn.execute(_CONFIRM, {"token_hash": token_hash, "at": at})


_CONFIRM = text(
    "UPDATE contact_points c SET confirmed_at = :at FROM party_links k JOIN letters l ON l.id = k.letter_id"
    " WHERE k.token_hash = :token_hash AND l.point_id = c.id AND c.confirmed_at IS NULL"
)


def trust_again(conn: Connection, person_ids: Iterable[UUID]) -> int:
    """The marks on these people's addresses go; how many."""
    marked = (contact_points.c.person_id.in_(list(person_ids)), contact_points.c.refused_at.is_not(None))
    again = update(contact_points).where(*marked).values(refused_at=None, refusal=None)
    return conn.execute(again).rowcount


def get(conn: Connection, ids: Iterable[UUID]) -> dict[UUID, Person]:
    found = map(_person, _BY_ID.rows(conn, ids=id_list(ids)))
    return {one.id: one for one in found}


def reached(
    conn: Connection, *, ids: Iterable[UUID] = (), bodies: Iterable[UUID] = ()
) -> tuple[list[Person], dict[UUID, list[ContactPoint]]]:
    """People by their ids, or the present contacts of bodies, with their points: both in one round trip."""
    if wanted := id_list(ids) if ids else "":
        asked = [_BY_ID.asking(ids=wanted), _POINTS.asking(ids=wanted)]
    else:
        wanted = id_list(bodies)
        asked = [_OF_BODIES.asking(ids=wanted), _POINTS_OF_BODIES.asking(ids=wanted)]
    found, points = fetched_at_once(conn, asked)
    return [_person(row) for row in found], _by_person(points)


def identity_of(conn: Connection, person_id: UUID | None) -> tuple[list[str], list[str]]:
    """Every text of a person's rows by which they could be known; those of their second contact as well.

    Names, places and addresses; and what they said in sentences of their own.
    """
    rows = conn.execute(_IDENTITY, {"id": person_id}).all() if person_id else []
    named = [text for row in rows for text in row[:-IN_SENTENCES] if text]
    return named, [text for row in rows for text in row[-IN_SENTENCES:] if text]


def words_of(conn: Connection, concern_id: UUID) -> list[str]:
    """By which officers find a concern: the names and e-mail of its people, and whom they speak for."""
    rows = conn.execute(_WORDS, {"concern": concern_id}).all()
    return [text for row in rows for text in row if text]


def of_bodies(conn: Connection, body_ids: Iterable[UUID]) -> list[Person]:
    """The present contacts of bodies, deputies included."""
    return [_person(row) for row in _OF_BODIES.rows(conn, ids=id_list(body_ids))]


def of_concern(conn: Connection, concern_id: UUID) -> list[Person]:
    query = select(*_COLUMNS).where(people.c.concern_id == concern_id, people.c.ended_at.is_(None))
    return [_person(row) for row in conn.execute(query.order_by(people.c.created_at))]


def kinds_of_points(conn: Connection, point_ids: Sequence[UUID]) -> dict[UUID, str]:
    """email, post or phone, of each of these."""
    if not point_ids:
        return {}
    query = select(contact_points.c.id, contact_points.c.kind).where(contact_points.c.id.in_(point_ids))
    return {row.id: row.kind for row in conn.execute(query)}


def points_of(conn: Connection, person_ids: Iterable[UUID]) -> dict[UUID, list[ContactPoint]]:
    """Every contact point in use of each person, refused ones included, oldest first."""
    return _by_person(_POINTS.rows(conn, ids=id_list(person_ids)))


def _by_person(rows: Iterable[tuple[Any, ...]]) -> dict[UUID, list[ContactPoint]]:
    found: dict[UUID, list[ContactPoint]] = {}
    for row in rows:
        point = ContactPoint(*row)
        found.setdefault(point.person_id, []).append(point)
    return found


_COLUMNS = [people.c[name] for name in Person.__dataclass_fields__]
_DETAILS = list(Person.__dataclass_fields__).index("details")
_BY_ID = Ready(select(*_COLUMNS).where(people.c.id == OF_IDS))
_OF_BODIES = Ready(
    select(*_COLUMNS)
    .where(people.c.body_id == OF_IDS, people.c.ended_at.is_(None))
    .order_by(people.c.created_at)
)
_IDENTITY = text("""
SELECT p.name, p.organisation, p.area, p.post_title, p.details::json->>'on_behalf_of', c.address,
       p.details::json->>'reach', p.details::json->>'authority'
FROM people p LEFT JOIN contact_points c ON c.person_id = p.id AND c.ended_at IS NULL
WHERE p.id = :id OR p.deputy_of = :id
""")
IN_SENTENCES = 2  # the last columns of it
_WORDS = text("""
SELECT p.name, p.details::json->>'on_behalf_of', p.details::json->>'reach', c.address
FROM people p LEFT JOIN contact_points c ON c.person_id = p.id AND c.ended_at IS NULL AND c.kind = 'email'
WHERE p.concern_id = :concern
""")
_IN_USE = (
    select(*(contact_points.c[name] for name in ContactPoint.__dataclass_fields__))
    .where(contact_points.c.ended_at.is_(None))
    .order_by(contact_points.c.added_at)
)
_POINTS = Ready(_IN_USE.where(contact_points.c.person_id == OF_IDS))
_POINTS_OF_BODIES = Ready(
    _IN_USE.join(people, people.c.id == contact_points.c.person_id).where(
        people.c.body_id == OF_IDS, people.c.ended_at.is_(None)
    )
)


def _person(row: Sequence[Any]) -> Person:
    """From a result of exactly ``_COLUMNS``: by place, for whole batches."""
    values: list[Any] = list(row)
    values[_DETAILS] = json.loads(values[_DETAILS]) if values[_DETAILS] != "{}" else {}
    return Person(*values)
