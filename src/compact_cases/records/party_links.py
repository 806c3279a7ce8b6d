"""The link of each letter: one person, one case, usable until its time is over. Only hashes are kept."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    delete,
    func,
    select,
    update,
)

from compact_cases.records.case_summaries import case_summaries
from compact_cases.records.people import people
from compact_cases.records.rows import insert_rows
from compact_cases.records.tables import metadata

party_links = Table(
    "party_links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person_id", Uuid),
    Column("case_id", Uuid),
    Column("letter_id", Uuid),
    Column("obligation", Text),
    Column("item", Text),
    Column("made_at", DateTime(timezone=True)),
    Column("expires_on", Date),
    Column("visits", Integer),
)


@dataclass(frozen=True)
class PartyLink:
    """A link with the case's reference and the person's role; ``gone`` when they are a contact no longer.

    ``role`` is the word of a seat: a contact of the raiser's own body sits on the raiser's side.
    """

    person_id: UUID
    case_id: UUID
    obligation: str | None
    item: str
    expires_on: date
    role: str
    reference: str
    gone: bool


def add(
    conn: Connection,
    token_hash: bytes,
    person_id: UUID,
    case_id: UUID,
    obligation: str | None,
    letter_id: UUID | None,
    at: datetime,
    expires_on: date,
    item: str = "",
) -> None:
    """Once: both copies of a letter that went twice have the same link."""
    row = {
        "token_hash": token_hash,
        "person_id": person_id,
        "case_id": case_id,
        "obligation": obligation,
        "item": item,
        "letter_id": letter_id,
        "made_at": at,
        "expires_on": expires_on,
    }
    insert_rows(conn, party_links, [row], skip_taken=True)


def find(conn: Connection, token_hash: bytes) -> PartyLink | None:
    query = (
        select(
            party_links,
            people.c.role,
            people.c.ended_at,
            people.c.body_id,
            case_summaries.c.reference,
            case_summaries.c.raiser_body_id,
        )
        .join_from(party_links, people, people.c.id == party_links.c.person_id)
        .join(case_summaries, case_summaries.c.case_id == party_links.c.case_id)
        .where(party_links.c.token_hash == token_hash)
    )
    row = conn.execute(query).first()
    if row is None:
        return None
    return PartyLink(
        row.person_id,
        row.case_id,
        row.obligation,
        row.item,
        row.expires_on,
        f"raiser-{row.role}" if row.body_id and row.body_id == row.raiser_body_id else row.role,
        row.reference,
        row.ended_at is not None,
    )


def came_in(conn: Connection, token_hash: bytes) -> None:
    """Somebody has pressed the button behind this link."""
    visits = party_links.c.visits + 1
    conn.execute(update(party_links).where(party_links.c.token_hash == token_hash).values(visits=visits))


def visits(conn: Connection, person_id: UUID, case_id: UUID) -> int:
    """How often this person has come to the case by a link that is still kept."""
    theirs = (party_links.c.person_id == person_id, party_links.c.case_id == case_id)
    return conn.scalar(select(func.coalesce(func.sum(party_links.c.visits), 0)).where(*theirs)) or 0


def take_away(conn: Connection, person_id: UUID, case_id: UUID) -> None:
    """The links that this person has to this case open it no more."""
    conn.execute(
        delete(party_links).where(party_links.c.person_id == person_id, party_links.c.case_id == case_id)
    )


def forget_expired(conn: Connection, before: date) -> int:
    return conn.execute(delete(party_links).where(party_links.c.expires_on < before)).rowcount
