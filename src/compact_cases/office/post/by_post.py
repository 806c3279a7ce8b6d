"""Letters for whoever has no e-mail: on paper, posted or read out, and over when their matter is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.mail import letters as words
from compact_cases.office.identity import new_salt
from compact_cases.office.post.in_hand import Shelf, about, occasion_of
from compact_cases.office.premises import Premises
from compact_cases.records import case_summaries, letter_states, letters, obligations, people, tasks
from compact_cases.records.letters import LetterRow, TextAsSent
from compact_cases.records.people import ContactPoint
from compact_cases.rules.act import ToPost
from compact_cases.rules.case import Case
from compact_cases.rules.events import Event
from compact_cases.rules.events.clocks import Posted
from compact_cases.rules.notices import Rest, in_words
from compact_cases.rules.posting import last_letter_term, opened_by, term_from
from compact_cases.rules.seats import Seat
from compact_cases.rules.standing import standing_facts
from compact_cases.rules.working_days import Calendar
from compact_cases.settings import OFFICE_ZONE

KINDS = ("post", "phone", "unposted")  # of tasks; each is about one letter


@dataclass(frozen=True)
class Paper:
    """One letter as it is posted, or read out. ``task`` is to be done with it, where it still is.

    ``asks``: the obligation, and its item, of which the letter gives the date as posting moves it.
    """

    words: str
    role: str
    state: str
    by_phone: bool
    name: str
    address: str
    subject: str
    text: str
    seat: Seat
    person: UUID
    task: UUID | None = None
    asks: tuple[str, str] = ("", "")


def on_paper(conn: Connection, premises: Premises, letter: LetterRow, day: date | None = None) -> Paper:
    """The letter as it is posted on a day, today where none is given: its dates are counted from then."""
    day = day or premises.clock.today()
    cases = case_summaries.by_ids(conn, [letter.case_id] if letter.case_id else [])
    person, point = people.get(conn, [letter.person_id]).get(letter.person_id), _point_of(conn, letter)
    case, shelf = next(iter(cases.values()), None), Shelf(conn)
    if case and letter.state == "to-post":
        calendar = shelf.of(case).calendar
        letter = _dated(conn, letter, to_post(letter, point.kind if point else ""), day, calendar)
    occasion = occasion_of(
        shelf,
        letter,
        case,
        person.name if person else "",
        f"{premises.settings.base_url}/return",
        day,
        on_paper=True,
    )
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
        Seat(letter.seat),
        letter.person_id,
        tasks.open_about(conn, letter.id),
        (letter.facts.get("obligation", ""), letter.facts.get("item", "")),
    )


def _dated(conn: Connection, letter: LetterRow, posted: ToPost, day: date, calendar: Calendar) -> LetterRow:
    """With the last day for what it asks that holds once it is posted on this day."""
    if letter.notice == "last-letter":
        until = last_letter_term(day, posted.by_phone, calendar)
        return replace(
            letter, facts={**letter.facts, "due": until.due.isoformat(), "written": day.isoformat()}
        )
    assert letter.case_id is not None  # noqa: S101 (only a letter of a case goes by post)
    owed = [one.obligation for one in obligations.open_of(conn, [letter.case_id]).get(letter.case_id, [])]
    one = opened_by(posted, owed)
    if one is None or one.due is None:
        return letter
    due = max(one.due, term_from(one, day, posted.by_phone, calendar).due)
    return replace(letter, facts={**letter.facts, "due": due.isoformat()})


def to_post(letter: LetterRow, kind: str) -> ToPost:
    """What the rules must know of a letter that waits; ``kind``: of the point that it goes to."""
    return ToPost(
        letter.id,
        letter.notice,
        Seat(letter.seat),
        letter.queued_at.astimezone(OFFICE_ZONE).date(),
        by_phone=kind == "phone",
        chasing=letter.chasing,
        obligation=letter.facts.get("obligation", ""),
        item=letter.facts.get("item", ""),
    )


def waiting(conn: Connection, case_ids: Iterable[UUID]) -> dict[UUID, list[ToPost]]:
    """The letters of each of these cases that somebody is to post or to read out."""
    rows = letters.to_be_posted(conn, case_ids)
    kinds = people.kinds_of_points(conn, [one.point_id for one in rows if one.point_id])
    found: dict[UUID, list[ToPost]] = {}
    for one in rows:
        if one.case_id:
            kind = kinds.get(one.point_id, "") if one.point_id else ""
            found.setdefault(one.case_id, []).append(to_post(one, kind))
    return found


def _point_of(conn: Connection, letter: LetterRow) -> ContactPoint | None:
    """Where it goes: the address that it was filed for, else the newest for the post or the telephone."""
    points = people.points_of(conn, [letter.person_id]).get(letter.person_id, [])
    others = [one for one in points if one.kind != "email"]
    return next((one for one in others if one.id == letter.point_id), None) or next(reversed(others), None)


def of_case(conn: Connection, premises: Premises, case_id: UUID, letter_id: UUID) -> Paper | None:
    """A letter of this case that goes by no e-mail, for officers."""
    letter = letters.get(conn, letter_id)
    if letter is None or letter.case_id != case_id or letter.person_kind not in ("party", "contact"):
        return None
    return on_paper(conn, premises, letter)


def record(
    conn: Connection, premises: Premises, events: Iterable[Event], at: datetime, by: UUID | None
) -> None:
    """What these events say was posted is so from now on."""
    for event in events:
        if isinstance(event, Posted):
            posted(conn, premises, event.letter, event.on, at, by)


def posted(
    conn: Connection, premises: Premises, letter_id: UUID, on: date, at: datetime, by: UUID | None
) -> None:
    """An officer has posted it, or read it out, on a day: kept as it was then, and its tasks are done."""
    letter = letters.get(conn, letter_id)
    if letter is None or letter.state != "to-post":
        return
    paper = on_paper(conn, premises, letter, on)
    as_sent = TextAsSent(paper.address, paper.subject, paper.text, "", new_salt())
    letter_states.posted(conn, letter_id, "rung" if paper.by_phone else "posted", as_sent, at)
    tasks.done_about(conn, letter_id, KINDS, by, at)


def end_what_is_over(conn: Connection, cases: Mapping[UUID, Case], at: datetime) -> None:
    """Nobody need post what no longer matters; the task goes with the letter."""
    over = [
        one.id
        for one in letters.to_be_posted(conn, cases)
        if one.case_id and not _stands(one, cases[one.case_id])
    ]
    _end(conn, over, at)


def overtake(conn: Connection, fresh: Sequence[LetterRow], at: datetime) -> None:
    """Chasing letters that nobody has posted yet give way to a newer one about the same."""
    newer = {(one.case_id, one.person_id): one for one in fresh if one.chasing and one.state == "to-post"}
    if not newer:
        return
    ids = {one.id for one in fresh}
    older = letters.to_be_posted(conn, [one.case_id for one in newer.values() if one.case_id])
    over = [
        one.id
        for one in older
        if one.chasing
        and one.id not in ids
        and (by := newer.get((one.case_id, one.person_id)))
        and about(one) <= about(by)
    ]
    _end(conn, over, at)


def _end(conn: Connection, over: Sequence[UUID], at: datetime) -> None:
    if over:
        letter_states.end_all(conn, over, "withdrawn")
        tasks.end(conn, over, KINDS, at)


def _stands(letter: LetterRow, case: Case) -> bool:
    """The same question as before a letter goes by e-mail."""
    rests_on, owed = Rest(letter.rests_on), case.open_obligations
    facts = standing_facts(letter.notice, letter.facts, rests_on, owed, not case.is_closed, lambda: case)
    return facts is not None
