"""What becomes of letters: sent, put off, set aside, failed, to be posted; each only while it still waits."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, text, update

from compact_cases.records import ready
from compact_cases.records.letter_seals import seal_of
from compact_cases.records.letters import LetterRow, TextAsSent, letter_texts, letters
from compact_cases.records.rows import insert_rows

_SENT = (
    "WITH done AS (UPDATE letters SET state = 'sent', sent_at = %(at)s, facts = %(facts)s, problem = NULL,"
    " aside = false, seal = %(seal)s,"
    " person_kind = %(person_kind)s, person_id = %(person_id)s, point_id = %(point_id)s, tries = tries + 1"
    " WHERE id = %(id)s AND state IN ('waiting', 'withdrawn') RETURNING id)"
    " INSERT INTO letter_texts (letter_id, address, subject, text, html, salt)"
    " SELECT id, %(address)s, %(subject)s, %(text)s, %(html)s, %(salt)s FROM done"
)


def sent(conn: Connection, letter: LetterRow, as_sent: TextAsSent, at: datetime) -> None:
    """It went, to the person of this row and with these facts, once; also when it was withdrawn meanwhile."""
    values = {
        "id": letter.id,
        "facts": json.dumps(dict(letter.facts)),
        "person_kind": letter.person_kind,
        "person_id": letter.person_id,
        "point_id": letter.point_id,
        "seal": seal_of(letter.id, **vars(as_sent)),
        "at": at,
    }
    ready.sent(conn, _SENT, values | vars(as_sent))


def sent_without_text(conn: Connection, letter_id: UUID, at: datetime, problem: str) -> None:
    """It went, and its text cannot be kept: it must not go again for that."""
    values = {"state": "sent", "sent_at": at, "problem": problem}
    conn.execute(update(letters).where(_still(letter_id)).values(**values))


def deferred(
    conn: Connection, letter_id: UUID, not_before: datetime, *, problem: str | None, tried: bool
) -> None:
    """It waits until ``not_before``; ``tried`` counts a try at sending."""
    more = letters.c.tries + (1 if tried else 0)
    values = {"not_before": not_before, "problem": problem, "tries": more}
    conn.execute(update(letters).where(_still(letter_id)).values(**values))


def tries_of(conn: Connection, letter_id: UUID) -> int:
    return conn.scalar(select(letters.c.tries).where(letters.c.id == letter_id)) or 0


def set_aside(conn: Connection, letter_id: UUID, not_before: datetime, problem: str) -> None:
    """It cannot be worked as it stands; it is counted by itself until it is."""
    values = {"not_before": not_before, "problem": problem, "tries": letters.c.tries + 1, "aside": True}
    conn.execute(update(letters).where(_still(letter_id)).values(**values))


def to_post(conn: Connection, letter: LetterRow) -> None:
    """It goes by post or is told by telephone, to the person of this row."""
    values = {"person_kind": letter.person_kind, "person_id": letter.person_id, "point_id": letter.point_id}
    conn.execute(update(letters).where(_still(letter.id)).values(state="to-post", **values))


def posted(conn: Connection, letter_id: UUID, state: str, as_sent: TextAsSent | None, at: datetime) -> None:
    """It was put in the post, or read out on the telephone: ``posted`` or ``rung``."""
    conn.execute(update(letters).where(letters.c.id == letter_id).values(state=state, sent_at=at))
    if as_sent:
        insert_rows(conn, letter_texts, [{"letter_id": letter_id, **vars(as_sent)}])


def end_all(conn: Connection, letter_ids: Iterable[UUID], state: str) -> None:
    """Letters that will not go any more."""
    conn.execute(update(letters).where(letters.c.id.in_(list(letter_ids))).values(state=state))


def all_deferred(conn: Connection, now: datetime, not_before: datetime) -> int:
    """What may go now waits as well, untried; how many."""
    due = (letters.c.state == "waiting") & (letters.c.not_before <= now)
    return conn.execute(update(letters).where(due).values(not_before=not_before)).rowcount


def not_wanted_before(conn: Connection, letter_id: UUID, opens: datetime) -> None:
    """It waits for the hours in which it may go, and is not late until then."""
    values = {"not_before": opens, "wanted_at": opens}
    conn.execute(update(letters).where(_still(letter_id)).values(**values))


def ended(
    conn: Connection, letter_id: UUID, state: str, facts: Mapping[str, Any], problem: str | None
) -> None:
    """Failed, withdrawn or to be posted: it will not be sent."""
    values = {"state": state, "facts": json.dumps(dict(facts)), "problem": problem}
    conn.execute(update(letters).where(_still(letter_id)).values(**values))


def _still(letter_id: UUID) -> ColumnElement[bool]:
    """Whoever has lost a letter's lock without knowing finds it marked by another."""
    return and_(letters.c.id == letter_id, letters.c.state == "waiting")


