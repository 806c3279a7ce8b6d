"""How a rehearsal is written: a story of the sample from its first day, and what each day should bring."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from compact_cases.sample.stories import Story

DIGEST = "officer digest"


@dataclass(frozen=True)
class Day:
    """What a day brings. One on which nothing is expected need not be written.

    ``events``: stored names, in the order of the log. ``owed``: what is owed from this day on, or by a new
    date: ``champion reply 2026-03-18``. ``letters``: what a mail server took: ``champion notice``; or what an
    officer posted: ``raiser receipt by post``.
    ``refused``: what somebody could not do, and the sentence that they read.
    """

    day: date
    events: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rehearsal:
    """``begins`` is day 0 of its story, whose other days count working days from there; it is watched, each
    day of the calendar, until ``ends``: what comes unasked afterwards is seen too.

    ``mornings``: the days, with spaces between them, on which its officer has a digest beside the letters.
    """

    name: str
    words: str
    story: Story
    begins: date
    ends: date
    days: tuple[Day, ...]
    mornings: str = ""

    @property
    def expected(self) -> tuple[Day, ...]:
        """Each day with all that it should bring."""
        days = {one.day: one for one in self.days}
        for one in map(date.fromisoformat, self.mornings.split()):
            day = days.get(one, Day(one))
            days[one] = replace(day, letters=(*day.letters, DIGEST))
        return tuple(days.values())


@dataclass(frozen=True)
class Step:
    """One line of the table: how often it was expected on this day, and how often it was seen."""

    day: date
    kind: str
    what: str
    expected: int
    seen: int

    @property
    def is_as_expected(self) -> bool:
        return self.expected == self.seen


NAMES = {"events": "event", "owed": "owed", "letters": "letter", "refused": "refused"}


def on(day: str, *, events: str = "", owed: Iterable[str] = (), letters: Iterable[str] = ()) -> Day:
    """Events are names with spaces between them."""
    return Day(date.fromisoformat(day), tuple(events.split()), tuple(owed), tuple(letters))


def compared(expected: Iterable[Day], seen: Iterable[Day]) -> tuple[Step, ...]:
    """Every line of both, in the order of days; in a day, of the log. What came in another order differs."""
    wanted, found = ({one.day: one for one in days} for days in (expected, seen))
    return tuple(
        step
        for day in sorted(wanted.keys() | found.keys())
        for step in _steps(wanted.get(day, Day(day)), found.get(day, Day(day)))
    )


def _steps(expected: Day, seen: Day) -> Iterator[Step]:
    for name in (one.name for one in fields(Day) if one.name != "day"):
        wanted, found = Counter(getattr(expected, name)), Counter(getattr(seen, name))
        for what in dict.fromkeys([*getattr(seen, name), *getattr(expected, name)]):
            yield Step(seen.day, NAMES[name], what, wanted[what], found[what])
    if expected.events != seen.events and Counter(expected.events) == Counter(seen.events):
        yield Step(seen.day, "order", ", ".join(expected.events), 1, 0)
