"""Timetable: other dates that one side proposes and the other answers, and how it is taken back or ended."""

from collections.abc import Iterator

from compact_cases.rules.concern import Problem
from compact_cases.rules.noted import side_of
from compact_cases.rules.planned import SIDES
from compact_cases.rules.timetable import (
    AnswerTimetable,
    EndTimetable,
    OtherDate,
    ProposeTimetable,
    TakeBackTimetable,
)
from compact_cases.web.cases.acts import Desk, Reader
from compact_cases.web.cases.coming import CAME, arrived, half_said
from compact_cases.web.frame.takes import Choice, Day, Line, Parts, Takes, Tick, Values, YesOrNo

SIDE = "Please say for which side you write this down."
PROPOSAL = Takes(
    Choice("side", SIDES),
    Parts("dates", Takes(Line("obligation", 200), Day("on"))),
    *CAME,
)
ANSWER = Takes(YesOrNo("accepted", required="Please say yes or no."), *CAME)
BACK = Takes(Tick("sure", required="Please tick that you take it back."))
END = Takes(Choice("side", SIDES), Tick("sure", required="Please tick that the timetable is to end."), *CAME)


def _propose(values: Values, desk: Desk) -> ProposeTimetable:
    """Propose other dates for what is owed. The other side has five working days to answer; silence is no."""
    dates = tuple(OtherDate(one["obligation"], one["on"]) for one in values["dates"])
    return ProposeTimetable(dates, values["side"], arrived(values))


def _answer(values: Values, desk: Desk) -> AnswerTimetable:
    """Say yes or no to the dates that the other side proposes."""
    return AnswerTimetable(bool(values["accepted"]), arrived(values))


def _take_back(values: Values, desk: Desk) -> TakeBackTimetable:
    """Take back what your own side has proposed, as long as it is not answered."""
    return TakeBackTimetable()


def _end(values: Values, desk: Desk) -> EndTimetable:
    """End a timetable of which a date was missed by five working days, for the side that did not miss it."""
    return EndTimetable(values["side"], arrived(values))


def _whose(values: Values, desk: Desk) -> Iterator[Problem]:
    if not side_of(desk.visitor.seat) and not values["side"]:
        yield Problem("side", SIDE)
    yield from half_said(values, desk)


READERS = (
    Reader("timetable", PROPOSAL, _propose, "timetable/proposal.html", checks=_whose, apart=True),
    Reader("timetable-answer", ANSWER, _answer, "timetable/answer.html", checks=half_said, apart=True),
    Reader("timetable-back", BACK, _take_back, "timetable/back.html", apart=True),
    Reader("timetable-end", END, _end, "timetable/end.html", checks=_whose, apart=True),
)
