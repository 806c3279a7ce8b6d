"""The post room: takes letters that wait, asks once more whether each stands, sends it, marks it.

A letter is held by an advisory lock and by nothing else while it is sent. Where the process dies between the
server's yes and the mark, the letter goes a second time with the same Message-ID and the same link; nothing
else can go twice, and nothing is lost.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from compact_cases.clock import machine_seconds
from compact_cases.mail import letters as words
from compact_cases.mail.delivery import (
    Carrier,
    Lost,
    PutOff,
    RefusedAddress,
    RefusedMailbox,
    Unreachable,
    server_of,
)
from compact_cases.mail.letters import Rendered
from compact_cases.office.identity import new_salt
from compact_cases.office.post import chores, holding, in_hand, outbox
from compact_cases.office.post.addressees import Addressee
from compact_cases.office.post.enclosing import enclosed
from compact_cases.office.post.failures import address_failed, failed, no_address, set_aside
from compact_cases.office.post.in_hand import InHand, Shelf, Taken, occasion_of
from compact_cases.office.post.links import Link, link_of, thread_of
from compact_cases.office.premises import Premises
from compact_cases.records import letter_locks, letter_states, letters, tasks
from compact_cases.records.engines import is_cut_off
from compact_cases.records.letters import LetterRow, TextAsSent, Waiting
from compact_cases.rules.notices import TO_ONE_PERSON
from compact_cases.rules.reminding import MOST_TRIES, wait_after
from compact_cases.rules.seats import Seat

BATCH = 100  # looked up together; taken and sent one by one
BREAK_AFTER = 5  # letters that a server refused for good, one after another: it is not the letters
_log = logging.getLogger(__name__)
_kept = threading.local()


@dataclass(frozen=True)
class Posted:
    """How many letters went, were put off, failed for good, no longer stood, or go by hand after all."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    withdrawn: int = 0
    by_hand: int = 0

    def plus(self, outcome: str) -> "Posted":
        return replace(self, **{outcome: getattr(self, outcome) + 1})


def send_waiting(premises: Premises, *, seconds: float = 60) -> Posted:
    """Send what may go now, until nothing is left, the server cannot be used, or ``seconds`` are over."""
    carrier = _carrier(premises)
    if carrier is None or holding.is_held(premises):
        return Posted()
    gone: list[Gone] = []
    try:
        with letter_locks.session(premises.engine) as conn:
            return _Round(premises, carrier, conn, gone).work(machine_seconds() + seconds)
    finally:
        for one in gone:  # the session ended before it could be said
            one.mark(premises.engine.begin)


def oldest_unsent(premises: Premises) -> datetime | None:
    """When the letter that should have gone first should have; None when none waits."""
    with premises.engine.connect() as conn:
        return letters.oldest_unsent(conn, premises.clock.now())


