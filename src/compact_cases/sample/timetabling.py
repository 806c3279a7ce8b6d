"""How a story tells of a timetable: who proposes which dates, who agrees, who ends it."""

from collections.abc import Callable, Mapping
from datetime import date

from compact_cases.rules.acts import Command
from compact_cases.rules.timetable import AnswerTimetable, EndTimetable, OtherDate, ProposeTimetable
from compact_cases.sample.stories import Act

TIMETABLE, AGREES, ENDS = "timetable", "timetable-answer", "timetable-end"
OF_SIDES = (TIMETABLE, AGREES, ENDS)
"""``choice`` begins with the side that does it: ``respondent respond 1=+10, respond 2=+15`` in working days
from that day; ``raiser yes``; ``raiser``."""
InDays = Callable[[int], date]


def _proposed(act: Act, in_days: InDays) -> Command:
    side, _, dates = act.choice.partition(" ")
    pairs = (one.split("=+") for one in dates.split(", "))
    return ProposeTimetable(tuple(OtherDate(name, in_days(int(days))) for name, days in pairs), side)


COMMANDS: Mapping[str, Callable[[Act, InDays], Command]] = {
    TIMETABLE: _proposed,
    AGREES: lambda act, in_days: AnswerTimetable(act.choice.endswith("yes")),
    ENDS: lambda act, in_days: EndTimetable(act.choice),
}
