"""Counting working days, with a proof of every day (procedure, section 4).

A working day is Monday to Friday, not a bank holiday of England and Wales, not a closing day of the
office. The day of the event is day 0; a limit of *n* is due at the end of the *n*-th working day after it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from compact_cases.rules.refusals import Refused

LONDON = ZoneInfo("Europe/London")
CUT_OFF = time(17, 0)  # what is done after this hour starts a limit on the next working day
ONE_DAY = timedelta(days=1)

Start = date | datetime  # an instant is subject to the 17:00 rule, a bare date is not


class OutsideCalendar(Refused):
    """A date lies where the calendar edition does not know which days work."""


@dataclass(frozen=True)
class Day:
    """One line of a proof: ``counts`` is 0 on the first day, 1 to n on counted days, None on skipped ones."""

    day: date
    counts: int | None
    because: str


@dataclass(frozen=True)
class Pause:
    """A time in which a clock stood still: ``on`` still counts, ``resumed`` is day 0 of what is left."""

    on: date
    resumed: Start
    reason: str


@dataclass(frozen=True)
class More:
    """Working days that were added to a limit when it was due on ``on``."""

    on: date
    days: int
    because: str


@dataclass(frozen=True)
class Calendar:
    """One edition of the days that do not work, apart from weekends, from ``first`` to ``last``."""

    edition: str
    closed: Mapping[date, str] = field(hash=False)
    first: date
    last: date

    def is_working(self, day: date) -> bool:
        return self.why_closed(day) is None

    def why_closed(self, day: date) -> str | None:
        """The reason why a day does not work: "Saturday", "Christmas Day"; None for a working day."""
        self._check(day)
        if day.weekday() >= 5:
            return "Saturday" if day.weekday() == 5 else "Sunday"
        return self.closed.get(day)

    def start_day(self, start: Start) -> date:
        """Day 0: the day itself, or the next working day when it does not work or it is after 17:00."""
        if isinstance(start, datetime):
            local = start.astimezone(LONDON)
            if local.time().replace(second=0, microsecond=0) > CUT_OFF:  # as a clock on the wall shows it
                return self.next_working(local.date())
            start = local.date()
        return self.working_on_or_after(start)

    def due(self, start: Start, limit: int) -> date:
        """The day at whose end a limit of ``limit`` working days from ``start`` is due."""
        return self.plus(self.start_day(start), limit)

    def working_on_or_after(self, day: date) -> date:
        self._check(day)
        return self._at(bisect_left(self._working, day), day)

    def next_working(self, day: date) -> date:
        """The first working day after ``day``, never ``day`` itself."""
        return self.plus(day, 1)

    def plus(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; 0 is ``day`` itself, less than 0 counts back."""
        if count < 0:
            return self.minus(day, -count)
        self._check(day)
        return day if count == 0 else self._at(bisect_right(self._working, day) + count - 1, day)

    def minus(self, day: date, count: int) -> date:
        """The ``count``-th working day before ``day``; 0 is ``day`` itself."""
        self._check(day)
        return day if count == 0 else self._at(bisect_left(self._working, day) - count, day)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; less than 0 when ``end`` comes first."""
        self._check(start)
        self._check(end)
        return bisect_right(self._working, end) - bisect_right(self._working, start)

    def working_days_left(self, today: date, due: date) -> int:
        """Working days after ``today`` up to and with ``due``; -3 means overdue by three working days."""
        return self.working_days_between(today, due)

    def working_days_left_at(self, start: Start, limit: int, paused_on: date) -> int:
        """What a pause carries over; the day of the pause counts, and nothing left counts as one day.

        Raises Refused when already overdue.
        """
        left = limit - max(0, self.working_days_between(self.start_day(start), paused_on))
        if left < 0:
            raise Refused("This date has already passed, so its clock cannot be paused.")
        return max(1, left)

    def last_working(self, today: date) -> date:
        """Today, or the last day before it that works: what is due counts as due until the next one."""
        return today if self.is_working(today) else self.minus(today, 1)

    def is_overdue(self, due: date, today: date) -> bool:
        """Overdue starts on the next working day: what was due on Friday is not overdue on Sunday."""
        return due < self.last_working(today)

    def overdue_from(self, due: date) -> date:
        """Overdue starts on the next working day, not at midnight."""
        return self.next_working(due)

    def proof(self, start: Start, limit: int, changes: Sequence["Pause | More"] = ()) -> tuple[Day, ...]:
        """Every day from the event to the due date, counted or not, and why; the last one is due.

        ``changes`` are what became of the limit, in their order: it was paused, or working days were added.
        """
        days, first = self._opening(start, "Day 0: counting starts after this day")
        counted, notes = 0, dict[date, str]()
        for pause in changes:
            if isinstance(pause, More):
                limit += pause.days
                added = f" {_more(pause.days)}{pause.because}."
                notes[pause.on] = notes.get(pause.on, "") + added
                continue
            left = self.working_days_left_at(first, limit - counted, pause.on)
            days += self._counting(first, counted, max(pause.on, first))
            counted = limit - left
            resumed, first = self._opening(
                pause.resumed, f"Day 0 again: counting goes on after this day, {_days(left)} left"
            )
            days += self._paused(days[-1].day, resumed[0].day, pause.reason)
            days += [day for day in resumed if day.day > days[-1].day]
        days += self._counting(first, counted, self.plus(first, limit - counted))
        last = days.pop()
        because = f"{last.because.removesuffix('.')}. The limit ends at the end of this day."
        days.append(Day(last.day, last.counts, because))
        return tuple(replace(one, because=one.because + notes.get(one.day, "")) for one in days)

    def _opening(self, start: Start, day_zero: str) -> tuple[list[Day], date]:
        happened = start.astimezone(LONDON) if isinstance(start, datetime) else None
        day, first = happened.date() if happened else start, self.start_day(start)
        why = f"it was {happened:%H:%M} on a working day, not after 17:00" if happened else "a working day"
        days = []
        while day < first:
            closed = self.why_closed(day) or f"it was {happened:%H:%M}, after 17:00"
            days.append(Day(day, None, f"Not counted: {closed}."))
            day, why = day + ONE_DAY, "the next working day"
        return [*days, Day(first, 0, f"{day_zero} ({why}).")], first

    def _counting(self, first: date, counted: int, last: date) -> list[Day]:
        days, day = [], first + ONE_DAY
        while day <= last:
            closed = self.why_closed(day)
            if closed:
                days.append(Day(day, None, f"Not counted: {closed}."))
            else:
                counted += 1
                days.append(Day(day, counted, f"Working day {counted}."))
            day += ONE_DAY
        return days

    def _paused(self, after: date, before: date, reason: str) -> list[Day]:
        gap = (before - after).days
        return [Day(after + ONE_DAY * n, None, f"Not counted: paused, {reason}.") for n in range(1, gap)]

    @cached_property
    def _working(self) -> tuple[date, ...]:
        span = (self.first + ONE_DAY * n for n in range((self.last - self.first).days + 1))
        return tuple(day for day in span if day.weekday() < 5 and day not in self.closed)

    def _at(self, index: int, day: date) -> date:
        if not 0 <= index < len(self._working):
            raise OutsideCalendar(
                f"Counting from {_words(day)} leads past the days that calendar {self.edition} knows "
                f"({_words(self.first)} to {_words(self.last)})."
            )
        return self._working[index]

    def _check(self, day: date) -> None:
        if not self.first <= day <= self.last:
            raise OutsideCalendar(
                f"{_words(day)} is outside the days that calendar {self.edition} knows "
                f"({_words(self.first)} to {_words(self.last)})."
            )


def end_of(due: date) -> datetime:
    """The last instant at which something due on this date is in time."""
    return datetime.combine(due, time.max, LONDON)


def in_time(at: datetime, due: date) -> bool:
    """In time is judged by the instant: 22:40 on the due date is in time, whatever day that is."""
    return at.astimezone(LONDON).date() <= due


def _more(days: int) -> str:
    if days == 0:
        return "No day more or less: "
    return f"{_days(abs(days))} {'added' if days > 0 else 'fewer'}: "


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"


def _words(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
