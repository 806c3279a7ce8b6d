"""Letters for whoever has no e-mail: on paper, posted or read out, and over when their matter is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail import letters as words
from compact_cases.office.post.envelopes import Envelopes
from compact_cases.office.premises import Premises
from compact_cases.records import letters, tasks
from compact_cases.records.letters import LetterRow, TextAsSent
from compact_cases.rules.case import Case
from compact_cases.rules.notices import in_words, is_over
from compact_cases.rules.seats import Seat

KINDS = ("post", "phone")  # of tasks; each is about one letter


@dataclass(frozen=True)
class Paper:
    """One letter as it is posted, or read out. ``task`` is to be done with it, where it still is."""

    words: str
    role: str
    state: str
    by_phone: bool
    name: str
    address: str
    subject: str
    text: str
    task: UUID | None = None


def on_paper(conn: Connection, premises: Premises, letter: LetterRow) -> Paper:
    point, occasion = Envelopes(conn, premises, [letter]).on_paper(letter)
    rendered = words.rendered(occasion, premises.settings.office)
    return Paper(
        in_words(letter.notice),
        Seat(letter.seat).word,
        letter.state,
        point is not None and point.kind == "phone",
        occasion.name,
        point.address if point else "",
        rendered.subject,
        rendered.text,
        tasks.open_about(conn, letter.id),
    )


def of_case(conn: Connection, premises: Premises, case_id: UUID, letter_id: UUID) -> Paper | None:
    """A letter of this case that goes by no e-mail, for officers."""
    letter = letters.get(conn, letter_id)
    if letter is None or letter.case_id != case_id or letter.person_kind not in ("party", "contact"):
        return None
    return on_paper(conn, premises, letter)


def posted(conn: Connection, premises: Premises, letter_id: UUID, at: datetime) -> None:
    """An officer has posted it, or read it out: kept as it was on that day."""
    letter = letters.get(conn, letter_id)
    if letter is None or letter.state != "to-post":
        return
    paper = on_paper(conn, premises, letter)
    as_sent = TextAsSent(paper.address, paper.subject, paper.text, "")
    letters.posted(conn, letter_id, "rung" if paper.by_phone else "posted", as_sent, at)


def end_what_is_over(conn: Connection, cases: Mapping[UUID, Case], at: datetime) -> None:
    """Nobody need post what no longer matters; the task goes with the letter."""
    over = [
        one.id
        for one in letters.to_post(conn, cases)
        if one.case_id and is_over(one.notice, one.facts, one.chasing, cases[one.case_id])
    ]
    _end(conn, over, at)


def overtake(conn: Connection, fresh: Sequence[LetterRow], at: datetime) -> None:
    """Chasing letters that nobody has posted yet give way to a newer one about the same."""
    newer = {(one.case_id, one.person_id): one for one in fresh if one.chasing and one.state == "to-post"}
    if not newer:
        return
    ids = {one.id for one in fresh}
    older = letters.to_post(conn, [one.case_id for one in newer.values() if one.case_id])
    over = [
        one.id
        for one in older
        if one.chasing
        and one.id not in ids
        and (by := newer.get((one.case_id, one.person_id)))
        and _about(one) <= _about(by)
    ]
    _end(conn, over, at)


def _about(letter: LetterRow) -> set[tuple[str, str]]:
    named = letter.facts.get("items", [letter.facts])
    return {(one.get("obligation", ""), one.get("item", "")) for one in named}


def _end(conn: Connection, over: Sequence[UUID], at: datetime) -> None:
    if over:
        letters.end_all(conn, over, "withdrawn")
        tasks.end(conn, over, KINDS, at)
