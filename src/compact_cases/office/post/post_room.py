"""The post room: claims letters that wait, asks once more whether each stands, sends it, marks it.

One transaction a letter. Where the process dies between the server's yes and the commit, the letter goes a
second time with the same Message-ID and the same link; nothing else can go twice, and nothing is lost.
"""

import logging
import threading
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parseaddr

from jinja2 import UndefinedError
from sqlalchemy import Connection

from compact_cases.clock import machine_seconds
from compact_cases.mail import letters as words
from compact_cases.mail.delivery import Carrier, RefusedForGood, TryLater, Unreachable, server_of
from compact_cases.office.identity import new_id, new_salt
from compact_cases.office.post import outbox
from compact_cases.office.post.envelopes import Envelope, Envelopes, link_of, thread_of
from compact_cases.office.post.standing import standing_facts
from compact_cases.office.premises import Premises
from compact_cases.records import letters, people, tasks
from compact_cases.records.letters import LetterRow, TextAsSent
from compact_cases.records.tasks import Task
from compact_cases.rules.refusals import Refused
from compact_cases.rules.reminding import MOST_TRIES, wait_after
from compact_cases.rules.seats import Seat

BATCH = 100  # looked up together; claimed and sent one by one
_log = logging.getLogger(__name__)
UNREACHABLE = "unreachable"
_kept = threading.local()


@dataclass(frozen=True)
class Posted:
    """How many letters went, were put off, failed for good, or no longer stood."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    withdrawn: int = 0

    def plus(self, outcome: str) -> "Posted":
        return replace(self, **{outcome: getattr(self, outcome) + 1})


def send_waiting(premises: Premises, *, seconds: float = 60) -> Posted:
    """Send what may go now, until nothing is left, the server cannot be used, or ``seconds`` are over."""
    posted, carrier = Posted(), _carrier(premises)
    until = machine_seconds() + seconds
    with premises.engine.connect() as conn:
        while carrier is not None and machine_seconds() < until:
            with conn.begin():
                batch = letters.candidates(conn, premises.clock.now(), BATCH)
                envelopes = Envelopes(conn, premises, batch)
            before = posted
            for letter in batch:
                outcome = _send_one(conn, premises, carrier, envelopes, letter)
                if outcome == UNREACHABLE:
                    return posted.plus("deferred")
                posted = posted.plus(outcome) if outcome else posted
                if machine_seconds() > until:
                    break
            if posted == before:
                break
    return posted


def oldest_unsent(premises: Premises) -> datetime | None:
    """Since when a letter that should have gone waits; None when there is none. For health and metrics."""
    with premises.engine.connect() as conn:
        return letters.oldest_unsent(conn, premises.clock.now())


def _send_one(
    conn: Connection, premises: Premises, carrier: Carrier, envelopes: Envelopes, letter: LetterRow
) -> str | None:
    """What became of one letter, in a transaction of its own; None when somebody else has it."""
    try:
        with conn.begin():
            now = premises.clock.now()
            claim = letters.claim(conn, letter.id, now)
            if claim is None:
                return None
            if (facts := standing_facts(conn, letter, claim, now)) is None:
                letters.ended(conn, letter.id, "withdrawn", outbox.without_secrets(claim.facts), None)
                return "withdrawn"
            if letter.chasing and (opens := envelopes.window_after(now)) != now:
                letters.deferred(conn, letter.id, opens, problem=None, tried=False)
                return "deferred"
            if (envelope := envelopes.of(letter, facts)) is None:
                _no_address(conn, letter, envelopes.reference_of(letter), now)
                return "failed"
            return _hand_over(conn, premises, carrier, replace(letter, facts=facts), envelope, now)
    except (UndefinedError, Refused, ValueError, KeyError) as problem:
        return _set_aside(conn, premises, letter, type(problem).__name__)


def _hand_over(
    conn: Connection,
    premises: Premises,
    carrier: Carrier,
    letter: LetterRow,
    envelope: Envelope,
    now: datetime,
) -> str:
    settings = premises.settings
    link = link_of(premises, letter, envelope)
    rendered = words.rendered(replace(envelope.occasion, link=link.address), settings.office)
    message = words.message(
        rendered,
        sender=settings.mail_from,
        reply_to=settings.office.email,
        to=envelope.address,
        message_id=letter.message_id,
        thread=thread_of(premises, letter),
        at=now,
    )
    try:
        carrier.send(message, parseaddr(settings.mail_from)[1], envelope.address)
    except Unreachable as problem:
        _put_off(conn, letter, now, str(problem))
        return UNREACHABLE
    except TryLater as problem:
        if letter.tries + 1 < MOST_TRIES:
            _put_off(conn, letter, now, str(problem))
            return "deferred"
        _failed(conn, premises, letter, envelope, now, RefusedForGood(str(problem), of_address=False))
        return "failed"
    except RefusedForGood as problem:
        _failed(conn, premises, letter, envelope, now, problem)
        return "failed"
    link.keep(conn, now)
    kept = rendered.without(link.token)
    as_sent = TextAsSent(envelope.address, kept.subject, kept.text, kept.html, new_salt())
    letters.sent(conn, letter.id, outbox.without_secrets(dict(letter.facts)), as_sent, now)
    return "sent"


def _put_off(conn: Connection, letter: LetterRow, now: datetime, problem: str) -> None:
    later = now + wait_after(letter.tries + 1)
    letters.deferred(conn, letter.id, later, problem=problem, tried=True)


def _failed(
    conn: Connection,
    premises: Premises,
    letter: LetterRow,
    envelope: Envelope,
    now: datetime,
    problem: RefusedForGood,
) -> None:
    """The address is marked, a task opened, and the officers hear of it; a draft is nobody's business."""
    letters.ended(conn, letter.id, "failed", outbox.without_secrets(dict(letter.facts)), str(problem))
    if problem.of_address and envelope.point_id:
        people.refuse(conn, envelope.point_id, str(problem), now)
    if letter.person_kind == "draft":
        return
    place = f" in {envelope.occasion.reference}" if envelope.occasion.reference else ""
    sentence = f"A letter to the {outbox.in_words(Seat(letter.seat))}{place} could not be delivered."
    _open_task(conn, letter, "undeliverable", sentence, now)
    if letter.notice != "undeliverable":
        outbox.undeliverable(conn, premises, letter, now)


