"""The office's own people: its list, their sign-in by mail, their API tokens."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail import addresses
from compact_cases.office.accounts.attempts import network_of, too_many
from compact_cases.office.accounts.party_access import make_party_link
from compact_cases.office.accounts.sessions import KNOWN_AFTER, STAFF_SESSION, start_session
from compact_cases.office.identity import new_id
from compact_cases.office.post import outbox
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import hashed, new_secret
from compact_cases.records import (
    attempts,
    letters,
    list_views,
    party_links,
    sessions,
    staff,
    tokens,
    unsent_forms,
)
from compact_cases.records.reading import reading
from compact_cases.records.staff import StaffMember
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat
from compact_cases.rules.writing import one_line, problem_with

__all__ = [
    "add_officer",
    "add_token",
    "end_officer",
    "forget_expired",
    "list_tokens",
    "mail_sign_in_link",
    "make_party_link",
    "may_ask_to_sign_in",
    "present_member",
    "revoke_tokens",
    "set_absence",
    "sign_in",
    "sign_in_link",
    "sign_in_link_is_good",
]

SIGN_IN_LINK = timedelta(minutes=15)
MADE_WITH_ITS_LETTER = timedelta(seconds=1)  # a link that was printed is another matter
SIGN_IN_AGAIN = timedelta(minutes=2)
PARTY_LINKS_KEPT = 365  # days after its end in which an old link still offers a fresh one
ADDRESS_TRIES_AN_HOUR = 30  # an office of several people behind one address


@dataclass(frozen=True)
class SignedIn:
    """A session of staff that was started: the token for its cookie, and what they are."""

    token: str
    role: Seat


def add_officer(premises: Premises, email: str, name: str, role: Seat = Seat.OFFICER) -> StaffMember:
    """A member of staff, at the end of the office's list. Raises Refused with what to do."""
    email, name = addresses.as_typed(email), one_line(name)
    if wrong := addresses.problem_with(email):
        raise Refused(wrong, "email")
    if not name:
        raise Refused("Please give the person's name.", "name")
    if wrong := problem_with(name):
        raise Refused(wrong, "name")
    if role not in staff.STAFF_ROLES:
        raise Refused(f"{role.word} is not a role of staff.", "role")
    with premises.engine.begin() as conn:
        known = staff.by_email(conn, email)
        if known is not None and known.ended_at is not None:  # somebody comes back, to their old place
            staff.change(conn, known.id, name=name, role=role.word, ended_at=None, absent_until=None)
            return replace(known, name=name, role=role, ended_at=None, absent_until=None)
        if known is not None:
            raise Refused(f"{known.email} is already in the office's list, as {known.name}.", "email")
        member = StaffMember(new_id(), email, name, role, staff.next_position(conn))
        staff.add(conn, member, premises.clock.now())
    return member


def end_officer(premises: Premises, staff_id: UUID) -> None:
    """A member leaves: no sign-in, no session and no token of theirs works from now on.

    Raises Refused for the last officer: every case needs one.
    """
    with premises.engine.begin() as conn:
        officers = [one.id for one in staff.in_list_order(conn, Seat.OFFICER)]
        if officers == [staff_id]:
            raise Refused("This is the only officer. Add another one first, so that cases have somebody.")
        staff.change(conn, staff_id, ended_at=premises.clock.now())
        sessions.end_all_of(conn, staff_id)
        unsent_forms.forget_of(conn, staff_id)
        tokens.revoke_tokens(conn, staff_id, None, premises.clock.now())
        list_views.remove_all(conn, staff_id)


def set_absence(premises: Premises, staff_id: UUID, until: date | None, co_officer: UUID | None) -> None:
    """A member is away up to and with ``until`` (None: here); ``co_officer`` steps in for an officer.

    Raises Refused for a day that has passed and for somebody who cannot step in.
    """
    if until is not None and until < premises.clock.today():
        raise Refused("This day has passed. Leave the date empty when they are back.", "until")
    with premises.engine.begin() as conn:
        others = [one.id for one in staff.in_list_order(conn, Seat.OFFICER) if one.id != staff_id]
        if co_officer is not None and co_officer not in others:
            raise Refused("Please choose another officer of the list.", "co_officer")
        staff.change(conn, staff_id, absent_until=until, co_officer_id=co_officer)


