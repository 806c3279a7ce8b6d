"""One letter in hand: held by nobody else, read anew, asked whether it stands and who gets it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection

from compact_cases.mail.letters import Occasion
from compact_cases.office.post import morning, outbox, room_news
from compact_cases.office.post.addressees import Addressee, Addressees
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.records import case_summaries, drafts, event_log, letter_locks, letters, obligations
from compact_cases.records.case_summaries import CaseRow
from compact_cases.records.letters import LetterRow, Waiting
from compact_cases.records.obligations import ObligationRow
from compact_cases.records.ready import fetched_at_once
from compact_cases.rules.case import Case, replay
from compact_cases.rules.notices import ROOM_NEWS, TO_ONE_PERSON, Rest
from compact_cases.rules.rulebook import Rulebook
from compact_cases.rules.seats import Seat
from compact_cases.rules.standing import standing_facts
from compact_cases.rules.working_days import Calendar

SIGN_IN_LASTS = timedelta(minutes=15)
Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Taken:
    """What was read of a letter when it was taken, as it stands in the tables: it may be past reading."""

    letter: Rows
    case: Rows
    owed: Rows

    def read(self) -> "InHand | None":
        """None: it waits no longer. Raises ValueError and the like for what this version cannot read."""
        if not self.letter:
            return None
        case = case_summaries.row_of(self.case[0]) if self.case else None
        return InHand(letters.row_of(self.letter[0]), case, [obligations.row_of(one) for one in self.owed])


@dataclass(frozen=True)
class InHand:
    """A letter with its case and what is owed there now."""

    letter: LetterRow
    case: CaseRow | None
    owed: Sequence[ObligationRow] = field(default_factory=tuple)


def take(conn: Connection, one: Waiting, now: datetime) -> Taken | None:
    """Have a letter to oneself, and read it; None when another session has it in hand."""
    asked = [*letter_locks.asking(one.id), letters.asking(one.id, now)]
    if one.case_id:
        asked += [case_summaries.asking([one.case_id]), obligations.asking([one.case_id])]
    [_, [(got,)], letter, *of_case] = fetched_at_once(conn, asked)
    return Taken(letter, *(of_case or ((), ()))) if got else None


def with_true_facts(conn: Connection, held: InHand, now: datetime) -> InHand | None:
    """The letter with what is true of it now; None: answered, paused or closed meanwhile, so no letter."""
    letter, case = held.letter, held.case
    if letter.notice == "sign-in":
        return held if now - letter.queued_at < SIGN_IN_LASTS else None
    if letter.notice == morning.DIGEST:
        today = morning.as_it_is(conn, letter, now.date())
        return None if today is None else replace(held, letter=replace(letter, facts=today))
    if letter.notice == ROOM_NEWS:
        return held if room_news.still_news(conn, letter, folded(conn, letter)) else None
    if letter.person_kind == "draft":
        draft = drafts.get(conn, letter.person_id)
        if draft is None:
            return None
        return replace(held, letter=replace(letter, facts={**letter.facts, "due": draft.ends_on.isoformat()}))
    owed = [one.obligation for one in held.owed]
    is_open = case is not None and case.closed_at is None
    facts = standing_facts(
        letter.notice, letter.facts, Rest(letter.rests_on), owed, is_open, partial(folded, conn, letter)
    )
    return None if facts is None else replace(held, letter=replace(letter, facts=facts))


def folded(conn: Connection, letter: LetterRow) -> Case:
    assert letter.case_id is not None  # noqa: S101 (only letters of a case rest on one)
    return replay(event_log.history(event_log.raw(conn, letter.case_id)))


def addressee_of(conn: Connection, premises: Premises, held: InHand) -> Addressee | None:
    """Who gets it now: whoever sits in its seat; for some letters one person and nobody else."""
    letter = held.letter
    if letter.person_kind == "draft":
        address = outbox.opened(premises, dict(letter.facts)).get("address", "")
        return Addressee("draft", letter.person_id, Seat.PUBLIC, "", "email" if address else None, address)
    if letter.person_kind == "archive":
        address = premises.settings.office.archive
        return Addressee("archive", letter.person_id, Seat.ARCHIVE, "", "email" if address else None, address)
    book = Addressees(conn, [held.case] if held.case else [], premises.clock.today())
    seat = Seat(letter.seat)
    if "member" in letter.facts:
        return book.panellist(letter.person_id)
    if seat is Seat.MEDIATOR:
        return _of_mediator(book, held)
    if held.case is None or letter.notice in TO_ONE_PERSON:
        return book.person(letter.person_kind, letter.person_id, seat, held.case)
    return book.find(held.case, seat)


def _of_mediator(book: Addressees, held: InHand) -> Addressee | None:
    """Whoever it was written for, and no successor; who mediates no more hears only that a session is off."""
    letter, case = held.letter, held.case
    still = case is not None and case.mediator_id == letter.person_id
    return book.independent(letter.person_id, Seat.MEDIATOR) if still or letter.facts.get("gone") else None


def was_told_today(conn: Connection, letter: LetterRow, who: Addressee, now: datetime) -> bool:
    """Whether somebody who has taken a seat over has heard today of what this letter is about."""
    if letter.case_id is None:
        return False
    midnight = datetime.combine(now.date(), time(0), now.tzinfo)
    told = letters.told_of_case(conn, letter.case_id, who.person_id, midnight)
    subject = about(letter)
    return any(subject & about(one) for one in told if one.id != letter.id)


def about(letter: LetterRow) -> set[tuple[str, str]]:
    """What a letter is about: obligations, else the kind of news itself."""
    items = [one for one in letter.facts.get("items", [letter.facts]) if "obligation" in one]
    return {(one["obligation"], one.get("item", "")) for one in items} or {("", letter.notice)}


class Shelf:
    """Rulebooks and the calendar of today, each asked for once a round."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._rulebooks: dict[tuple[str, str], Rulebook] = {}
        self._calendar: Calendar | None = None

    def of(self, case: CaseRow) -> Rulebook:
        editions = (case.procedure_edition, case.calendar_edition)
        if editions not in self._rulebooks:
            self._rulebooks[editions] = library.rulebook(self._conn, *editions)
        return self._rulebooks[editions]

    @property
    def calendar(self) -> Calendar:
        if self._calendar is None:
            self._calendar = library.current_rulebook(self._conn).calendar
        return self._calendar


def as_sent_to(letter: LetterRow, who: Addressee) -> LetterRow:
    """The row of a letter that goes to this person."""
    return replace(letter, person_kind=who.kind, person_id=who.person_id, point_id=who.point_id)


def occasion_of(
    shelf: Shelf,
    letter: LetterRow,
    case: CaseRow | None,
    name: str,
    link: str,
    today: date,
    on_paper: bool = False,
) -> Occasion:
    """What a letter to this person may know."""
    rulebook = shelf.of(case) if case else None
    return Occasion(
        notice=letter.notice,
        role=Seat(letter.seat).word,
        name=name,
        link=link,
        facts=letter.facts,
        today=today,
        calendar=rulebook.calendar if rulebook else shelf.calendar if "sections" in letter.facts else None,
        reference=case.reference if case else "",
        stage=_stage_in_words(case, rulebook) if case and rulebook else "",
        stages=rulebook.procedure.stages if rulebook else {},
        on_paper=on_paper,
    )


def _stage_in_words(case: CaseRow, rulebook: Rulebook) -> str:
    """A merged case is closed in the log; to its raiser it goes on, with another one."""
    together = case.outcome == "merged"
    return "Looked at with another concern" if together else rulebook.procedure.stages[case.stage]
