"""The outbox: what somebody must be told becomes a letter that waits, in the transaction that decides it."""

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.identity import new_id
from compact_cases.office.post import chores
from compact_cases.office.post.addressees import (
    Addressee,
    Addressees,
)
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.office.secrecy import decrypt, encrypt, marked
from compact_cases.records import case_summaries, letter_states, letters, tasks
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.letters import LetterRow
from compact_cases.records.tasks import Task
from compact_cases.rules import notices
from compact_cases.rules.notices import Notice, Rest
from compact_cases.rules.reminding import next_in_window
from compact_cases.rules.seats import BY_WORD, Seat
from compact_cases.rules.working_days import Calendar

CHASING = frozenset({"reminder", "nudge", "escalation", "delay", "last-letter"})
"""Bound to the send window, and asked once more before sending whether they still stand."""
Cause = tuple[object, ...]
"""What a letter follows from: a case and a position in its log, or the key of a step; empty for neither."""
WINDOWED = CHASING | {"no-reply", "no-hold-answer"}
SEALED = "sealed"  # the fact that is kept encrypted until the letter is sent: a secret, a link, an address


def file_notices(
    conn: Connection,
    premises: Premises,
    case: CaseRow,
    told: Sequence[tuple[Cause, Notice]],
    at: datetime,
    book: Addressees | None = None,
    doer: UUID | None = None,
) -> None:
    """File a letter for each person whom the notices of one act concern, or a task where mail cannot go.

    ``doer`` is whose act it was: nobody is mailed about their own.
    """
    if not told:
        return
    book = book or Addressees(conn, [case], at.date())
    bound = any(notice.name in WINDOWED for _, notice in told)
    rulebook = library.rulebook(conn, case.procedure_edition, case.calendar_edition) if bound else None
    rows: list[LetterRow] = []
    more_tasks: list[Task] = []
    calendar = rulebook.calendar if rulebook else None
    for cause, notice in told:
        made, more = letters_of(premises, book, case, notice, at, calendar, cause, doer)
        rows += made
        more_tasks += more
    letters.file(conn, each_once(rows, more_tasks))
    tasks.open_all(conn, more_tasks)


def each_once(rows: Sequence[LetterRow], by_hand: list[Task]) -> list[LetterRow]:
    """Of what follows from one act: whoever sits in two seats is told of one thing once, in the first.

    The tasks of the others go too, in place.
    """
    told: dict[tuple[object, ...], LetterRow] = {}
    for one in rows:
        told.setdefault((one.case_id, one.notice, one.person_id, one.state), one)
    twice = {one.id for one in rows} - {one.id for one in told.values()}
    by_hand[:] = [one for one in by_hand if one.subject_id not in twice]
    return list(told.values())


def letters_of(
    premises: Premises,
    book: Addressees,
    case: CaseRow,
    notice: Notice,
    at: datetime,
    by: Calendar | None,
    cause: Cause,
    doer: UUID | None = None,
) -> tuple[list[LetterRow], list[Task]]:
    """The letters and tasks of one notice, not filed yet; ``by`` is needed for what the window binds."""
    start = window_after(premises, at, by) if by and notice.name in WINDOWED else at
    people = _recipients(book, case, notice)
    both = [
        prepared(
            premises, case, notice.name, who, notice.facts, at, start, rests_on=notice.rests_on, cause=cause
        )
        for who in people
        if who.person_id != doer or notice.confirms
    ]
    by_hand = [chore for _, chore in both if chore]
    if not people and notice.name != "receipt":  # an anonymous raiser has read it on the page
        by_hand.append(chores.nobody_to_tell(case, notice.to, at, book.is_the_chairs(case)))
    return [letter for letter, _ in both if letter], by_hand


def prepared(
    premises: Premises,
    case: CaseRow,
    notice: str,
    who: Addressee,
    facts: dict[str, Any],
    at: datetime,
    start: datetime,
    ledger_id: UUID | None = None,
    rests_on: Rest = Rest.RUNNING,
    cause: Cause = (),
) -> tuple[LetterRow | None, Task | None]:
    """A letter for one person: by e-mail; else to be posted, or rung, with a task; else a task alone."""
    if who.reach is None:
        return None, chores.unreachable(case, who, at)
    letter = LetterRow(
        id=new_id(),
        notice=notice,
        case_id=case.case_id,
        person_kind=who.kind,
        person_id=who.person_id,
        seat=who.seat.value,
        point_id=who.point_id,
        message_id=message_id(premises, *(*cause, notice, who.seat.value, who.person_id) if cause else ()),
        queued_at=at,
        not_before=start,
        wanted_at=start,
        facts=facts,
        chasing=notice in CHASING,
        ledger_id=ledger_id,
        rests_on=rests_on.value,
        state="waiting" if who.reach == "email" else "to-post",
    )
    return letter, None if who.reach == "email" else chores.by_hand(case, who, letter.id, notice, at)


def sign_in(conn: Connection, premises: Premises, staff_id: UUID, link: str) -> None:
    """Mail a sign-in link to a member of staff, at once."""
    sealed = _sealed(premises, link=link)
    _file_alone(conn, premises, "sign-in", "staff", staff_id, Seat.OFFICER.value, sealed)


