"""Writing in a mediation room: messages, drafts of an agreement, and the yes by which a text leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from compact_cases.office.accounts.attempts import has_used_up, too_many
from compact_cases.office.casework.casebook import carry_out_locked
from compact_cases.office.casework.needs import telling_of
from compact_cases.office.identity import new_id, statement
from compact_cases.office.post import room_news
from compact_cases.office.premises import Premises
from compact_cases.office.registry import library
from compact_cases.office.room import locks
from compact_cases.office.room.inside import Inside, come_in, served, whose_news
from compact_cases.records import rooms
from compact_cases.records.rooms import RoomRow
from compact_cases.rules.act import Now
from compact_cases.rules.agreement import SettleInMediation, WriteAgreement, WrittenTerm, written
from compact_cases.rules.case import Case
from compact_cases.rules.permissions import SYSTEM, Visitor
from compact_cases.rules.refusals import Refused
from compact_cases.rules.room import (
    ALL,
    DRAFT,
    MESSAGE,
    NEWER_BEFORE,
    TAKEN_BACK,
    YES,
    Draft,
    Entry,
    addressed,
    hides_the_raiser,
    hold_to,
    is_agreed,
    knows_the_raiser,
    may_answer,
    may_write,
    share_of,
    standing_draft,
)

AN_HOUR = 60  # things that one part writes in one room
MANY = "You have written sixty things here within the hour. Please put the rest together, and send it later."

NOTHING_OF_ONE = "Please write down at least one thing that the raiser does, or one of each body."


@dataclass(frozen=True)
class Page:
    """What the page showed from which somebody writes: who was there, and how much of what they may read."""

    mark: str
    seen: int


def say(
    premises: Premises,
    reference: str,
    to: str,
    words: str,
    *,
    by: Visitor,
    page: Page,
    may_stay: bool = False,
) -> None:
    """Write a message; sent twice from one page it is one.

    Raises Refused with its field, NotAllowed, and NotFound.
    """
    with premises.engine.begin() as conn:
        inside = _to_write(premises, conn, reference, by)
        mediator = may_write(inside.who, to, inside.around)
        hold_to(page.mark, inside.around)
        _hides(conn, inside, to, {"words": words}, may_stay)
        entry = _new(premises, conn, inside, MESSAGE, to, mediator, words=words)
        if not _was_sent(inside, entry, page):
            _add(premises, conn, inside, entry, by)


def put(
    premises: Premises,
    reference: str,
    to: str,
    draft: Draft,
    *,
    by: Visitor,
    page: Page,
    may_stay: bool = False,
) -> None:
    """Put a version of an agreement before somebody. Before all it takes the place of the one that was there,
    and what was said to that one counts no more.
    """
    with premises.engine.begin() as conn:
        inside = _to_write(premises, conn, reference, by)
        mediator = may_write(inside.who, to, inside.around)
        hold_to(page.mark, inside.around)
        entry = _new(premises, conn, inside, DRAFT, to, mediator, draft=draft)
        if _was_sent(inside, entry, page):
            return
        lying = standing_draft(inside.entries)
        if to == ALL and lying and inside.number_of(lying) > page.seen:
            raise Refused(NEWER_BEFORE, "news")
        _could_stand(conn, inside, draft, entry.at)
        texts = {
            f"terms.{number}.{name}": text
            for number, term in enumerate(draft.terms)
            for name, text in (("what", term.what), ("known_by", term.known_by))
        }
        _hides(conn, inside, to, texts, may_stay)
        _add(premises, conn, inside, entry, by)


def answer(premises: Premises, reference: str, number: int, *, by: Visitor, back: bool = False) -> bool:
    """A side's yes to the version of that ``number``, or its taking back; whether it is agreed with that.

    With the last yes its text leaves the room: it becomes the agreement of the case, and the mediation ends,
    in the same transaction.
    """
    with premises.engine.begin() as conn:
        inside = _to_write(premises, conn, reference, by)
        meant = inside.numbered(number)
        place = meant.place if meant else 0
        draft = may_answer(inside.who, place, inside.entries, inside.around, back=back)
        mediator = may_write(inside.who, ALL, inside.around)
        entry = _new(premises, conn, inside, TAKEN_BACK if back else YES, ALL, mediator, of=place)
        agreed = is_agreed((*inside.entries, entry), draft, inside.around)
        _add(premises, conn, inside, entry, by, tell=not agreed)
        if agreed and draft.draft:
            _settle(conn, premises, inside, draft.draft)
        return agreed


def _to_write(premises: Premises, conn: Connection, reference: str, by: Visitor) -> Inside:
    inside = come_in(premises, conn, reference, by, locked=True)
    if has_used_up(premises, *_share(inside)):
        raise Refused(MANY)
    return inside


def _share(inside: Inside) -> tuple[str, str, int]:
    return "room by part", f"{inside.row.case_id}:{inside.who.part}", AN_HOUR


def _new(
    premises: Premises, conn: Connection, inside: Inside, kind: str, to: str, mediator: UUID, **what: Any
) -> Entry:
    last = rooms.last_place(conn, inside.room.id) if inside.room else 0
    return Entry(last + 1, kind, inside.who.part, to, mediator, premises.clock.now(), **what)


def _was_sent(inside: Inside, new: Entry, page: Page) -> bool:
    """Whether the same words went to the same readers since the page was opened: somebody pressed twice."""
    same = (new.kind, new.by, new.to, new.words, new.draft)
    since = inside.read[page.seen :]
    return any((one.kind, one.by, one.to, one.words, one.draft) == same for one in since)


def _hides(conn: Connection, inside: Inside, to: str, texts: dict[str, str], may_stay: bool) -> None:
    """A look for words that could tell the respondent who a hidden raiser is, where the writer knows them."""
    case = inside.case
    if case.intake.is_hidden and not may_stay and knows_the_raiser(inside.who, case):
        hides_the_raiser(to, texts, telling_of(conn, case.intake.raiser))


def _add(
    premises: Premises, conn: Connection, inside: Inside, entry: Entry, by: Visitor, *, tell: bool = True
) -> None:
    room = inside.room
    if room is None:
        room = RoomRow(new_id(), *inside.place, locks.new_salt())
        rooms.add(conn, room)
    rooms.add_entry(conn, room.id, entry.place, locks.kept(premises, room, entry))
    too_many(premises, *_share(inside))
    if tell:
        others: Sequence[str] = addressed(entry, inside.around)
        for row, parts in whose_news(conn, inside, others):
            room_news.file(conn, premises, row, inside.around, room, parts, entry.place, by)


def _could_stand(conn: Connection, inside: Inside, draft: Draft, at: datetime) -> None:
    """What no agreement of a case could hold is said while it is written, at its field. Raises Refused."""
    rulebook = library.rulebook(conn, inside.row.procedure_edition, inside.row.calendar_edition)
    for one, side in enumerate(term.side for term in draft.terms):
        if side not in inside.around.sides:
            raise Refused("Please choose somebody who is in the mediation.", f"terms.{one}.side")
    for _, case in served(conn, inside):
        terms = _terms(draft, inside, case)
        if not terms:
            raise Refused(NOTHING_OF_ONE, "terms.0.side")
        written(WriteAgreement(terms, draft.settles, True), case, Now(at, rulebook))


def _settle(conn: Connection, premises: Premises, inside: Inside, draft: Draft) -> None:
    """In each case that is mediated here. Raises Refused where one cannot take it any more, such as a day
    that has come meanwhile."""
    try:
        for row, case in served(conn, inside):
            command = SettleInMediation(_terms(draft, inside, case), draft.settles)
            carry_out_locked(conn, premises, row.case_id, command, by=SYSTEM)
    except Refused as refused:
        raise Refused(
            f"This version cannot become the agreement as it is. {_where(refused)}", "draft"
        ) from None


def _where(refused: Refused) -> str:
    """The sentence, with the number of the action that it is about."""
    _, _, rest = (refused.field or "").partition("terms.")
    number = rest.partition(".")[0]
    return f"Action {int(number) + 1}: {refused.sentence}" if number.isdigit() else refused.sentence


def _terms(draft: Draft, inside: Inside, case: Case) -> tuple[WrittenTerm, ...]:
    """As texts of the case: only what all said yes to is ever stored there. What another body does is not
    this case's to hold."""
    sides = share_of(inside.around.sides, case)
    return tuple(
        WrittenTerm(sides[one.side], statement(one.what), one.by, statement(one.known_by))
        for one in draft.terms
        if one.side in sides
    )
