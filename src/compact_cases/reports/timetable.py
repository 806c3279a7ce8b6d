"""Timetable as one visitor may see it: what may be planned, what is proposed, and what both sides agreed."""

from dataclasses import dataclass
from datetime import date, datetime

from compact_cases.reports.case_shape import Part
from compact_cases.reports.ground import Ground
from compact_cases.reports.owed import whose
from compact_cases.reports.planned_dates import OtherDateShown, words_of
from compact_cases.reports.reader import Reader
from compact_cases.rules.act import Now
from compact_cases.rules.case import Case
from compact_cases.rules.course import Obligation
from compact_cases.rules.events.timetable import ANSWER, Proposal
from compact_cases.rules.planned import (
    can_be_planned,
    is_missed,
    is_urgent,
    may_end_it,
    name_of,
    runs,
    settable,
    stands_as,
)
from compact_cases.rules.refusals import Refused
from compact_cases.rules.seats import Side
from compact_cases.rules.timetable import late_one


@dataclass(frozen=True)
class Plannable:
    """What may have another date, from ``first`` to ``last``."""

    name: str
    words: str
    who: str
    due: date
    first: date
    last: date


@dataclass(frozen=True)
class TimetableProposal:
    """``side`` proposed it, and the other one answers by ``due``."""

    side: str
    at: datetime
    due: date | None
    dates: tuple[OtherDateShown, ...]


@dataclass(frozen=True)
class AgreedShown:
    """``state``: open, overdue, missed (by five working days), paused, done in time, or over. ``due``: by
    when it is to be done now, were it moved since."""

    name: str
    words: str
    who: str
    on: date
    due: date | None
    state: str


@dataclass(frozen=True, kw_only=True)
class TimetableShown(Part):
    """``timetable`` is empty where both sides agreed to no dates, or all of them are over.
    ``timetable_late``: for officers, one that nobody answered, and that a letter in time may still accept.
    ``timetable_ends``: the sides that may end it now."""

    plannable: tuple[Plannable, ...]
    timetable_proposal: TimetableProposal | None
    timetable_late: TimetableProposal | None
    timetable: tuple[AgreedShown, ...]
    timetable_since: datetime | None
    timetable_ends: tuple[str, ...]


def timetable(ground: Ground, reader: Reader) -> TimetableShown:
    case, now = ground.case, ground.now
    agreed = case.timetable.agreed if runs(case) else ()
    ends = may_end_it(case, now) if agreed else ()
    own = reader.viewpoint if reader.viewpoint in (Side.RAISER.value, Side.RESPONDENT.value) else ""
    return TimetableShown(
        plannable=_plannable(ground) if own or reader.is_officer else (),
        timetable_proposal=_proposal(case, case.timetable.proposal),
        timetable_late=_proposal(case, late_one(case, now)) if reader.is_officer else None,
        timetable=tuple(_shown(one.on, stands_as(one, case), ground) for one in agreed),
        timetable_since=case.timetable.since if agreed else None,
        timetable_ends=tuple(side for side in ends if own in ("", side)),
    )


def _plannable(ground: Ground) -> tuple[Plannable, ...]:
    """None where nothing can be proposed, so that no page counts what nobody asks for."""
    case, now = ground.case, ground.now
    if case.is_closed or not case.enquiry.had_notice or case.timetable.proposal or is_urgent(case, now):
        return ()
    try:
        found = can_be_planned(case, now)
    except Refused:  # the calendar does not reach so far
        return ()
    return tuple(
        Plannable(
            name_of(one.one),
            words_of(one.one),
            whose(one.one.owner, ground.respondent),
            one.one.due or one.first,
            one.first,
            one.last,
        )
        for one in found
    )


def _proposal(case: Case, found: Proposal | None) -> TimetableProposal | None:
    answer = case.owed(ANSWER)
    if found is None:
        return None
    stands = settable(found, case)
    dates = tuple(
        OtherDateShown(name_of(one), words_of(one), one.was, one.on, one in stands) for one in found.dates
    )
    return TimetableProposal(found.side.value, found.at, answer.due if answer else None, dates)


def _shown(on: date, one: Obligation, ground: Ground) -> AgreedShown:
    who = whose(one.owner, ground.respondent)
    return AgreedShown(name_of(one), words_of(one), who, on, one.due, _state(one, ground.now))


def _state(one: Obligation, now: Now) -> str:
    if is_missed(one, now):
        return "missed"
    if one.ended_at is not None:
        return "done in time" if one.due and one.ended_at.date() <= one.due else "over"
    if one.is_paused:
        return "paused"
    return "overdue" if one.is_overdue(now.at, now.rulebook.calendar) else "open"
