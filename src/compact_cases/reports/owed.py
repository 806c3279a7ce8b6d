"""Obligations in words, each for the one who reads it, and the proof of their dates."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from compact_cases.reports.case_shape import Owed
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events.review import SIDES
from compact_cases.rules.seats import CASE_STAFF, Seat, Side
from compact_cases.rules.working_days import Calendar, Day, OutsideCalendar, Pause, Start

# Each goes on with "by Monday 16 March". {respondent} is the body's name.
SENTENCES: dict[str, dict[str, str]] = {
    "acknowledge": {
        "officer": "This concern is to be acknowledged",
        "raiser": "A Compact officer reads your concern and writes to you",
    },
    "answer": {
        "officer": "The raiser is to answer our question",
        "raiser": "Please answer our question",
    },
    "reply": {
        "officer": "{respondent} owes a reply",
        "raiser": "{respondent} owes you a reply",
        "respondent": "Your reply is due",
    },
    "release": {
        "officer": "The reply is to be read and released",
        "raiser": "A reply has come. A Compact officer reads it and passes it on to you",
        "respondent": "A Compact officer reads your reply and passes it on",
    },
    "decide": {
        "officer": "The raiser decides what happens next",
        "raiser": "Please tell us what you would like to do",
        "respondent": "The raiser says whether this settles it",
    },
    "next-step": {
        "officer": "The raiser wants to go on, and the next step is to be opened",
        "raiser": "A Compact officer tells you how it goes on",
        "respondent": "A Compact officer tells both sides how it goes on",
    },
    "convene": {
        "officer": "The senior review is to be convened: a day for both senior leads",
        "raiser": "A Compact officer sets a day for the senior review",
        "respondent": "A Compact officer sets a day for the senior review",
    },
    "meet": {
        "officer": "{side} is to say whether it comes to the meeting",
        "raiser": "Your answer about the meeting is due",
        "respondent": "Your answer about the meeting is due",
    },
    "comment": {
        "officer": "{side} may comment on the note",
        "raiser": "You may comment on the note",
        "respondent": "You may comment on the note",
    },
    "note": {
        "officer": "What the senior review agrees, and what not, is to be written down",
        "raiser": "A Compact officer writes down what the senior review agrees, and what not",
        "respondent": "A Compact officer writes down what the senior review agrees, and what not",
    },
    "close": {
        "officer": "This case is to be closed",
        "raiser": "A Compact officer closes the case and writes how it ended",
        "respondent": "A Compact officer closes the case and writes how it ended",
    },
}
# The list's words for the same, and the words for whose step it is.
SHORT = {
    "acknowledge": "Acknowledge",
    "answer": "Answer our question",
    "reply": "Reply",
    "release": "Release the reply",
    "decide": "Decide",
    "next-step": "Open the next step",
    "convene": "Convene the review",
    "meet": "Answer about the meeting",
    "note": "Write the note",
    "comment": "Comment on the note",
    "close": "Close",
}


RELEASES = {
    "officer": "What one side wrote is to be read and released",
    "raiser": "A Compact officer reads what was written, before the other side does",
    "respondent": "A Compact officer reads what was written, before the other side does",
}
"""Of a statement or comment; the words of a reply stand above."""
IN_WRITING = {
    "officer": "{side} is to write a statement for the meeting",
    "raiser": "Your statement for the senior review is due",
}
"""Of a raiser who must not be known, and meets nobody."""
SIDE_OF = {"officer": Side.OFFICE, "raiser": Side.RAISER, "respondent": Side.RESPONDENT}


def owed_now(case: Case, viewpoint: str, respondent: str, calendar: Calendar, at: datetime) -> list[Owed]:
    """Open obligations, the earliest date first; paused ones after them."""
    found = [
        _owed(case.obligations, one, viewpoint, respondent, calendar, at) for one in case.open_obligations
    ]
    return sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.name))


def proof_of(all_cycles: Sequence[Obligation], one: Obligation, calendar: Calendar) -> tuple[Day, ...]:
    """Every day from the event to the due date, pauses included. Empty while it is paused.

    A cycle that a pause ended goes on in the next one, so the proof begins with the first of them.
    """
    if one.due is None:
        return ()
    chain = _chain(all_cycles, one)
    try:
        days = calendar.proof(_start(chain[0], calendar), chain[0].term.limit, _pauses(chain, calendar))
        if days[-1].day == one.due:
            return days
        return calendar.proof(one.term.start, one.term.limit)
    except OutsideCalendar:
        return ()


def whose(seat: Seat, respondent: str) -> str:
    """Whose step it is, as a list says it."""
    if seat.side is Side.RAISER:
        return "The raiser"
    if seat.side is Side.RESPONDENT:
        return respondent
    return "Officer" if seat in CASE_STAFF else seat.post.replace("-", " ").capitalize()


def _owed(
    cycles: Sequence[Obligation],
    one: Obligation,
    viewpoint: str,
    respondent: str,
    calendar: Calendar,
    at: datetime,
) -> Owed:
    words, is_own = SENTENCES.get(one.name, {}), one.owner.side is SIDE_OF[viewpoint]
    if viewpoint != "officer" and one.item in SIDES:  # the other side's, or one's own
        viewpoint = viewpoint if one.item == viewpoint else "officer"
    if one.name == "release" and one.item:
        words = RELEASES
    if one.name == "meet" and one.owner is Seat.RAISER:
        words = IN_WRITING
    side = "The raiser’s side" if one.item == Side.RAISER else respondent
    sentence = words.get(viewpoint) or words.get("officer") or one.name.replace("-", " ").capitalize()
    hold = one.hold if one.due is None else None
    return Owed(
        name=one.name,
        cycle=one.cycle,
        item=one.item,
        owner=one.owner.word,
        owner_side=one.owner.side.value,
        to=one.to.word,
        to_side=one.to.side.value,
        sentence=sentence.format(respondent=respondent, side=side),
        who=whose(one.owner, respondent),
        mine=is_own,
        started_on=one.term.start,
        due=one.due,
        days_left=days_left(calendar, at.date(), one.due),
        is_overdue=one.is_overdue(at, calendar),
        paused_since=hold.on if hold else None,
        days_kept=hold.days_left if hold else None,
        pause_ends=hold.ends if hold else None,
        pause_reason=one.hold_reason if hold else None,
        proof=proof_of(cycles, one, calendar),
    )


def days_left(calendar: Calendar, today: date, due: date | None) -> int | None:
    """Working days to a date; None when there is none, or the calendar does not reach it.

    Less than 0 is overdue, which starts on the next working day: a Friday's date is 0 on Sunday too.
    """
    if due is None:
        return None
    try:
        return calendar.working_days_left(today, due)
    except OutsideCalendar:
        return None


def _chain(cycles: Sequence[Obligation], one: Obligation) -> list[Obligation]:
    by_cycle = {each.cycle: each for each in cycles if each.key[:2] == one.key[:2]}
    chain = [one]
    while (before := by_cycle.get(chain[0].cycle - 1)) is not None and before.hold is not None:
        chain.insert(0, before)
    return chain


def _pauses(chain: Sequence[Obligation], calendar: Calendar) -> list[Pause]:
    return [
        Pause(before.hold.on, _resumed(before, after, calendar), before.hold_reason or "paused")
        for before, after in pairwise(chain)
        if before.hold is not None
    ]


def _start(one: Obligation, calendar: Calendar) -> Start:
    """The instant it opened, when that is what set day 0; else day 0 itself."""
    return one.opened_at if calendar.start_day(one.opened_at) == one.term.start else one.term.start


def _resumed(before: Obligation, after: Obligation, calendar: Calendar) -> Start:
    """A pause that ended by its cap resumed on the cap's day, however late that was recorded."""
    if before.hold is not None and calendar.start_day(before.hold.ends) == after.term.start:
        return before.hold.ends
    return _start(after, calendar)