def count_failed(
    conn: Connection, since: datetime, but: Sequence[str], cases: Sequence[UUID] | None = None
) -> int:
    """``cases``: of these alone; None is every letter."""
    return conn.scalar(select(func.count()).where(*_failed_since(since, but, cases))) or 0


def wait_again(
    conn: Connection,
    now: datetime,
    since: datetime,
    but: Sequence[str],
    cases: Sequence[UUID] | None = None,
) -> list[UUID]:
    """Letters that failed since an instant wait once more, but those of some kinds; whose they are.

    ``cases``: of these alone; None is every letter.
    """
    values = {"state": "waiting", "tries": 0, "not_before": now, "wanted_at": now}
    again = update(letters).where(*_failed_since(since, but, cases)).values(**values)
    return list(conn.scalars(again.returning(letters.c.person_id)))


def _failed_since(
    since: datetime, but: Sequence[str], cases: Sequence[UUID] | None
) -> tuple[ColumnElement[bool], ...]:
    of_these = () if cases is None else (letters.c.case_id.in_(cases),)
    failed = letters.c.state == "failed", letters.c.queued_at >= since, letters.c.notice.not_in(but)
    return (*failed, *of_these)


def count_as_sent(conn: Connection, before: datetime) -> int:
    """Letters that nobody is to receive, or that were sent once: marked as sent when they were due."""
    return conn.execute(_COUNT_AS_SENT, {"before": before}).rowcount


_COUNT_AS_SENT = text(
    "UPDATE letters SET state = 'sent', sent_at = not_before, facts = (facts::jsonb - 'sealed')::text"
    " WHERE state = 'waiting' AND not_before <= :before"
)


HELD_BACK = "This mailbox or its sender had had enough receipts within the hour."


def hold_back_receipts(conn: Connection, case_ids: Iterable[UUID]) -> None:
    """They do not go: the page of the receipt says all that they would."""
    theirs = (letters.c.case_id.in_(list(case_ids)), letters.c.notice == "receipt")
    held = {"state": "withdrawn", "problem": HELD_BACK}
    conn.execute(update(letters).where(*theirs, letters.c.state == "waiting").values(**held))


def were_held_back(conn: Connection, case_ids: Iterable[UUID]) -> bool:
    theirs = (letters.c.case_id.in_(list(case_ids)), letters.c.notice == "receipt")
    return conn.scalar(select(func.count()).where(*theirs, letters.c.problem == HELD_BACK)) != 0


def forget_of_drafts(conn: Connection, draft_ids: Iterable[UUID]) -> list[UUID]:
    """The letters of drafts that are gone, sent ones as well, with their texts and links; their ids.

    No head covers them, for they belong to no case. One that is being sent is marked nowhere afterwards.
    """
    theirs = (letters.c.person_kind == "draft", letters.c.person_id.in_(list(draft_ids)))
    return _forget(conn, *theirs)


def forget_over(conn: Connection, before: datetime) -> int:
    """Sign-in letters, digests and those about a letter that failed: of no use when they are over; how many.

    Those of a case are covered by a head: their rows stay, and their texts and addresses go.
    """
    over = (letters.c.notice.in_(OF_THE_DAY), letters.c.queued_at < before, letters.c.state != "waiting")
    gone = len(_forget(conn, *over, letters.c.case_id.is_(None)))
    theirs = select(letters.c.id).where(*over, letters.c.case_id.is_not(None))
    return gone + conn.execute(delete(letter_texts).where(letter_texts.c.letter_id.in_(theirs))).rowcount


def _forget(conn: Connection, *which: ColumnElement[bool]) -> list[UUID]:
    """Letters of no case, which the database takes out: the application's role may delete none."""
    ids = list(conn.scalars(select(letters.c.id).where(*which)))
    return list(conn.scalars(_FORGET, {"ids": ids})) if ids else []


_FORGET = text("SELECT forget_letters(CAST(:ids AS uuid[]))")
OF_THE_DAY = ("sign-in", "undeliverable", "digest")


def bring_back(conn: Connection, now: datetime, longest: timedelta) -> int:
    """What waits for a time that was read from a wrong clock may go now. How many there were."""
    too_late = or_(letters.c.queued_at > now, letters.c.not_before > now + longest)
    waiting = update(letters).where(letters.c.state == "waiting", letters.c.not_before > now, too_late)
    return conn.execute(waiting.values(not_before=now, wanted_at=now)).rowcount