@dataclass(frozen=True)
class Gone:
    """A letter that the server has taken."""

    letter: LetterRow
    who: Addressee
    link: Link
    rendered: Rendered
    at: datetime

    def mark(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        """It has gone: whatever is wrong with what we keep of it, it must not go again for that."""
        kept = self.rendered.without(self.link.token)
        as_sent = TextAsSent(self.who.address, kept.subject, kept.text, kept.html, new_salt())
        plain = replace(self.letter, facts=outbox.without_secrets(dict(self.letter.facts)))
        try:
            with begin() as conn:
                self.link.keep(conn, self.at)
                letter_states.sent(conn, plain, as_sent, self.at)
                if plain.problem:
                    tasks.end(conn, [plain.id, plain.person_id], ("stuck", "undeliverable"), self.at)
        except Exception as problem:
            if is_cut_off(problem):
                raise
            _log.error("letter %s was sent, and its text cannot be kept", plain.id, exc_info=problem)
            why = f"Its text is not kept ({type(problem).__name__})."
            with begin() as conn:
                letter_states.sent_without_text(conn, plain.id, self.at, why)
            with begin() as conn:  # what they were sent must still open
                self.link.keep(conn, self.at)


class _Round:
    """One pass over the letters that may go, with what it learns about the mail server on its way."""

    def __init__(self, premises: Premises, carrier: Carrier, conn: Connection, gone: list[Gone]) -> None:
        self._premises, self._carrier, self._conn, self._gone = premises, carrier, conn, gone
        self._shelf = Shelf(conn)
        self._posted = Posted()
        self._over = False
        self._refused_in_a_row = 0
        self._taken: set[str] = set()  # domains of which the server has taken a letter
        self._doubted: list[tuple[str, InHand, Addressee, str]] = []  # with a bare no, and its sentence

    def work(self, until: float) -> Posted:
        while not self._over and machine_seconds() < until:
            before = self._posted
            for one in letters.waiting(self._conn, self._premises.clock.now(), BATCH):
                if outcome := self._one(one):
                    self._posted = self._posted.plus(outcome)
                if self._over or machine_seconds() > until:
                    break
            if self._posted == before:
                break
        for domain, held, who, problem in self._doubted:
            if domain in self._taken:
                self._fail_after_all(held, who, problem)
        return self._posted

    def _one(self, one: Waiting) -> str | None:
        """What became of one letter; None when somebody else has it, or it waits no more."""
        now = self._premises.clock.now()
        taken = in_hand.take(self._conn, one, now)
        if taken is None:
            return None
        try:
            return self._worked(taken, now)
        except Exception as problem:  # whatever it is, the other letters must go
            if is_cut_off(problem):
                raise
            with letter_locks.transaction(self._conn) as conn:
                set_aside(conn, one, problem, now)
            return "deferred"

    def _worked(self, taken: Taken, now: datetime) -> str | None:
        if (read := taken.read()) is None:
            return None
        letter = read.letter
        if (held := in_hand.with_true_facts(self._conn, read, now)) is None:
            return self._ended(letter, "withdrawn")
        if letter.chasing and (opens := self._window_after(now)) != now:
            with letter_locks.transaction(self._conn) as conn:
                letter_states.not_wanted_before(conn, letter.id, opens)
            return "deferred"
        who = in_hand.addressee_of(self._conn, self._premises, held)
        to_one = letter.notice in TO_ONE_PERSON or letter.seat == Seat.MEDIATOR.value
        if who is None and (held.case is None or to_one):
            return self._ended(letter, "withdrawn")  # who has left needs no letter
        if who is None or who.reach is None:
            with letter_locks.transaction(self._conn) as conn:
                no_address(conn, held, now)
            return "failed"
        if who.person_id != letter.person_id and in_hand.was_told_today(self._conn, letter, who, now):
            return self._ended(letter, "withdrawn")
        held = replace(held, letter=in_hand.as_sent_to(held.letter, who))
        if who.reach != "email":
            return self._to_post(held, who, now)
        return self._hand_over(held, who, now)

    def _hand_over(self, held: InHand, who: Addressee, now: datetime) -> str:
        letter, settings = held.letter, self._premises.settings
        link = link_of(self._premises, letter, held.case.reference if held.case else "")
        occasion = occasion_of(self._shelf, letter, held.case, who.name, link.address, now.date())
        rendered = words.rendered(occasion, settings.office)
        message = words.message(
            rendered,
            sender=settings.mail_from,
            reply_to=settings.office.email,
            to=who.address,
            message_id=letter.message_id,
            thread=thread_of(self._premises, letter),
            at=now,
            enclosed=enclosed(self._conn, self._premises, held, who, now),
        )
        try:
            self._carrier.send(message, settings.mail_address, who.address)
        except Unreachable as problem:
            self._over = True
            return self._deferred(letter, now, str(problem), answered=False)
        except Lost as problem:
            return self._deferred(letter, now, str(problem), answered=False)
        except PutOff as problem:
            return self._refused(held, who, problem, now)
        except RefusedAddress as problem:
            with letter_locks.transaction(self._conn) as conn:
                address_failed(conn, self._premises, held, who, str(problem), now)
            return "failed"
        self._refused_in_a_row = 0
        self._taken.add(_domain_of(who))
        self._gone.append(Gone(letter, who, link, rendered, now))
        self._gone[-1].mark(partial(letter_locks.in_one_go, self._conn))
        self._gone.pop()
        return "sent"

    def _refused(self, held: InHand, who: Addressee, problem: PutOff, now: datetime) -> str:
        """The server answers and says no: for how long, is what a letter's life is measured by."""
        letter, domain = held.letter, _domain_of(who)
        if isinstance(problem, RefusedMailbox):
            self._doubted.append((domain, held, who, str(problem)))
        if problem.for_good:
            self._refused_in_a_row += 1
        if letter.tries + 1 >= MOST_TRIES:
            with letter_locks.transaction(self._conn) as conn:
                failed(conn, self._premises, held, str(problem), now)
            return "failed"
        outcome = self._deferred(letter, now, str(problem), answered=True)
        if self._refused_in_a_row >= BREAK_AFTER:
            self._break_off(now)
        return outcome

    def _break_off(self, now: datetime) -> None:
        """A server that refuses one letter after another is asked with a few, not with hundreds."""
        self._over = True
        with letter_locks.transaction(self._conn) as conn:
            others = letter_states.all_deferred(conn, now, now + wait_after(1))
        _log.warning("the mail server refuses every letter; %s others wait", others)

    def _deferred(self, letter: LetterRow, now: datetime, problem: str, *, answered: bool) -> str:
        """A try at a server that does not answer uses up nothing of a letter's life."""
        later = now + wait_after(letter.tries + 1)
        with letter_locks.transaction(self._conn) as conn:
            letter_states.deferred(conn, letter.id, later, problem=problem, tried=answered)
        return "deferred"

    def _fail_after_all(self, held: InHand, who: Addressee, problem: str) -> None:
        """A bare no, and others of the same domain were taken: it is the address."""
        if not letter_locks.take(self._conn, held.letter.id):
            return
        with letter_locks.transaction(self._conn) as conn:
            address_failed(conn, self._premises, held, who, problem, self._premises.clock.now())
        posted = self._posted
        self._posted = replace(posted, deferred=posted.deferred - 1, failed=posted.failed + 1)

    def _ended(self, letter: LetterRow, state: str) -> str:
        with letter_locks.transaction(self._conn) as conn:
            letter_states.ended(conn, letter.id, state, outbox.without_secrets(dict(letter.facts)), None)
        return state

    def _to_post(self, held: InHand, who: Addressee, now: datetime) -> str:
        """Whoever gets it now has no e-mail address."""
        letter = held.letter
        assert held.case is not None  # noqa: S101 (only parties have other ways to be reached)
        with letter_locks.transaction(self._conn) as conn:
            letter_states.to_post(conn, letter)
            tasks.open_all(conn, [chores.by_hand(held.case, who, letter.id, letter.notice, now)])
        return "by_hand"

    def _window_after(self, at: datetime) -> datetime:
        """The same instant when a chasing letter may go now, else when the window opens next."""
        return outbox.window_after(self._premises, at, self._shelf.calendar)


def _domain_of(who: Addressee) -> str:
    return who.address.rpartition("@")[2].casefold()


def _carrier(premises: Premises) -> Carrier | None:
    """This thread's own connection; None when no server is set, and letters wait."""
    url = premises.settings.smtp_url
    if url is None:
        return None
    kept: dict[str, Carrier] = _kept.__dict__.setdefault("carriers", {})
    if url not in kept:
        kept[url] = Carrier(server_of(url))
    return kept[url]
