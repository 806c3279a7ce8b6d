"""Who is signed in: sessions of staff and of parties, found by the token in their cookie."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import hashed, new_secret
from compact_cases.records import sessions, tokens
from compact_cases.records.reading import reading
from compact_cases.records.sessions import Session
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.seats import BY_WORD

STAFF_IDLE = timedelta(hours=12)
STAFF_SESSION = timedelta(days=7)
PARTY_SESSION = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class FoundSession:
    """``csrf_secret`` is what the hidden field of this session's forms is made from."""

    visitor: Visitor
    csrf_secret: str
    session: Session


def start_session(
    conn: Connection,
    premises: Premises,
    instead_of: str | None,
    *,
    kind: str,
    seat: str,
    ends_at: datetime,
    **who: object,
) -> str:
    """A new token each time, and the session it replaces ends: a token planted before is worth nothing."""
    if instead_of:
        sessions.end(conn, hashed(instead_of))
    token, now = new_secret(), premises.clock.now()
    values = {"csrf_secret": new_secret(), "created_at": now, "seen_at": now, "ends_at": ends_at, **who}
    sessions.add(conn, Session(token_hash=hashed(token), id=new_id(), kind=kind, seat=seat, **values))  # type: ignore[arg-type]
    return token


def find_session(premises: Premises, token: str) -> FoundSession | None:
    """Who holds this cookie; None when the session has ended. Notes, once a minute, that it was seen."""
    now = premises.clock.now()
    with reading(premises.engine) as conn:
        holder = sessions.find(conn, hashed(token))
    if holder is None or holder.gone or holder.session.ends_at <= now:
        return None
    session = holder.session
    if session.kind == "staff" and now - session.seen_at > STAFF_IDLE:
        return None
    if now - session.seen_at >= SEEN_EVERY:
        with premises.engine.begin() as conn:
            sessions.see(conn, session.token_hash, now)
    visitor = Visitor(
        seat=holder.seat,
        staff_id=session.staff_id,
        person_id=session.person_id,
        concern_id=session.concern_id,
        case_id=session.case_id,
        name=holder.name,
    )
    return FoundSession(visitor, session.csrf_secret, session)


def sign_out(premises: Premises, token: str) -> None:
    with premises.engine.begin() as conn:
        sessions.end(conn, hashed(token))


def sessions_of(premises: Premises, staff_id: UUID) -> list[Session]:
    """A member's sessions that have not ended, the newest first."""
    now = premises.clock.now()
    with reading(premises.engine) as conn:
        found = sessions.of_staff(conn, staff_id)
    return [session for session in found if session.ends_at > now and now - session.seen_at <= STAFF_IDLE]


def end_session(premises: Premises, staff_id: UUID, session_id: UUID) -> bool:
    with premises.engine.begin() as conn:
        return sessions.end_by_id(conn, staff_id, session_id)


def find_bearer(premises: Premises, token: str) -> Visitor | None:
    with reading(premises.engine) as conn:
        found = tokens.bearer(conn, hashed(token))
    return Visitor(BY_WORD[found.role], staff_id=found.staff_id, name=found.name) if found else None
