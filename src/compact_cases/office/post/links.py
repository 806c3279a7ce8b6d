"""The one link of each letter, and the thread that it belongs to: keyed hashes, the same for every copy."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.post import outbox
from compact_cases.office.premises import Premises
from compact_cases.office.secrecy import hashed, marked
from compact_cases.records import party_links
from compact_cases.records.letters import LetterRow
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Seat

LINK_DAYS = 90  # for which the link in a letter opens its case at most


@dataclass(frozen=True)
class Link:
    """A letter's address. ``token`` is what must not be kept; ``party`` says whom and what it opens."""

    address: str
    token: str = ""
    party: tuple[UUID, UUID, str | None, str, UUID] | None = None

    def keep(self, conn: Connection, now: datetime) -> None:
        """Store the hash of a party's token, in the transaction that marks the letter as sent."""
        if self.party:
            person, case, obligation, item, letter = self.party
            ends = now.date() + timedelta(days=LINK_DAYS)
            party_links.add(conn, hashed(self.token), person, case, obligation, letter, now, ends, item)


def link_of(premises: Premises, letter: LetterRow, reference: str) -> Link:
    """The one link of a letter: its own secret one, the case's page for staff, or a party's token."""
    base = premises.settings.base_url
    if outbox.SEALED in letter.facts:
        address = outbox.opened(premises, dict(letter.facts)).get("link", "")
        if not address:
            raise Refused("The secret key has changed since this letter was filed.")
        return Link(address, address.rpartition("/")[2])
    if letter.person_kind == "staff" or letter.case_id is None:
        if letter.seat == Seat.CHAIR.value and not reference and letter.notice != "digest":
            return Link(f"{base}/office/overdue")
        if letter.seat == Seat.ARCHIVE.value:
            return Link(base)
        if letter.seat == Seat.ADMINISTRATOR.value and letter.notice == "digest":
            return Link(f"{base}/office/nobody-left")
        if letter.notice == "digest":
            return Link(f"{base}/office/attention")
        return Link(f"{base}/cases/{reference}" if reference else f"{base}/office")
    token = _token(premises, letter)
    items = letter.facts.get("items", [letter.facts])
    about: Mapping[str, Any] = next((one for one in items if "obligation" in one), {})
    obligation, item = about.get("obligation"), about.get("item", "")
    opens = (letter.person_id, letter.case_id, obligation, item, letter.id)
    return Link(f"{base}/links/{token}", token, opens)


def thread_of(premises: Premises, letter: LetterRow) -> str | None:
    """One thread a case and person; a keyed hash, so that it holds neither."""
    if letter.case_id is None:
        return None
    mark = marked(premises, b"thread", letter.case_id.bytes + letter.person_id.bytes)
    return f"<{mark.hex()[:32]}@{outbox.mail_domain(premises)}>"


def _token(premises: Premises, letter: LetterRow) -> str:
    """The same for every copy of a letter to a person: both have the link that is stored."""
    what = letter.id.bytes + letter.person_id.bytes + letter.message_id.encode()
    mark = marked(premises, b"link of letter", what)
    return base64.urlsafe_b64encode(mark).rstrip(b"=").decode("ascii")
