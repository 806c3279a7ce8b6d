"""How the people of a case come in: by the link of a letter, or by reference and return code."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.accounts import attempts as attempts_counted
from compact_cases.office.accounts.attempts import has_used_up, network_of, too_many
from compact_cases.office.accounts.sessions import PARTY_SESSION, start_session
from compact_cases.office.identity import new_id
from compact_cases.office.post import outbox
from compact_cases.office.post.links import LINK_DAYS
from compact_cases.office.premises import Premises
from compact_cases.office.reception import return_codes
from compact_cases.office.secrecy import hashed, new_secret
from compact_cases.records import (
    attempts,
    calendars,
    case_summaries,
    concerns,
    obligations,
    party_links,
    people,
    tasks,
)
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.party_links import PartyLink
from compact_cases.records.reading import reading
from compact_cases.records.tasks import Task
from compact_cases.rules.permissions import Visitor
from compact_cases.rules.references import normalise
from compact_cases.rules.refusals import NO_CASE, NotFound
from compact_cases.rules.seats import BY_WORD, Seat

LINK_WORKING_DAYS = 20  # after its obligation ended
WRONG_CODE = "wrong code by address"
TRIES_AN_HOUR = 10
WRONG_A_DAY = 50  # on one reference, from wherever
DAY = 24 * 3600
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


class TooManyTries(Exception):
    """So many wrong codes came from one address that it has to wait; a right one is taken all the same."""


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
        people.confirm(conn, hashed(token), now)
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

    A right code is always taken: its 80 bits stop guessing. Wrong ones are counted; raises TooManyTries for
    those of an address that had ten within the hour, and while another of its tries is being looked at.
    """
    network, written = network_of(address), normalise(reference, premises.settings.office.prefix)
    over = has_used_up(premises, WRONG_CODE, network, TRIES_AN_HOUR)
    with premises.engine.begin() as conn:
        if over and not attempts.alone(conn, mark_of(premises, network)):
            raise TooManyTries
        entry, case = _entered(conn, premises, written, code, instead_of)
    if entry is None:
        _count_wrong(premises, network, written, case)
    return entry


def _entered(
    conn: Connection, premises: Premises, written: str | None, code: str, instead_of: str | None
) -> tuple[Entry | None, CaseRow | None]:
    """The session, where the code is right; and the case that was named, where there is one."""
    case = case_summaries.find(conn, written) if written else None
    concern = concerns.get(conn, case.concern_id) if case else None
    kept = concern.return_code_hmac if concern else bytes(32)  # the same work where there is none
    right = return_codes.matches(premises, code, kept)
    if not right or case is None or concern is None:
        return None, case
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
    return Entry(session, case.reference), case


def _count_wrong(premises: Premises, network: str, written: str | None, case: CaseRow | None) -> None:
    """One more for the address and for the reference, whether there is such a case or not."""
    many = too_many(premises, WRONG_CODE, network, TRIES_AN_HOUR)
    if written and too_many(premises, "wrong code by reference", written, WRONG_A_DAY - 1, DAY) and case:
        sentence = (
            f"{WRONG_A_DAY} wrong return codes or more were tried on {case.reference} in a day. Nothing is"
            " locked, and a code cannot be guessed. Offer its raiser a new return code, on the case’s page."
        )
        at = premises.clock.now()
        task = Task(new_id(), case.case_id, "return-code", case.concern_id, at.date(), sentence, at)
        with premises.engine.begin() as conn:
            tasks.open_all(conn, [task])
    if many:
        raise TooManyTries


def mark_of(premises: Premises, network: str) -> bytes:
    return attempts_counted.mark_of(premises, WRONG_CODE, network)


def new_return_code(premises: Premises, reference: str, *, by: Visitor) -> str:
    """A new code for the concern of a case, for an officer to give out; the one before opens nothing more."""
    written, code = normalise(reference, premises.settings.office.prefix), return_codes.new_code()
    with premises.engine.begin() as conn:
        case = case_summaries.find(conn, written, locked=True) if written else None
        if case is None or not by.is_officer or by.is_barred(case.barred):
            raise NotFound(NO_CASE)
        concerns.change_code(conn, case.concern_id, return_codes.seal(premises, code))
        tasks.end(conn, [case.concern_id], ("return-code", "new-code"), premises.clock.now())
    return code


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
