"""Envelopes: for a batch of letters, who gets each, at which address, about which case, with which link."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail.letters import Occasion
from compact_cases.office.post import outbox
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.office.secrecy import hashed
from compact_cases.records import case_summaries, party_links, people, staff
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.letters import LetterRow
from compact_cases.rules.refusals import Refused
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat

Facts = dict[str, Any]

LINK_DAYS = 90  # for which the link in a letter opens its case at most


@dataclass(frozen=True)
class Envelope:
    """Everything about one letter but its link."""

    address: str
    point_id: UUID | None
    occasion: Occasion


@dataclass(frozen=True)
class Link:
    """A letter's address. ``token`` is what must not be kept; ``party`` says whom and what it opens."""

    address: str
    token: str = ""
    party: tuple[UUID, UUID, str | None, UUID] | None = None

    def keep(self, conn: Connection, now: datetime) -> None:
        """Store the hash of a party's token, in the transaction that marks the letter as sent."""
        if self.party:
            person, case, obligation, letter = self.party
            ends = now.date() + timedelta(days=LINK_DAYS)
            party_links.add(conn, hashed(self.token), person, case, obligation, letter, now, ends)


class Envelopes:
    """What a batch of letters needs, read in a few statements."""

    def __init__(self, conn: Connection, premises: Premises, batch: Sequence[LetterRow]) -> None:
        self._premises = premises
        self._today: date = premises.clock.today()
        cases = {one.case_id for one in batch if one.case_id}
        self._cases = case_summaries.by_ids(conn, cases) if cases else {}
        persons = {one.person_id for one in batch if one.person_kind in ("party", "contact")}
        self._people = people.get(conn, persons) if persons else {}
        self._points = people.points_of(conn, persons) if persons else {}
        in_list = any(one.person_kind == "staff" for one in batch)
        self._staff = {one.id: one for one in staff.in_list_order(conn)} if in_list else {}
        editions = {(one.procedure_edition, one.calendar_edition) for one in self._cases.values()}
        self._rulebooks = {both: library.rulebook(conn, *both) for both in editions}
        self._calendar = (
            library.current_rulebook(conn).calendar if any(one.chasing for one in batch) else None
        )

    def window_after(self, at: datetime) -> datetime:
        """The same instant when a chasing letter may go now, else when the window opens next."""
        return outbox.window_after(self._premises, at, self._calendar) if self._calendar else at

    def reference_of(self, letter: LetterRow) -> str:
        case = self._cases.get(letter.case_id) if letter.case_id else None
        return case.reference if case else ""

    def of(self, letter: LetterRow, facts: Facts) -> Envelope | None:
        """None when the person has gone, or no address of theirs works any more."""
        if letter.person_kind == "draft":
            address = outbox.opened(self._premises, facts).get("address", "")
            return Envelope(address, None, self._occasion(letter, facts, "")) if address else None
        if letter.person_kind == "archive":
            address = self._premises.settings.office.archive
            return Envelope(address, None, self._occasion(letter, facts, "")) if address else None
        if letter.person_kind == "staff":
            member = self._staff.get(letter.person_id)
            return (
                Envelope(member.email, None, self._occasion(letter, facts, member.name)) if member else None
            )
        person = self._people.get(letter.person_id)
        points = self._points.get(letter.person_id, [])
        working = [one for one in points if one.kind == "email" and one.refused_at is None]
        point = next((one for one in working if one.id == letter.point_id), None) or next(
            reversed(working), None
        )
        if person is None or point is None:
            return None
        return Envelope(point.address, point.id, self._occasion(letter, facts, person.name))

    def _occasion(self, letter: LetterRow, facts: Facts, name: str) -> Occasion:
        case = self._cases.get(letter.case_id) if letter.case_id else None
        rulebook = self._rulebooks[(case.procedure_edition, case.calendar_edition)] if case else None
        return Occasion(
            notice=letter.notice,
            role=Seat(letter.seat).word,
            name=name,
            link="",
            facts=facts,
            today=self._today,
            calendar=rulebook.calendar if rulebook else None,
            reference=case.reference if case else "",
            stage=_stage_in_words(case, rulebook) if case and rulebook else "",
        )


def _stage_in_words(case: CaseRow, rulebook: Rulebook) -> str:
    """A merged case is closed in the log; to its raiser it goes on, with another one."""
    together = case.outcome == "merged"
    return "Looked at with another concern" if together else rulebook.procedure.stages[case.stage]


def link_of(premises: Premises, letter: LetterRow, envelope: Envelope) -> Link:
    """The one link of a letter: its own secret one, the case's page for staff, or a party's token."""
    base = premises.settings.base_url
    if outbox.SEALED in letter.facts:
        address = outbox.opened(premises, dict(letter.facts)).get("link", "")
        if not address:
            raise Refused("The secret key has changed since this letter was filed.")
        return Link(address, address.rpartition("/")[2])
    if letter.person_kind == "staff" or letter.case_id is None:
        reference = envelope.occasion.reference
        if letter.seat == Seat.CHAIR.value:  # who opens no case
            return Link(f"{base}/office/overdue")
        if letter.seat == Seat.ARCHIVE.value:
            return Link(base)
        return Link(f"{base}/cases/{reference}" if reference else f"{base}/office")
    token = _token(premises, letter)
    obligation = letter.facts.get("obligation") or next(
        (one["obligation"] for one in letter.facts.get("items", [])), None
    )
    return Link(f"{base}/links/{token}", token, (letter.person_id, letter.case_id, obligation, letter.id))


def thread_of(premises: Premises, letter: LetterRow) -> str | None:
    """One thread a case and person; a keyed hash, so that it holds neither."""
    if letter.case_id is None:
        return None
    mark = _keyed(premises, b"thread", letter.case_id.bytes + letter.person_id.bytes)
    return f"<{mark.hex()[:32]}@{outbox.mail_domain(premises)}>"


def _token(premises: Premises, letter: LetterRow) -> str:
    """The same for every copy of a letter: one that went out twice has the link that is stored."""
    mark = _keyed(premises, b"link of letter", letter.id.bytes + letter.message_id.encode())
    return base64.urlsafe_b64encode(mark).rstrip(b"=").decode("ascii")


def _keyed(premises: Premises, purpose: bytes, what: bytes) -> bytes:
    key = hmac.new(premises.settings.secret_key.encode(), purpose, hashlib.sha256).digest()
    return hmac.new(key, what, hashlib.sha256).digest()
