"""The same of dates that both sides agree."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from compact_cases.rules.act import Now
from compact_cases.rules.acts import Command
from compact_cases.rules.case import Case
from compact_cases.rules.planned import SIDES, Window, can_be_planned, name_of
from compact_cases.rules.timetable import (
    AnswerTimetable,
    EndTimetable,
    OtherDate,
    ProposeTimetable,
    RecordNoTimetable,
    TakeBackTimetable,
)
from compact_cases.rules.working_days import Calendar


def _proposals(case: Case, now: Now) -> Iterator[Command]:
    """All that can have another date, and each by itself, for either side."""
    calendar, windows = now.rulebook.calendar, can_be_planned(case, now)
    dates = tuple(OtherDate(name_of(one.one), _other(one, calendar)) for one in windows)
    for side in SIDES:
        yield ProposeTimetable(dates, side)
        yield from (ProposeTimetable((one,), side) for one in dates)


def _other(one: Window, calendar: Calendar) -> date:
    """The last one possible; where it has that already, the first."""
    last = calendar.last_working(one.last)
    return one.first if last == one.one.due else last


OF_TIMETABLES: Mapping[type, Callable[[Case, Now], Iterator[Command]]] = {
    ProposeTimetable: _proposals,
    AnswerTimetable: lambda case, now: (AnswerTimetable(accepted) for accepted in (True, False)),
    TakeBackTimetable: lambda case, now: iter([TakeBackTimetable()]),
    EndTimetable: lambda case, now: (EndTimetable(side) for side in SIDES),
    RecordNoTimetable: lambda case, now: iter([RecordNoTimetable(now.at.date())]),
}
