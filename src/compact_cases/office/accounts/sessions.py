"""Who is signed in: sessions of staff and of parties, found by the token in their cookie."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import hashed, new_secret
from compact_cases.records import sessions, tokens, unsent_forms
from compact_cases.records.interests import bodies_of
from compact_cases.records.reading import reading
from compact_cases.records.sessions import Holder, Session
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.seats import BY_WORD

STAFF_IDLE = timedelta(hours=12)
STAFF_SESSION = timedelta(days=7)
LINK_IDLE = timedelta(hours=2)
CODE_IDLE = timedelta(minutes=30)  # whoever has nothing but a code may sit at a computer of others
PARTY_SESSION = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
KNOWN_AFTER = timedelta(days=7)  # what is sent from a page that stood open over a long weekend is still kept


@dataclass(frozen=True)
class FoundSession:
    """``csrf_secret`` is what the hidden field of this session's forms is made from.

    ``open_until``: when it ends if nothing is opened or sent meanwhile. ``has_unsent``: something that was
    typed when an earlier one ended is kept.
    """

    visitor: Visitor
    csrf_secret: str
    session: Session
    open_until: datetime
    has_unsent: bool = False

    @property
    def idle(self) -> timedelta:
        return idle_of(self.session)

    @property
    def was_left_idle(self) -> bool:
        """Of one that has ended: nothing was opened or sent for as long as it waits."""
        return self.open_until < self.session.ends_at


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
    token, now = new_secret(), premises.clock.now()
    if instead_of:
        sessions.replace(conn, hashed(instead_of), now)
    values = {"csrf_secret": new_secret(), "created_at": now, "seen_at": now, "ends_at": ends_at, **who}
    sessions.add(conn, Session(token_hash=hashed(token), id=new_id(), kind=kind, seat=seat, **values))  # type: ignore[arg-type]
    return token


def find_session(premises: Premises, token: str, ref: str = "") -> FoundSession | None:
    """Who holds this cookie; None when the session has ended. Notes, once a minute, that it was seen.

    ``ref``: the case that is asked for, in any spelling.
    """
    now = premises.clock.now()
    with reading(premises.engine) as conn:
        holder = sessions.find(conn, hashed(token), _reference(premises, ref))
        bodies = bodies_of(conn, holder.body_id if holder else None)
    if holder is None or holder.gone or _open_until(holder.session) <= now:
        return None
    session = holder.session
    if now - session.seen_at >= SEEN_EVERY:
        with premises.engine.begin() as conn:
            sessions.see(conn, session.token_hash, now)
        holder = replace(holder, session=replace(session, seen_at=now))
    return _found(holder, bodies)


def find_ended(premises: Premises, token: str) -> FoundSession | None:
    """Whose session this cookie held until it ended; None where we do not know, or they have gone."""
    with reading(premises.engine) as conn:
        holder = sessions.find(conn, hashed(token))
        bodies = bodies_of(conn, holder.body_id if holder else None)
    if holder is None or holder.gone or _open_until(holder.session) > premises.clock.now():
        return None
    return _found(holder, bodies)


def replaced_by(premises: Premises, visitor: Visitor) -> list[Session]:
    """The sessions that this visitor had before the one they have now, as far as they are known."""
    if (holder := holder_of(visitor)) is None:
        return []
    with reading(premises.engine) as conn:
        return sessions.ended_of(conn, holder, premises.clock.now())


def holder_of(visitor: Visitor) -> UUID | None:
    """Whose a session is: the member of staff’s, the return code’s concern’s, the person’s of a link."""
    return visitor.staff_id or visitor.concern_id or visitor.person_id


def idle_of(session: Session) -> timedelta:
    """For how long nothing need be opened or sent. A session that a return code began has its concern."""
    if session.kind == "staff":
        return STAFF_IDLE
    return CODE_IDLE if session.concern_id else LINK_IDLE


def _open_until(session: Session) -> datetime:
    return min(session.seen_at + idle_of(session), session.ends_at)


def _found(holder: Holder, bodies: frozenset[UUID] = frozenset()) -> FoundSession:
    session = holder.session
    visitor = Visitor(
        seat=holder.seat,
        staff_id=session.staff_id,
        person_id=session.person_id,
        concern_id=session.concern_id,
        case_id=session.case_id,
        name=holder.name,
        bodies=bodies,
        declared=holder.declared,
    )
    return FoundSession(visitor, session.csrf_secret, session, _open_until(session), holder.has_unsent)


def sign_out(premises: Premises, token: str) -> None:
    """A party who leaves takes along what they typed and did not send: the computer may be shared."""
    with premises.engine.begin() as conn:
        holder = sessions.find(conn, hashed(token))
        party = holder_of(_found(holder).visitor) if holder and holder.session.kind == "party" else None
        if party:
            unsent_forms.forget_of(conn, party)
        sessions.end(conn, hashed(token))


def sessions_of(premises: Premises, staff_id: UUID) -> list[Session]:
    """A member's sessions that have not ended, the newest first."""
    now = premises.clock.now()
    with reading(premises.engine) as conn:
        found = sessions.of_staff(conn, staff_id)
    return [session for session in found if _open_until(session) > now]


def end_session(premises: Premises, staff_id: UUID, session_id: UUID) -> bool:
    with premises.engine.begin() as conn:
        return sessions.end_by_id(conn, staff_id, session_id)


def find_bearer(premises: Premises, token: str, ref: str = "") -> Visitor | None:
    with reading(premises.engine) as conn:
        found = tokens.bearer(conn, hashed(token), _reference(premises, ref))
        bodies = bodies_of(conn, found.body_id if found else None)
    if found is None:
        return None
    return Visitor(
        BY_WORD[found.role],
        staff_id=found.staff_id,
        name=found.name,
        bodies=bodies,
        declared=found.declared,
    )


def _reference(premises: Premises, ref: str) -> str | None:
    return normalise(ref, premises.settings.office.prefix) if ref else None