def _set_aside(conn: Connection, premises: Premises, letter: LetterRow, problem: str) -> str:
    """One letter that cannot be written must not stop all others; it is tried again later."""
    _log.error("letter %s (%s) cannot be written: %s", letter.id, letter.notice, problem)
    with conn.begin():
        _put_off(conn, letter, premises.clock.now(), f"It cannot be written ({problem}).")
    return "deferred"


def _no_address(conn: Connection, letter: LetterRow, reference: str, now: datetime) -> None:
    """The person has gone, or their address was refused since this letter was filed."""
    problem = "No working address is known."
    letters.ended(conn, letter.id, "failed", outbox.without_secrets(dict(letter.facts)), problem)
    if letter.person_kind != "draft":
        place = f" in {reference}" if reference else ""
        sentence = f"No working address is known for the {outbox.in_words(Seat(letter.seat))}{place}."
        _open_task(conn, letter, "no-contact", sentence, now)


def _open_task(conn: Connection, letter: LetterRow, kind: str, sentence: str, now: datetime) -> None:
    task = Task(new_id(), letter.case_id, kind, letter.person_id, now.date(), sentence, now)
    tasks.open_all(conn, [task])


def _carrier(premises: Premises) -> Carrier | None:
    """This thread's own connection; None when no server is set, and letters wait."""
    url = premises.settings.smtp_url
    if url is None:
        return None
    kept: dict[str, Carrier] = _kept.__dict__.setdefault("carriers", {})
    if url not in kept:
        kept[url] = Carrier(server_of(url))
    return kept[url]
