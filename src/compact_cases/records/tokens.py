"""Secrets of members of staff: sign-in links that are spent once, and API tokens. Only hashes are kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    DateTime,
    LargeBinary,
    Table,
    Text,
    Uuid,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from compact_cases.records import no_conflicts
from compact_cases.records.ready import Ready
from compact_cases.records.staff import staff
from compact_cases.records.tables import metadata

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("staff_id", Uuid),
    Column("made_at", DateTime(timezone=True)),
    Column("ends_at", DateTime(timezone=True)),
    Column("spent_at", DateTime(timezone=True)),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary),
    Column("staff_id", Uuid),
    Column("name", Text),
    Column("made_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
)


@dataclass(frozen=True)
class ApiToken:
    id: UUID
    name: str
    email: str
    made_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True)
class Bearer:
    """The present member of staff behind a token. ``declared``: of the case that they ask for they have said
    that they have no conflict of interest there."""

    staff_id: UUID
    name: str
    role: str
    body_id: UUID | None = None
    declared: bool = False


def add_link(conn: Connection, token_hash: bytes, staff_id: UUID, at: datetime, ends_at: datetime) -> None:
    conn.execute(
        insert(sign_in_links).values(token_hash=token_hash, staff_id=staff_id, made_at=at, ends_at=ends_at)
    )


def has_unspent(conn: Connection, staff_id: UUID, since: datetime) -> bool:
    """Whether a link of this member, made since an instant, was not used yet."""
    links = sign_in_links.c
    query = select(links.staff_id).where(
        links.staff_id == staff_id, links.made_at >= since, links.spent_at.is_(None)
    )
    return conn.execute(query).first() is not None


def link_is_good(conn: Connection, token_hash: bytes, at: datetime) -> bool:
    return conn.execute(select(sign_in_links.c.staff_id).where(*_good(token_hash, at))).first() is not None


def spend_link(conn: Connection, token_hash: bytes, at: datetime) -> UUID | None:
    """Whose link it was. Of two that spend it at once, one gets None."""
    spent = update(sign_in_links).where(*_good(token_hash, at)).values(spent_at=at)
    return conn.execute(spent.returning(sign_in_links.c.staff_id)).scalar_one_or_none()


def forget_links(conn: Connection, before: datetime) -> int:
    return conn.execute(delete(sign_in_links).where(sign_in_links.c.ends_at < before)).rowcount


def add_token(
    conn: Connection, token_id: UUID, token_hash: bytes, staff_id: UUID, name: str, at: datetime
) -> None:
    conn.execute(
        insert(api_tokens).values(
            id=token_id, token_hash=token_hash, staff_id=staff_id, name=name, made_at=at
        )
    )


_BEARER = Ready(  # every call of the API asks it
    select(
        staff.c.id,
        staff.c.name,
        staff.c.role,
        staff.c.body_id,
        no_conflicts.said_by(staff.c.id).correlate(staff),
    )
    .join_from(api_tokens, staff, staff.c.id == api_tokens.c.staff_id)
    .where(
        api_tokens.c.token_hash == bindparam("token_hash"),
        api_tokens.c.revoked_at.is_(None),
        staff.c.ended_at.is_(None),
    )
)


def bearer(conn: Connection, token_hash: bytes, reference: str | None = None) -> Bearer | None:
    row = _BEARER.row(conn, token_hash=token_hash, reference=reference)
    return Bearer(*row) if row else None


def list_tokens(conn: Connection) -> list[ApiToken]:
    query = (
        select(
            api_tokens.c.id, api_tokens.c.name, staff.c.email, api_tokens.c.made_at, api_tokens.c.revoked_at
        )
        .join_from(api_tokens, staff, staff.c.id == api_tokens.c.staff_id)
        .order_by(api_tokens.c.made_at)
    )
    return [ApiToken(*row) for row in conn.execute(query)]


def revoke_tokens(conn: Connection, staff_id: UUID, name: str | None, at: datetime) -> int:
    """Revoke a member's tokens, all or those of one name; how many were open."""
    query = update(api_tokens).where(api_tokens.c.staff_id == staff_id, api_tokens.c.revoked_at.is_(None))
    if name is not None:
        query = query.where(api_tokens.c.name == name)
    return conn.execute(query.values(revoked_at=at)).rowcount


def _good(token_hash: bytes, at: datetime) -> tuple[ColumnElement[bool], ...]:
    links = sign_in_links.c
    return (links.token_hash == token_hash, links.spent_at.is_(None), links.ends_at > at)