def fresh_link(conn: Connection, premises: Premises, person_id: UUID, case_id: UUID) -> None:
    """Mail a new link to the person of an old one, to the address that we hold."""
    case = case_summaries.find(conn, case_id)
    if case is None:
        return
    of_raiser = person_id == case.raiser_id
    kind, seat = ("party", Seat.RAISER) if of_raiser else ("contact", _seat_of(conn, person_id, case))
    _file_alone(conn, premises, "fresh-link", kind, person_id, seat.value, {}, case_id)


def draft_saved(conn: Connection, premises: Premises, draft_id: UUID, email: str, secret: str) -> None:
    """Mail a saved draft's address, at once. The secret is encrypted until it is sent, then gone."""
    sealed = _sealed(premises, address=email, link=_draft_link(premises, secret))
    _file_alone(conn, premises, "draft-saved", "draft", draft_id, Seat.PUBLIC.value, sealed)


def draft_ends_soon(
    conn: Connection, premises: Premises, draft_id: UUID, email: str, secret: str, ends_on: date
) -> None:
    """Say that a draft will be removed after ``ends_on``; sent only if it still is an unsent draft then."""
    sealed = _sealed(premises, address=email, link=_draft_link(premises, secret))
    facts = {**sealed, "due": ends_on.isoformat()}
    _file_alone(conn, premises, "draft-ends-soon", "draft", draft_id, Seat.PUBLIC.value, facts)


def undeliverable(conn: Connection, premises: Premises, letter: LetterRow, at: datetime) -> None:
    """Tell the officers that a letter was refused for good; never about a letter of this very kind."""
    facts = {"of": notices.in_words(letter.notice), "to": Seat(letter.seat).word}
    case = case_summaries.find(conn, letter.case_id) if letter.case_id else None
    rows = [
        LetterRow(
            id=new_id(),
            notice="undeliverable",
            case_id=letter.case_id,
            person_kind="staff",
            person_id=officer.person_id,
            seat=Seat.OFFICER.value,
            point_id=None,
            message_id=message_id(premises, letter.message_id, "undeliverable", officer.person_id),
            queued_at=at,
            not_before=at,
            facts=facts,
        )
        for officer in Addressees(conn, [], at.date()).officers(case)
        if officer.person_id != letter.person_id
    ]
    letters.file(conn, rows)


def opened(premises: Premises, facts: dict[str, Any]) -> dict[str, str]:
    """What was encrypted in a letter's facts; nothing where there is none or the key has changed."""
    text = decrypt(premises, facts[SEALED].encode()) if SEALED in facts else None
    return json.loads(text) if text else {}


def without_secrets(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != SEALED}


def window_after(premises: Premises, at: datetime, calendar: Calendar) -> datetime:
    """The first instant from ``at`` on at which a chasing letter may go out."""
    office = premises.settings.office
    if office.window_every_day:
        return at
    return next_in_window(at, office.window_start, office.window_end, calendar)


def message_id(premises: Premises, *cause: object) -> str:
    """The same for the same cause, so that a letter decided anew after a restore is the message that it was.

    A keyed hash: it holds neither the reference nor the person. Without a cause it is random.
    """
    what = "\x1f".join(map(str, cause)).encode()
    mark = marked(premises, b"message", what)[:16].hex() if cause else secrets.token_hex(16)
    return f"<{mark}@{mail_domain(premises)}>"


def mail_domain(premises: Premises) -> str:
    return premises.settings.mail_address.rpartition("@")[2]


def _recipients(book: Addressees, case: CaseRow, notice: Notice) -> list[Addressee]:
    if notice.name == "new-concern":
        return book.officers(case)
    who = book.independent(notice.person, notice.to) if notice.person else book.find(case, notice.to)
    return [who] if who else []


def _seat_of(conn: Connection, person_id: UUID, case: CaseRow) -> Seat:
    from compact_cases.records import people

    person = people.get(conn, [person_id]).get(person_id)
    if person and person.body_id and person.body_id == case.raiser_body_id:
        return BY_WORD[f"raiser-{person.role}"]
    return BY_WORD[person.role] if person else Seat.CHAMPION


def _sealed(premises: Premises, **secret: str) -> dict[str, str]:
    return {SEALED: encrypt(premises, json.dumps(secret)).decode("ascii")}


def _draft_link(premises: Premises, secret: str) -> str:
    return f"{premises.settings.base_url}/concerns/drafts/{secret}"


def _file_alone(
    conn: Connection,
    premises: Premises,
    notice: str,
    kind: str,
    person_id: UUID,
    seat: str,
    facts: dict[str, Any],
    case_id: UUID | None = None,
) -> None:
    at = premises.clock.now()
    letter = LetterRow(
        id=new_id(),
        notice=notice,
        case_id=case_id,
        person_kind=kind,
        person_id=person_id,
        seat=seat,
        point_id=None,
        message_id=message_id(premises),
        queued_at=at,
        not_before=at,
        facts=facts,
    )
    letters.file(conn, [letter])


def count_as_sent(premises: Premises, before: datetime) -> int:
    """For the sample: what its invented past would have sent is marked as sent, and goes to nobody."""
    with premises.engine.begin() as conn:
        return letter_states.count_as_sent(conn, before)