def sign_in_link(premises: Premises, staff_id: UUID) -> str:
    """A new sign-in address for a member, good for 15 minutes and one use."""
    with premises.engine.begin() as conn:
        return _sign_in_link(conn, premises, staff_id)


def may_ask_to_sign_in(premises: Premises, address: str) -> bool:
    """Count a try of somebody at this network address; whether anything still goes for them within the hour.

    Counted by who asks and never by whom it is for: nobody can use up another's letters. In the database even
    where there is Redis: who is then told that a link is on its way is told so by a database that has just
    written. Raises what SQLAlchemy raises when it cannot.
    """
    network = network_of(address)
    return not too_many(premises, "sign-in by address", network, ADDRESS_TRIES_AN_HOUR, in_database=True)


def mail_sign_in_link(premises: Premises, email: str) -> None:
    """Mail a link to a member; says nothing of whether the address is known.

    While one that was just sent is unspent no second goes.
    """
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        member = staff.by_email(conn, email)
        if member is None or member.ended_at is not None:
            return
        staff.lock(conn, member.id)  # of two that ask at once, one waits and finds the other's
        filed = letters.sign_in_since(conn, member.id, now - SIGN_IN_AGAIN)
        if filed and tokens.has_unspent(conn, member.id, filed - MADE_WITH_ITS_LETTER):
            return
        outbox.sign_in(conn, premises, member.id, _sign_in_link(conn, premises, member.id))


def sign_in_link_is_good(premises: Premises, token: str) -> bool:
    with reading(premises.engine) as conn:
        return tokens.link_is_good(conn, hashed(token), premises.clock.now())


def sign_in(
    premises: Premises, token: str, *, device: str = "", instead_of: str | None = None
) -> SignedIn | None:
    """Spend a link and start a session; None when the link is old or spent."""
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        staff_id = tokens.spend_link(conn, hashed(token), now)
        member = staff.by_id(conn, staff_id) if staff_id else None
        if member is None or member.ended_at is not None:
            return None
        cookie = start_session(
            conn,
            premises,
            instead_of,
            kind="staff",
            seat=member.role.value,
            staff_id=member.id,
            device=device[:200],
            ends_at=now + STAFF_SESSION,
        )
    return SignedIn(cookie, member.role)


def _sign_in_link(conn: Connection, premises: Premises, staff_id: UUID) -> str:
    token, now = new_secret(), premises.clock.now()
    tokens.add_link(conn, hashed(token), staff_id, now, now + SIGN_IN_LINK)
    return f"{premises.settings.base_url}/sign-in/{token}"


def present_member(premises: Premises, email: str) -> StaffMember:
    """The member of staff with this address. Raises Refused when there is none, or they have left."""
    with reading(premises.engine) as conn:
        return _present_member(conn, email)


def add_token(premises: Premises, email: str, name: str = "") -> str:
    """A token for the API with this member's permissions, shown once. Raises Refused."""
    token, name = f"cc_{new_secret()}", one_line(name)
    if wrong := problem_with(name):
        raise Refused(wrong, "name")
    with premises.engine.begin() as conn:
        member = _present_member(conn, email)
        tokens.add_token(conn, new_id(), hashed(token), member.id, name, premises.clock.now())
    return token


def list_tokens(premises: Premises) -> list[tokens.ApiToken]:
    with reading(premises.engine) as conn:
        return tokens.list_tokens(conn)


def revoke_tokens(premises: Premises, email: str, name: str | None = None) -> int:
    """Revoke a member's tokens, all or those with this name; how many."""
    with premises.engine.begin() as conn:
        member = staff.by_email(conn, email)
        if member is None:
            raise Refused(f"{email} is not in the office's list.", "email")
        return tokens.revoke_tokens(conn, member.id, name, premises.clock.now())


def _present_member(conn: Connection, email: str) -> StaffMember:
    member = staff.by_email(conn, email)
    if member is None or member.ended_at is not None:
        raise Refused(f"{email} is not in the office's list; add them with `officer add` first.", "email")
    return member


def forget_expired(premises: Premises) -> int:
    """Remove sessions, links and counted tries that open nothing any more; how many rows. Safe to repeat."""
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        return (
            sessions.forget_ended(conn, now - KNOWN_AFTER)
            + tokens.forget_links(conn, now - timedelta(days=1))
            + party_links.forget_expired(conn, now.date() - timedelta(days=PARTY_LINKS_KEPT))
            + attempts.forget(conn, now - timedelta(days=1))
        )
