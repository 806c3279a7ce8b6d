"""Clocks, by post: what a letter asks for is owed from the day on which it should have arrived."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from compact_cases.rules.act import Act, Need, Now, Rank, ToPost
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events import Event
from compact_cases.rules.events import clocks as happened
from compact_cases.rules.events import enquiry as asked
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import CASE_STAFF
from compact_cases.rules.silence import LAST_LETTER_STANDS
from compact_cases.rules.statements import Carries
from compact_cases.rules.terms import Going, Term
from compact_cases.rules.working_days import LONDON, Calendar

IN_THE_POST = 2  # working days that a letter takes; procedure, section 3
BY_POST, BY_PHONE = "post", "phone"


@dataclass(frozen=True)
class RecordPosted(Carries):
    """``on`` is the day on which it was put in the post, or read out on the telephone."""

    letter: UUID
    on: date


PostingCommand = RecordPosted


def something_to_post(case: Case, now: Now) -> None:
    if not now.to_post:
        raise Refused("No letter of this case waits to be posted or read out.")


def record_posted(command: RecordPosted, case: Case, now: Now) -> list[Event]:
    letter = next((one for one in now.to_post if one.id == command.letter), None)
    if letter is None:
        raise Refused("This letter does not wait to be posted. It may have been recorded already.", "letter")
    if command.on > now.at.astimezone(LONDON).date():
        raise Refused("Please give the day on which it was posted: this one has not come yet.", "on")
    if command.on < letter.written_on:
        first = f"{letter.written_on:%A} {letter.written_on.day} {letter.written_on:%B %Y}"
        raise Refused(f"This letter was written on {first}, so it cannot have been posted before.", "on")
    calendar, way = now.rulebook.calendar, BY_PHONE if letter.by_phone else BY_POST
    going = tuple(_anew(letter, case.open_obligations, command.on, calendar))
    ends = max((one.term.due for one in going if _is_awaited(one, case)), default=None)
    posted = happened.Posted(letter.id, letter.notice, letter.seat.value, way, command.on, going, ends)
    if letter.notice == "last-letter" and case.enquiry.last_letter and case.owed("decide"):
        return [posted, asked.LastLetterPosted(last_letter_term(command.on, letter.by_phone, calendar))]
    return [posted]


def opened_by(letter: ToPost, owed: Iterable[Obligation]) -> Obligation | None:
    """What a letter asks of whoever gets it, as long as its clock runs: a chasing letter opens nothing."""
    if letter.chasing or letter.notice == "last-letter":
        return None
    return next(
        (
            one
            for one in owed
            if one.is_a(letter.obligation, letter.item)
            and one.owner.side is letter.seat.side
            and one.due is not None
        ),
        None,
    )


def term_from(one: Obligation, on: date, by_phone: bool, calendar: Calendar) -> Term:
    """Its limit, counted from the day on which the letter should have come."""
    start = arrives(on, by_phone, calendar)
    return Term(start, one.term.limit, calendar.plus(start, one.term.limit))


def last_letter_term(on: date, by_phone: bool, calendar: Calendar) -> Term:
    start = arrives(on, by_phone, calendar)
    return Term(start, LAST_LETTER_STANDS, calendar.plus(start, LAST_LETTER_STANDS))


def arrives(on: date, by_phone: bool, calendar: Calendar) -> date:
    return calendar.working_on_or_after(on) if by_phone else calendar.plus(on, IN_THE_POST)


def _anew(letter: ToPost, owed: Iterable[Obligation], on: date, calendar: Calendar) -> Iterable[Going]:
    """Only ever a later date: one that was set anew meanwhile, as by an extension, is not cut short."""
    one = opened_by(letter, owed)
    if one and one.due:
        term = term_from(one, on, letter.by_phone, calendar)
        if term.due > one.due:
            yield Going(one.name, one.item, term)


def _is_awaited(one: Going, case: Case) -> bool:
    """A question has one date for its answer and for the pause that waits for it."""
    return any(pause.awaits == one.name and pause.until is None for pause in case.clocks.pauses)


ACTS: tuple[Act[Any], ...] = (
    Act(
        RecordPosted,
        name="posting",
        words="Write down that a letter was posted or read out",
        by=CASE_STAFF,
        open=something_to_post,
        decide=record_posted,
        needs=frozenset({Need.TO_POST}),
        rank=Rank.SELDOM,
    ),
)
