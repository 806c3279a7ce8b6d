"""How the people of a case come in: by the link of a letter, or by reference and return code."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.accounts.attempts import too_many
from compact_cases.office.accounts.sessions import PARTY_SESSION, start_session
from compact_cases.office.post import outbox
from compact_cases.office.post.links import LINK_DAYS
from compact_cases.office.premises import Premises
from compact_cases.office.reception import return_codes
from compact_cases.office.secrecy import hashed, new_secret
from compact_cases.records import calendars, case_summaries, concerns, obligations, party_links
from compact_cases.records.party_links import PartyLink
from compact_cases.records.reading import reading
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.seats import BY_WORD, Seat

LINK_WORKING_DAYS = 20  # after its obligation ended
TRIES_AN_HOUR = 10
FRESH_LINKS_AN_HOUR = 3


@dataclass(frozen=True)
class LinkFound:
    """What a letter's link leads to. One that is not usable may still be answered with a fresh one."""

    link: PartyLink
    usable: bool


@dataclass(frozen=True)
class Entry:
    """A session that was started: the token for its cookie, and the case it opens."""

    token: str
    reference: str


def make_party_link(
    conn: Connection,
    premises: Premises,
    person_id: UUID,
    case_id: UUID,
    obligation: str | None = None,
    letter_id: UUID | None = None,
) -> str:
    """The address for one person and one case, in the transaction that sends the letter it stands in."""
    token, now = new_secret(), premises.clock.now()
    expires_on = now.date() + timedelta(days=LINK_DAYS)
    party_links.add(conn, hashed(token), person_id, case_id, obligation, letter_id, now, expires_on)
    return f"{premises.settings.base_url}/links/{token}"


def find_link(premises: Premises, token: str) -> LinkFound | None:
    """Looks, and changes nothing: mail scanners open links."""
    with reading(premises.engine) as conn:
        link = party_links.find(conn, hashed(token))
        return LinkFound(link, _usable(conn, link, premises.clock.today())) if link else None


def open_link(premises: Premises, token: str, *, instead_of: str | None = None) -> Entry | None:
    """Start a session for the link's person and case; None when the link is unknown or old."""
    now = premises.clock.now()
    with premises.engine.begin() as conn:
        link = party_links.find(conn, hashed(token))
        if link is None or not _usable(conn, link, now.date()):
            return None
        party_links.came_in(conn, hashed(token))
        session = start_session(
            conn,
            premises,
            instead_of,
            kind="party",
            seat=BY_WORD[link.role].value,
            person_id=link.person_id,
            case_id=link.case_id,
            ends_at=now + PARTY_SESSION,
        )
    return Entry(session, link.reference)


def came_before(premises: Premises, visitor: Visitor) -> bool:
    """Whether this is not the first time that somebody comes to their case by a letter's link."""
    if visitor.person_id is None or visitor.case_id is None:
        return False
    with reading(premises.engine) as conn:
        return party_links.visits(conn, visitor.person_id, visitor.case_id) > 1


def ask_fresh_link(premises: Premises, token: str) -> None:
    """Send a new link to the address we hold for the person of an old one, never to one that is typed in."""
    found = find_link(premises, token)
    if found is None or found.link.gone:
        return
    if too_many(premises, "fresh link", f"{found.link.person_id}:{found.link.case_id}", FRESH_LINKS_AN_HOUR):
        return
    with premises.engine.begin() as conn:
        outbox.fresh_link(conn, premises, found.link.person_id, found.link.case_id)


def open_by_return_code(
    premises: Premises, reference: str, code: str, address: str, *, instead_of: str | None = None
) -> Entry | None:
    """Start the raiser's session for every case of the concern. None for every kind of failure alike.

    Ten tries an hour for a reference and for an address, right ones included.
    """
    written = normalise(reference, premises.settings.office.prefix)
    by_reference = too_many(premises, "return", written or "none", TRIES_AN_HOUR) if written else False
    by_address = too_many(premises, "return by address", address, TRIES_AN_HOUR)
    with premises.engine.begin() as conn:
        case = case_summaries.find(conn, written) if written else None
        concern = concerns.get(conn, case.concern_id) if case else None
        kept = concern.return_code_hmac if concern else bytes(32)  # the same work where there is none
        right = return_codes.matches(premises, code, kept)
        if not right or by_reference or by_address or case is None or concern is None:
            return None
        session = start_session(
            conn,
            premises,
            instead_of,
            kind="party",
            seat=Seat.RAISER.value,
            person_id=concern.raiser_id,
            case_id=case.case_id,
            concern_id=concern.id,
            ends_at=premises.clock.now() + PARTY_SESSION,
        )
    return Entry(session, case.reference)


def _usable(conn: Connection, link: PartyLink, today: date) -> bool:
    """Until 20 working days after its obligation ended, and 90 days at most."""
    if link.gone or today > link.expires_on:
        return False
    owed = link.obligation
    ended = obligations.ended_on(conn, link.case_id, owed, link.item) if owed else None
    if ended is None:
        return True
    edition = calendars.newest(conn)
    calendar = calendars.get(conn, edition) if edition else None
    return calendar is None or today <= calendar.plus(ended, LINK_WORKING_DAYS)
